"""Where a table says how its items stand, and what each word of it is counted as."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tongbao.config.kind_words import label_for
from tongbao.config.kinds import Kind, Label
from tongbao.config.vocabulary import Proposal
from tongbao.excel.values import text_of
from tongbao.ledger.labels import Labels
from tongbao.model import DEADLINE, PROGRESS, TASK, State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.coloured import colours_of, legend_of, light_column, named
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.legends import legend_in
from tongbao.rounds.first_day.meaning import Understood, understand
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, around, same_column
from tongbao.rounds.first_day.ticked import YES, answer_label, done_column, done_label, stand_together, tick_columns
from tongbao.words.endings import Ending, ending
from tongbao.words.text import key, one_line

# A bracketed or plain word at the head of a progress text: （已完成）…, 【滞后】…, 已办结：…
_HEAD = re.compile(
    r"\s*(?:[（(【\[〔](?P<in>[^）)】\]〕]{1,12})[）)】\]〕]|(?P<plain>[^\s，,。；;：:、（(]{2,8})\s*[：:])"
)
_HEADS = 0.6  # the share of texts with such a head that makes it a habit (set by feel)
# Targets of a part of the year: reached, they are no end of the item.
_PART_OF_YEAR = re.compile(r"(?:上|下)?半年|季度|月度|[一二三四]季|当期|本期|阶段|节点")
_YEAR = re.compile(r"全年|年度")
_TARGET = re.compile(r"目标|任务|计划|指标|进度")


class Where(StrEnum):
    """The places at which a ledger says how an item stands."""

    WORDS = "状态栏"
    COLUMNS = "打勾的各栏"
    HEAD = "进展开头"
    FILLS = "颜色"
    SHEETS = "工作表名"
    TEXT = "进展里的话"
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
    ticks = tick_columns(understood.table, kind)
    if column and stand_together(column, ticks):
        return _ticked(understood, ticks, answers)
    if column and done_column(column, kind) and not all(key(text) in legend for text in column.said):
        answers_ = {text: done_label(kind) for text in dict.fromkeys(column.said) if key(text) in YES}
        source = Source(Where.COLUMNS, columns=((column.parts[-1], answers_),), why="没有办结的按时限判断")
        return understand(understood.table, kind, answers, (column.number,)), source
    if column and (sort_of(column) is not Sort.TICKS or all(key(text) in legend for text in column.said)):
        words = _counted(tables, column)
        return understood, Source(Where.WORDS, column, tuple(judged(words, kind, column.header, tables, answers)))
    if ticks:
        return _ticked(understood, ticks, answers)
    if head := _heads(understood, tables, answers):
        return understood, head
    if by_sheet := _by_sheet(tables, kind):
        return understood, by_sheet
    if coloured := _coloured(understood, tables, answers):
        return understood, coloured
    if told := _by_text(understood, tables):
        return understood, told
    known = bool(understood.column(DEADLINE)) or any(sort_of(c) is Sort.PERCENT for c in understood.table.columns)
    return understood, Source(Where.DEADLINE if known else Where.NOWHERE, why="没有写状态的栏")


def _ticked(
    understood: Understood, ticks: Sequence[tuple[ColumnSeen, Label]], answers: Answers
) -> tuple[Understood, Source]:
    columns = tuple((c.parts[-1], {"": label.name}) for c, label in ticks)
    source = Source(Where.COLUMNS, columns=columns, why="看哪一栏打了勾")
    return understand(understood.table, understood.kind, answers, [c.number for c, _ in ticks]), source


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
    if (said := vocabulary.propose(told, ())) and (label := label_for(kind, said)):
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
    return legend_in(text for table in tables for text in around(table))


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


def _by_text(understood: Understood, tables: Sequence[TableSeen]) -> Source | None:
    """The end of an item in its progress text, where some of the texts plainly say so."""
    column, task = understood.column(PROGRESS), understood.column(TASK)
    if column is None or task is None:
        return None
    for table in tables:
        texts, tasks = same_column(column, table), same_column(task, table)
        if (
            texts
            and tasks
            and any(
                ending(one_line(text_of(text)), one_line(text_of(of))) is Ending.SAID
                for text, of in zip(texts.cells, tasks.cells, strict=False)
            )
        ):
            return Source(Where.TEXT, column, head_of=PROGRESS, why="没有写状态的栏：进展写明完成的算完成，其余看时限")
    return None


def _coloured(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> Source | None:
    """The state in the colour of the row, by the legend; a colour without one is for a person to explain."""
    kind, table = understood.kind, understood.table
    light, task = light_column(table), understood.column(TASK)
    first = [c.number for c in (light, task) if c]
    counted = sum((colours_of(t, first) for t in tables), Counter[str]())
    if not counted or (len(counted) == 1 and counted.total() == sum(len(t.rows) for t in tables)):
        return None
    told = legend_of(tables, list(counted))
    known = Labels(kind)
    judgements = {c: _label(text, kind, known, "", (), {})[0] for c, text in told.items()}
    judgements |= {c: said for c in counted if (said := answers.label(c, kind))}
    words = tuple(
        Word(c, n, it.name if (it := judgements.get(c)) else "", f"{named(c)}色：{told.get(c, '没有说明')}")
        for c, n in counted.items()
    )
    labels = {word.text: word.label for word in words if word.label}
    return Source(Where.FILLS, light, words, labels=labels, why="表上说明了颜色的意思")


def _by_sheet(tables: Sequence[TableSeen], kind: Kind) -> Source | None:
    """The state in the names of the sheets."""
    names = list(dict.fromkeys(table.name for table in tables))
    known = Labels(kind)
    labels = {name: label.name for name in names if (label := _label(name, kind, known, "", names, {})[0])}
    if len(names) < 2 or len(labels) < len(names):
        return None
    return Source(Where.SHEETS, labels=labels, why="各表的名称就是状态")
