"""What each word of state is counted as, among the others of its column and beside what the notes say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tongbao.config.kind_file import load_kind
from tongbao.ledger.labels import Labels
from tongbao.rounds.first_day.labelling import label_of
from tongbao.rounds.first_day.legends import legend_in

GENERAL = load_kind(Path("templates"), "general")


def counted(words: Sequence[str], note: str = "", header: str = "状态") -> list[str]:
    """The labels of the words of a column, below which a note stands."""
    told, known = legend_in([note]), Labels(GENERAL)
    found = (label_of(word, GENERAL, known, header, words, told)[0] for word in words)
    return [label.name if label else "" for label in found]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (("绿", "黄", "红"), "注：绿—正常，黄—需加快，红—滞后"),
        (("绿灯", "黄灯"), "绿灯：正常推进；黄灯：需要加快推进；红灯：严重滞后"),
        (("正常推进", "需加快推进", "严重滞后"), ""),
        (("正常", "亟需加快", "逾期"), ""),
    ],
)
def test_what_needs_speed_is_at_risk_beside_what_is_late(words: Sequence[str], note: str) -> None:
    assert counted(words, note)[:2] == ["正在办理", "需要关注"]


@pytest.mark.parametrize("words", [("正常推进", "需加快推进"), ("已办结", "正常", "需加快")])
def test_alone_what_needs_speed_is_late(words: Sequence[str]) -> None:
    assert counted(words)[-1] == "滞后"


def test_a_sign_before_the_name_of_a_light_changes_nothing() -> None:
    note = "注：蓝灯表示已完成，绿灯表示按进度推进，黄灯表示进度稍缓，红灯表示进度滞后。"
    assert counted(("●蓝", "●绿", "●黄", "● 红"), note) == ["已办结", "正在办理", "需要关注", "滞后"]


@pytest.mark.parametrize("word", ["已办成", "办好", "已做完", "已反馈", "未按期落实"])
def test_ends_as_offices_call_them(word: str) -> None:
    assert counted((word, "正在办理")) == ["滞后" if word.startswith("未") else "已办结", "正在办理"]
