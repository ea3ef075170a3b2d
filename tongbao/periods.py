"""Dates as offices write them: the names of periods, the phrases of deadline cells, date cells."""

from __future__ import annotations

from datetime import date

from tongbao.model import Deadline, Period


def parse_period(name: str) -> Period | None:
    """The period that a file's name (or a folder's, or a command-line word) names; None where there is none."""
    raise NotImplementedError


def parse_deadline(
    text: str, *, year: int | None = None, decided: date | None = None, period: Period | None = None
) -> Deadline:
    """A deadline cell, read."""
    raise NotImplementedError


def same_deadline(a: Deadline, b: Deadline) -> bool:
    """Do two cells set the same deadline? Day 30 and the last day of a month are one."""
    raise NotImplementedError


def cell_date(value: object, epoch1904: bool = False) -> date | None:
    """The date of a date cell: a date, an Excel serial, or text such as 2022.4.30."""
    raise NotImplementedError


def chinese_date(day: date) -> str:
    """`2022年2月7日`."""
    return f"{day.year}年{day.month}月{day.day}日"
