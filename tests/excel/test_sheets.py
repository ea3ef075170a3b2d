"""Files of every sort: what is read of those that are workbooks, what is said of those that are not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl.styles import Font, PatternFill

from tests.support.binary import binary_workbook
from tests.support.builders import codes, items, ledger, read
from tests.support.containers import compound, package
from tests.support.drawing import saved, workbook, xlsx
from tests.support.folders import DATA
from tests.support.foreign import Foreign, seen
from tests.support.foreign_more import MORE
from tests.support.packages import REFUSED, Maker, shared
from tongbao.excel import sheets
from tongbao.excel.grid import Book, Sheet
from tongbao.model import Problem
from tongbao.outside import archive

PLAIN = "| 序号 | 事项 | 备注 |\n| 1 | 修路 | 完成 |"
_TO_TABLES = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="tables/workbook.bin"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def opened(data: bytes, name: str = "台账.xlsx") -> Book:
    """The workbook in these bytes, which must be readable."""
    book, problems = sheets.parse(data, name)
    assert book is not None, problems
    return book


def refused(data: bytes, name: str = "台账.xlsx") -> Problem:
    """The problem of bytes that are no workbook."""
    book, problems = sheets.parse(data, name)
    assert book is None
    (problem,) = problems
    assert problem.fix
    assert problem.place.file == name
    return problem


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same package with its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, change(part, source.read(part)))
    return buffer.getvalue()


def in_sheet(data: bytes, old: str, new: str) -> bytes:
    """The same package with something replaced in its first sheet."""

    def change(part: str, content: bytes) -> bytes:
        return content.replace(old.encode(), new.encode(), 1) if part.endswith("sheet1.xml") else content

    return repacked(data, change)


# ---------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("name", ["台账.xls", "台账.ods"])
def test_a_workbook_of_another_format_reads_as_the_ledger_that_it_is(name: str) -> None:
    data = (DATA / name).read_bytes()
    table, closed, old = opened(data, name).sheets
    assert table.merges == ((1, 1, 1, 8), (3, 1, 3, 8), (4, 2, 5, 2), (4, 3, 5, 3))
    assert table.value(4, 5) == date(2022, 4, 30)
    assert table.value(4, 3) == "县财政局\n县水利局"
    assert table.value(6, 7) == 0.395
    assert table.marks.hidden_rows == {5}
    assert table.marks.hidden_columns == {6}
    assert table.marks.struck == {(6, 4): "修水库"}
    assert table.marks.failed == {(7, 7): "#DIV/0!"}
    assert closed.texts() == [["序号", "事项"], ["1", "建校"]]
    assert old.hidden
    assert old.texts() == [["随便"]], "ids that were given once may stand there"
    found, problems = read(data, file=name)
    assert found is not None
    assert {"formula_failed", "hidden_rows", "struck_item", "hidden_sheet"} <= set(codes(problems))
    assert [r.text for r in found.closed] == ["建校"]
    assert items(found) == [("1", "尽快办理手续"), ("2", "做完乙事"), ("4", "修水渠")]


def test_a_format_is_known_by_content_not_by_name() -> None:
    assert opened((DATA / "台账.xls").read_bytes(), "台账.xlsx").sheets[0].name == "台账"
    assert opened(xlsx(PLAIN), "台账.xls").sheets[0].name == "台账"


def test_a_binary_workbook_is_read_with_its_merged_cells() -> None:
    rows: list[list[str | float]] = [
        ["序号", "名称", "事项", "备注"],
        [1.0, "甲项目", "修路", "完成"],
        [2.0, "", "架桥", ""],
    ]
    data = binary_workbook(rows, (1, 2, 1, 1), hidden=2)
    assert opened(data).sheets[0].marks.hidden_rows == {3}
    found = ledger(data)
    assert items(found) == [("1", "修路"), ("2", "架桥")]
    assert [r.get("名称") for r in found.rows] == ["甲项目", "甲项目"]


def test_a_binary_workbook_is_found_where_its_package_says() -> None:
    data = binary_workbook([["序号", "事项", "备注"], [1.0, "修路", "完成"]], (1, 1, 1, 1), hidden=9)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            content = content.replace(b"xl/", b"tables/") if name == "_rels/.rels" else content
            new.writestr(re.sub("^xl/", "tables/", name), content)
        if "_rels/.rels" not in old.namelist():
            new.writestr("_rels/.rels", _TO_TABLES)
    assert opened(buffer.getvalue()).sheets[0].texts()[1] == ["1", "修路", "完成"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_texts_are_read_in_the_encodings_of_excel_and_wps(encoding: str, separator: str) -> None:
    text = '序号,事项,备注\r\n00123,"修路\n架桥",完成\r\n'.replace(",", separator)
    book = opened(text.encode(encoding), "台账.csv")
    assert book.sheets[0].texts() == [["序号", "事项", "备注"], ["00123", "修路\n架桥", "完成"]]


def test_rare_characters_of_gb18030_are_read() -> None:
    data = "序号,事项,备注\n1,整治㙍塘,完成\n".encode("gb18030")
    assert opened(data, "台账.csv").sheets[0].value(2, 2) == "整治㙍塘"


@pytest.mark.parametrize(("maker", "code"), REFUSED.values(), ids=REFUSED)
def test_a_package_of_which_a_part_in_sight_is_missing_is_refused(maker: Maker, code: str) -> None:
    assert refused(maker(shared(xlsx(PLAIN)))).code == code


@pytest.mark.parametrize("case", MORE.values(), ids=MORE)
def test_tables_of_other_programs_are_read_or_told(case: Foreign) -> None:
    assert seen(case) == case


# ---------------------------------------------------------------------------------------------- no workbooks


def entities(data: bytes) -> bytes:
    """The workbook with entities that would grow beyond all memory."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    return in_sheet(data, "<worksheet", bomb)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (compound("EncryptedPackage", "EncryptionInfo"), "file_encrypted"),
        (compound("WordDocument"), "file_word"),
        (compound("PowerPoint Document"), "file_slides"),
        (compound("Contents"), "file_other"),
        (package("word/document.xml"), "file_word"),
        (package(mimetype="application/vnd.oasis.opendocument.text"), "file_word"),
        (package("ppt/presentation.xml"), "file_slides"),
        (package("台账.xlsx"), "file_zipped"),
        (b"Rar!\x1a\x07\x00", "file_archive"),
        (b"%PDF-1.7 ...", "file_pdf"),
        (b"\x89PNG\r\n", "file_picture"),
        ("\ufeff<!DOCTYPE html><html><body><table>".encode(), "file_html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "file_damaged"),
        (b"\0" * 4096, "file_zeros"),
        (b"MZ\x90\0", "file_program"),
        (package("Index/Document.iwa"), "file_iwork"),
        (package("OFD.xml"), "file_ofd"),
        (package("a/"), "file_bare"),
        (package(), "file_bare"),
        (compound("__properties_version1.0"), "file_mail"),
        (b"just words\nand more words", "file_other"),
        (bytes(range(256)) * 4, "file_other"),
        (xlsx(PLAIN)[:2000], "file_damaged"),
        (b"PK\x03\x04", "file_damaged"),
        ((DATA / "台账.xls").read_bytes()[:3000], "file_damaged"),
        (entities(xlsx(PLAIN)), "file_entities"),
        (in_sheet(xlsx(PLAIN), "<sheetData>", "<sheetData><row>"), "file_damaged"),
    ],
)
def test_what_is_no_workbook_says_what_it_is(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_damaged_byte_is_noticed_by_its_checksum() -> None:
    data = bytearray(xlsx(PLAIN))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as source:
        info = source.getinfo("xl/worksheets/sheet1.xml")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    assert refused(bytes(data)).code == "file_damaged"


def test_an_encrypted_document_of_libreoffice_is_told() -> None:
    data = repacked(
        (DATA / "台账.ods").read_bytes(),
        lambda part, content: content + b"<manifest:encryption-data/>" if part.endswith("manifest.xml") else content,
    )
    assert refused(data).code == "file_encrypted"


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    def code(path: Path) -> str:
        book, problems = sheets.open_book(path)
        assert book is None
        return problems[0].code

    lock = tmp_path / "~$台账.xlsx"
    lock.write_bytes(b"owner")
    assert code(tmp_path / "无.xlsx") == "file_missing"
    assert code(tmp_path) == "file_folder"
    assert code(lock) == "file_temporary"


def test_a_file_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(self: Path) -> bytes:
        raise PermissionError(13, "in use")

    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx(PLAIN))
    monkeypatch.setattr(Path, "read_bytes", held)
    assert codes(sheets.open_book(path)[1]) == ["file_locked"]


