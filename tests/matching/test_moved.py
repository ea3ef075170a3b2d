"""What changed since last period, each sort in one line."""

from __future__ import annotations

from tests.support.builders import ledger, meetings
from tongbao.matching import match
from tongbao.matching.changes import compare
from tongbao.matching.moved import deadline_changed, status_merged, units_changed
from tongbao.matching.two_periods import Changes

HEAD = "|编号|序号|交办事项|承办单位|完成时限|完成情况|备注|\n"
TASKS = [
    "修建青石镇环镇路",
    "编制低空经济方案",
    "整治学校周边环境",
    "化解信访积案",
    "新建公办幼儿园",
    "清理河道淤泥",
    "改造老旧小区",
    "筹办农民丰收节",
    "推进垃圾焚烧发电",
]


def changes(before: str, now: str) -> Changes:
    by = meetings()
    prior, current = ledger(HEAD + before, by, "2022-01-19"), ledger(HEAD + now, by, "2022-02-07")
    matching, _ = match.match(prior, current, [])
    return compare(current, prior, matching, [prior])[0]


def row(number: int, unit: str = "县水利局", due: str = "2022年6月30日", status: str = "正常推进") -> str:
    return f"|A{number}|{number}|{TASKS[number - 1]}|{unit}|{due}|正在办理|{status}|\n"


def test_deadlines_that_changed_are_one_line() -> None:
    before = "".join(row(n) for n in range(1, 10))
    found = changes(before, "".join(row(n, due="2022年12月31日") for n in range(1, 9)) + row(9))
    (moved,) = deadline_changed(found, meetings())
    assert moved.message.startswith("时限与上期不同的8项：第1项（2022年6月30日→2022年12月31日）、第2项")
    assert moved.message.endswith("等")


def test_units_that_changed_are_one_line() -> None:
    before = "".join(row(n) for n in range(1, 10))
    changed = row(1, "县财政局") + row(2, "县水利局、县财政局")
    found = changes(before, changed + "".join(row(n) for n in range(3, 10)))
    (units,) = units_changed(found, meetings())
    assert units.message == "责任单位与上期不同的2项：第1项（县水利局→县财政局）、第2项（县水利局→县水利局、县财政局）"


def test_another_spelling_is_no_change() -> None:
    found = changes(row(1, "水利局", "2022年6月30日") + row(2), row(1, "县水利局", "2022年6月底前") + row(2))
    assert [*deadline_changed(found, meetings()), *units_changed(found, meetings())] == []


def test_another_lead_is_a_change() -> None:
    found = changes(row(1, "县水利局、县财政局"), row(1, "县财政局、县水利局"))
    (units,) = units_changed(found, meetings())
    assert "县水利局、县财政局→县财政局、县水利局" in units.message


def test_a_status_merged_over_rows_is_told() -> None:
    found = changes(row(1), row(1, status="完成") + row(2, status="^") + row(3, status="^") + row(4))
    assert [p.message for p in status_merged(found, meetings())] == [
        "状态一格合并了几行的有1处，每行都按它计：第2至4行（完成）"
    ]


def test_a_deadline_that_was_emptied_is_told() -> None:
    found = changes(row(1) + row(2), row(1, due="") + row(2))
    (moved,) = deadline_changed(found, meetings())
    assert moved.message == "时限与上期不同的1项：第1项（2022年6月30日→空）"


def test_a_deadline_that_was_filled_in_or_belongs_to_a_finished_row_is_not_told() -> None:
    assert [*deadline_changed(changes(row(1, due=""), row(1)), meetings())] == []
    assert [*deadline_changed(changes(row(1), row(1, due="", status="完成")), meetings())] == []
