"""Reading a .docx: the text after accepting all changes, tables with merged cells, labels, and files that are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.support.containers import compound
from tests.support.docx_maker import NAMESPACES, cell, docx, para, table
from tongbao.model import Level
from tongbao.word.document import Paper, Stretch, read


def paper(*blocks: str, **more) -> Paper:
    found, problems = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


def texts(*blocks: str) -> list[str]:
    return [p.text for p in paper(*blocks).paragraphs]


def test_paragraphs_stand_in_order_with_breaks_and_tabs():
    assert texts("云溪县通报", para("一、情况\n共3项\t完成"), "") == ["云溪县通报", "一、情况\n共3项\t完成", ""]


def test_insertions_count_and_deletions_do_not():
    changed = (
        '<w:p><w:r><w:t>完成</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>30</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="甲"><w:r><w:t>31</w:t></w:r></w:ins><w:r><w:t>项</w:t></w:r></w:p>'
    )
    found = paper(changed)
    assert [p.text for p in found.paragraphs] == ["完成31项"]
    assert (found.insertions, found.deletions) == (1, 1)


def test_a_paragraph_with_a_deleted_mark_runs_on_into_the_next():
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="甲"/></w:rPr></w:pPr><w:r><w:t>共办结</w:t></w:r></w:p>'
    assert texts(first, "12件。") == ["共办结12件。"]


def test_moved_text_is_read_once_at_its_new_place():
    moved = (
        '<w:p><w:moveFrom w:id="1" w:author="甲"><w:r><w:t>甲段</w:t></w:r></w:moveFrom><w:r><w:t>乙段</w:t></w:r>'
        '<w:moveTo w:id="2" w:author="甲"><w:r><w:t>甲段</w:t></w:r></w:moveTo></w:p>'
    )
    assert texts(moved) == ["乙段甲段"]


def test_hidden_text_and_field_codes_are_not_read():
    hidden = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>公开</w:t>"
        "</w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>第1页</w:t></w:r></w:p>"
    )
    assert texts(hidden) == ["公开第1页"]


def test_text_boxes_are_read_once_after_their_paragraph():
    box = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
        "<w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = paper(box, "下一段")
    assert [(p.text, p.where) for p in found.paragraphs] == [("正文", "正文"), ("框内", "文本框"), ("下一段", "正文")]


def test_headers_are_read_after_the_body():
    header = f"<w:hdr {NAMESPACES}><w:p><w:r><w:t>督查通报</w:t></w:r></w:p></w:hdr>"
    found = paper("正文", parts={"header1.xml": ("header", header)})
    assert [(p.text, p.where, p.place) for p in found.paragraphs] == [
        ("正文", "正文", "第1段"),
        ("督查通报", "页眉", "页眉"),
    ]


def test_content_controls_are_seen_through():
    assert texts("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里</w:t></w:r></w:p></w:sdtContent></w:sdt>") == ["控件里"]


def test_merged_cells_stand_wherever_they_cover():
    across = cell("2023年第一次会议", '<w:gridSpan w:val="3"/>')
    top, below = cell("1", '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")
    grid = paper(table([["序号", "事项", "备注"], [across], [top, "甲事项", "完成"], [below, "乙事项", ""]])).tables[0]
    assert [[c.text for c in row] for row in grid.rows] == [
        ["序号", "事项", "备注"],
        ["2023年第一次会议"] * 3,
        ["1", "甲事项", "完成"],
        ["1", "乙事项", ""],
    ]
    assert grid.rows[3][0].origin == (3, 1)


def test_a_cell_says_its_place():
    found = paper("前言", table([["序号", "事项"], ["1", "甲事项"]]))
    assert [p.place for p in found.paragraphs if p.text == "甲事项"] == ["表1第2行第2列"]


def test_deleted_rows_are_left_out():
    gone = (
        '<w:tr><w:trPr><w:del w:id="1" w:author="甲"/></w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr>'
    )
    whole = table([["甲"], ["乙"]]).replace("</w:tbl>", f"{gone}</w:tbl>")
    assert [[c.text for c in row] for row in paper(whole).tables[0].rows] == [["甲"], ["乙"]]


NUMBERING = (
    f"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
)


def test_word_s_own_list_numbers_are_worked_out():
    def listed(text: str, level: int) -> str:
        return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')

    blocks = [listed("情况", 0), listed("甲", 1), listed("乙", 1), listed("要求", 0), listed("丙", 1)]
    found = paper(*blocks, parts={"numbering.xml": ("numbering", NUMBERING)})
    assert [p.label + p.text for p in found.paragraphs] == ["一、情况", "1.甲", "2.乙", "二、要求", "1.丙"]


def test_sections_keep_their_page_set_up():
    section = paper("正文").sections[0]
    assert (section.page["w"], section.margins["top"], section.grid["linePitch"]) == ("11906", "2098", "579")


def test_two_stretches_touch_where_they_share_a_character_or_an_end():
    figure = Stretch(2, 4, 7)
    assert figure.touches(Stretch(2, 0, 20))
    assert figure.touches(Stretch(2, 7, 9))
    assert figure.touches(Stretch(2, 4, 4))
    assert not figure.touches(Stretch(2, 8, 9))
    assert not figure.touches(Stretch(3, 4, 7))


# ---------------------------------------------------------------------------------------------- no .docx


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (compound("WordDocument"), "旧格式文件（.doc 或 .wps）"),
        (compound("EncryptedPackage"), "打开密码"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"<html><body>x</body></html>", "网页"),
        ("督查通报".encode(), "不是 Word 文档"),
        (bytes(range(256)), "不是 Word 文档"),
        (docx("甲")[:300], "文件不完整"),
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("a.txt"), "压缩包"),
        (zipped("_rels/.rels", "word/document.xml"), "没有正文"),
    ],
)
def test_other_files_are_refused_by_what_they_hold(data: bytes, told: str):
    found, problems = read(data, "通报.docx")
    assert found is None
    assert [p.level for p in problems] == [Level.ERROR]
    assert told in problems[0].message
    assert problems[0].place.file == "通报.docx"
    assert problems[0].fix


def test_a_broken_part_is_refused(tmp_path: Path):
    data = docx("甲")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:document><w:body>" if name == "word/document.xml" else old.read(name))
    found, problems = read(out.getvalue(), "通报.docx")
    assert found is None
    assert "已损坏" in problems[0].message
