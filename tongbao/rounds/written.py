"""A ledger that a command writes: always a new file, never over one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tongbao.model import Level, Problem, Refusal
from tongbao.outside.files import is_there


@dataclass(frozen=True, slots=True)
class Written:
    """The path of a new ledger, None where errors kept it from being written, and what the clerk should know of it."""

    path: Path | None
    problems: tuple[Problem, ...]


def refuse_existing(target: Path) -> None:
    """Raises Refusal where the file is there already: somebody may have filled it in."""
    if is_there(target):
        raise Refusal(
            Problem(Level.ERROR, "use", f"“{target.name}”已经有了，没有覆盖", "要重新生成，请先把它改名或移走")
        )
