"""Which edited sentence is which printed one: moved, reworded, changed in its numbers, or new."""

from __future__ import annotations

import pytest

from tongbao.proof.text.alignment import align, enumerated, sentences


def partners(printed: list[str], edited: list[str]) -> dict[str, str]:
    """For each edited sentence the printed one that it was."""
    ours, theirs = sentences(enumerate(printed)), sentences(enumerate(edited))
    found = align(ours, theirs).partner
    return {theirs[e].text: ours[p].text for e, p in found.items()}


SECTIONS = ["一、产业项目", "本类确定9项，完成5项。", "二、民生项目", "本类确定8项，完成4项。"]


def test_sentences_are_known_again_wherever_they_went():
    printed = ["会议确定事项43件。", "各单位要抓好落实。"]
    assert partners(printed, printed[::-1]) == {text: text for text in printed}


def test_a_changed_number_does_not_hide_a_sentence_and_a_new_one_has_no_partner():
    found = partners(["会议确定事项43件，已完成16件。"], ["会议确定事项44件，已完成16件。", "县里召开了推进会。"])
    assert found == {"会议确定事项44件，已完成16件。": "会议确定事项43件，已完成16件。"}


def test_sentences_alike_but_for_numbers_belong_to_their_headings():
    exchanged = [SECTIONS[0], SECTIONS[3], SECTIONS[2], SECTIONS[1]]
    assert partners(SECTIONS, exchanged)["本类确定8项，完成4项。"] == "本类确定9项，完成5项。"
    moved = [SECTIONS[2], SECTIONS[3], SECTIONS[0], SECTIONS[1]]
    assert partners(SECTIONS, moved)["本类确定8项，完成4项。"] == "本类确定8项，完成4项。"


def test_a_sentence_that_left_its_heading_is_astray():
    printed = ["一、产业项目", "粮库扩建进展滞后。", "二、民生项目", "供水改造已完工。"]
    edited = [printed[0], printed[2], printed[1], printed[3]]
    ours, theirs = sentences(enumerate(printed)), sentences(enumerate(edited))
    assert {theirs[e].text for e in align(ours, theirs).strayed} == {"粮库扩建进展滞后。"}


def test_what_stands_alone_between_two_known_sentences_is_what_stood_there():
    printed = ["会议确定事项43件。", "推进情况良好。", "各单位要抓好落实。"]
    found = partners(printed, [printed[0], "多数事项按期办结，少数仍有差距。", printed[2]])
    assert found["多数事项按期办结，少数仍有差距。"] == "推进情况良好。"


@pytest.mark.parametrize(
    ("text", "level", "rest"),
    [
        ("一、总体情况", 1, "总体情况"),
        ("（二）民生项目", 2, "民生项目"),
        ("3.供水改造", 3, "供水改造"),
        ("（4）管网", 4, "管网"),
        ("一、第三个议题，供水改造", 1, "供水改造"),
        ("2.3亿元已到位", 0, "2.3亿元已到位"),
    ],
)
def test_the_number_of_a_heading_is_not_among_its_words(text: str, level: int, rest: str):
    found, start = enumerated(text)
    assert (found, text[start:]) == (level, rest)
