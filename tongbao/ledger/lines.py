"""What each line of a table is: a heading, an item, a part of an item, its continuation, or something beside the table.

A line that is none of these for certain is a doubt for a person to decide; no line is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from tongbao.excel.values import holds, text_of
from tongbao.ledger.frame import Frame
from tongbao.ledger.line import Line, What
from tongbao.ledger.linewords import (
    are_column_numbers,
    begins_as_heading,
    begins_as_part,
    is_chinese_number,
    is_count,
    is_figure,
    is_label,
    is_legend,
    is_note,
    is_number,
    is_rate,
    is_signature,
    is_total,
    joined,
)
from tongbao.ledger.sums import settled
from tongbao.model import DEADLINE
from tongbao.words.text import key, one_line

# Lines further apart than any merged item is high: the cells between them are not looked at one by one, so that a stray
# cell in row 1,000,000 costs nothing. An item merged over more lines is told to have empty lines above the next one.
_MERGED_AT_MOST = 1000
# Columns with a field. In so narrow a table (序号, 事项, 备注) a task alone in its line is an item; with four or more,
# where a unit is missing too, it may be a heading and is asked about.
_FEW = 3
_EITHER = "以“其中”开头，却有单位或状态，看不出是事项还是合计的一部分"


def lines_of(frame: Frame) -> list[Line]:
    """The lines of a table that hold something, from its header down."""
    return settled(frame, list(_one_by_one(frame)))


def _one_by_one(frame: Frame) -> Iterator[Line]:
    """The lines, each told by itself and the items above it; those of sums are still to be settled."""
    above = frame.layout.bottom
    items: set[int] = set()
    for row in frame.rows:
        if filled := _filled(frame, row):
            line = _line(frame, row, filled, items)
            if line.what is What.ITEM:
                items.add(row)
            yield replace(line, gap=_gap(frame, above, row)) if row > above + 1 else line
            above = row


def _filled(frame: Frame, row: int) -> tuple[int, ...]:
    """The columns in which a row has a value of its own, not one from a merged cell that began above or left of it."""
    found = [c for c, value in enumerate(frame.sheet.cells[row - 1], 1) if value != "" and holds(value)]
    if row in frame.covered:
        found = [c for c in found if (row, c) not in frame.origins]
    return tuple(c for c in found if c in frame.words or (row, c) in frame.wide)


def _gap(frame: Frame, above: int, row: int) -> int:
    """How many empty lines lie between two lines; those that a merged task or number covers are not empty, nor are
    those that are struck out."""
    if row - above > _MERGED_AT_MOST:
        return row - above - 1
    between = (r for r in range(above + 1, row) if r not in frame.struck)
    return sum(all((r, c) not in frame.origins for c in (frame.task, frame.no)) for r in between)


# ---------------------------------------------------------------------------------------------- one line


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line whose kind is not known yet. `items` are the rows above it that were read as items."""

    row: int
    filled: tuple[int, ...]
    text: str
    items: Collection[int]

    def is_a(self, what: What, text: str = "", *, wide: bool = False, why: str = "") -> Line:
        """The line as one of this kind."""
        return Line(what, self.row, self.filled, text or self.text, wide, why)

    def doubt(self, why: str) -> Line:
        """The line as one for a person to decide, and why."""
        return self.is_a(What.DOUBT, why=why)


def _line(frame: Frame, row: int, filled: tuple[int, ...], items: Collection[int]) -> Line:
    if _is_plain_item(frame, row, filled):
        return Line(What.ITEM, row, filled)
    seen = _Seen(row, filled, frame.text(row, filled[0]), items)
    answers = (asked(frame, seen) for asked in _MAY_BE)
    return next(filter(None, answers), None) or seen.is_a(What.ITEM)


def _is_plain_item(frame: Frame, row: int, filled: tuple[int, ...]) -> bool:
    """Has the line a number, a task and a third value? Nearly all lines do, and need no further questions.

    Not the first line below the header: those may be column numbers.
    """
    if filled[0] != frame.no or len(filled) < 3 or frame.task not in filled or row == frame.layout.bottom + 1:
        return False
    number, task = (frame.sheet.cells[row - 1][column - 1] for column in (frame.no, frame.task))
    if not isinstance(task, str) or is_count(task):
        return False
    return number.isdigit() if isinstance(number, str) else isinstance(number, int | float)


