"""Files that are shown in the text of a paper: pages, web archives, plain texts and documents are read in their place."""

from __future__ import annotations

import base64

import pytest

from tests.support.docx_maker import NAMESPACES, docx, line, para, run, style, styles, table
from tongbao.word.document import Paper, read

HERE = '<w:altChunk r:id="rId1"/>'


def paper(data: bytes) -> Paper:
    found, problems = read(data, "云溪通报.docx")
    assert found is not None
    assert problems == []
    return found


def shown(content: str | bytes, name: str = "chunk.htm") -> Paper:
    """A paper with this file between two paragraphs."""
    return paper(docx("前", HERE, "后", parts={name: ("aFChunk", content)}))


def texts(content: str | bytes) -> list[str]:
    found = [p.text for p in shown(content).paragraphs]
    assert (found[0], found[-1]) == ("前", "后")
    return found[1:-1]


ARCHIVE = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; '
    'charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--B--\r\n'
)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<html><body><p>共<b>44</b>项</p><div>其中<br/>完成4项</div></body></html>", ["共44项", "其中\n完成4项"]),
        ("<p>没有外壳</p>", ["没有外壳"]),
        ('<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲</p></body></html>', ["甲"]),
        ("<html><head><title>题</title><meta charset=gb2312></head><body>国标</body></html>".encode("gb18030"), ["国标"]),
        ("\ufeff<html><body>带标记</body></html>".encode(), ["带标记"]),
        ("<html><body><p style='display:none'>隐</p><script>x</script><p>显 \n 示</p></body></html>", ["显 示"]),
        (ARCHIVE.format(base64.encodebytes("<html><body><p>单文件</p></body></html>".encode("gb18030")).decode()), ["单文件"]),
        ("纯文本\n两行", ["纯文本", "两行"]),
        ("纯文本国标".encode("gb18030"), ["纯文本国标"]),
        ("宽字符".encode("utf-16"), ["宽字符"]),
    ],
)  # fmt: skip
def test_pages_archives_and_plain_texts_are_read(content, lines):
    assert texts(content) == lines


def test_a_table_of_a_page_is_a_table_of_the_paper():
    page = (
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
        "<table><tbody><tr><th>头</th></tr></tbody></table>"
    )
    found = shown(page)
    grids = [[[c.text for c in row] for row in t.rows] for t in found.tables]
    assert grids == [[["甲", "乙", "乙"], ["甲", "丙", "丁"]], [["头"]]]


def test_a_document_inside_is_read_as_it_is_seen():
    hidden = styles(style("H", "<w:vanish/>"))
    inner = docx(
        "共44项", line("样式隐藏", properties='<w:pStyle w:val="H"/>'), para("末"), table([["甲", "乙"]]), parts=hidden
    )
    found = shown(inner)
    assert [p.text for p in found.paragraphs] == ["前", "共44项", "末", "甲", "乙", "后"]
    assert [[c.text for c in row] for row in found.tables[0].rows] == [["甲", "乙"]]


def test_a_document_in_a_document_in_a_document_is_read_and_the_fourth_is_told():
    data: bytes = docx("最里面")
    for depth in range(1, 6):
        data = docx(f"第{depth}层", HERE, parts={"chunk.docx": ("aFChunk", data)})
    found = paper(data)
    assert [p.text for p in found.paragraphs if p.text] == ["第5层", "第4层", "第3层", "第2层"]
    assert [it.kind for it in found.unread if it.lost] == ["插入的文档"]


def test_a_file_in_a_cell_is_text_of_the_cell():
    inside = f"<w:tc><w:tcPr/>{HERE}{para('')}</w:tc>"
    found = paper(docx(table([["事项", inside]]), parts={"c.htm": ("aFChunk", "<p>格里44项</p>")}))
    assert [[c.text for c in row] for row in found.tables[0].rows] == [["事项", "格里44项"]]


def test_one_in_a_header_is_found_by_the_header_s_own_relations():
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="c.htm"/></Relationships>'
    )
    parts = {
        "header1.xml": ("header", f"<w:hdr {NAMESPACES}>{HERE}{para('督查通报')}</w:hdr>"),
        "_rels/header1.xml.rels": ("other", rels),
        "c.htm": ("other", "<p>页眉里</p>"),
    }
    found = paper(docx("正文", parts=parts))
    assert [(p.text, p.where) for p in found.paragraphs][1:] == [("页眉里", "页眉"), ("督查通报", "页眉")]


def test_what_is_shown_is_told_for_not_every_program_shows_it():
    (told,) = shown("<p>共44项</p>").unread
    assert (told.kind, told.lost) == ("插入的网页", False)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (rb"{\rtf1\ansi abc}", "插入的 RTF 文件"),
        (b"PK\x03\x04 broken", "插入的文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "插入的文档"),
        ("<?xml version='1.0'?><?mso-application progid='Word.Document'?><pkg:package/>", "插入的文档"),
    ],
)
def test_what_cannot_be_read_is_told_in_its_place(content, kind):
    found = shown(content)
    assert [(it.kind, it.lost, it.place, it.near) for it in found.unread] == [(kind, True, "第2段", "前")]


def test_a_file_that_is_not_there_is_told():
    (told,) = paper(docx("前", '<w:altChunk r:id="rId77"/>')).unread
    assert told.lost
    assert "插入的文件" in told.says


def test_a_picture_on_a_page_is_told_and_a_run_of_ours_is_not_hidden_by_it():
    found = shown("<p>见图<img src='x.png'/></p>")
    assert [it.kind for it in found.unread] == ["插入的网页", "图片"]
    assert run("甲") in line(run("甲"))