def test_the_file_is_the_same_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx(PLAIN))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    book, _ = sheets.open_book(path)
    assert book is not None
    assert len(book.sha256) == 64
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


# ---------------------------------------------------------------------------------------------- extremes


def far_away(value: object) -> bytes:
    """A small table, and one cell in the last corner of the sheet."""
    book = workbook(PLAIN)
    corner = book.worksheets[0]["XFD1048576"]
    corner.value = value
    corner.fill = PatternFill("solid", fgColor="FFFF00")
    return saved(book)


def test_a_coloured_cell_in_the_last_corner_is_nothing() -> None:
    assert opened(far_away(None)).sheets[0].texts() == [["序号", "事项", "备注"], ["1", "修路", "完成"]]


def test_a_value_in_the_last_corner_is_told_with_its_cell() -> None:
    assert "XFD1048576" in refused(far_away("x")).message


def test_cells_without_an_address_do_not_hide_how_far_a_sheet_reaches() -> None:
    wide_row = '<row r="1048576">' + "<c><v>1</v></c>" * 3000 + "</row></sheetData>"
    assert refused(in_sheet(xlsx(PLAIN), "</sheetData>", wide_row)).code == "file_vast"


@pytest.mark.parametrize("address", ["ZZZZ99999999999", "A99999999999", "1A", "A0", ""])
def test_an_address_beyond_all_sheets_means_damage(address: str) -> None:
    assert refused(in_sheet(xlsx(PLAIN), ' r="B2"', f' r="{address}"')).code == "file_damaged"


