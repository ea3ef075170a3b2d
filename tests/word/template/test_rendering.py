from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from docxtpl import DocxTemplate
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree

from tests.support.blocks import Column, cell, data_table, each, grid, package, paragraph, row, section, when
from tests.support.paper import (
    FILTERS,
    PROPERTIES,
    W,
    body,
    edited,
    paragraphs,
    parts,
    refused,
    say,
    table,
    text_of,
    tree,
)
from tests.support.trials import tried
from tongbao.model import Refusal
from tongbao.word.gb9704 import LANDSCAPE, PORTRAIT
from tongbao.word.template import (
    ANYTHING,
    Name,
    Printed,
    Properties,
    Traced,
    TracedNumber,
    check_template,
    pack,
    render,
)

ANNEX = data_table([Column("序号", "行.序号", 1), Column("事项", "行.事项", 3)], "行 in 附件")


def rows(*texts: str) -> list[dict[str, str]]:
    return [{"序号": str(n), "事项": text} for n, text in enumerate(texts, 1)]


# ---------------------------------------------------------------------------------------------- text comes out the same

PRINTABLE = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"], exclude_characters="\u2028\u2029"),
        st.sampled_from("&<>\"'{}%#\n\t 　㛃堃喆𠮷😀“”‘’—…·〔〕"),
    ),
    max_size=40,
).filter(lambda text: text not in ("nan", "NaN", "None", "NaT", "<NA>") and "_x000" not in text.lower())


@settings(max_examples=tried(60, 25), deadline=None)
@given(PRINTABLE)
@example("政企&银企 <5% 的“三张清单” {{ 不是标签 }} {% if %} {# #}")
@example("第一行\n第二行\t缩进  两个空格 ")
@example("{_{ }_} {_% %_}")
def test_any_printable_text_comes_out_of_the_file_the_same(text):
    rendered = say(body("{{ 值 }}"), ANNEX, 值=text, 附件=rows(text))
    assert paragraphs(rendered) == ([text] if text else [])
    assert table(rendered)[1] == ["1", text]


def test_text_in_a_page_footer_comes_out_the_same():
    template = edited(package(body("正文")), "word/footer1.xml", "<w:t>1</w:t>", "<w:t>{{ 单位 }}</w:t>")
    rendered = say(template=template, 单位="云溪县<督查>&室\n二科")
    assert "云溪县<督查>&室\n二科" in text_of(tree(rendered, "word/footer1.xml"))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲_x000D_\n乙", "甲\n乙"),
        ("响\x07铃\x0c换\x0b页\x00", "响铃换页"),
        ("甲\u2028乙", "甲\n乙"),
        ("甲\ufdd0乙\ufdd2\uffff", "甲乙"),
    ],
)
def test_characters_that_no_paper_can_hold_are_dropped(typed, printed):
    assert paragraphs(say(body("{{ 值 }}"), 值=typed)) == [printed]


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), 66.66666666666666, 1.0, True, Decimal("1E+3"), date(2022, 2, 7), datetime(2022, 2, 7), "nan",
     "None", ["甲", "乙"], {"甲": 1}, object()],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_not_formatted_is_refused_with_its_paragraph(value):
    messages = refused(body("截至目前完成{{ 值 }}项"), 值=value)
    assert len(messages) == 1
    assert messages[0].startswith("“截至目前完成{{ 值 }}项”一段：")


def test_a_value_that_cannot_be_printed_is_also_found_in_the_annex():
    assert "“{{ 行.事项 }}”一段：这里会印出未整理的值 None" in refused(ANNEX, 附件=[{"序号": "1", "事项": None}])


def test_half_a_character_is_refused():
    assert "残缺字符" in refused(body("{{ 值 }}"), 值="坏\ud800字")[0]


def test_all_missing_names_are_told_in_one_run():
    messages = refused(
        body("截至{{ 本期.日其 }}共{{ 总数量 }}项{% if 滞后数 %}，其中{% endif %}"),
        each("项 in 清单", body("{{ 项 }}")),
        ANNEX,
        本期={"日期": "2月7日"},
        附件=[{"序号": "1"}],
    )
    for name in ("日其", "总数量", "滞后数", "清单", "事项"):
        assert any(f"没有“{name}”这个名称" in message for message in messages)


