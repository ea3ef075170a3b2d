"""A ledger carried on into its next period, and read again: the words of the tests about `next`."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from tests.support.builders import opened
from tongbao.config.kinds import Kind
from tongbao.excel.writing.opening import whole
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, Period, Problem
from tongbao.rounds.next_period.naming import following, next_file_name
from tongbao.rounds.next_period.succession import Succession, succession
from tongbao.rounds.next_period.workbook import next_book


@dataclass(frozen=True)
class Next:
    """A next ledger: the old one, the plan, the bytes, what was said, and what a reader finds in it."""

    old: Ledger
    plan: Succession
    data: bytes
    problems: list[Problem]
    new: Ledger
    name: str

    @property
    def book(self) -> Any:
        return load_workbook(io.BytesIO(self.data))

    @property
    def codes(self) -> list[str]:
        return [p.code for p in self.problems]

    def changes(self) -> Changes:
        """What a run on the next ledger, unedited, finds."""
        matching, _ = match(self.old, self.new)
        return compare(self.new, self.old, matching, [self.old])[0]


def carry_on(
    data: bytes,
    by: Kind,
    name: str = "台账2022-02.xlsx",
    period: Period | None = None,
    used: tuple[str, ...] = (),
    *,
    renumber: bool = False,
) -> Next:
    book, old = opened(data, name, by)
    new_period = period or following(old.period)
    assert new_period is not None
    plan, problems = succession(book, old, by, new_period, used, renumber=renumber)
    units = list(dict.fromkeys(unit for row in old.rows for unit in row.units))
    after, more = next_book(whole(data, name), data, plan, by, units)
    new_name = next_file_name(old, new_period)
    return Next(old, plan, after, problems + more, opened(after, new_name, by)[1], new_name)
