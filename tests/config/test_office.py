"""config.yaml: what a good one gives, and every mistake of a bad one in one run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tongbao.config.kinds import Count
from tongbao.config.office import OwnAnnex, Periods, Settings, load_settings
from tongbao.config.status_from import Asked, Stands, StatusFrom
from tongbao.model import Refusal

GOOD = """
office: {name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}
units: [县发展和改革局, 县财政局]
reports:
  - name: 决策事项
    kind: meeting-decisions
    title: 关于决策事项办理情况的通报
    opening: {closed: 55}
    wording: {会议: 调度会, 结束语: [第一段。, 第二段。]}
    as_of: {2022-02: 2022-02-25}
"""


def load(tmp_path: Path, text: str, encoding: str = "utf-8") -> Settings:
    path = tmp_path / "config.yaml"
    path.write_bytes(text.encode(encoding))
    return load_settings(path)


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(Refusal) as refused:
        load(tmp_path, text)
    return [f"{p.message}｜{p.fix}" for p in refused.value.problems]


def test_a_good_file(tmp_path):
    settings = load(tmp_path, GOOD)
    report = settings.reports[0]
    assert settings.office.name == "云溪县人民政府督查室"
    assert settings.units == ("县发展和改革局", "县财政局")
    assert (report.opening_closed, report.input) == (55, tmp_path / "input/决策事项")
    assert report.wording == {"会议": ("调度会",), "结束语": ("第一段。", "第二段。")}
    assert report.as_of == {"2022-02": date(2022, 2, 25)}


def test_saved_by_an_old_notepad(tmp_path):
    assert load(tmp_path, GOOD, "gb18030") == load(tmp_path, GOOD, "utf-8-sig")


def test_all_mistakes_in_one_run(tmp_path):
    bad = """
office: {nmae: 督查室}
unit: [县财政局]
reports:
  - name: 决策事项
    kind: meeting-decisions
    titel: 通报
    opening: {closed: 很多}
    masthead: 督查通报
