"""Layout deviations with their clauses; only what the standard demands outright fails a paper."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import NAMESPACES, docx, para
from tongbao.proof.against_standard import Deviation, Strength, check_layout
from tongbao.word import gb9704
from tongbao.word.document import read

FOOTER = f"<w:ftr {NAMESPACES}><w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p></w:ftr>"
SETTINGS = f"<w:settings {NAMESPACES}><w:evenAndOddHeaders/></w:settings>"
RUN = '<w:rFonts w:eastAsia="{font}"/><w:sz w:val="{size}"/><w:spacing w:val="{squeeze}"/>'
INDENT = '<w:jc w:val="both"/><w:ind w:firstLineChars="200" w:firstLine="630"/>'
CENTRE = '<w:jc w:val="center"/>'


def styled(text: str, properties: str = INDENT, font: str = "仿宋_GB2312", size: int = 32, squeeze: int = -5) -> str:
    run = RUN.format(font=font, size=size, squeeze=squeeze)
    return para(text, properties).replace("<w:r>", f"<w:r><w:rPr>{run}</w:rPr>")


TITLE = styled("关于重点工作推进情况的通报", CENTRE, "方正小标宋简体", 44, 0)
BODY = styled("截至八月底，全县重点工作总体进展顺利，多数任务达到序时进度。")
LEVEL1 = styled("一、总体情况", INDENT, "黑体")


def checked(
    *blocks: str, settings: str = SETTINGS, footer: str = FOOTER, styles: str = "", **more
) -> tuple[Deviation, ...]:
    parts = {"settings.xml": ("settings", settings), "footer1.xml": ("footer", footer)}
    parts |= {"styles.xml": ("styles", styles)} if styles else {}
    data = docx(*blocks, parts=parts, **more)
    paper, problems = read(data, "通报.docx")
    assert paper is not None, problems
    return check_layout(data, paper)


def codes(*blocks: str, **more) -> list[str]:
    return [d.code for d in checked(*blocks, **more)]


def test_a_paper_that_keeps_the_standard_has_no_deviations():
    assert checked(TITLE, BODY, LEVEL1, BODY) == ()


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ((TITLE.replace("center", "left"), BODY), "title-centre"),
        ((TITLE, BODY.replace("firstLine", "hanging")), "indent"),
        ((styled("云政办[2023]6号", CENTRE), TITLE, BODY), "document-number"),
        ((styled("云政办〔2023〕06号", CENTRE), TITLE, BODY), "document-number"),
        ((TITLE, BODY, styled("（一）、甲项工作", font="楷体_GB2312")), "heading-mark"),
        ((TITLE, BODY, styled("附件：进展台账。")), "annex-stop"),
        ((TITLE, BODY, styled("附：进展台账")), "annex-word"),
        ((TITLE, BODY, styled("附件1：", font="黑体")), "annex-colon"),
        ((TITLE, BODY, styled("附件1")), "annex-font"),
        ((TITLE, BODY, styled("2023年09月05日")), "date-form"),
        ((TITLE, BODY, styled("二〇二三年九月五日")), "date-form"),
    ],
)
def test_what_the_standard_demands_fails_a_paper(blocks: tuple[str, ...], code: str):
    (found,) = checked(*blocks)
    assert (found.code, found.strength) == (code, Strength.MUST)
    assert found.clause


@pytest.mark.parametrize(
    ("blocks", "code", "strength"),
    [
        ((TITLE.replace('"44"', '"36"'), BODY), "title-size", Strength.USUAL),
        ((TITLE.replace("方正小标宋简体", "黑体"), BODY), "title-font", Strength.USUAL),
        ((TITLE, BODY.replace('"32"', '"28"')), "body-size", Strength.USUAL),
        ((TITLE, BODY.replace("仿宋_GB2312", "宋体")), "body-font", Strength.USUAL),
        ((TITLE, BODY, LEVEL1.replace("黑体", "宋体")), "heading-font", Strength.USUAL),
        ((TITLE, BODY.replace('"-5"', '"0"')), "characters", Strength.USUAL),
        ((TITLE, styled("　　" + "全县重点工作总体进展顺利，多数任务达到序时进度。")), "spaces", Strength.HABIT),
        ((TITLE, BODY.replace("八月底", "８月底")), "full-width", Strength.HABIT),
    ],
)
def test_what_is_usual_or_a_habit_is_told_and_never_fails(blocks: tuple[str, ...], code: str, strength: Strength):
    assert [(d.code, d.strength) for d in checked(*blocks)] == [(code, strength)]


def test_page_numbers_are_demanded():
    assert "page-number" in codes(TITLE, BODY, footer=FOOTER.replace("PAGE", ""))
    assert "odd-even" in codes(TITLE, BODY, settings=f"<w:settings {NAMESPACES}/>")


def section(width: int, height: int, top: int, left: int, right: int = 1474, bottom: int = 1984) -> str:
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((11906, 16838, 2098, 1588), []),
        ((11906, 16838, 2140, 1588, 1474, 1942), []),
        ((12240, 15840, 2098, 1588), ["paper-size"]),
        ((11906, 16838, 1440, 1800), ["margins", "type-area"]),
        ((16838, 11906, gb9704.LANDSCAPE.top, gb9704.LANDSCAPE.left, 2098, 1474), []),
    ],
)
def test_the_page_is_measured_to_the_millimetre(size: tuple[int, ...], found: list[str]):
    assert codes(TITLE, BODY, section=section(*size)) == found


def test_the_look_comes_from_the_style_where_the_run_says_nothing():
    styles = (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault>"
        "</w:docDefaults><w:style w:type='paragraph' w:styleId='A'><w:name w:val='正文甲'/><w:pPr>"
        "<w:jc w:val='both'/><w:ind w:firstLineChars='200'/></w:pPr><w:rPr><w:rFonts w:eastAsia='仿宋'/>"
        "<w:spacing w:val='-5'/><w:sz w:val='32'/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/><w:name w:val='正文乙'/></w:style></w:styles>"
    )
    body = para("截至八月底，全县重点工作总体进展顺利，多数任务达到序时进度。", '<w:pStyle w:val="B"/>')
    assert checked(TITLE, body, styles=styles) == ()
