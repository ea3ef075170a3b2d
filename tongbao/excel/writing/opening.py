"""Workbooks opened with openpyxl to be changed: safely, and whatever the reader of ledgers could read.

openpyxl gives up at one bad value in what stands beside the cells: a name, a rule, the properties of the file. What it
stumbles over is left out then, and told; what nothing helps is written anew, from the values that the reader found.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries

from tongbao.excel import sheets
from tongbao.excel.formats.package import Package
from tongbao.excel.formats.standard import in_standard_form, main_part
from tongbao.excel.formats.textsize import text_lengths, texts_held
from tongbao.excel.grid import MOST_TEXT, ReadError
from tongbao.excel.writing import mending
from tongbao.excel.writing.afresh import MOST_RANGES, written_afresh
from tongbao.excel.writing.sheetxml import with_rows


class UnopenableError(Exception):
    """The bytes are no workbook that can be written from: another format, damaged, or too large to be a ledger."""


MACROS = "xl/vbaProject.bin"
# 10 000 items unpack to 9 MB in 90 000 cells, and have 9 000 merged ranges of two to nine cells (tried). openpyxl makes
# an object of every cell and row, also of the cells that a merged range covers, and the workbook is opened twice: what
# is larger is written afresh from what was read, or not at all.
_MOST_XML = 48_000_000
_MOST_OBJECTS = 1_000_000
_MOST_MERGED_CELLS = 300_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_OBJECT = re.compile(rb"<(?:\w+:)?(?:c|row|comment|definedName|cfRule|dataValidation|hyperlink|xf)[ >]")


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook to change, and what of the file is not in it, in the clerk's words; mostly nothing."""

    book: Workbook
    left_out: tuple[str, ...] = ()


def open_book(data: bytes, *, values: bool = False) -> Workbook:
    """The workbook, with its macros; with `values` its formulas are replaced by their last values.

    Raises UnopenableError.
    """
    return opened(data, values=values).book


def opened(data: bytes, *, values: bool = False) -> Opened:
    """The workbook like `open_book`, with what had to be left out. Raises UnopenableError."""
    try:
        package = Package(data)
        main = main_part(package)
        if not main:
            raise UnopenableError("no workbook of Excel 2007 or later")
        standard = in_standard_form(data, package, main)
        package = package if standard is data else Package(standard)
        if _is_light(package):
            return _opened(standard, package, values=values)
    except ReadError as reason:
        raise UnopenableError(str(reason)) from reason
    except MemoryError as reason:
        raise UnopenableError("too large") from reason
    return _afresh(data)


def _opened(data: bytes, package: Package, *, values: bool) -> Opened:
    """What openpyxl opens, as it is or mended; else what was read, written afresh."""
    try:
        return Opened(_read(data, values=values))
    except Exception:  # openpyxl answers damage with whatever its parsers raise
        if MACROS in package and not _is_whole(data):
            raise UnopenableError("damaged macros") from None  # found now, not when the workbook is saved
    parts = {name: package.read(name) for name in package.names()}
    for mended in mending.mended(parts, _opens):
        try:
            return Opened(_read(mended.data, values=values), mended.left_out)
        except Exception:
            continue
    return _afresh(data)


def _afresh(data: bytes) -> Opened:
    book, _ = sheets.parse(data, "")
    if book is None:
        raise UnopenableError("unreadable")
    new = written_afresh(book)
    if new is None:
        raise UnopenableError("too large")
    return Opened(new, ("原来的格式和公式（是按读到的内容另写的一份）",))


def _read(data: bytes, *, values: bool) -> Workbook:
    """Raises whatever openpyxl raises. Its warnings, which are English, tell a clerk nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if MACROS in parts.namelist() and (damaged := parts.testzip()):
            raise UnopenableError(damaged)
    with _silently():
        reader = _Reader(io.BytesIO(data), data_only=values, rich_text=not values)
        reader.read()
    return reader.wb


@contextmanager
def _silently() -> Iterator[None]:
    """Without what openpyxl says on the screen, in English: warnings, and some plain prints."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def _opens(data: bytes) -> bool:
    """Whether openpyxl opens these bytes, and writes what it opened."""
    try:
        saved(_read(data, values=False))
    except Exception:
        return False
    return True


