"""A sheet of a binary workbook while it is read: its cells say what they say to whoever looks at them."""

from __future__ import annotations

from collections.abc import Sequence

from tongbao.excel.formats.lettering import Look, cut, unknown_signs, written
from tongbao.excel.grid import Address, Cell, Collected, as_seen, text_of


class Looking(Collected):
    """Collects the cells of a sheet, those with an odd look too."""

    def look(self, at: Address, value: Cell, runs: Sequence[tuple[int, Look]], how: Look) -> None:
        """Keeps what a cell says in a font of this look; `runs` are the places in its text from which others hold."""
        if not isinstance(value, str):
            if how.struck:
                self.strike(at, "", text_of(as_seen(value, self.shown.get(at, ""))))
            return
        said = written(cut(value, runs, how))
        if said.struck:
            self.strike(at, said.left, said.struck)
        else:
            self.values[at] = said.left
        if said.unknown:
            self.unread[at] = unknown_signs(said.unknown)
