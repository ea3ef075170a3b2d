"""Tables in the formats of other programs, made on the spot, each with the grid that a person sees in it."""

from __future__ import annotations

import base64
import quopri
from dataclasses import dataclass, field

from tongbao.excel import sheets
from tongbao.excel.grid import Sheet
from tongbao.excel.values import text_of

Rows = list[list[str]]
HEADER = ["序号", "事项", "责任单位", "备注"]
PLAIN: Rows = [HEADER, ["1", "修路", "县交通局", "完成"], ["2", "架桥", "县水利局", ""]]


@dataclass(frozen=True)
class Foreign:
    """The bytes of a file, its name, and what is right: the texts of its sheets, merged ranges, what is hidden, struck.

    `code` is the reason told where nothing can be read."""

    file: str
    data: bytes
    sheets: list[Rows] = field(default_factory=list)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    code: str = ""


# ---------------------------------------------------------------------------------------------- web pages


def table(rows: Rows = PLAIN, cell: str = "td") -> str:
    """The rows as a table of a web page."""
    return (
        "<table border=1>"
        + "".join(f"<tr>{''.join(f'<{cell}>{v}</{cell}>' for v in r)}</tr>" for r in rows)
        + "</table>"
    )


def page(body: str, head: str = "") -> str:
    """A web page as Excel saves it."""
    names = 'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40"'
    return f"<html {names}><head>{head}</head><body>{body}</body></html>"


def meta(charset: str) -> str:
    return f'<meta http-equiv=Content-Type content="text/html; charset={charset}">'


STYLE = """<style><!--
.xl65 {mso-number-format:"\\@";}
.xl66 {mso-number-format:"yyyy\\0022年\\0022m\\0022月\\0022d\\0022日\\0022"; text-decoration:line-through}
.xl67 {mso-number-format:"0%";}
--></style><script>if (a < b) document.write("<td>错</td>")</script>"""

