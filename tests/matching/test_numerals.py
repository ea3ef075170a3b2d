"""Which numerals make another item."""

from __future__ import annotations

import pytest

from tongbao.matching.likeness import stretches
from tongbao.matching.numerals import Numerals, more, replaced, slipped


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("云岭镇水厂一期", "云岭镇水厂二期"),
        ("云岭镇水厂（一期）", "云岭镇水厂（三期）"),
        ("滨河路第一标段", "滨河路第2标段"),
        ("改造3号泵站", "改造4号泵站"),
        ("新建第一小学", "新建第二小学"),
        ("A区供水", "B区供水"),
    ],
)
def test_another_phase_section_or_school_replaces_the_first(before: str, now: str):
    assert replaced(Numerals.of(before).ordinals, Numerals.of(now).ordinals)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("一期", "1期"),
        ("第一标段", "第1标段"),
        ("推进新区中心小学", "推进城区中小学"),
        ("城西片区大桥", "城西区大桥"),
        ("3月底前完成", "12月底前完成"),
    ],
)
def test_the_same_number_spelt_otherwise_a_school_and_a_deadline_replace_nothing(before: str, now: str):
    one, two = Numerals.of(before), Numerals.of(now)
    assert not replaced(one.ordinals, two.ordinals)
    assert not replaced(one.amounts, two.amounts)


def test_a_year_is_a_sign_and_the_year_of_a_deadline_is_not():
    assert replaced(Numerals.of("2022年征兵工作").years, Numerals.of("2023年征兵工作").years)
    assert not replaced(Numerals.of("2022年3月底前完成").years, Numerals.of("2023年4月底前完成").years)


def test_sides_of_the_town_are_places():
    assert replaced(Numerals.of("城东滨河路").sides, Numerals.of("城西滨河路").sides)


def test_what_was_only_added_replaces_nothing():
    one, two = Numerals.of("水厂").ordinals, Numerals.of("水厂二期").ordinals
    assert more(one, two)
    assert not replaced(one, two)


@pytest.mark.parametrize(
    ("before", "now", "is_slip"),
    [
        pytest.param("松岭一期小学", "松岭一一期小学", True, id="doubled"),
        pytest.param("西营第二标段", "西营第二在段", True, id="a stray one"),
        pytest.param("西营第二标段", "西营第二段", True, id="left out"),
        pytest.param("盐池二期厂房", "盐池二厂房", True, id="left out behind"),
        pytest.param("松岭一期小学", "松岭二期小学", False, id="another"),
        pytest.param("松岭小学", "松岭二期小学", False, id="a phase more"),
        pytest.param("第十二次会议", "第二次会议", False, id="a place less"),
        pytest.param("完成12项", "完成112项", False, id="a digit more"),
        pytest.param("城东小学", "城西小学", False, id="another side"),
        pytest.param("松岭一期小学", "松岭第二标段小学", False, id="counted otherwise"),
    ],
)
def test_a_slip_of_the_keyboard_is_no_other_numeral(before: str, now: str, is_slip: bool):
    assert slipped(stretches(before, now)) is is_slip
