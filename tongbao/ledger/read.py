"""From the grids of a workbook to a ledger: its sheet and header found, its lines told apart, its values typed.

All mistakes are collected. A ledger comes back whenever its table was found, with the rows that could be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.excel.fills import with_fills
from tongbao.excel.grid import Book
from tongbao.excel.prepared import is_prepared_for
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger.choice import choose
from tongbao.ledger.controls import control_problems
from tongbao.ledger.empty_tables import empty_tables
from tongbao.ledger.labels import Finding, Labels, Status
from tongbao.ledger.magnitude import magnitude_problems
from tongbao.ledger.rawtable import RawRow, RawTable, gather
from tongbao.ledger.rosters import roster_for
from tongbao.ledger.state_source import judged_in, source_for
from tongbao.ledger.state_told import Told
from tongbao.ledger.table_problems import table_problems
from tongbao.ledger.title_dates import title_problems
from tongbao.ledger.told_once import inferred_once
from tongbao.ledger.unknown_words import UNKNOWN, words_told_once
from tongbao.ledger.values import AS_SHOWN, Typed, Values, decision_day, fraction_columns
from tongbao.ledger.worded import by_words
from tongbao.model import DEADLINE, ID, NO, TASK, Deadline, Ledger, Level, Period, Picture, Place, Problem, Row, Value
from tongbao.words.text import one_line
from tongbao.words.units import Roster


def read_data(
    data: bytes,
    name: str,
    kind: Kind,
    period: Period,
    *,
    as_of: date,
    roster: Roster | None,
    sheet: str = "",
    home: str = "",
) -> tuple[Ledger | None, list[Problem]]:
    """The ledger in the bytes of a file as `read_book` reads it, and all problems found, those of opening it too."""
    book, problems = parsed(data, name, kind)
    if book is None:
        return None, problems
    found, more = read_book(book, kind, period, as_of=as_of, roster=roster, sheet=sheet, home=home)
    return found, problems + more


def parsed(data: bytes, name: str, kind: Kind) -> tuple[Book | None, list[Problem]]:
    """The workbook in the bytes of a file, with the colours of its cells where these say how the rows stand."""
    book, problems = sheets.parse(data, name)
    coloured = kind.status_from is not None and kind.status_from.by_colour
    return (with_fills(book, data) if book and coloured else book), problems


def read_book(
    book: Book,
    kind: Kind,
    period: Period,
    *,
    as_of: date,
    roster: Roster | None,
    sheet: str = "",
    home: str = "",
) -> tuple[Ledger | None, list[Problem]]:
    """The ledger of a workbook, read by its kind, and all problems found; no ledger where no table of the kind is.

    `sheet` names the sheet to read; `全部` or `*` stands for all sheets that fit. Where it is empty, the one sheet
    that fits is read, and several that fit are a problem. `as_of` is the day by which deadlines are past or not.
    Without a roster, or with one that does not fit, the names of units are learned from the ledger itself,
    in which `home` is the place of the office.
    """
    kind = by_words(book, kind, sheet)
    chosen, problems = choose(book, kind, sheet)
    if not chosen:
        return None, problems
    tables = [gather(book, kind, it) for it in chosen]
    problems += [p for table in tables for p in _looked_at(table, kind, period)]
    problems += empty_tables(tables)
    roster, doubts = roster_for(tables, roster, home)
    reading = _Reading(book, kind, period, as_of, roster)
    working = [(table, reading.rows(table)) for table in tables if not table.choice.closed]
    closed = [row for table in tables if table.choice.closed for row in reading.rows(table)]
    everything = [row for _, rows in working for row in rows]
    checked = [p for table, rows in working for p in control_problems(table, rows, closed, everything)]
    ledger = Ledger(
        book.file,
        period,
        as_of,
        tuple(everything),
        tuple(closed),
        tuple(replace(it.layout.table(), closed=it.closed, judged=judged_in(it.layout, kind)) for it in chosen),
        book.sha256,
        prepared=is_prepared_for(book, period.token),
    )
    return ledger, [*problems, *doubts, *inferred_once(reading.problems), *checked]


def _looked_at(table: RawTable, kind: Kind, period: Period) -> Iterator[Problem]:
    yield from table_problems(table, kind)
    yield from magnitude_problems(table)
    if not table.choice.closed:
        yield from title_problems(table, period)


def _problem(finding: Finding, place: Place, header: str = "", item: str = "", value: str = "") -> Problem:
    return Problem(
        finding.level,
        finding.code,
        finding.message,
        finding.fix,
        place=place,
        header=header,
        item=item,
        value=value,
    )


class _Reading:
    """Turns the raw rows of one ledger into typed rows and collects the problems of their values."""

    def __init__(self, book: Book, kind: Kind, period: Period, as_of: date, roster: Roster) -> None:
        """`problems` is empty at first and grows with every table that is read."""
        self._book, self._kind, self._period, self._as_of, self._roster = book, kind, period, as_of, roster
        self._labels, self._status = Labels(kind), kind.status.field
        self._source = source_for(kind, self._labels, as_of)
        self.problems: list[Problem] = []

    def rows(self, table: RawTable) -> list[Row]:
        """The typed rows of a table, in its order."""
        values = Values(
            self._period,
            self._roster,
            self._book.epoch1904,
            table.choice.layout.measures,
            fraction_columns(table.percent_columns()),
        )
        before, self.problems = self.problems, []
        days: dict[tuple[str, ...], date | None] = {}
        above: dict[str, Cell] = {}
        found = []
        for read in table.rows:
            raw = _carried_down(read, self._kind.sections, above)
            headings = raw.section + tuple(text_of(raw.values[s]) for s in self._kind.sections if s in raw.values)
            if headings not in days:  # the innermost heading that names a day gives it
                days[headings] = next(filter(None, map(decision_day, reversed(headings))), None)
            found.append(self._row(table, raw, values, days[headings]))
        words = words_told_once(self.problems, self._kind, {row.typed for row in found})
        self.problems = [*before, *_told_once(list(words))]
        if self._source:
            self.problems += self._source.afterwards(table)
        return found

    def _row(self, table: RawTable, raw: RawRow, values: Values, decided: date | None) -> Row:
        typed = {name: values.read(c.declared, raw.values[name], decided) for name, c in table.columns.items()}
        cells = {name: it.value for name, it in typed.items()}
        told = self._told(table, raw, cells)
        cells |= told.cells
        status, findings = self._judge(table, cells, told)
        answering, deadline = typed.get(table.answering(self._kind), Typed()), cells.get(DEADLINE)
        row = Row(
            place=table.place(raw.row),
            no=_text(cells.get(NO)),
            text=_text(cells.get(TASK)),
            section=_section(_without(raw, told.heading), self._kind.sections, cells),
            id=_text(cells.get(ID)),
            units=answering.units,
            collective=answering.collective,
            typed="" if told.by_itself else told.word,
            label=status.label,
            state=status.state,
            done=status.done,
            withdrawn=status.withdrawn,
            awaits=status.awaits,
            deadline=deadline if isinstance(deadline, Deadline) else Deadline(),
            cells=cells,
            merged=raw.merged,
            others={**raw.others, **_remarks(table, typed)},
            pictures=tuple(_pictures(table, raw.row)) if table.choice.sheet.marks.pictures else (),
        )
        self._check(table, raw, row, typed, [(told.name, finding) for finding in findings])
        return row

    def _told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """What says how a row stands: the word that was typed, or what the settings name instead."""
        if self._source is None:
            return Told(_text(cells.get(self._status)), name=self._status)
        told = self._source.told(table, raw, cells)
        return replace(told, cells={**told.cells, self._status: told.word}) if told.word else told

    def _judge(self, table: RawTable, cells: Mapping[str, Value], told: Told) -> tuple[Status, list[Finding]]:
        word, deadline = told.word, cells.get(DEADLINE)
        if table.choice.closed:
            return self._labels.closed(word)
        status, said = self._labels.judge(word, deadline if isinstance(deadline, Deadline) else Deadline(), self._as_of)
        # In a ledger that the program prepared an empty status is not read at all, so nothing is said of how.
        at_once = self._source is not None and not self._source.proposes  # said once, for all rows together
        return status, [] if not word and (at_once or is_prepared_for(self._book, self._period.token)) else said

    def _check(
        self, table: RawTable, raw: RawRow, row: Row, typed: Mapping[str, Typed], status: Iterable[tuple[str, Finding]]
    ) -> None:
        """Collects the problems of one row: values, number, cells left empty, status, marks of the sheet."""
        for name, it in typed.items():
            for finding in it.findings:
                self._say(table, raw, row, name, finding)
        if not row.no and table.numbered:
            self.problems.append(_problem(_UNNUMBERED, row.place, item=row.item))
        for name, column in table.columns.items():
            if column.must_be_filled and not holds(raw.values[name]) and typed[name].value in (None, "", ()):
                self._say(table, raw, row, name, _TASK_MISSING if name == TASK else _MISSING)
        marks = table.choice.sheet.marks
        for name, finding in status:
            judged = raw.cells.get(name, (raw.row, table.choice.layout.columns.get(name, 0)))
            if not (finding.code == UNKNOWN and judged in marks.unread):  # told once: it cannot be read
                self._say(table, raw, row, name, finding)
        if marks.uncached or marks.failed:
            self._marks(table, raw, row)

    def _marks(self, table: RawTable, raw: RawRow, row: Row) -> None:
        marks, columns = table.choice.sheet.marks, table.choice.layout.columns
        for name, column in columns.items():
            address = raw.cells.get(name, (raw.row, column))
            if address in marks.uncached:
                self._say(table, raw, row, name, _UNCACHED)
            elif address in marks.failed:
                message = f"公式出错（{marks.failed[address]}）"
                finding = Finding(Level.ERROR, "formula_failed", message, "请改正公式，或改填数值")
                self._say(table, raw, row, name, finding)

    def _say(self, table: RawTable, raw: RawRow, row: Row, name: str, finding: Finding) -> None:
        layout = table.choice.layout
        line, column = raw.cells.get(name, (raw.row, layout.columns.get(name, 0)))
        header, value = layout.texts.get(column, ""), one_line(text_of(raw.values.get(name, "")))
        self.problems.append(_problem(finding, table.place(line, column), header, row.item, value))


_TASK_MISSING = Finding(Level.ERROR, "value_missing", "没有填写", "请补填")
_MISSING = Finding(Level.WARNING, "value_missing", "没有填写", "请补填；确实没有的写0或“无”")
_UNNUMBERED = Finding(Level.WARNING, "no_number", "这一行没有序号，仍作为事项计入", "是事项的请补填序号；不是的请删去")
_UNCACHED = Finding(Level.ERROR, "formula_uncached", "公式没有计算结果", "请用 Excel/WPS 打开台账，重新计算并保存一次")


def _pictures(table: RawTable, row: int) -> Iterator[Picture]:
    """The pictures in a line of a table, left to right, but for those that the file itself does not hold."""
    # Asked for each row of a sheet with pictures. A thousand rows with a picture each are a million looks: 0.1 s.
    found = sorted(at for at in table.choice.sheet.marks.pictures if at[0] == row)
    parts = ((at, part) for at in found for part in table.choice.sheet.marks.pictures[at])
    yield from (Picture(table.place(*at), part) for at, part in parts if part)


def _told_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems of a table, where of each column it is told once that its cells are read as they show."""
    times = Counter(p.header for p in problems if p.code == AS_SHOWN)
    told: set[str] = set()
    for problem in problems:
        if problem.code != AS_SHOWN:
            yield problem
        elif problem.header not in told:
            told.add(problem.header)
            more = f"（这一栏共{times[problem.header]}格）" if times[problem.header] > 1 else ""
            yield replace(problem, message=problem.message + more)


