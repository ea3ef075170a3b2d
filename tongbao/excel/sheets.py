"""From a file to raw grids. A file is recognised by its content, never by its name, and is only ever read; each reason
why one cannot be read has its own plain message.

The only home of python-calamine, which reads the values of .xlsx and .xlsm. `ooxml` finds what it does not tell, and
whether it is safe to let it read; .xls, .xlsb, .ods and texts have readers of their own.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import python_calamine

from tongbao.excel.formats import (
    biff,
    biff5,
    compound,
    ooxml,
    opendocument,
    signatures,
    textsheet,
    webarchive,
    webpage,
    xlsb,
    xmltable,
)
from tongbao.excel.grid import MAX_CELLS, Book, Cell, Marks, ReadError, Sheet, check_size, unseen
from tongbao.model import Level, Place, Problem, column_letters
from tongbao.outside import converter
from tongbao.outside.files import UnreadableFile, Why, content

# 10 000 items pack into half a megabyte (tried): all above that is pictures. A ledger with more than 200 MB of
# photographs is refused, with the advice to delete them.
MAX_FILE = 200 * 1024 * 1024

_MESSAGES = {
    "file_missing": ("没有这个文件", "请核对文件名和文件夹"),
    "file_folder": ("这是文件夹，不是台账文件", "请指定文件夹里的台账文件"),
    "file_locked": (
        "文件打不开：正被别的程序占用，或者没有读取权限",
        "请先在 Excel/WPS 里关闭它，或把它复制到自己的文件夹再试",
    ),
    "file_temporary": (
        "这是 Excel/WPS 打开台账时留下的临时文件，不是台账",
        "请先保存并关闭正在编辑的台账，再指定台账本身",
    ),
    "file_empty": ("文件是空的（0 字节），多半是复制或下载没有完成", "请重新复制或下载一份"),
    "file_large": ("文件超过 200 MB，不像一份台账", "请删去图片和无关工作表，另存后再试"),
    "file_encrypted": ("文件设了打开密码，读不了", "请在 Excel/WPS 里用密码打开，去掉密码后另存一份"),
    "file_word": ("这是 Word 文件，不是表格", "台账要用 Excel/WPS 表格（.xlsx）；Word 里的台账可用“导入”命令转成表格"),
    "file_slides": ("这是演示文稿，不是表格", "请指定 Excel/WPS 表格（.xlsx）"),
    "file_pdf": ("这是 PDF 文件，不是表格", "请指定 Excel/WPS 表格（.xlsx）"),
    "file_archive": ("这是压缩包，不是表格", "请先解压，再指定里面的台账文件"),
    "file_other": ("这不是 Excel/WPS 表格", "请指定台账的 .xlsx 文件；别的格式请先用 Excel/WPS 另存为 .xlsx"),
    "file_damaged": (
        "文件已损坏，读不完整",
        "请用 Excel/WPS 打开（它会提示修复）后另存为 .xlsx，或重新取一份原件",
    ),
    "file_bomb": ("文件展开后大得不正常，没有读取", "请用 Excel/WPS 打开，只留台账工作表，另存为新文件"),
    "file_vast": (
        "表格伸展得太远，{detail} 一带还有内容，没有读取",
        "请删去台账以外的多余行和列（选中后右键“删除”），保存后再试",
    ),
    "file_merges": ("合并单元格多得不正常（超过二十万处），没有读取", "请只留台账部分，另存为新文件"),
    "file_entities": ("文件里有外部实体声明，正常的表格没有这种内容，没有读取", "请向提供文件的人核实来源"),
    **signatures.MESSAGES,
}


_UNREADABLE = {
    Why.MISSING: "file_missing",
    Why.FOLDER: "file_folder",
    Why.LOCKED: "file_locked",
    Why.LARGE: "file_large",
}


def open_book(path: Path) -> tuple[Book | None, list[Problem]]:
    """The workbook at a path, or None and the one problem that says why it cannot be read. The file is not changed."""
    data, problems = bytes_of(path)
    return (None, problems) if data is None else parse(data, path.name)


def bytes_of(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a workbook, or None and the one problem that says why they cannot be had."""
    if path.name.startswith(("~$", ".~lock.")):
        return None, [_problem(ReadError("file_temporary"), path.name)]
    try:
        return content(path, MAX_FILE), []
    except UnreadableFile as error:
        return None, [_problem(ReadError(_UNREADABLE[error.why]), path.name)]


def parse(data: bytes, name: str) -> tuple[Book | None, list[Problem]]:
    """The workbook in these bytes, or None and the one problem that says why it cannot be read."""
    try:
        sheets, epoch1904 = _reader(data, name)
    except ReadError as error:
        return None, [_problem(error, name)]
    except MemoryError:
        return None, [_problem(ReadError("file_bomb"), name)]
    except (ValueError, LookupError, ArithmeticError, RecursionError):  # numbers and names that a damaged file holds
        return None, [_problem(ReadError("file_damaged"), name)]
    return Book(name, tuple(sheets), epoch1904, hashlib.sha256(data).hexdigest()), []


def _problem(error: ReadError, name: str) -> Problem:
    message, fix = _MESSAGES[error.code]
    return Problem(Level.ERROR, error.code, message.format(detail=error.detail), fix, place=Place(name))


# The sheets, and whether days are counted from 1904.
Sheets = tuple[list[Sheet], bool]


