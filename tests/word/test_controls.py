"""Content controls: read through, but for prompts; and those that Word fills in from elsewhere when it opens a file."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import cell, control, docx, line, run, table
from tongbao.word.document import Paper, read

ID = "{11111111-2222-3333-4444-555555555555}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STORE = {
    "../customXml/item1.xml": ("customXml", "<a xmlns='urn:q'><b>44</b><c/><d>2</d></a>"),
    "../customXml/itemProps1.xml": (
        "other",
        f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{ID}"/>',
    ),
    "../customXml/_rels/item1.xml.rels": (
        "other",
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{RELATION}/customXmlProps" Target="itemProps1.xml"/></Relationships>',
    ),
}
PROMPT = "<w:showingPlcHdr/>"


def bound(path: str, store: str = ID) -> str:
    return f'<w:dataBinding w:prefixMappings="xmlns:q=\'urn:q\'" w:xpath="{path}" w:storeItemID="{store}"/>'


def paper(*blocks: str, **more) -> Paper:
    found, problems = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("properties", "shown", "details"),
    [
        (bound("/q:a[1]/q:b[1]"), "30", ["打开后是“44”"]),
        (bound("/q:a[1]/q:b[1]"), "44", []),
        (bound("/q:a[1]/q:b[1]", "{00000000-0000-0000-0000-000000000000}"), "30", ["打开后是“44”"]),
        (bound("/q:a[1]/q:none[1]"), "30", []),
        (bound("//q:b"), "30", []),
        (bound("/q:a[1]/q:d[1]") + '<w:dropDownList><w:listItem w:displayText="滞后" w:value="2"/></w:dropDownList>', "滞后", []),
        (bound("/q:a[1]/q:b[1]") + "<w:date/>", "30", []),
        (bound("/q:a[1]/q:b[1]") + PROMPT, "单击此处", ["打开后是“44”"]),
    ],
)  # fmt: skip
def test_a_control_that_word_fills_in_from_elsewhere_is_told(properties, shown, details):
    found = paper(line("共", control(run(shown), properties), "项"), parts=STORE)
    assert [it.detail for it in found.unread] == details
    assert all(it.lost for it in found.unread)


@pytest.mark.parametrize(
    "block",
    [
        line("联系人：", control(run("单击此处输入文字"), PROMPT)),
        control(line("单击此处输入文字"), PROMPT),
        table([["事项", f"<w:tc><w:tcPr/>{control(line('单击此处输入文字'), PROMPT)}</w:tc>"]]),
        table([["事项"]]).replace("</w:tr>", control(cell("单击此处输入文字"), PROMPT) + "</w:tr>"),
    ],
    ids=["in a line", "a paragraph", "in a cell", "a cell"],
)
def test_a_prompt_is_no_text_of_the_paper_and_is_told(block):
    found = paper("前言", block)
    assert "单击" not in "".join(p.text for p in found.paragraphs)
    assert [(it.kind, it.detail, it.lost) for it in found.unread] == [("没有填写的内容控件", "单击此处输入文字", True)]


def test_controls_around_lines_rows_and_cells_are_seen_through():
    row = control(f"<w:tr>{control(cell('格'))}{control(cell('乙'))}</w:tr>")
    found = paper(control(line(control(run("行里")), "后")), f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>")
    assert [p.text for p in found.paragraphs] == ["行里后", "格", "乙"]
    assert [[c.text for c in r] for r in found.tables[0].rows] == [["格", "乙"]]
    assert found.unread == ()
