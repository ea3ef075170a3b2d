"""Fields: their code is no text, their result is; what has none is known by its code, or told."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import control, docx, field, line, run
from tongbao.word.document import Paper, read


def paper(*blocks: str, **more) -> Paper:
    found, problems = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


def told(block: str) -> tuple[str, list[tuple[str, bool]]]:
    """The text of the one paragraph, and what is told of it."""
    found = paper(block)
    return found.paragraphs[0].text, [(it.kind, it.lost) for it in found.unread]


EMPTY = [("没有结果的域", True)]
SIMPLE = '<w:fldSimple w:instr="{}">{}</w:fldSimple>'


@pytest.mark.parametrize(
    ("runs", "text", "found"),
    [
        (field(" MERGEFIELD 总数 ", "30"), "30", []),
        (field(" MERGEFIELD 总数 "), "", EMPTY),
        (field(" =SUM(ABOVE) ", ""), "", EMPTY),
        (field(" DOCPROPERTY 期次 "), "", EMPTY),
        (field(' QUOTE "30" '), "", EMPTY),
        (SIMPLE.format(" =SUM(ABOVE) ", ""), "", EMPTY),
        (SIMPLE.format(" =SUM(ABOVE) ", run("30")), "30", []),
        (SIMPLE.format(" PAGE ", ""), "", []),
        (field(" PAGE "), "", []),
        (field(' TC "目录项" '), "", []),
        (field(" =SUM(ABOVE) ", "30", ' w:dirty="true"'), "30", [("打开时会更新的域", False)]),
        (field(' DATE \\@ "yyyy年M月d日" ', "2022年2月7日"), "2022年2月7日", [("每次打开都会变的日期", False)]),
        (field(" SYMBOL 252 \\f Wingdings \\s 16 "), "√", []),
        (field(' SYMBOL 0x52 \\f "Wingdings 2" '), "☑", []),
        (field(r" eq \o\ac(○,3) "), "③", []),
        (field(r" eq \o\ac(○,37) "), "(37)", []),
        (field(r" EQ \f(3,5) "), "3/5", []),
        (field(r" EQ \b\bc\[(\a(1,2)) "), "", EMPTY),
        (field(" MACROBUTTON NoMacro 点此填写 "), "点此填写", []),
        (field(run("内") + field(" MERGEFIELD a ", "暗9") + run("码"), "明8"), "明8", []),
        (field(" IF 1 = 1 ", "外").replace("外", "") + field(" PAGE ", "3"), "3", EMPTY),
    ],
)
def test_a_result_is_read_and_what_has_none_is_known_or_told(runs, text, found):
    assert told(line("合计", runs, "项")) == (f"合计{text}项", found)


def test_a_field_that_never_ends_covers_nothing():
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert told(line("共", start, "30项"))[0] == "共30项"


def test_a_field_runs_over_paragraphs_and_boxes_have_fields_of_their_own():
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{t}"/></w:r>' for t in ("begin", "separate", "end"))
    box = "<w:r><w:pict><w:txbxContent>" + line("框里30项") + "</w:txbxContent></w:pict></w:r>"
    found = paper(line(begin, "码一", box), line("码二", separate, "结果一"), line("结果二", end, "后"))
    assert [p.text for p in found.paragraphs] == ["", "框里30项", "结果一", "结果二后"]


def test_a_deleted_field_is_not_told():
    assert told(line("共30项", f'<w:del w:id="1">{field(" MERGEFIELD a ")}</w:del>')) == ("共30项", [])


def test_old_form_fields_show_their_boxes_and_choices():
    def form(inner: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        code = "FORMCHECKBOX" if "checkBox" in inner else "FORMDROPDOWN"
        return begin + f'<w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    ticked = form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>")
    empty = form("<w:checkBox><w:default w:val='0'/></w:checkBox>")
    choice = form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="正常"/><w:listEntry w:val="滞后"/></w:ddList>')
    assert told(line(ticked, "是", empty, "否", choice)) == ("☒是□否滞后", [])


@pytest.mark.parametrize(
    ("properties", "sign"),
    [
        ('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', "☒"),
        ('<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>', "☐"),
        ('<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/></w14:checkbox>', "☑"),
        ("<w:text/>", ""),
    ],
)  # fmt: skip
def test_a_check_box_without_a_character_shows_its_state(properties, sign):
    assert told(line("完成", control("", properties))) == (f"完成{sign}", [])