PAGES = {
    "merged, with line breaks and hard spaces": Foreign(
        "a.xls",
        page(
            "<!-- <tr><td>注释里的不算</td></tr> --><table><tr><td colspan=4 align=center>台账&nbsp;</td></tr>"
            "<tr><th>序号</th><th>事项</th><th>责任<br>单位</th><th>备&nbsp;注</th></tr>"
            "<tr><td>1</td><td>修路<br/>架桥</td><td rowspan=2>县交通局</td><td>&nbsp;</td></tr>"
            "<tr><td>2</td><td>A&amp;B &lt;三期&gt;</td><td>完成</td></tr></table>",
            meta("gb2312"),
        ).encode("gbk"),
        [
            [
                ["台账", "", "", ""],
                ["序号", "事项", "责任\n单位", "备 注"],
                ["1", "修路\n架桥", "县交通局", ""],
                ["2", "A&B <三期>", "", "完成"],
            ]
        ],
        merges=((1, 1, 1, 4), (3, 3, 4, 3)),
    ),
    "numbers and texts as Excel notes them": Foreign(
        "b.xls",
        page(
            "<table><tr><td>序号<td>编号<td>日期<td>率<td>数"
            '<tr><td x:num>1<td class=xl65>001<td class=xl66 x:num="44681">2022年4月30日<td class=xl67 x:num="0.85">85%'
            '<td x:num="1234.5">1,234.50</tr>'
            '<tr><td x:num>2</td><td x:str>002</td><td></td><td x:str="\'15%">15%</td><td x:num="7"> 7 </td></tr></table>',
            STYLE,
        ).encode("utf-8"),
        [
            [
                ["序号", "编号", "日期", "率", "数"],
                ["1", "001", "", "85%", "1,234.50"],
                ["2", "002", "", "15%", "7"],
            ]
        ],
        struck=frozenset({(2, 3)}),
    ),
    "gbk without a word of it": Foreign("c.xls", page(table()).encode("gbk"), [PLAIN]),
    "utf-8 with a wrong word": Foreign("d.xls", page(table(), meta("gb2312")).encode("utf-8"), [PLAIN]),
    "utf-8 with its mark, upper case, no ends": Foreign(
        "e.xls",
        (
            "\ufeff<HTML><BODY><TABLE><TR><TH>序号<TH>事项<TH>备注<TR><TD>1<TD><FONT color=red>修<B>路</B><TD>完成"
            "<TR><TD>2<TD><P>架桥<P>通车<TD>正常</TABLE>"
        ).encode(),
        [[["序号", "事项", "备注"], ["1", "修路", "完成"], ["2", "架桥\n通车", "正常"]]],
    ),
    "hidden columns and rows, struck words": Foreign(
        "f.xls",
        page(
            "<table><col><col style='display:none'><col span=2><tr><td>序号</td><td>内部号</td><td>事项</td><td>备注</td></tr>"
            '<tr style="display: none"><td>1</td><td>k1</td><td>修路</td><td>完成</td></tr>'
            "<tr><td>2</td><td>k2</td><td><s>架桥</s></td><td>正常</td></tr>"
            "<tr><td>3</td><td>k3</td><td>挖渠<del>一期</del></td><td style='text-decoration:line-through'>完成</td></tr></table>"
        ).encode("gb18030"),
        [
            [
                ["序号", "内部号", "事项", "备注"],
                ["1", "k1", "修路", "完成"],
                ["2", "k2", "", "正常"],
                ["3", "k3", "挖渠", ""],
            ]
        ],
        hidden_rows=frozenset({2}),
        hidden_columns=frozenset({2}),
        struck=frozenset({(3, 3), (4, 3), (4, 4)}),
    ),
    "a layout table around title, table and signature": Foreign(
        "g.xls",
        page(
            "<table width=100%><tr><td><div>云溪县事项台账</div></td></tr><tr><td>"
            + table()
            + "</td></tr><tr><td>填表人：张三</td></tr></table>"
        ).encode(),
        [[["云溪县事项台账", "", "", ""], *PLAIN, ["填表人：张三", "", "", ""]]],
    ),
    "the header in a table of its own": Foreign(
        "h.xls",
        page(f"<div>{table([HEADER], 'th')}</div><div style='overflow:auto'>{table(PLAIN[1:])}</div>").encode("utf-16"),
        [PLAIN],
    ),
    "two tables of different shape": Foreign(
        "i.html",
        page(table() + "<p>统计</p>" + table([["状态", "件数"], ["完成", "1"]])).encode(),
        [PLAIN, [["统计", ""], ["状态", "件数"], ["完成", "1"]]],
    ),
    "a form: fields, lists of choices, hidden cells in the body alone": Foreign(
        "j.xls",
        page(
            "<form><table><thead><tr><th>序号</th><th>事项</th><th>备注</th></tr></thead><tbody>"
            "<tr><td style='display:none'>guid-1</td><td>1</td><td><input type=text value='修路'><input type=hidden value='x'></td>"
            "<td><select><option>正常</option><option selected>完成</option></select></td></tr>"
            "<tr><td style='display:none'>guid-2</td><td>2</td><td><textarea>架桥</textarea></td><td><a href='#'>正常</a></td></tr>"
            "</tbody></table></form>"
        ).encode(),
        [[["序号", "事项", "备注"], ["1", "修路", "完成"], ["2", "架桥", "正常"]]],
    ),
    "a frame whose sheets lie in another folder": Foreign(
        "k.xls",
        (
            "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><link rel=File-List href='台账.files/filelist.xml'>"
            "</head><frameset rows='*,39'><frame src='台账.files/sheet001.htm'><frame src='台账.files/tabstrip.htm'></frameset></html>"
        ).encode("gbk"),
        code="file_frames",
    ),
    "a page without a table": Foreign("l.xls", page("<p>登录超时，请重新登录</p>").encode(), code="file_html"),
}

# ---------------------------------------------------------------------------------------------- pages in one file


