"""The problems of a ledger as a list: unit by unit, the same of several cells in one line.

Where the ledger cannot be marked (another format, or so large that marking it would take longer than making the
circular), this list is all there is, and it leads into the ledger itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tongbao.excel.writing.listing import Entry, Page, Way, listing
from tongbao.model import Level, Problem, Row

SHEET = "问题清单"
MOST_MARKED = 3_000
"""Rows of a ledger; of longer ones no marked copy is made."""
COLUMNS = {"级别": 7, "单元格": 16, "表头": 12, "事项": 30, "原值": 20, "问题": 38, "怎么改": 34}
_RANKS = (Level.ERROR, Level.WARNING, Level.NOTE)
_CELL = list(COLUMNS).index("单元格") + 1


def problem_list(file: str, problems: Iterable[Problem], rows: Sequence[Row], way: Way | None) -> bytes:
    """The list alone, as the bytes of an .xlsx file; `way` leads from it to the ledger, None for no links."""
    found = by_unit([p for p in problems if p.place.file == file], rows)
    told = "点“单元格”可打开原台账的那一格；" if way is not None else ""
    above = [f"问题清单：{file}", f"{counts(found)}。没有另出标出问题的副本。{told}请改原台账，保存后再运行一次。"]
    columns = {"责任单位": 18, **COLUMNS}
    return listing([Page(SHEET, above, columns, _entries(found), {1})], way)


def _entries(found: Iterable[tuple[str, Sequence[Problem]]]) -> Iterator[Entry]:
    for unit, problems in found:
        for same in folded(problems):
            first = same[0]
            marked = {1} if first.level is Level.ERROR else ()
            yield Entry([unit, *texts(same)], links={_CELL: first.place} if first.place.row else {}, marked=marked)


def by_unit(problems: Iterable[Problem], rows: Iterable[Row]) -> list[tuple[str, list[Problem]]]:
    """The problems in sheet order, gathered by the unit of their row; those of no row come first."""
    units = {(row.place.sheet, row.place.row): "、".join(row.units) for row in rows}
    gathered: dict[str, list[Problem]] = {"": []}
    for problem in sorted(problems, key=lambda p: (p.place, _RANKS.index(p.level))):
        gathered.setdefault(units.get((problem.place.sheet, problem.place.row), ""), []).append(problem)
    return [(unit, found) for unit, found in gathered.items() if found]


def counts(found: Iterable[tuple[str, Sequence[Problem]]]) -> str:
    """How many problems there are of each level."""
    levels = [problem.level for _, problems in found for problem in problems]
    return "，".join(f"{level.label}{levels.count(level)}处" for level in _RANKS)


def folded(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Problems that say the very same of several cells become one entry, in the place of the first."""
    same: dict[tuple[str, ...], list[Problem]] = {}
    for p in problems:
        same.setdefault((p.level, p.code, p.message, p.fix, p.header, p.value), []).append(p)
    return list(same.values())


def texts(same: Sequence[Problem]) -> list[str]:
    """What stands in the columns of one entry."""
    first = same[0]
    return [first.level.label, _cells(same), first.header, _items(same), first.value, first.message, first.fix]


def _cells(same: Sequence[Problem]) -> str:
    """`台账!H5、H9、K7`: the sheet is said once."""
    by_sheet = groupby(same, key=lambda p: p.place.sheet)
    return "；".join(f"{s}!{cells}" if s else "" for s, found in by_sheet if (cells := _addresses(found)) or s)


def _addresses(problems: Iterable[Problem]) -> str:
    return "、".join(p.place.cell if p.place.column else f"第{p.place.row}行" for p in problems if p.place.row)


def _items(same: Sequence[Problem]) -> str:
    items = list(dict.fromkeys(p.item for p in same if p.item))
    return "；".join(items[:3]) + (f"等{len(items)}项" if len(items) > 3 else "")
