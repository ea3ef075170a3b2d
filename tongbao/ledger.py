"""From the grids of a workbook to a ledger: its sheet and header found, its lines told apart, its values typed.

All mistakes are collected; a ledger is handed back whenever its table was found, with the rows that could be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from tongbao import headers, sheets
from tongbao.grid import Address, Book, Cell, Sheet, holds, text_of
from tongbao.headers import Layout
from tongbao.kinds import Kind
from tongbao.labels import Finding, Labels
from tongbao.lines import Line, Lines, What, sections
from tongbao.model import (
    DEADLINE,
    ID,
    NO,
    TASK,
    Column,
    ColumnType,
    Deadline,
    Ledger,
    Level,
    Period,
    Place,
    Problem,
    Row,
    Value,
)
from tongbao.periods import parse_period
from tongbao.text import clean, key, nearest, one_line
from tongbao.units import Roster, learn
from tongbao.values import Typed, Values, decision_day, fraction_columns, unit_finding

ALL_SHEETS = ("*", "全部")
_CLOSED = ("销号", "已办结", "办结")


def read_file(
    path: Path, kind: Kind, period: Period, *, as_of: date, roster: Roster | None, sheet: str = ""
) -> tuple[Ledger | None, list[Problem]]:
    """The ledger in a file; see `read`."""
    book, problems = sheets.open_book(path)
    if book is None:
        return None, problems
    found, more = read(book, kind, period, as_of=as_of, roster=roster, sheet=sheet)
    return found, problems + more


def read(
    book: Book, kind: Kind, period: Period, *, as_of: date, roster: Roster | None, sheet: str = ""
) -> tuple[Ledger | None, list[Problem]]:
    """The ledger of a workbook, read by its kind, with all problems found.

    `sheet` names the sheet to read, or is `全部` (or `*`) for all that fit; empty, the one that fits is found.
    Without a roster the units are learned from the ledger itself. None where no table of the kind was found.
    """
    chosen, problems = _choose(book, kind, sheet)
    if not chosen:
        return None, problems
    tables = [_Table(book, kind, it) for it in chosen]
    for table in tables:
        problems += table.problems
    if roster is None:
        roster, doubts = learn(text for table in tables for text in table.unit_cells())
        problems += [_problem(unit_finding(d), Place(book.file), level=Level.NOTE) for d in doubts]
    reading = _Reading(book, kind, period, as_of, roster)
    rows = [reading.rows(table) for table in tables if not table.choice.closed]
    closed = [reading.rows(table) for table in tables if table.choice.closed]
    return (
        Ledger(
            book.file,
            period,
            as_of,
            tuple(r for found in rows for r in found),
            tuple(r for found in closed for r in found),
            tuple(it.layout.table() for it in chosen),
            book.sha256,
        ),
        problems + reading.problems,
    )


def _problem(
    finding: Finding, place: Place, header: str = "", item: str = "", value: str = "", level: Level | None = None
) -> Problem:
    return Problem(level or finding.level, finding.code, finding.message, finding.fix, place, header, item, value)


# ---------------------------------------------------------------------------------------------- which sheet


@dataclass(frozen=True, slots=True)
class _Choice:
    """A sheet that is read, and its header. `closed`: the sheet of closed items."""

    sheet: Sheet
    layout: Layout
    closed: bool = False


def _choose(book: Book, kind: Kind, wanted: str) -> tuple[list[_Choice], list[Problem]]:
    """The sheets to read, or the problem that says why there is none or more than one."""
    problems = [_hidden_sheet(book, s) for s in book.sheets if s.hidden]
    shown = [s for s in book.sheets if not s.hidden]
    if wanted not in ("", *ALL_SHEETS) and wanted not in [s.name for s in shown]:
        return [], [*problems, _no_such_sheet(book, shown, wanted)]
    closed = [s for s in shown if s.name != wanted and any(word in key(s.name) for word in _CLOSED)]
    layouts = {s.name: headers.find(s, kind, closed=s in closed) for s in shown}
    fitting = [_Choice(s, it, s in closed) for s in shown if (it := layouts[s.name]) is not None and not it.missing]
    unread = [s for s in closed if s not in [c.sheet for c in fitting] and any(map(_holds_any, s.cells))]
    problems += [_closed_unread(book, s) for s in unread]
    current = [c for c in fitting if not c.closed and wanted in ("", *ALL_SHEETS, c.sheet.name)]
    if len(current) > 1 and wanted not in ALL_SHEETS:
        current = _of_the_period(current, book)
    if not current:
        return [], [*problems, _nothing_fits(book, kind, [s for s in shown if s not in closed], layouts)]
    if len(current) > 1 and wanted not in ALL_SHEETS:
        return [], [*problems, _several_fit(book, current)]
    return [*current, *(c for c in fitting if c.closed)], problems


def _holds_any(row: Sequence[Cell]) -> bool:
    return any(map(holds, row))


def _of_the_period(fitting: list[_Choice], book: Book) -> list[_Choice]:
    """The one sheet that is named after the period of the file, where the others are named after other periods."""
    period = parse_period(book.file)
    named = [c for c in fitting if period and (of := parse_period(c.sheet.name)) and of.last == period.last]
    return named if len(named) == 1 else fitting


def _hidden_sheet(book: Book, sheet: Sheet) -> Problem:
    message = f"工作表“{sheet.name}”是隐藏的，没有读取"
    return Problem(Level.NOTE, "hidden_sheet", message, "要计入的请取消隐藏", Place(book.file, sheet.name))


def _no_such_sheet(book: Book, shown: Sequence[Sheet], wanted: str) -> Problem:
    names = "、".join(f"“{s.name}”" for s in shown)
    return Problem(
        Level.ERROR, "no_such_sheet", f"没有工作表“{wanted}”，只有{names}", "请改配置里的工作表名", Place(book.file)
    )


def _closed_unread(book: Book, sheet: Sheet) -> Problem:
    message = f"工作表“{sheet.name}”像是销号表，但没有找到事项一栏的表头，没有读取"
    return Problem(
        Level.ERROR, "closed_unread", message, "请补上表头，或给这张表改个名字", Place(book.file, sheet.name)
    )


def _several_fit(book: Book, fitting: Sequence[_Choice]) -> Problem:
    names = "、".join(f"“{c.sheet.name}”" for c in fitting)
    message = f"有{len(fitting)}张工作表都像台账：{names}"
    return Problem(Level.ERROR, "several_sheets", message, "请在配置里写明用哪一张，或写明全部都用", Place(book.file))


def _nothing_fits(book: Book, kind: Kind, shown: Sequence[Sheet], layouts: Mapping[str, Layout | None]) -> Problem:
    """Names the headers that were found, those that are missing, and what each missing one may be called there."""
    near = [it for s in shown if (it := layouts[s.name]) is not None]
    if not near:
        required = "、".join(c.headers[0] for c in kind.columns if c.required or c.field == TASK)
        message = f"前{headers.SEARCHED_ROWS}行里没有找到表头"
        return Problem(Level.ERROR, "no_header", message, f"表头至少要有：{required}", Place(book.file))
    best = min(near, key=lambda it: len(it.missing))
    found = "、".join(dict.fromkeys(best.texts.values()))
    missing = "、".join(c.headers[0] for c in best.missing)
    hints = [_hint(c, [best.texts[o] for o in best.others]) for c in best.missing]
    message = f"表头里缺少：{missing}（现有：{found}）"
    return Problem(Level.ERROR, "missing_column", message, "；".join(hints), Place(book.file, best.sheet, best.bottom))


def _hint(column: Column, others: Sequence[str]) -> str:
    """What to do about a missing column: the header that comes nearest, and the names it may have."""
    near = next((near for alias in column.headers if (near := nearest(alias, others))), None)
    names = "、".join(column.headers)
    return (
        f"“{near}”是不是{column.headers[0]}？可用的表头：{names}" if near else f"{column.field}一栏的表头可写：{names}"
    )


# ---------------------------------------------------------------------------------------------- one table


@dataclass
class _Raw:
    """A row before its values are typed: what stands in each field, from one line or several."""

    row: int
    section: tuple[str, ...]
    values: dict[str, Cell]
    cells: dict[str, Address]
    merged: frozenset[str]
    others: dict[str, str]


class _Table:
    """The lines of one sheet gathered into raw rows, with what is wrong in its layout and its lines."""

    def __init__(self, book: Book, kind: Kind, choice: _Choice) -> None:
        """Reads all lines; `problems` has what was found on the way."""
        self.choice, self._kind, self._book = choice, kind, book
        self._sheet, self._layout = choice.sheet, choice.layout
        self.problems: list[Problem] = list(self._header_problems())
        self._lines = Lines(self._sheet, self._layout, kind)
        self._others = self._layout.others
        self.columns = {f: (c, d) for f, c in self._layout.columns.items() if (d := kind.column(f))}
        self.required = [f for f, (_, d) in self.columns.items() if d.required and d.type is not ColumnType.STATUS]
        self.rows: list[_Raw] = []
        self._gather(_trailing_aside(list(self._lines), self._layout.columns[TASK]))
        self.numbered = any(holds(raw.values.get(NO, "")) for raw in self.rows)

    def unit_cells(self) -> Iterator[str]:
        """The texts of all unit cells, from which a roster may be learned."""
        fields = [f for f, (_, d) in self.columns.items() if d.type is ColumnType.UNITS]
        for raw in self.rows:
            yield from (text_of(raw.values[f]) for f in fields if holds(raw.values[f]))

    def percent_columns(self) -> Iterator[tuple[Column, list[Cell]]]:
        """The percent columns with their values."""
        for name, (_, column) in self.columns.items():
            if column.type is ColumnType.PERCENT:
                yield column, [raw.values[name] for raw in self.rows]

    def place(self, row: int, column: int = 0) -> Place:
        """A place on this sheet."""
        return Place(self._book.file, self._sheet.name, row, column)

    # ------------------------------------------------------------------------------------------ gathering

    def _gather(self, lines: Sequence[Line]) -> None:
        levels = [s for s in self._kind.sections if s not in self.columns]
        headings = sections(lines, max(1, len(levels)))
        section: tuple[str, ...] = ()
        for line in lines:
            match line.what:
                case What.HEADING:
                    section = headings[line.row]
                case What.ITEM | What.PART:
                    self.rows.append(self._raw(line, section))
                case What.MORE:
                    self._append(line)
                    if line.why:
                        self._say(Level.WARNING, "line_joined", line, f"这一行{line.why}", _JOINED_FIX)
                case What.DOUBT:
                    self._say(Level.ERROR, "line_doubt", line, f"这一行{line.why}", _LINE_FIX)
        self.problems += self._line_problems(lines)

    def _say(self, level: Level, code: str, line: Line, message: str, fix: str = "") -> None:
        place = self.place(line.row, line.filled[0] if len(line.filled) == 1 else 0)
        self.problems.append(Problem(level, code, message, fix, place, value=line.text))

    def _raw(self, line: Line, section: tuple[str, ...]) -> _Raw:
        """What stands in each field of a line, a merged cell giving its value to the lines that it covers."""
        row, origins = self._sheet.cells[line.row - 1], self._lines.origins
        values: dict[str, Cell] = {name: row[column - 1] for name, (column, _) in self.columns.items()}
        cells: dict[str, Address] = {}
        if line.row in self._lines.covered:
            for name, (column, declared) in self.columns.items():
                if origin := origins.get((line.row, column)):
                    above = origin[0] < line.row
                    filled = self._fills(declared) if above else name == TASK
                    values[name] = self._sheet.value(*origin) if filled else ""
                    if filled:
                        cells[name] = origin
        for name in self._failed(line.row, cells):
            values[name] = ""
        merged = frozenset(name for name, (above, _) in cells.items() if above < line.row)
        texts = self._layout.texts
        others = {texts[c]: clean(text_of(row[c - 1])) for c in self._others if c in line.filled}
        return _Raw(line.row, section, values, cells, merged, others)

    def _failed(self, row: int, cells: Mapping[str, Address]) -> list[str]:
        """The fields whose formula failed; what such a cell shows is no value."""
        failed = self._sheet.marks.failed
        return [n for n, (c, _) in self.columns.items() if cells.get(n, (row, c)) in failed] if failed else []

    @staticmethod
    def _fills(column: Column) -> bool:
        """A merged number, task or status is always that of all its rows; other fields as the kind says."""
        return column.fill or column.field in (NO, TASK) or column.type is ColumnType.STATUS

    def _append(self, line: Line) -> None:
        """A continuation: its lines are joined to the row above, field by field."""
        last = self.rows[-1]
        by_column = {column: name for name, (column, _) in self.columns.items()}
        for column in line.filled:
            name = by_column.get(column)
            text = text_of(self._sheet.value(line.row, column))
            if name is None:
                header = self._layout.texts[column]
                last.others[header] = "\n".join(filter(None, [last.others.get(header, ""), clean(text)]))
            else:
                last.values[name] = "\n".join(filter(None, [text_of(last.values[name]), text]))

    # ------------------------------------------------------------------------------------------ what is wrong

    def _header_problems(self) -> Iterator[Problem]:
        layout = self._layout
        for name, columns in layout.twice.items():
            places = "、".join(self.place(layout.bottom, c).cell for c in columns)
            message = f"表头“{layout.texts[columns[0]]}”出现了{len(columns)}次（{places}），不知道该读哪一列"
            yield Problem(
                Level.ERROR,
                "header_twice",
                message,
                "请改掉多余的一列的表头",
                self.place(layout.bottom, columns[1]),
                name,
            )
        for name, columns in layout.rivals.items():
            read, *left = (f"“{layout.texts[c]}”" for c in columns)
            message = f"{read}和{'、'.join(left)}都像{name}一栏，按{read}读取"
            yield Problem(
                Level.WARNING, "header_rivals", message, "读错了请改表头", self.place(layout.bottom, columns[1])
            )

    def _line_problems(self, lines: Sequence[Line]) -> Iterator[Problem]:
        yield from self._asides([line for line in lines if line.what is What.ASIDE])
        yield from self._empty_headings(lines)
        yield from self._marks()
        yield from self._unseen()
        if not self.rows:
            level = Level.WARNING if self.choice.closed else Level.ERROR
            yield Problem(level, "no_items", "表头下面没有事项", "请核对是不是这张表", self.place(self._layout.bottom))
        for line in lines:
            if line.gap > 1 and line.what in (What.ITEM, What.PART):
                message = f"上面空了{line.gap}行，这一行起仍作为事项读取"
                yield Problem(Level.NOTE, "gap", message, "不是台账内容的请移到别的工作表", self.place(line.row))

    def _asides(self, lines: Sequence[Line]) -> Iterator[Problem]:
        if lines:
            shown = "、".join(f"{line.row}行“{one_line(line.text)[:10]}”" for line in lines[:5])
            more = "等" if len(lines) > 5 else ""
            message = f"{len(lines)}行是合计、说明、签字或重复的表头，没有作为事项：第{shown}{more}"
            yield Problem(Level.NOTE, "asides", message, "", self.place(lines[0].row))

    def _empty_headings(self, lines: Sequence[Line]) -> Iterator[Problem]:
        shown = [line for line in lines if line.what is not What.ASIDE]
        levels = sections(lines, max(1, len(self._kind.sections)))
        for line, below in pairwise(shown):
            if line.what is below.what is What.HEADING and len(levels[below.row]) <= len(levels[line.row]):
                message = f"标题“{line.text}”下面没有事项"
                fix = "它本身是事项的，请把内容填到事项一栏；只是标题的，可以不管"
                yield Problem(Level.WARNING, "empty_heading", message, fix, self.place(line.row, line.filled[0]))

    def _marks(self) -> Iterator[Problem]:
        marks = self._sheet.marks
        hidden = [raw.row for raw in self.rows if raw.row in marks.hidden_rows]
        if hidden:
            how = "被筛选掉" if marks.filtered else "被隐藏"
            message = f"有{len(hidden)}行{how}（{_row_list(hidden)}），已照常计入"
            yield Problem(Level.NOTE, "hidden_rows", message, "不该计入的请删除", self.place(hidden[0]))
        for column in sorted(marks.hidden_columns & set(self._layout.columns.values())):
            message = f"“{self._layout.texts[column]}”一列是隐藏的，已照常读取"
            yield Problem(Level.NOTE, "hidden_column", message, "", self.place(self._layout.bottom, column))

    def _unseen(self) -> Iterator[Problem]:
        """What stands where it is not read: beside the table, or covered by a merged range."""
        if cells := self._lines.outside():
            message = f"表格以外有{len(cells)}格内容没有读取：{self._cell_list(cells)}"
            yield Problem(Level.NOTE, "outside", message, "属于台账的请加上表头", self.place(*cells[0]))
        for address in self._lines.under_merged():
            text = one_line(text_of(self._sheet.value(*address)))
            message = f"合并单元格下面还压着文字“{text[:20]}”，看不见，也没有读取"
            fix = "要用的请取消合并后移出来；不用的请取消合并、清除后再合并"
            yield Problem(Level.WARNING, "text_under_merge", message, fix, self.place(*address), value=text)

    def _cell_list(self, cells: Sequence[Address]) -> str:
        return "、".join(self.place(*address).cell for address in cells[:5]) + ("等" if len(cells) > 5 else "")


_JOINED_FIX = "是单独一个分项的，请填状态；与上一行是同一项的，请把状态一栏也合并"
_LINE_FIX = "请补填序号和事项；属于上一项的，请与上一项合并单元格；与台账无关的请删去"


def _row_list(rows: Sequence[int]) -> str:
    return "第" + "、".join(map(str, rows[:5])) + ("等行" if len(rows) > 5 else "行")


def _trailing_aside(lines: list[Line], task: int) -> list[Line]:
    """Headings and short single cells below the last item are signatures and dates, not sections."""
    last = max((n for n, line in enumerate(lines) if line.what in (What.ITEM, What.PART, What.MORE)), default=-1)
    return [
        Line(What.ASIDE, line.row, line.filled, line.text) if n > last >= 0 and _is_signature(line, task) else line
        for n, line in enumerate(lines)
    ]


def _is_signature(line: Line, task: int) -> bool:
    if line.what is What.HEADING:
        return True
    alone = line.what is What.DOUBT and len(line.filled) == 1 and line.filled[0] != task
    return alone and len(line.text) <= 20 and line.text[-1:] not in "。；"


# ---------------------------------------------------------------------------------------------- typed rows


class _Reading:
    """Types the rows of the tables of one ledger and collects what is wrong with their values."""

    def __init__(self, book: Book, kind: Kind, period: Period, as_of: date, roster: Roster) -> None:
        """`problems` grows with every table that is read."""
        self._book, self._kind, self._period, self._as_of, self._roster = book, kind, period, as_of, roster
        self._labels = Labels(kind)
        self.problems: list[Problem] = []

    def rows(self, table: _Table) -> list[Row]:
        """The typed rows of a table, in its order."""
        values = Values(
            self._period,
            self._roster,
            self._book.epoch1904,
            table.choice.layout.measures,
            fraction_columns(table.percent_columns()),
        )
        days: dict[tuple[str, ...], date | None] = {}
        found = []
        for raw in table.rows:
            if raw.section not in days:
                days[raw.section] = next(filter(None, map(decision_day, reversed(raw.section))), None)
            found.append(self._row(table, raw, values, days[raw.section]))
        return found

    def _row(self, table: _Table, raw: _Raw, values: Values, decided: date | None) -> Row:
        layout, kind = table.choice.layout, self._kind
        typed = {name: values.read(column, raw.values[name], decided) for name, (_, column) in table.columns.items()}
        cells = {name: it.value for name, it in typed.items()}
        deadline = cells.get(DEADLINE)
        deadline = deadline if isinstance(deadline, Deadline) else Deadline()
        text, units = cells.get(TASK), cells.get(kind.units.field)
        status_field = kind.status.field
        word = str(cells.get(status_field) or "")
        status, findings = (
            self._labels.closed(word) if table.choice.closed else self._labels.judge(word, deadline, self._as_of)
        )
        row = Row(
            place=table.place(raw.row),
            no=_text(cells.get(NO)),
            text=_text(text),
            section=self._section(raw, cells),
            id=_text(cells.get(ID)),
            units=units if isinstance(units, tuple) else (),
            typed=word,
            label=status.label,
            state=status.state,
            done=status.done,
            withdrawn=status.withdrawn,
            deadline=deadline,
            cells=cells,
            merged=raw.merged,
            others=_others(raw, layout, typed),
        )
        self._check(table, raw, row, typed, findings)
        return row

    def _section(self, raw: _Raw, cells: Mapping[str, Value]) -> tuple[str, ...]:
        """The headings of a row by the levels of the kind; a level with a column of its own is read from there."""
        if not any(level in cells for level in self._kind.sections):
            return raw.section
        above = iter(raw.section)
        levels = [_text(cells[s]) if s in cells else next(above, "") for s in self._kind.sections]
        while levels and not levels[-1]:
            levels.pop()
        return tuple(levels)

    def _check(self, table: _Table, raw: _Raw, row: Row, typed: Mapping[str, Typed], status: Iterable[Finding]) -> None:
        """Everything that is to be said about one row, with its cells."""
        for name, it in typed.items():
            for finding in it.findings:
                self._say(table, raw, row, name, finding)
        if not row.no and table.numbered:
            self.problems.append(_problem(_UNNUMBERED, row.place, item=row.item))
        for name in table.required:
            if not typed[name].value:
                level = Level.ERROR if name == TASK else Level.WARNING
                self._say(
                    table, raw, row, name, Finding(level, "value_missing", "没有填写", "请补填；确实没有的写0或“无”")
                )
        for finding in status:
            self._say(table, raw, row, self._kind.status.field, finding)
        marks = table.choice.sheet.marks
        if marks.uncached or marks.failed or marks.struck:
            self._marks(table, raw, row)

    def _marks(self, table: _Table, raw: _Raw, row: Row) -> None:
        marks, columns = table.choice.sheet.marks, table.choice.layout.columns
        for name, column in columns.items():
            address = raw.cells.get(name, (raw.row, column))
            if address in marks.uncached:
                self._say(table, raw, row, name, _UNCACHED)
            elif address in marks.failed:
                message = f"公式出错（{marks.failed[address]}）"
                self._say(
                    table, raw, row, name, Finding(Level.ERROR, "formula_failed", message, "请改正公式，或改填数值")
                )
            elif address in marks.struck and name == TASK:
                self._say(table, raw, row, name, _STRUCK)

    def _say(self, table: _Table, raw: _Raw, row: Row, name: str, finding: Finding) -> None:
        layout = table.choice.layout
        line, column = raw.cells.get(name, (raw.row, layout.columns.get(name, 0)))
        header, value = layout.texts.get(column, ""), one_line(text_of(raw.values.get(name, "")))
        self.problems.append(_problem(finding, table.place(line, column), header, row.item, value))


_UNNUMBERED = Finding(Level.WARNING, "no_number", "这一行没有序号，仍作为事项计入", "是事项的请补填序号；不是的请删去")
_UNCACHED = Finding(Level.ERROR, "formula_uncached", "公式没有计算结果", "请用 Excel/WPS 打开台账，重新计算并保存一次")
_STRUCK = Finding(
    Level.WARNING, "struck_out", "文字加了删除线，仍照常计入", "已完成的请改状态；撤销的请写明；误加的请取消删除线"
)


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _others(raw: _Raw, layout: Layout, typed: Mapping[str, Typed]) -> dict[str, str]:
    """The undeclared columns, and the words that stood beside a percent."""
    remarks = {f"{layout.texts[layout.columns[n]]}（说明）": it.remark for n, it in typed.items() if it.remark}
    return raw.others | remarks
