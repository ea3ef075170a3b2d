"""What progress texts say of the end of their items, where no word of the state says it: counted, and doubts named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made

from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.model import TASK, Level, Place, Problem, Value
from tongbao.words.endings import Ending, ending
from tongbao.words.text import first_few

_ROWS = 30


@dataclass
class Endings:
    """Asks the texts of a field; none where that is empty."""

    field: str
    count: int = 0
    doubtful: list[Place] = made(default_factory=list)

    def says_done(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> bool:
        """Does the text of a row say outright that its item is done? One that only may be so is noted."""
        if not self.field:
            return False
        said = ending(str(cells.get(self.field) or ""), str(cells.get(TASK) or ""))
        self.count += said is Ending.SAID
        if said is Ending.DOUBTFUL:
            place = raw.cells.get(self.field, (raw.row, table.choice.layout.columns.get(self.field, 0)))
            self.doubtful.append(table.place(*place))
        return said is Ending.SAID

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """The texts that leave it open; then nothing is remembered any more."""
        if self.doubtful and not table.choice.closed:
            rows = first_few([f"第{place.row}行" for place in self.doubtful], _ROWS)
            message = f"{len(self.doubtful)}项进展里说到完成，看不出是否全部完成，没有算完成：{rows}"
            fix = "已办结的请在进展开头写“已完成”，并写明全部完成"
            first, *also = self.doubtful
            yield Problem(Level.WARNING, "ending_unclear", message, fix, place=first, also=tuple(also))
        self.count, self.doubtful = 0, []
