"""What a proof says of each fact of an edited circular."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Found and the same, found and not the same, gone, or not comparable."""

    AGREES = "一致"
    DIFFERS = "不一致"
    DELETED = "已删除"
    UNPROVEN = "无法核对"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One fact: what the paper says now, what it should say, why, and the ledger rows (numbers in the basis) behind it.

    `start` and `end` are a span of the paragraph as typed; what is gone stands at the end of what was before it.
    `about` are the words around it, `key` that of its traced value, empty where the template did not trace it.
    `fresh`: somebody wrote it after the run.
    """

    status: Status
    paragraph: int
    start: int
    end: int
    about: str = ""
    said: str = ""
    should: str = ""
    why: str = ""
    rows: tuple[int, ...] = ()
    key: str = ""
    fresh: bool = False

    def within(self, paragraph: int, start: int, end: int) -> bool:
        """Does it touch this span?"""
        return self.paragraph == paragraph and self.start <= end and start <= self.end