def test_a_key_is_found_even_if_mappings_have_a_method_of_its_name():
    assert paragraphs(say(body("{{ 计.items }}{{ 计.count }}"), 计={"items": "甲", "count": "乙"})) == ["甲乙"]
    assert "没有“items”" in refused(body("{{ 计.items }}"), 计={})[0]


def test_nothing_of_the_program_can_be_reached_from_a_template():
    assert refused(body("{{ 值.__class__ }}"), 值="甲")
    assert refused(body("{{ cycler }}"), 值="甲")
    assert "没有“safe”这个过滤器" in refused(body("{{ 值|safe }}"), 值="<b")[0]


# ---------------------------------------------------------------------------------------------- traces


def test_the_place_of_every_traced_value_is_recorded():
    rendered = say(
        body("截至{{ 日期 }}，累计{{ 总数 }}项，新增{{ 新增 }}。"),
        日期="2022年2月7日",
        总数=TracedNumber(92, "总数.数"),
        新增=Traced("甲、\n乙&丙", "新增|简称"),
    )
    assert rendered.printed == (
        Printed(0, "截至2022年2月7日，累计92项，新增甲、\n乙&丙。", ((14, 16, "总数.数"), (20, 26, "新增|简称"))),
    )


def test_marks_of_traces_are_in_no_part_of_the_file():
    template = edited(package(body("{{ 值 }}"), ANNEX), "word/footer1.xml", "<w:t>1</w:t>", "<w:t>{{ 值 }}</w:t>")
    value = Traced("甲\ufdd0\ufdd1乙", "键")
    rendered = say(template=template, 值=value, 附件=[{"序号": value, "事项": value}])
    assert paragraphs(rendered) == ["甲乙"]
    assert table(rendered)[1] == ["甲乙", "甲乙"]
    assert not any(mark in data.decode() for data in parts(rendered.data).values() for mark in "\ufdd0\ufdd1\ufdd2")


def test_a_traced_zero_drops_its_clause():
    clause = body("共9项{% if 滞后 %}，滞后{{ 滞后 }}项{% endif %}。")
    assert paragraphs(say(clause, 滞后=TracedNumber(0, "滞后"))) == ["共9项。"]
    assert paragraphs(say(clause, 滞后=Traced("0", "滞后"))) == ["共9项。"]
    assert paragraphs(say(clause, 滞后=TracedNumber(2, "滞后"))) == ["共9项，滞后2项。"]


def test_paragraphs_are_numbered_as_they_stand_in_the_file():
    rendered = say(when("有", body("{{ 有 }}")), body(""), ANNEX, body("末段"), 有="首段", 附件=[])
    assert [(p.paragraph, p.text) for p in rendered.printed] == [(0, "首段"), (2, "末段")]


# ---------------------------------------------------------------------------------------------- streamed rows

MERGED = data_table(
    [
        Column("序号", "行.序号", 1),
        Column("名称", "行.名称", 2, merge="行.名称"),
        Column("事项", "行.事项", 5),
    ],
    "行 in 附件.行",
    "行.分节",
)
PLAIN = data_table(
    [Column("序号", "行.序号", 1), Column("名称", "行.名称", 2), Column("事项", "行.事项", 5)],
    "行 in 附件.行",
    "行.分节",
)


def annex(count: int) -> dict[str, object]:
    made: list[dict[str, object]] = []
    for n in range(1, count + 1):
        if n % 7 == 1:
            made.append({"分节": f"第{n // 7 + 1}次会议决策事项"})
        merge = {2: "起", 3: "续"}.get(n % 5, "")
        task = f"第{n}项 & <清水河>\n治理"
        made.append({"分节": "", "序号": str(n), "名称": f"工程{n // 5}", "事项": task, "纵并": {"名称": merge}})
    return {"标题": "台账", "行": made}


