"""Zip packages opened safely: .xlsx, .xlsb, .ods, .docx. The one place that knows what such files may do to us.

Parts are unpacked within a budget, so that no zip bomb fills the memory. Names are told with slashes, each once, and
found whatever their capitals. A package whose directory is lost or damaged is put together from its parts, where all of
these are whole.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum

# For all parts of a package together that are read as XML, and for one. A ledger of 10 000 items unpacks to 9 MB, a
# circular to 2 MB (tried); pictures are never unpacked. Beside what Python and pandas take (200 MB of address space),
# reading so much XML stays below 500 MB (tried).
MOST_UNPACKED = 64 * 1024 * 1024
# What zipfile and zlib raise where a file is cut off, changed by a byte, or packed in a way that they do not know.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    RuntimeError,
)
_LOCAL, _CENTRAL, _END, _BEHIND = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
_ENCRYPTED, _STREAMED, _UTF8 = 0x1, 0x8, 0x800  # flags of a part: sizes stand behind a streamed one
_FULL = 0xFFFFFFFF  # a size that stands in the extra field of zip64 instead
# Programs that pass files on put a few bytes before them, mostly line ends.
_FIRST_BYTES = 4096


class Why(StrEnum):
    """Why a package, or a part of it, cannot be read."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    VAST = "vast"


class ArchiveError(Exception):
    """A package that cannot be read: `why`, and in which part."""

    def __init__(self, why: Why, part: str = "") -> None:
        super().__init__(why, part)
        self.why, self.part = why, part


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a zip package, perhaps a damaged one."""
    start = data[:_FIRST_BYTES]
    return start.startswith((_LOCAL, _END, _BEHIND)) or (_LOCAL in start and zipfile.is_zipfile(io.BytesIO(data)))


class Archive(zipfile.ZipFile):
    """A package for reading.

    `recovered`: its directory was damaged. `plain`: any program finds the same parts in it, under the same names.
    `packed` is its size in bytes. `tags` is for whoever makes trees of its parts: how many beginnings and ends of
    elements these had so far.
    """

    def __init__(self, data: bytes) -> None:
        """What is unpacked may be so much larger than what is packed: pictures, which hardly grow, are free.

        Raises ArchiveError where nothing sound can be made of the bytes.
        """
        self._budget = most = MOST_UNPACKED + len(data)
        self.packed, self.tags = len(data), 0
        try:
            super().__init__(io.BytesIO(data))
            self.recovered = not all(_stands(data, info) for info in self.filelist)
        except _BROKEN:
            self.recovered = True
        if self.recovered:
            super().__init__(io.BytesIO(_stored(dict(_recovered(data, most)))))
        self.plain = not self.recovered and data.startswith(_LOCAL)
        self._name_once()

    def _name_once(self) -> None:
        """One entry a part, the last of several (as zipfile has it), by its name with slashes."""
        files = [info for info in self.filelist if not info.filename.endswith(("/", "\\"))]
        for info in files:
            info.filename = posixpath.normpath(info.filename.replace("\\", "/")).lstrip("/")
        self._by_name = {info.filename.lower(): info for info in files}
        self.plain &= len(files) == len(self._by_name) and all(i.filename == i.orig_filename for i in files)
        self.filelist = list(self._by_name.values())
        self.NameToInfo = {info.filename: info for info in self.filelist}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._by_name

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """The entry of a part, whatever the capitals of its name. Raises KeyError."""
        return self.NameToInfo.get(name) or self._by_name[name.lower()]

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The bytes of a part, which are taken off the budget. Raises KeyError, ArchiveError."""
        info = self.getinfo(name) if isinstance(name, str) else name
        data = self._unpacked(info, self._budget + 1)
        self._budget -= len(data)
        if self._budget < 0:
            raise ArchiveError(Why.VAST, info.filename)
        return data

    def start(self, name: str, most: int) -> bytes:
        """The first bytes of a part; none of one that cannot be read. Raises KeyError."""
        try:
            return self._unpacked(self.getinfo(name), most)
        except ArchiveError:
            return b""

    def _unpacked(self, info: zipfile.ZipInfo, most: int) -> bytes:
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveError(Why.ENCRYPTED, info.filename)
        claimed, info.file_size = info.file_size, 1 << 60  # zipfile stops at the size claimed, which may be a lie
        try:
            with self.open(info) as stream:
                return stream.read(most)
        except _BROKEN as error:
            raise ArchiveError(Why.DAMAGED, info.filename) from error
        finally:
            info.file_size = claimed


