"""From a file to raw grids. A file is recognised by its content, never by its name, and is only ever read; each reason
why one cannot be read has its own plain message.

The only home of python-calamine, which reads the values of .xlsx and .xlsm. `scan` finds what it does not tell, and
whether it is safe to let it read. Files of every other format are read in `formats.others`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import python_calamine

from tongbao.excel.formats import sheetnames, signatures
from tongbao.excel.formats.package import Package
from tongbao.excel.formats.xlsx import scan, standard
from tongbao.excel.formats.xlsx.marked import Overlay, overlays
from tongbao.excel.grid import LONGEST_TEXT, MAX_CELLS, MOST_TEXT, Book, ReadError, Sheet, Sheets, check_size, unseen
from tongbao.excel.values import Cell
from tongbao.model import Level, Place, Problem, column_letters
from tongbao.outside import compound
from tongbao.outside.archive import is_archive
from tongbao.outside.charset import CharsetError, Fault
from tongbao.outside.files import UnreadableFile, content
from tongbao.outside.screen import hushed

# 10 000 items pack into half a megabyte (tried): all above that is pictures. A ledger with more than 200 MB of
# photographs is refused, with the advice to delete them.
MAX_FILE = 200 * 1024 * 1024

_MESSAGES = {
    "file_temporary": (
        "这是 Excel/WPS 打开台账时留下的临时文件，不是台账",
        "请先保存并关闭正在编辑的台账，再指定台账本身",
    ),
    "file_empty": ("文件是空的（0 字节），多半是复制或下载没有完成", "请重新复制或下载一份"),
    "file_encrypted": (
        "文件加了密（设了打开密码，或“保护工作簿”时被一并加密），读不了",
        "请在 Excel/WPS 里打开，取消密码和工作簿保护后另存一份",
    ),
    "file_word": ("这是 Word 文件，不是表格", "台账要用 Excel/WPS 表格（.xlsx）；Word 里的台账可用“导入”命令转成表格"),
    "file_slides": ("这是演示文稿，不是表格", "请指定 Excel/WPS 表格（.xlsx）"),
    "file_pdf": ("这是 PDF 文件，不是表格", "请指定 Excel/WPS 表格（.xlsx）"),
    "file_archive": ("这是压缩包，不是表格", "请先解压，再指定里面的台账文件"),
    "file_other": ("这不是 Excel/WPS 表格", "请指定台账的 .xlsx 文件；别的格式请先用 Excel/WPS 另存为 .xlsx"),
    "file_damaged": (
        "文件已损坏，读不完整",
        "请用 Excel/WPS 打开（它会提示修复）后另存为 .xlsx，或重新取一份原件",
    ),
    "file_bare": ("这是空的压缩包，里面什么也没有", "请重新复制或下载一份"),
    "file_bomb": ("文件展开后大得不正常，没有读取", "请用 Excel/WPS 打开，只留台账工作表，另存为新文件"),
    "file_long_text": (
        "有一格的文字超过 32767 字，Excel 的一格放不下这么多，没有读取",
        "请用 Excel/WPS 打开，删短那一格（多半是误粘的内容），保存后再试",
    ),
    "file_vast": (
        "表格伸展得太远，{detail} 一带还有内容，没有读取",
        "请删去台账以外的多余行和列（选中后右键“删除”），保存后再试",
    ),
    "file_merges": ("合并单元格多得不正常（超过二十万处），没有读取", "请只留台账部分，另存为新文件"),
    "file_entities": ("文件里有指向别处文件的内容，正常的表格没有，怕不安全，没有读取", "请向提供文件的人核实来源"),
    **signatures.MESSAGES,
}
_NO_TEXT = {
    Fault.DAMAGED: "file_damaged",
    Fault.MIXED: "file_mixed",
    Fault.UNKNOWN: "file_encoding",
    Fault.BINARY: "file_other",
}


def open_book(path: Path) -> tuple[Book | None, list[Problem]]:
    """The workbook at a path, or None and the one problem that says why it cannot be read. The file is not changed."""
    data, problems = bytes_of(path)
    return (None, problems) if data is None else parse(data, path.name)


def needed_book(path: Path) -> tuple[Book | None, list[Problem]]:
    """The same for a workbook without which all that a run would write were wrong. Raises UnreadableFile."""
    return parse(content(path, MAX_FILE), path.name)


def bytes_of(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a workbook, or None and the one problem that says why they cannot be had."""
    if path.name.startswith(("~$", ".~lock.")):
        return None, [_problem(ReadError("file_temporary"), path.name)]
    try:
        return content(path, MAX_FILE), []
    except UnreadableFile as error:
        return None, [error.of_a_workbook]


