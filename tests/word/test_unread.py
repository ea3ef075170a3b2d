"""What no text holds is told with its place: pictures, charts, objects, documents; and nothing where nothing is missed."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import NAMESPACES, docx, drawing, line, para, run, sign, table
from tongbao.word.document import Paper, read

SCHEMAS = "http://schemas.openxmlformats.org/drawingml/2006"
CHART = drawing("<c:chart/>")
SMART = drawing(f'<d:relIds xmlns:d="{SCHEMAS}/diagram"/>')
OBJECT = '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
ART = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
INK = drawing("<w14:contentPart/>")
OLD = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"


def paper(*blocks: str, **more) -> Paper:
    found, problems = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (line("见扫描表：", drawing()), "第1段“见扫描表：”附近有图片"),
        (line("旧式", OLD), "第1段“旧式”附近有图片"),
        (line(CHART), "第1段有图表"),
        (line(SMART), "第1段有SmartArt 图示"),
        (line(OBJECT), "第1段有嵌入对象"),
        (line(ART), "第1段有艺术字（内部资料）"),
        (line(INK), "第1段有墨迹"),
        (line(drawing("<a:t>画布里</a:t><a:t>的字</a:t>")), "第1段有图形里的字（画布里的字）"),
        (line("控件", "<w:r><w:control/></w:r>"), "第1段“控件”附近有控件"),
        (line("子", '<w:subDoc r:id="rId9"/>'), "第1段“子”附近有子文档"),
        ('<w:subDoc r:id="rId9"/>', "第1段有子文档"),
        (line("日期", "<w:r><w:yearLong/></w:r>"), "第1段“日期”附近有自动日期"),
        (line("造字", run("\ue123")), "第1段“造字\ue123”附近有认不出的符号"),
        (line("符号", sign("F041", "OfficeIcons")), "第1段“符号�”附近有认不出的符号"),
        (table([["事项", f"<w:tc><w:tcPr/>{line(drawing())}</w:tc>"]]), "表1第1行第2列“事项”附近有图片"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told_with_its_place(block, says):
    assert [it.says for it in paper(block).unread] == [says]
    assert all(it.lost for it in paper(block).unread)


@pytest.mark.parametrize(
    "block",
    [
        line("红线", drawing(height=30_000)),
        line(f"<w:r><w:rPr><w:vanish/></w:rPr>{drawing()[5:]}"),
        line(f'<w:del w:id="1">{drawing()}</w:del>'),
        line(drawing("<wps:wsp/>")),
        line("<w:r><w:pict><v:line/></w:pict></w:r>"),
        line("office blank", run("\ue5e5")),
        line("普通√☑①"),
    ],
    ids=["a line", "hidden", "deleted", "a shape", "an old line", "the blank of office systems", "plain signs"],
)
def test_what_holds_nothing_to_be_read_is_not_told(block):
    assert paper(block, "末").unread == ()


def test_one_drawing_is_told_once_however_it_is_offered():
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawing()}</mc:Choice><mc:Fallback>{OLD}</mc:Fallback></mc:AlternateContent>"
    assert [it.kind for it in paper(line(both)).unread] == ["图片"]
    assert [it.kind for it in paper(line(drawing("<a:blip/><a:blip/>"))).unread] == ["图片"]


def test_a_picture_in_a_box_is_told_in_the_box():
    inner = line("框里", drawing())
    box = f"<w:r><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></w:r>"
    assert [it.says for it in paper(line("外", box)).unread] == ["文本框“框里”附近有图片"]


def test_headers_are_looked_at_too():
    header = f"<w:hdr {NAMESPACES}>{line(drawing())}</w:hdr>"
    assert [it.place for it in paper("正文", parts={"header1.xml": ("header", header)}).unread] == ["页眉"]


def test_another_picture_has_another_mark():
    def marks(image: bytes) -> list[str]:
        parts = {"media/a.png": ("image", image)}
        return [it.mark for it in paper(line(drawing('<a:blip r:embed="rId1"/>')), parts=parts).unread]

    assert marks(b"one") == marks(b"one")
    assert marks(b"one") != marks(b"two")


def test_text_in_wrappers_that_are_not_known_is_told_and_not_lost():
    (told,) = paper("前", f"<w:unheard>{para('没听说过的44项')}</w:unheard>").unread
    assert (told.kind, told.detail, told.lost) == ("没有读到的字", "没听说过的44项", True)
