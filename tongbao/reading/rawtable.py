"""The lines of a table gathered into raw rows: what stands in each field, and all that is odd about the lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongbao.kinds import Kind
from tongbao.model import NO, TASK, Column, ColumnType, Level, Place, Problem
from tongbao.reading.choice import Choice
from tongbao.reading.grid import Address, Book, Cell, holds, text_of
from tongbao.reading.lines import Line, Lines, What
from tongbao.reading.outline import sections
from tongbao.words.text import clean, key, nearest, one_line


@dataclass
class RawRow:
    """A row before its values are typed: what stands in each field, from one line or several."""

    row: int
    section: tuple[str, ...]
    values: dict[str, Cell]
    cells: dict[str, Address]
    merged: frozenset[str]
    others: dict[str, str]


class RawTable:
    """The lines of one sheet gathered into raw rows, with what is wrong in its layout and its lines."""

    def __init__(self, book: Book, kind: Kind, choice: Choice) -> None:
        """Reads all lines; `problems` has what was found on the way."""
        self.choice, self._kind, self._book = choice, kind, book
        self._sheet, self._layout = choice.sheet, choice.layout
        self.problems: list[Problem] = list(self._header_problems())
        self._lines = Lines(self._sheet, self._layout, kind)
        self._others = self._layout.others
        self.columns = {f: (c, d) for f, c in self._layout.columns.items() if (d := kind.column(f))}
        self.required = [f for f, (_, d) in self.columns.items() if d.required and d.type is not ColumnType.STATUS]
        self.rows: list[RawRow] = []
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

    def header(self, name: str) -> str:
        """The header of a field as typed."""
        return self._layout.texts[self._layout.columns[name]]

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

    def _raw(self, line: Line, section: tuple[str, ...]) -> RawRow:
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
        return RawRow(line.row, section, values, cells, merged, others)

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
                header = self._layout.texts.get(column, "")
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
        yield from self._straddling()
        if not self.rows:
            level = Level.WARNING if self.choice.closed else Level.ERROR
            fix = "空白台账请填写，或先移走；不是这张表的请核对"
            yield Problem(level, "no_items", "表头下面没有事项", fix, self.place(self._layout.bottom))
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
            message = f"没有表头的列里有{len(cells)}格内容，没有读取：{self._cell_list(cells)}"
            yield Problem(Level.NOTE, "outside", message, "属于台账的请加上表头", self.place(*cells[0]))
        yield from self._unread_headers()
        for address in self._lines.under_merged():
            text = one_line(text_of(self._sheet.value(*address)))
            message = f"合并单元格下面还压着文字“{text[:20]}”，看不见，也没有读取"
            fix = "要用的请取消合并后移出来；不用的请取消合并、清除后再合并"
            yield Problem(Level.WARNING, "text_under_merge", message, fix, self.place(*address), value=text)

    def _unread_headers(self) -> Iterator[Problem]:
        """Columns that look like a field which no header gave: the circular would say that nothing is reported."""
        absent = [c for c in self._kind.columns if c.field not in self.columns] if not self.choice.closed else []
        for number in self._layout.others:
            header = self._layout.texts[number]
            if near := next((c for c in absent if _looks_like(header, c)), None):
                message = f"“{header}”一列没有用到，像是“{near.field}”"
                fix = f"是的话请把表头改成“{near.headers[0]}”，或在 config.yaml 的 columns 里写明；不是的可以不管"
                yield Problem(Level.WARNING, "header_unread", message, fix, self.place(self._layout.bottom, number))

    def _straddling(self) -> Iterator[Problem]:
        """Merged ranges that begin or end in the middle of an item, and reach into its neighbour."""
        task = self._layout.columns[TASK]
        extents = {
            row: (m[0], m[2]) for m in self._sheet.merges if m[1] <= task <= m[3] for row in range(m[0], m[2] + 1)
        }
        for top, left, bottom, right in self._sheet.merges:
            first, last = extents.get(top, (top, top)), extents.get(bottom, (bottom, bottom))
            if first != last and (first[0] < top or bottom < last[1]) and top > self._layout.bottom:
                cells = f"{self.place(top, left).cell}:{self.place(bottom, right).cell}"
                message = f"合并区域 {cells} 跨过了事项的边界，它的内容属于哪一项看不准"
                fix = "请按事项重新合并单元格"
                yield Problem(Level.WARNING, "merge_straddles", message, fix, self.place(top, left))

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


def _looks_like(header: str, column: Column) -> bool:
    """Is the header nearly an alias of the column, one with more behind it, or another of its last word (落实进展)?"""
    word = key(header)
    aliases = [key(alias) for alias in column.headers]
    return nearest(header, column.headers) is not None or any(
        word.startswith(a) or word[-2:] == a[-2:] for a in aliases
    )
