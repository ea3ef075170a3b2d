"""Lists against the number that announces them."""

from __future__ import annotations

import pytest

from tests.support.contradictions import contradictions, told


def test_a_list_that_is_too_short_is_told_with_what_it_names():
    (found,) = contradictions("需加快推进的3项分别是：县医院土地组卷工作、城区垃圾中转站规划调整工作。")
    assert found.says == "写的是 3项，列出的是 2 个"
    assert "县医院土地组卷工作、城区垃圾中转站规划调整…" in found.why
    assert found.fix.startswith("请核对名单和数字")


@pytest.mark.parametrize(
    "text",
    [
        "需加快推进的3项分别是：水、电和路建设工作、垃圾中转站规划调整工作。",
        "受到表扬的3个镇分别是：青石镇、柳河镇和白沙镇。",
        "督查组到青石镇、柳河镇等4个镇开展督查。",
        "检查学校3次分别是：青石小学、柳河小学。",
    ],
)
def test_a_list_that_can_be_counted_otherwise_or_is_left_open_is_left_alone(text: str):
    assert told(text) == []


def test_nothing_can_be_listed_of_zero():
    assert told("逾期的0项分别为：") == [("list-empty", "error")]


def test_points_are_counted_as_far_as_they_are_numbered():
    assert told("存在三个方面问题：一是进度偏慢；二是资料不全；三是报送不及时。") == []
    assert told("存在三个方面问题：一是进度偏慢；二是资料不全。") == [("list", "error")]
