"""What a template may say: the tables, the documents and the context say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.builders import ledger, meetings
from tests.support.folders import TEMPLATES
from tongbao.circular.context import speak
from tongbao.circular.figures import tabulate
from tongbao.circular.views import Numbering
from tongbao.circular.vocabulary import CHOICE_NAMES, FILTERS, NAMES, ROW_NAMES, names_of, results_of
from tongbao.config.kind_file import KEYS, kind_names, load_kind
from tongbao.config.office import Office, Report
from tongbao.config.yamltext import Section
from tongbao.matching.two_periods import Changes
from tongbao.word.template import check_template
from tongbao.words.units import Roster

TABLE = """
| 序号 | 项目名称 | 责任单位 | 交办事项 | 完成时限 | 完成情况 | 状态 |
| 2022年1月5日第一次会议 |
| 1 | 水库 | 青石镇 | 完成鉴定。 | | 正在办理。 | 需加快推进 |
| 2 | 道路⏎改造 | 青石镇 | 完成招标。 | | 已经公示。 | 完成 |
"""


def spoken():
    kind = meetings()
    changes = Changes(ledger(TABLE, kind))
    roster = Roster.from_names(["青石镇"])
    figures, _ = tabulate(changes, kind, roster, 55)
    report = Report("决策事项", "meetings", "关于决策事项的通报", Path(), Path())
    return speak(changes, figures, kind, report, Office("督查室"), roster), names_of(kind)


def test_the_tables_list_what_is_in_scope_and_nothing_else():
    circular, known = spoken()
    assert set(NAMES) <= set(circular.context)
    assert set(circular.context) == set(known)
    assert set(circular.filters) == set(FILTERS)


def test_every_listed_name_has_a_value():
    circular, _ = spoken()
    chosen = circular.context["滞后"]
    for name in ("名", "字样", "数", "占比", "大项数", "单位", "单位数", "行"):
        assert name in CHOICE_NAMES
        assert chosen[name] or chosen[name] == 0
    (row,) = chosen
    known = ("标签", "字样", "简称", "单位", "牵头", "上期", "滞后期数", "延期次数")
    assert {n: row[n] for n in known} == {
        "标签": "需加快推进", "字样": "需加快推进", "简称": "水库", "单位": "青石镇", "牵头": "青石镇", "上期": None, "滞后期数": 0, "延期次数": 0,
    }  # fmt: skip
    assert list(row["现场照片"]) == []
    assert set(known) | {"分节", "纵并", "现场照片"} == set(ROW_NAMES)
    with pytest.raises(KeyError):
        row["没有的"]


def test_a_number_leads_to_its_rows():
    circular, _ = spoken()
    assert circular.context["完成"]["数"] == 56
    source = circular.sources["完成.数"]
    assert (source.constant, [r.no for r in source.rows]) == (55, ["2"])


@pytest.mark.parametrize(
    ("name", "given", "printed"),
    [
        ("去序号", "（二）3.修建道路", "修建道路"),
        ("去序号", "3.5公里道路", "3.5公里道路"),
        ("引号", "打通“断头路”", "“打通‘断头路’”"),
        ("去句号", "修建⏎道路。".replace("⏎", "\n"), "修建道路"),
    ],
)
def test_filters_of_texts(name, given, printed):
    circular, _ = spoken()
    assert circular.filters[name](given) == printed


def test_an_ending_is_left_out_once():
    circular, _ = spoken()
    assert circular.filters["去尾"]("第3次会议确定事项", "落实情况", "确定事项") == "第3次会议"


def test_groups_by_unit_or_field_lose_no_row():
    circular, _ = spoken()
    everything = circular.context["全部"]
    for name, arguments in (("按单位", ()), ("按", ("进展",))):
        groups = circular.filters[name](everything, *arguments)
        assert sum(len(group) for group in groups) == len(list(everything))  # what was closed before has no rows


def test_selections_inside_each_other():
    circular, _ = spoken()
    (section,) = circular.context["大纲"]
    assert (section["题"], section["数"], section["滞后"]["数"], section["完成"]["数"]) == (
        "2022年1月5日第一次会议",
        2,
        1,
        1,
    )


def test_lists_in_words():
    circular, _ = spoken()
    every = circular.context["全部"]
    say = circular.filters
    assert say["顿号"](say["引号"](say["取"](every, "名称"))) == "“水库”、“道路改造”"
    assert [(g["名"], g["数"]) for g in say["按单位"](every)] == [("青石镇", 2)]
    assert say["顿号"](say["前"](say["序号"](every), 1)) == "1"


def test_heading_numbers_are_generated_at_every_level():
    numbers = Numbering()
    asked = ["一", "二", "三", "三", "二", "三", "一", "二", "四"]
    assert [numbers[level] for level in asked] == [
        "一、",
        "（一）",
        "1.",
        "2.",
        "（二）",
        "1.",
        "二、",
        "（一）",
        "（1）",
    ]


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_every_shipped_template_uses_only_known_names(name):
    kind = load_kind(TEMPLATES, name)
    circular, _ = spoken()
    known = names_of(kind)
    assert check_template(kind.template.read_bytes(), known, circular.filters, name, results_of(known)) == []


def test_the_table_of_keys_is_what_the_loader_asks_for(monkeypatch):
    asked: set[str] = set()
    finish = Section.finish

    def listen(section: Section) -> None:
        path = section.name.split(".")
        free = {"columns", "labels", "classes", "lists", "measures"}
        prefix = ".".join([path[0], *(["*"] if path[0] in free else [])]) + "." if section.name else ""
        asked.update(prefix + key for key in section._asked)
        finish(section)

    monkeypatch.setattr(Section, "finish", listen)
    for name in kind_names(TEMPLATES):
        load_kind(TEMPLATES, name)
    sections = {key.partition(".")[0] for key in KEYS}
    assert {a for a in asked if a not in KEYS and a not in sections} == set()
    assert {k for k in KEYS if not k.endswith(".*")} <= asked


def test_dates_of_two_years_are_both_said():
    from tongbao.circular.context import _span

    assert _span(date(2022, 1, 19), date(2022, 2, 7)) == "2022年1月19日—2月7日"
    assert _span(date(2021, 12, 31), date(2022, 1, 31)) == "2021年12月31日—2022年1月31日"
