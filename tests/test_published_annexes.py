"""Two ledgers of the shape of published annexes, with a period before each: the circular says the published figures."""

from __future__ import annotations

import pytest

from tests.support.annexed import projects, tasks
from tests.support.office import Office

SETTINGS = """
office: {name: 云溪县人民政府督查室}
reports:
  - name: 任务
    kind: annual-tasks
    title: 关于2022年重点工作任务最新进展情况的通报
  - name: 项目
    kind: key-projects
    title: 关于2021年省市县三级重点工程推进情况的通报
    labels: {达到序时进度: [已开工, 前期, 未开工]}
"""


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, SETTINGS)
    for report, drawn, periods in (
        ("任务", tasks, ("2022年7月", "2022年10月")),
        ("项目", projects, ("2021年8月", "2021年9月")),
    ):
        folder = tmp_path / "input" / report
        folder.mkdir(parents=True)
        for number, period in enumerate(periods):
            (folder / f"台账{period}.xlsx").write_bytes(drawn(number))
    return made


def test_48_numbers_and_56_rated_rows_with_sub_rows_under_merged_tasks(office):
    assert office.run("-r", "任务") == 0
    record, paper = office.record("2022-10", "任务"), office.paper("2022-10", "任务")
    assert [p["code"] for p in record["problems"] if p["level"] != "note"] == ["assumed"]
    assert {name: record["figures"][name] for name in ("items", "rows", "total", "open", "added", "dropped")} == {
        "items": 48, "rows": 56, "total": 56, "open": 56, "added": 0, "dropped": 0,
    }  # fmt: skip
    assert "共48大项56项" in paper
    assert (
        "评价为“积极”的22项，占39%；评价为“正常”的18项，占32%；评价为“一般”的6项，占11%；评价为“滞后”的10项，占18%。"
        in paper
    )
    lagging = [(row["no"], row["row"]) for row in record["lists"]["lagging"]]
    assert lagging == [
        ("3", 7), ("4", 8), ("8", 12), ("8", 16), ("8", 17), ("23", 32), ("29", 38), ("31", 41), ("32", 42), ("44", 54),
    ]  # fmt: skip
    # Every one of the six rows under one merged task is compared with itself.
    assert "由“正常”变为“积极”的5项（第2、8、10、16、46项）。" in paper
    assert "由“积极”变为“一般”的1项：第8项" in paper
    assert "由“正常”变为“一般”的2项：第8项" in paper
    assert "由“一般”变为“滞后”的3项：第4项" in paper
    assert "上期评价为“滞后”的6项中，已摆脱滞后1项（第35项），仍然滞后5项（第3、8、23、29项）。" in paper


def test_a_status_column_with_the_words_of_building_sites(office):
    assert office.run("-r", "项目") == 0
    record, paper = office.record("2021-09", "项目"), office.paper("2021-09", "项目")
    assert {p["code"] for p in record["problems"]} == {"long_lagging"}
    for sentence in (
        "共安排省市县三级重点项目41个（按建设性质分：在建36个、前期5个；按级别分：省重点1个、市重点3个、县重点37个）",
        "概算总投资136.8亿元，年度计划投资30.83亿元",
        "累计完成投资24.02亿元，占年度计划的77.91%",
        "省市重点在建项目3个，累计完成投资7.47亿元，占年度计划（8.9亿元）的83.93%",
        "县重点在建项目33个，累计完成投资16.22亿元，占年度计划（21.1亿元）的76.87%",
        "前期项目5个，累计完成投资0.33亿元",
        "在建的36个项目中，已开工34个，未开工2个，开工率94%。",
        "达到序时进度36个，未达到序时进度4个，停缓建1个。",
        "上期未达到序时进度的5个项目中，已赶上序时进度2个",
        "仍未达到序时进度3个",
    ):
        assert sentence in paper
    assert {name: group["count"] for name, group in record["groups"]["级别"].items()} == {
        "省重点": 1, "市重点": 3, "县重点": 37,
    }  # fmt: skip


def test_words_of_building_sites_that_nobody_explained_are_told_each(office):
    office.config.write_text(SETTINGS.replace(", 前期, 未开工", ""), encoding="utf-8")
    assert office.run("-r", "项目") == 1
    unknown = [p["value"] for p in office.record("2021-09", "项目")["problems"] if p["level"] == "error"]
    assert set(unknown) == {"前期", "未开工"}
