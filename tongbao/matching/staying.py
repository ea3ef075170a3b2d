"""Rows that say something of a period by what does not change: one that stays on its sheet, a date still empty."""

from __future__ import annotations

from tongbao.config.kinds import NUMBERS, Kind
from tongbao.model import PROGRESS, Ledger, Row


def tells_ends_alone(kind: Kind) -> bool:
    """Does the place that says how rows stand say of none but that it is done (实际完成日期)? Empty, it is open."""
    ended = {label.name for label in kind.labels if label.is_done or label.withdrawn}
    source = kind.status_from
    return source is not None and bool(source.columns) and set(source.named()) <= ended


def tells_by_staying(ledger: Ledger, row: Row, kind: Kind, *, left_empty: bool) -> bool:
    """Is there nothing that a row could say of this period but that its item is done, or has moved (a date of
    completion, the name of a sheet), nor was anything emptied? Then it goes on as it stands.

    `left_empty`: its status is never filled in while it is open.
    """
    source = kind.status_from
    numbers = (column.field for column in kind.columns if column.type in NUMBERS)
    if source is None or ledger.has(row, PROGRESS) or any(ledger.has(row, name) for name in numbers):
        return False
    empty = left_empty or not ledger.has(row, kind.status.field) or tells_ends_alone(kind)
    return source.by_place or (not row.typed and empty)