def _stands(data: bytes, info: zipfile.ZipInfo) -> bool:
    """Whether there is a part where the directory says."""
    return data[info.header_offset : info.header_offset + 4] == _LOCAL


# ---------------------------------------------------------------------------------------------- a lost directory


def _recovered(data: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of all parts, by what stands before each of them. Raises ArchiveError where one is not whole."""
    at = data.find(_LOCAL, 0, _FIRST_BYTES)
    if at < 0:
        raise ArchiveError(Why.DAMAGED)
    try:
        while data[at : at + 4] == _LOCAL:
            name, content, at = _part_at(data, at, most)
            most -= len(content)
            yield name, content
    except _BROKEN as error:
        raise ArchiveError(Why.DAMAGED) from error
    # What follows the last part is the directory, or nothing. Other parts further on: a piece is missing between.
    directory = data.find(_CENTRAL, at)
    if _LOCAL in data[at : directory if directory >= 0 else len(data)]:
        raise ArchiveError(Why.DAMAGED)


def _part_at(data: bytes, at: int, most: int) -> tuple[str, bytes, int]:
    """The name and the bytes of the part whose header begins there, and where the next begins."""
    _, flags, method, _, _, checksum, packed, size, name_length, extra_length = struct.unpack_from(
        "<5H3I2H", data, at + 4
    )
    start = at + 30 + name_length + extra_length
    name = data[at + 30 : at + 30 + name_length].decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    if not name:
        raise ArchiveError(Why.DAMAGED)
    if flags & _ENCRYPTED:
        raise ArchiveError(Why.ENCRYPTED, name)
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveError(Why.DAMAGED, name)
    if _FULL in (packed, size):
        packed = _packed_size64(data[at + 30 + name_length : start])
    streamed = bool(flags & _STREAMED) and packed == 0
    if streamed and method == zipfile.ZIP_STORED:
        raise ArchiveError(Why.DAMAGED, name)  # where it ends nobody can tell
    piece = data[start:] if streamed else data[start : start + packed]
    content, used = (piece, len(piece)) if method == zipfile.ZIP_STORED else _inflated(piece, most)
    if len(content) > most:
        raise ArchiveError(Why.VAST, name)
    at = start + (used if streamed else packed)
    if flags & _STREAMED:
        checksum, at = _behind(data, at)
    if zlib.crc32(content) != checksum:
        raise ArchiveError(Why.DAMAGED, name)
    return name, content, at


def _inflated(piece: bytes, most: int) -> tuple[bytes, int]:
    """What is packed at the beginning of these bytes, and how many of them it takes."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    content = unpacker.decompress(piece, most + 1)
    if len(content) <= most and not unpacker.eof:
        raise EOFError
    return content, len(piece) - len(unpacker.unused_data)


def _packed_size64(extra: bytes) -> int:
    """The packed size in the extra fields of a part; the unpacked one stands before it."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1 and length >= 16:
            return int(struct.unpack_from("<Q", extra, at + 12)[0])
        at += 4 + length
    raise EOFError


def _behind(data: bytes, at: int) -> tuple[int, int]:
    """The checksum behind a streamed part, and where the next part begins: sizes of four or of eight bytes follow."""
    at += 4 if data[at : at + 4] == _BEHIND else 0
    ends = (at + 12, at + 20)
    after = next((end for end in ends if data[end : end + 4] in (_LOCAL, _CENTRAL)), ends[0])
    return struct.unpack_from("<I", data, at)[0], after


def _stored(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()
