"""Sheets sent out to the units of a ledger and brought together again: the words of the tests about `split` and `merge`."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from tests.support.builders import opened
from tests.support.drawing import saved
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.excel.writing.opening import whole
from tongbao.model import Ledger, Place, Problem
from tongbao.rounds.collect.arrivals import Known, Unusable, arrived
from tongbao.rounds.collect.joint import Joining
from tongbao.rounds.collect.merging import Choices, Merged, merge
from tongbao.rounds.collect.returns import Return
from tongbao.rounds.collect.sent import Copy, Stamp, assignments, copy_of
from tongbao.rounds.collect.tracing import Master
from tongbao.rounds.collect.workbook import Splitter, merged_book
from tongbao.rounds.ids import assign_ids
from tongbao.words.units import Roster

OFFICE, REPORT, NAME = "云溪县督查室", "重点事项", "重点事项台账2022-03.xlsx"


class Round:
    """One round of sending out and collecting. `ledger_now` is what the returns go into: the clerk may work on it."""

    def __init__(self, data: bytes, kind: Kind, name: str = NAME) -> None:
        self.data, self.kind, self.name = data, kind, name
        self.book, self.ledger = opened(data, name, kind)
        self.ids, _ = assign_ids(self.ledger)
        self.roster: Roster | None = None
        self.assigned, self.problems = assignments(self.ledger, kind)
        made = self._made()
        self.out = {unit: sheet for unit, (sheet, _) in made.items()}
        copies = {unit: copy_of(lines, self.master.fields) for unit, (_, lines) in made.items()}
        self.copies: dict[str, Copy] = {unit: copy for unit, copy in copies.items() if copy}

    @property
    def master(self) -> Master:
        """The ledger as it is now."""
        return Master(self.ledger, self.book, self.kind, OFFICE, REPORT, self.roster)

    @property
    def known(self) -> Known:
        """What is known of the sheets that went out."""
        return Known(self.copies, self.master.fields, tuple(self.assigned))

    def stamp(self, unit: str, **other: str) -> Stamp:
        known = {"period": self.ledger.period.label, "office": OFFICE, "report": REPORT}
        return Stamp(unit, ledger=self.ledger.file, sha256=self.ledger.sha256, **{**known, **other})

    def _made(self) -> dict[str, tuple[bytes, list[list[str]]]]:
        splitter = Splitter(whole(self.data, self.name), self.book, self.ledger, self.kind, self.ids)
        return {unit: splitter.workbook(self.stamp(unit), rows) for unit, rows in self.assigned.items()}

    def resent(self) -> dict[str, bytes]:
        """The sheets as they are sent out again now."""
        return {unit: sheet for unit, (sheet, _) in self._made().items()}

    def now(self, data: bytes, roster: Roster | None = None) -> None:
        """The clerk has gone on working: this is the ledger (and the roster) when the returns come in."""
        self.data, self.roster = data, roster
        self.book, self.ledger = opened(data, self.name, self.kind, roster)
        self.ids, _ = assign_ids(self.ledger)
        self.assigned, _ = assignments(self.ledger, self.kind)

    def back(self, data: bytes, name: str = "退回.xlsx") -> Return | Unusable:
        """One file that came back."""
        book, problems = sheets.parse(data, name)
        assert book, problems
        return arrived(book, self.known)

    def merge(
        self, *files: bytes, names: tuple[str, ...] = (), joining: Joining | None = None, **more: Any
    ) -> tuple[Merged, list[Problem]]:
        found = [self.back(data, names[n] if names else f"退回{n}.xlsx") for n, data in enumerate(files)]
        returns = [one for one in found if isinstance(one, Return)]
        unusable = [one for one in found if isinstance(one, Unusable)]
        choices = replace(more.pop("choices", Choices()), joining=joining)
        return merge(self.master, returns, self.assigned, unusable, choices, **more)

    def merged_bytes(self, merged: Merged) -> bytes:
        return merged_book(whole(self.data, self.name), self.data, self.ledger, self.kind, self.ids, merged.writes)[0]

    def new_ledger(self, merged: Merged) -> Ledger:
        return opened(self.merged_bytes(merged), self.name, self.kind)[1]

    def written(self, merged: Merged) -> dict[str, str]:
        """The new texts by the address of their cell."""
        return {place.cell: text for place, text in merged.writes.items()}

    def at(self, row: int, column: int) -> Place:
        """A cell of the ledger."""
        return Place(self.ledger.file, self.ledger.rows[0].place.sheet, row, column)


def edited(data: bytes, edit: Callable[[Any], object] = lambda sheet: None, **cells: Any) -> bytes:
    """A workbook with cells typed into its first sheet, and edited otherwise."""
    book = load_workbook(io.BytesIO(data))
    sheet: Any = book.worksheets[0]
    for address, value in cells.items():
        sheet[address] = value
    edit(sheet)
    return saved(book)
