"""What each line of a table is: a heading, an item, a part of an item, its continuation, or something beside the table.

A line that is none of these for certain is a doubt, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from tongbao.kinds import Kind
from tongbao.model import NO, STATUS, TASK, ColumnType
from tongbao.reading.grid import Address, Sheet, holds, text_of
from tongbao.reading.headers import Layout
from tongbao.words.text import key, one_line


class What(Enum):
    """ITEM begins a row with a task of its own, PART one under a merged task, MORE continues the row above;
    ASIDE is a total, a note, a signature, a repeated header."""

    HEADING = auto()
    ITEM = auto()
    PART = auto()
    MORE = auto()
    ASIDE = auto()
    DOUBT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something. `filled` are the columns with a value of their own; `text` is the heading, or
    what stands in the first of them; `wide` says that it is merged over the table; `why` explains a doubt."""

    what: What
    row: int
    filled: tuple[int, ...]
    text: str = ""
    wide: bool = False
    why: str = ""
    gap: int = 0


_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总合计|累计)(?:\W.*|\d.*)?|.{1,8}(?:合计|小计)[:：]?")
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明)(?:[:：\d]|[一二三]、).*"
    r"|(?:制表|填表|填报|报送|审核|审批|审签|签发|复核|联系|经办|督办|单位|部门|主要|分管)?"
    r"(?:人|单位|部门|日期|时间|电话|负责人|负责同志|领导签字|人签字|意见)?(?:签字|签名|签章|盖章|\(盖章\)|（盖章）)?[:：].*"
    r"|(?:制表|填表|填报|审核|签发|复核|联系)(?:人|单位|日期|时间|电话)?|.{0,20}[（(]盖章[）)].*"
)
_SIGNS = re.compile(r"制表|填表|填报|报送|审核|审批|签|盖章|联系|电话|经办|负责|日期|时间|人|单位|部门|注|说明")
_CHINESE_NO = re.compile(r"[（(]?[一二三四五六七八九十百]+[）)]?[、.．]?")
_ARABIC_NO = re.compile(r"\d+(?:[.、-]\d+)*[.、]?")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|第[一二三四五六七八九十百\d]+(?:次|批|期|部分|类|篇|章|组)|"
    r"(?:19|20)\d\d年"
)


_MERGED_AT_MOST = 1000
_FEW = 3
"""In a table of so few columns a task alone in its line is nothing strange."""