def canonical(data: bytes) -> bytes:
    return etree.tostring(etree.fromstring(data, etree.XMLParser(huge_tree=True)), method="c14n")


@pytest.mark.parametrize("count", [0, 1, 37, 2000])
def test_streamed_rows_are_what_docxtpl_itself_would_print(count):
    template = package(body("前文"), when("附件", PLAIN), section(LANDSCAPE), body("后文"))
    alone = DocxTemplate(io.BytesIO(template))
    alone.render({"附件": annex(count)}, Environment(autoescape=True))
    buffer = io.BytesIO()
    alone.save(buffer)
    ours = parts(say(template=template, 附件=annex(count)).data)["word/document.xml"]
    assert canonical(ours) == canonical(parts(buffer.getvalue())["word/document.xml"])


def test_merged_cells_are_the_same_streamed_or_not(monkeypatch):
    template = package(MERGED)
    streamed = say(template=template, 附件=annex(37))
    monkeypatch.setattr("tongbao.word.template.engine.cut_row_loops", lambda xml, env: (xml, []))
    whole = say(template=template, 附件=annex(37))
    assert canonical(parts(streamed.data)["word/document.xml"]) == canonical(parts(whole.data)["word/document.xml"])


def test_cells_are_merged_downwards_as_the_rows_say():
    made = tree(say(MERGED, 附件=annex(4)))
    cells = [list(r.iter(f"{W}tc")) for r in made.iter(f"{W}tr")][2:]
    merges = [[m.get(f"{W}val") for m in r[1].iter(f"{W}vMerge")] for r in cells]
    assert merges == [[], ["restart"], ["continue"], []]
    assert [text_of(r[1]) for r in cells] == ["工程0", "工程0", "", "工程0"]
    assert all(c[-1].tag == f"{W}p" for r in cells for c in r)


def test_an_annex_without_rows_keeps_its_header():
    assert table(say(ANNEX, 附件=[])) == [["序号", "事项"]]


def test_an_annex_under_a_false_condition_leaves_no_trace():
    rendered = say(body("正文"), when("附件", ANNEX), 附件=None)
    assert "w:tbl" not in parts(rendered.data)["word/document.xml"].decode()


def test_a_template_that_sets_names_prints_the_same_rows():
    rendered = say(
        body("{% set 单位 = '督查室' %}"), data_table([Column("单位", "单位", 1)], "行 in 附件"), 附件=rows("甲")
    )
    assert table(rendered) == [["单位"], ["督查室"]]


def test_equal_input_gives_equal_bytes():
    template = package(body("{{ 值 }}"), ANNEX)
    first, second = (say(template=template, 值="甲", 附件=rows("甲", "乙")).data for _ in range(2))
    assert first == second


# ---------------------------------------------------------------------------------------------- mistakes of templates

TABLE = grid([4422, 4422], "", "{}")


def cells(*texts: str) -> str:
    return row(*(cell(4422, paragraph("表格文字", text)) for text in texts))


