"""Numbers that units typed arrive as the screen shows them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.builders import meetings
from tests.support.drawing import xlsx
from tests.support.returning import Round, edited

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 增设人行天桥 | 县交通局 | 选址 | 正常推进 |
"""


def typed(value: float, code: str) -> Any:
    def edit(sheet: Any) -> None:
        sheet["D2"] = value
        sheet["D2"].number_format = code

    return edit


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(0.85, "0%", "85%"), (1234567.5, "#,##0.00", "1,234,567.50"), (12.5, "General", "12.5"), (3, "General", "3")],
)
def test_an_answer_reaches_the_ledger_as_it_was_seen(value: float, code: str, text: str) -> None:
    sent = Round(xlsx(TABLE), meetings())
    assert sent.written(sent.merge(edited(sent.out["县交通局"], typed(value, code)))[0]) == {"D2": text}


def test_a_number_that_was_sent_and_left_alone_is_no_answer() -> None:
    sent = Round(edited(xlsx(TABLE), typed(0.85, "0%")), meetings())
    assert sent.merge(sent.out["县交通局"])[0].writes == {}
