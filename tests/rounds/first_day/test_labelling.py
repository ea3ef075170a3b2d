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


@pytest.mark.parametrize(
    ("words", "note", "labels"),
    [
        (("已解决", "解释说明", "正在协调"), "备注：“已解决”“解释说明”均视为办结。", ["已办结", "已办结", "正在办理"]),
        (("在建", "停工", "完工"), "停工项目按滞后通报", ["正在办理", "滞后", "已办结"]),
        (("办结", "解释引导", "办理中"), "注：解释引导作为办结统计", ["已办结", "已办结", "正在办理"]),
        (("办结", "挂账", "在办"), "挂账事项视为滞后", ["已办结", "滞后", "正在办理"]),
        (("办结", "待观察"), "待观察的问题按未办结统计", ["已办结", "正在办理"]),
    ],
)
def test_a_note_says_what_a_word_is_counted_as(words: Sequence[str], note: str, labels: list[str]) -> None:
    assert counted(words, note) == labels


@pytest.mark.parametrize(
    "note", ["完工指工程建成待验收，验收指县级验收合格", "完工：已完工未验收；验收：通过验收", "“完工”是指主体完工"]
)
def test_an_end_whose_check_is_still_to_come_stays_an_end(note: str) -> None:
    assert counted(("在建", "完工"), note) == ["正在办理", "已办结"]


@pytest.mark.parametrize(
    "note",
    [
        "绿灯为达到序时进度；黄灯为低于序时进度10个百分点以内；红灯为低于序时进度10个百分点以上",
        "绿灯：正常；黄灯：滞后10%以内；红灯：滞后10%以上",
        "绿灯——正常推进，黄灯——滞后序时不足15天，红灯——严重滞后",
        "绿灯表示达到序时进度，黄灯表示落后5-10%，红灯表示落后10%以上",
    ],
)
def test_a_delay_within_bounds_is_at_risk_beside_one_beyond(note: str) -> None:
    assert counted(("绿灯", "黄灯", "红灯"), note) == ["正在办理", "需要关注", "滞后"]


def test_what_is_past_its_deadline_is_late_by_any_number_of_days() -> None:
    note = "绿灯：正常；黄灯：逾期10天以内；红灯：逾期10天以上"
    assert counted(("绿灯", "黄灯", "红灯"), note) == ["正在办理", "滞后", "滞后"]


@pytest.mark.parametrize(
    "word",
    [
        "未进场", "尚未进场", "未动工", "没动工", "未签约", "未交付", "未施工", "未招标", "未挂网", "未供地", "未立项",
        "未批复", "未答复", "未见面", "未面商", "未对接", "未移交", "待进场", "待施工",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sisters", [("完工", "施工中"), ("已办结", "办理中", "滞后")])
def test_what_is_not_begun_or_not_reached_is_open(word: str, sisters: Sequence[str]) -> None:
    assert counted((*sisters, word))[-1] == "正在办理"
