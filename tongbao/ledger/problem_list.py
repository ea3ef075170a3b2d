"""The problems of a ledger as a list: unit by unit, one line for the same problem in several cells.

Where no marked copy is made (the ledger is no .xlsx, or too long), this list stands alone and links into the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tongbao.excel.writing.listing import Entry, Page, Way, listing
from tongbao.model import Level, Problem, Row

SHEET = "问题清单"
# Rows of the longest ledger of which a marked copy is made. Tried with a problem in every row: marking takes 0.7 s for
# 3,000 rows and 2 s for 10,000 (a whole run of 10,000: 4.4 s), this list 0.02 s. Longer ledgers get no coloured cells.
MOST_MARKED = 3_000
# Header and width in characters.
COLUMNS = {"级别": 7, "单元格": 16, "表头": 12, "事项": 30, "原值": 20, "问题": 38, "怎么改": 34}
_RANKS = (Level.ERROR, Level.WARNING, Level.NOTE)
_CELL = list(COLUMNS).index("单元格") + 1


def problem_list(file: str, problems: Iterable[Problem], rows: Sequence[Row], way: Way | None) -> bytes:
    """The list as the bytes of an .xlsx file; `way` gives the path from it to the ledger, None means no links."""
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
    """The problems by the units of their row, each group in sheet order; those that belong to no row come first."""
    units = {(row.place.sheet, row.place.row): "、".join(row.units) for row in rows}
    gathered: dict[str, list[Problem]] = {"": []}
    for problem in sorted(problems, key=lambda p: (p.place, _RANKS.index(p.level))):
        of = {units.get((place.sheet, place.row), "") for place in (problem.place, *problem.also)}
        gathered.setdefault(of.pop() if len(of) == 1 else "", []).append(problem)
    return [(unit, found) for unit, found in gathered.items() if found]


def counts(found: Iterable[tuple[str, Sequence[Problem]]]) -> str:
    """How many problems there are of each level: `必改2处，请核1处，提示0处`."""
    levels = [problem.level for _, problems in found for problem in problems]
    return "，".join(f"{level.label}{levels.count(level)}处" for level in _RANKS)


def folded(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The problems as groups that say the same of several cells, each group where its first one stood."""
    same: dict[tuple[str, ...], list[Problem]] = {}
    for p in problems:
        same.setdefault((p.level, p.code, p.message, p.fix, p.header, p.value), []).append(p)
    return list(same.values())


def texts(same: Sequence[Problem]) -> list[str]:
    """The texts of one line of the list, in the order of `COLUMNS`."""
    first = same[0]
    return [first.level.label, _cells(same), first.header, _items(same), first.value, first.message, first.fix]


def _cells(same: Sequence[Problem]) -> str:
    """`台账!H5、H9、K7`: each sheet is named once."""
    by_sheet = groupby(same, key=lambda p: p.place.sheet)
    return "；".join(f"{s}!{cells}" if s else "" for s, found in by_sheet if (cells := _addresses(found)) or s)


def _addresses(problems: Iterable[Problem]) -> str:
    places = [place for p in problems for place in (p.place, *p.also)]
    return "、".join(place.cell if place.column else f"第{place.row}行" for place in places if place.row)


def _items(same: Sequence[Problem]) -> str:
    items = list(dict.fromkeys(p.item for p in same if p.item))
    # Three tasks of a line or two each fill the cell; the cells of all of them stand in 单元格.
    return "；".join(items[:3]) + (f"等{len(items)}项" if len(items) > 3 else "")
