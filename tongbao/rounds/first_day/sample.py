"""The sample office that comes with the program: its settings make way for those of a real office."""

from __future__ import annotations

from pathlib import Path

from tongbao.config.office import Settings
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content

OFFICE = "云溪县人民政府督查室"
REPORTS = frozenset(
    {
        "重点项目调度会决策事项",
        "常务会议确定事项",
        "年度重点工作任务",
        "重点项目",
        "政府工作报告重点任务",
        "问题整改销号",
        "督查事项",
    }
)
KEPT_AS = "config.示例.yaml"


def is_sample(settings: Settings) -> bool:
    """Are these the settings of the sample office, with no report of anybody else's?"""
    return settings.office.name == OFFICE and {report.name for report in settings.reports} <= REPORTS


def set_aside(config: Path) -> list[str]:
    """Keeps the sample's settings under another name, before those of the office are written."""
    write_whole(config.with_name(KEPT_AS), content(config))
    return [f"示例的设置另存为 {KEPT_AS}"]
