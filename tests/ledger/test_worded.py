"""Ledgers of words, brought in from old papers, of reports that read colours, headings or ticks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.docx_maker import docx, table
from tests.support.drawing import xlsx
from tests.support.kept_layouts import KEPT
from tests.support.rounds_on import Clerk

HEAD = ["序号", "事项", "责任单位", "时限", "进展情况", "办理状态"]
ROWS = [
    ["1", "新建实验小学", "县教体局", "2025年4月底", "尚未选址", "滞后"],
    ["2", "修缮县城旧桥", "县交通局", "2025年9月底", "开始施工", "正常推进"],
    ["3", "清理河道垃圾", "县水利局", "2025年12月底", "清理一成", "正常推进"],
    ["4", "检修路灯二百盏", "县住建局", "2025年4月底", "已全部完成", "已办结"],
]
TITLE = "关于2025年3月督办事项办理情况的通报"
PAPERS: dict[str, bytes] = {
    "督办2025年3月通报.docx": docx(TITLE, "现通报如下。", table([HEAD, *ROWS]), "云溪县督查室", "2025年4月2日"),
    "督办2025年3月.xlsx": xlsx("\n".join(f"| {' | '.join(line)} |" for line in [HEAD, *ROWS])),
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT.keys())
def test_states_in_words_are_read_as_words(kept: Any, paper: str, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path, kept.layout)
    file = tmp_path / paper
    file.write_bytes(PAPERS[paper])
    assert clerk.does("import", str(file), "-p", "2025-03") == 0
    assert clerk.does("-p", "2025-03") == 0
    assert clerk.does() == 0
    assert clerk.figures("total", "completed", "newly_completed", "lagging", "on_track") == (4, 1, 0, 1, 2)
