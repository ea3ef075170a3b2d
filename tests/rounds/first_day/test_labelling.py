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


@pytest.mark.parametrize(
    "note",
    [
        "说明：绿灯—整改完毕；黄灯—整改期限内正在整改；红灯—超过整改期限未整改到位",
        "绿灯：已完成；黄灯：未超过时限，正在办理；红灯：超过办结时限仍未完成",
        "注：绿灯表示办结，黄灯表示期限内正在办理，红灯表示期限已过仍未办结",
        "绿：已整改到位；黄：未到整改期限；红：整改时限届满未整改到位",
    ],
)
def test_lights_whose_legend_says_that_a_day_is_past_are_late(note: str) -> None:
    assert counted(("绿灯", "黄灯", "红灯"), note) == ["已办结", "正在办理", "滞后"]


@pytest.mark.parametrize(
    "note",
    [
        "A为已经解决；B为正在解决或列入计划逐步解决；C为因条件限制暂时不能解决，留作参考",
        "A类表示已解决，B类表示正在解决，C类表示受条件所限暂无法解决",
        "A—已解决；B—正在解决；C—留作参考",
        "A：已办结；B：正在办理；C：因政策原因暂时难以解决",
    ],
)
def test_what_cannot_be_solved_yet_is_suspended(note: str) -> None:
    words = ("A类", "B类", "C类") if "A类" in note else ("A", "B", "C")
    assert counted(words, note, "办理结果") == ["已办结", "正在办理", "暂缓办理"]


@pytest.mark.parametrize("word", ["挂账", "已挂账", "挂账待办", "挂起", "搁置", "暂挂", "已延时"])
def test_what_hotlines_put_on_the_books_is_suspended(word: str) -> None:
    assert counted(("办结", "在办", "超时", word)) == ["已办结", "正在办理", "滞后", "暂缓办理"]


@pytest.mark.parametrize(("word", "label"), [("已派单", "正在办理"), ("不受理", "不再办理"), ("留观", "")])
def test_other_words_of_hotlines(word: str, label: str) -> None:
    assert counted(("办结", "在办", word))[-1] == label
