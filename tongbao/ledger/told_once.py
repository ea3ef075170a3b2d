"""What is the same for many cells of a ledger and told in one problem: that the year of deadlines was inferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongbao.model import Problem
from tongbao.words.text import first_few

INFERRED = "deadline_inferred"
# So many cells, and ways of inferring, are named in the one message; set by feel.
_CELLS, _WAYS = 5, 4


def inferred_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems of a ledger, where all deadlines whose year was inferred are one, at the place of the first."""
    found = [p for p in problems if p.code == INFERRED]
    for problem in problems:
        if problem.code != INFERRED:
            yield problem
        elif problem is found[0]:
            yield problem if len(found) == 1 else replace(problem, message=_told(found), item="", value="")


def _told(found: Sequence[Problem]) -> str:
    by_way: dict[str, list[Problem]] = {}
    for problem in found:
        by_way.setdefault(problem.message, []).append(problem)
    sheets = len({p.place.sheet for p in found}) > 1
    if len(by_way) == 1:
        return f"有{len(found)}处时限{found[0].message}（{_cells(found, sheets)}）"
    ways = [f"{message}（{len(same)}处：{_cells(same, sheets)}）" for message, same in by_way.items()]
    more = f"；另有{len(ways) - _WAYS}种" if len(ways) > _WAYS else ""
    return f"有{len(found)}处时限" + "；".join(ways[:_WAYS]) + more


def _cells(same: Sequence[Problem], sheets: bool) -> str:
    return first_few([(f"“{p.place.sheet}”" if sheets else "") + p.place.cell for p in same], _CELLS)
