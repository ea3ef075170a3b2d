from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.layout import (
    CHARACTERS,
    LANDSCAPE,
    LINES,
    PITCH,
    PORTRAIT,
    SQUEEZE,
    STYLE,
    mark_size,
    signature_indents,
    title_rows,
    width,
)

MM = 56.693


def test_the_upright_page_has_the_text_area_of_the_standard():
    assert PORTRAIT.text_width / MM == pytest.approx(156, abs=0.2)
    assert PORTRAIT.text_height / MM == pytest.approx(225, abs=0.2)
    assert PORTRAIT.top / MM == pytest.approx(37, abs=0.1)
    assert PORTRAIT.left / MM == pytest.approx(28, abs=0.1)


def test_the_turned_page_is_the_upright_one_rotated():
    upright, turned = PORTRAIT, LANDSCAPE
    assert (turned.width, turned.height) == (upright.height, upright.width)
    assert (turned.top, turned.right, turned.bottom, turned.left) == (
        upright.left,
        upright.top,
        upright.right,
        upright.bottom,
    )


def test_twenty_two_rows_of_twenty_eight_characters_fit():
    body = STYLE["公文正文"]
    assert LINES * PITCH <= PORTRAIT.text_height < (LINES + 1) * PITCH
    assert CHARACTERS * (body.size * 10 + SQUEEZE) <= PORTRAIT.text_width < CHARACTERS * body.size * 10


@pytest.mark.parametrize(
    ("text", "characters"),
    [("督查室", 3), ("2022", 2), ("2022年", 3.25), ("2月7日", 3.75), ("第8期", 3), ("（一）", 3), ("“十大”", 4)],
)
def test_width_counts_figures_half_and_the_gap_beside_them(text, characters):
    assert width(text) == characters


def left_edges(signer: str, dated: str) -> tuple[float, float]:
    """Where the two rows begin, in characters from the right edge."""
    signer_right, date_right = signature_indents(signer, dated)
    return signer_right / 100 + width(signer), date_right / 100 + width(dated)


def test_the_date_begins_two_characters_right_of_the_office():
    signer, dated = left_edges("云溪县人民政府督查室工作专班", "2022年2月7日")
    assert signer - dated == pytest.approx(2, abs=0.01)
    assert signature_indents("云溪县人民政府督查室工作专班", "2022年2月7日")[0] == 200


def test_a_long_date_keeps_its_distance_and_the_office_moves_left():
    assert signature_indents("督查室", "2022年12月12日")[1] == 200
    signer, dated = left_edges("督查室", "2022年12月12日")
    assert signer - dated == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("督查通报", ["督查通报"]),
        ("关于重点项目调度会决策事项办理情况的通报", ["关于重点项目调度会决策事项办理情况的通报"]),
        ("关于全县重点项目建设调度会决策事项办理情况的通报", ["关于全县重点项目建设调度会", "决策事项办理情况的通报"]),
        ("关于云溪县重点民生实事项目推进情况的督查通报", ["关于云溪县重点民生实事项目", "推进情况的督查通报"]),
        (
            "云溪县2022年《政府工作报告》重点任务暨“十大民生实事”上半年推进落实情况专项督查的情况通报",
            ["云溪县2022年《政府工作报告》", "重点任务暨“十大民生实事”上半年", "推进落实情况专项督查的情况通报"],
        ),
        ("我自己断\n好的标题", ["我自己断", "好的标题"]),
    ],
)
def test_titles_break_at_words(title, rows):
    assert title_rows(title) == rows


def test_names_are_kept_whole():
    title = "关于云溪县清水河流域综合治理攻坚行动领导小组议定事项办理情况的通报"
    name = "清水河流域综合治理攻坚行动领导小组"
    assert any(name in row for row in title_rows(title, [name]))


@given(
    st.text(
        st.sampled_from("关于重点项目调度会决策事项办理情况的通报县政府2022年第三次《》“”（）、"),
        min_size=1,
        max_size=60,
    )
)
def test_a_broken_title_says_the_same(title):
    rows = title_rows(title)
    assert "".join(rows) == title
    assert all(width(row) <= 20 for row in rows) or len(rows) == 1


def test_a_long_red_name_is_set_smaller_to_stay_on_one_row():
    assert mark_size("督查通报") == 124
    assert mark_size("云溪县人民政府办公室督查通报") * 10 * 14 <= PORTRAIT.text_width
