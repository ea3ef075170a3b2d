"""What is the same for many cells is told once, with its cells."""

from __future__ import annotations

import pytest

from tests.support.drawing import xlsx
from tests.support.office import Office
from tongbao.ledger.told_once import inferred_once
from tongbao.model import Level, Place, Problem

HEAD = "| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |\n"


def told(office: Office, tables: list[str], names: list[str], period: str = "2022-02-07") -> list[tuple[str, str]]:
    path = office.folder / f"input/决策事项/台账{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xlsx(*tables, names=names))
    office.run()
    said = office.record(period)["problems"]
    return [(p["message"], p["cell"]) for p in said if p["code"] == "deadline_inferred"]


def rows(*deadlines: str) -> str:
    return "\n".join(f"| {n} | 修复{n}号桥 | 青石镇 | {text} | 完成勘察 | |" for n, text in enumerate(deadlines, 1))


@pytest.mark.parametrize(
    ("deadlines", "said", "cell"),
    [
        (["4月底前"], "没有写明年份，按2022年2月7日定为2022年", "D2"),
        (["2022年5月底前", "4月底前"], "没有写明年份，按2022年2月7日定为2022年", "D3"),
        (["4月底前", "6月底前", "2022年8月底前", "7月15日"], "有3处时限没有写明年份，按2022年2月7日定为2022年（D2、D3、D5）", "D2"),
        (["4月底前"] * 7, "有7处时限没有写明年份，按2022年2月7日定为2022年（D2、D3、D4、D5、D6等）", "D2"),
        (["4月底前", "本月底"], "有2处时限没有写明年份，按2022年2月7日定为2022年（1处：D2）；没有写月份，按2022年2月7日定（1处：D3）", "D2"),
    ],
)  # fmt: skip
def test_years_of_deadlines(tmp_path, deadlines, said, cell):
    assert told(Office(tmp_path), [HEAD + rows(*deadlines)], ["台账"]) == [(said, cell)]


def test_the_sections_of_a_ledger_are_told_together(tmp_path):
    table = (
        HEAD
        + "| 2021年12月29日第八次会议 |\n| 1 | 修路 | 青石镇 | 4月底前 | 已动工 | |\n"
        + "| 2022年1月5日第九次会议 |\n| 2 | 架桥 | 青石镇 | 5月底前 | 已动工 | |"
    )
    ((said, cell),) = told(Office(tmp_path), [table], ["台账"])
    assert said == (
        "有2处时限没有写明年份，按2021年12月29日定为2022年（1处：D3）；没有写明年份，按2022年1月5日定为2022年（1处：D5）"
    )
    assert cell == "D3"


def test_cells_of_several_sheets_bear_their_names():
    found = [
        Problem(Level.NOTE, "deadline_inferred", "没有写明年份", place=Place("台账.xlsx", sheet, 2, 4))
        for sheet in ("甲", "乙")
    ]
    assert [p.message for p in inferred_once(found)] == ["有2处时限没有写明年份（“甲”D2、“乙”D2）"]


def test_other_problems_stay_as_they_are():
    found = [Problem(Level.NOTE, "gap", "空行"), Problem(Level.ERROR, "ditto", "同上")]
    assert list(inferred_once(found)) == found
