"""What stands where in a Word file: backgrounds, boxes, formulas, alternatives, lines that run on; nothing left behind."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support.docx_maker import NAMESPACES, control, docx, field, line, para, run, sign, table
from tongbao.word.document import Paper, read


def paper(*blocks: str, **more) -> Paper:
    found, problems = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


def texts(*blocks: str, **more) -> list[str]:
    return [p.text for p in paper(*blocks, **more).paragraphs]


def alternatives(choice: str, fallback: str, needs: str = "wps") -> str:
    return (
        f'<mc:AlternateContent xmlns:zz="http://example.org/zz"><mc:Choice Requires="{needs}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def box(*inner: str) -> str:
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{''.join(inner)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def test_a_page_background_before_the_body_does_not_hide_it():
    data = docx("正文44项", "第二段")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"<w:body>", b'<!-- x --><w:background w:color="FFFF00"/><w:body>'))
    found, _ = read(out.getvalue(), "x")
    assert found is not None
    assert [p.text for p in found.paragraphs] == ["正文44项", "第二段"]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (line("甲", alternatives("<zz:x/>", "<w:r><w:t>退路</w:t></w:r>", "zz"), "乙"), "甲退路乙"),
        (line("甲", alternatives("<w:r><w:t>新</w:t></w:r>", "<w:r><w:t>旧</w:t></w:r>"), "乙"), "甲新乙"),
        (line("甲", alternatives("<wps:x/>", "<w:r><w:t>旧</w:t></w:r>"), "乙"), "甲旧乙"),
        (alternatives(line("段新"), line("段旧")), "段新"),
        (line("右", '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>', "边"), "右\t边"),
        (line("软", "<w:r><w:softHyphen/></w:r>", "连字"), "软连字"),
        (
            line("<w:bdo w:val='rtl'>" + run("反向") + "</w:bdo>", "<w:smartTag>" + run("标") + "</w:smartTag>"),
            "反向标",
        ),
        (line("第", sign("F082"), "项"), "第②项"),
        ("<w:customXml>" + line("自定义") + "</w:customXml>", "自定义"),
    ],
)
def test_a_line_is_read_as_it_is_seen(block, text):
    assert texts(block) == [text]


def in_math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def part(name: str, text: str) -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (in_math("<m:r><m:t>x=44</m:t></m:r>"), "x=44"),
        (in_math(f"<m:f>{part('num', '3')}{part('den', '5')}</m:f>"), "3/5"),
        (in_math(f"<m:f>{part('num', '3+1')}{part('den', '5')}</m:f>"), "(3+1)/5"),
        (in_math(f"<m:sSup>{part('e', 'm')}{part('sup', '2')}</m:sSup>"), "m^2"),
        (in_math(f"<m:rad>{part('deg', '')}{part('e', '9')}</m:rad>"), "√9"),
        (in_math(f"<m:d>{part('e', 'a+b')}</m:d>"), "(a+b)"),
        (f"<m:oMathPara>{in_math('<m:r><m:t>x=44</m:t></m:r>')}</m:oMathPara>", "x=44"),
    ],
)
def test_a_formula_is_read_as_a_line(formula, text):
    assert texts(line("率", formula, "。")) == [f"率{text}。"]
    assert texts("甲", formula, "乙") == ["甲", text, "乙"]


def test_a_paragraph_that_was_moved_away_is_none_and_its_number_goes_with_it():
    moved = '<w:p><w:pPr><w:rPr><w:moveFrom w:id="1" w:author="甲"/></w:rPr></w:pPr><w:moveFrom w:id="2"><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>'
    assert texts("甲", moved, "乙") == ["甲", "乙"]


def test_a_deleted_mark_does_not_carry_text_over_a_table():
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>表前</w:t></w:r></w:p>'
    assert texts(first, table([["格"]]), "表后") == ["表前", "格", "表后"]


def test_boxes_in_cells_belong_to_the_cell_and_tables_in_boxes_have_their_own_number():
    inside = f"<w:tc><w:tcPr/>{line('格', box(para('格里的框')))}</w:tc>"
    found = paper(table([["甲", inside]]), line("框外", box(table([["框里的表"]]))), table([["第三张"]]))
    assert [[c.text for c in row] for row in found.tables[0].rows] == [["甲", "格\n格里的框"]]
    assert [(p.text, p.table) for p in found.paragraphs[-2:]] == [("框里的表", 2), ("第三张", 3)]
    assert [t.number for t in found.tables] == [1, 2, 3]


# ---------------------------------------------------------------------------------------------- nothing is lost

TEXT = st.text("云溪县项完成0123", min_size=1, max_size=6)
RUNS = st.one_of(
    TEXT.map(run),
    TEXT.map(lambda t: field(" REF x ", t)),
    TEXT.map(lambda t: control(run(t))),
    TEXT.map(lambda t: f'<w:ins w:id="1">{run(t)}</w:ins>'),
    TEXT.map(lambda t: f"<w:hyperlink>{run(t)}</w:hyperlink>"),
    TEXT.map(lambda t: alternatives(run(t), run("退路"))),
    TEXT.map(lambda t: in_math(f"<m:r><m:t>{t}</m:t></m:r>")),
    TEXT.map(lambda t: f'<w:fldSimple w:instr=" REF x ">{run(t)}</w:fldSimple>'),
    TEXT.map(lambda t: control(run(t), "<w:showingPlcHdr/>")),
)
LINES = st.lists(RUNS, min_size=1, max_size=4).map(lambda runs: line(*runs))
BLOCKS = st.one_of(
    LINES,
    LINES.map(lambda it: line(run("框："), box(it))),
    LINES.map(control),
    LINES.map(lambda it: table([["格", f"<w:tc><w:tcPr/>{it}</w:tc>"]])),
    LINES.map(lambda it: table([["外", f"<w:tc><w:tcPr/>{table([['内', f'<w:tc>{it}</w:tc>']])}{para('')}</w:tc>"]])),
    LINES.map(lambda it: f"<w:customXml>{it}</w:customXml>"),
    LINES.map(lambda it: f"<w:unheard>{it}</w:unheard>"),
    LINES.map(lambda it: f"<w:tbl><w:tr>{control(f'<w:tc>{it}</w:tc>')}</w:tr></w:tbl>"),
)


@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_every_visible_text_is_read_or_told(made):
    found = paper(*made)
    root = etree.fromstring(f"<x {NAMESPACES}>{''.join(made)}</x>")
    wanted = sorted(
        "".join(e.text or "" for e in root.iter("{*}t") if not any(True for _ in e.iterancestors("{*}Fallback")))
    )
    shown = "".join(p.text for p in found.paragraphs)
    prompts = "".join(it.detail for it in found.unread)
    assert sorted(shown + prompts) == wanted