"""
    assert mistakes(tmp_path, bad) == [
        "第2行：缺少“office.name”｜补上一行“name: …”",
        "第2行：不认识的键“office.nmae”｜是不是“name”？",
        "第8行：“reports[1].opening.closed”不能是“很多”｜写一个整数，如 55",
        "第9行：“reports[1].masthead”应当是若干“键: 值”，实际是督查通报｜按说明改写这一处",
        "第5行：缺少“reports[1].title”｜补上一行“title: …”",
        "第7行：不认识的键“reports[1].titel”｜是不是“title”？",
        "第3行：不认识的键“unit”｜是不是“units”？",
    ]


def test_a_key_given_twice(tmp_path):
    assert mistakes(tmp_path, GOOD + "units: [县教育局]\n") == ["第11行：“units”写了两次（前一次在第3行）｜只留一处"]


def test_two_reports_of_one_name(tmp_path):
    again = GOOD + "  - {name: 决策事项, kind: k, title: t}\n"
    assert mistakes(tmp_path, again) == ["第5行：两份通报同名：“决策事项”｜改成不同的 name"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("office: [", "第2行格式不对，无法读取｜检查这一行及上一行：冒号后要有空格，缩进用空格对齐，引号成对"),
        ("", "缺少“office”｜补上 office: 及其下的 name: 单位名称"),
        ("- 督查室", "第1行：“”应当是若干“键: 值”，实际是列表｜按说明改写这一处"),
    ],
)
def test_no_settings_at_all(tmp_path, text, message):
    assert message in mistakes(tmp_path, text)


def test_entries_of_a_list_that_are_no_texts_are_told_one_by_one(tmp_path):
    text = GOOD.replace("[县发展和改革局, 县财政局]", "[县财政局, {名称: 县发展和改革局, 简称: 发改局}]")
    assert mistakes(tmp_path, text) == ["第3行：“units[2]”应当是文字，实际是若干“键: 值”｜按说明改写这一处"]


def test_a_roster_that_is_not_there(tmp_path):
    text = GOOD.replace("units: [县发展和改革局, 县财政局]", "units: units.xlsx")
    assert mistakes(tmp_path, text) == ["第3行：单位名册“units.xlsx”不存在｜放好这个文件，或删去 units 一行"]


def test_a_bulletin_may_have_a_document_number_too(tmp_path):
    text = GOOD + "    masthead: {issue: 第3期}\n    document_number: 云政督〔2022〕2号\n"
    (report,) = load(tmp_path, text).reports
    assert report.masthead
    assert (report.masthead.issue, report.document_number) == ("第3期", "云政督〔2022〕2号")


def test_what_counts_as_one_is_that_of_the_kind_unless_the_report_says_so(tmp_path):
    assert load(tmp_path, GOOD).reports[0].count is None
    assert load(tmp_path, GOOD + "    count: items\n").reports[0].count is Count.ITEMS
    (found,) = mistakes(tmp_path, GOOD + "    count: 大项\n")
    assert "count”不能是“大项”" in found


def test_numbers_stay_unless_the_office_renumbers(tmp_path):
    assert not load(tmp_path, GOOD).reports[0].renumber
    assert load(tmp_path, GOOD + "    renumber: true\n").reports[0].renumber
    (found,) = mistakes(tmp_path, GOOD + "    renumber: 每期\n")
    assert "renumber”不能是“每期”" in found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("annex:", None),
        ("annex: kind", None),
        ("annex: own", OwnAnnex()),
        ("annex: {columns: [序号, 督办事项]}", OwnAnnex(("序号", "督办事项"))),
        ("annex: {without: 联系电话}", OwnAnnex((), ("联系电话",))),
    ],
)
def test_the_annex_is_that_of_the_kind_or_the_ledger_s_own(tmp_path, written, meant):
    assert load(tmp_path, GOOD + f"    {written}\n").reports[0].annex == meant


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "annex: 台账",
            "“annex”不能写“台账”｜可写：own（照台账自己的列）、kind（照种类的列）、columns: [列名, …]",
        ),
        ("annex: {column: [序号]}", "不认识的键“reports[1].annex.column”｜是不是“columns”？"),
        ("annex: [序号]", "“reports[1].annex”应当是若干“键: 值”，实际是列表｜按说明改写这一处"),
    ],
)
def test_an_annex_that_is_neither(tmp_path, written, message):
    (only,) = mistakes(tmp_path, GOOD + f"    {written}\n")
    assert only.partition("：")[2] == message


# ---------------------------------------------------------------------------------------------- where a state stands


def with_lines(lines: str) -> str:
    return GOOD + "".join(f"    {line}\n" for line in lines.strip().splitlines())


def source(tmp_path: Path, lines: str) -> StatusFrom:
    found = load(tmp_path, with_lines(lines)).reports[0].status_from
    assert found
    return found


def test_the_five_places_of_a_state(tmp_path):
    ticks = source(tmp_path, "status_from: {columns: {已完成: 完成, 是否滞后: {是: 滞后, 否: }}}")
    assert ticks.columns == (Asked("已完成", "完成"), Asked("是否滞后", answers={"是": "滞后", "否": ""}))
    assert (ticks.where, ticks.line) == (Stands.COLUMNS, 11)
    assert source(tmp_path, "status_from: {head_of: 进展}").head_of == "进展"
    fills = source(tmp_path, 'status_from: {fills: {"#ff0000": 滞后, "FF00B050": 完成, "FFFF00": }}')
    assert fills.labels == {"FF0000": "滞后", "00B050": "完成", "FFFF00": ""}
    assert source(tmp_path, "status_from: {sheets: {已完成: 完成}}").labels == {"已完成": "完成"}
    assert source(tmp_path, "status_from: deadline").where is Stands.DEADLINE
    assert load(tmp_path, with_lines("periods: sheets")).reports[0].periods is Periods.SHEETS
    assert load(tmp_path, GOOD).reports[0].periods is Periods.FILES


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("status_from: deadlines", "第11行：“reports[1].status_from”不能是“deadlines”｜是不是“deadline”？"),
        (
            "status_from: {head_of: 进展, sheets: {已完成: 完成}}",
            "第11行：“reports[1].status_from”同时写了head_of、sheets｜只写一种：columns、head_of、text_of、share_of、fills、fonts、sheets、sections、deadline",
        ),
        (
            "status_from: {columns: {已完成: }}",
            "第11行：“reports[1].status_from.columns.已完成”没有写状态｜写明打勾的是哪一种，如 已完成: 完成",
        ),
        (
            "status_from: {sheets: {已完成: }}",
            "第11行：“reports[1].status_from.sheets.已完成”没有写状态｜如 已完成: 完成",
        ),
        (
            "status_from: {fills: {红色: 滞后}}",
            "第11行：“reports[1].status_from.fills.红色”不是颜色"
            '｜写成六位的颜色值，加引号，如 "FF0000"（红）、"FFFF00"（黄）、"00B050"（绿）',
        ),
        ('status_from: {fills: {"FF0000": 滞后, "#ff0000": 完成}}', "第11行：颜色“#ff0000”写了两次｜只留一处"),
        (
            "status_from: {head_of: 进展, below: {滞后: 序时}}",
            "第11行：“reports[1].status_from.below”只与 share_of 一起用｜如 status_from: {share_of: 完成率, below: {滞后: 序时}}",
        ),
        (
            "status_from: {share_of: 完成率, below: {滞后: }}",
            "第11行：“reports[1].status_from.below.滞后”没有写低于多少｜如 滞后: 序时、序时-10、60%",
        ),
        (
            "status_from: {colums: {已完成: 完成}}",
            "第11行：不认识的键“reports[1].status_from.colums”｜是不是“columns”？",
        ),
        ("status_from: [进展]", "第11行：“reports[1].status_from”应当是若干“键: 值”，实际是列表｜按说明改写这一处"),
        ("periods: sheet", "第11行：“reports[1].periods”不能是“sheet”｜是不是“sheets”？"),
        (
            "periods: sheets\nsheet: 台账",
            "第5行：“决策事项”同时写了periods: sheets和sheet: 台账，各表是什么说法不一"
            "｜只留一种：每表一期写 periods，每表一种状态写 status_from",
        ),
    ],
)
def test_what_is_typed_there_is_checked(tmp_path, lines, said):
    assert said in mistakes(tmp_path, with_lines(lines))