def _repeated_header(frame: Frame, seen: _Seen) -> Line | None:
    """A copy of the header, as it stands on every page of a table that was put together from pages."""
    # Two header words at least, and more than half of the line: 序号, 事项, 单位 (for 责任单位), 评 is a copy, and a
    # single 事项 in the task column is asked about. A copy of which half has other words (序号, 事项, 单位名, 评) is
    # read as an item.
    same = sum(_is_header_word(frame, seen.row, column) for column in seen.filled)
    return seen.is_a(What.ASIDE) if same >= 2 and same * 2 > len(seen.filled) else None


def renamed(frame: Frame, line: Line) -> dict[int, str] | None:
    """The columns that a copy of the header names otherwise, with their words there; None for another line.

    A ledger of two parts (未办结, 已办结) often repeats its header with 办结日期 in the place of 进展情况.
    """
    if _repeated_header(frame, _Seen(line.row, line.filled, line.text, ())) is None:
        return None
    others = (c for c in line.filled if not _is_header_word(frame, line.row, c))
    return {column: one_line(frame.text(line.row, column)) for column in others}


def _is_header_word(frame: Frame, row: int, column: int) -> bool:
    value = frame.sheet.cells[row - 1][column - 1]
    if not isinstance(value, str) or len(value) > 40:  # no header is as long; spares the key of every long text
        return False
    word = frame.words.get(column, "")
    return bool(word) and (value == frame.layout.texts[column] or word.endswith(key(value)))


def _column_numbers(frame: Frame, seen: _Seen) -> Line | None:
    """A line of column numbers (1, 2, 3, … or （1）, （2）, …) directly under the header, as official forms have it."""
    if seen.row != frame.layout.bottom + 1:
        return None
    texts = [text_of(frame.sheet.value(seen.row, column)) for column in seen.filled]
    return seen.is_a(What.ASIDE) if are_column_numbers(texts) else None


def _other_header(frame: Frame, seen: _Seen) -> Line | None:
    """The header of another table: the same words in other columns."""
    # Three words at least, all of them headers; a line with two of them is read as an item.
    if len(seen.filled) > 2 and all(frame.text(seen.row, c) in frame.headers for c in seen.filled):
        return seen.doubt("像是另一张表的表头，列次与上面不同")
    return None


def _under_merged_task(frame: Frame, seen: _Seen) -> Line | None:
    """Under a merged task: a row of its own if it has a status, a unit or an id of its own, else more of the one above.

    A unit makes no row where one status is merged over several lines: these are then lines of one row.
    """
    begun, _ = frame.origins.get((seen.row, frame.task), (seen.row, 0))
    if begun == seen.row:
        return None
    if begun not in seen.items:
        return seen.doubt("有内容，上面合并的单元格里却没有事项")
    could_have_one = frame.may_judge(seen.row)
    if frame.judges(seen.row, seen.filled) or (could_have_one and not frame.own.isdisjoint(seen.filled)):
        return seen.is_a(What.PART)
    return seen.is_a(What.MORE, why="没有自己的状态，已并入上一行" if could_have_one else "")


def _alone(frame: Frame, seen: _Seen) -> Line | None:
    """A line with one value: a heading, a title of a new page, a total, a note, or a doubt."""
    if len(seen.filled) > 1:
        return None
    column, text = seen.filled[0], seen.text
    wide = (seen.row, column) in frame.wide
    if seen.row in frame.explains:
        return seen.is_a(What.ASIDE)
    if is_total(text) or begins_as_part(text) or is_note(text) or is_legend([text]) or key(text) in frame.titles:
        return seen.is_a(What.ASIDE, wide=wide)
    if wide or (column == frame.task and begins_as_heading(text)):
        return seen.is_a(What.HEADING, wide=wide)
    if column == frame.task:
        few = len(frame.layout.columns) <= _FEW
        return seen.is_a(What.ITEM) if few else seen.doubt("只有事项一格有内容，看不出是事项还是标题")
    if column == frame.first and not is_number(text):
        return seen.is_a(What.HEADING)
    return seen.is_a(What.ASIDE) if column == frame.no else seen.doubt("只有一格有内容，看不出属于哪一项")


def _aside(frame: Frame, seen: _Seen) -> Line | None:
    """A total, a note or a signature: it has no 序号, and its first word says what it is."""
    if seen.filled[0] in (frame.no, frame.first) and is_total(seen.text):
        return seen.is_a(What.ASIDE)
    if _is_numbered(frame, seen):
        return None
    if _is_signed(frame, seen):
        return seen.is_a(What.ASIDE)
    if is_total(seen.text) and frame.task not in seen.filled and not _begun_above(frame, seen):  # 小计 | 2 | 11 | 3
        return seen.is_a(What.ASIDE)
    if is_total(seen.text) and (frame.judged | frame.units).isdisjoint(seen.filled):  # 小计 in the column of classes
        return seen.is_a(What.ASIDE)
    texts = [frame.text(seen.row, c) for c in seen.filled]
    labels = is_legend(texts) or (len(texts) > 1 and all(map(is_label, texts)))
    told = labels or is_note(seen.text) or (frame.task in seen.filled and is_total(frame.text(seen.row, frame.task)))
    return seen.is_a(What.ASIDE) if told else None


