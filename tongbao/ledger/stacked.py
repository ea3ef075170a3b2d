"""Two tables on one sheet, each with its own header: what is open, and under 二、已办结事项 what is closed.

Each is read as if it stood on a sheet of its own; the rows keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tongbao.excel.grid import Sheet
from tongbao.excel.values import holds, text_of
from tongbao.words.text import key, one_line

_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）]?[、.．\s]*")
_COUNT = re.compile(r"(?:[（(]?\s*共?\s*\d+\s*[项个件条]?\s*[)）]?)?\s*[:：]?$")
_CLOSED = re.compile(
    r"(?:本[期月周季年]度?)?已(?:经)?(?:全部)?(?:办结|办理完毕|完成|完结|销号|整改(?:到位|完成)?|落实|解决)(?:并?销号)?的?"
    r"(?:督[办查])?(?:事项|任务|项目|问题|工作|提案|建议|件)?(?:台账|清单|情况|一览表|明细|部分)?"
)
# Characters of a heading over a table, and of a header; cells of a header at least; what two headers have in common.
_LONGEST_HEADING, _LONGEST_HEADER, _FEWEST, _COMMON = 24, 14, 3, 2


@dataclass(frozen=True, slots=True)
class Stacked:
    """The part of a sheet that holds what is open, and that of what is closed."""

    open: Sheet
    closed: Sheet


def stacked(sheet: Sheet) -> Stacked | None:
    """The two tables of a sheet; None where it does not hold one of open and one of closed items."""
    heading = next(_headings_of_closed(sheet), 0)
    if not heading or not (header := _header_under(sheet, heading)):
        return None
    words = _words(sheet, header)
    others = [n for n in range(1, len(sheet.cells) + 1) if n != header and _is_header_like(sheet, n, words)]
    above, below = [n for n in others if n < heading], [n for n in others if n > header]
    if above:
        return Stacked(_only(sheet, range(1, heading)), _only(sheet, range(heading, len(sheet.cells) + 1)))
    if not below:
        return None
    cut = _heading_over(sheet, below[0])
    top = [*range(1, heading), *range(cut, len(sheet.cells) + 1)]
    return Stacked(_only(sheet, top), _only(sheet, range(heading, cut)))


def part_with(sheet: Sheet, row: int) -> Sheet:
    """The part of a sheet in which a row stands: the sheet as it is where it holds one table."""
    both = stacked(sheet)
    if both is None:
        return sheet
    return both.closed if any(map(holds, both.closed.cells[row - 1])) else both.open


def rows_without(part: Sheet, sheet: Sheet) -> frozenset[int]:
    """The rows of a sheet that this part of it lacks."""
    pairs = zip(part.cells, sheet.cells, strict=True)
    return frozenset(n for n, (mine, all_) in enumerate(pairs, 1) if mine != all_)


def _headings_of_closed(sheet: Sheet) -> Iterator[int]:
    for number, row in enumerate(sheet.cells, 1):
        first = next((v for v in row[:3] if v != ""), "")
        heads = isinstance(first, str) and 0 < len(first) <= _LONGEST_HEADING and _says_closed(first)
        if heads and sum(map(holds, row)) == 1:
            yield number


def _says_closed(text: str) -> bool:
    """Is this a heading of what is closed: 二、已办结事项（4项）? 未办结事项 is none."""
    if not re.search("办结|完|销号|整改|落实|解决", text):
        return False
    return bool(_CLOSED.fullmatch(_COUNT.sub("", _NUMBER.sub("", one_line(text)))))


def _header_under(sheet: Sheet, heading: int) -> int:
    """The row of the header right under a heading; 0 where an item stands there."""
    rows = range(heading + 1, min(heading + 3, len(sheet.cells)) + 1)
    number = next((n for n in rows if any(map(holds, sheet.cells[n - 1]))), 0)
    return number if number and len(_words(sheet, number)) >= _FEWEST else 0


def _words(sheet: Sheet, number: int) -> set[str]:
    """The keys of the words of a row, where it may be a header: short texts without figures; none where it is not."""
    row = [v for v in sheet.cells[number - 1] if holds(v)]
    texts = [one_line(text_of(v)) for v in row]
    odd = any(not isinstance(v, str) for v in row) or any(len(t) > _LONGEST_HEADER or t.isdecimal() for t in texts)
    return set() if odd else set(map(key, texts))


def _is_header_like(sheet: Sheet, number: int, words: set[str]) -> bool:
    row = sheet.cells[number - 1]
    if not isinstance(row[0] if row else "", str):
        return False
    found = _words(sheet, number)
    return len(found) >= _FEWEST and len(found & words) >= max(_COMMON, len(found) / 3)


def _heading_over(sheet: Sheet, header: int) -> int:
    """The row of the heading right over a header; the header itself where none is."""
    above = next((n for n in range(header - 1, 0, -1) if any(map(holds, sheet.cells[n - 1]))), header)
    return above if sum(map(holds, sheet.cells[above - 1])) == 1 else header


def _only(sheet: Sheet, rows: range | list[int]) -> Sheet:
    """The sheet with nothing but these rows; the others are empty."""
    kept = set(rows)
    cells = [row if n in kept else [""] * len(row) for n, row in enumerate(sheet.cells, 1)]
    return replace(sheet, cells=cells, merges=tuple(m for m in sheet.merges if m[0] in kept))
