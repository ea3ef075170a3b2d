"""The photographs in the cells of the ledgers, for a template that prints them: unpacked one by one, when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tongbao.excel import sheets
from tongbao.model import Level, Picture, Problem
from tongbao.outside.files import UnreadableFile
from tongbao.word.pictures import Photo, photo


class Photographs:
    """Gives the photograph of a picture that a row has. `problems` grows by one for each that cannot be printed."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        """`paths` leads from the name of a ledger to its file."""
        self._paths = paths
        self._unpackers: dict[str, sheets.Unpacker | None] = {}
        self._known: dict[Picture, Photo | None] = {}
        self.problems: list[Problem] = []

    def __call__(self, picture: Picture) -> Photo | None:
        """The photograph; None where it cannot be printed, which is told once."""
        if picture not in self._known:
            made, why = photo(self._unpacked(picture), f"{picture.place.sheet}{picture.place.cell}的图片")
            self._known[picture] = made
            if made is None:
                message, fix = f"现场照片没有印：{why}", "请换成完好的 PNG 或 JPEG 图片，再插入这一格"
                self.problems.append(Problem(Level.WARNING, "photo_refused", message, fix, place=picture.place))
        return self._known[picture]

    def _unpacked(self, picture: Picture) -> bytes:
        """The bytes of a picture; none where the ledger, or the picture in it, can no longer be read."""
        file = picture.place.file
        try:
            if file not in self._unpackers:
                path = self._paths.get(file)
                data, _ = sheets.bytes_of(path) if path else (None, [])
                self._unpackers[file] = sheets.unpacker(data) if data else None
            unpack = self._unpackers[file]
            return unpack(picture.part) if unpack else b""
        except UnreadableFile:
            return b""
