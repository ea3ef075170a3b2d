"""Files that save work and that nobody would miss: each is whole, of this very content, or as if it were not there."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tongbao.outside.deliver import keep
from tongbao.outside.files import UnreadableFile, content, entries

# A ledger of 100 000 items makes some 40 MB of text. More than the most is not read: it could only be damaged.
MOST = 256 * 1024 * 1024

Label = Mapping[str, str]


@dataclass(slots=True)
class Shelf:
    """A folder of such files. `explanation` is the name and the text of one that tells a person what they are.

    Each file is one line with the checksum of all that follows, one with its label, and the packed text. What cannot
    be read, was damaged or edited counts as not there; what cannot be written is not written.
    """

    folder: Path
    explanation: tuple[str, str]
    _waiting: dict[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> tuple[Label, bytes] | None:
        """The label and the text of a file."""
        try:
            checksum, _, rest = content(self.folder / name, MOST).partition(b"\n")
            if hashlib.sha256(rest).hexdigest().encode() != checksum:
                return None
            label, _, packed = rest.partition(b"\n")
            unpacking = zlib.decompressobj()
            text = unpacking.decompress(packed, MOST)
            return (dict(json.loads(label)), text) if unpacking.eof else None
        except (UnreadableFile, ValueError, TypeError, RecursionError, MemoryError, zlib.error):
            return None

    def put(self, name: str, label: Label, text: bytes) -> None:
        """Makes a file ready; it is written by `save`."""
        rest = json.dumps(dict(label)).encode() + b"\n" + zlib.compress(text, 1)
        self._waiting[name] = hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest

    def save(self, is_stale: Callable[[str], bool]) -> None:
        """Writes what is ready and removes files that are stale by their names."""
        name, text = self.explanation
        there = self._names()
        stale = list(filter(is_stale, there))
        if self._waiting or stale:
            told = {} if name in there else {name: text.encode("utf-8-sig")}
            keep(self.folder, {**told, **self._waiting}, stale)
        self._waiting = {}

    def _names(self) -> list[str]:
        try:
            return [path.name for path in entries(self.folder)]
        except UnreadableFile:
            return []
