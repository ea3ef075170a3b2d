from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.word.gb9704 import (
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


# a title | the names in it, which no row may cut
NAMED = """
关于2022年上半年县自然资源和规划局牵头事项办理情况的通报 | 县自然资源和规划局
关于2022年上半年县自然资源和规划局牵头事项办理情况的通报 | 县自然资源和规划局、自然资源和规划局
关于县住房和城乡建设局、县自然资源和规划局、县水利局重点工作推进情况的通报 | 县住房和城乡建设局、县自然资源和规划局、县水利局
关于云溪县人民政府办公室2022年第一季度督查事项办理情况的通报 | 云溪县人民政府办公室、2022年第一季度
关于青溪镇人民政府和县交通运输局青云公路建设问题整改情况的通报 | 青溪镇人民政府、县交通运输局
关于县政府第十二次常务会议和第三次重点项目调度会议定事项办理情况的通报 | 县政府第十二次常务会议、第三次重点项目调度会
关于截至2022年2月28日县发展和改革委员会牵头重点项目建设进展情况的通报 | 2022年2月28日、县发展和改革委员会
关于2022年1—9月县人力资源和社会保障局民生实事项目完成情况的通报 | 2022年1—9月、县人力资源和社会保障局
关于落实《云溪县生态环境保护督察整改方案》反馈问题整改情况的督查通报 | 《云溪县生态环境保护督察整改方案》
关于“我为群众办实事”实践活动（第二批）重点民生项目推进情况的通报 | “我为群众办实事”、（第二批）
云溪县人民政府督查室关于县文化广电和旅游局古镇保护项目推进情况的通报 | 云溪县人民政府督查室、县文化广电和旅游局
关于云溪县水利局2022年度水库除险加固和河道治理项目推进情况的通报 | 云溪县水利局、2022年度
关于县退役军人事务局县医疗保障局县市场监督管理局事项办理情况的通报 | 县退役军人事务局、县医疗保障局、县市场监督管理局
"""


@pytest.mark.parametrize("line", NAMED.strip().splitlines())
def test_no_row_ends_inside_a_name_a_period_or_a_quotation(line):
    title, names = line.split(" | ")
    rows = title_rows(title, names.split("、"))
    assert "".join(rows) == title
    assert len(rows) in (2, 3)
    assert all(width(row) <= 20 for row in rows)
    assert not [name for name in names.split("、") if not any(name in row for row in rows)]
    lengths = [width(row) for row in rows]
    assert not any(a > b < c for a, b, c in zip(lengths, lengths[1:], lengths[2:], strict=False)), rows


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("关于2022年上半年重点工作办理情况的督查情况通报（第三期）", "2022年上半年"),
        ("关于全县2022年1月至3月重点建设项目推进情况的通报", "2022年1月至3月"),
        ("关于全县经济运行重点指标2022年三季度完成情况的通报", "2022年三季度"),
        ("关于全县乡村振兴示范项目截至2022年11月30日进展的通报", "2022年11月30日"),
        ("关于全县政务服务改革创新事项2022年前三季度推进的通报", "2022年前三季度"),
    ],
)
def test_a_period_needs_no_list_of_names_to_stay_whole(title, inside):
    assert any(inside in row for row in title_rows(title))


@pytest.mark.parametrize(
    ("title", "name", "rows"),
    [
        (
            "关于云溪县清水河流域综合治理和生态修复攻坚行动领导小组办公室议定事项办理情况的通报",
            "云溪县清水河流域综合治理和生态修复攻坚行动领导小组办公室",
            ["关于云溪县清水河流域综合治理和生态修复", "攻坚行动领导小组办公室", "议定事项办理情况的通报"],
        ),
        (
            "云溪县经济技术开发区投资建设发展集团有限责任公司重点项目推进情况的通报",
            "云溪县经济技术开发区投资建设发展集团有限责任公司",
            ["云溪县经济技术开发区投资建设发展集团", "有限责任公司重点项目推进情况的通报"],
        ),
    ],
)
def test_a_name_longer_than_a_row_is_cut_between_its_words(title, name, rows):
    assert title_rows(title, [name]) == rows


@given(st.text(st.sampled_from("关于县水利局和云溪县人民政府2022年1月《“”》（）"), min_size=1, max_size=70), st.data())
def test_whatever_is_to_be_kept_the_title_says_the_same(title, data):
    start = data.draw(st.integers(0, len(title) - 1))
    name = title[start : data.draw(st.integers(start, len(title)))]
    rows = title_rows(title, [name, "县水利局", "水利局"])
    assert "".join(rows) == title
    assert all(width(row) <= 20 for row in rows) or len(rows) == 1


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