def test_a_row_beyond_all_sheets_means_damage() -> None:
    assert refused(in_sheet(xlsx(PLAIN), '<row r="2"><c r="A2"', '<row r="4294967290"><c')).code == "file_damaged"


def test_too_many_merged_ranges_are_told() -> None:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 2**18))
    data = in_sheet(xlsx(PLAIN), "</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")
    assert refused(data).code == "file_merges"


def test_a_merged_range_over_the_whole_sheet_is_cut_to_what_there_is() -> None:
    data = in_sheet(
        xlsx(PLAIN), "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>'
    )
    assert opened(data).sheets[0].merges == ()
    data = in_sheet(xlsx(PLAIN), "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:XFD2"/></mergeCells>')
    assert opened(data).sheets[0].merges == ((2, 1, 2, 3),)


@pytest.mark.parametrize("claimed", ["its own size", "a small size"])
def test_a_zip_bomb_is_not_unpacked(claimed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2**20)
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(PLAIN))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            if part.endswith("sheet1.xml"):
                with target.open(part, "w") as stream:
                    for _ in range(3):
                        stream.write(b" " * 2**19)
            else:
                target.writestr(part, source.read(part))
        if claimed == "a small size":
            target.getinfo("xl/worksheets/sheet1.xml").file_size = 100
    assert refused(buffer.getvalue()).code == "file_bomb"


