"""What the checks say, be it good or bad: of each printed fact by the ledger, of each statement by the paper itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tongbao.model import Level
from tongbao.word.document import Stretch


class Status(StrEnum):
    """Found and the same, found and not the same, gone, or not comparable."""

    AGREES = "一致"
    DIFFERS = "不一致"
    DELETED = "已删除"
    UNPROVEN = "无法核对"

    @property
    def code(self) -> str:
        """What programs call it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict without its place: what should be there and why, what is said instead, the rows that it is about."""

    status: Status
    should: str = ""
    why: str = ""
    said: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One fact: what the paper says now, what it should say, why, and the ledger rows (numbers in the basis) behind it.

    `at` is where it stands as typed; what is gone stands at the end of what was before it. `about` are the words
    around it, `key` that of its traced value, empty where the template did not trace it. `fresh`: somebody wrote it
    after the run.
    """

    status: Status
    at: Stretch
    about: str = ""
    said: str = ""
    should: str = ""
    why: str = ""
    rows: tuple[int, ...] = ()
    key: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What a paper says of itself in a stretch of one folded paragraph, judged: `level` is None where it holds.

    Where it does not, `says` tells what is wrong, `why` and `fix` the reason and what to do. `judged` are the spans of
    the numbers that were judged.
    """

    code: str
    paragraph: int
    start: int
    end: int
    level: Level | None = None
    says: str = ""
    why: str = ""
    fix: str = ""
    judged: tuple[tuple[int, int], ...] = ()
