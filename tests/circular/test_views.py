"""What a circular says of rows: their short titles, told apart; words of state as the ledger types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tests.support.first_talk import lines, set_up

PARTED = Layout(
    {
        "巡察反馈问题整改台账2025年4月.xlsx": {
            "整改": """
            | 序号 | 反馈问题 | 整改措施 | 责任单位 | 整改时限 | 整改进展 | 整改状态 |
            | 1 | 项目资金沉淀 | 清理沉淀资金 | 县财政局 | 4月底 | 资金已清理完毕 | 已完成 |
            | ^ | ^ | 出台管理办法 | 县财政局 | 3月底 | 办法还在征求意见 | 滞后 |
            | ^ | ^ | 约谈有关单位 | 县纪委监委 | 3月底 | 约谈方案没有报批 | 滞后 |
            """
        }
    },
    {},
)
ONE_STEP = Layout(
    {
        "安全隐患整改台账2025年4月.xlsx": {
            "整改": """
            | 序号 | 隐患描述 | 责任单位 | 整改期限 | 整改情况 | 整改状态 |
            | 1 | 疏散通道堆放杂物 | 县应急局 | 4月底 | 杂物已清走 | WORD |
            | 2 | 消防水池水位不足 | 县消防大队 | 5月底 | 正在检修水泵 | 正在整改 |
            """
        }
    },
    {},
)
UNMEASURED = Layout(
    {
        "巡察反馈问题整改台账2025年4月.xlsx": {
            "整改": """
            | 序号 | 反馈问题 | 责任单位 | 整改时限 | 整改进展 | 整改状态 |
            | 1 | 项目资金沉淀 | 县财政局 | 4月底 | 资金已清理完毕 | 已完成 |
            | ^ | ^ | 县纪委监委 | 3月底 | 约谈方案没有报批 | 滞后 |
            """
        }
    },
    {},
)
GRADES = Layout(
    {
        "重点任务台账2025年4月.xlsx": {
            "任务": """
            | 序号 | 重点任务 | 牵头单位 | 完成时限 | 推进情况 | 评价 |
            | 1 | 建设公共数据平台 | 县数据局 | 3月底 | 平台已上线 | A |
            | 2 | 深化国有企业改革 | 县国资中心 | 6月底 | 正在完善清单 | B |
            | 3 | 推进网格积分管理 | 县委组织部 | 3月底 | 办法没有出台 | D |
            | 说明：A为已完成，B为达到序时进度，C为进度偏慢，D为严重滞后。 | < | < | < | < | < |
            """
        }
    },
    {},
)


def text(folder: Path, layout: Layout) -> str:
    """The circular of an office that sets up with these ledgers."""
    assert set_up(folder, *layout.write(folder / "桌面")) == 0
    return "\n".join(lines(folder))


def test_lines_of_one_problem_are_told_apart_by_what_is_done_about_it(tmp_path: Path) -> None:
    told = text(tmp_path, PARTED)
    assert "1.项目资金沉淀（出台管理办法）（县财政局）。" in told
    assert "2.项目资金沉淀（约谈有关单位）（县纪委监委）。" in told


def test_a_unit_that_tells_lines_apart_is_not_said_twice(tmp_path: Path) -> None:
    assert "1.项目资金沉淀（县纪委监委）。" in text(tmp_path, UNMEASURED)


def test_no_word_of_state_is_printed_that_the_ledger_does_not_have(tmp_path: Path) -> None:
    told = text(tmp_path, GRADES)
    assert "承担的任务全部已完成的单位有：县数据局。" in told
    assert "积极" not in told


@pytest.mark.parametrize(("word", "told"), [("已整改", False), ("完成整改", False), ("已整改待验收", True)])
def test_only_a_ledger_that_knows_a_second_step_is_said_to_wait_for_it(tmp_path: Path, word: str, told: bool) -> None:
    files = {name: {"整改": sheets["整改"].replace("WORD", word)} for name, sheets in ONE_STEP.files.items()}
    assert ("待验收" in text(tmp_path, Layout(files, {}))) is told