def mht(*parts: tuple[str, str, str], boundary: str = "----=_NextPart_01", line: str = "\r\n") -> bytes:
    """A web archive: (place, encoding of the transfer, text in its charset `gb2312`) of its parts."""
    out = [
        "MIME-Version: 1.0",
        "X-Document-Type: Workbook",
        f'Content-Type: multipart/related; boundary="{boundary}"',
        "",
    ]
    out += ["本文档为“单个文件网页”".encode("gbk").decode("latin-1"), ""]
    for place, transfer, text in parts:
        raw = text.encode("gbk")
        body = {
            "base64": lambda raw=raw: base64.encodebytes(raw).decode(),
            "quoted-printable": lambda raw=raw: quopri.encodestring(raw).decode(),
            "8bit": lambda raw=raw: raw.decode("latin-1"),
        }[transfer]()
        kind = "text/html" if place.endswith(("htm", "html")) else "text/xml"
        out += [f"--{boundary}", f"Content-Location: file:///C:/1/{place}", f"Content-Transfer-Encoding: {transfer}"]
        out += [f'Content-Type: {kind}; charset="gb2312"', "", body, ""]
    return line.join([*out, f"--{boundary}--", ""]).encode("latin-1")


FRAMES = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
    "<x:ExcelWorksheet><x:Name>台账</x:Name><x:WorksheetSource HRef='b.files/sheet001.htm'/></x:ExcelWorksheet>"
    "<x:ExcelWorksheet><x:Name>销号</x:Name><x:WorksheetSource HRef='b.files/sheet002.htm'/></x:ExcelWorksheet>"
    "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><frameset><frame src='b.files/sheet001.htm'></frameset></html>"
)
TABS = page("<table><tr><td>台账</td><td>销号</td></tr></table>")
SECOND: Rows = [["序号", "事项"], ["9", "建校"]]

ARCHIVES = {
    "one part in base64": Foreign("a.mht", mht(("b.htm", "base64", page(table()))), [PLAIN]),
    "one part, quoted": Foreign("b.xls", mht(("b.htm", "quoted-printable", page(table()))), [PLAIN]),
    "a book of two sheets": Foreign(
        "c.xls",
        mht(
            ("b.htm", "quoted-printable", FRAMES),
            ("b.files/sheet001.htm", "quoted-printable", page(table())),
            ("b.files/sheet002.htm", "base64", page(table(SECOND))),
            ("b.files/tabstrip.htm", "quoted-printable", TABS),
            ("b.files/filelist.xml", "quoted-printable", "<xml/>"),
        ),
        [PLAIN, SECOND],
    ),
    "bare bytes under a word that is not true": Foreign(
        "d.mhtml", b"\r\n" + mht(("b.htm", "8bit", page(table(), meta("utf-8"))), line="\n"), [PLAIN]
    ),
    "a single part": Foreign(
        "e.mht",
        b'From: <saved>\r\nSubject: =?gb2312?B?xMY=?=\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset="utf-8"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page(table()).encode()),
        [PLAIN],
    ),
}

# ---------------------------------------------------------------------------------------------- tables in XML


def xml_book(*sheets: str, styles: str = "", encoding: str = "UTF-8", doctype: str = "") -> bytes:
    """A workbook of Excel 2003 in XML; `sheets` are the insides of its tables."""
    inner = "".join(f'<Worksheet ss:Name="表{n}"><Table>{rows}</Table></Worksheet>' for n, rows in enumerate(sheets, 1))
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:html="http://www.w3.org/TR/REC-html40"><Styles>{styles}</Styles>{inner}</Workbook>'
    )
    return text.encode(encoding)


def xml_cell(text: str, type: str = "String", more: str = "") -> str:
    return f'<Cell{more.replace(chr(96), chr(34))}><Data ss:Type="{type}">{text}</Data></Cell>'


def xml_rows(rows: Rows) -> str:
    return "".join(f"<Row>{''.join(map(xml_cell, row))}</Row>" for row in rows)


