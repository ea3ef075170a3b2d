"""The relationships between the parts of a package: which drawing, which comments, which picture belongs to a part."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree import ElementTree

from tongbao.excel.formats.ooxml import Package, tree


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, the last word of its type (`drawing`), and the part that it leads to.

    `target` is empty where it leads out of the package.
    """

    id: str
    type: str
    target: str


def relations(package: Package, part: str) -> list[Relation]:
    """The relationships of a part, in the order of its file; none where it has no such file."""
    folder, name = posixpath.split(part)
    data = package.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
    return [_relation(folder, element) for element in tree(data)] if data else []


def _relation(folder: str, element: ElementTree.Element) -> Relation:
    target = element.get("Target", "").replace("\\", "/")
    inside = element.get("TargetMode", "").casefold() != "external"
    path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path if inside else "")


def only(found: list[Relation], type: str) -> str:
    """The part of the first relationship of a type; empty where there is none."""
    return next((r.target for r in found if r.type.casefold() == type.casefold()), "")


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def inside(element: ElementTree.Element, *names: str) -> list[ElementTree.Element]:
    """All elements of these names below an element, whatever their namespace."""
    return [e for e in element.iter() if local(e) in names]


def reference(element: ElementTree.Element, *names: str) -> str:
    """The id of the relationship that an element names (`r:embed`), whatever the prefix and the namespace."""
    wanted = names or ("id",)
    return next((v for k, v in element.items() if k.startswith("{") and k.rpartition("}")[2] in wanted), "")