def parse(data: bytes, name: str) -> tuple[Book | None, list[Problem]]:
    """The workbook in these bytes, or None and the one problem that says why it cannot be read."""
    try:
        sheets, epoch1904 = _reader(data, name)
    except ReadError as error:
        return None, [_problem(error, name)]
    except MemoryError:
        return None, [_problem(ReadError("file_bomb"), name)]
    except CharsetError as error:
        return None, [_problem(ReadError(_NO_TEXT[error.fault]), name)]
    except (ValueError, LookupError, ArithmeticError, RecursionError):  # numbers and names that a damaged file holds
        return None, [_problem(ReadError("file_damaged"), name)]
    if problem := _overlong(sheets):
        return None, [_problem(problem, name)]
    return Book(name, tuple(sheets), epoch1904, hashlib.sha256(data).hexdigest()), []


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a workbook of Excel 2007 or later, and no table in another format."""
    try:
        return bool(standard.main_part(Package(data)))
    except ReadError:
        return False


Unpacker = Callable[[str], bytes]


def unpacker(data: bytes) -> Unpacker | None:
    """What gives the bytes of a part of a workbook: of a picture, by the name that `Marks.pictures` has.

    It gives nothing for what is damaged, or more than a package may unpack to. None where the workbook is no package.
    """
    try:
        package = Package(data)
        if main := standard.main_part(package):
            package = Package(standard.in_standard_form(data, package, main))
    except ReadError:
        return None

    def unpack(part: str) -> bytes:
        try:
            return package.read(part)
        except ReadError:
            return b""

    return unpack


def _overlong(sheets: Sequence[Sheet]) -> ReadError | None:
    """Why the texts in sight are too long for cells of Excel, or too much in all; None where they are not."""
    lengths = [len(v) for s in sheets if not s.hidden for row in s.cells for v in row if isinstance(v, str)]
    if max(lengths, default=0) > LONGEST_TEXT:
        return ReadError("file_long_text")
    return ReadError("file_bomb") if sum(lengths) > MOST_TEXT else None


def _problem(error: ReadError, name: str) -> Problem:
    message, fix = _MESSAGES[error.code]
    return Problem(Level.ERROR, error.code, message.format(detail=error.detail), fix, place=Place(name))


def _reader(data: bytes, name: str) -> Sheets:
    """The sheets, read by the reader for what the bytes are. Raises ReadError for what is no table."""
    if code := signatures.by_bytes(data, name):
        raise ReadError(code)
    if suffix := signatures.table_of(data)[0]:
        data = _converted(data, suffix)
    package = Package(data) if is_archive(data) and not data.startswith(compound.MAGIC) else None
    if package and (main := standard.main_part(package)):
        made = standard.in_standard_form(data, package, main)
        return _read_xlsx(made, package if made is data else Package(made))
    # To load the readers of all other formats takes longer than to read most ledgers.
    from tongbao.excel.formats import others

    sheets, epoch1904 = others.read(data, name, package)
    return sheetnames.fitting(list(map(_clipped, sheets))), epoch1904


def _converted(data: bytes, suffix: str) -> bytes:
    """What LibreOffice makes of a table that only it reads. Raises ReadError where it is not there, or cannot."""
    from tongbao.outside import converter

    made = converter.converted(data, suffix, "xlsx")
    if made is None:
        raise ReadError("file_convertible", signatures.table_of(data)[1])
    return made


# ---------------------------------------------------------------------------------------------- through calamine


def _read_xlsx(data: bytes, package: Package) -> Sheets:
    """A workbook in the standard form; `package` are its bytes, opened."""
    parts, epoch1904 = scan.sheets(package)
    return _calamine(data, overlays(package, scan.BOOK, parts, epoch1904=epoch1904)), epoch1904


def _calamine(data: bytes, over: Sequence[Overlay]) -> list[Sheet]:
    """All worksheets."""
    with _plainly(), python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if len(book.sheets_metadata) != len(over):
            raise ReadError("file_damaged")
        return [
            _sheet(book, number, metadata, over[number])
            for number, metadata in enumerate(book.sheets_metadata)
            if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]


@contextmanager
def _plainly() -> Iterator[None]:
    """Errors of the library become ReadError; what it says of them in English, nobody sees."""
    try:
        with hushed():
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
    book: python_calamine.CalamineWorkbook, number: int, metadata: python_calamine.SheetMetadata, overlay: Overlay
) -> Sheet:
    if metadata.visible == python_calamine.SheetVisibleEnum.Visible:
        return _grid(book, number, metadata.name, overlay)

    def read() -> Sheet:
        with _plainly():
            return _grid(book, number, metadata.name, overlay)

    return unseen(metadata.name, read)


def _grid(book: python_calamine.CalamineWorkbook, number: int, name: str, overlay: Overlay) -> Sheet:
    sheet = book.get_sheet_by_index(number)
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    check_size(rows, columns, f"{column_letters(columns)}{rows}")
    cells: list[list[Cell]] = sheet.to_python(skip_empty_area=False) if sheet.end else []
    marks = overlay.over(cells)
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
