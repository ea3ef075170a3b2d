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


@pytest.mark.parametrize(
    "note",
    [
        "备注：“已解决”“解释说明”均视为办结，次月不再列入本表。",
        "注：已解决、解释说明都算办结；正在协调的继续跟踪。",
        "“已解决”和“解释说明”按办结统计",
        "说明：已解决、解释说明的诉求一律按办结处理",
        "（已解决和解释说明均计入办结项目）",
        "注 “已解决”“解释说明”视同办结",
    ],
)
def test_what_words_are_counted_as(note: str) -> None:
    assert legend_in([note]) == {"已解决": "办结", "解释说明": "办结"}


@pytest.mark.parametrize(
    "note", ["解释说明不视为办结", "停工超过3个月的按滞后通报", "答复期限未到的不作滞后。", "逾期未报的另行通报"]
)
def test_what_is_not_counted_so_or_only_on_a_condition_explains_no_word(note: str) -> None:
    found = legend_in([note])
    assert not {"解释说明", "停工"} & set(found)


def test_a_sign_that_means_what_is_on_a_list_keeps_its_meaning() -> None:
    assert legend_in(["A为已解决，B为列入计划，C为暂不能解决"]) == {"a": "已解决", "b": "列入计划", "c": "暂不能解决"}


def test_what_stands_once_behind_the_last_grade_is_said_of_all() -> None:
    told = {"a类": "办结", "b类": "办结", "c类": "未办结"}
    assert legend_in(["注：A、B类视为办结，C类视为未办结"]) == told
