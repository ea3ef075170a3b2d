"""Which sheets of a book are the ledger."""

from __future__ import annotations

from pathlib import Path

from tests.support.first_days import Layout
from tongbao.rounds.first_day.putting_together import kinds_in, ledgers_seen

KINDS = kinds_in(Path("templates"))
TOWNS = {
    "青石镇": ("驻村工作队在岗率低", "帮扶台账不规范", "产业收益分配滞后"),
    "河口镇": ("公益岗管理松散", "危房监测遗漏"),
    "柳林镇": ("小额信贷逾期", "控辍保学台账缺失"),
}


def sheets(folder: Path, tables: dict[str, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """The sheets that are parts of the ledger, and those that are not used."""
    head = "| 序号 | 问题表现 | 整改措施 | 完成时限 | 整改进展 | 整改情况 |"
    lines = "| {} | {} | 建立清单限期整改，完成以后组织回头看 | 2025-10-30 | 正在整改 | 正在整改 |"
    drawn = {
        name: "\n".join([head, *(lines.format(n, task) for n, task in enumerate(tasks, 1))])
        for name, tasks in tables.items()
    }
    paths = Layout({"整改清单2025年8月.xlsx": drawn}, {}).write(folder)
    ledgers, _ = ledgers_seen([(path, path.read_bytes()) for path in paths], KINDS)
    parts = ledgers[0].parts
    return [table.name for table in parts.tables], [name for name, _ in parts.left_out]


def test_sheets_with_the_same_measures_for_other_problems_are_all_the_ledger(tmp_path: Path) -> None:
    assert sheets(tmp_path, TOWNS) == (list(TOWNS), [])


def test_sheets_that_repeat_lines_of_the_whole_list_are_no_part(tmp_path: Path) -> None:
    whole = {"总表": tuple(task for tasks in TOWNS.values() for task in tasks)}
    assert sheets(tmp_path, whole | TOWNS) == (["总表"], list(TOWNS))
