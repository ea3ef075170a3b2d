"""Old circulars and ledgers of other layouts brought in: every row, every figure, and every doubt told."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.support import annexes
from tests.support.annexes import (
    MEETING_HEAD,
    YEAR_HEAD,
    askew,
    blanked,
    circular,
    meeting_rows,
    paged,
    split,
    whole,
    year_rows,
)
from tests.support.docx_maker import cell, control, docx, drawing, line, run, sign
from tests.support.drawing import saved, workbook, xlsx
from tests.support.office import Office
from tongbao.run import cli

CONFIG = """
office: {name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}
reports:
  - {name: 决策事项, kind: meeting-decisions, title: 关于决策事项办理情况的通报, opening: {closed: 55}}
  - {name: 年度任务, kind: annual-tasks, title: 关于年度任务推进情况的通报}
"""
DECISIONS = {"决策事项": {"完成": 3, "视为完成": 2, "需加快推进": 2, "正常推进": 30}}
RATINGS = {"年度任务": {"积极": 22, "正常": 18, "一般": 6, "滞后": 10}}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, CONFIG)


def bring_in(office: Office, data: bytes, name: str = "旧通报.docx", *arguments: str) -> int:
    """Imports a file that lies in the office's folder; gives the exit status."""
    file = office.folder / name
    file.write_bytes(data)
    return cli.main(["import", "-c", str(office.config), *arguments, str(file)])


def imported(office: Office, report: str = "决策事项") -> Any:
    """The workbook that was written."""
    (path,) = (office.folder / "input" / report).glob("*.xlsx")
    return load_workbook(path)


