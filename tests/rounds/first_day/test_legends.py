"""What notes say that words, signs and lights mean, in the forms that offices write."""

from __future__ import annotations

import pytest

from tongbao.rounds.first_day.legends import colour_called, legend_in


@pytest.mark.parametrize(
    "note",
    [
        "说明：绿灯——已解决；黄灯——正在推进；红灯——超时未解决",
        "注：绿灯=已解决 黄灯=正在推进 红灯=超时未解决",
        "（绿：已解决，黄：正在推进，红：超时未解决）",
        "绿灯表示已解决、黄灯表示正在推进、红灯表示超时未解决",
        "绿灯为已解决/黄灯为正在推进/红灯为超时未解决",
        "已解决的标绿灯，正在推进的标黄灯，超时未解决的标红灯",
        "亮灯情况（绿灯：已解决；黄灯：正在推进；红灯：超时未解决）",
        "说明:1.绿灯:已解决;2.黄灯:正在推进;3.红灯:超时未解决",
        "🟢已解决 🟡正在推进 🔴超时未解决",
    ],
)
def test_lights_are_explained(note: str) -> None:
    found = legend_in([note])
    assert [found[word] for word in ("绿灯", "黄灯", "红灯")] == ["已解决", "正在推进", "超时未解决"]
    assert found["绿"] == found["绿色"] == found["🟢"] == "已解决"


def test_signs_and_grades_are_explained() -> None:
    found = legend_in(["图例：√ 已办结　△ 正在办理　× 滞后", "“临期”指距时限不足10天，A类表示已办结"])
    assert {word: found[word] for word in ("√", "△", "×", "a类")} == {
        "√": "已办结",
        "△": "正在办理",
        "×": "滞后",
        "a类": "已办结",
    }


def test_what_a_colour_is_called() -> None:
    assert [colour_called(word) for word in ("绿灯", "绿", "亮红灯", "🟡", "🔴红灯", "绿化", "正常", "●蓝")] == [
        "绿", "绿", "红", "黄", "红", "", "", "蓝",
    ]  # fmt: skip
