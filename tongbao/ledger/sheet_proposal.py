"""Which of several sheets that all look like the ledger it most likely is: a proposal, never taken without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongbao.model import Period
from tongbao.words.periods import parse_period
from tongbao.words.text import key

# Words by which offices call what is no ledger of this period: copies, forms, drafts, last period's, sums.
_ASIDE = re.compile(
    r"备份|副本|复件|拷贝|copy|bak|旧|原|历史|模板|样[表例张]|示例|草稿|底稿|上[期月季年次]|往期|去年|汇总|统计|说明|参考|作废|停用"
    r"|^sheet\d+$",
    re.IGNORECASE,
)
_NOW = re.compile(r"本[期月季年次]|当[前月]|最新|台账|终稿|定稿")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sheet that looks like the ledger: its name, how many columns of the kind it has, how many rows below them."""

    name: str
    columns: int
    rows: int


def proposed_sheet(candidates: Sequence[Candidate], of_file: Period | None) -> str:
    """The name of the likeliest sheet: no copy, of the file's period or the latest up to it, the fullest table."""
    return max(candidates, key=lambda it: _rank(it, of_file)).name


def _rank(it: Candidate, of_file: Period | None) -> tuple[bool, int, bool, int, int]:
    return not is_aside(it.name), _days_of(it.name, of_file), bool(_NOW.search(it.name)), it.columns, it.rows


def is_aside(name: str) -> bool:
    """Does the name say that a sheet is a copy, a form, a sum, or of another period?"""
    return bool(_ASIDE.search(key(name))) and not re.search(r"本[期月季年次]", name)


def _days_of(name: str, of_file: Period | None) -> int:
    """How late the sheet's own period ends: the file's period is latest; one after it, or none, is nothing."""
    year = of_file.last.year if of_file else 2000  # any year puts the months of one year in order
    found = parse_period(name) or parse_period(f"{year}年{name}")
    if found is None or ((found.first.month, found.last.month) == (1, 12) and not parse_period(name)):
        return 0
    if of_file and found.last == of_file.last:
        return date.max.toordinal()
    return 0 if of_file and of_file.last < found.last else found.last.toordinal()
