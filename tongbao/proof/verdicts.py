"""What the checks found, right or wrong: verdicts on facts by the ledger, statements judged by the paper itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tongbao.model import Level
from tongbao.word.document import Stretch


class Status(StrEnum):
    """What became of a printed fact: found and the same, found and not the same, gone, or not to be compared."""

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
    """A verdict without its place: what should be there and why, what is said instead, the ledger rows behind it."""

    status: Status
    should: str = ""
    why: str = ""
    said: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one fact: what the paper says now, what it should say, why, and the ledger rows behind it.

    `at` is where it stands as typed; of a fact that is gone, the end of what stood before it. `about` are the words
    around it, `rows` are numbers in the basis, `key` is that of the traced value (empty where the template traced
    none). `fresh`: it was written after the run.
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
    """A statement of a paper on itself, in a stretch of one folded paragraph, judged: `level` is None where it holds.

    Where it does not hold, `says` tells what is wrong, `why` the reason, `fix` what to do. `judged` are the spans, in
    the same paragraph, of the numbers that were judged.
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
