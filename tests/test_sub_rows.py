"""Six rows under one merged task, each in a state of its own in the words of building sites, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.office import Office

SETTINGS = """
office: {name: 云溪县人民政府督查室}
reports:
  - name: 任务
    kind: annual-tasks
    title: 关于2022年重点工作任务最新进展情况的通报
    labels: {正常: [已开工], 一般: [前期], 滞后: [未开工]}
"""
HEAD = "| 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 |\n"
# State and progress of the six rows; each goes on with its own words.
SIX = [
    ("未开工", "青石镇污水管网正在办理用地手续。"),
    ("已开工", "红叶片区完成基础开挖三成。"),
    ("未开工", "白塔村安置点等待批复。"),
    ("前期", "临河路初步设计已送审。"),
    ("已开工", "柳林片区主管铺设到位六公里。"),
    ("前期", "东岗泵站选址方案征求意见。"),
]
REWRITTEN = ["正在组织招标。", "完成主体四成。", "已签订合同。", "材料报送省里。", "进入收尾。", "召开协调会两次。"]
Rows = Sequence[tuple[str, str]]


def table(six: Rows, said: str) -> str:
    lines = [f"| 1 | 推进营商环境建设 | 县发改局 | 李某某 | {said}完成事项下放。 | 已开工 |"]
    for n, (state, progress) in enumerate(six):
        first = "| 2 | 实施片区综合提升工程，完善基础设施 | 县住建局、青石镇 | 王某某" if not n else "| ^ | ^ | ^ | ^"
        lines.append(f"{first} | {progress} | {state} |")
    lines.append(f"| 3 | 建设县养老服务中心 | 县民政局 | 赵某某 | {said}完成封顶。 | 前期 |")
    for n, place in enumerate(["柳林", "桃源", "松坪", "青禾", "沙洲", "古渡", "凤鸣", "临河", "金山", "东岗"], 4):
        lines.append(f"| {n} | 改造{place}农贸市场 | 县商务局 | 钱某某 | {said}完成第{n}道工序。 | 前期 |")
    return "\n".join(lines)


def changed(number: int, state: str, rows: Rows = SIX) -> list[tuple[str, str]]:
    """The rows with one in another state, which its progress says too."""
    found = [(word, f"{progress}本月召开调度会。") for word, progress in rows]
    found[number] = (state, f"{rows[number][1]}本月{state}。")
    return found


def swapped(rows: Rows, one: int, other: int) -> list[tuple[str, str]]:
    found = list(rows)
    found[one], found[other] = found[other], found[one]
    return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path, SETTINGS)
    made.ledger("2022年7月", table(SIX, "7月"), "任务", HEAD)
    return made


def run(office: Office, six: Rows) -> tuple[str, list[str]]:
    """The circular of the second month, and what was said of the rows but for notes."""
    office.ledger("2022年10月", table(six, "10月"), "任务", HEAD)
    assert office.run() == 0
    record = office.record("2022-10", "任务")
    assert record["questions"] == []
    assert {name: record["figures"][name] for name in ("rows", "added", "dropped")} == {
        "rows": 18, "added": 0, "dropped": 0,
    }  # fmt: skip
    return office.paper("2022-10", "任务"), [p["code"] for p in record["problems"] if p["level"] != "note"]


@pytest.mark.parametrize(("number", "state"), [(0, "已开工"), (2, "前期"), (3, "已开工"), (5, "未开工")])
def test_one_state_that_changed_is_the_one_that_is_told(office, number, state):
    paper, said = run(office, changed(number, state))
    assert f"由“{SIX[number][0]}”变为“{state}”的1项" in paper
    assert paper.count("变为") == 1
    assert said == ["assumed"]  # rows of one text and unit are never taken for one unsaid: one line for all of them


@pytest.mark.parametrize(("one", "other"), [(0, 1), (2, 3), (1, 4), (0, 5)])
def test_rows_that_changed_places_keep_their_states(office, one, other):
    paper, said = run(office, swapped(changed(1, "已开工"), one, other))
    assert "变为" not in paper
    assert said == ["assumed"]  # rows of one text and unit are never taken for one unsaid: one line for all of them


def test_rows_that_changed_places_while_one_changed_its_state(office):
    paper, said = run(office, swapped(changed(0, "已开工"), 0, 3))
    assert "由“未开工”变为“已开工”的1项" in paper
    assert paper.count("变为") == 1
    assert said == ["assumed"]  # rows of one text and unit are never taken for one unsaid: one line for all of them


def test_where_every_progress_is_another_the_order_counts_and_is_told(office):
    rows = [(state, words) for (state, _), words in zip(SIX, REWRITTEN, strict=True)]
    rows[2] = ("已开工", REWRITTEN[2])
    paper, said = run(office, rows)
    assert "由“未开工”变为“已开工”的1项" in paper
    assert paper.count("变为") == 1
    assert said == ["assumed"]
    told = [one["why"] for one in office.record("2022-10", "任务")["assumed"]]
    assert len(told) == 6
    assert all("认定" in why or "另有" in why for why in told)
    (message,) = [p["message"] for p in office.record("2022-10", "任务")["problems"] if p["code"] == "assumed"]
    assert "凭位置等认定为同一项的6处（第3行、第4行、第5行等）" in message