MISTAKES = {
    "full-width braces": ([body("共｛｛ 总数 ｝｝项")], "“｛”不成标签"),
    "half of the braces": ([body("共{{ 总数 }项")], "不成标签"),
    "full-width percent": ([body("{％ if 总数 %}")], "不成标签"),
    "a tag over two paragraphs": ([body("共{{ 总"), body("数 }}项")], "不成标签"),
    "full-width brackets in a tag": ([body("{{ 总数（项） }}")], "不能用的字符“（”"),
    "a space before the prefix": ([body("{% p if 总数 %}"), body("{%p endif %}")], "空格写错了"),
    "no space after the prefix": ([body("{%pif 总数 %}"), body("{%p endif %}")], "空格写错了"),
    "a run tag": ([body("{{r 总数 }}")], "会使文字印不出来"),
    "an ampersand in a tag": ([body("{{ '甲&乙' }}")], "会印成乱码"),
    "text beside a paragraph tag": ([body("其中{%p if 总数 %}"), body("甲"), body("{%p endif %}")], "会被删掉"),
    "two paragraph tags in one": ([body("{%p if 总数 %}{%p endif %}")], "两个“{%p”标签"),
    "text beside a row tag": (
        [TABLE.format(cells("甲", "乙") + cells("{%tr for 行 in 附件 %}", "{{ 总数 }}") + cells("{%tr endfor %}", ""))],
        "会被删掉",
    ),
    "loop and end in one row": (
        [TABLE.format(cells("甲", "乙") + cells("{%tr for 行 in 附件 %}", "{%tr endfor %}"))],
        "两个“{%tr”标签",
    ),
    "different prefixes": ([body("{%p if 总数 %}"), body("甲"), body("乙{% endif %}")], "没有对齐"),
    "a loop over cells without prefix": (
        [TABLE.format(cells("甲", "乙") + cells("{% for 行 in 附件 %}", "{{ 行 }}") + cells("{%tr endfor %}", ""))],
        "没有对齐",
    ),
    "a condition without end": ([body("共{% if 总数 %}项")], "没有结束"),
    "an end without condition": ([body("共{% endif %}项")], "不认识的标签“endif”"),
    "an unknown tag": ([body("{% 如果 总数 %}")], "不认识的标签“如果”"),
    "an unknown filter": ([body("{{ 总数|大写 }}")], "没有“大写”这个过滤器"),
    "our merge tag outside a table": ([body("{% 纵并 行.名称 %}")], "只能写在表格的单元格里"),
    "a table that can lose all rows": (
        [TABLE.format(cells("{%tr for 行 in 附件 %}", "") + cells("{{ 行 }}", "") + cells("{%tr endfor %}", ""))],
        "可能一行不剩",
    ),
    "a cell that can lose all paragraphs": (
        [TABLE.format(row(cell(4422, when("总数", body("甲"))), cell(4422, body("乙"))))],
        "可能一段不剩",
    ),
    "a table without column widths": (
        [TABLE.format(cells("甲", "乙")).replace('<w:tblGrid><w:gridCol w:w="4422"/><w:gridCol w:w="4422"/></w:tblGrid>', "")],
        "没有列宽记录",
    ),
    "a section break in a condition": ([when("总数", body("甲"), section(PORTRAIT))], "纸张方向会错"),
    "a section break in the paragraph of a tag": (
        [paragraph("公文正文", "{%p if 总数 %}", extra="<w:sectPr/>"), body("甲"), body("{%p endif %}")],
        "分节符，会一起丢掉",
    ),
    "tracked changes": ([body("甲").replace("<w:r>", '<w:ins w:id="1"><w:r>').replace("</w:r>", "</w:r></w:ins>")], "修订痕迹"),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_a_template_are_told(blocks, message):
    found = check_template(package(*blocks), {"总数": Name(), "附件": Name(items=ANYTHING)}, FILTERS, "circular.docx")
    assert any(message in problem.message for problem in found), [p.message for p in found]
    assert all(problem.fix for problem in found)
    assert any(message in m for m in refused(*blocks, 总数="9", 附件=["甲"]))


def test_an_empty_paragraph_at_the_end_of_a_cell_is_sure_to_stay():
    last = "<w:p/>"
    table = TABLE.format(row(cell(4422, when("总数", body("甲")) + last), cell(4422, body("乙"))))
    assert say(table, 总数=1).data


def test_all_mistakes_are_told_at_once_each_with_its_paragraph():
    messages = refused(body("共{{ 总数（项） }}"), body("其中｛｛ 滞后 ｝｝项"), body("{% 如果 %}完成"))
    assert [m.split("”一段")[0].lstrip("“") for m in messages] == [
        "其中｛｛ 滞后 ｝｝项",
        "共{{ 总数（项） }}",
        "{% 如果 %}完成",
    ]


def test_remarks_in_the_margin_are_refused():
    files = parts(package(body("甲")))
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    comments = f'<w:comments xmlns:w="{W.strip("{}")}"><w:comment w:id="0" w:author="陆某"/></w:comments>'
    relations = files["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    template = pack(
        {
            **files,
            "word/comments.xml": comments.encode(),
            "[Content_Types].xml": files["[Content_Types].xml"].replace(
                b"</Types>", f'<Override PartName="/word/comments.xml" ContentType="{types}"/></Types>'.encode()
            ),
            "word/_rels/document.xml.rels": relations.replace(
                "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="comments.xml"/></Relationships>'
            ).encode(),
        }
    )
    assert "批注" in refused(template=template)[0]


@pytest.mark.parametrize(
    "template",
    [
        b"\xd0\xcf\x11\xe0 an old .doc, or one with a password",
        b"PK",
        pack({"xl/workbook.xml": b"<workbook/>"}),
        package(body("甲"))[:-400],
        pack({**parts(package(body("甲"))), "word/document.xml": b"<w:document>"}),
        edited(package(body("甲")), "[Content_Types].xml", "document.main", "template.main"),
    ],
    ids=["old format", "torso", "workbook", "cut off", "broken inside", "dotx"],
)
def test_a_file_that_is_no_word_file_is_refused(template):
    assert refused(template=template) == ["模板不是完好的 Word 文件（.docx）"]


@pytest.mark.parametrize("fill", ["", "#FF0000", "红"])
def test_a_cell_colour_that_is_none_is_refused(fill):
    coloured = TABLE.format(cells("{% cellbg 颜色 %}甲", "乙"))
    assert any("不是颜色" in m for m in refused(coloured, 颜色=fill))
    assert say(coloured, 颜色="FFFF00").data


NAMES = {
    "总数": Name(),
    "本期": Name({"日期": Name()}),
    "滞后": Name({"数": Name()}, items=Name({"事项": Name()})),
}


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("{{ 总数目 }}", "没有“总数目”这个名称", "是不是“总数”？"),
        ("{{ 本期.日其 }}", "没有“本期.日其”这个名称", "可用的有：日期"),
        ("{{ 滞后 }}", "“滞后”不能直接印出", "写到具体的一项，如 滞后.数"),
        ("{% for 项 in 总数 %}{% endfor %}", "“总数”不是清单，不能循环", ""),
        ("{% for 项 in 滞后 %}{{ 项.事顶 }}{% endfor %}", "没有“项.事顶”这个名称", "可用的有：事项"),
        ("{{ 项 }}{% for 项 in 滞后 %}{% endfor %}", "没有“项”这个名称", ""),
        ("{% if 滞后.数 > 1 and 总 %}{% endif %}", "没有“总”这个名称", ""),
        ("{{ 滞后|简写|顿号 }}", "没有“简写”这个过滤器", "顿号、简称"),
    ],
)
def test_unknown_names_are_told_with_the_known_ones(text, message, fix):
    (problem,) = check_template(package(body(f"甲{text}")), NAMES, FILTERS, "circular.docx")
    assert message in problem.message
    assert fix in problem.fix
    assert problem.place.file == "circular.docx"