def lines(office: Office, report: str = "决策事项") -> list[list[str]]:
    """The rows of the imported ledger below its header, headings as single cells."""
    sheet = imported(office, report)["台账"]
    rows = [[str(v) if v is not None else "" for v in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    return [[text for text in row if text][:1] if sum(map(bool, row)) == 1 else row for row in rows]


def doubts(office: Office, report: str = "决策事项") -> list[tuple[str, str]]:
    """The cells and words of the sheet of doubts."""
    page = imported(office, report)["待核对"]
    return [(row[1] or "", row[4]) for row in page.iter_rows(min_row=4, values_only=True)]


def figures(office: Office, report: str, period: str) -> dict[str, Any]:
    """The figures of a run on the imported ledger."""
    assert office.run("-r", report) == 0
    return office.record(period, report)


# ---------------------------------------------------------------------------------------------- the two shapes

DAMAGED = {
    "whole": lambda rows, head: [annexes.table(whole(rows)[0], [head])],
    "nothing merged": lambda rows, head: [annexes.table(blanked(rows)[0], [head])],
    "a table on every page": lambda rows, head: paged(split(7, 1, 9)(rows), head, repeated=True),
    "headers on the first page only": lambda rows, head: paged(split(5, 3)(rows), head, repeated=False),
    "a word between the pages": lambda rows, head: paged(split(11)(rows), head, repeated=False, between="（续表）"),
    "header within the table": lambda rows, head: [annexes.table([*rows[:20], head, *rows[20:]], [head])],
    "borders askew": lambda rows, head: [askew(rows, head)],
    "other tables around": lambda rows, head: [
        annexes.table([["签发", "李某", "核稿", "周某"]]),
        annexes.table(rows, [head]),
        annexes.table([["印发份数", "30"]]),
    ],
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_decisions_of_meetings_come_back(office, damage):
    assert bring_in(office, circular(*DAMAGED[damage](meeting_rows(), MEETING_HEAD))) == 0
    record = figures(office, "决策事项", "2022-02-07")
    assert {name: label["count"] for name, label in record["labels"].items() if label["count"]} == DECISIONS["决策事项"]
    counted = record["figures"]
    assert (counted["rows"], counted["total"], counted["lagging"], counted["on_track"]) == (37, 92, 2, 30)
    assert sum(len(line) == 1 for line in lines(office)) == 11


@pytest.mark.parametrize("damage", DAMAGED)
def test_tasks_of_a_year_come_back(office, damage):
    made = circular(*DAMAGED[damage](year_rows(), YEAR_HEAD), title="云溪县2022年重点工作任务8-10月份推进情况台账")
    assert bring_in(office, made) == 0
    record = figures(office, "年度任务", "2022-08至2022-10")
    assert {name: label["count"] for name, label in record["labels"].items() if label["count"]} == RATINGS["年度任务"]
    assert (record["figures"]["rows"], record["figures"]["items"]) == (56, 48)


def test_names_that_several_tasks_share_are_one_merged_cell_again(office):
    bring_in(office, circular(annexes.table(blanked(meeting_rows())[0], [MEETING_HEAD])))
    sheet = imported(office)["台账"]
    names = {str(m) for m in sheet.merged_cells.ranges if m.min_col == m.max_col == 2}
    shared = [cell for cell, said in doubts(office) if "“名称”" in said]
    assert len(shared) == len(annexes.SHARED)
    assert all(any(cell in area for area in sheet.merged_cells.ranges) for cell in shared)
    assert len(names) == 7


def test_declared_merges_are_no_doubt(office):
    bring_in(office, circular(annexes.table(meeting_rows(), [MEETING_HEAD])))
    assert not [said for _, said in doubts(office) if "合并" in said]


# ---------------------------------------------------------------------------------------------- cells and seams

HEAD = ["序号", "名称", "责任单位", "存在问题及交办事项", "承办单位", "完成时限", "完成情况", "备注"]


def decisions(*tables: list[list[str]], head: list[str] = HEAD, **options: Any) -> bytes:
    """A circular with these tables, the header on the first only."""
    return circular(*(annexes.table(rows, [head] if n == 0 else []) for n, rows in enumerate(tables)), **options)


def test_names_of_units_broken_over_lines_are_put_together(office):
    row = [
        "1",
        "丰泉\n\n水库",
        "青石镇",
        "尽快\n报批。",
        "县住房和城乡\n建设局\n县财政局",
        "2022年\n3月30日",
        "已报。\n待批。",
        "",
    ]
    bring_in(office, decisions([row]))
    (line,) = lines(office)
    assert line[1] == "丰泉水库"
    assert "县住房和城乡建设局\n县财政局" in line
    assert "2022年3月30日" in line
    assert "已报。\n待批。" in line


def test_a_row_cut_by_the_page_is_joined_and_told(office):
    first = ["1", "丰泉水库", "青石镇", "完成大坝加固。", "县水利局", "", "已经浇筑混凝土三百方，两岸的", ""]
    rest = ["", "", "", "", "", "", "护坡正在施工。", ""]
    second = ["2", "青溪河道", "青石镇", "完成清淤。", "县水利局", "", "已经完成。", "完成"]
    assert bring_in(office, decisions([first], [rest, second])) == 0
    assert "已经浇筑混凝土三百方，两岸的护坡正在施工。" in lines(office)[0]
    assert [cell for cell, said in doubts(office) if "跨页" in said] == ["H3"]
    assert len(lines(office)) == 2


def test_a_paragraph_of_its_own_on_the_next_page_is_joined_too(office):
    first = ["1", "丰泉水库", "青石镇", "完成加固。", "县水利局", "", "一期已完成。", ""]
    assert bring_in(office, decisions([first], [["", "", "", "", "", "", "二期已开工。", ""]])) == 0
    assert "一期已完成。\n二期已开工。" in lines(office)[0]


def test_a_part_with_its_own_status_is_no_rest_of_the_row_above(office):
    rows = [
        ["1", "改造管网", "县住建局", "李某", "铺设三公里", "积极"],
        ["", "", "县水利局", "王某", "清淤两公里", "滞后"],
    ]
    data = circular(annexes.table(rows[:1], [YEAR_HEAD]), annexes.table(rows[1:]))
    assert bring_in(office, data) == 0
    counted = figures(office, "年度任务", "2022-02-07")["figures"]
    assert (counted["rows"], counted["items"], counted["lagging"]) == (2, 1, 1)


def test_numbers_that_word_draws_itself_are_read(office):
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    auto = '<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc>'
    row = ["丰泉水库", "青石镇", "完成加固。", "县水利局", "", "正在施工。", "完成"]
    made = docx("2022年2月7日", annexes.table([HEAD]).replace("</w:tbl>", "") + _rows([auto, *row], [auto, *row]),
                parts={"numbering.xml": ("numbering", numbering)})  # fmt: skip
    assert bring_in(office, made, "旧通报.docx", "-r", "决策事项") == 0
    assert [line[0] for line in lines(office)] == ["1", "2"]


def _rows(*rows: list[str]) -> str:
    return "".join(f"<w:tr>{''.join(cell(c) for c in row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_header_of_two_rows(office):
    head = [
        ["序号", "名称", "责任单位", "交办事项", "办理情况", "<", "备注"],
        ["^", "^", "^", "^", "进展情况", "完成时限", "^"],
    ]
    rows = [["第一次会议决策事项"], ["1", "丰泉水库", "青石镇", "完成加固。", "正在施工。", "2022年5月底前", "完成"]]
    assert bring_in(office, circular(annexes.table(rows, head))) == 0
    heading, line = lines(office)
    assert heading == ["第一次会议决策事项"]
    assert {"正在施工。", "2022年5月底前", "完成"} <= set(line)


def test_a_line_that_is_no_item_is_told_in_full(office):
    row = ["1", "丰泉水库", "青石镇", "完成加固。", "县水利局", "", "正在施工。", "完成"]
    stray = ["", "", "青石镇", "", "县财政局", "", "", ""]
    assert bring_in(office, decisions([stray, row])) == 1
    page = imported(office)["待核对"]
    (value,) = [line[3] for line in page.iter_rows(min_row=4, values_only=True) if line[0] == "必改"]
    assert value == "青石镇|县财政局"


def test_doubts_lead_to_their_cells(office):
    bring_in(office, circular(annexes.table(blanked(meeting_rows())[0], [MEETING_HEAD])))
    page = imported(office)["待核对"]
    link = page["B4"].hyperlink
    assert (link.location, page["B4"].value) == (f"'台账'!{page['B4'].value}", page["B4"].value)


# ---------------------------------------------------------------------------------------------- what is said

TWO = [
    ["1", "丰泉水库", "青石镇", "完成加固。", "县水利局", "", "正在施工。", "需加快推进"],
    ["2", "青溪河道", "青石镇", "完成清淤。", "县水利局", "", "已经完成。", "完成"],
]


def test_the_text_of_the_circular_is_compared(office, capsys):
    said = "其中新增完成1项，需加快推进2项。"
    bring_in(office, decisions(TWO, text=[said]))
    screen = capsys.readouterr().out
    assert "原文第2段说“需加快推进2项”，导入的是1" in screen
    assert "与原文正文核对相符：新增完成1项" in screen
    assert "共2行（2个序号）：需加快推进1，完成1" in screen


@pytest.mark.parametrize(
    ("name", "arguments", "options", "period"),
    [
        ("旧通报.docx", (), {}, "2022-02-07"),
        ("旧通报.docx", ("-p", "2022-03"), {}, "2022-03"),
        ("旧通报2022年1月.docx", (), {}, "2022-01"),
        ("旧通报.docx", (), {"title": "决策事项台账（2021年四季度）"}, "2021-Q4"),
        ("旧通报.docx", (), {"title": "2022年决策事项台账"}, "2022-02-07"),
    ],
)
def test_the_period_is_that_of_the_name_the_title_or_the_date(office, name, arguments, options, period):
    assert bring_in(office, decisions(TWO, **options), name, *arguments) == 0
    (made,) = office.folder.glob("input/决策事项/*")
    assert made.name == f"决策事项台账{period}.xlsx"


def test_without_a_period_nothing_is_written(office, capsys):
    assert bring_in(office, decisions(TWO, day="某日")) == 2
    assert "看不出是哪一期的台账" in capsys.readouterr().out
    assert not list(office.folder.glob("input/*/*"))


def test_nothing_is_overwritten_and_the_source_stays(office, capsys):
    data = decisions(TWO)
    bring_in(office, data)
    (made,) = office.folder.glob("input/决策事项/*")
    made.rename(made.with_name("手工改过的2022年2月7日台账.xlsx"))
    before = {f: hashlib.sha256(f.read_bytes()).hexdigest() for f in office.folder.glob("input/*/*")}
    assert bring_in(office, data) == 2
    assert "没有覆盖" in capsys.readouterr().out
    assert {f: hashlib.sha256(f.read_bytes()).hexdigest() for f in office.folder.glob("input/*/*")} == before
    assert (office.folder / "旧通报.docx").read_bytes() == data


def test_ids_are_given_and_never_twice(office):
    bring_in(office, decisions(TWO))
    bring_in(office, decisions(TWO), "旧通报.docx", "-p", "2022-01")
    books = [load_workbook(f)["台账"] for f in sorted(office.folder.glob("input/决策事项/*"))]
    ids = [str(row[-1]) for sheet in books for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert sorted(ids) == ["2022-001", "2022-002", "2022-003", "2022-004"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "这是 PDF 文件，不是 Word 文档"),
        (docx("只有文字的通报", "2022年2月7日"), "这份文件里没有表格"),
        (circular(annexes.table([["甲", "乙"], ["1", "2"]])), "表头"),
    ],
)
def test_a_file_that_is_no_annex_is_refused_in_words(office, capsys, data, said):
    assert bring_in(office, data) == 2
    assert said in capsys.readouterr().out
    assert not list(office.folder.glob("input/*/*"))


def test_what_a_file_is_its_bytes_say(office):
    made = decisions(TWO)
    assert bring_in(office, made, "旧通报.xlsx") == 0
    (first,) = office.folder.glob("input/决策事项/*.xlsx")
    book = first.read_bytes()
    first.unlink()
    assert bring_in(office, book, "旧台账2022-02-07.docx") == 0
    assert len(lines(office)) == len(TWO)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xlsx("| |"), "台账.xlsx"),
        (b"\r\n,,\r\n", "台账.csv"),
        (docx(annexes.table([["", ""], ["", ""]])), "旧通报.docx"),
    ],
)
def test_where_nothing_is_there_no_column_is_asked_for(office, capsys, data, name):
    assert bring_in(office, data, name) == 2
    assert "columns" not in capsys.readouterr().out


