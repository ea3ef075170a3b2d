"""What an OpenDocument cell shows: the file itself says it, in words."""

from __future__ import annotations

from datetime import date

import pytest

from tongbao.excel.formats.opendocument import day_shown
from tongbao.excel.grid import text_of


@pytest.mark.parametrize(
    ("text", "stored", "seen"),
    [
        ("2022年3月1日", "2022-03-01", "2022年3月1日"),
        ("2022/03/01", "2022-03-01", "2022年3月1日"),
        ("01.03.22", "2022-03-01", "2022年3月1日"),
        ("2022年3月", "2022-03-01", "2022年3月"),
        ("2022-03", "2022-03-01", "2022年3月"),
        ("二〇二二年三月", "2022-03-01", "2022年3月"),
        ("Mar-22", "2022-03-01", "2022年3月"),
        ("2022", "2022-03-01", "2022年"),
        ("3月1日", "2022-03-01", "3月1日"),
        ("1-Mar", "2022-03-01", "3月1日"),
        ("2022/3/1 14:30", "2022-03-01T14:30:00", "2022年3月1日14:30"),
        ("2022/3/1 00:00", "2022-03-01T00:00:00", "2022年3月1日"),
    ],
)
def test_a_day_reads_as_its_text_shows_it(text: str, stored: str, seen: str) -> None:
    assert text_of(day_shown(date(2022, 3, 1), text, stored)) == seen
