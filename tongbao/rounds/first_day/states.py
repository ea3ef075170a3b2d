"""Where a table says how its items stand, and what each word of it is counted as."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tongbao.config.kind_words import label_for
from tongbao.config.kinds import Kind, Label
from tongbao.config.vocabulary import Proposal
from tongbao.excel.values import holds
from tongbao.ledger.labels import Labels
from tongbao.ledger.state_source import heading_key, is_share
from tongbao.model import DEADLINE, PROGRESS, TASK, State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.coloured import colours_in, is_lit, legend_of, named
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.legends import COLOURS, colour_called, legend_in, meanings_in
from tongbao.rounds.first_day.meaning import Understood, says_state, understand
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, legend_texts, same_column
from tongbao.rounds.first_day.ticked import (
    YES,
    answer_label,
    asked_columns,
    done_column,
    done_label,
    finish_column,
    tick_columns,
)
from tongbao.words.text import key

# A bracketed or plain word at the head of a progress text: （已完成）…, 【滞后】…, 已办结：…
_HEAD = re.compile(
    r"\s*(?:[（(【\[〔](?P<in>[^）)】\]〕]{1,12})[）)】\]〕]|(?P<plain>[^\s，,。；;：:、（(]{2,8})\s*[：:])"
)
_HEADS = 0.6  # the share of texts with such a head that makes it a habit (set by feel)
# Targets of a part of the year: reached, they are no end of the item.
_PART_OF_YEAR = re.compile(r"(?:上|下)?半年|季度|月度|[一二三四]季|当期|本期|阶段|节点")
_YEAR = re.compile(r"全年|年度")
# What a heading says beside the state: 已办结事项, 未完成的任务.
_SUBJECT = re.compile(r"的?(?:事项|任务|项目|问题|工作|件|部分|类|情况|台账|清单)+$")
_TARGET = re.compile(r"目标|任务|计划|指标|进度")


# 存在滞后风险, 可能逾期: what a legend fears has not come yet.
_FEARED = re.compile(r"(?:滞后|逾期|超期|延期).{0,2}(?:风险|可能|苗头|隐患)|(?:可能|恐|或将)(?:滞后|逾期|超期|延期)")


class Where(StrEnum):
    """The places at which a ledger says how an item stands."""

    WORDS = "状态栏"
    COLUMNS = "打勾的各栏"
    HEAD = "进展开头"
    FILLS = "颜色"
    FONTS = "字的颜色"
    SHEETS = "工作表名"
    SECTIONS = "上面的标题"
    DEADLINE = "时限"
    NOWHERE = "不知道哪里"


@dataclass(frozen=True, slots=True)
class Word:
    """A status word of the ledger: how often it stands there, the label it is counted in (empty: undecided), and why.

    `sure`: nobody has to look at it.
    """

    text: str
    count: int
    label: str
    why: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where the state stands. `columns` are the headers that are asked, each with its word or its answers."""

    where: Where
    column: ColumnSeen | None = None
    words: tuple[Word, ...] = ()
    columns: tuple[tuple[str, Mapping[str, str]], ...] = ()
    head_of: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    @property
    def undecided(self) -> list[Word]:
        """The words of which nobody can say what they mean."""
        return [word for word in self.words if not word.label]


