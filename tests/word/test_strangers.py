"""What is no .docx is told by what it holds: once, with advice that can be followed where it was given."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.containers import compound, package
from tests.support.docx_maker import docx
from tongbao.outside.screen import line_of
from tongbao.word.document import TABLE, read
from tongbao.word.foreign import as_docx

ODS, ODT, ODP = (f"application/vnd.oasis.opendocument.{what}" for what in ("spreadsheet", "text", "presentation"))
THEME = package("theme/theme/theme1.xml")
TABLES = {
    "xlsx": package("_rels/.rels", "xl/workbook.xml"),
    "xlsx in another folder": package("_rels/.rels", "tables/workbook.xml", types="spreadsheetml.sheet.main+xml"),
    "xlsb in another folder": package("_rels/.rels", "tables/workbook.bin", types="vnd.ms-excel.sheet.binary.main"),
    "ods": package("content.xml", mimetype=ODS),
    "xls": compound("Workbook"),
    "xls of Excel 95": compound("Book"),
    "xls with a theme": compound("Workbook") + THEME,
    "Excel 4": b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00",
    "xml 2003": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "page of Excel": b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table></table></html>',
    "flat ods": f'<?xml version="1.0"?><office:document office:mimetype="{ODS}">'.encode(),
    "SYLK": b"ID;PWXL;N;E\r\n",
}
PAPERS = {
    "doc": (compound("WordDocument"), "旧格式文件（.doc 或 .wps）"),
    "doc with a theme": (compound("WordDocument") + THEME, "旧格式文件（.doc 或 .wps）"),
    "doc with an ODF object": (compound("WordDocument") + package("content.xml", mimetype=ODT), "旧格式文件"),
    "odt": (package("content.xml", mimetype=ODT), "ODT"),
    "rtf": (b"{\\rtf1 abc}", "RTF"),
    "Word 2": (b"\xdb\xa5\x2d\x00" + bytes(60), "Word 2.0"),
    "Word XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "XML 格式的文档"),
    "page": (b"<html><body>x</body></html>", "网页"),
    "text": ("关于决策事项办理情况的通报\n各单位：".encode(), "纯文本"),
    "text in GBK": ("关于决策事项办理情况的通报\n各单位：".encode("gbk"), "纯文本"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "damaged doc": (compound("WordDocument")[:600], "已损坏"),
}
OTHERS = {
    "password": (compound("EncryptedPackage"), "打开密码", "取消打开密码"),
    "slides": (compound("PowerPoint Document"), "演示文稿", "请指定 .docx"),
    "slides of ODF": (package("content.xml", mimetype=ODP), "演示文稿", "请指定 .docx"),
    "mail": (compound("__properties_version1.0"), "邮件", "附件"),
    "slides in another folder": (
        package("_rels/.rels", types="presentationml.presentation"),
        "演示文稿",
        "请指定 .docx",
    ),
    "zip": (package("台账/说明.txt"), "压缩包", "先解压"),
    "empty zip": (package(), "空的压缩包", "重新复制或下载"),
    "only a theme": (
        package("[Content_Types].xml", "_rels/.rels", "theme/theme1.xml"),
        "没有 Word 文档",
        "请指定 .docx",
    ),
    "ofd": (package("OFD.xml"), "OFD", "Word 稿子"),
    "cut off": (docx("甲")[:300], "不完整", "重新复制或下载"),
    "nothing": (b"", "空的", "重新复制或下载"),
    "picture": (b"\x89PNG\r\n", "图片", "请指定 .docx"),
}


def refused(data: bytes) -> tuple[str, str, str]:
    """The code, what was found and the advice; the line on the screen has the name once, and no sign doubled."""
    paper, problems = read(data, "甲.docx")
    assert paper is None
    line = line_of(problems[0])
    assert line.count("甲.docx") == 1
    assert "。。" not in line
    assert "后再核" not in line, "the same is told to whoever imports it"
    return problems[0].code, problems[0].message, problems[0].fix


@pytest.mark.parametrize("data", TABLES.values(), ids=TABLES)
def test_a_table_is_told_as_one_and_where_it_belongs(data: bytes) -> None:
    code, found, fix = refused(data)
    assert code == TABLE
    assert "不是 Word 文档" in found
    assert "核的是稿子" in fix
    assert "直接拖到“生成通报”图标上" in fix
    assert "Word" not in fix


@pytest.mark.parametrize(("data", "told"), PAPERS.values(), ids=PAPERS)
def test_a_paper_of_another_format_is_to_be_saved_as_docx(data: bytes, told: str) -> None:
    code, found, fix = refused(data)
    assert code != TABLE
    assert told in found
    assert "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”后再试" in fix


@pytest.mark.parametrize(("data", "told", "advice"), OTHERS.values(), ids=OTHERS)
def test_what_word_cannot_open_is_not_to_be_opened_in_word(data: bytes, told: str, advice: str) -> None:
    _, found, fix = refused(data)
    assert told in found
    assert advice in fix


@pytest.mark.parametrize("streams", [("Workbook",), ("WordDocument", "EncryptedPackage"), ("PowerPoint Document",)])
def test_what_is_no_old_paper_is_not_given_to_another_program(streams, monkeypatch) -> None:
    monkeypatch.setattr("tongbao.word.foreign.converted", lambda *_: b"never")
    data = compound(*streams) + "WordDocument".encode("utf-16-le")  # as an object inside is called
    assert as_docx(data, "甲.doc") == (data, [])


def test_a_package_whose_document_lies_elsewhere_is_a_paper() -> None:
    with zipfile.ZipFile(io.BytesIO(docx("关于决策事项的通报"))) as old:
        parts = {part.filename: old.read(part) for part in old.infolist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            content = content.replace(b"word/", b"paper/") if name.endswith((".rels", "Types].xml")) else content
            new.writestr(name.replace("word/", "paper/"), content)
    paper, problems = read(out.getvalue(), "甲.docx")
    assert problems == []
    assert paper is not None
    assert paper.paragraphs[0].text == "关于决策事项的通报"
