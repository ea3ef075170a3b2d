"""What packages of Word and Excel have in common (Open XML): how their parts refer to each other, and in which names.

Whoever opens a package reads its XML, within limits of his own, and asks here what it means.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable
from typing import NamedTuple, Protocol
from urllib.parse import unquote


class Entry(Protocol):
    """An element of a part of relations, in whatever tree."""

    def get(self, key: str, default: str, /) -> str:
        """The value of an attribute."""


class Relation(NamedTuple):
    """What a part refers to: an id, the whole type, the target as written, and the part; none outside the package."""

    id: str
    type: str
    target: str
    part: str

    @property
    def kind(self) -> str:
        """The last word of the type (`comments`), which is the same in both forms of Open XML."""
        return self.type.rpartition("/")[2]


def relations_part(part: str) -> str:
    """The part that lists what a part refers to; that of the package itself for an empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(entries: Iterable[Entry], part: str, package: Container[str]) -> list[Relation]:
    """What a part refers to, by the elements of its relations part, in their order."""
    folder = posixpath.dirname(part)
    return [_relation(entry, folder, package) for entry in entries]


def _relation(entry: Entry, folder: str, package: Container[str]) -> Relation:
    target = entry.get("Target", "")
    inside = entry.get("TargetMode", "").casefold() != "external"
    part = _part(folder, target, package) if inside else ""
    return Relation(entry.get("Id", ""), entry.get("Type", ""), target, part)


def _part(folder: str, target: str, package: Container[str]) -> str:
    """The part that a target means. Programs differ in whether a name with `%20` is one with a blank."""
    path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return path if path in package else unquote(path)


# ---------------------------------------------------------------------------------------------- the two forms

# The names of the strict form of the standard begin otherwise, and some words are written otherwise (ISO/IEC 29500-4).
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([A-Za-z/]*)")
_USUAL_NAME = re.compile(
    rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|spreadsheetml|drawingml)/2006/([A-Za-z/-]*)"
)
_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}


def is_strict(xml: bytes) -> bool:
    """Whether XML, or the beginning of it, has names of the strict form."""
    return _STRICT in xml


def as_usual(xml: bytes) -> bytes:
    """XML with the names that nearly all files have, which are the only ones that libraries know."""

    def named(match: re.Match[bytes]) -> bytes:
        rest = match[2]
        for strict, usual in _WORDS.items():
            rest = rest.replace(strict, usual)
        return b"http://schemas.openxmlformats.org/%s/2006/%s" % (match[1], rest)

    return _STRICT_NAME.sub(named, xml) if is_strict(xml) else xml


def as_strict(xml: bytes) -> bytes:
    """XML with the names of the strict form."""

    def named(match: re.Match[bytes]) -> bytes:
        rest = match[2]
        for strict, usual in _WORDS.items():
            rest = rest.replace(usual, strict)
        return _STRICT + match[1] + b"/" + rest

    return _USUAL_NAME.sub(named, xml)