XML_STYLES = (
    '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="t" ss:Parent="s"><NumberFormat ss:Format="@"/></Style>'
)
FODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
    '<table:table table:name="台账"><table:table-row><table:table-cell office:value-type="string"><text:p>序号</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>事项</text:p></table:table-cell></table:table-row><table:table-row>'
    '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>修路</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document>"
)

XML = {
    "places, merged cells": Foreign(
        "a.xls",
        xml_book(
            f"<Row>{xml_cell('台账', more=' ss:MergeAcross=`2`')}</Row>"
            f'<Row ss:Index="3">{xml_cell("序号")}{xml_cell("事项")}{xml_cell("备注")}</Row>'
            f"<Row>{xml_cell('1', 'Number', ' ss:MergeDown=`1`')}{xml_cell('修路')}{xml_cell('完成')}</Row>"
            f"<Row>{xml_cell('架桥', more=' ss:Index=`2`')}</Row>"
        ),
        [[["台账", "", ""], ["", "", ""], ["序号", "事项", "备注"], ["1", "修路", "完成"], ["", "架桥", ""]]],
        merges=((1, 1, 1, 3), (4, 1, 5, 1)),
    ),
    "types and styles": Foreign(
        "b.xml",
        xml_book(
            f'<Column ss:Width="20"/><Column ss:Hidden="1" ss:Span="1"/><Row>{"".join(map(xml_cell, ["序号", "编号", "时限", "率", "事项", "真"]))}</Row>'
            f'<Row ss:Hidden="1">{xml_cell("1", "Number")}{xml_cell("001", more=" ss:StyleID=`t`")}'
            f"{xml_cell('2022-04-30T00:00:00.000', 'DateTime', ' ss:StyleID=`d`')}{xml_cell('0.85', 'Number')}"
            f"{xml_cell('修路&#10;架桥', more=' ss:StyleID=`s`')}{xml_cell('1', 'Boolean')}</Row>",
            styles=XML_STYLES,
        ),
        [[["序号", "编号", "时限", "率", "事项", "真"], ["1", "", "2022年4月30日", "0.85", "", "TRUE"]]],
        hidden_rows=frozenset({2}),
        hidden_columns=frozenset({2, 3}),
        struck=frozenset({(2, 2), (2, 5)}),
    ),
    "two sheets in gb2312": Foreign(
        "c.xls", xml_book(xml_rows(PLAIN), xml_rows(SECOND), encoding="gb2312"), [PLAIN, SECOND]
    ),
    "styled words, a comment, an error": Foreign(
        "d.xls",
        xml_book(
            f"<Row>{xml_cell('序号')}{xml_cell('事项')}</Row><Row><Cell><Data ss:Type='Error'>#REF!</Data></Cell>"
            '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">修<B>大</B><S>路</S></ss:Data>'
            '<Comment ss:Author="张"><ss:Data xmlns="http://www.w3.org/TR/REC-html40">张三：不算</ss:Data></Comment></Cell></Row>'
        ),
        [[["序号", "事项"], ["#REF!", "修大"]]],
        struck=frozenset({(2, 2)}),
    ),
    "entities": Foreign(
        "e.xls",
        xml_book("<Row/>", doctype='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'),
        code="file_entities",
    ),
    "a flat open document": Foreign("f.fods", FODS.encode(), [[["序号", "事项"], ["1", "修路"]]]),
    "some other XML": Foreign("g.xls", b'<?xml version="1.0"?><rows><row>1</row></rows>', code="file_xml"),
}

# ---------------------------------------------------------------------------------------------- texts


def lines(rows: Rows = PLAIN, separator: str = ",", end: str = "\r\n") -> str:
    return end.join(separator.join(row) for row in rows) + end


