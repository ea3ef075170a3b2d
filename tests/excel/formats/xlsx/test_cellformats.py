"""Cells of .xlsx that show something else than they hold, found in the bytes of a sheet."""

from __future__ import annotations

import pytest

from tongbao.excel.formats.xlsx.cellformats import formats_of, seen_numbers, seen_texts
from tongbao.excel.values import text_of

STYLES = (
    b'<styleSheet><numFmts><numFmt numFmtId="176" formatCode="000"/><numFmt numFmtId="177" formatCode="@&quot;\xe5\x85\x83&quot;"/>'
    b'</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="57"/><xf numFmtId="177"/><xf numFmtId="2"/>'
    b"</cellXfs></styleSheet>"
)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3" s="1"><v>7</v></c>',
        "<c s='1' r='B3' t='n'><v>7</v></c>",
        '<c r="B3" s="1"><f>1+6</f><v>7</v></c>',
        '<c r="B3" s="1"><f t="shared" si="0"/><v> 7 </v></c>',
        '<x:c r="B3" s="1"><x:v>7</x:v></x:c>',
    ],
)
def test_a_number_is_found_however_its_cell_is_written(cell: str) -> None:
    found = seen_numbers(f'<row><c r="A3" s="0"><v>9</v></c>{cell}</row>'.encode(), formats_of(STYLES))
    assert {place: one.text for place, one in found.items()} == {(3, 2): "007"}


def test_texts_truths_and_empty_cells_are_no_numbers() -> None:
    xml = b'<c r="A1" s="1" t="s"><v>7</v></c><c r="A2" s="1" t="b"><v>1</v></c><c r="A3" s="1"/><c r="A4" s="0"><v>5</v></c>'
    assert seen_numbers(xml, formats_of(STYLES)) == {}


def test_built_in_formats_and_plain_decimals_are_known() -> None:
    xml = b'<c r="A1" s="2"><v>44621</v></c><c r="A2" s="4"><v>2022.1</v></c>'
    found = seen_numbers(xml, formats_of(STYLES))
    assert [text_of(found[place].value) for place in ((1, 1), (2, 1))] == ["2022年3月", "2022.10"]


def test_a_text_with_words_in_its_format_is_found() -> None:
    xml = b'<c r="A1" s="3" t="s"><v>0</v></c><c r="A2" s="1" t="s"><v>0</v></c>'
    assert seen_texts(xml, formats_of(STYLES)) == {(1, 1): '@"元"'}


def test_a_workbook_without_styles_is_plain() -> None:
    assert formats_of(b"").numbers == {}


def test_a_day_written_out_has_the_format_of_its_cell() -> None:
    xml = b'<c r="A1" s="2" t="d"><v>2022-03-01T00:00:00</v></c><c r="A2" t="d" s="2"><v>2022-04-01</v></c>'
    found = seen_numbers(xml, formats_of(STYLES))
    assert [text_of(found[place].value) for place in ((1, 1), (2, 1))] == ["2022年3月", "2022年4月"]
    late = seen_numbers(xml, formats_of(STYLES, epoch1904=True))
    assert text_of(late[1, 1].value) == "2022年3月"
