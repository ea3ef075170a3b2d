"""What a ledger is a ledger of, by its title, and how a circular about that is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.first_days import Layout
from tongbao.rounds.first_day.naming import subject_of, title_of
from tongbao.rounds.first_day.putting_together import kinds_in, ledgers_seen

KINDS = kinds_in(Path("templates"))
HEAD = "| 序号 | 事项 | 责任单位 | 进展情况 | 状态 |"
LINES = "| 1 | 维修县城路灯 | 县住建局 | 已维修五十盏 | 正在办理 |\n| 2 | 排查校园隐患 | 县公安局 | 排查完毕 | 已办结 |"


def subject(folder: Path, title: str, name: str = "台账2025年6月.xlsx") -> str:
    """What a ledger with this title in the row above its header is a ledger of."""
    above = f"| {title} | < | < | < | < |\n" if title else ""
    (path,) = Layout({name: {"Sheet1": f"{above}{HEAD}\n{LINES}"}}, {}).write(folder)
    ledgers, _ = ledgers_seen([(path, path.read_bytes())], KINDS)
    return subject_of(path, [ledgers[0].newest])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("县领导批示件办理认领单（2025年6月）", "县领导批示件"),
        ("市政府领导批示件办理情况登记簿", "市政府领导批示件"),
        ("2025年民生实事进展亮灯情况", "民生实事"),
        ("征收拆迁工作进度周报表", "征收拆迁工作"),
        ("重点项目专班周调度表", "重点项目专班"),
        ("2025年《政府工作报告》目标任务分解落实表", "《政府工作报告》目标任务"),
        ("县委全面深化改革重点任务进度表", "县委全面深化改革重点任务"),
        ("重大安全隐患整改闭环清单", "重大安全隐患整改"),
        ("青石镇人居环境整治问题交办汇总表", "人居环境整治问题"),
        ("云溪县文明城市创建点位问题整改清单", "文明城市创建点位问题整改"),
        ("文明城市创建点位问题整改清单", "文明城市创建点位问题整改"),
        ("老旧小区改造任务推进表", "老旧小区改造任务"),
        ("县委、县政府2025年督查台账", "县委、县政府督查事项"),
        ("市交通运输局2025年重点工作任务督办台账", "市交通运输局重点工作任务"),
        ("改革任务落实“红黄绿”亮灯表", "改革任务"),
        ("河湖“四乱”问题清单", "河湖“四乱”问题"),
        ("乡村振兴重点任务台账——产业振兴", "乡村振兴重点任务"),
        ("总经理办公会交办台账", "总经理办公会交办事项"),
    ],
)
def test_the_subject_is_the_title_without_what_makes_it_a_table(tmp_path: Path, title: str, expected: str) -> None:
    assert subject(tmp_path, title) == expected


def test_the_name_of_an_office_is_no_subject(tmp_path: Path) -> None:
    assert subject(tmp_path, "区政府督查室", "12345热线督办工单导出2025年6月.xlsx") == "12345热线督办工单"


@pytest.mark.parametrize(
    ("about", "title"),
    [
        ("县领导批示件", "关于县领导批示件办理情况的通报"),
        ("十件民生实事", "关于十件民生实事推进情况的通报"),
        ("征收拆迁工作", "关于征收拆迁工作推进情况的通报"),
        ("信访积案化解", "关于信访积案化解工作推进情况的通报"),
        ("防汛备汛", "关于防汛备汛工作推进情况的通报"),
        ("审计查出问题整改", "关于审计查出问题整改情况的通报"),
        ("审计查出问题", "关于审计查出问题整改情况的通报"),
        ("重大事故隐患专项排查整治", "关于重大事故隐患专项排查整治工作推进情况的通报"),
    ],
)
def test_the_title_says_what_is_told_of_the_subject(about: str, title: str) -> None:
    assert title_of(about) == title
