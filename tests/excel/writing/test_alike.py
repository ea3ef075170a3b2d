"""A cell written afresh shows what it showed, and is read as the same."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.support.drawing import saved
from tongbao.excel import sheets
from tongbao.excel.formats.numbers.shown import shown
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import Cell, SeenDate, as_seen, holds, stored_text, text_of
from tongbao.excel.writing.afresh import written_afresh
from tongbao.excel.writing.alike import alike


def read_again(*values: Cell) -> list[Cell]:
    new = written_afresh(Book("台账.xls", (Sheet("台账", [["首", *values, "末"]]),)))
    assert new is not None
    book, problems = sheets.parse(saved(new), "台账.xlsx")
    assert book is not None, problems
    return list(book.sheets[0].cells[0][1:-1])


NUMBERS = {
    "001": (1.0, "000"),
    "85%": (0.85, "0%"),
    "85.50%": (0.855, "0.00%"),
    "12.3万": (123456.0, '0!.0,"万"'),
    "12.3456": (123456.0, "0!.0000"),
    "12.3456万元": (123456.0, '0!.0000"万元"'),
    "1,234.50": (1234.5, "#,##0.00"),
    "1.50": (1.5, "0.00"),
    "2": (1.5, "0"),
    "¥1,234.50": (1234.5, '"¥"#,##0.00'),
    "3.2亿元": (3.2, '0.0"亿元"'),
    "第12号": (12.0, '"第"0"号"'),
    "123": (123456.0, "0,"),
    "(5.00)": (-5.0, "0.00_);(0.00)"),
    "-5.0": (-5.0, "0.0"),
    "一百二十": (120.0, "[DBNum1][$-804]General"),
    "1 1/4": (1.25, "# ?/?"),
    "1.20E-05": (0.000012, "0.00E+00"),
    "8:29": (0.354, "h:mm"),
    "": (7.0, ";;;"),
    "约30%": (0.3, '"约"0%'),
    "50％": (50.0, '0"％"'),
    "1万2千": (12.0, '"1万2千"'),
    "√": (1.0, '[=1]"√";"×"'),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_shows_what_it_showed(text):
    number, code = NUMBERS[text]
    value, seen = shown(number, code)
    cell = as_seen(value, seen)
    assert text_of(cell) == text
    (again,) = read_again(cell)
    assert (text_of(again), holds(again)) == (text, holds(cell))
    if text not in ("1万2千", "√"):
        assert stored_text(again) == stored_text(cell)


def test_what_no_usual_format_shows_is_a_text():
    value, seen = shown(12.0, '"1万2千"')
    assert alike(as_seen(value, seen)) == ("1万2千", "")


@pytest.mark.parametrize(
    "code",
    ['yyyy"年"m"月"', 'm"月"d"日"', "yyyy/m/d", "yyyy/m/d h:mm", 'yyyy"年"', "yyyy.m", 'd"日"', "aaaa", "m/d h:mm:ss"],
)
def test_a_day_shows_what_it_showed(code):
    value, _ = shown(44621.0 + 0.5, code)
    (again,) = read_again(value)
    assert text_of(again) == text_of(value)
    assert isinstance(again, SeenDate) == isinstance(value, SeenDate)
    assert getattr(again, "whole", None) == getattr(value, "whole", None)


def test_days_and_hours_of_all_kinds():
    values: list[Cell] = [date(2022, 3, 1), date(1899, 5, 1), date(1900, 1, 5), time(8, 30), timedelta(hours=30)]
    assert list(map(text_of, read_again(*values))) == list(map(text_of, values))


def test_texts_stay_texts():
    values: list[Cell] = [
        "001",
        "=1+1",
        "=已列入",
        "1e5",
        "2022-03-01",
        "+86",
        "@所有人",
        "'引号",
        "TRUE",
        "第一行\n第二行",
    ]
    assert read_again(*values) == values


def test_numbers_and_truth_stay_what_they_are():
    values: list[Cell] = [5.0, 0.3, 123456789012345.0, 3.3e20, -0.5, True, False]
    assert read_again(*values) == values
    assert list(map(text_of, read_again(float("inf")))) == ["inf"]
