"""Ledgers of later months find their report under whatever name it goes, and ledgers of others do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.first_days import LAYOUTS, Layout
from tests.support.first_days_more import MORE
from tests.support.first_talk import set_up
from tongbao.config.office import load_settings


def names(home: Path) -> list[str]:
    return [report.name for report in load_settings(home / "config.yaml").reports]


@pytest.mark.parametrize("name", ["带备份表", "两层表头", "三栏打勾", "ABC类，表下有说明", "红黄绿灯"])
def test_a_report_that_was_renamed_is_found(tmp_path: Path, name: str) -> None:
    earlier, later = LAYOUTS[name].write(tmp_path / "桌面")
    assert set_up(tmp_path, earlier, "--name", "我们的通报") == 0
    assert set_up(tmp_path, later) == 0
    assert names(tmp_path) == ["我们的通报"]
    assert len(list((tmp_path / "input" / "我们的通报").glob("*.xlsx"))) == 2


def test_the_same_ledger_saved_again_is_nothing_new(tmp_path: Path) -> None:
    paths = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    assert set_up(tmp_path, *paths) == 0
    book = load_workbook(paths[0])
    book.properties.creator = "李四"
    book.save(paths[0])
    assert set_up(tmp_path, *paths) == 0
    assert len(list((tmp_path / "input").glob("*/*.xlsx"))) == 2


FORM = """
| 序号 | 议定事项 | 责任单位 | 完成时限 | 进展情况 | 办理状态 |
| 1 | {} | 县住建局 | 2025年9月 | 正在推进 | 正在办理 |
| 2 | {} | 县公安局 | 2025年8月 | 已经办完 | 已办结 |
"""


def test_another_ledger_in_the_same_form_is_a_report_of_its_own(tmp_path: Path) -> None:
    one = Layout({"县长专题2025年7月.xlsx": {"a": FORM.format("维修县城路灯二百盏", "排查校园周边隐患")}}, {})
    two = Layout({"书记批示2025年7月.xlsx": {"a": FORM.format("研究古城保护方案", "解决职教中心设备不足")}}, {})
    assert set_up(tmp_path, *one.write(tmp_path / "桌面")) == 0
    assert set_up(tmp_path, *two.write(tmp_path / "桌面")) == 0
    assert len(names(tmp_path)) == 2


def test_a_name_that_is_given_makes_a_report_even_of_a_ledger_like_one(tmp_path: Path) -> None:
    earlier, later = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    assert set_up(tmp_path, earlier) == 0
    assert set_up(tmp_path, later, "--name", "另一份") == 0
    assert names(tmp_path)[1:] == ["另一份"]


def test_a_whole_folder_given_again_with_a_month_more_is_put_beside(tmp_path: Path) -> None:
    *earlier, newest = MORE["三本乱序，完成情况是状态"].write(tmp_path / "全部")
    assert set_up(tmp_path, *earlier, "--name", "季度任务") == 0
    shutil.copy(newest, tmp_path / "新来的.xlsx")
    assert set_up(tmp_path, tmp_path / "全部") == 0
    assert names(tmp_path) == ["季度任务"]