def _is_whole(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.testzip() is None


class _Reader(ExcelReader):
    """Reads a workbook. Its macros and their controls are taken from the file itself when it is saved.

    With `keep_vba` openpyxl copies them into a zip that is open for writing and that nobody closes: Python complains on
    the screen when such a workbook is thrown away.
    """

    def read_workbook(self) -> None:
        """Reads the list of sheets, and keeps the file for the macros."""
        super().read_workbook()
        parser: Any = self.parser
        for name in parser.defined_names.definedName:
            if name.is_reserved == "Print_Area" and name.attr_text:
                name.attr_text = with_rows(name.attr_text)
        if MACROS in self.valid_files and self.archive.fp is not None:
            self.wb.vba_archive = zipfile.ZipFile(self.archive.fp)


def _is_light(package: Package) -> bool:
    """Whether openpyxl can hold the workbook, by what it would make objects of."""
    size = objects = merged = held = ranges = 0
    lengths = text_lengths(package)
    for name in package.xml_parts():
        xml = package.read(name)
        size += len(xml)
        objects += sum(1 for _ in _OBJECT.finditer(xml)) if size <= _MOST_XML else 0
        if not name.startswith("xl/worksheets/"):
            continue
        held += texts_held(xml, lengths)
        if b"mergeCell" in xml:
            ranges += xml.count(b"mergeCell ")
            merged += sum(_area(ref.decode()) for ref in _MERGE.findall(xml))
    return (
        size <= _MOST_XML
        and held <= MOST_TEXT
        and objects <= _MOST_OBJECTS
        and merged <= _MOST_MERGED_CELLS
        and ranges <= MOST_RANGES
    )


def _area(ref: str) -> int:
    left, top, right, bottom = (int(n or 1) for n in range_boundaries(ref))
    return (right - left + 1) * (bottom - top + 1)


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook's file."""
    buffer = io.BytesIO()
    with _silently():
        book.save(buffer)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------- what is lost

# What openpyxl may drop, as the clerk calls it: parts of the package, and marks in the parts of sheets and drawings.
# Set on what Excel and WPS can add to a sheet; what is lost and not listed here is lost without a word.
_FRAGILE_PARTS = {
    "xl/media/": "图片",
    "xl/charts/chart": "图表",
    "xl/cellimages.xml": "嵌入单元格的图片",
    "xl/embeddings/": "嵌入的文件",
    "xl/ctrlProps/": "窗体控件",
    "xl/activeX/": "ActiveX 控件",
    "xl/slicers/": "切片器",
    "xl/threadedComments/": "批注中的对话",
    "xl/model/": "数据模型",
    "xl/macrosheets/": "宏表",
    "xl/dialogsheets/": "对话框表",
    MACROS: "宏",
}
_FRAGILE_MARKS = {
    b"<xdr:sp ": "文本框和图形",
    b"sparklineGroup ": "迷你图",
    b"<x14:dataValidation ": "引用别的工作表的下拉列表",
    b"<x14:cfRule ": "新式条件格式（数据条、图标等）",
}


def lost(before: bytes, after: bytes, left_out: Sequence[str] = ()) -> list[str]:
    """What the workbook had and the rewritten one has fewer of, in the clerk's words (图片, 宏 …). Both are bytes.

    `left_out` is what was left out when it was opened.
    """
    old, new = _inventory(before), _inventory(after)
    return list(dict.fromkeys([*left_out, *(name for name, count in old.items() if new[name] < count)]))


def _inventory(data: bytes) -> Counter[str]:
    found: Counter[str] = Counter()
    try:
        package = Package(data)
        for part in package.names():
            found.update(name for start, name in _FRAGILE_PARTS.items() if part.startswith(start))
            if part.startswith(("xl/worksheets/sheet", "xl/drawings/drawing")):
                xml = package.read(part)
                found.update({name: xml.count(mark) for mark, name in _FRAGILE_MARKS.items()})
    except ReadError:
        return Counter()
    return found
