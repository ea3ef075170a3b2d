"""Workbooks opened with openpyxl to be changed: safely, and whatever the reader of ledgers could read.

openpyxl gives up at one bad value in what stands beside the cells: a name, a rule, the properties of the file. What it
stumbles over is left out then, and told; what nothing helps, and a ledger in any other format, is written afresh from
what the reader found.
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
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries

from tongbao.excel import sheets
from tongbao.excel.fills import with_fills
from tongbao.excel.formats.beyond import beside
from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xlsx.standard import in_standard_form, main_part
from tongbao.excel.formats.xlsx.textsize import text_lengths, texts_held
from tongbao.excel.formats.xmltree import is_deep
from tongbao.excel.grid import MOST_TEXT, Book, ReadError
from tongbao.excel.writing import mending
from tongbao.excel.writing.afresh import MOST_MERGED_CELLS, MOST_RANGES, left_behind, written_afresh
from tongbao.excel.writing.sheetxml import with_rows
from tongbao.model import Problem


class UnopenableError(Exception):
    """What cannot be written from, and `why`: it cannot be read either, is damaged, or too large; and what helps."""

    def __init__(self, why: str, fix: str = "") -> None:
        super().__init__(why)
        self.why, self.fix = why, fix or "请用 Excel/WPS 打开，另存为 .xlsx 后再运行"


MACROS = "xl/vbaProject.bin"
_KEPT_FORMATS = ("gif", "jpeg", "png")
# 10 000 items unpack to 9 MB in 90 000 cells, and have 9 000 merged ranges of two to nine cells (tried). openpyxl makes
# an object of every cell and row, also of the cells that a merged range covers, and the workbook is opened twice: what
# is larger is written afresh from what was read, or not at all.
_MOST_XML = 48_000_000
_MOST_OBJECTS, _MOST_BESIDE = 400_000, 10_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_OBJECT = re.compile(rb"<(?:\w+:)?(?:c|row|xf)[ >]")
_BESIDE = re.compile(rb"<(?:\w+:)?(?:comment|definedName|cfRule|dataValidation|hyperlink|(?:one|two)CellAnchor)[ />]")


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook to change, and what of the file is not in it, in the clerk's words; mostly nothing.

    `afresh`: it was written from what was read. `form`: what the file is (`.xls`), where that is why.
    """

    book: Workbook
    left_out: tuple[str, ...] = ()
    afresh: bool = False
    form: str = ""

    def suffix(self, name: str) -> str:
        """What the name of a file made of it ends in, where the name of the old one is this."""
        end = Path(name).suffix
        return end if end.lower() in _PACKAGES and not self.afresh else ".xlsx"


@dataclass(frozen=True, slots=True)
class Whole:
    """A workbook to write on, opened twice: with its looks and formulas, and for the values of these."""

    looks: Opened
    values: Workbook


def whole(data: bytes, name: str) -> Whole:
    """The workbook in the bytes of a file of this name, to write on. Raises UnopenableError."""
    return Whole(opened(data, name), open_book(data, name, values=True))


def open_book(data: bytes, name: str = "", *, values: bool = False) -> Workbook:
    """The workbook, with its macros; with `values` its formulas are replaced by their last values.

    Raises UnopenableError.
    """
    return opened(data, name, values=values).book


def opened(data: bytes, name: str = "", *, values: bool = False) -> Opened:
    """The workbook like `open_book`, with what had to be left out; `name` is that of its file.

    Raises UnopenableError.
    """
    try:
        if not sheets.is_workbook(data):
            return _afresh(data, name)
        package = Package(data)
        standard = in_standard_form(data, package, main_part(package))
        package = package if standard is data else Package(standard)
        if _is_light(package):
            return _opened(standard, package, name, values=values)
    except ReadError:
        pass  # the reader tells why, if it cannot read it either
    except MemoryError as reason:
        raise UnopenableError(_TOO_LARGE, _SMALLER) from reason
    return _afresh(data, name)


def _opened(data: bytes, package: Package, name: str, *, values: bool) -> Opened:
    """What openpyxl opens, as it is or mended; else what was read, written afresh."""
    try:
        return Opened(_read(data, values=values))
    except Exception:  # openpyxl answers damage with whatever its parsers raise
        if MACROS in package and not _is_whole(data):  # found now, not when the workbook is saved
            raise UnopenableError("里面的宏已损坏", "请用 Excel/WPS 打开，另存为不带宏的 .xlsx 后再运行") from None
    parts = {name: package.read(name) for name in package.names()}
    for mended in mending.mended(parts, _opens):
        try:
            return Opened(_read(mended.data, values=values), mended.left_out)
        except Exception:
            continue
    return _afresh(data, name)


_TOO_LARGE, _SMALLER = "有内容的格或合并单元格太多", "请用 Excel/WPS 打开，只留台账部分，另存为 .xlsx 后再运行"
_PACKAGES = (".xlsx", ".xlsm", ".xltx", ".xltm")


def _afresh(data: bytes, name: str) -> Opened:
    book, problems = _as_read(data, name)
    if book is None:
        raise UnopenableError(problems[0].message, problems[0].fix)
    new = written_afresh(book)
    if new is None:
        raise UnopenableError(_TOO_LARGE, _SMALLER)
    if sheets.is_workbook(data):
        return Opened(new, ("原来的格式和公式（是按读到的内容另写的一份）", *left_behind(book)), afresh=True)
    end = Path(name).suffix.lower()
    form = "别的格式（只是名字像 .xlsx）" if end in _PACKAGES or not end else end
    return Opened(new, tuple(dict.fromkeys([*left_behind(book), *beside(data)])), afresh=True, form=form)


@lru_cache(maxsize=1)
def _as_read(data: bytes, name: str) -> tuple[Book | None, list[Problem]]:
    """What the reader found; kept, for a workbook is opened twice, for its looks and for its values."""
    book, problems = sheets.parse(data, name)
    return (with_fills(book, data) if book else None), problems


def _read(data: bytes, *, values: bool) -> Workbook:
    """Raises whatever openpyxl raises. Its warnings, which are English, tell a clerk nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if MACROS in parts.namelist() and (damaged := parts.testzip()):
            raise zipfile.BadZipFile(damaged)
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
    size = objects = beside = merged = held = ranges = 0
    lengths = text_lengths(package)
    for name in package.xml_parts():
        xml = package.read(name)
        size += len(xml)
        if size > _MOST_XML or is_deep(xml):
            return False
        objects += sum(1 for _ in _OBJECT.finditer(xml))
        beside += sum(1 for _ in _BESIDE.finditer(xml))
        if not name.startswith("xl/worksheets/"):
            continue
        held += texts_held(xml, lengths)
        if b"mergeCell" in xml:
            ranges += xml.count(b"mergeCell ")
            merged += sum(_area(ref.decode()) for ref in _MERGE.findall(xml))
    few = objects <= _MOST_OBJECTS and beside <= _MOST_BESIDE and ranges <= MOST_RANGES
    return few and held <= MOST_TEXT and merged <= MOST_MERGED_CELLS


def _area(ref: str) -> int:
    left, top, right, bottom = (int(n or 1) for n in range_boundaries(ref))
    return (right - left + 1) * (bottom - top + 1)


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook's file."""
    for sheet in book.worksheets:
        pictures: list[Any] = getattr(sheet, "_images", [])  # a sheet of charts has none
        for picture in pictures:
            # openpyxl makes a PNG of each other format, and then calls it by the old name, or knows no type for that.
            if picture.format not in _KEPT_FORMATS:
                picture.ref, picture.format = io.BytesIO(picture._data()), "png"
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
