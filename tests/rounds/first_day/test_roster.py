"""A report put beside others fills up the roster of the office; what stands there is not changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.first_days import Layout
from tests.support.first_talk import set_up


def layout(*units: str) -> Layout:
    rows = "\n".join(f"| {n} | 第{n}件要办好的事 | {unit} | 2025年9月 | 在办 |" for n, unit in enumerate(units, 1))
    return Layout({"督办2025年7月.xlsx": {"a": f"| 序号 | 督办事项 | 责任单位 | 时限 | 状态 |\n{rows}"}}, {})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office with a roster of its own making: a title, a note, an order that leaves room."""
    book = Workbook()
    for row in (
        ["单位名册（2025年）"],
        ["排序", "名称", "简称", "电话"],
        [10, "县水利局", "水利局", "7001"],
        [20, "县财政局"],
    ):
        book.worksheets[0].append(row)
    book.worksheets[0].column_dimensions["B"].width = 33
    book.save(tmp_path / "单位.xlsx")
    (tmp_path / "config.yaml").write_text(
        "office: {name: 云溪县政府督查室}\nunits: 单位.xlsx   # 一室管\n"
        "reports:\n  - {name: 旧的, kind: general, title: 关于旧事项的通报}\n",
        encoding="utf-8",
    )
    return tmp_path


def rows(home: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(home / "单位.xlsx").worksheets[0].iter_rows(values_only=True))


def test_units_that_are_not_there_come_behind_those_that_are(home, capsys):
    before = rows(home)
    paths = layout("县水利局", "水利局", "县林业局", "青石镇、县财政局").write(home / "桌面")
    assert set_up(home, *paths, "--name", "新的") == 0
    after = rows(home)
    assert after[: len(before)] == before
    assert after[len(before) :] == [(21, "县林业局", None, None), (22, "青石镇", None, None)]
    assert load_workbook(home / "单位.xlsx").worksheets[0].column_dimensions["B"].width == 33
    assert "单位名册 单位.xlsx 补上了2个单位，原有的没有动：县林业局、青石镇" in capsys.readouterr().out
    assert "# 一室管" in (home / "config.yaml").read_text(encoding="utf-8")


def test_where_all_are_there_the_file_stays_as_it_is(home, capsys):
    before = (home / "单位.xlsx").read_bytes()
    assert set_up(home, *layout("水利局", "县财政局").write(home / "桌面"), "--name", "新的") == 0
    assert (home / "单位.xlsx").read_bytes() == before
    assert "名册" not in capsys.readouterr().out


def test_a_roster_in_the_settings_is_left_to_the_office(home, capsys):
    config = home / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("单位.xlsx ", "[县水利局, 县财政局] "), encoding="utf-8"
    )
    assert set_up(home, *layout("县水利局", "县林业局").write(home / "桌面"), "--name", "新的") == 0
    assert "单位名册（config.yaml 的 units 一行）里没有1个单位，请补上：县林业局" in capsys.readouterr().out


def test_a_roster_of_another_place_is_not_filled_up(home):
    book = Workbook()
    for row in (["名称"], *([f"松岭县{name}"] for name in ("水务投资公司", "城投公司", "青石镇", "柳林镇", "白水镇"))):
        book.worksheets[0].append(row)
    book.save(home / "单位.xlsx")
    before = (home / "单位.xlsx").read_bytes()
    assert set_up(home, *layout("县林业局", "东河镇", "西河镇").write(home / "桌面"), "--name", "新的") == 0
    assert (home / "单位.xlsx").read_bytes() == before
