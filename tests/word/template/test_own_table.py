"""The annex's table drawn anew with other columns, in the look that the author of a template gave it."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.support.blocks import Column, cell, data_table, grid, package, paragraph, row, section, when
from tests.support.paper import W, body, edited, paragraphs, parts, say, table, tree
from tongbao.word.gb9704 import LANDSCAPE, PORTRAIT
from tongbao.word.template import HeaderCell, OwnColumn, OwnForm, with_own_table

FORM = OwnForm(
    (
        (HeaderCell("事项", down="起"), HeaderCell("一季度", 2)),
        (HeaderCell("事项", down="续"), HeaderCell("计划"), HeaderCell("实际")),
    ),
    (OwnColumn("列1", 30, 2, 2), OwnColumn("列2", 10, 2, 2, centred=True), OwnColumn("列3", 10, 2, 2, centred=True)),
)
ROWS = [
    {"分节": "第一次会议"},
    {"分节": "", "列1": "修渠", "列2": "5", "列3": "4.5", "纵并": {"列1": "起", "列2": "", "列3": ""}},
    {"分节": "", "列1": "修渠", "列2": "6", "列3": "0", "纵并": {"列1": "续", "列2": "", "列3": ""}},
]
ANNEX = {"标题": "台账", "行": ROWS}
PRINTED = [
    ["事项", "一季度"], ["", "计划", "实际"], ["第一次会议"], ["修渠", "5", "4.5"], ["", "6", "0"]
]  # fmt: skip
COLUMNS = [Column("序号", "行.序号", 1, style="表格居中"), Column("事项", "行.事项", 3)]


def annexed(*, sections: bool = True, head: str = "") -> bytes:
    """A template with an annex of its own columns."""
    drawn = head or data_table(COLUMNS, "行 in 附件.行", "行.分节" if sections else "")
    return package(body("正文"), section(PORTRAIT), drawn, section(LANDSCAPE))


def own(template: bytes):
    return say(template=with_own_table(template, FORM), 附件=ANNEX)


@pytest.mark.parametrize("sections", [True, False])
def test_the_columns_are_replaced_and_headings_stand_over_the_full_width(sections):
    assert table(own(annexed(sections=sections))) == PRINTED


def test_the_variable_of_the_loop_may_have_any_name():
    renamed = edited(annexed(sections=False), "word/document.xml", "for 行 in", "for 项 in")
    assert table(own(renamed)) == PRINTED


def test_a_tag_that_word_has_torn_apart_is_found():
    torn = edited(
        annexed(),
        "word/document.xml",
        "{%tr for 行 in 附件",
        '{%tr for 行 in</w:t></w:r><w:r><w:t xml:space="preserve"> 附件',
    )
    assert table(own(torn)) == PRINTED


def test_the_header_is_repeated_on_each_page_and_no_row_is_broken():
    rows = list(next(tree(own(annexed())).iter(f"{W}tbl")).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_the_table_is_as_wide_as_its_author_drew_it():
    drawn = next(tree(own(annexed())).iter(f"{W}tbl"))
    widths = [int(c.get(f"{W}w")) for c in drawn.find(f"{W}tblGrid")]
    assert sum(widths) == LANDSCAPE.text_width
    assert widths[0] > 2 * widths[1] == 2 * widths[2] - 2 * (widths[2] - widths[1])


def test_the_looks_of_the_author_stay():
    template = edited(
        annexed(), "word/document.xml", '<w:top w:val="single" w:sz="8"', '<w:top w:val="single" w:sz="24"'
    )
    template = edited(
        template,
        "word/document.xml",
        '<w:pStyle w:val="TableHead"/>',
        '<w:pStyle w:val="TableHead"/><w:jc w:val="left"/>',
    )
    drawn = next(tree(own(template)).iter(f"{W}tbl"))
    assert drawn.find(f"{W}tblPr/{W}tblBorders/{W}top").get(f"{W}sz") == "24"
    head = drawn.find(f"{W}tr/{W}tc/{W}p/{W}pPr/{W}jc")
    assert head.get(f"{W}val") == "left"


def test_short_words_stand_in_the_middle_and_texts_at_the_left():
    item = list(next(tree(own(annexed())).iter(f"{W}tbl")).iter(f"{W}tr"))[3]
    styles = [c.find(f"{W}p/{W}pPr/{W}pStyle").get(f"{W}val") for c in item.iter(f"{W}tc")]
    assert styles == ["TableText", "TableCentre", "TableCentre"]


def test_other_tables_stay_as_they_are():
    other = grid([100], "", row(cell(100, paragraph("表格文字", "抄送"))))
    template = package(other, body("正文"), section(PORTRAIT), data_table(COLUMNS, "行 in 附件.行", "行.分节"))
    assert table(own(template)) == [["抄送"]]


def test_braces_of_a_header_are_no_tag():
    form = OwnForm(((HeaderCell("事项{{1}}"), HeaderCell("{%甲", 2)),), FORM.columns)
    assert table(say(template=with_own_table(annexed(), form), 附件=ANNEX))[0] == ["事项1", "%甲"]


def test_equal_input_gives_equal_bytes():
    assert with_own_table(annexed(), FORM) == with_own_table(annexed(), FORM)


def test_what_is_no_word_file_comes_back_for_others_to_complain_of():
    assert with_own_table(b"no Word file", FORM) == b"no Word file"


# ---------------------------------------------------------------------------------------------- templates without one

SIGNED = paragraph("空行") + paragraph("署名", "{{ 署名 }}") + paragraph("成文日期", "{{ 成文日期 }}")
SIGNATURE = {"署名": "云溪县督查室", "成文日期": "2022年6月30日"}


def pages(rendered) -> list[str]:
    """Upright or landscape, for each section."""
    return [size.get(f"{W}orient", "portrait") for size in tree(rendered).iter(f"{W}pgSz")]


def test_a_template_without_an_annex_is_given_one_with_a_note_of_it():
    template = package(body("正文"), SIGNED, section(PORTRAIT), body("版记"))
    rendered = say(template=with_own_table(template, FORM), 附件=ANNEX, **SIGNATURE)
    assert table(rendered) == PRINTED
    said = ["正文", "附件：台账", "云溪县督查室", "2022年6月30日", "附件", "台账", "版记"]
    assert paragraphs(rendered) == said
    assert pages(rendered) == ["portrait", "landscape", "portrait"]


def test_a_template_of_one_section_ends_before_the_annex():
    template = package(body("正文"), SIGNED)
    rendered = say(template=with_own_table(template, FORM), 附件=ANNEX, **SIGNATURE)
    assert pages(rendered)[:2] == ["portrait", "landscape"]
    margins = [m.get(f"{W}left") for m in tree(rendered).iter(f"{W}pgMar")]
    assert margins[1] == str(LANDSCAPE.left)


def test_without_rows_no_annex_is_printed():
    template = package(body("正文"), SIGNED, section(PORTRAIT), body("版记"))
    rendered = say(template=with_own_table(template, FORM), 附件={}, **SIGNATURE)
    assert paragraphs(rendered) == ["正文", "云溪县督查室", "2022年6月30日", "版记"]
    assert pages(rendered) == ["portrait"]


def test_a_template_without_the_shipped_styles_is_given_a_plain_annex():
    template = package(body("正文"), SIGNED, section(PORTRAIT), body("版记"))
    for name in (
        "附件标识",
        "附件标题",
        "附件说明",
        "表头文字",
        "表格文字",
        "表格居中",
        "表格分节",
        "空行",
        "末行",
        "署名",
    ):
        template = edited(template, "word/styles.xml", f'<w:name w:val="{name}"/>', f'<w:name w:val="别的{name}"/>')
    rendered = say(template=with_own_table(template, FORM), 附件=ANNEX, **SIGNATURE)
    assert table(rendered) == PRINTED
    assert "附件：台账" not in paragraphs(rendered)


def test_the_xml_keeps_what_a_reader_of_word_files_needs():
    template = package(when("附件", body("正文")), SIGNED, section(PORTRAIT))
    xml = parts(with_own_table(template, FORM))["word/document.xml"]
    assert xml.startswith(b"<?xml")
    assert etree.fromstring(xml).tag == f"{W}document"