def source_of(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> tuple[Understood, Source]:
    """Where the state stands in these tables of one ledger (or more), and what remains of the other columns."""
    kind = understood.kind
    legend = _legend(tables)
    column = understood.status
    several = asked_columns(understood.table, kind)
    if several and (column is None or any(column.number == it.number for it, _ in several)):
        asked = tuple((it.parts[-1], labels) for it, labels in several)
        why = f"依次看{'、'.join(f'“{header}”' for header, _ in asked)}"
        numbers = [it.number for it, _ in several]
        return understand(understood.table, kind, answers, numbers), Source(Where.COLUMNS, columns=asked, why=why)
    if column and (bare := _only_coloured(understood, column, tables, answers)):
        return understood, bare
    if column and done_column(column, kind) and not all(key(text) in legend for text in column.said):
        answers_ = {text: done_label(kind) for text in dict.fromkeys(column.said) if key(text) in YES}
        source = Source(Where.COLUMNS, columns=((column.parts[-1], answers_),), why="没有办结的按时限判断")
        return understand(understood.table, kind, answers, (column.number,)), source
    if column and _shares_say_more(understood, column):
        source = Source(Where.DEADLINE, why="完成率和时限比那一栏的词说得准")
        return understand(understood.table, kind, answers, (column.number,)), source
    if column and (sort_of(column) is not Sort.TICKS or all(key(text) in legend for text in column.said)):
        said = judged(_counted(tables, column), kind, column.header, tables, answers)
        words = tuple(_lit(list(said), column, understood, legend, answers))
        headings = _by_heading(tables, kind) if _silent_below_a_heading(tables, column) else None
        return understood, replace(headings or Source(Where.WORDS), column=column, words=words)
    if ticks := tick_columns(understood.table, kind):
        numbers = [c.number for c, _ in ticks]
        columns = tuple((c.parts[-1], {"": label.name}) for c, label in ticks)
        source = Source(Where.COLUMNS, columns=columns, why="看哪一栏打了勾")
        return understand(understood.table, kind, answers, numbers), source
    if head := _heads(understood, tables, answers):
        return understood, head
    if by_sheet := _by_sheet(tables, kind):
        return understood, by_sheet
    if by_heading := _by_heading(tables, kind):
        return understood, by_heading
    if signed := _signed(understood, tables, answers):
        return understood, signed
    if finished := finish_column(understood):
        columns = ((finished.parts[-1], {"": done_label(kind)}),)
        source = Source(Where.COLUMNS, columns=columns, why="填了完成日期的算办结，没有填的按时限判断")
        return understand(understood.table, kind, answers, (finished.number,)), source
    if coloured := _coloured(understood, tables, answers):
        return understood, coloured
    known = bool(understood.column(DEADLINE)) or any(sort_of(c) is Sort.PERCENT for c in understood.table.columns)
    return understood, Source(Where.DEADLINE if known else Where.NOWHERE, why="没有写状态的栏")


def _shares_say_more(understood: Understood, column: ColumnSeen) -> bool:
    """Is a column the state by its words alone, and these say no more than done or being worked at (正在施工), where
    shares and deadlines say which items are late?"""
    kind = understood.kind
    if says_state(column, kind) or column.explained or not understood.column(DEADLINE):
        return False
    shares = [c for c in understood.table.columns if sort_of(c) is Sort.PERCENT and is_share(c.header)]
    words = {text: kind.vocabulary.propose(text, (), column.header) for text in set(column.said)}
    plain = (
        it is not None and (it.state is State.DONE or kind.vocabulary.is_going(text)) for text, it in words.items()
    )
    return bool(shares) and all(plain)


# ---------------------------------------------------------------------------------------------- words


def _counted(tables: Sequence[TableSeen], column: ColumnSeen) -> Counter[str]:
    """The words of a column, in all tables that have it, as they are typed first."""
    words: Counter[str] = Counter()
    typed: dict[str, str] = {}
    for table in tables:
        if same := same_column(column, table):
            for text in same.texts:
                words[typed.setdefault(key(text), text)] += 1
    return words


def judged(
    words: Mapping[str, int], kind: Kind, header: str, tables: Sequence[TableSeen], answers: Answers
) -> Iterator[Word]:
    """Each word with the label that it is counted in."""
    legend = _legend(tables)
    known = Labels(kind)
    for word, count in words.items():
        said = answers.label(word, kind)
        label, why, sure = (said, "按所说的", True) if said else _label(word, kind, known, header, set(words), legend)
        yield Word(word, count, label.name if label else "", why, sure)


def _label(
    word: str, kind: Kind, known: Labels, header: str, words: Collection[str], legend: Mapping[str, str]
) -> tuple[Label | None, str, bool]:
    vocabulary = kind.vocabulary
    sisters = {it for it in words if key(it) != key(word)}
    told = legend.get(key(word), "")
    feared = Proposal(State.AT_RISK, withdrawn=False, sure=True, why="") if _FEARED.search(told) else None
    if (said := feared or vocabulary.propose(told, ())) and (label := label_for(kind, said)):
        return label, f"表上写明：{told}", True
    if (answer := answer_label(word, header, kind))[0]:
        return *answer, False
    if key(word) in vocabulary.sisters:
        return _by_sisters(word, kind, known, header, sisters)
    if own := known.named(word)[0]:
        return own, "种类里的词", True
    if own := _of_other_span(word, kind):
        return own, "半年、季度的目标同样看待", False
    proposal = vocabulary.propose(word, sisters, header)
    if proposal is None:
        return None, "", False
    proposal = _not_the_end(word, proposal)
    return label_for(kind, proposal), proposal.why, proposal.sure


def _by_sisters(
    word: str, kind: Kind, known: Labels, header: str, sisters: Collection[str]
) -> tuple[Label | None, str, bool]:
    """A word that the others of its column explain: 未完成 beside 滞后 is open, and is short for 未完成全年目标."""
    longer = [it for it in sisters if key(it).startswith(key(word)) and _TARGET.search(it[len(word) :])]
    if longer and len(key(word)) > 1:
        label, _, _ = _label(longer[0], kind, known, header, set(sisters), {})
        return label, f"与“{longer[0]}”同样看待", False
    proposal = kind.vocabulary.propose(word, sisters, header)
    return (label_for(kind, proposal), proposal.why, False) if proposal else (None, "", False)


def _of_other_span(word: str, kind: Kind) -> Label | None:
    """The label that says the same of another span: 完成半年目标 as 完成季度目标, 未完成全年目标 as 未完成年度目标."""
    asked = _spanless(word)
    return next(
        (it for it in kind.labels for own in (it.name, *it.words) if _spanless(own) == asked and asked != key(own)),
        None,
    )


def _spanless(word: str) -> str:
    return _YEAR.sub("年", _PART_OF_YEAR.sub("期", key(word)))


def _not_the_end(word: str, proposal: Proposal) -> Proposal:
    """完成半年目标 ends nothing: the item is on track."""
    if proposal.state is not State.DONE or not (_PART_OF_YEAR.search(word) and _TARGET.search(word)):
        return proposal
    return Proposal(State.ON_TRACK, withdrawn=False, sure=False, why="完成的是一段时间的目标，事项还在办")


# ---------------------------------------------------------------------------------------------- legends


def _legend(tables: Sequence[TableSeen]) -> dict[str, str]:
    """What notes say that a word means: “临期”指距时限不足10天, A类表示已办结."""
    return legend_in(text for table in tables for text in legend_texts(table))


def legend_words(source: Source, tables: Sequence[TableSeen], kind: Kind) -> Iterator[tuple[str, str]]:
    """The words that notes explain beside those of a status column, each with its label: a later month may have them.

    None where the notes explain none of its words: they speak of something else.
    """
    told = dict(meanings_in(text for table in tables for text in legend_texts(table)))
    seen = {key(word.text) for word in source.words}
    if source.where is not Where.WORDS or not seen & set(map(key, told)):
        return
    for word, meaning in told.items():
        said = kind.vocabulary.propose(meaning, ())
        if key(word) not in seen and said and (label := label_for(kind, said)):
            yield word, label.name


# ---------------------------------------------------------------------------------------------- heads, sheets


def _heads(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> Source | None:
    """The state at the head of the progress texts."""
    column = understood.column(PROGRESS)
    if column is None:
        return None
    kind = understood.kind
    words: Counter[str] = Counter()
    texts = [text for t in tables if (same := same_column(column, t)) for text in same.texts]
    for text in texts:
        if match := _HEAD.match(text):
            words[(match["in"] or match["plain"]).strip()] += 1
    judgements = list(judged(words, kind, "", tables, answers))
    told = sum(word.count for word in judgements if word.label)
    if not texts or told < _HEADS * len(texts):
        return None
    return Source(Where.HEAD, column, tuple(w for w in judgements if w.label), head_of=PROGRESS, why="进展开头写着状态")


def _only_coloured(
    understood: Understood, column: ColumnSeen, tables: Sequence[TableSeen], answers: Answers
) -> Source | None:
    """The state in the colours of a column for it in which no word stands: nothing, or one sign in several colours."""
    if not column.evidence:
        return _coloured(understood, tables, answers)
    ways = (written for written in (True, False) if is_lit(understood.table, column, written=written))
    return next((_coloured(understood, tables, answers, written=written) for written in ways), None)


def _signed(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> Source | None:
    """The state in the colours of one sign, in a column whose header does not say that it is the state; or in those of
    what is written, where notes explain these (红字为滞后)."""
    lit = any(is_lit(understood.table, column, written=True) for column in understood.table.columns)
    told = any(_WRITTEN.search(text) for table in tables for text in legend_texts(table))
    return _coloured(understood, tables, answers, written=True) if lit or told else None


# 红字为滞后, 标红色字体的是逾期事项.
_WRITTEN = re.compile(rf"[{COLOURS}](?:色)?(?:字|字体|文字)(?:为|是|表示|代表|的|：|:|——|=)")


def _lit(
    words: Sequence[Word], column: ColumnSeen, understood: Understood, legend: Mapping[str, str], answers: Answers
) -> Iterator[Word]:
    """The words, those of lights without a meaning where neither a note nor a deadline can tell it: blue and green
    mean one thing here and another there."""
    bare = [w for w in words if colour_called(w.text) and key(w.text) not in legend]
    bare = [w for w in bare if not answers.label(w.text, understood.kind)]
    warns = "预警" in column.header and not any(
        colour_called(w.text) == "蓝" for w in bare
    )  # green: nothing to warn of
    open_ = len(bare) == len(words) and understood.column(DEADLINE) is None and not warns
    unknown = bare if open_ else []
    yield from (replace(w, label="", why="表上没有说明", sure=False) if w in unknown else w for w in words)


def _coloured(
    understood: Understood, tables: Sequence[TableSeen], answers: Answers, *, written: bool = False
) -> Source | None:
    """The state in the colour of the row, by the legend; a colour without one is for a person to explain."""
    kind, table = understood.kind, understood.table
    coloured = colours_in(tables, table, understood.column(TASK), written=written)
    counted = coloured.counted
    if not counted or (len(counted) == 1 and counted.total() == sum(len(t.rows) for t in tables)):
        return None
    told = legend_of(tables, coloured)
    known = Labels(kind)
    judgements = {c: _label(text, kind, known, "", (), {})[0] for c, text in told.items()}
    judgements |= {c: said for c in counted if (said := answers.label(c, kind))}
    words = tuple(
        Word(c, n, it.name if (it := judgements.get(c)) else "", f"{named(c)}色：{told.get(c, '没有说明')}")
        for c, n in counted.items()
    )
    labels = {word.text: word.label for word in words if word.label}
    where = Where.FONTS if written else Where.FILLS
    return Source(where, coloured.light, words, labels=labels, why="表上说明了颜色的意思")


def _silent_below_a_heading(tables: Sequence[TableSeen], column: ColumnSeen) -> bool:
    """Is there a heading below which no line has a word in the column of states?"""
    spoken: dict[str, bool] = {}
    for table in tables:
        if same := same_column(column, table):
            for heading, cell in zip(table.headings, same.cells, strict=True):
                spoken[heading] = spoken.get(heading, False) or holds(cell)
    return not all(spoken.values())


def _by_heading(tables: Sequence[TableSeen], kind: Kind) -> Source | None:
    """The state in the headings over the lines: 一、未办结事项, 二、已办结事项（4项）."""
    headings = list(dict.fromkeys(heading_key(text) for table in tables for text in table.headings))
    known = Labels(kind)
    words = {text: _SUBJECT.sub("", text) for text in headings}
    labels = {
        text: label.name
        for text, word in words.items()
        if word and (label := _label(word, kind, known, "", list(words.values()), {})[0])
    }
    if len(headings) < 2 or len(labels) < len(headings) or len(set(labels.values())) < 2:
        return None
    return Source(Where.SECTIONS, labels=labels, why="各段的标题就是状态")


def _by_sheet(tables: Sequence[TableSeen], kind: Kind) -> Source | None:
    """The state in the names of the sheets."""
    names = list(dict.fromkeys(table.name for table in tables))
    known = Labels(kind)
    labels = {name: label.name for name in names if (label := _label(name, kind, known, "", names, {})[0])}
    if len(names) < 2 or len(labels) < len(names):
        return None
    return Source(Where.SHEETS, labels=labels, why="各表的名称就是状态")
