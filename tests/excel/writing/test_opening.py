"""What the reader reads can be written from, however the package was made; what is left out is told."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import PIL.Image
import pytest
from openpyxl.drawing.image import Image

from tests.support.drawing import workbook, xlsx
from tests.support.packages import READ, Maker, changed, shared
from tongbao.excel import sheets
from tongbao.excel.writing.opening import UnopenableError, lost, open_book, opened, saved

TABLE = "| 序号 | 事项 | 备注 |\n| 1 | 修路 | 完成 |\n| 2 | 架桥 | |"


def made(maker: Maker) -> bytes:
    return maker(shared(xlsx(TABLE)))


@pytest.mark.parametrize("maker", READ.values(), ids=READ)
def test_a_package_of_any_making_is_read_and_written_from(maker: Maker, capfd: pytest.CaptureFixture[str]) -> None:
    data = made(maker)
    book, problems = sheets.parse(data, "台账.xlsx")
    assert book is not None, problems
    (read,) = (sheet for sheet in book.sheets if sheet.name == "台账")
    assert [row[:3] for row in read.texts()[:3]] == [["序号", "事项", "备注"], ["1", "修路", "完成"], ["2", "架桥", ""]]
    for values in (False, True):
        page = open_book(data, values=values)["台账"]
        assert [str(cell.value) for cell in page[2][:3]] == ["1", "修路", "完成"]
    again = openpyxl.load_workbook(io.BytesIO(saved(open_book(data))))
    assert again["台账"]["B3"].value == "架桥"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("strict", ()),
        ("bad days in the properties", ()),
        ("comments without an author", ("批注",)),
        ("a table without columns", ("套用的表格格式",)),
        ("bad styles", ("字体、颜色等格式",)),
    ],
)
def test_what_is_left_out_is_told_and_no_more_than_must_be(name: str, told: tuple[str, ...]) -> None:
    assert opened(made(READ[name])).left_out == told


def test_macro_sheets_that_are_not_carried_on_are_told() -> None:
    data = made(READ["a macro sheet"])
    assert lost(data, saved(open_book(data))) == ["宏表"]


def test_what_nothing_helps_is_written_afresh_from_what_was_read() -> None:
    merges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (row, row) for row in range(50, 90))
    far = changed(
        lambda parts: parts.update(
            {
                "xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"].replace(
                    b"</sheetData>", b"</sheetData><mergeCells>%s</mergeCells>" % merges
                )
            }
        )
    )
    done = opened(made(far))
    assert done.left_out == ("原来的格式和公式（是按读到的内容另写的一份）",)
    assert done.book["台账"]["B2"].value == "修路"


def test_a_text_longer_than_a_cell_is_refused_before_it_is_copied() -> None:
    data = made(
        changed(
            lambda parts: parts.update(
                {
                    "xl/sharedStrings.xml": parts["xl/sharedStrings.xml"].replace(
                        b"<t>", b"<t>" + "路".encode() * 40_000, 1
                    )
                }
            )
        )
    )
    _, (problem,) = sheets.parse(data, "台账.xlsx")
    assert problem.code == "file_long_text"
    with pytest.raises(UnopenableError):
        open_book(data)


def test_one_text_in_too_many_cells_is_refused_before_it_is_copied() -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(10, 1200))

    def change(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
            b"<t>", b"<t>" + "路".encode() * 30_000, 1
        )
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = parts[sheet].replace(b"</sheetData>", cells + b"</sheetData>")

    _, (problem,) = sheets.parse(made(changed(change)), "台账.xlsx")
    assert problem.code == "file_bomb"


@pytest.mark.parametrize("form", ["webp", "bmp", "tiff", "gif", "jpeg", "png"])
def test_a_picture_of_any_format_is_carried_on_under_the_name_of_what_it_is(form: str) -> None:
    book, picture = workbook(TABLE), io.BytesIO()
    PIL.Image.new("RGB", (8, 8)).save(picture, form)
    book.worksheets[0].add_image(Image(picture), "E1")
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(saved(open_book(data)))) as again:
        (name,) = (name for name in again.namelist() if "media" in name)
        assert PIL.Image.open(io.BytesIO(again.read(name))).format == name.rpartition(".")[2].upper()
        assert name.endswith(form if form in ("gif", "jpeg", "png") else "png")
    assert lost(data, saved(open_book(data))) == []