def test_a_table_of_zeros_is_not_empty(office, capsys):
    book = Workbook()
    book.worksheets[0].append([0, 0])
    assert bring_in(office, saved(book), "台账.xlsx") == 2
    said = capsys.readouterr().out
    assert "没有任何内容" not in said
    assert "表头" in said


def test_without_a_file_it_says_how(office, capsys):
    assert cli.main(["import", "-c", str(office.config)]) == 2
    assert "import 通报.docx" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- other layouts

FOREIGN = """
| 云溪县督办事项一览 |
| 项次 | 要办什么 | 谁来办 | 何时办完 | 到哪一步了 | 办得怎样 | 联络员 |
| #1 | 修复东门桥护栏并恢复人行道 | 县交通局 | 2022年3月底前 | 材料已经进场，基础开挖过半。 | 需加快推进 | 李工 |
| #2 | 清理青溪河两岸的垃圾 | 县水利局、青溪镇 | 2022年2月底前 | 已经清理完毕，运走十二车。 | 已完成 | 王工 |
| #3 | 编制古镇保护规划 | 县文旅局 | 长期坚持 | 规划初稿已经完成，正在征求意见。 | 正常推进 | 赵工 |
"""


def test_columns_of_another_layout_are_told_by_their_content(office, capsys):
    assert bring_in(office, xlsx(FOREIGN), "督办一览2022-02.xlsx", "-r", "决策事项") == 0
    screen = capsys.readouterr().out
    assert "要办什么 → 事项" in screen
    assert "办得怎样 → 状态" in screen
    assert "照原样保留的列：联络员" in screen
    assert "columns: {" in screen
    record = figures(office, "决策事项", "2022-02")
    assert {name: label["count"] for name, label in record["labels"].items() if label["count"]} == {
        "完成": 1, "需加快推进": 1, "正常推进": 1,
    }  # fmt: skip
    assert ("E2", "“要办什么”一列按内容当作“事项”") in doubts(office)
    header = [cell.value for cell in imported(office)["台账"][2]]
    assert {"存在问题及交办事项", "完成时限", "联络员", "编号"} <= set(header)


