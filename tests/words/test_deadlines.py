"""Deadline cells: every phrase of the domain table, and what is inferred from where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongbao.model import Deadline
from tongbao.words.deadlines import parse_deadline, same_deadline
from tongbao.words.periods import parse_period


def said(deadline: Deadline) -> str:
    """A deadline in one line: its kind, its milestones (first..last what)."""
    dates = [f"{m.first or ''}..{m.last} {m.what}".strip() for m in deadline.milestones]
    return " | ".join([deadline.kind.value, *dates])


def read(phrase: str, base: str = "") -> Deadline:
    """A phrase read on a base: `2022` or `2022-11` is a period, `decided 2022-01-05` the day of the decision."""
    kind, _, day = base.rpartition(" ")
    if kind == "decided":
        return parse_deadline(phrase, decided=date.fromisoformat(day))
    return parse_deadline(phrase, period=parse_period(base))


TABLE = [
    ("2022年元月底", "", "point | 2022-01-31..2022-01-31"),
    ("2022年\n1月30日", "", "point | 2022-01-30..2022-01-30"),
    ("2021年12月30日前", "", "before | ..2021-12-30"),
    ("2022年3月底前", "", "before | ..2022-03-31"),
    ("力争2022年2月底前", "", "before | ..2022-02-28"),
    ("2022年1月底前完成选址，4月底前完成组卷", "", "several | ..2022-01-31 完成选址 | ..2022-04-30 完成组卷"),
    ("4月底前", "decided 2022-01-05", "before | ..2022-04-30"),
    ("2022年4月底交付使用", "", "point | 2022-04-30..2022-04-30 交付使用"),
    ("预计3月底", "2022", "point | 2022-03-31..2022-03-31"),
    ("3月份", "2022", "span | 2022-03-01..2022-03-31"),
    ("3月份", "2019", "span | 2019-03-01..2019-03-31"),
    ("三季度", "2022", "span | 2022-07-01..2022-09-30"),
    ("7月底", "2022", "before | ..2022-07-31"),
    ("8月底前", "2022", "before | ..2022-08-31"),
    ("9月底前", "2022", "before | ..2022-09-30"),
    ("10月底前", "2022", "before | ..2022-10-31"),
    ("8月10日前", "2022", "before | ..2022-08-10"),
    ("8月入库", "2022", "span | 2022-08-01..2022-08-31 入库"),
    ("9月入库", "2022", "span | 2022-09-01..2022-09-30 入库"),
    ("12月底前", "2022", "before | ..2022-12-31"),
    ("年底前", "2022", "before | ..2022-12-31"),
    ("年内", "2022", "before | ..2022-12-31"),
    ("年底", "2022", "before | ..2022-12-31"),
    ("全年", "2022", "before | ..2022-12-31"),
    ("下半年", "2022", "span | 2022-07-01..2022-12-31"),
    ("剩下的半年时间", "2022-08", "before | ..2022-12-31"),
    (
        "9月开工建设，7月底前部分投产，9月建成投运",
        "2022",
        "several | 2022-09-01..2022-09-30 开工建设 | ..2022-07-31 部分投产 | 2022-09-01..2022-09-30 建成投运",
    ),
    ("2023年3月可完成", "", "span | 2023-03-01..2023-03-31 可完成"),
    ("11月底前", "2022-11", "before | ..2022-11-30"),
    ("预计主体在11月20日封顶", "2022-11", "point | 2022-11-20..2022-11-20 封顶"),
    ("10月上旬", "2021", "span | 2021-10-01..2021-10-10"),
    ("10月下旬", "2021", "span | 2021-10-21..2021-10-31"),
    ("10月中下旬", "2025", "span | 2025-10-11..2025-10-31"),
    ("12月下旬", "2024", "span | 2024-12-21..2024-12-31"),
    ("9月中旬", "2018", "span | 2018-09-11..2018-09-20"),
    ("预计9月份开始", "2022", "span | 2022-09-01..2022-09-30 开始"),
    ("6月底前开工、12月底前完工", "2024", "several | ..2024-06-30 开工 | ..2024-12-31 完工"),
    ("2020年底前", "", "before | ..2020-12-31"),
    ("12月10日前", "2020-11", "before | ..2020-12-10"),
    ("2019年5月22日前", "", "before | ..2019-05-22"),
    ("5月底前", "2019", "before | ..2019-05-31"),
    ("6月底前", "2019", "before | ..2019-06-30"),
    ("当年项目当年完工", "2020", "before | ..2020-12-31 项目"),
    ("跨年度", "2024", "open"),
    ("10月份投产", "2022", "span | 2022-10-01..2022-10-31 投产"),
    ("11月份竣工", "2022", "span | 2022-11-01..2022-11-30 竣工"),
    ("9月末", "2022", "span | 2022-09-30..2022-09-30"),
    ("12月底以前", "2013", "before | ..2013-12-31"),
    ("2024年8月前", "", "ambiguous"),
    ("2027年前", "", "ambiguous"),
    ("2008年9月31日前", "", "invalid"),
    ("收到建议、提案20日内", "decided 2022-01-05", "relative | ..2022-01-25 收到建议、提案"),
    ("3个月内", "decided 2022-01-05", "relative | ..2022-04-05"),
    ("会办1个月内", "decided 2022-01-05", "relative | ..2022-02-05 会办"),
    ("可延长1个月", "decided 2022-01-05", "relative"),
    ("会后5个工作日内", "decided 2022-01-05", "relative"),
    ("30个工作日内", "decided 2022-01-05", "relative"),
    ("7日内", "decided 2022-01-05", "relative | ..2022-01-12"),
    ("达到拆除条件后一个月", "2022", "conditional"),
    ("达成一致意见后两个月内", "2022", "conditional"),
    ("待勘探工作完成后，立即启动", "2022", "conditional"),
    ("开工后1个月", "2022", "relative"),
    ("连续3个月", "2022", "relative"),
    ("每月25日前", "2022", "recurring"),
    ("每月28日前", "2022", "recurring"),
    ("每周五上午下班前", "2022", "recurring"),
    ("每月结束后5个工作日内", "2022", "recurring"),
    ("长期坚持", "2022", "open"),
    ("持续推进", "2022", "open"),
    ("持续整改", "2022", "open"),
    ("常态化", "2022", "open"),
    ("已经完成，长期坚持", "2022", "open"),
    ("立行立改", "2022", "urgent"),
    ("立即整改", "2022", "urgent"),
    ("即知即改", "2022", "urgent"),
    ("短期攻坚、中期推进、长期坚持", "2022", "class"),
    ("尽快", "2022", "vague"),
    ("适时", "2022", "vague"),
    ("近期", "2022", "vague"),
    ("抓紧", "2022", "vague"),
    ("如期", "2022", "reference"),
    ("按期", "2022", "reference"),
    ("按时", "2022", "reference"),
    ("限期", "2022", "reference"),
    ("", "2022", "empty"),
]


@pytest.mark.parametrize(("phrase", "base", "expected"), TABLE)
def test_the_domain_table_of_deadline_phrases(phrase: str, base: str, expected: str) -> None:
    assert said(read(phrase, base)) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("2022.4.30", "point | 2022-04-30..2022-04-30"),
        ("2022/4/30", "point | 2022-04-30..2022-04-30"),
        ("44681", "point | 2022-04-30..2022-04-30"),
        ("2022-04", "span | 2022-04-01..2022-04-30"),
        ("二〇二二年四月三十日", "point | 2022-04-30..2022-04-30"),
        ("３-５月", "span | 2022-03-01..2022-05-31"),
        ("2021年11月至3月", "span | 2021-11-01..2022-03-31"),
        ("3月5日至20日", "span | 2022-03-05..2022-03-20"),
        ("明年3月底", "before | ..2023-03-31"),
        ("今年底", "before | ..2022-12-31"),
        ("本月底前", "before | ..2022-02-28"),
        ("下月10日前", "before | ..2022-03-10"),
        ("2022年", "span | 2022-01-01..2022-12-31"),
        ("2022年重点任务6月底前完成", "before | ..2022-06-30 完成"),
        ("一期：6月底前；二期：12月底前", "several | ..2022-06-30 一期 | ..2022-12-31 二期"),
        ("每月调度，12月底前完成", "before | ..2022-12-31 完成"),
        ("尽快，确保4月底前完成", "before | ..2022-04-30 完成"),
        ("8月前期工作完成", "span | 2022-08-01..2022-08-31 前期工作完成"),
        ("6月底前安置30户", "before | ..2022-06-30 安置30户"),
        ("2022年2月29日", "invalid"),
        ("2022-13-40", "invalid"),
        ("13月底前", "invalid"),
        ("8月前", "ambiguous"),
        ("三年内", "relative"),
        ("—", "empty"),
        ("已完成", "unread"),
        ("看情况", "unread"),
    ],
)
def test_other_phrases_of_real_ledgers(phrase: str, expected: str) -> None:
    assert said(read(phrase, "2022-02-07")) == expected


@pytest.mark.parametrize(
    ("phrase", "bases", "last", "note"),
    [
        ("4月底前", {"period": "2022-02"}, "2022-04-30", "没有写明年份，按2022年2月定为2022年"),
        (
            "4月底前",
            {"period": "2022-02", "decided": "2021-10-26"},
            "2022-04-30",
            "没有写明年份，按2021年10月26日定为2022年",
        ),
        (
            "11月底前",
            {"period": "2022-02", "decided": "2021-10-26"},
            "2021-11-30",
            "没有写明年份，按2021年10月26日定为2021年",
        ),
        ("4月底前", {"year": "2023", "period": "2022-12"}, "2023-04-30", "没有写明年份，按标题定为2023年"),
        ("2023年4月底前", {"period": "2022-02"}, "2023-04-30", ""),
        ("4月底前", {}, "None", "没有写年份"),
        ("月底前", {"period": "2022-02"}, "2022-02-28", "没有写月份，按2022年2月定"),
        ("7日内", {"decided": "2022-01-05"}, "2022-01-12", "从2022年1月5日起算"),
        ("8月前", {"period": "2022"}, "None", "可指2022年7月31日以前，也可指2022年8月31日以前"),
    ],
)
def test_what_is_inferred_is_told(phrase: str, bases: dict[str, str], last: str, note: str) -> None:
    decided = date.fromisoformat(bases["decided"]) if "decided" in bases else None
    year = int(bases["year"]) if "year" in bases else None
    deadline = parse_deadline(phrase, year=year, decided=decided, period=parse_period(bases.get("period", "")))
    assert (str(deadline.last), deadline.inferred) == (last, note)


def test_the_text_is_kept_on_one_line() -> None:
    assert read("2022年\n1月30日").text == "2022年1月30日"


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("2022年1月30日", "2022年1月底", True),
        ("2022年4月30日", "2022年4月底前", True),
        ("2022年2月28日", "2022年2月底", True),
        ("2024年2月28日", "2024年2月底", True),
        ("2022年1月29日", "2022年1月底", False),
        ("2022年3月30日", "2022年4月30日", False),
        ("2022年1月底前选址，4月底前组卷", "2022年4月底前", False),
        ("长期坚持", "长期坚持。", True),
        ("长期坚持", "2022年4月底", False),
        ("", "", True),
        ("", "尽快", False),
    ],
)
def test_day_30_and_the_last_day_of_a_month_are_the_same_deadline(before: str, now: str, same: bool) -> None:
    assert same_deadline(read(before), read(now)) is same
    assert same_deadline(read(now), read(before)) is same


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_a_day_is_the_same_deadline_however_it_is_written(day: date) -> None:
    forms = [f"{day}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日前"]
    assert {parse_deadline(form).last for form in forms} == {day}


@given(st.text("2022年一二十月日底末前内旬季度半个工作后每上下中至-/.，；0139 \n", max_size=24))
def test_any_text_is_read_and_dates_stand_only_where_they_may(text: str) -> None:
    deadline = parse_deadline(text, decided=date(2022, 1, 5), period=parse_period("2022-02"))
    dated = {"point", "before", "span", "several", "relative"}
    assert not deadline.milestones or deadline.kind in dated
    assert all(m.first is None or m.first <= m.last for m in deadline.milestones)