class Lines:
    """The lines of one sheet below its header."""

    def __init__(self, sheet: Sheet, layout: Layout, kind: Kind) -> None:
        """`origins` leads from a covered cell to the first cell of its merged range."""
        self._sheet, self._layout, self._kind = sheet, layout, kind
        self.origins = sheet.origins(layout.bottom + 1)
        below = enumerate(sheet.cells[layout.bottom :], layout.bottom + 1)
        self._rows = [row for row, cells in below if cells.count("") < len(cells)]
        self.covered = {row for row, _ in self.origins}
        self._no, self._task = layout.columns.get(NO, 0), layout.columns.get(TASK, 0)
        self._status = layout.columns.get(_status_field(kind), 0)
        self._units = [c for f, c in layout.columns.items() if (d := kind.column(f)) and d.type is ColumnType.UNITS]
        self._first, self._last = min(layout.texts), max(layout.texts)
        width = self._last - self._first + 1
        self._wide = {(m[0], m[1]): m for m in sheet.merges if m[3] - m[1] + 1 >= max(2, 0.6 * width)}
        self._titles = {key(text_of(v)) for row in sheet.cells[: layout.top - 1] for v in row if v != ""}
        self._words = {c: key(text) for c, text in layout.texts.items()}
        self._items: set[int] = set()
        self._header_texts = frozenset(layout.texts.values())
        self._arabic = any(_ARABIC_NO.fullmatch(t) for t in self._column_texts(self._no))

    def __iter__(self) -> Iterator[Line]:
        above = self._layout.bottom
        for row in self._rows:
            if filled := self._filled(row):
                line = self._line(row, filled)
                if line.what is What.ITEM:
                    self._items.add(row)
                yield replace(line, gap=self._gap(above, row)) if row > above + 1 else line
                above = row

    def _gap(self, above: int, row: int) -> int:
        """How many empty lines lie between two lines; those of a merged item are not empty."""
        if row - above > _MERGED_AT_MOST:
            return row - above - 1
        return sum(all((r, c) not in self.origins for c in (self._task, self._no)) for r in range(above + 1, row))

    def outside(self) -> list[Address]:
        """Cells that hold something in columns without a header."""
        beyond = [c for c in range(1, max(map(len, self._sheet.cells)) + 1) if c not in self._words]
        return [
            (row, column)
            for row in self._rows
            for column in beyond
            if holds(self._sheet.value(row, column))
            and (row, column) not in self.origins
            and (row, column) not in self._wide
        ]

    def under_merged(self) -> list[Address]:
        """Cells of the table whose own text cannot be seen, because a merged range with another text covers them."""
        sheet, shown = self._sheet, range(self._first, self._last + 1)
        hiding = (a for a in self.origins if a[1] in shown and holds(sheet.value(*a)))
        return [a for a in hiding if sheet.value(*a) != sheet.value(*self.origins[a])]

    def _filled(self, row: int) -> tuple[int, ...]:
        """The columns of the table in which a row has a value of its own."""
        cells, origins = self._sheet.cells[row - 1], self.origins
        found = [c for c, value in enumerate(cells, 1) if value != "" and holds(value)]
        if row in self.covered:
            found = [c for c in found if (row, c) not in origins]
        return tuple(c for c in found if c in self._words or (row, c) in self._wide)

    def _column_texts(self, column: int) -> Iterator[str]:
        return (text_of(self._sheet.value(row, column)).strip() for row in self._rows)

    # ------------------------------------------------------------------------------------------ one line

    def _line(self, row: int, filled: tuple[int, ...]) -> Line:
        if self._is_plain_item(row, filled) and row > self._layout.bottom + 1:
            return Line(What.ITEM, row, filled)
        text = self._text(row, filled[0])
        if header := self._header_line(row, filled, text):
            return header
        origin = self.origins.get((row, self._task))
        if origin and origin[0] < row:
            return self._under_merged_task(row, filled, origin, text)
        if len(filled) == 1:
            return self._single(row, filled, text)
        if self._is_aside(row, filled, text):
            return Line(What.ASIDE, row, filled, text)
        if heading := self._numbered_heading(row, filled):
            return Line(What.HEADING, row, filled, heading, wide=True)
        if self._task not in filled and not origin:
            return Line(What.DOUBT, row, filled, text, why="有内容，却没有事项")
        return Line(What.ITEM, row, filled, text)

    def _text(self, row: int, column: int) -> str:
        return one_line(text_of(self._sheet.value(row, column)))

    def _is_plain_item(self, row: int, filled: tuple[int, ...]) -> bool:
        """A number, a task, and more: what nearly all lines are, told at once."""
        if filled[0] != self._no or len(filled) < 3 or self._task not in filled:
            return False
        number = self._sheet.cells[row - 1][self._no - 1]
        return number.isdigit() if isinstance(number, str) else isinstance(number, int | float)

    def _under_merged_task(self, row: int, filled: tuple[int, ...], origin: Address, text: str) -> Line:
        """Under a merged task a status of its own makes a row; anything else continues the row above."""
        if origin[0] not in self._items:
            return Line(What.DOUBT, row, filled, text, why="有内容，上面合并的单元格里却没有事项")
        if self._status in filled:
            return Line(What.PART, row, filled, text)
        own = self._status and (row, self._status) not in self.origins
        return Line(What.MORE, row, filled, text, why="没有自己的状态，已并入上一行" if own else "")

    def _single(self, row: int, filled: tuple[int, ...], text: str) -> Line:
        """A line with one value: a heading, a title of a new page, a total, a note, or a doubt."""
        column = filled[0]
        wide = (row, column) in self._wide
        if is_total(text) or _is_note(text) or key(text) in self._titles:
            return Line(What.ASIDE, row, filled, text, wide)
        if wide or (column == self._task and _NUMBERED.match(text)):
            return Line(What.HEADING, row, filled, text, wide)
        if column == self._task and len(self._layout.columns) <= _FEW:
            return Line(What.ITEM, row, filled, text)
        if column == self._task:
            return Line(What.DOUBT, row, filled, text, why="只有事项一格有内容，看不出是事项还是标题")
        if column == self._first and not _ARABIC_NO.fullmatch(text):
            return Line(What.HEADING, row, filled, text)
        if column == self._no:
            return Line(What.ASIDE, row, filled, text)
        return Line(What.DOUBT, row, filled, text, why="只有一格有内容，看不出属于哪一项")

    def _header_line(self, row: int, filled: tuple[int, ...], text: str) -> Line | None:
        """A copy of the header, as page-wise copies have it; a line of column numbers; the header of another table."""
        same = sum(self._is_header_word(row, column) for column in filled)
        if same >= 2 and same * 2 > len(filled):
            return Line(What.ASIDE, row, filled, text)
        if row == self._layout.bottom + 1 and self._numbers_columns(row, filled):
            return Line(What.ASIDE, row, filled, text)
        if len(filled) > 2 and all(self._text(row, c) in self._header_texts for c in filled):
            return Line(What.DOUBT, row, filled, text, why="像是另一张表的表头，列次与上面不同")
        return None

    def _numbers_columns(self, row: int, filled: Sequence[int]) -> bool:
        """A line of column numbers (1, 2, 3, …) under the header, as official forms have it."""
        texts = [text_of(self._sheet.value(row, column)).strip("()（） ") for column in filled]
        first = int(texts[0]) if texts[0].isdecimal() else 0
        return len(texts) > 2 and texts == [str(n) for n in range(first, first + len(texts))]

    def _is_header_word(self, row: int, column: int) -> bool:
        value = self._sheet.cells[row - 1][column - 1]
        if not isinstance(value, str) or len(value) > 40:
            return False
        word = self._words.get(column, "")
        return bool(word) and (value == self._layout.texts[column] or word.endswith(key(value)))

    def _is_aside(self, row: int, filled: Sequence[int], head: str) -> bool:
        """Totals, notes and signatures: no 序号 of their own, and a telling first word."""
        if filled[0] in (self._no, self._first) and is_total(head):
            return True
        if self._no in filled and _ARABIC_NO.fullmatch(self._text(row, self._no)):
            return False
        return _is_note(head) or (self._task in filled and is_total(self._text(row, self._task)))

    def _numbered_heading(self, row: int, filled: Sequence[int]) -> str:
        """The heading of a line that holds its number and its words in two cells: `一 | 省重点项目 | | 8.9 亿元`.

        The words are merged over the table; or nothing but subtotals follows, and items are numbered 1, 2, 3.
        """
        wide = [c for c in filled if (row, c) in self._wide]
        number = self._text(row, self._no) if self._no in filled else ""
        if wide and set(filled) <= {self._no, self._first, *wide}:
            return _joined(number, self._text(row, wide[0])) if wide[0] != self._no else number
        subtotals = self._task in filled and not {self._status, *self._units} & set(filled)
        if subtotals and self._arabic and _CHINESE_NO.fullmatch(number):
            return _joined(number, self._text(row, self._task))
        return ""


def _joined(number: str, title: str) -> str:
    return number + ("、" if number and number[-1] not in "、.．)）" else "") + title


def _status_field(kind: Kind) -> str:
    return kind.status.field if any(c.type is ColumnType.STATUS for c in kind.columns) else STATUS


def is_total(text: str) -> bool:
    """Is it the first word of a line of totals?"""
    return len(text) <= 40 and bool(_TOTAL.fullmatch(text))


def _is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(text)) and bool(_SIGNS.search(text[:12]))