def test_the_config_may_say_what_a_header_means(office, capsys):
    text = CONFIG.replace("opening: {closed: 55}", "columns: {事项: [要办什么], 承办单位: [谁来办], 状态: [办得怎样]}")
    office.config.write_text(text, encoding="utf-8")
    bring_in(office, xlsx(FOREIGN), "督办一览2022-02.xlsx", "-r", "决策事项")
    screen = capsys.readouterr().out
    assert "谁来办 → 承办单位" in screen
    assert "办得怎样" not in screen.split("按内容推断")[1]


def test_a_status_column_is_the_one_that_holds_the_words(office, capsys):
    table = """
    | 序号 | 交办事项 | 承办单位 | 备注 | 最新结果 |
    | #1 | 修复东门桥护栏 | 县交通局 | 张某负责 | 需加快推进 |
    | #2 | 清理青溪河垃圾 | 县水利局 | 每周一报 | 完成 |
    """
    assert bring_in(office, xlsx(table), "一览2022-02.xlsx", "-r", "决策事项") == 0
    assert "最新结果 → 状态" in capsys.readouterr().out
    assert figures(office, "决策事项", "2022-02")["labels"]["完成"]["count"] == 1


def test_a_value_that_cannot_be_read_is_kept(office):
    config = CONFIG.replace("kind: annual-tasks", "kind: key-projects")
    office.config.write_text(config, encoding="utf-8")
    table = """
    | 序号 | 项目名称 | 级别 | 建设性质 | 责任单位 | 年度计划投资（万元） | 累计完成投资（万元） | 进度情况 | 备注 |
    | #1 | 丰泉水厂 | 县重点 | 在建 | 县水利局 | #12000 | 约三成 | 达序时 | 张某 |
    """
    assert bring_in(office, xlsx(table), "项目2022-02.xlsx", "-r", "年度任务") == 1
    (line,) = lines(office, "年度任务")
    assert {"1.2", "约三成", "张某"} <= set(line)


