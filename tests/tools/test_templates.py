"""The shipped templates: made by their command, laid out by the standard, saying what the figures say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from tests.support.blocks import package, paragraph
from tests.support.folders import ROOT
from tests.support.pages import ToPdf
from tests.support.paper import FILTERS, PROPERTIES, W, paragraphs, parts, table, tree
from tongbao.word.gb9704 import CHARACTER, FONTS, LANDSCAPE, PORTRAIT, title_rows
from tongbao.word.template import Rendered, TracedNumber, render
from tools.templates import TEMPLATES

MM = 72 / 25.4


def shipped(kind: str) -> bytes:
    return (ROOT / "templates" / kind / "circular.docx").read_bytes()


def template_tree(kind: str) -> Any:
    return etree.fromstring(parts(shipped(kind))["word/document.xml"])


class Chosen(list[str]):
    """A selection as a template sees it: how many, and their short titles."""

    def __init__(self, count: int, *titles: str) -> None:
        super().__init__(titles)
        self.数 = TracedNumber(count, "数")


def item(no: int, merge: str = "") -> dict[str, object]:
    return {
        "分节": "",
        "序号": str(no),
        "名称": "清水河生态治理工程",
        "领导": "陆明远",
        "责任单位": "县水利局",
        "事项": "完成两岸附属物清点，汛期前主体工程完工。",
        "承办单位": "县水利局、青石镇",
        "时限": "2022年3月30日",
        "进展": "清点已经结束，正在开展评估。" * 2,
        "状态": "需加快推进" if no == 9 else "",
        "纵并": {"名称": merge, "领导": merge, "责任单位": merge},
    }


def ledger() -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for no in range(1, 38):
        if no % 4 == 1:
            made.append({"分节": f"第{no // 4 + 1}次会议决策事项"})
        made.append(item(no, {2: "起", 3: "续"}.get(no % 4, "")))
    return made


def circular(**values: Any) -> dict[str, Any]:
    """What the template of meeting decisions is given: 92 = 55 + 5 + 2 + 30."""
    title = title_rows("关于全县重点项目建设调度会决策事项办理情况的通报")
    return {
        "标题": "\n".join(title),
        "版头": {"名称": "", "期号": "", "机关": "云溪县人民政府督查室", "日期": "2022年2月7日"},
        "发文字号": "",
        "签发人": "",
        "主送": "",
        "本期": {"日期": "2022年2月7日"},
        "上期": {"日期": "2022年1月19日"},
        "截至": "2022年2月7日",
        "起止": "2022年1月19日—2月7日",
        "用语": {
            "会议": "重点项目建设调度会",
            "结束语": ["一要压实责任。", "二要按期报送。"],
            "办结语": ["要巩固成果。"],
        },
        "总数": TracedNumber(92, "总数"),
        "前期完成": Chosen(55),
        "新增完成": Chosen(5, "甲项目", "乙项目", "丙项目", "丁项目", "戊项目"),
        "完成": Chosen(60),
        "未完成": Chosen(32),
        "滞后": Chosen(2, "子项目", "丑项目"),
        "推进": Chosen(30),
        "预警": Chosen(0),
        "部分完成": Chosen(0),
        "暂缓": Chosen(0),
        "待定": Chosen(0),
        "撤销": Chosen(0),
        "未报送": Chosen(0),
        "沿用上期": Chosen(0),
        "附件": {"标题": "重点项目建设调度会决策事项台账", "行": ledger()},
        "署名": "云溪县人民政府督查室",
        "成文日期": "2022年2月7日",
        "抄送": "",
        "印发机关": "云溪县人民政府办公室",
        "印发日期": "2022年2月7日",
        **values,
    }


def decisions(**values: Any) -> Rendered:
    template = shipped("meeting-decisions")
    return render(template, circular(**values), filters=FILTERS, properties=PROPERTIES, name="circular.docx")


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_shipped_file_is_what_the_command_makes(kind):
    assert shipped(kind) == TEMPLATES[kind]()


# ---------------------------------------------------------------------------------------------- words


def test_the_circular_says_all_figures_in_their_order():
    assert paragraphs(decisions()) == [
        "云溪县人民政府督查室\t2022年2月7日",
        "关于全县重点项目建设调度会\n决策事项办理情况的通报",
        "对重点项目建设调度会作出的决策事项，逐项登记建账、明确责任，定期督办、对账销号。截至2022年2月7日，"
        "累计交办92项，2022年1月19日前已完成销号55项，2022年1月19日—2月7日新增完成5项，"
        "需加快推进2项，其余30项按会议要求推进。现将有关情况通报如下：",
        "新增完成的5项是：甲项目、乙项目、丙项目、丁项目、戊项目。",
        "需加快推进的2项是：子项目、丑项目。",
        "一要压实责任。",
        "二要按期报送。",
        "附件：重点项目建设调度会决策事项台账",
        "云溪县人民政府督查室",
        "2022年2月7日",
        "附件",
        "重点项目建设调度会决策事项台账",
    ]


NOTHING = {
    name: Chosen(0) for name in ("前期完成", "新增完成", "完成", "未完成", "滞后", "推进", "预警", "暂缓", "待定")
}


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (
            {"新增完成": Chosen(0), "推进": Chosen(35), "未完成": Chosen(37)},
            "累计交办92项，2022年1月19日前已完成销号55项，需加快推进2项，其余35项按会议要求推进。现将",
        ),
        (
            {"滞后": Chosen(0), "推进": Chosen(32)},
            "2022年1月19日—2月7日新增完成5项，其余32项按会议要求推进。现将",
        ),
        (
            {"上期": None, "前期完成": Chosen(55), "新增完成": Chosen(0)},
            "累计交办92项，已完成60项，需加快推进2项，其余30项按会议要求推进。现将",
        ),
        (
            {**NOTHING, "上期": None, "未完成": Chosen(92), "推进": Chosen(92)},
            "累计交办92项，均按会议要求推进。现予通报。",
        ),
        ({**NOTHING, "前期完成": Chosen(92), "完成": Chosen(92)}, "2022年1月19日前已完成销号92项，已全部办结。现予通报。"),
        (
            {"推进": Chosen(24), "预警": Chosen(1, "寅项目"), "暂缓": Chosen(2, "卯项目", "辰项目"), "待定": Chosen(3, "巳项目")},
            "需加快推进2项，存在延误风险1项，暂缓办理2项，进度待核3项，其余24项按会议要求推进。",
        ),
        ({"推进": Chosen(0), "滞后": Chosen(32, "子项目")}, "新增完成5项，需加快推进32项。现将有关情况通报如下："),
        (
            {"撤销": Chosen(2, "午项目", "未项目")},
            "其余30项按会议要求推进。另有2项本期不再办理（午项目、未项目），不计入上述数字。现将有关情况通报如下：",
        ),
        (
            {**NOTHING, "总数": 0, "撤销": Chosen(1, "午项目")},
            "截至2022年2月7日，本期不再办理1项（午项目），没有在办事项。现予通报。\n附件",
        ),
        ({**NOTHING, "总数": 1, "前期完成": Chosen(1), "完成": Chosen(1)}, "已完成销号1项，已办结。现予通报。\n要巩固成果。\n附件"),
    ],
    ids=["none new", "none lagging", "first period", "nothing done yet", "all done", "every state", "all lagging", "withdrawn", "nothing left", "one"],
)  # fmt: skip
def test_a_clause_without_items_is_not_printed(figures, sentence):
    text = "\n".join(paragraphs(decisions(**figures)))
    assert sentence in text
    assert not re.search(r"(?<!\d)0项|[，；：、]。|，，|是：。", text)


def test_without_annex_nothing_speaks_of_one():
    rendered = decisions(附件=None)
    assert not any("附件" in text for text in paragraphs(rendered))
    assert len(list(tree(rendered).iter(f"{W}sectPr"))) == 1


def test_without_masthead_the_paper_begins_with_its_title():
    assert paragraphs(decisions(版头=None))[0].startswith("关于全县")


def test_a_full_masthead_recipients_number_and_copies():
    head = {"名称": "督查通报", "期号": "第8期", "机关": "", "日期": ""}
    said = paragraphs(decisions(版头=head, 发文字号="云督〔2022〕6号", 主送="各乡镇人民政府：", 抄送="县委办公室。"))
    assert said[:3] == ["督查通报", "第8期", "云督〔2022〕6号"]
    assert said[4] == "各乡镇人民政府："


def test_the_annex_has_all_rows_sections_over_the_full_width_and_no_stray_text():
    made = table(decisions())
    assert made[0][0] == "序号"
    assert made[1] == ["第1次会议决策事项"]
    assert made[2][:2] == ["1", "清水河生态治理工程"]
    assert [r[0] for r in made if len(r) > 1 and r[0] != "序号"] == [str(n) for n in range(1, 38)]
    assert made[4][1] == ""


@pytest.mark.parametrize(
    ("copies", "printed", "rows"),
    [("县委办公室。", "县政府办公室", 2), ("", "县政府办公室", 1), ("县委办公室。", "", 2), ("", "", 0)],
)
def test_the_print_row_has_what_is_configured(copies, printed, rows):
    tables = list(tree(decisions(附件=None, 抄送=copies, 印发机关=printed)).iter(f"{W}tbl"))
    assert [len(list(t.iter(f"{W}tr"))) for t in tables] == ([rows] if rows else [])


# ---------------------------------------------------------------------------------------------- layout, as written


@pytest.mark.parametrize("kind", TEMPLATES)
def test_no_font_depends_on_a_theme_and_all_are_those_of_the_standard(kind):
    files = {n: d.decode() for n, d in parts(shipped(kind)).items() if n.startswith("word/")}
    assert not any("Theme=" in text for text in files.values())
    used = {name for text in files.values() for name in re.findall(r'w:eastAsia="([^"]+)"', text)} - {
        "zh-CN",
        "eastAsia",
    }
    assert used <= {*FONTS.values(), "宋体"}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_run_of_text_prefers_the_chinese_font_for_quotes_and_dashes(kind):
    for run in template_tree(kind).iter(f"{W}r"):
        assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_table_has_its_widths_three_times_alike(kind):
    for made in template_tree(kind).iter(f"{W}tbl"):
        columns = [int(c.get(f"{W}w")) for c in made.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert sum(columns) == int(made.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        assert sum(columns) in (PORTRAIT.text_width, LANDSCAPE.text_width)
        full = [r for r in made.iter(f"{W}tr") if len(list(r.iter(f"{W}tc"))) == len(columns)]
        for row in full:
            assert [int(c.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for c in row.iter(f"{W}tc")] == columns
        assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in made.iter(f"{W}tr"))


# ---------------------------------------------------------------------------------------------- layout, as printed


def pages(pdf: Path) -> list[list[tuple[str, float, float, float, str]]]:
    """The characters of each page: text, left, right and baseline (mm from the paper's edges), font."""
    import pdfplumber

    with pdfplumber.open(pdf) as opened:
        return [
            [
                (c["text"], c["x0"] / MM, c["x1"] / MM, (float(p.height) - c["matrix"][5]) / MM, c["fontname"])
                for c in p.chars
                if c["text"].strip()
            ]
            for p in opened.pages
        ]


def words(page: list[tuple[str, float, float, float, str]]) -> str:
    return "".join(c[0] for c in page)


@pytest.fixture(scope="module")
def printed(to_pdf: ToPdf, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of four papers: the sample, a long one, a bulletin with a red name, and a probe of the grid."""
    folder = tmp_path_factory.mktemp("papers")
    long = ["各责任单位要对照时限要求逐项倒排工期，遇到困难及时提请县政府研究，确保会议决策事项按期落地见效。" * 4] * 12
    bulletin = {"名称": "督查通报", "期号": "第8期", "机关": "云溪县人民政府督查室", "日期": "2022年2月7日"}
    papers = {
        "sample": decisions().data,
        "long": decisions(用语={"会议": "调度会", "结束语": long, "办结语": []}, 附件=None, 抄送="县委办公室。").data,
        "bulletin": decisions(版头=bulletin, 主送="各乡镇人民政府，县政府有关部门：", 附件=None, 印发机关="").data,
        "probe": package(paragraph("空行", "国" * 28 * 22 * 2)),
    }
    for name, data in papers.items():
        (folder / f"{name}.docx").write_bytes(data)
    return dict(zip(papers, to_pdf([folder / f"{name}.docx" for name in papers]), strict=True))


@pytest.mark.render
def test_a_full_page_holds_22_rows_of_28_characters(printed):
    for page in pages(printed["probe"])[:2]:
        rows = sorted({round(c[3], 1) for c in page if c[0] == "国"})
        assert len(rows) == 22
        assert all(sum(round(c[3], 1) == row for c in page) == 28 for row in rows)
        assert rows[0] == pytest.approx(45, abs=1.2)
        assert rows[-1] == pytest.approx(259.5, abs=1.2)


@pytest.mark.render
def test_text_keeps_to_the_text_area_on_22_baselines(printed):
    page = [c for c in pages(printed["long"])[1] if c[3] < 262]
    assert len({round(c[3], 1) for c in page}) == 22
    assert min(c[1] for c in page) == pytest.approx(28, abs=0.3)
    assert max(c[2] for c in page) <= 184.4


@pytest.mark.render
def test_sheets_are_upright_the_annex_is_turned(printed):
    sizes = [tuple(round(x / MM) for x in page.get_size()) for page in pypdfium2.PdfDocument(printed["sample"])]
    assert sizes[0] == (210, 297)
    assert sizes[-1] == (210, 297)
    assert set(sizes[1:-1]) == {(297, 210)}


@pytest.mark.render
def test_page_numbers_stand_right_on_odd_and_left_on_even_pages_and_run_on(printed):
    for paper in ("sample", "long"):
        for number, page in enumerate(pages(printed[paper]), 1):
            foot = max(c[3] for c in page)
            line = [c for c in page if abs(c[3] - foot) < 0.5]
            assert words(line) == f"—{number}—"
            middle = 105 if paper == "long" else (105 if number == 1 else 148 if line[0][3] < 220 else 105)
            assert (line[0][1] > middle) == (number % 2 == 1)


@pytest.mark.render
def test_the_header_row_is_repeated_on_every_page_of_the_annex(printed):
    annex = pages(printed["sample"])[1:-1]
    assert len(annex) > 2
    assert all("存在问题及交办事项" in words(page) for page in annex)


@pytest.mark.render
def test_the_printed_page_says_the_counts_and_every_row(printed):
    made = pages(printed["sample"])
    first = words(made[0])
    assert "累计交办92项，2022年1月19日前已完成销号55项" in first
    assert "新增完成的5项是：甲项目、乙项目、丙项目、丁项目、戊项目。" in first
    assert "".join(map(words, made)).count("清点已经结束") == 37 * 2
    assert words(made[-1]).startswith("云溪县人民政府办公室2022年2月7日印发")


@pytest.mark.render
def test_fonts_are_those_of_the_standard_by_their_stand_ins(printed):
    page = pages(printed["sample"])[0]
    fonts = {c[0]: c[4].split("+")[-1] for c in reversed(page)}
    assert fonts["账"].startswith("FandolFang")
    assert fonts["关"].startswith("FandolSong")
    assert "Bold" in fonts["关"]
    assert fonts["9"].startswith("LiberationSerif")


@pytest.mark.render
def test_the_red_name_begins_72_mm_under_the_papers_edge_on_one_row(printed):
    image = pypdfium2.PdfDocument(printed["bulletin"])[0].render(scale=300 / 72).to_numpy()
    red = (image[:, :, 2] > 180) & (image[:, :, 1] < 90) & (image[:, :, 0] < 90)
    inked = red.any(axis=1).nonzero()[0] * 25.4 / 300
    assert inked[0] == pytest.approx(72, abs=2)
    wide = red.sum(axis=1).max() * 25.4 / 300
    assert wide == pytest.approx(156, abs=0.6)


@pytest.mark.render
def test_the_date_begins_two_characters_right_of_the_office(printed):
    page = pages(printed["sample"])[0]
    rows: dict[float, list[Any]] = {}
    for c in page:
        rows.setdefault(round(c[3], 1), []).append(c)
    signature, dated = [line for line in rows.values() if line[0][3] < 262][-2:]
    assert words(signature) == "云溪县人民政府督查室"
    assert words(dated) == "2022年2月7日"
    assert (dated[0][1] - signature[0][1]) / (CHARACTER / 56.693) == pytest.approx(2, abs=0.5)
