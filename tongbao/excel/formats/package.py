"""The zip package of a workbook: its parts, unpacked within a budget, and how they refer to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tongbao.excel.formats.xmltree import check_xml, checked, utf8
from tongbao.excel.grid import ReadError
from tongbao.outside import openxml
from tongbao.outside.archive import Archive, ArchiveError, Why
from tongbao.outside.openxml import Relation

# What is told of a package that cannot be read.
_CODES = {Why.DAMAGED: "file_damaged", Why.ENCRYPTED: "file_encrypted", Why.VAST: "file_bomb"}


class Package:
    """A zip file whose parts are read one by one, within a budget for all of them together."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadError where nothing sound can be made of the bytes."""
        with told():
            self._archive = Archive(data)
        self.plain, self.recovered = self._archive.plain, self._archive.recovered
        self._relations: dict[str, list[Relation]] = {}

    def __contains__(self, part: object) -> bool:
        return part in self._archive

    def has(self, part: str) -> bool:
        """Whether there is a part of exactly that name, capitals included."""
        return part in self._archive.NameToInfo

    def names(self) -> list[str]:
        """The names of all parts."""
        return self._archive.namelist()

    def xml_parts(self) -> list[str]:
        """The names of the parts that are XML, by their endings."""
        return [name for name in self.names() if name.lower().endswith((".xml", ".rels"))]

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty where the package has no such part.

        Raises ReadError: damaged, encrypted, or larger than what is left of the budget.
        """
        with told():
            return self._archive.read(part) if part in self else b""

    def start(self, part: str, most: int) -> bytes:
        """The first bytes of a part, none of one that cannot be read; they cost nothing of the budget."""
        return self._archive.start(part, most) if part in self else b""

    def xml(self, part: str) -> bytes:
        """A part that is XML, checked to be whole and to declare no document type; empty where there is none."""
        data = self.read(part)
        if part in self:
            check_xml(data, part)
        return data

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to, the package itself for an empty name; nothing where no part tells so."""
        if part not in self._relations:
            path = openxml.relations_part(part)
            xml = self.read(path)
            self._relations[part] = openxml.relations(checked(utf8(xml), path), part, self) if xml else []
        return self._relations[part]


@contextmanager
def told() -> Iterator[None]:
    """Errors of a package, or of a compound file, become ReadError."""
    try:
        yield
    except ArchiveError as error:
        raise ReadError(_CODES[error.why], error.part) from error


def only(found: Iterable[Relation], kind: str) -> str:
    """The part of the first relation of a kind; empty where there is none."""
    return next((r.part for r in found if r.kind.casefold() == kind.casefold()), "")