def test_sheets_that_are_not_taken_are_told(office, capsys):
    second = "| 说明 |\n| 本表由各单位填报 |"
    assert bring_in(office, xlsx(FOREIGN, second, names=["一览", "说明"]), "一览2022-02.xlsx", "-r", "决策事项") == 0
    assert "说明（" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- signs and pictures


def signed(status: str) -> bytes:
    """A circular whose annex has two rows: the first with this raw status, the second in good progress."""
    own = f"<w:tc><w:tcPr/>{status}</w:tc>"
    rows = [
        [str(n), f"项目{n}", "周某", "县水利局", f"办好第{n}件事的全部手续", "县水利局", "2022年3月", "已备齐"]
        for n in (1, 2)
    ]
    return docx(
        "决策事项台账（截至2022年2月7日）", annexes.table([[*rows[0], own], [*rows[1], "正常推进"]], [MEETING_HEAD])
    )


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (line(sign("F0FC")), "√"),
        (line(sign("52", "Wingdings 2")), "☑"),
        (line(run("ü", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')), "√"),
        (line(control("", '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')), "☒"),
        (line(drawing()), "［图片］"),
        (line(control(run("选择一项。"), "<w:showingPlcHdr/>")), "［没有填写的内容控件］"),
    ],
    ids=["tick", "box", "tick in a font", "check box", "picture", "prompt"],
)
def test_a_status_that_is_a_sign_or_a_picture_is_never_taken_for_good_progress(office, status, kept):
    bring_in(office, signed(status), "旧通报2022-02-07.docx", "-r", "决策事项")
    assert [row[-1] for row in lines(office) if row[-1]][:1] != ["正常推进"]
    assert kept in {text for row in lines(office) for text in row}


def test_what_was_not_read_of_the_circular_is_listed(office):
    data = signed(line(run("正常推进"), drawing()))
    bring_in(office, data, "旧通报2022-02-07.docx", "-r", "决策事项")
    assert any("有图片" in told and "没有导入" in told for _, told in doubts(office))


def test_a_circular_whose_annex_cannot_be_read_says_so(office, capsys):
    embedded = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    assert bring_in(office, docx("附件：台账", line(embedded)), "旧通报2022-02-07.docx") == 2
    assert "嵌入对象" in capsys.readouterr().out


def test_struck_words_of_an_annex_are_not_imported_and_told(office):
    status = "<w:tc><w:tcPr/>" + line(run("需加快推进", "<w:strike/>"), "完成") + "</w:tc>"
    gone = [f"<w:tc><w:tcPr/>{line(run(word, '<w:strike/>'))}</w:tc>" for word in ("2", "青石大桥", "青石镇", "修好。")]
    rows = [["1", "丰泉水库", "青石镇", "完成加固。", "县水利局", "", "正在施工。", status], [*gone, "", "", "", ""]]
    made = docx("2022年2月7日", annexes.table([HEAD]).replace("</w:tbl>", "") + _rows(*rows))
    assert bring_in(office, made, "旧通报.docx", "-r", "决策事项") == 0
    assert [(row[0], "完成" in row, "需加快推进" in "".join(row)) for row in lines(office)] == [("1", True, False)]
    said = [str(cell.value) for row in imported(office)["待核对"].iter_rows() for cell in row]
    assert any("划掉的字（需加快推进）" in text for text in said)


def test_a_number_in_a_ring_is_imported_as_it_stands(office, capsys):
    rows = [["①", "丰泉水库", "青石镇", "完成加固。", "县水利局", "", "正在施工。", "完成"]]
    inserted = '<w:ins w:id="1"><w:r><w:t>2022年2月7日</w:t></w:r></w:ins>'
    made = docx(line(inserted), annexes.table([HEAD]).replace("</w:tbl>", "") + _rows(*rows))
    assert bring_in(office, made, "旧通报2022-02-07.docx", "-r", "决策事项") in (0, 1)
    assert [row[0] for row in lines(office)] == ["①"]
    assert "1处修订还没有接受" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- books of months

MONTHS_BOOK = """
| 序号 | 名称 | 责任单位 | 存在问题及交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |
| 1 | 供水 | 县水利局 | 完成水库大坝安全鉴定。 | 县水利局 | 2022年12月底 | 完成初审。 | 正常推进 |
"""


@pytest.fixture
def months(tmp_path: Path) -> Office:
    entry = "{name: 决策事项, kind: meeting-decisions, title: 关于决策事项办理情况的通报, periods: sheets}"
    return Office(tmp_path, f"office: {{name: 云溪县人民政府督查室}}\nreports:\n  - {entry}\n")


def month_book(office: Office, *names: str) -> Path:
    path = office.folder / "input" / "决策事项" / "2022年台账.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(saved(workbook(*[MONTHS_BOOK] * len(names), names=names)))
    return path


def annex_of_one() -> bytes:
    head, row = (line.strip(" |").split(" | ") for line in MONTHS_BOOK.strip().splitlines())
    return docx("关于决策事项办理情况的通报", annexes.table([row], [head]))


def test_a_circular_becomes_a_month_of_its_own_beside_the_book(months, capsys):
    month_book(months, "3月")
    assert bring_in(months, annex_of_one(), "旧通报.docx", "-p", "2022-02") == 0
    written = next(path for path in (months.folder / "input/决策事项").glob("*.xlsx") if path.name != "2022年台账.xlsx")
    assert load_workbook(written).sheetnames[0] == "2022年2月"
    capsys.readouterr()
    assert months.run() == 0
    assert "上期未完成1项" in capsys.readouterr().out


def test_a_month_that_a_book_has_is_not_written_beside_it(months, capsys):
    month_book(months, "2月", "3月")
    assert bring_in(months, annex_of_one(), "旧通报.docx", "-p", "2022-02") == 2
    assert "里已有2022年2月的台账“2022年台账.xlsx”" in capsys.readouterr().out


def test_the_first_one_of_a_report_of_months_is_read(months, capsys):
    assert bring_in(months, annex_of_one(), "旧通报.docx", "-p", "2022-02") == 0
    assert months.run() == 0
    assert cli.main(["next", "-c", str(months.config)]) == 0
    assert any("2022年3月" in load_workbook(it).sheetnames for it in (months.folder / "input/决策事项").glob("*.xlsx"))
