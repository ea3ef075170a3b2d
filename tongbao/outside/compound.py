"""Compound files, the container of old Office files (.xls, .et, .doc) and of files with a password.

Chains that run in circles, or out of the file, raise ArchiveError. Source: [MS-CFB] 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import iter_unpack, unpack_from

from tongbao.outside.archive import ArchiveError, Why

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = ("Workbook", "WORKBOOK", "Book", "BOOK")  # the names under which a workbook lies in one
_LAST = 0xFFFFFFFA  # the numbers from here on are no sectors but ends of chains, free and reserved ones (2.1)
_STORAGE, _ROOT = 1, 5  # types of directory entries; the root holds the short streams (2.6.1)
# Set by feel: a sheet of .xls has at most 65 536 rows. Pictures are part of the stream: a ledger with more than 64 MB
# of them is refused as a bomb.
_MAX_STREAM = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the directory: its name and type, the first sector of its stream, the stream's length in bytes.

    `near` are the entries before and after it in the same storage, `child` is one inside it, where it is a storage.
    """

    name: str
    type: int
    start: int
    size: int
    near: tuple[int, int]
    child: int


class CompoundFile:
    """A file of named streams. `in` asks whether it has a stream of that name, not inside an embedded object."""

    def __init__(self, data: bytes) -> None:
        """Raises ArchiveError where the file is damaged."""
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise ArchiveError(Why.DAMAGED) from error

    def __contains__(self, stream: str) -> bool:
        return stream in self._entries

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(self._entries)

    def read(self, stream: str) -> bytes:
        """The bytes of a stream. Raises ArchiveError where its chain is broken, or it is larger than _MAX_STREAM."""
        entry = self._entries[stream]
        if entry.size > _MAX_STREAM:
            raise ArchiveError(Why.VAST, stream)
        try:
            chain = self._chain if entry.size >= self._cutoff else self._small_chain
            return chain(entry.start)[: entry.size]
        except (IndexError, ValueError) as error:
            raise ArchiveError(Why.DAMAGED, stream) from error

    def _open(self) -> None:
        shift, small_shift = unpack_from("<HH", self._data, 30)
        if shift not in (9, 12) or small_shift != 6:  # sectors of 512 or 4096 bytes, short ones of 64 (2.2)
            raise ValueError(shift)
        self._sector = 1 << shift
        start, _, self._cutoff, small_fat, _, next_index, _ = unpack_from("<7I", self._data, 48)
        self._fat = _numbers(b"".join(map(self._sector_at, self._fat_sectors(next_index))))
        entries = list(_entries(self._chain(start)))
        root = next((e for e in entries if e.type == _ROOT), None)
        nested = {number for e in entries if e.type == _STORAGE for number in _inside(e, entries)}
        self._entries = {e.name: e for number, e in enumerate(entries) if e.type and number not in nested}
        self._small = self._chain(root.start if root else _LAST)
        self._small_fat = _numbers(self._chain(small_fat))

    def _sector_at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        if start >= len(self._data):
            raise IndexError(number)
        return self._data[start : start + self._sector]

    def _fat_sectors(self, next_index: int) -> list[int]:
        """The sectors that hold the allocation table: the first 109 are listed in the header, more in index sectors."""
        listed = list(unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while next_index < _LAST:
            if next_index in seen:
                raise ValueError(next_index)
            seen.add(next_index)
            *more, next_index = _numbers(self._sector_at(next_index))
            listed += more
        return [n for n in listed if n < _LAST]

    def _chain(self, start: int) -> bytes:
        """The bytes of a chain of sectors; one that is longer than the table runs in a circle."""
        found, number = [], start
        while number < _LAST:
            found.append(self._sector_at(number))
            if len(found) > len(self._fat):
                raise ValueError(start)
            number = self._fat[number]
        return b"".join(found)

    def _small_chain(self, start: int) -> bytes:
        """The bytes of a short stream, which lies in sectors of 64 bytes inside the root's own stream."""
        found, number = [], start
        while number < _LAST:
            found.append(self._small[number * 64 : number * 64 + 64])
            if len(found) > len(self._small_fat):
                raise ValueError(start)
            number = self._small_fat[number]
        return b"".join(found)


def _numbers(data: bytes) -> list[int]:
    return [n for (n,) in iter_unpack("<I", data[: len(data) // 4 * 4])]


def _inside(storage: _Entry, entries: Sequence[_Entry]) -> Iterator[int]:
    """The numbers of what lies in a storage of an embedded object: what a file is, its own streams say."""
    waiting, seen = [storage.child], set[int]()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            waiting += entries[number].near
            yield number


def _entries(directory: bytes) -> Iterator[_Entry]:
    """All entries of the directory, in whatever storage; unused ones keep their place."""
    for at in range(0, len(directory) - 127, 128):
        length = unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        left, right, child = unpack_from("<3I", directory, at + 68)
        start, size = unpack_from("<II", directory, at + 116)
        yield _Entry(name, directory[at + 66], start, size, (left, right), child)
