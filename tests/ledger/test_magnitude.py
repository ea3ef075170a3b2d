"""Amounts far out of the measure of their column are asked about, and those of right ledgers are not."""

from __future__ import annotations

import pytest

from tests.support.builders import projects, read


def told(amounts: str, measure: str = "万元") -> list[str]:
    """The messages about a column with these amounts (separated by blanks)."""
    rows = "\n".join(
        f"| {n} | 项目{n} | 县水利局 | {a if a[-1] in '元' else '#' + a} | 达序时 |"
        for n, a in enumerate(amounts.split(), 1)
    )
    _, problems = read(f"| 序号 | 项目名称 | 责任单位 | 总投资（{measure}） | 推进状态 |\n{rows}", projects())
    return [p.message for p in problems if p.code == "amount_magnitude"]


RIGHT = [
    ("500 50000 30000 8000", "万元"),
    ("20 80 300 1200 60000", "万元"),
    ("50 30000", "万元"),
    ("10 100000", "万元"),
    ("50 30000 120 800", "万元"),
    ("0.5 2.3 3500 12000 88", "万元"),
    ("5000000 800000 120000 3000", "万元"),
    ("1.5 0.3 12 80", "亿元"),
    ("0.02 0.5 320 12", "亿元"),
    ("0.001 0.5 150", "亿元"),
    ("123450000 20000000 500 8000", "元"),
    ("500 5000000", "元"),
    ("100 100 100 100", "万元"),
    ("0 0 0 5000", "万元"),
    ("12345", "万元"),
    ("2000000 1500000 900000", "万元"),
    ("3亿元 500 8000", "万元"),
    ("30 45 60 26000", "万元"),
    ("5 12 90 4000 700000", "万元"),
    ("0.8 2500000元 3", "亿元"),
]


@pytest.mark.parametrize(("amounts", "measure"), RIGHT)
def test_right_ledgers_are_left_alone(amounts: str, measure: str) -> None:
    assert told(amounts, measure) == []


@pytest.mark.parametrize(
    ("amounts", "measure", "reading"),
    [
        ("12345 123450000", "万元", "按元是12345万元"),
        ("5000 8000 80000000 12000", "万元", "按元是8000万元"),
        ("80 120 45 800000", "万元", "按元是80万元"),
        ("50000000 80000000 120000000 3000", "万元", "按元是5000万元"),
        ("1.2 0.5 8000", "亿元", "按万元是0.8亿元"),
        ("120000000 0.5 0.8", "亿元", "按元是1.2亿元"),
    ],
)
def test_amounts_typed_in_another_unit_are_asked_about_with_both_readings(
    amounts: str, measure: str, reading: str
) -> None:
    [message] = told(amounts, measure)
    assert reading in message
