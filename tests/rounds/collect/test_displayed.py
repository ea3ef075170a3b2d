"""Numbers that units typed arrive as the screen shows them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.builders import meetings
from tests.support.drawing import xlsx
from tests.support.returning import Round, edited
from tongbao.rounds.collect.displayed import shown

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 增设人行天桥 | 县交通局 | 选址 | 正常推进 |
"""


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.85, "0%", "85%"),
        (0.8555, "0.0%", "85.6%"),
        (1.0, "0%", "100%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234567.5, "#,##0", "1,234,568"),
        (12.0, "0.00", "12.00"),
        (0.145, "0.00", "0.15"),
        (12.5, '#,##0.00"万元"', "12.50万元"),
        (5.0, "[$¥-804]#,##0.00", "¥5.00"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-0.001, "0.0%", "-0.1%"),
        (-0.0001, "0.0%", "0.0%"),
        (2.50, "0.##", "2.5"),
        (0.5, "[Red]0.0%", "50.0%"),
    ],
)
def test_a_number_is_what_the_screen_shows(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    "code", ["General", "@", "# ?/?", "0.00E+00", "yyyy/m/d", "0,", "000", "#.##", "G/通用格式", ""]
)
def test_of_other_formats_nothing_is_claimed(code: str) -> None:
    assert shown(0.5, code) == ""


def test_numbers_that_no_column_can_show_are_left_alone() -> None:
    assert shown(1e300, "0%") == ""


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
