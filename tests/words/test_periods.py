"""Names of periods and date cells."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.words.periods import cell_date, chinese_date, count_in, parse_period


@pytest.mark.parametrize(
    ("name", "label", "token", "first", "last"),
    [
        ("重点项目台账 2022年2月（终稿）.xlsx", "2022年2月", "2022-02", "2022-02-01", "2022-02-28"),
        ("2022-02-07.xlsx", "2022年2月7日", "2022-02-07", "2022-02-07", "2022-02-07"),
        ("台账20220207.xls", "2022年2月7日", "2022-02-07", "2022-02-07", "2022-02-07"),
        ("台账_2022_2_7", "2022年2月7日", "2022-02-07", "2022-02-07", "2022-02-07"),
        ("２０２２年２月７日", "2022年2月7日", "2022-02-07", "2022-02-07", "2022-02-07"),
        ("2022年 2 月 7 日", "2022年2月7日", "2022-02-07", "2022-02-07", "2022-02-07"),
        ("二〇二二年二月", "2022年2月", "2022-02", "2022-02-01", "2022-02-28"),
        ("2022.2.xlsx", "2022年2月", "2022-02", "2022-02-01", "2022-02-28"),
        ("202202", "2022年2月", "2022-02", "2022-02-01", "2022-02-28"),
        ("2022年元月份", "2022年1月", "2022-01", "2022-01-01", "2022-01-31"),
        ("2022年三季度", "2022年三季度", "2022-Q3", "2022-07-01", "2022-09-30"),
        ("2022年第3季度", "2022年三季度", "2022-Q3", "2022-07-01", "2022-09-30"),
        ("2022-Q3", "2022年三季度", "2022-Q3", "2022-07-01", "2022-09-30"),
        ("2022年上半年", "2022年上半年", "2022-H1", "2022-01-01", "2022-06-30"),
        ("2022-H2", "2022年下半年", "2022-H2", "2022-07-01", "2022-12-31"),
        ("2022年", "2022年", "2022", "2022-01-01", "2022-12-31"),
        ("年度任务2022.xlsx", "2022年", "2022", "2022-01-01", "2022-12-31"),
        ("2022年2月上旬", "2022年2月上旬", "2022年2月上旬", "2022-02-01", "2022-02-10"),
        ("2022年8-10月份推进情况", "2022年8—10月", "2022-08至2022-10", "2022-08-01", "2022-10-31"),
        ("2022年前三季度", "2022年1—9月", "2022-01至2022-09", "2022-01-01", "2022-09-30"),
        ("2022年1月19日—2月7日", "2022年1月19日—2月7日", "2022-01-19至2022-02-07", "2022-01-19", "2022-02-07"),
        ("2021年12月至2月", "2021年12月—2022年2月", "2021-12至2022-02", "2021-12-01", "2022-02-28"),
    ],
)
def test_a_name_tells_its_period(name: str, label: str, token: str, first: str, last: str) -> None:
    period = parse_period(name)
    assert period is not None
    assert (period.label, period.token, str(period.first), str(period.last)) == (label, token, first, last)


@pytest.mark.parametrize("name", ["台账.xlsx", "3月台账", "2022-13-40", "2022-02-30", "编号2022-017", "第8期", ""])
def test_a_name_without_a_whole_period_has_none(name: str) -> None:
    assert parse_period(name) is None


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("台账2022年第20周.xlsx", "第20周"),
        ("2022年第二十周台账", "第20周"),
        ("2022年20周", "20周"),
        ("2022-W20", "W20"),
        ("台账2022年5月第3周", "第3周"),
        ("2022年第3旬", "第3旬"),
        ("2022年5月第三旬", "第三旬"),
        ("2022年第3期", "第3期"),
        ("2022年第三次调度台账", "第三次"),
        ("2022年第10双周", "第10双周"),
    ],
)
def test_a_count_is_no_period(name: str, count: str) -> None:
    assert parse_period(name) is None
    assert count_in(name) == count


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("台账2022-05-20第20周", "2022-05-20"),
        ("2022年5月16日-20日（第20周）", "2022-05-16至2022-05-20"),
        ("2022年5月第3期", "2022-05"),
        ("第3期2022-05-20", "2022-05-20"),
        ("2022年5月第2次调度台账", "2022-05"),
        ("建县20周年2022年", "2022"),
        ("2022年第二期工程台账", "2022"),
        ("2022年周边整治", "2022"),
        ("2022年第一批项目", "2022"),
        ("2022年5月下旬", "2022年5月下旬"),
    ],
)
def test_a_count_beside_a_day_changes_nothing(name: str, token: str) -> None:
    period = parse_period(name)
    assert period
    assert period.token == token
    assert count_in(name) == ""


def test_of_two_dates_in_a_name_the_most_exact_counts_and_of_equals_the_first() -> None:
    assert parse_period("2022年重点工作台账 2022年3月") == parse_period("2022-03")
    assert parse_period("2022年重点工作台账（3月）") == parse_period("2022-03")
    assert parse_period("台账2022-02-07（2022-02-09改）") == parse_period("2022-02-07")


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["{}", "{:%Y-%m}", "{0.year}", "{0.year}年上半年"])
)
def test_the_token_of_a_period_names_that_period(day: date, form: str) -> None:
    period = parse_period(form.format(day))
    assert period is not None
    assert parse_period(period.token) == period
    assert parse_period(period.label) == period


def test_periods_order_by_their_last_day() -> None:
    names = ["2022年", "2022年三季度", "2022-02-07", "2022年2月"]
    periods = [p for p in map(parse_period, names) if p]
    assert [p.label for p in sorted(periods)] == ["2022年2月7日", "2022年2月", "2022年三季度", "2022年"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (44877, "2022-11-12"),
        (44877.0, "2022-11-12"),
        ("44877", "2022-11-12"),
        (20221112, "2022-11-12"),
        ("2022.11.12", "2022-11-12"),
        ("2022/11/12", "2022-11-12"),
        ("2022/11/12 0:00:00", "2022-11-12"),
        ("2022-11-12", "2022-11-12"),
        ("2022年11月12日", "2022-11-12"),
        ("２０２２年\n11月12日", "2022-11-12"),
        (datetime(2022, 11, 12, 8, 30), "2022-11-12"),
        (date(2022, 11, 12), "2022-11-12"),
    ],
)
def test_a_date_cell_is_read_in_every_form(cell: object, day: str) -> None:
    assert str(cell_date(cell)) == day


@pytest.mark.parametrize("cell", ["2022-13-40", "2022年9月31日", "2022年11月", "尽快", "", None, True, 12, 99999])
def test_what_is_no_full_date_is_not_read(cell: object) -> None:
    assert cell_date(cell) is None


def test_workbooks_of_1904_count_from_another_day() -> None:
    assert cell_date(43415, epoch1904=True) == date(2022, 11, 12)


def test_a_date_is_said_in_chinese_without_leading_zeros() -> None:
    assert chinese_date(date(2022, 2, 7)) == "2022年2月7日"