def _is_signed(frame: Frame, seen: _Seen) -> bool:
    """Is a line who made the table and when? With something in the column of tasks only the last one may be."""
    may_be_item = frame.task in seen.filled and not (frame.numbered and seen.row == frame.rows[-1])
    if may_be_item or (seen.filled[-1] == frame.layout.columns.get(DEADLINE) and frame.task in seen.filled):
        return False
    return not _begun_above(frame, seen) and is_signature([frame.text(seen.row, c) for c in seen.filled])


def _wide_heading(frame: Frame, seen: _Seen) -> Line | None:
    """A heading whose words are merged over the table; its number may stand in a cell before them."""
    wide = [c for c in seen.filled if (seen.row, c) in frame.wide]
    if not wide or not set(seen.filled) <= {frame.no, frame.first, *wide}:
        return None
    number = frame.text(seen.row, frame.no) if frame.no in seen.filled else ""
    heading = number if wide[0] == frame.no else joined(number, frame.text(seen.row, wide[0]))
    return seen.is_a(What.HEADING, heading, wide=True)


def _heading_with_subtotals(frame: Frame, seen: _Seen) -> Line | None:
    """`一 | 省重点项目 | | 8.9 亿元` where items are numbered 1, 2, 3: behind the words no unit and no status."""
    if frame.task not in seen.filled or not (frame.judged | frame.units).isdisjoint(seen.filled):
        return None
    number = frame.text(seen.row, frame.no) if frame.no in seen.filled else ""
    if not frame.numbered or not is_chinese_number(number):
        return None
    return seen.is_a(What.HEADING, joined(number, frame.text(seen.row, frame.task)), wide=True)


def _only_a_count(frame: Frame, seen: _Seen) -> Line | None:
    """A doubt where the task of a numbered line is 3个 or 共3件: that is what totals say."""
    if not is_count(task := frame.text(seen.row, frame.task)) or not _is_numbered(frame, seen):
        return None
    return seen.doubt(f"事项一格只写了“{task}”，看不出是事项还是合计")


def _sums(frame: Frame, seen: _Seen) -> Line | None:
    """A line without number, unit and status that holds words and sums only, or says that it is part of a total."""
    if _is_numbered(frame, seen) or _begun_above(frame, seen):
        return None
    words = [frame.text(seen.row, c) for c in seen.filled if c in (frame.no, frame.first, frame.task)]
    if not words:
        return None
    part = any(map(begins_as_part, words))
    more = [c for c in seen.filled if c not in (frame.no, frame.first, frame.task)]
    more = [c for c in more if frame.text(seen.row, c).strip("-—－–/／无")]
    own = [c for c in more if not is_figure(frame.text(seen.row, c))]
    if part:
        return seen.is_a(What.ASIDE) if (frame.judged | frame.units).isdisjoint(own) else seen.doubt(_EITHER)
    if (frame.judged | frame.units) & set(more) or own or not (more or any(map(is_count, words))):
        return None
    if any(map(is_rate, words)):
        return seen.is_a(What.ASIDE)
    return seen.is_a(What.SUMS, "".join(words))


def _begun_above(frame: Frame, seen: _Seen) -> bool:
    return frame.origins.get((seen.row, frame.task), (seen.row, 0))[0] < seen.row


def _is_numbered(frame: Frame, seen: _Seen) -> bool:
    return frame.no in seen.filled and is_number(frame.text(seen.row, frame.no))


def _without_task(frame: Frame, seen: _Seen) -> Line | None:
    """A doubt where a line holds something, but has no task and lies under no merged one."""
    if frame.task in seen.filled or (seen.row, frame.task) in frame.origins:
        return None
    return seen.doubt("有内容，却没有事项")


# What a line may be, asked in this order. The first answer holds; a line without an answer is an item.
_MAY_BE: tuple[Callable[[Frame, _Seen], Line | None], ...] = (
    _repeated_header,
    _column_numbers,
    _other_header,
    _under_merged_task,
    _alone,
    _aside,
    _wide_heading,
    _heading_with_subtotals,
    _only_a_count,
    _sums,
    _without_task,
)
