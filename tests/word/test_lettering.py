"""Hidden letters, capitals, letters that are signs, and letters that nobody can see, by whatever says so."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import docx, line, run, style, styles
from tongbao.word.document import Paper, read

GONE = "<w:vanish/>"
MARK = "<w:rPr><w:vanish/></w:rPr>"


def paper(*blocks: str, **more) -> Paper:
    found, problems = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


def texts(*blocks: str, **more) -> list[str]:
    return [p.text for p in paper(*blocks, **more).paragraphs]


P, C, N = (
    style("P", GONE),
    style("C", GONE, "character"),
    style("N", '<w:vanish w:val="0"/>', based_on="P"),
)
BASED = [style("P2", based_on="P"), style("C2", kind="character", based_on="C")]


@pytest.mark.parametrize(
    ("block", "seen"),
    [
        (line("段落样式", properties='<w:pStyle w:val="P"/>'), ""),
        (line("基于它的样式", properties='<w:pStyle w:val="P2"/>'), ""),
        (line("样式又显示", properties='<w:pStyle w:val="N"/>'), "样式又显示"),
        (line("共3项", run("内部", '<w:rStyle w:val="C"/>')), "共3项"),
        (line("共3项", run("内部", '<w:rStyle w:val="C2"/>')), "共3项"),
        (line(run("直接显示", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="P"/>'), "直接显示"),
        (line(run("两种样式抵消", '<w:rStyle w:val="C"/>'), properties='<w:pStyle w:val="P"/>'), "两种样式抵消"),
        (line(run("段落样式当字符样式", '<w:rStyle w:val="P"/>')), "段落样式当字符样式"),
        (line("前", run("隐", "<w:specVanish/>"), "后"), "前后"),
        (line("前", run("网页上隐藏", "<w:webHidden/>"), "后"), "前网页上隐藏后"),
        (line("<w:hyperlink>" + run("链接里的", GONE) + "</w:hyperlink>", "后"), "后"),
    ],
)
def test_hidden_is_what_styles_and_runs_make_hidden(block, seen):
    assert texts(block, "末段", parts=styles(P, C, N, *BASED)) in ([seen, "末段"], [f"{seen}末段"])


def test_the_default_style_and_the_defaults_of_the_document_hide_too():
    normal = style("a", GONE, more=' w:default="1"')
    assert texts("看不见", line(run("看得见", '<w:vanish w:val="0"/>')), parts=styles(normal)) == ["看得见"]
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{GONE}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert texts(line("看不见", run("看得见", '<w:vanish w:val="0"/>')), parts=styles(defaults)) == ["看得见"]


def test_a_paragraph_whose_mark_is_hidden_runs_on_and_one_that_is_all_hidden_is_none():
    assert texts(line("标题。", properties=MARK), "接着12项") == ["标题。接着12项"]
    assert texts("甲", line(run("全隐", GONE), properties=MARK), "乙") == ["甲", "乙"]


def test_capitals_are_read_as_they_are_seen():
    assert texts(
        line(run("5g项目", "<w:caps/>"), run("（abc）", "<w:smallCaps/>"), run("x", '<w:caps w:val="0"/>'))
    ) == ["5G项目（ABC）x"]


def test_letters_in_a_font_of_signs_are_signs():
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert texts(line("已办", run("ü", fonts), run("\uf0fe", fonts), run("云", fonts))) == ["已办√☑云"]
    by_style = styles(style("S", '<w:rFonts w:ascii="Wingdings 2"/>'))
    assert texts(line("R", properties='<w:pStyle w:val="S"/>'), parts=by_style) == ["☑"]
    themed = '<w:rFonts w:ascii="Wingdings" w:asciiTheme="minorHAnsi"/>'
    assert texts(line(run("R", themed))) == ["R"]


# ---------------------------------------------------------------------------------------------- hardly seen

WHITE, DARK = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="C00000"/>'


@pytest.mark.parametrize(
    ("block", "kinds"),
    [
        (line("共30项", run("其中5项", WHITE)), ["白色的字"]),
        (line("共30项", run("其中5项", '<w:sz w:val="2"/>')), ["极小的字"]),
        (line("共30项", run("其中5项", '<w:color w:val="FFFFFF" w:themeColor="background1"/>')), ["白色的字"]),
        (line("白字样式", properties='<w:pStyle w:val="W"/>'), ["白色的字"]),
        (line(run("其中5项", WHITE + DARK)), []),
        (line(run("其中5项", WHITE + '<w:highlight w:val="red"/>')), []),
        (line(run("红底白字", WHITE), properties=DARK), []),
        (f"<w:tbl><w:tr><w:tc><w:tcPr>{DARK}</w:tcPr>{line(run('表头', WHITE))}</w:tc></w:tr></w:tbl>", []),
        (line(run("   ", WHITE)), []),
        (line(run("其中5项", WHITE + GONE)), []),
    ],
)  # fmt: skip
def test_white_or_tiny_letters_are_read_and_told(block, kinds):
    found = paper(block, "末段", parts=styles(style("W", WHITE)))
    assert [it.kind for it in found.unread] == kinds
    assert not any(it.lost for it in found.unread)


@pytest.mark.parametrize(
    ("block", "seen", "told"),
    [
        (line("共", run("3", "<w:strike/>"), "2项"), "共2项", ["划掉的字"]),
        (line(run("全部划掉", "<w:dstrike/>")), "", ["划掉的字"]),
        (line(run("没有划掉", '<w:strike w:val="0"/>')), "没有划掉", []),
        (line("共2项", run("样式划掉", '<w:rStyle w:val="S"/>')), "共2项", ["划掉的字"]),
        (line(run("既隐藏又划掉", "<w:vanish/><w:strike/>"), "后"), "后", []),
    ],
)
def test_struck_words_are_not_part_of_the_text_and_told(block, seen, told):
    found = paper(block, "末段", parts=styles(style("S", "<w:strike/>", "character")))
    assert [p.text for p in found.paragraphs] == [seen, "末段"]
    assert [it.kind for it in found.unread] == told
    assert not any(it.lost for it in found.unread)


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("block", "seen"),
    [
        (line("土方3×10", run("4", RAISED), "立方米"), "土方3×10^4立方米"),
        (line("交办9", run("2", RAISED), "项"), "交办9^2项"),
        (line("约10", run("1", RAISED), run("2", RAISED), "元"), "约10^12元"),
        (line("面积35m", run("2", RAISED), "，"), "面积35m2，"),
        (line("任务", run("1", RAISED), "完成"), "任务1完成"),
        (line("10", run("4", '<w:vertAlign w:val="baseline"/>')), "104"),
        (line("H", run("2", '<w:vertAlign w:val="subscript"/>'), "O"), "H2O"),
    ],
)
def test_raised_digits_are_no_digits_of_the_number_before_them(block, seen):
    assert texts(block) == [seen]


def test_letters_set_from_the_right_are_told():
    turned = f'<w:bdo w:val="rtl">{run("92")}</w:bdo>'
    assert [it.says for it in paper(line("交办", turned, "项")).unread] == ["第1段“交办92项”附近有从右往左排的字（92）"]
    assert paper(line("交办", turned.replace("rtl", "ltr"), "项")).unread == ()
