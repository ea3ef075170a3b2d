"""The period after a ledger's, and the name of the next ledger's file, in the office's own style."""

from __future__ import annotations

import pytest

from tongbao.model import Ledger
from tongbao.rounds.next_period.naming import following, next_file_name
from tongbao.words.periods import parse_period


@pytest.mark.parametrize(
    ("name", "label", "last"),
    [
        ("2022-02", "2022年3月", "2022-03-31"),
        ("2022年12月", "2023年1月", "2023-01-31"),
        ("2022-Q3", "2022年四季度", "2022-12-31"),
        ("2022年四季度", "2023年一季度", "2023-03-31"),
        ("2022年上半年", "2022年下半年", "2022-12-31"),
        ("2022-H2", "2023年上半年", "2023-06-30"),
        ("2022年", "2023年", "2023-12-31"),
        ("2025年1-9月", "2025年1—10月", "2025-10-31"),
        ("2025年1-2月", "2025年1—3月", "2025-03-31"),
        ("2025年1-3月", "2025年1—4月", "2025-04-30"),
        ("2025年1-11月", "2025年1—12月", "2025-12-31"),
        ("2025年5月上旬", "2025年5月中旬", "2025-05-20"),
        ("2025年5月中旬", "2025年5月下旬", "2025-05-31"),
        ("2025年2月下旬", "2025年3月上旬", "2025-03-10"),
        ("2025年12月下旬", "2026年1月上旬", "2026-01-10"),
    ],
)
def test_the_next_period(name: str, label: str, last: str) -> None:
    period = parse_period(name)
    assert period
    after = following(period)
    assert after
    assert (after.label, after.last.isoformat()) == (label, last)


@pytest.mark.parametrize(
    "name", ["2022-02-07", "2022-02-28", "2022年8-10月", "2022年10-12月", "2022年1-12月", "2022年2月1日至2月15日"]
)
def test_a_period_that_has_no_natural_next_one(name: str) -> None:
    period = parse_period(name)
    assert period
    assert following(period) is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("重点项目台账 2022年2月（终稿）.xlsx", "2022-03", "重点项目台账 2022年3月（终稿）.xlsx"),
        ("台账2022-02.xlsm", "2022-03", "台账2022-03.xlsm"),
        ("台账2022-02-07.xls", "2022-02-28", "台账2022-02-28.xlsx"),
        ("台账（2022.2）.xlsx", "2022-03", "台账（2022.3）.xlsx"),
        ("2022年第三季度台账.xlsx", "2022-Q4", "2022年第四季度台账.xlsx"),
        ("台账2022-01（会议2022-01-05）.xlsx", "2022-02", "台账2022-02（会议2022-01-05）.xlsx"),
        ("台账2022-01（2022-02-09改）.xlsx", "2022-02", "台账2022-02（2022-02-09改）.xlsx"),
        ("2022年1月5日常务会议台账2022年1月.xlsx", "2022-02", "2022年1月5日常务会议台账2022年2月.xlsx"),
        ("常务会议2022-01-05台账.xlsx", "2022-02-05", "常务会议2022-02-05台账.xlsx"),
        ("截至2022年1月31日台账.xlsx", "2022-02-28", "截至2022年2月28日台账.xlsx"),
        ("台账20220131.xlsx", "2022-02-28", "台账20220228.xlsx"),
        ("2025年民生实事台账5月.xlsx", "2025-06", "2025年民生实事台账6月.xlsx"),
        ("2025年民生实事台账12月.xlsx", "2026-01", "2025年民生实事台账2026年1月.xlsx"),
        ("2022年重点工作11月台账.xlsx", "2022-12", "2022年重点工作12月台账.xlsx"),
        ("2022年1月台账（11月修订版）.xlsx", "2022-02", "2022年2月台账（11月修订版）.xlsx"),
        ("2022年1-9月台账.xlsx", "2022年1-10月", "2022年1-10月台账.xlsx"),
        ("2021年12月.xls", "2022-01", "2022年1月.xlsx"),
        ("２０２２年１月台账.xlsx", "2022-02", "２０２２年２月台账.xlsx"),
        ("台账2022Q1.xlsx", "2022-Q2", "台账2022Q2.xlsx"),
        ("2022年上半年台账.xlsx", "2022-H2", "2022年下半年台账.xlsx"),
        ("年度任务2022.xlsx", "2023年", "年度任务2023.xlsx"),
        ("台账2022-01.xlsx", "2022-02-15", "台账2022-02-15.xlsx"),
        ("台账（2022年1月）.xlsx", "2022-Q2", "台账（2022年二季度）.xlsx"),
        ("2022年1月19日—2月7日台账.xlsx", "2022年2月8日—2月28日", "2022年2月8日—2月28日台账.xlsx"),
    ],
)
def test_the_next_file_is_named_like_the_last(old: str, new: str, expected: str) -> None:
    period, after = parse_period(old), parse_period(new)
    assert period
    assert after
    assert next_file_name(Ledger(old, period, period.last, ()), after) == expected


