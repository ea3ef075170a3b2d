"""More forms of the tables of other programs: pages of other programs, archives, XML and texts with oddities."""

from __future__ import annotations

import io
import zipfile

from tests.support.foreign import PLAIN, Foreign, lines, mht, page, table, xml_book, xml_rows


def z(**parts: bytes) -> bytes:
    """A zip file with these parts; `__` stands for a folder's slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


MORE = {
    "lo html sdval": Foreign(
        "a.xls",
        page(
            '<table><tr><td>序号</td><td>日期</td></tr><tr><td sdval="1" sdnum="1033;">1</td><td sdval="44681" sdnum="2052;2052;YYYY/M/D">2022/4/30</td></tr></table>'
        ).encode(),
        [[["序号", "日期"], ["1", "2022年4月30日"]]],
    ),
    "xhtml decl": Foreign(
        "b.xls",
        (
            '<?xml version="1.0" encoding="GBK"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
            + page(table())
        ).encode("gbk"),
        [PLAIN],
    ),
    "starts with tr": Foreign(
        "c.xls",
        ("<tr><td>序号</td><td>事项</td></tr><tr><td>1</td><td>修路</td></tr>").encode("gbk"),
        [[["序号", "事项"], ["1", "修路"]]],
    ),
    "starts with comment and script": Foreign(
        "d.xls", ("<!-- x --><script>var a='<table>';</script>" + table()).encode("gbk"), [PLAIN]
    ),
    "starts with meta/center/p": Foreign(
        "e.xls", ("<center><b>台账</b></center>" + table()).encode("gbk"), [[["台账", "", "", ""], *PLAIN]]
    ),
    "p first": Foreign("f.xls", ("<p>台账</p>" + table()).encode("gbk"), [[["台账", "", "", ""], *PLAIN]]),
    "data cell with inner table": Foreign(
        "h.xls",
        page(
            "<table><tr><td>序号<td>事项<td>备注</tr><tr><td>1<td>修<table><tr><td>甲</td><td>乙</td></tr></table><td>完成</tr><tr><td>2<td>架桥<td>正常</tr></table>"
        ).encode(),
        [[["序号", "事项", "备注"], ["1", "修\n甲 乙", "完成"], ["2", "架桥", "正常"]]],
    ),
    "class hidden column": Foreign(
        "i.xls",
        page(
            "<table><tr><td>序号<td class='h x'>id<td>事项</tr><tr><td>1<td class='h'>k<td>修路</tr></table>",
            "<style type='text/css'>td.h{display:none}</style>",
        ).encode(),
        [[["序号", "id", "事项"], ["1", "k", "修路"]]],
        hidden_columns=frozenset({2}),
    ),
    "hidden div table": Foreign(
        "j.xls",
        page("<div style='display:none'><table><tr><td>模板</td><td>x</td></tr></table></div>" + table()).encode(),
        [PLAIN],
    ),
    "font in td big": Foreign(
        "k.xls",
        page(
            "<table><tr><td><div>序号</div></td><td><span>事<span>项</span></span></td></tr><tr><td><p align=center>1</p></td><td>修路<br><br>架桥</td></tr></table>"
        ).encode(),
        [[["序号", "事项"], ["1", "修路\n\n架桥"]]],
    ),
    "u+00a0 nbsp raw": Foreign(
        "l.xls",
        page(table([["序号", "事项"], ["\xa01\xa0", "修\xa0路"]])).encode(),
        [[["序号", "事项"], ["1", "修 路"]]],
    ),
    "radio list": Foreign(
        "m.xls",
        page(
            "<table><tr><td>序号<td>状态<tr><td>1<td><input type=checkbox checked>完成<input type=checkbox>滞后</table>"
        ).encode(),
        [[["序号", "状态"], ["1", "√完成滞后"]]],
    ),
    "select without selected": Foreign(
        "n.xls",
        page("<table><tr><td>序号<td>状态<tr><td>1<td><select><option>正常<option>完成</select></table>").encode(),
        [[["序号", "状态"], ["1", "正常"]]],
    ),
    "mht lf only": Foreign("o.xls", mht(("b.htm", "base64", page(table())), line="\n"), [PLAIN]),
    "mht html body after plain": Foreign(
        "p.mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page(table()).encode()
        + b"\r\n--x--",
        [PLAIN],
    ),
    "mht nested": Foreign(
        "q.mht",
        b'From: a\r\nSubject: x\r\nContent-Type: multipart/related; type="text/html";\r\n boundary="y"\r\nMIME-Version: 1.0\r\n\r\n--y\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        + page(table()).encode("gbk")
        + b"\r\n--x--\r\n--y--",
        [PLAIN],
    ),
    "mht no final boundary": Foreign(
        "r.mht", mht(("b.htm", "quoted-printable", page(table()))).rsplit(b"------=", 1)[0], [PLAIN]
    ),
    "xml prefix": Foreign(
        "s.xls",
        xml_book(xml_rows(PLAIN)).replace(b"<Workbook", b"<ss:Workbook").replace(b"</Workbook", b"</ss:Workbook"),
        [PLAIN],
    ),
    "xml cp936": Foreign(
        "t.xls",
        xml_book(xml_rows(PLAIN)).decode().replace('encoding="UTF-8"', 'encoding="gb2312"').encode("gb18030"),
        [PLAIN],
    ),
    "xml wrong word": Foreign(
        "u.xls", xml_book(xml_rows(PLAIN)).decode().replace('encoding="UTF-8"', 'encoding="gb2312"').encode(), [PLAIN]
    ),
    "xml utf16": Foreign(
        "v.xls",
        xml_book(xml_rows(PLAIN)).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
        [PLAIN],
    ),
    "xml cut": Foreign("w.xls", xml_book(xml_rows(PLAIN))[:-60], code="file_damaged"),
    "csv quoted all": Foreign(
        "x.csv",
        '"序号","事项","责任单位","备注"\r\n"1","修路","县交通局","完成"\r\n"2","架桥","县水利局",""\r\n'.encode(
            "utf-8-sig"
        ),
        [PLAIN],
    ),
    "csv pipe": Foreign("y.csv", lines(separator="|").encode(), [PLAIN]),
    "csv title first": Foreign(
        "z.csv",
        ("云溪县台账\r\n填报单位：县府办，2022年2月\r\n" + lines()).encode("gbk"),
        [[["云溪县台账", "", "", ""], ["填报单位：县府办，2022年2月", "", "", ""], *PLAIN]],
    ),
    "csv cr only": Foreign("aa.csv", lines(end="\r").encode("gbk"), [PLAIN]),
    "csv nul between": Foreign("ab.csv", lines([[v + "\0" * 4 for v in r] for r in PLAIN]).encode("gbk"), [PLAIN]),
    "csv fullwidth comma": Foreign("ac.csv", lines(separator="，").encode("gbk"), [PLAIN]),
    "csv tabs and ; heavy": Foreign(
        "ad.txt",
        "序号\t事项\t单位\n1\t甲;乙;丙;丁\t甲局;乙局\n2\t甲;乙\t丙局;丁局\n".encode("gbk"),
        [[["序号", "事项", "单位"], ["1", "甲;乙;丙;丁", "甲局;乙局"], ["2", "甲;乙", "丙局;丁局"]]],
    ),
    "csv unquoted inner quotes": Foreign(
        "ae.csv",
        '序号,事项,备注\n1,"两山"转化,完成\n2,推进"一网通办",正常\n'.encode(),
        [[["序号", "事项", "备注"], ["1", "两山转化", "完成"], ["2", '推进"一网通办"', "正常"]]],
    ),
    "csv quote unbalanced": Foreign(
        "af.csv",
        '序号,事项,备注\n1,"修路,完成\n2,架桥,正常\n3,挖渠,正常\n'.encode(),
        [[["序号", "事项", "备注"], ["1", '"修路', "完成"], ["2", "架桥", "正常"], ["3", "挖渠", "正常"]]],
    ),
    "csv utf16le bom + tabs": Foreign(
        "ah.xls", b"\xff\xfe" + lines(separator="\t").encode("utf-16-le") + b"\0\0", [PLAIN]
    ),
    "zip with book": Foreign("ai.xlsx", z(**{"台账.xlsx": b"x"}), code="file_zipped"),
    "numbers": Foreign("aj.numbers", z(**{"Index__Document.iwa": b"x"}), code="file_iwork"),
    "icloud": Foreign("ak.icloud", b"bplist00xx", code="file_unfinished"),
    "spaces only": Foreign("al.csv", b"   \r\n  ", [[]]),
    "html login": Foreign(
        "am.xls",
        page(
            "<form><table><tr><td>用户名</td><td><input name=u></td></tr><tr><td>密码</td><td><input type=password></td></tr></table></form>"
        ).encode(),
        code="file_html",
    ),
    "csv cut inside a character": Foreign(
        "an.csv", lines().encode()[:-20].rsplit("局".encode(), 1)[0] + "局".encode()[:2], code="file_damaged"
    ),
}
