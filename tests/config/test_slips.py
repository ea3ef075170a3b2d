"""Slips of the hand in settings: what they are is said, with the line, where reading the file fails over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongbao.config.office import load_settings
from tongbao.config.slips import slips
from tongbao.model import Refusal

GOOD = """office:
  name: 云溪县人民政府督查室
units: [县财政局]
reports:
  - name: 决策事项
    kind: meeting-decisions
    title: 关于决策事项办理情况的通报
    opening: {closed: 55}
    wording:
      会议: 调度会
      结束语:
        - 各单位要抓好落实：一是加快进度，二是按时报送。
"""


def told(tmp_path: Path, text: str) -> str:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        load_settings(path)
    return "\n".join(f"{p.message}｜{p.fix}" for p in refused.value.problems)


@pytest.mark.parametrize(
    ("right", "slip", "line", "said"),
    [
        ("  name: 云溪县", "  name：云溪县", 2, "“name”后面是全角冒号"),
        ("office:", "office：", 1, "“office”后面是全角冒号"),
        ("- name: 决", "- name：决", 5, "“name”后面是全角冒号"),
        ("    kind: ", "    kind： ", 6, "“kind”后面是全角冒号"),
        ("{closed: 55}", "{closed：55}", 8, "“closed”后面是全角冒号"),
        ("      会议: ", "      会议：", 10, "“会议”后面是全角冒号"),
        ("      结束语:\n", "      结束语：\n", 11, "“结束语”后面是全角冒号"),
        ("    title: 关", "    title:关", 7, "“title:”后面没有空格"),
        ("{closed: 55}", "{closed:55}", 8, "“closed:”后面没有空格"),
        ("    kind: meeting", "\tkind: meeting", 6, "制表符"),
        ("    opening: {", "    opening: ｛", 8, "“｛”是全角的"),
        ("  - name: 决", "  － name: 决", 5, "“－”是全角的"),
        ("{closed: 55}", "{closed: 55}\n    as_of: {2022-02: 2022-02-25，2022-03: 2022-03-25}", 9, "全角逗号"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path, right, slip, line, said):
    assert right in GOOD
    answer = told(tmp_path, GOOD.replace(right, slip, 1))
    first = answer.splitlines()[0]
    assert f"第{line}行：" in first
    assert said in first


def test_two_slips_are_both_named(tmp_path):
    answer = told(tmp_path, GOOD.replace("  name: 云", "  name：云").replace("    kind: ", "    kind："))
    assert "第2行：“name”后面是全角冒号" in answer
    assert "第6行：“kind”后面是全角冒号" in answer


def test_a_text_may_hold_full_width_colons(tmp_path):
    path = tmp_path / "config.yaml"
    text = GOOD.replace("      会议: 调度会", "      会议: 会议：调度会，推进会").replace(
        "        - 各单位", "        - >-\n          注意：下面\n          时限：月底\n        - 各单位"
    )
    path.write_text(text, encoding="utf-8")
    assert load_settings(path).reports[0].wording["会议"] == ("会议：调度会，推进会",)


def test_another_mistake_is_not_taken_for_a_slip(tmp_path):
    """Each list entry that is a sentence with a colon looks like one, and is none."""
    answer = told(tmp_path, GOOD.replace("    kind:", "    knid:"))
    assert "全角" not in answer
    assert "knid" in answer


@pytest.mark.parametrize(
    "text", ["# 说明：见下\n", "a: 甲：乙\n", "a: |\n  甲：乙\n  丙:丁\n", 'a: {b: "甲，乙：丙"}\n', "a: c:/甲\n"]
)
def test_no_slip(text):
    assert slips(text) == {}