TEXTS = {
    "a tab behind each value": Foreign("a.csv", lines([[v + "\t" for v in r] for r in PLAIN]).encode("gbk"), [PLAIN]),
    "blanks behind each value": Foreign("b.csv", lines([[v + "  " for v in r] for r in PLAIN]).encode(), [PLAIN]),
    "ids kept by a formula": Foreign(
        "c.csv",
        '编号,事项,备注\r\n="001",修路,完成\r\n"=""002""",架桥,正常\r\n'.encode("gbk"),
        [[["编号", "事项", "备注"], ["001", "修路", "完成"], ["002", "架桥", "正常"]]],
    ),
    "utf-16 little, no mark": Foreign("d.txt", lines(separator="\t").encode("utf-16-le"), [PLAIN]),
    "utf-16 big, no mark": Foreign("e.csv", lines().encode("utf-16-be"), [PLAIN]),
    "utf-16 big with mark": Foreign("f.csv", b"\xfe\xff" + lines(separator="\t").encode("utf-16-be"), [PLAIN]),
    "the separator told": Foreign("g.csv", ("sep=;\r\n" + lines(separator=";")).encode("utf-8-sig"), [PLAIN]),
    "many semicolons in the cells": Foreign(
        "h.csv",
        "序号,事项,备注\n1,修桥；修路；架线；通水,完成\n2,甲；乙；丙；丁；戊,正常\n".encode(),
        [[["序号", "事项", "备注"], ["1", "修桥；修路；架线；通水", "完成"], ["2", "甲；乙；丙；丁；戊", "正常"]]],
    ),
    "many commas in the cells of a table with tabs": Foreign(
        "i.xls",
        '序号\t事项\t备注\r\n1\t修桥,修路,架线,通水\t完成\r\n2\t"甲,\r\n乙"\t正常\r\n'.encode("gbk"),
        [[["序号", "事项", "备注"], ["1", "修桥,修路,架线,通水", "完成"], ["2", "甲,\n乙", "正常"]]],
    ),
    "empty columns and rows at the end": Foreign(
        "j.csv", (lines([[*r, "", "", ""] for r in PLAIN]) + ",,,,,,\r\n" * 3).encode("gb18030"), [PLAIN]
    ),
    "filled up with zero bytes": Foreign("k.csv", lines().encode("gbk") + bytes(512), [PLAIN]),
    "one column": Foreign("l.csv", "事项\r\n修路\r\n架桥\r\n".encode("gbk"), [[["事项"], ["修路"], ["架桥"]]]),
    "two encodings in one file": Foreign(
        "m.csv", lines().encode("gbk") + "3,挖渠整治㙍塘,县水利局,完成\r\n".encode() * 2, code="file_mixed"
    ),
    "no table at all": Foreign("n.csv", "今天开会。\n大家都来。\n".encode(), code="file_other"),
}

# ---------------------------------------------------------------------------------------------- what is no table

OTHERS = {
    "zero bytes alone": Foreign("a.xlsx", bytes(4096), code="file_zeros"),
    "Access": Foreign("c.xls", b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(200), code="file_database"),
    "a shortcut": Foreign(
        "d.lnk",
        b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00F" + bytes(60),
        code="file_shortcut",
    ),
    "a web shortcut": Foreign("e.url", b"[InternetShortcut]\r\nURL=https://example.org/\r\n", code="file_shortcut"),
    "a picture": Foreign("f.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF", code="file_picture"),
}


def seen(case: Foreign) -> Foreign:
    """What is read of the file of a case, in the form of a case: equal to it where all is right."""
    book, problems = sheets.parse(case.data, case.file)
    if book is None:
        assert problems[0].fix
        return Foreign(case.file, case.data, code=problems[0].code)
    first = book.sheets[0]
    marks = first.marks
    grids = [_shown(sheet) for sheet in book.sheets]
    return Foreign(
        case.file, case.data, grids, first.merges, marks.hidden_rows, marks.hidden_columns, frozenset(marks.struck)
    )


def _shown(sheet: Sheet) -> Rows:
    shown = sheet.marks.shown
    return [[shown.get((r, c)) or text_of(v) for c, v in enumerate(row, 1)] for r, row in enumerate(sheet.cells, 1)]
