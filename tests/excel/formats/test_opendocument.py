"""What cells of .ods show beside their plain values."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from tongbao.excel import sheets
from tongbao.excel.formats.opentext import day_shown
from tongbao.excel.grid import Marks
from tongbao.excel.values import Cell, text_of

NAMES = {"office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing"}
ROOT = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in NAMES.items())
STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-type="single"/>'
    '</style:style><style:style style:name="T2" style:family="text"><style:text-properties '
    'style:text-line-through-type="none"/></style:style><style:style style:name="ce1" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>'
    '<style:style style:name="W" style:family="table-cell"><style:text-properties style:font-name="Wingdings"/></style:style>'
)


def opened(cell: str, column: str = "") -> tuple[Cell, Marks]:
    """The only cell of a document, and the marks of its sheet; `column` says more of its column."""
    content = (
        f'<?xml version="1.0"?><office:document-content {ROOT} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>{STYLES}</office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="台账"><table:table-column {column}/>'
        f"<table:table-row>{cell}</table:table-row><table:table-row>{WORDS.format('', '尾')}</table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    book, problems = sheets.parse(buffer.getvalue(), "台账.ods")
    assert book, problems
    return book.sheets[0].value(1, 1), book.sheets[0].marks


WORDS = '<table:table-cell {} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
OLD = '<text:span text:style-name="T1">旧话。</text:span>'


@pytest.mark.parametrize(
    ("cell", "column", "left", "struck"),
    [
        (WORDS.format("", OLD + "新话。"), "", "新话。", "旧话。"),
        (WORDS.format("", OLD), "", "", "旧话。"),
        (WORDS.format('table:style-name="ce1"', "旧话。"), "", "", "旧话。"),
        (WORDS.format('table:style-name="ce2"', "旧话。"), "", "", "旧话。"),
        (WORDS.format("", "旧话。"), 'table:default-cell-style-name="ce1"', "", "旧话。"),
        (WORDS.format('table:style-name="ce1"', '旧<text:span text:style-name="T2">新</text:span>'), "", "新", "旧"),
        ('<table:table-cell table:style-name="ce1" office:value-type="float" office:value="85"/>', "", "", "85"),
    ],
)
def test_struck_words_are_taken_out(cell: str, column: str, left: str, struck: str) -> None:
    value, marks = opened(cell, column)
    assert value == left
    assert marks.struck[1, 1] == struck


def test_what_hangs_on_a_cell_is_not_its_text() -> None:
    inside = (
        "<office:annotation><dc:creator>甲</dc:creator><text:p>批注</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>框里的话</text:p></draw:text-box></draw:frame>"
        '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
        "<text:p><text:ruby><text:ruby-base>进场</text:ruby-base><text:ruby-text>jinchang</text:ruby-text></text:ruby></text:p>"
    )
    value, marks = opened(f'<table:table-cell office:value-type="string">{inside}</table:table-cell>')
    assert value == "进场"
    assert marks.comments == {(1, 1): "批注"}
    assert marks.boxes == (((1, 1), "框里的话"),)
    assert marks.pictures == {(1, 1): ("Pictures/1.png",)}


def test_a_letter_in_a_font_of_signs_is_the_sign() -> None:
    assert opened(WORDS.format('table:style-name="W"', "ü"))[0] == "√"


@pytest.mark.parametrize(
    ("text", "stored", "seen"),
    [
        ("2022年3月1日", "2022-03-01", "2022年3月1日"),
        ("2022/03/01", "2022-03-01", "2022年3月1日"),
        ("01.03.22", "2022-03-01", "2022年3月1日"),
        ("2022年3月", "2022-03-01", "2022年3月"),
        ("2022-03", "2022-03-01", "2022年3月"),
        ("二〇二二年三月", "2022-03-01", "2022年3月"),
        ("2022年3月底前", "2022-03-01", "2022年3月底前"),
        ("2022年上半年", "2022-03-01", "2022年上半年"),
        ("2022年3月1日前", "2022-03-01", "2022年3月1日前"),
        ("2022年3月1日 星期二", "2022-03-01", "2022年3月1日"),
        ("Mar-22", "2022-03-01", "2022年3月"),
        ("2022", "2022-03-01", "2022年"),
        ("3月1日", "2022-03-01", "3月1日"),
        ("1-Mar", "2022-03-01", "3月1日"),
        ("2022/3/1 14:30", "2022-03-01T14:30:00", "2022年3月1日14:30"),
        ("2022/3/1 00:00", "2022-03-01T00:00:00", "2022年3月1日"),
    ],
)
def test_a_day_reads_as_its_text_shows_it(text: str, stored: str, seen: str) -> None:
    assert text_of(day_shown(date(2022, 3, 1), text, stored)) == seen
