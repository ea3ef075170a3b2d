"""Quantities as wholes and parts: what stands around them, and when they fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tongbao.proof.claims.partition import adds_up, all_items, is_part, near, shown, state
from tongbao.proof.text.sentences import sentences
from tongbao.words.numbers import Quantity, numbers


def items(text: str):
    (sentence,) = sentences(text, 0)
    return all_items(sentence)


def test_every_quantity_knows_what_is_said_before_and_behind_it():
    assert [(i.lead, i.quantity.text, i.tail) for i in items("共交办事项40项，已完成30项并销号")] == [
        ("共交办事项", "40项", ""),
        ("已完成", "30项", "并销号"),
    ]


def test_what_stands_in_brackets_is_no_part():
    assert [i.quantity.text for i in items("共有企业64家（工业企业42家），已检查30家")] == ["64家", "30家"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("共40项，完成30项，未完成10项", True),
        ("共40项，完成30项，未完成9项", False),
        ("共1.0亿元，省0.55亿元，县0.5亿元", True),
    ],
)
def test_parts_fit_their_whole_within_their_rounding(text: str, fits: bool):
    whole, *parts = items(text)
    assert adds_up(whole, parts) is fits
    assert near(whole, parts)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("已办结", "done"),
        ("正在推进", "going"),
        ("进展滞后", "behind"),
        ("尚未完成", "behind"),
        ("新增完成", ""),
        ("共", ""),
    ],
)
def test_the_state_of_progress_that_words_speak_of(said: str, what: str):
    assert state(said) == what


def test_a_first_class_is_not_taken_for_the_whole():
    done, rest = items("已完成30项，其余10项正在推进")
    assert is_part(done)
    assert not is_part(items("共交办事项40项，已完成30项")[0])
    assert rest.tail == "正在推进"


@pytest.mark.parametrize(("like", "value", "text"), [("8.9亿元", "9" + "0" * 8, "9亿元"), ("12项", "7", "7项")])
def test_a_sum_is_shown_in_the_unit_of_its_whole(like: str, value: str, text: str):
    quantity = next(n for n in numbers(like) if isinstance(n, Quantity))
    assert shown(Decimal(value), quantity) == text