@pytest.mark.parametrize(
    ("earlier", "name", "label"),
    [
        ("2025年1-3月", "2025年1-6月", "2025年1—9月"),
        ("2025年1-4月", "2025年1-5月", "2025年1—6月"),
        ("2024年1-12月", "2025年1-2月", "2025年1—3月"),
        ("2025-03-31", "2025-04-30", "2025年5月31日"),
        ("2024-12-31", "2025-01-31", "2025年2月28日"),
        ("2025-03-31", "2025-06-30", "2025年9月30日"),
    ],
)
def test_the_ledger_before_tells_the_step(earlier: str, name: str, label: str) -> None:
    period, before = parse_period(name), parse_period(earlier)
    assert period
    after = following(period, before)
    assert after
    assert after.label == label


@pytest.mark.parametrize(
    ("earlier", "name"), [("2025-04-15", "2025-04-30"), ("2025-01-31", "2025-04-15"), ("2025-04-16", "2025-05-31")]
)
def test_days_without_a_habit_tell_no_step(earlier: str, name: str) -> None:
    period = parse_period(name)
    assert period
    assert following(period, parse_period(earlier)) is None


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("台账（2025年5月底）.xlsx", "台账（2025年6月底）.xlsx"),
        ("台账（截至2025年1月末）.xlsx", "台账（截至2025年2月末）.xlsx"),
        ("台账2025年1—9月份.xlsx", "台账2025年1—10月份.xlsx"),
        ("台账2025年1月-9月.xlsx", "台账2025年1月-10月.xlsx"),
        ("2025年重点项目台账（1-5月）.xlsx", "2025年重点项目台账（1-6月）.xlsx"),
        ("2025年1-5月重点项目台账（5月31日）.xlsx", "2025年1-6月重点项目台账（6月30日）.xlsx"),
        ("2025年5月下旬台账.xlsx", "2025年6月上旬台账.xlsx"),
        ("2025年督查台账第3期（5月）.xlsx", "2025年督查台账第3期（6月）.xlsx"),
        ("2025年5月台账（6月3日改）.xlsx", "2025年6月台账（6月3日改）.xlsx"),
        ("二〇二五年五月台账.xlsx", "二〇二五年六月台账.xlsx"),
        ("台账2025.5.xlsx", "台账2025.6.xlsx"),
        ("台账2025.12.xlsx", "台账2026.1.xlsx"),
        ("台账202505.xlsx", "台账202506.xlsx"),
        ("2025年5月份台账.xlsx", "2025年6月份台账.xlsx"),
        ("2025年第四季度台账.xlsx", "2026年第一季度台账.xlsx"),
        ("台账2025年8-10月.xlsx", ""),
        ("台账2025年10-12月.xlsx", ""),
        ("台账2025年1-12月.xlsx", ""),
        ("台账2025年前三季度.xlsx", ""),
        ("台账20250531.xlsx", ""),
        ("台账（截至2025年5月31日）.xlsx", ""),
    ],
)
def test_a_file_follows_in_its_own_style_or_the_clerk_is_asked(old: str, expected: str) -> None:
    period = parse_period(old)
    assert period
    after = following(period, None, old)
    assert (next_file_name(Ledger(old, period, period.last, ()), after) if after else "") == expected
