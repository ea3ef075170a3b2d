"""What of the ledger is not in the workbooks made from it, as the clerk is told."""

from __future__ import annotations

from pathlib import Path

from tongbao.model import Level, Place, Problem


def not_sent(path: Path, what: str) -> Problem:
    """What the sheets of the units lack, because it cannot be opened."""
    message = f"这本台账有的内容程序打不开，分发的表里没有：{what}"
    return Problem(Level.NOTE, "not_carried", message, place=Place(path.name))


def not_merged(path: Path, what: str) -> Problem:
    """What the merged ledger lacks."""
    message = f"汇总后的台账里没有带过去：{what}"
    return Problem(Level.WARNING, "merged_lost", message, "需要时从原台账复制", place=Place(path.name))
