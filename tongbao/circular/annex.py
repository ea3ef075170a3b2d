"""The annex: the rows of the ledger as the template prints them, with the columns of the kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from tongbao.circular.views import Album, Photos, printed_field
from tongbao.config.kinds import Kind
from tongbao.model import PHOTOS, Row, State


class AnnexPart(dict[str, object]):
    """`附件`: title and rows. Without rows it is empty for a condition, so that nothing of an annex is printed."""

    def __init__(self, title: str, rows: Annex) -> None:
        super().__init__({"标题": title, "行": rows})

    def __bool__(self) -> bool:
        return bool(self["行"])


class Annex:
    """The rows of the annex, section rows and items, as mappings; each is made when it is printed, to save memory.

    `listed` are the rows of the ledger, one for each item; `own`: they show the ledger's own columns.
    """

    own = False

    def __init__(self, rows: Sequence[Row], kind: Kind, photos: Photos, word: Callable[[Row], str]) -> None:
        self.listed = rows
        self._word = word
        self._photos = photos
        self._fields = tuple(c.field for c in kind.columns)
        self._kind = kind

    def __len__(self) -> int:
        return len(self.listed)

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        section: tuple[str, ...] = ()
        for row, after in zip_longest(self.listed, self.listed[1:]):
            fresh = next((i for i, t in enumerate(row.section) if section[i : i + 1] != (t,)), len(row.section))
            yield from ({"分节": title} for title in row.section[fresh:])
            section = row.section
            merged = after.merged if after and after.section == row.section else frozenset()
            yield self._item(row, merged)

    def _item(self, row: Row, continued: frozenset[str]) -> dict[str, object]:
        cells: dict[str, object] = {name: printed_field(row, name) for name in self._fields}
        cells["分节"] = ""
        cells["标签"] = row.label
        cells["字样"] = self._word(row)
        cells[PHOTOS] = Album(row, self._photos)
        if row.state is State.UNREPORTED:  # its cell is empty, or says last period's status
            cells[self._kind.status.field] = row.label
        cells["纵并"] = {
            name: "续" if name in row.merged else "起" if name in continued else "" for name in self._fields
        }
        return cells