def test_an_open_document_that_repeats_a_value_without_end_is_told() -> None:
    def change(part: str, content: bytes) -> bytes:
        old, new = b"<table:table-row ", b'<table:table-row table:number-rows-repeated="1048576" '
        return content.replace(old, new) if part == "content.xml" else content

    assert refused(repacked((DATA / "台账.ods").read_bytes(), change)).code == "file_vast"


def test_a_cell_as_long_as_excel_allows_is_read_whole() -> None:
    text = "长" * 32767
    assert opened(xlsx(PLAIN, B2=text)).sheets[0].value(2, 2) == text


# ---------------------------------------------------------------------------------------------- marks


def test_marks_of_a_sheet() -> None:
    book = workbook('| 序号 | 事项 | 备注 |\n| 1 | 修路 | =A1&"x" |\n| 2 | 架桥 | |\n| 3 | 挖渠 | |')
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet["B4"].font = Font(strike=True)
    sheet["C3"] = "#REF!"
    marks = opened(saved(book)).sheets[0].marks
    assert marks.hidden_rows == {3}
    assert marks.hidden_columns == {1}
    assert marks.struck == {(4, 2): "挖渠"}
    assert marks.uncached == {(2, 3)}
    assert marks.failed == {(3, 3): "#REF!"}


@pytest.mark.parametrize(
    ("cell", "uncached"),
    [
        ("<c r='C2'><f>A1</f><v>5</v></c>", set()),
        ("<c r='C2' t='str'><f>A1</f><v></v></c>", set()),
        ("<c r='C2'><f>A1</f></c>", {(2, 3)}),
        ("<c r='C2'><f>A1</f><v/></c>", {(2, 3)}),
        ("<c r='C2'><f t='shared' si='0'/></c>", {(2, 3)}),
    ],
)
def test_a_formula_without_a_value(cell: str, uncached: set[tuple[int, int]]) -> None:
    data = xlsx("| 序号 | 事项 |\n| 1 | 修路 |")
    sheet: Sheet = opened(in_sheet(data, "</row></sheetData>", cell + "</row></sheetData>")).sheets[0]
    assert sheet.marks.uncached == uncached


def test_struck_out_words_inside_a_shared_string() -> None:
    strings = "<sst><si><t>修路</t></si><si><r><rPr><strike/></rPr><t>架</t></r><r><t>桥</t></r></si></sst>"

    def change(part: str, content: bytes) -> bytes:
        if part.endswith("sheet1.xml"):
            return content.replace(
                b'<c r="B2" t="inlineStr"><is><t>&#20462;&#36335;</t></is></c>', b'<c r="B2" t="s"><v>1</v></c>'
            )
        return content

    data = repacked(xlsx(PLAIN), change)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr("xl/sharedStrings.xml", strings)
    sheet = opened(buffer.getvalue()).sheets[0]
    assert sheet.value(2, 2) == "桥"
    assert sheet.marks.struck == {(2, 2): "架"}


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("addresses", [True, False])
def test_marks_do_not_depend_on_how_a_program_writes_its_tags(prefix: str, addresses: bool) -> None:
    def change(part: str, content: bytes) -> bytes:
        if not part.endswith("sheet1.xml"):
            return content
        content = content.replace(b'<row r="3"', b'<row r="3" hidden="1"')
        if not addresses:
            content = re.sub(rb'<c r="[A-Z]*\d+"', rb"<c", content)
        content = re.sub(rb"<(/?)(\w)", rb"<\1" + prefix.encode() + rb"\2", content)
        return content.replace(b"xmlns=", b"xmlns:x=") if prefix else content

    sheet = opened(repacked(xlsx("| 序号 | 事项 | 备注 |\n| 1 | 修路 | =A1 |\n| 2 | ^ | |"), change)).sheets[0]
    assert sheet.texts() == [["序号", "事项", "备注"], ["1", "修路", ""], ["2", "", ""]]
    assert sheet.merges == ((2, 2, 3, 2),)
    assert sheet.marks.uncached == {(2, 3)}
    assert sheet.marks.hidden_rows == {3}
