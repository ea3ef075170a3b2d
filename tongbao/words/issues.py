"""Counts in the names of ledgers that no calendar places: 第20周, 2022-W20, 第3旬, 第3期, 第3次."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# Not 20周年, 周边 and 2022年5月下旬.
_WEEK = re.compile(
    rf"第?{_NUMBER}个?(?:双?周(?![年岁边转期])|旬|星期(?![一二三四五六日天]))"
    r"|(?<![A-Za-z])[Ww](?:eek)?[-_ ]?\d{1,2}(?!\d)"
)
# Not 第二期工程.
_ISSUE = re.compile(rf"第{_NUMBER}(?:期(?!工程|项目|建设)|[次轮])")


def week_in(text: str) -> str:
    """The number of a week or of a third of a month (旬) in a text; empty where there is none."""
    found = _WEEK.search(text)
    return found[0] if found else ""


def issue_in(text: str) -> str:
    """The number of an issue or a round in a text (第3期, 第3次); empty where there is none."""
    found = _ISSUE.search(text)
    return found[0] if found else ""