def _carried_down(raw: RawRow, sections: Iterable[str], above: dict[str, Cell]) -> RawRow:
    """The row with each blank heading column filled from the row above; a new outer heading ends the inner ones."""
    levels = [level for level in sections if level in raw.values]
    if not levels:
        return raw
    carried = dict(raw.values)
    for depth, level in enumerate(levels):
        if not holds(carried[level]):
            carried[level] = above.get(level, carried[level])
        elif carried[level] != above.get(level):
            above[level] = carried[level]
            for inner in levels[depth + 1 :]:
                above.pop(inner, None)
    return replace(raw, values=carried)


def _without(raw: RawRow, heading: str) -> RawRow:
    """The row without a heading that tells how it stands: 二、已办结事项 is no subject."""
    return replace(raw, section=tuple(text for text in raw.section if text != heading)) if heading else raw


def _section(raw: RawRow, sections: Sequence[str], cells: Mapping[str, Value]) -> tuple[str, ...]:
    """The headings of a row by the levels of the kind; a level with a column of its own is read from that column."""
    if not any(level in cells for level in sections):
        return raw.section
    above = iter(raw.section)
    levels = [_text(cells[s]) if s in cells else next(above, "") for s in sections]
    while levels and not levels[-1]:
        levels.pop()
    return tuple(levels)


def _remarks(table: RawTable, typed: Mapping[str, Typed]) -> dict[str, str]:
    """The words that stood beside values, 受征地影响 of `70%（受征地影响`, under the header of their column."""
    return {f"{table.columns[name].header}（说明）": it.remark for name, it in typed.items() if it.remark}


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