def test_names_that_are_there_are_not_told():
    text = "{{ 总数 }}{{ 本期.日期 }}{{ 滞后.数 }}{{ 滞后|简称|顿号 }}{% for 项 in 滞后 %}{{ loop.index }}{{ 项.事项 }}{% endfor %}"
    assert check_template(package(body(text)), NAMES, FILTERS, "circular.docx") == []


def test_a_mistake_that_shows_only_with_values_names_its_paragraph():
    (message,) = refused(body("前"), body("共{{ 总数 + 1 }}项"), 总数="9")
    assert message.startswith("“共{{ 总数 + 1 }}项”一段：标签算不出来")


# ---------------------------------------------------------------------------------------------- pages


def sections(rendered) -> list[tuple[str, bool]]:
    found = tree(rendered).iter(f"{W}sectPr")
    return [(s.find(f"{W}pgSz").get(f"{W}w"), s.find(f"{W}footerReference") is not None) for s in found]


THREE = [body("正文"), section(PORTRAIT), when("附件", body("附件")), section(LANDSCAPE), when("版记", body("版记"))]
UPRIGHT, TURNED = (str(PORTRAIT.width), True), (str(LANDSCAPE.width), True)


@pytest.mark.parametrize(
    ("annexed", "printed", "expected"),
    [
        ("有", "有", [UPRIGHT, TURNED, UPRIGHT]),
        ("有", "", [UPRIGHT, TURNED]),
        ("", "有", [UPRIGHT]),
        ("", "", [UPRIGHT]),
    ],
)
def test_a_section_without_content_prints_no_empty_page(annexed, printed, expected):
    rendered = say(*THREE, 附件=annexed, 版记=printed)
    assert sections(rendered) == expected
    assert paragraphs(rendered) == ["正文", *["附件"] * bool(annexed), *["版记"] * bool(printed)]


