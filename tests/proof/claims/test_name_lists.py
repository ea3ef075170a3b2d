"""Lists of names: where they end, their members, at least and at most."""

from __future__ import annotations

import pytest

from tongbao.proof.claims.name_lists import cut, is_name_list, is_open, list_text, names


@pytest.mark.parametrize(
    ("text", "least", "most"), [("甲、乙、丙", 3, 3), ("甲镇、乙镇和丙镇", 3, 3), ("水和电改造工程、供气工程", 2, 3)]
)
def test_names_are_counted_at_least_and_at_most(text: str, least: int, most: int):
    found = names(text)
    assert (len(found.parts), found.most) == (least, most)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("青石镇、柳河镇", True),
        ("县财政局、县委办", True),
        ("青石路改造工程、文体中心项目", True),
        ("土地组卷、县财政局", False),
        ("青石镇", False),
    ],
)
def test_names_of_one_sort_end_in_words_for_it(text: str, alike: bool):
    assert names(text).alike is alike


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("青石镇、柳河镇，均已完成", "青石镇、柳河镇"),
        ("青石镇、柳河镇；白沙镇", "青石镇、柳河镇"),
        ("青石镇，柳河镇、白沙镇", "青石镇，柳河镇、白沙镇"),
        ("青石镇；柳河镇", "青石镇；柳河镇"),
    ],
)
def test_a_list_ends_at_the_first_sign_that_is_not_its_own(text: str, listed: str):
    assert list_text(text) == listed


@pytest.mark.parametrize(
    ("text", "left_open"),
    [("青石镇、柳河镇等", True), ("青石镇等单位", True), ("高等级公路、二等级道路", False), ("青石镇、柳河镇", False)],
)
def test_a_list_that_ends_in_etc_is_open(text: str, left_open: bool):
    assert is_open(text) is left_open


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("青石镇、柳河镇", ("青石镇", "柳河镇")),
        ("青石路；柳河桥、白沙桥", ("青石路", "柳河桥、白沙桥")),
        ("青石路，柳河桥、白沙桥", None),
        ("一是青石路、柳河桥", None),
        ("青石镇", None),
    ],
)
def test_a_list_is_cut_at_the_one_mark_that_it_uses(text: str, parts: tuple[str, ...] | None):
    found = cut(text)
    assert (found and found.parts) == parts


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("青石路改造工程、柳河大桥工程", True),
        ("市、区", False),
        ("青石路改造工程", False),
        ("其中甲项目、乙项目", False),
        ("续建项目36项、新建项目16项", False),
    ],
)
def test_a_bracket_is_a_list_where_it_holds_nothing_but_names(text: str, listed: bool):
    assert is_name_list(text) is listed
