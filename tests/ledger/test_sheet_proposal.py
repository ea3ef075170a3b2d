"""Which sheet is proposed where several look like the ledger: the one a clerk would point at, wherever it stands."""

from __future__ import annotations

import pytest

from tests.support.drawing import xlsx
from tests.support.office import CONFIG, Office
from tongbao.ledger.sheet_proposal import Candidate, proposed_sheet
from tongbao.words.periods import parse_period

HEAD = "| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |\n"
WATER = HEAD + "| 1 | 新建云溪县第二水厂 | 县财政局 | 2022年12月底前 | 完成土建 | 正常推进 |"
RIVER = HEAD + "| 2 | 整治白塔河河道 | 县财政局 | 2022年12月底前 | 完成一期 | 正常推进 |"
LONG = RIVER + "\n| 3 | 修复石拱桥 | 青石镇 | 2022年12月底前 | 完成勘察 | 正常推进 |"
NARROW = "| 序号 | 交办事项 | 承办单位 | 备注 |\n| 1 | 新建云溪县第二水厂 | 县财政局 | 正常推进 |"


@pytest.mark.parametrize(
    ("names", "file", "expected"),
    [
        ("台账 备份", "2022-02", "台账"),
        ("台账 台账copy", "2022-02", "台账"),
        ("督查 督查(旧)", "2022-02", "督查"),
        ("本月 上月", "2022-02", "本月"),
        ("上期 本期", "2022-02", "本期"),
        ("1月 2月 3月", "2022年", "3月"),
        ("3月 2月 1月", "2022年", "3月"),
        ("一季度 二季度 三季度", "2022年", "三季度"),
        ("2021年12月 2022年1月", "2022年", "2022年1月"),
        ("2022年2月 2022年2月终稿", "2022-02", "2022年2月终稿"),
        ("2月 2月备份 1月", "2022-02", "2月"),
        ("2022-02 2022-03 模板", "2022-02", "2022-02"),
        ("台账 汇总", "2022-02", "台账"),
        ("重点任务 Sheet2", "2022-02", "重点任务"),
    ],
)
def test_by_names(names, file, expected):
    sheets = [Candidate(name, 6, 20) for name in names.split()]
    assert proposed_sheet(sheets, parse_period(file)) == expected


def test_where_the_names_say_nothing_the_fullest_table_is_proposed():
    assert proposed_sheet([Candidate("甲", 6, 3), Candidate("乙", 4, 30)], None) == "甲"
    assert proposed_sheet([Candidate("甲", 6, 30), Candidate("乙", 6, 3)], None) == "甲"


@pytest.mark.parametrize(
    ("names", "tables", "expected"),
    [
        (["一组", "二组备份"], [WATER, RIVER], "一组"),
        (["甲", "乙"], [LONG, WATER], "甲"),
        (["甲", "乙"], [WATER, NARROW], "甲"),
    ],
)
def test_what_a_run_says(tmp_path, capsys, names, tables, expected):
    office = Office(tmp_path, CONFIG)
    path = tmp_path / "input/决策事项/台账2022-02.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(xlsx(*tables, names=names))
    assert office.run() == 1
    assert f"如 sheet: {expected}；" in capsys.readouterr().out
