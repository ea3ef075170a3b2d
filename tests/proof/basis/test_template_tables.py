"""The tables of a template spoken again: what is known to be printed, and what is not claimed to be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.support.docx_maker import docx, table
from tongbao.model import Place, Row
from tongbao.proof.basis.kept import Line, PrintedTable
from tongbao.proof.basis.template_tables import Speaker
from tongbao.word.document import Paper, read
from tongbao.word.template import TracedNumber

ROWS = [
    {"分节": "第一次会议"},
    {"分节": "", "序号": "1", "事项": "清水河治理", "标签": "完成"},
    {"分节": "", "序号": "2", "事项": "学府路东延", "标签": "滞后"},
]


def template(*rows: Sequence[str]) -> Paper:
    found, _ = read(docx(table(rows)), "circular.docx")
    assert found
    return found


def spoken(rows: Sequence[Sequence[str]], **context: object) -> list[PrintedTable]:
    filters = {"一行": lambda text: str(text).replace("\n", " ")}
    return list(Speaker(context, filters, lambda words: words != "没有印的表", lambda row: 7).tables(template(*rows)))


def annex(*cells: str) -> list[Line]:
    """The lines of an annex whose rows are printed by these cells."""
    loop = "{%tr for 行 in 附件.行 %}"
    rows = [["序号", "事项"], [loop, loop], list(cells), ["{%tr endfor %}"] * 2]
    (found,) = spoken(rows, 附件={"行": ROWS})
    assert found.annex
    return list(found.lines)


def test_the_annex_is_the_ledger_row_by_row_under_its_titles():
    assert annex("{{ 行.序号 }}", "{{ 行.事项 }}") == [
        Line(("第一次会议",), title=True),
        Line(("1", "清水河治理"), row=0),
        Line(("2", "学府路东延"), row=1),
    ]


def test_a_cell_may_have_words_and_filters_around_its_values():
    assert annex("第{{ 行.序号 }}项", "{{ 行.事项|一行 }}（{{ 行.标签 }}）")[1].cells == ("第1项", "清水河治理（完成）")


def test_a_cell_that_does_more_than_print_is_not_claimed_to_be_known():
    assert annex("{{ 行.序号 }}", "{% if 行.标签 %}{{ 行.事项 }}{% endif %}")[1].cells == ("1", None)
    assert annex("{{ 行.序号 }}", "{{ 行.事项|简称('短') }}")[1].cells == ("1", None)


def test_a_table_of_figures_is_of_no_single_row_and_its_values_lead_to_their_keys():
    units = [_Line({"单位": "县财政局", "数": TracedNumber(2, "单位表.县财政局.数")})]
    loop = "{%tr for 行 in 单位表 %}"
    rows = [["单位", "承担"], [loop, loop], ["{{ 行.单位 }}", "{{ 行.数 }}"], ["{%tr endfor %}"] * 2]
    (found,) = spoken(rows, 单位表=units)
    assert found.lines == (Line(("县财政局", "2"), keys=("", "单位表.县财政局.数")),)
    assert spoken([["没有印的表", "承担"], *rows[1:]], 单位表=units) == []


def test_cells_outside_loops_that_print_values_are_spoken_as_text():
    speaker = Speaker({"印发机关": "云溪县人民政府办公室", "抄送": ""}, {}, lambda _: True, lambda _: 0)
    printed = template(["{{ 印发机关 }}印发", "{{ 抄送 }}"], ["说明", "固定文字"])
    assert list(speaker.plain_cells(printed)) == ["云溪县人民政府办公室印发"]


class _Line:
    """A line of the unit table: it gives its fields by name and is no mapping."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> object:
        return self._fields[name]


# ---------------------------------------------------------------------------------------------- the ledger's own table


class _Own(list[dict[str, str]]):
    """The rows of an own annex: each stands for a row of the ledger, here the third and the fifth."""

    own = True
    listed = (Row(Place("台账.xlsx", "台账", 3), "1", "甲"), Row(Place("台账.xlsx", "台账", 5), "2", "乙"))


def test_stacked_headers_are_those_of_all_their_rows_without_a_title_over_the_table():
    loop = "{%tr for 行 in 附件.行 %}"
    rows = [
        ["任务表", "任务表", "任务表"],
        ["事项", "一季度", "一季度"],
        ["事项", "计划", "实际"],
        [loop] * 3,
        ["{{ 行.列1 }}", "{{ 行.列2 }}", "{{ 行.列3 }}"],
        ["{%tr endfor %}"] * 3,
    ]
    items = _Own([{"列1": "修渠", "列2": "5", "列3": "4"}, {"列1": "种树", "列2": "6", "列3": "7"}])
    (found,) = spoken(rows, 附件={"行": items})
    assert found.headers == ("事项", "一季度\n计划", "一季度\n实际")
    assert found.ordered


def test_each_line_of_the_annex_is_of_the_row_that_it_lists():
    loop = "{%tr for 行 in 附件.行 %}"
    rows = [["序号", "事项"], [loop] * 2, ["{{ 行.列1 }}", "{{ 行.列2 }}"], ["{%tr endfor %}"] * 2]
    items = _Own([{"列1": "1", "列2": "甲"}, {"分节": "二"}, {"列1": "2", "列2": "乙"}])
    found, _ = read(docx(table(rows)), "circular.docx")
    assert found
    speaker = Speaker({"附件": {"行": items}}, {}, lambda words: True, lambda row: row.place.row)
    (printed,) = speaker.tables(found)
    assert [line.row for line in printed.lines] == [3, None, 5]
