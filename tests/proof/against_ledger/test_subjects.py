"""What is told of one row must not stand under the name of another."""

from __future__ import annotations

from tests.support.printed import printed, told

ITEMS = printed(
    "{学府路东延}。影响进度的原因是：{=学府路东延|征收协议没有签完}。",
    "{河东管网}。影响进度的原因是：{=河东管网|专项资金没有下达}。",
)
FIRST, SECOND = (p.text for p in ITEMS.paragraphs)


def test_two_items_that_changed_places_whole_are_left_in_peace():
    assert told(ITEMS, SECOND, FIRST) == []


def test_reasons_that_changed_places_are_told_with_both_rows():
    edited = (
        FIRST.replace("征收协议没有签完", "专项资金没有下达"),
        SECOND.replace("专项资金没有下达", "征收协议没有签完"),
    )
    found = [one for one in told(ITEMS, *edited) if one.startswith("不一致")]
    assert [one.rpartition("→")[2] for one in found] == ["第2项“河东管网”", "第1项“学府路东延”"]


def test_a_reason_before_any_name_is_under_nobody():
    assert not any(one.startswith("不一致") for one in told(ITEMS, "影响进度的原因是：专项资金没有下达。", FIRST))
