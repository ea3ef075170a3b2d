"""What the checks of the layout are given: lines, title, footers."""

from __future__ import annotations

from tests.support.docx_maker import NAMESPACES, docx, para, table
from tongbao.proof.layout_sheet import Sheet, read_sheet
from tongbao.word.document import read

LARGE = '<w:rPr><w:sz w:val="44"/></w:rPr>'
RED = '<w:rPr><w:color w:val="FF0000"/><w:sz w:val="90"/></w:rPr>'
PAGE = f"<w:ftr {NAMESPACES}><w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p></w:ftr>"
ODD_AND_EVEN = f"<w:settings {NAMESPACES}><w:evenAndOddHeaders/></w:settings>"


def sheet(*blocks: str, **parts: tuple[str, str]) -> Sheet:
    data = docx(*blocks, parts={name + ".xml": part for name, part in parts.items()})
    paper, problems = read(data, "通报.docx")
    assert paper is not None, problems
    return read_sheet(data, paper)


def styled(text: str, run: str) -> str:
    return para(text).replace("<w:r>", "<w:r>" + run)


def title(*blocks: str) -> str | None:
    found = sheet(*blocks)
    return None if found.title is None else found.lines[found.title].text


def test_lines_are_the_paragraphs_outside_tables_that_hold_text():
    found = sheet("关于重点工作的通报", "", table([["序号", "事项"]]), "附　件 ２")
    assert [(line.index, line.text) for line in found.lines] == [(0, "关于重点工作的通报"), (4, "附件2")]
    assert found.lines[1].typed == "附　件 ２"


def test_the_title_is_the_largest_line_that_reads_like_one():
    assert title("各镇情况", styled("关于重点工作的通报", LARGE), "现将情况通报如下。") == "关于重点工作的通报"
    assert title("关于甲的通报", "关于乙的通报") == "关于乙的通报"


def test_a_red_masthead_and_a_sentence_are_no_title():
    assert title(styled("督查通报", RED), "关于重点工作的通报") == "关于重点工作的通报"
    assert title("现将有关情况通报如下：各镇要反馈情况") is None


def test_a_title_stands_among_the_first_ten_lines():
    assert title(*["说明"] * 9, "关于重点工作的通报") == "关于重点工作的通报"
    assert title(*["说明"] * 10, "关于重点工作的通报") is None


def test_footers_are_looked_at_for_page_numbers_and_for_odd_and_even_pages():
    bare = sheet("正文")
    full = sheet("正文", settings=("settings", ODD_AND_EVEN), footer1=("footer", PAGE))
    assert (bare.footer_fields, bare.odd_and_even) == (False, False)
    assert (full.footer_fields, full.odd_and_even) == (True, True)