def test_signature_and_date_stand_to_each_other():
    made = tree(
        say(paragraph("署名", "{{ 署名 }}"), paragraph("成文日期", "{{ 日期 }}"), 署名="督查室", 日期="2022年2月7日")
    )
    indents = [int(i.get(f"{W}rightChars")) for i in made.iterfind(f"{W}body/{W}p/{W}pPr/{W}ind")]
    assert indents == [200 + 625, 200]


def test_a_long_red_name_is_set_smaller():
    made = tree(say(paragraph("发文机关标志", "{{ 名 }}"), 名="云溪县人民政府办公室督查通报"))
    assert next(made.iter(f"{W}sz")).get(f"{W}val") == "63"


def test_the_offices_fonts_replace_the_standard_ones():
    fonts = {"仿宋": "方正仿宋_GBK", "西文": "仿宋_GB2312"}
    template = package(body("{{ 值 }}"))
    rendered = render(template, {"值": "甲"}, filters={}, properties=PROPERTIES, name="circular.docx", fonts=fonts)
    for name in ("word/styles.xml", "word/fontTable.xml"):
        text = parts(rendered.data)[name].decode()
        assert "方正仿宋_GBK" in text
        assert "Times New Roman" not in text
    assert 'w:eastAsia="仿宋_GB2312"' not in parts(rendered.data)["word/styles.xml"].decode()


def test_a_draft_says_so_in_the_head_of_odd_and_even_pages():
    rendered = render(
        package(*THREE), {"附件": "有", "版记": "有"}, filters={}, properties=PROPERTIES, name="x", mark="草稿"
    )
    heads = [name for name in parts(rendered.data) if "header" in name]
    assert len(heads) == 2
    assert all("草稿" in text_of(tree(rendered, name)) for name in heads)


def test_document_properties_are_those_of_the_run():
    core = parts(say(body("甲")).data)["docProps/core.xml"].decode()
    assert "关于决策事项的通报" in core
    assert core.count("云溪县人民政府督查室") == 2
    assert "python-docx" not in core
    assert "2022-02-07T00:00:00Z" in core


def test_a_title_with_markup_or_too_long_for_a_property_is_taken():
    long = Properties(title="甲&乙<丙>" * 60, author="室", created=datetime(2022, 2, 7))
    rendered = render(package(body("甲")), {}, filters={}, properties=long, name="circular.docx")
    title = tree(rendered, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title")
    assert title == ("甲&乙<丙>" * 60)[:255]


def test_names_left_in_the_template_are_not_mailed():
    files = parts(package(body("甲")))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    template = pack(
        {
            **files,
            "docProps/app.xml": "<Properties><Company>某公司</Company></Properties>".encode(),
            "_rels/.rels": files["_rels/.rels"].replace(
                b"</Relationships>",
                f'<Relationship Id="rId9" Type="{kind}" Target="docProps/app.xml"/></Relationships>'.encode(),
            ),
        }
    )
    assert not any("某公司" in data.decode() for data in parts(say(template=template).data).values())


def test_a_refusal_is_for_the_settings_not_for_the_ledger():
    with pytest.raises(Refusal) as caught:
        say(body("{{ 无 }}"))
    (problem,) = caught.value.problems
    assert (problem.level, problem.code, problem.place.file) == ("error", "template", "circular.docx")
