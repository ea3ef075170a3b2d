"""Sheets sent out to the units of a ledger and brought together again: the words of the tests about `split` and `merge`."""

from __future__ import annotations

from tests.support.builders import opened
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.model import Ledger, Problem
from tongbao.rounds.collect.merging import Master, Merged, merge
from tongbao.rounds.collect.returns import Stamp, assignments, read_return
from tongbao.rounds.collect.workbook import Splitter, hidden_copy, merged_book
from tongbao.rounds.ids import assign_ids

OFFICE, REPORT, NAME = "云溪县督查室", "重点事项", "重点事项台账2022-03.xlsx"


class Round:
    """One round of sending out and collecting."""

    def __init__(self, data: bytes, kind: Kind, name: str = NAME) -> None:
        self.data, self.kind = data, kind
        self.book, self.ledger = opened(data, name, kind)
        self.ids, _ = assign_ids(self.ledger)
        self.assigned, self.problems = assignments(self.ledger, kind)
        splitter = Splitter(data, self.book, self.ledger, kind, self.ids)
        self.out = {unit: splitter.workbook(self.stamp(unit), rows) for unit, rows in self.assigned.items()}

    def stamp(self, unit: str, **other: str) -> Stamp:
        known = {"period": self.ledger.period.label, "office": OFFICE, "report": REPORT}
        return Stamp(unit, ledger=self.ledger.file, sha256=self.ledger.sha256, **{**known, **other})

    def merge(self, *files: bytes, names: tuple[str, ...] = ()) -> tuple[Merged, list[Problem]]:
        returns, problems = [], []
        for number, data in enumerate(files):
            book, _ = sheets.parse(data, names[number] if names else f"退回{number}.xlsx")
            assert book
            found, more = read_return(book, hidden_copy(data))
            returns += [found] if found else []
            problems += more
        master = Master(self.ledger, self.book, self.kind, self.ids, OFFICE, REPORT)
        merged, more = merge(master, returns, self.assigned)
        return merged, problems + more

    def new_ledger(self, merged: Merged) -> Ledger:
        return opened(merged_book(self.data, self.ledger, self.ids, merged), NAME, self.kind)[1]