def _reader(data: bytes, name: str) -> Sheets:
    """The sheets, read by the reader for what the bytes are. Raises ReadError for what is no table."""
    if code := signatures.by_bytes(data, name):
        raise ReadError(code)
    if data.startswith(b"PK"):
        return _read_zip(data)
    if data.startswith(compound.MAGIC):
        return _read_compound(data, name)
    if 0 < biff5.version(data) < 5:  # Excel 2 to 4 pack the stream into nothing
        return _read_stream(data, name)
    if suffix := signatures.table_of(data)[0]:
        return _read_converted(data, suffix)
    return list(map(_clipped, _texts(data, name))), False


def _texts(data: bytes, name: str) -> list[Sheet]:
    """The sheets of what is written in characters: XML, pages, or a plain table."""
    own = name.rpartition(".")[0] or name
    if xmltable.is_workbook(data):
        return xmltable.read(data)
    if webarchive.is_archive(data):
        return webarchive.read(data, own)
    page = webpage.text_of_page(data) if b"<" in data[:4000] else ""
    return webpage.read(page, own) if webpage.is_page(page) else [textsheet.read(data, name)]


def _read_converted(data: bytes, suffix: str) -> Sheets:
    """What LibreOffice makes of a table that only it reads. Raises ReadError where it is not there, or cannot."""
    made = converter.converted(data, suffix, "xlsx")
    if made is None:
        raise ReadError("file_convertible", signatures.table_of(data)[1])
    return _read_zip(made)


def _read_zip(data: bytes) -> Sheets:
    package = ooxml.Package(data)
    if "xl/workbook.xml" in package:
        return _read_xlsx(data, package)
    if "xl/workbook.bin" in package:
        sheets, epoch1904 = xlsb.read(package)
        return list(map(_clipped, sheets)), epoch1904
    if opendocument.is_spreadsheet(package):
        return list(map(_clipped, opendocument.read(package))), False
    raise ReadError(*signatures.by_parts(package.names, package.read("mimetype")))


def _read_compound(data: bytes, name: str) -> Sheets:
    """An old workbook. Raises ReadError for a workbook with a password and an old Word file, which are packed alike."""
    file = compound.CompoundFile(data)
    workbook = next((name for name in ("Workbook", "WORKBOOK", "Book", "BOOK") if name in file), None)
    if workbook is None:
        raise ReadError(signatures.by_streams(file.names))
    return _read_stream(file.read(workbook), name)


def _read_stream(stream: bytes, name: str) -> Sheets:
    """The records of Excel 97 and later, or of an older one."""
    number = biff5.version(stream)
    if not number:
        raise ReadError("file_damaged")
    own = name.rpartition(".")[0] or name
    sheets, epoch1904 = biff.read(stream) if number == 8 else biff5.read(stream, own)
    return list(map(_clipped, sheets)), epoch1904


# ---------------------------------------------------------------------------------------------- through calamine


def _read_xlsx(data: bytes, package: ooxml.Package) -> Sheets:
    parts, epoch1904 = ooxml.sheets(package)
    struck = ooxml.struck(package)
    return _calamine(data, [ooxml.marks(package.xml(part.path), struck) for part in parts]), epoch1904


def _calamine(data: bytes, marks: Sequence[Marks]) -> list[Sheet]:
    """All worksheets."""
    with _plainly(), python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if len(book.sheets_metadata) != len(marks):
            raise ReadError("file_damaged")
        return [
            _sheet(book, number, metadata, marks[number])
            for number, metadata in enumerate(book.sheets_metadata)
            if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]


@contextmanager
def _plainly() -> Iterator[None]:
    """Errors of the library become ReadError."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise ReadError("file_encrypted") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise ReadError("file_damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a bug of the library itself; not derived from Exception
            raise
        raise ReadError("file_damaged") from error


def _sheet(
    book: python_calamine.CalamineWorkbook, number: int, metadata: python_calamine.SheetMetadata, marks: Marks
) -> Sheet:
    if metadata.visible == python_calamine.SheetVisibleEnum.Visible:
        return _grid(book, number, metadata.name, marks)

    def read() -> Sheet:
        with _plainly():
            return _grid(book, number, metadata.name, marks)

    return unseen(metadata.name, read)


def _grid(book: python_calamine.CalamineWorkbook, number: int, name: str, marks: Marks) -> Sheet:
    sheet = book.get_sheet_by_index(number)
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    check_size(rows, columns, f"{column_letters(columns)}{rows}")
    cells: list[list[Cell]] = sheet.to_python(skip_empty_area=False) if sheet.end else []
    for (row, column), text in marks.failed.items():
        if row <= rows and column <= columns:
            cells[row - 1][column - 1] = text
    ranges = sheet.merged_cell_ranges or ()
    merges = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
    return _clipped(Sheet(name, cells, merges, marks=marks))


def _clipped(sheet: Sheet) -> Sheet:
    """The sheet with merged ranges cut off where the values end, for nothing beyond is ever asked for.

    Raises ReadError where the ranges cover more than MAX_CELLS cells.
    """
    if sheet.hidden:
        return replace(sheet, merges=())
    rows, columns = len(sheet.cells), max(map(len, sheet.cells), default=0)
    inside = (
        (t, left, min(b, rows), min(r, columns)) for t, left, b, r in sheet.merges if t <= rows and left <= columns
    )
    merges = tuple(m for m in inside if m[0] < m[2] or m[1] < m[3])
    if sum((b - t + 1) * (r - left + 1) for t, left, b, r in merges) > MAX_CELLS:
        raise ReadError("file_merges")
    return replace(sheet, merges=merges)
