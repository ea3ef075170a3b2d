"""Where a table says how its items stand, and what each word of it is counted as."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tongbao.config.kinds import Kind, Label
from tongbao.excel.values import holds, text_of
from tongbao.ledger.choice import sheet_key
from tongbao.ledger.labels import Labels
from tongbao.ledger.state_shares import is_share
from tongbao.ledger.state_source import heading_key
from tongbao.model import DEADLINE, PROGRESS, TASK, State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.claims import says_state
from tongbao.rounds.first_day.coloured import Coloured, colours_in, is_lit, legend_of, named
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.grades import unexplained
from tongbao.rounds.first_day.labelling import judged, label_of, legend, of_part_of_year
from tongbao.rounds.first_day.legends import COLOURS, colour_called
from tongbao.rounds.first_day.lights import HABIT, by_habit
from tongbao.rounds.first_day.meaning import Understood, understand
from tongbao.rounds.first_day.sources import Source, Where, Word
from tongbao.rounds.first_day.spread import spread
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, legend_texts, same_column
from tongbao.rounds.first_day.ticked import (
    YES,
    asked_columns,
    done_column,
    done_label,
    done_or_not,
    finish_column,
    late_columns,
    stand_together,
    tick_columns,
)
from tongbao.rounds.first_day.wordless import by_share, by_text
from tongbao.words.text import key

# A bracketed or plain word at the head of a progress text: （已完成）…, 【滞后】…, 已办结：…
_HEAD = re.compile(
    r"\s*(?:[（(【\[〔](?P<in>[^）)】\]〕]{1,12})[）)】\]〕]|(?P<plain>[^\s，,。；;：:、（(]{2,8})\s*[：:])"
)
_HEADS = 0.6  # What a heading says beside the state: 已办结事项, 未完成的任务.
_SUBJECT = re.compile(r"的?(?:事项|任务|项目|问题|工作|件|部分|类|情况|台账|清单)+$")


def source_of(understood: Understood, tables: Sequence[TableSeen], answers: Answers) -> tuple[Understood, Source]:
    """Where the state stands in these tables of one ledger (or more), and what remains of the other columns."""
    kind = understood.kind
    told = legend(tables)
    column = understood.status
    several = asked_columns(understood.table, kind)
    if several and (column is None or any(column.number == it.number for it, _ in several)):
        asked = tuple((it.parts[-1], labels) for it, labels in several)
        why = f"依次看{'、'.join(f'“{header}”' for header, _ in asked)}"
        numbers = [it.number for it, _ in several]
        return understand(understood.table, kind, answers, numbers), Source(Where.COLUMNS, columns=asked, why=why)
    if both := spread(understood, tables, answers):
        passed = [c.number for c in understood.table.columns if c.parts[-1] in both.headers]
        return understand(understood.table, kind, answers, passed), both
    if column and (bare := _only_coloured(understood, column, tables, answers)):
        return understood, bare
    ticks = tick_columns(understood.table, kind)
    if column and stand_together(column, ticks):
        return _ticked(understood, ticks, answers)
    if column and done_column(column, kind) and not all(key(text) in told for text in column.said):
        answers_ = {text: done_label(kind) for text in dict.fromkeys(column.said) if key(text) in YES}
        source = Source(Where.COLUMNS, columns=((column.parts[-1], answers_),), why="没有办结的按时限判断")
        return understand(understood.table, kind, answers, (column.number,)), source
    if column and (asked_so := _denied(understood, column, told, answers)):
        return understand(understood.table, kind, answers, (column.number,)), asked_so
    if column and _shares_say_more(understood, column):
        if share := by_share(understood, tables):
            return understand(understood.table, kind, answers, (column.number,)), share
        source = Source(Where.DEADLINE, why="完成率和时限比那一栏的词说得准")
        return understand(understood.table, kind, answers, (column.number,)), source
    if column and not says_state(column, kind) and (by_sheet := _by_sheet(tables, kind)):
        # Sheets called after states go before words that only look like some: 按方案推进, 供应商未到货.
        return understand(understood.table, kind, answers, (column.number,)), by_sheet
    if column and (sort_of(column) is not Sort.TICKS or all(key(text) in told for text in column.said)):
        said = judged(_counted(tables, column), kind, column.header, tables, answers)
        words = tuple(_lit(list(said), column, understood, told, answers))
        words = tuple(unexplained(words, kind, tables, told, answers))
        headings = _by_heading(tables, kind) if _silent_below_a_heading(tables, column) else None
        return understood, replace(headings or Source(Where.WORDS), column=column, words=words)
    if ticks:
        return _ticked(understood, ticks, answers)
    if head := _heads(understood, tables, answers):
        return understood, head
    if by_sheet := _by_sheet(tables, kind):
        return understood, by_sheet
    if by_heading := _by_heading(tables, kind):
        return understood, by_heading
    if signed := _signed(understood, tables, answers):
        return understood, signed
    if share := by_share(understood, tables):
        return understood, share
    if ended := finish_column(understood.table, kind, understood.column(DEADLINE)):
        columns = ((ended.parts[-1], {"": done_label(kind)}),)
        source = Source(Where.COLUMNS, columns=columns, why="填了完成日期的算办结，没有填的按时限判断")
        return understand(understood.table, kind, answers, (ended.number,)), source
    if coloured := _coloured(understood, tables, answers):
        return understood, coloured
    if by_words := by_text(understood, tables):
        return understood, by_words
    known = bool(understood.column(DEADLINE)) or any(sort_of(c) is Sort.PERCENT for c in understood.table.columns)
    return understood, Source(Where.DEADLINE if known else Where.NOWHERE, why="没有写状态的栏")


def _denied(understood: Understood, column: ColumnSeen, told: Mapping[str, str], answers: Answers) -> Source | None:
    """A column that only says what is done and what is not, where a day or another column says what is late."""
    kind, words = understood.kind, dict.fromkeys(column.said)
    if any(key(text) in told or answers.label(text, kind) for text in words) or of_part_of_year(column.header):
        return None
    said, late = done_or_not(column, kind), late_columns(understood.table, kind)
    if not said or not (late or understood.column(DEADLINE)):
        return None
    columns = ((column.parts[-1], said), *((it.parts[-1], labels) for it, labels in late))
    return Source(Where.COLUMNS, columns=columns, why="没有办结的看是否已过时限")


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


def _ticked(
    understood: Understood, ticks: Sequence[tuple[ColumnSeen, Label]], answers: Answers
) -> tuple[Understood, Source]:
    columns = tuple((c.parts[-1], {"": label.name}) for c, label in ticks)
    source = Source(Where.COLUMNS, columns=columns, why="看哪一栏打了勾")
    return understand(understood.table, understood.kind, answers, [c.number for c, _ in ticks]), source


def _counted(tables: Sequence[TableSeen], column: ColumnSeen) -> Counter[str]:
    """The words of a column, in all tables that have it, as they are typed first."""
    words: Counter[str] = Counter()
    typed: dict[str, str] = {}
    for table in tables:
        if same := same_column(column, table):
            for text in same.texts:
                words[typed.setdefault(key(text), text)] += 1
    return words


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
    bare = [w for w in words if (colour := colour_called(w.text)) and not {key(w.text), colour} & legend.keys()]
    bare = [w for w in bare if not answers.label(w.text, understood.kind)]
    warns = "预警" in column.header and not any(
        colour_called(w.text) == "蓝" for w in bare
    )  # green: nothing to warn of
    open_ = len(bare) == len(words) and understood.column(DEADLINE) is None and not warns
    unknown = bare if open_ else []
    habit = _lights_by_habit(bare, column, understood) if len(bare) == len(words) and not open_ else {}
    for word in words:
        if word in unknown:
            yield replace(word, label="", why="表上没有说明", sure=False)
        else:
            yield replace(word, label=habit[word.text], why=HABIT, sure=False) if word.text in habit else word


def _lights_by_habit(words: Sequence[Word], column: ColumnSeen, understood: Understood) -> dict[str, str]:
    """The label of each light that no legend explains, where all of them are red, yellow or green."""

    def colour_of(table: TableSeen, row: int) -> str:
        same = same_column(column, table)
        return colour_called(text_of(same.cells[table.rows.index(row)])) if same else ""

    names = [colour_called(word.text) for word in words]
    labels = by_habit(names, understood, [understood.table], colour_of)
    return {w.text: labels[name] for w, name in zip(words, names, strict=True) if name in labels}


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
    judgements = {c: label_of(text, kind, known, "", (), {})[0] for c, text in told.items()}
    judgements |= {c: said for c in counted if (said := answers.label(c, kind))}
    habit = {} if told else _by_habit(understood, tables, coloured)
    words = tuple(
        Word(c, n, it.name if (it := judgements.get(c)) else habit.get(c, ""), _why_so(c, told, habit))
        for c, n in counted.items()
    )
    labels = {word.text: word.label for word in words if word.label}
    where = Where.FONTS if written else Where.FILLS
    why = "表上说明了颜色的意思" if told else HABIT if habit else "表上没有说明颜色的意思"
    return Source(where, coloured.light, words, labels=labels, why=why)


def _why_so(colour: str, told: Mapping[str, str], habit: Mapping[str, str]) -> str:
    return f"{named(colour)}色：{told.get(colour, HABIT if colour in habit else '没有说明')}"


def _by_habit(understood: Understood, tables: Sequence[TableSeen], coloured: Coloured) -> dict[str, str]:
    """The label of each of three colours of lights that no legend explains, where most lines have one."""
    if coloured.counted.total() * 2 <= sum(len(table.rows) for table in tables):
        return {}
    names = {colour: named(colour) for colour in coloured.counted}
    labels = by_habit(list(names.values()), understood, tables, lambda t, row: names.get(coloured.of(t, row), ""))
    return {colour: labels[name] for colour, name in names.items() if name in labels}


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
        if word and (label := label_of(word, kind, known, "", list(words.values()), {})[0])
    }
    if len(headings) < 2 or len(labels) < len(headings) or len(set(labels.values())) < 2:
        return None
    return Source(Where.SECTIONS, labels=labels, why="各段的标题就是状态")


def _by_sheet(tables: Sequence[TableSeen], kind: Kind) -> Source | None:
    """The state in the names of the sheets."""
    names = list(dict.fromkeys(sheet_key(table.name) for table in tables))
    known = Labels(kind)
    labels = {name: label.name for name in names if (label := label_of(name, kind, known, "", names, {})[0])}
    if len(names) < 2 or len(labels) < len(names):
        return None
    return Source(Where.SHEETS, labels=labels, why="各表的名称就是状态")
