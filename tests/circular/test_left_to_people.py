"""The run record carries all that the window shows of a question: its text is built again from the record alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.office import Office
from tests.support.talking import END, console
from tongbao.matching.answers import Answer, Mark, Verdict
from tongbao.matching.decisions_aside import ASIDE_FILE, Decision, spelt
from tongbao.matching.question_text import heading, lines
from tongbao.matching.two_periods import Cause, Question
from tongbao.model import PROGRESS, Deadline, Place, Row

# Tasks of last month and of this one: a phase, a second row alike, one that nothing is like, one that became two, one
# that is over and worked on again.
BEFORE = """
| 1 | 石桥水厂 | 青石镇 | 建设石桥水厂（一期），解决季节性缺水。 | 青石镇 | 2022年⏎6月底 | 已启动招标。 | 需加快推进 | 水厂 |
| 2 | 教学楼 | 县财政局 | 新建城东中心小学教学楼一栋，缓解大班额问题。 | 县财政局 | | 正在选址。 | | 教学楼 |
| 3 | 古镇 | 青石镇 | 打造云溪古镇夜间消费街区。 | 青石镇 | | 已完成策划。 | | 古镇 |
| 4 | 大坝 | 县财政局 | 完成水库大坝安全鉴定，2022年底前报批。 | 县财政局 | | 报告已印发。 | 完成 | 大坝 |
| 5 | 养老 | 青石镇 | 建设县养老服务中心。 | 青石镇 | | 正在装修。 | | 养老 |
"""
NOW = """
| 1 | 石桥水厂 | 青石镇、县财政局 | 建设石桥水厂（二期），解决季节性缺水。 | 青石镇⏎县财政局 | 2022年⏎9月底 | 已完成评审。 | | 水厂 |
| 2 | 教学楼 | 县财政局 | 城东中心小学扩建教学楼，消除大班额。 | 县财政局 | | 正在选址。 | | 教学楼 |
| 3 | 教学楼 | 县财政局 | 城西中心小学扩建教学楼，消除大班额。 | 县财政局 | | 已经开工。 | | 教学楼 |
| 4 | 大坝 | 县财政局 | 完成水库大坝安全评估和除险加固，按月报送。 | 县财政局 | | 重新招标。 | | 大坝 |
| 5 | 养老 | 青石镇 | 建设县养老服务中心。 | 青石镇 | | 正在验收。 | | 养老 |
"""
Told = Mapping[str, Any]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.ledger("2022-01-19", "| 会议事项 |" + BEFORE)
    made.ledger("2022-02-07", "| 会议事项 |" + NOW)
    return made


def asked(office: Office) -> Told:
    found = office.record("2022-02-07")
    told: Told = found.get("attempt", found)
    return told


def row(told: Told) -> Row:
    """A row as the record has it."""
    return Row(
        Place(told["file"], told["sheet"], told["row"]),
        told["no"],
        told["text"],
        section=tuple(told["section"]),
        id=told["id"],
        units=tuple(told["units"]),
        label=told["status"],
        deadline=Deadline(told["deadline"]),
        cells={"名称": told["name"], PROGRESS: told["progress"]},
    )


def shown(record: Told) -> list[str]:
    """What the window shows, from the record alone."""
    found: list[str] = []
    told = record["questions"]
    headings = [one["heading"] for one in told]
    sheets = any(len(names) > 1 for names in record["sheets"])
    for number, one in enumerate(told):
        if not number or headings[number - 1] != headings[number]:
            found.append(heading(Cause(one["heading"]), headings.count(one["heading"])))
        offered = [(row(other["current"]), other["likeness"]) for other in one["offered"]]
        partners = {
            row(other["current"]).place: row(other["partner"]) for other in one["offered"] if "partner" in other
        }
        question = Question(row(one["prior"]), (), one["why"], Cause(one["heading"]))
        found += lines(f"{number + 1}/{len(told)}", question, offered, partners, sheets=sheets)
    return found


def test_the_window_can_be_built_again_from_the_record_alone(office, capsys):
    with console(*[""] * 9, END):
        office.run()
    said = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    record = asked(office)
    assert len(record["questions"]) >= 4
    built = shown(record)
    first = said.index(built[0])
    in_window = [line for line in said[first:] if line and not line.startswith("输入")]
    assert in_window[: len(built)] == built


def test_an_answer_made_of_the_record_alone_counts(office):
    office.run()
    record = asked(office)
    periods = (record["prior"]["label"], record["period"]["label"])
    left = {one["prior"]["row"]: one for one in record["questions"]}
    kept = []
    for number, one in left.items():
        prior = Mark.of(row(one["prior"]))
        to = [other for other in one["offered"] if other["current"]["row"] == number]
        found = (
            Answer(periods, prior, Verdict.SAME, Mark.of(row(to[0]["current"])))
            if to
            else Answer(periods, prior, Verdict.WITHDRAWN, reason="不再办理")
        )
        kept.append(spelt(Decision(periods, prior, (found,))))
    (office.folder / "input" / "决策事项" / ASIDE_FILE).write_text("\n".join([*kept, ""]), encoding="utf-8")
    assert office.run() == 0
    record = asked(office)
    assert record["questions"] == []
    assert record["figures"]["withdrawn"] == sum(not one["offered"] for one in left.values())


def test_what_was_assumed_says_what_the_two_rows_are_to_each_other(office):
    office.ledger(
        "2022-02-07",
        "| 会议事项 |"
        + BEFORE.replace("青石镇 | 打造", "县财政局 | 打造").replace(
            "| 青石镇 | | 已完成策", "| 县财政局 | | 已编制策"
        ),
    )
    office.run()
    (one,) = asked(office)["assumed"]
    assert (one["bond"], one["prior"]["row"], one["current"]["row"]) == ("same", 5, 5)
    assert "责任单位由青石镇变县财政局" in one["why"]
