"""Number formats: what Excel shows of a number, a day or a text. The language: ECMA-376 part 1, 18.8.30 and 18.8.31."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest

from tongbao.excel.formats.numbers.shown import BUILT_IN, displayed, shown, shown_text
from tongbao.excel.values import HIDDEN, text_of

MARCH = 44621.0  # 2022-03-01, a Tuesday
AFTERNOON = 44621.604179  # the same day, 14:30:01
TWELFTH = 44907.0  # 2022-12-12, a Monday

NUMBERS = [
    # General: up to eleven digits
    ("General", 0, "0"),
    ("General", 12, "12"),
    ("General", -12.5, "-12.5"),
    ("General", 0.1 + 0.2, "0.3"),
    ("General", 1 / 3, "0.333333333"),
    ("General", 12345678901, "12345678901"),
    ("General", 123456789012, "1.23457E+11"),
    ("General", 110101199001011234, "1.10101E+17"),
    ("General", 1234567.891234, "1234567.891"),
    ("General", 0.000012345678, "1.23457E-05"),
    ("General", 1e20, "1E+20"),
    ("GENERAL", 5, "5"),
    ("G/通用格式", 12.5, "12.5"),
    ("", 12.5, "12.5"),
    ('General"户"', 12, "12户"),
    ('"约"General', 12, "约12"),
    # digits
    ("0", 12345.678, "12346"),
    ("0", 0.5, "1"),
    ("0", 2.5, "3"),
    ("0", -2.5, "-3"),
    ("0", -0.2, "0"),
    ("0.00", 2022.1, "2022.10"),
    ("0.00", 1.005, "1.01"),
    ("0.0", 3.14159, "3.1"),
    ("000", 1, "001"),
    ("000", 1234, "1234"),
    ("0000", -12, "-0012"),
    ("#", 0, ""),
    ("#", 7, "7"),
    ("#.##", 5, "5."),
    ("#.##", 0.25, ".25"),
    ("0.##", 2.5, "2.5"),
    ("0.0#", 2.25, "2.25"),
    ("0.0#", 2, "2.0"),
    ("0.???", 1.5, "1.5"),
    ("???", 5, "5"),
    ("#,##0", 1234567, "1,234,567"),
    ("#,##0.00", 1234.5, "1,234.50"),
    ("#,##0.00", -1234.5, "-1,234.50"),
    ("#,###", 12, "12"),
    ("0,000", 12, "0,012"),
    ("#,##0", 999999.5, "1,000,000"),
    # scaling
    ("0,", 12345, "12"),
    ("0.0,", 12345, "12.3"),
    ("0.00,,", 123456789, "123.46"),
    ("#,##0,", 1234567890, "1,234,568"),
    ("0!.0000", 123450000, "12345.0000"),
    ("0!.0000", 12345, "1.2345"),
    ("0!.0000", 123, "0.0123"),
    ("0!.0,", 123456, "12.3"),
    ('0!.0,"万"', 123456, "12.3万"),
    ("0\\.0000", 123450000, "12345.0000"),
    ('0"."0000', 123450000, "12345.0000"),
    ('0!.00,,"亿"', 1234567890, "12.35亿"),
    ("#!.0000", 20000000, "2000.0000"),
    ("0%", 0.85, "85%"),
    ("0.00%", 0.8555, "85.55%"),
    ("0%", 1.5, "150%"),
    ("0.0%", -0.001, "-0.1%"),
    ("%0", 0.5, "%50"),
    ('0.0"%"', 85, "85.0%"),
    ("0.0\\%", 85, "85.0%"),
    # words and units
    ('0"万元"', 500, "500万元"),
    ('#,##0.00\\ "亿元"', 1234.5, "1,234.50 亿元"),
    ('"KX-"0000', 12, "KX-0012"),
    ('"第"0"次会议"', 3, "第3次会议"),
    ("0个", 3, "3个"),
    ("0.00元", 3.5, "3.50元"),
    ('"￥"#,##0.00', 5, "￥5.00"),
    ("[$¥-804]#,##0.00", 5, "¥5.00"),
    ("[$￥]#,##0", 5, "￥5"),
    ("[$-804]0", 5, "5"),
    ("$#,##0", 5, "$5"),
    ('0"未完', 5, "5未完"),
    ('"a""b"0', 5, "ab5"),
    ("0000年00月", 202203, "2022年03月"),
    ('0000"年"00"月"', 202203, "2022年03月"),
    ("0000\\-00\\-00", 20220315, "2022-03-15"),
    ("000-0000-0000", 13800138000, "138-0013-8000"),
    # sections, conditions, colours
    ("0;(0)", -5, "(5)"),
    ("0.0;-0.0;", 0, ""),
    ('0;-0;"无"', 0, "无"),
    ("#,##0;[Red](#,##0)", -1234, "(1,234)"),
    ("[Red]0", 5, "5"),
    ("[红色]0", 5, "5"),
    ("[Color 5]0.0", 5, "5.0"),
    ("[蓝色][>=100]0.0;0", 150, "150.0"),
    ('[>=10000]0!.0,"万";0', 123456, "12.3万"),
    ('[>=10000]0!.0,"万";0', 123, "123"),
    ('[>=10000]0!.0,"万";0', -5, "-5"),
    ('[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 250000000, "2.50亿"),
    ('[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 25000, "2.5万"),
    ('[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 25, "25"),
    ('[=1]"是";[=0]"否";0', 1, "是"),
    ('[=1]"是";[=0]"否";0', 0, "否"),
    ('[=1]"是";[=0]"否";0', 2, "2"),
    ("[<1]0%;0.0", 0.5, "50%"),
    ("[<>0]0.0;0", 0, "0"),
    ("0;-0;0;@", 5, "5"),
    (";;;", 5, ""),
    (";;", 5, ""),
    ('"√";"×";"—"', 1, "√"),
    ('"√";"×";"—"', -1, "×"),
    ('"√";"×";"—"', 0, "—"),
    # accounting
    ("_ * #,##0.00_ ", 1234.5, "1,234.50"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 1234.5, "1,234.50"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', -1234.5, "-1,234.50"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "-"),
    ("_(* #,##0_);_(* \\(#,##0\\)", -5, "(5)"),
    ("#,##0.00_);[Red](#,##0.00)", -1234.5, "(1,234.50)"),
    # powers of ten, fractions
    ("0.00E+00", 12345, "1.23E+04"),
    ("0.00E+00", 0.00012, "1.20E-04"),
    ("0E+0", 9.9e10, "1E+11"),
    ("0.00E-00", 12345, "1.23E04"),
    ("##0.0E+0", 12345, "12.3E+3"),
    ("##0.0E+0", 1234567, "1.2E+6"),
    ("0.00E+00", 0, "0.00E+00"),
    ("# ?/?", 1.25, "1 1/4"),
    ("# ?/?", 0.5, "1/2"),
    ("# ?/?", 3, "3"),
    ("# ??/??", 0.28, "7/25"),
    ("# ?/8", 0.5, "4/8"),
    ("?/?", 1.5, "3/2"),
    ("# ?/?", -1.5, "-1 1/2"),
    # text section and Chinese figures
    ("@", 5.5, "5.5"),
    ('@"元"', 5.5, "5.5元"),
    ("[DBNum1][$-804]General", 123, "一百二十三"),
    ("[DBNum1]General", 10, "一十"),
    ("[DBNum1]0", 105, "一〇五"),
    ("[DBNum2][$-804]General", 1205, "壹仟贰佰零伍"),
    ("[DBNum2]0", 12, "壹贰"),
    ('[DBNum2]General"元整"', 500, "伍佰元整"),
    ("[DBNum3]0", 12, "１２"),
    ("[DBNum1]General", 20300, "二万〇三百"),
]

DAYS = [
    ("yyyy/m/d", MARCH, "2022/3/1"),
    ("yyyy-mm-dd", MARCH, "2022-03-01"),
    ("yy.m.d", MARCH, "22.3.1"),
    ('yyyy"年"m"月"d"日"', MARCH, "2022年3月1日"),
    ("yyyy年m月d日", MARCH, "2022年3月1日"),
    ('yyyy"年"m"月"', MARCH, "2022年3月"),
    ("yyyy\\年mm\\月;@", MARCH, "2022年03月"),
    ("yyyy/m", MARCH, "2022/3"),
    ("yyyymm", MARCH, "202203"),
    ("mmm-yy", MARCH, "Mar-22"),
    ("mmmm yyyy", MARCH, "March 2022"),
    ("mmmmm", MARCH, "M"),
    ("d-mmm", MARCH, "1-Mar"),
    ("d-mmm-yy", MARCH, "1-Mar-22"),
    ('m"月"d"日"', MARCH, "3月1日"),
    ("yyyy", MARCH, "2022"),
    ('yyyy"年"', MARCH, "2022年"),
    ('m"月"', MARCH, "3月"),
    ('e"年"m"月"', MARCH, "2022年3月"),
    ("e-mm-dd", MARCH, "2022-03-01"),
    ('ggge"年"', MARCH, "公元2022年"),
    ('[$-411]ggge"年"m"月"', MARCH, "令和4年3月"),
    ("[$-411]ge.m.d", MARCH, "R4.3.1"),
    ('[DBNum1][$-804]yyyy"年"m"月"', MARCH, "二〇二二年三月"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', TWELFTH, "二〇二二年十二月十二日"),
    ('[DBNum1]m"月"d"日"', 44916, "十二月二十一日"),
    ("[$-804]aaaa;@", MARCH, "星期二"),
    ("aaaa", TWELFTH, "星期一"),
    ("[$-804]aaa", MARCH, "周二"),
    ("ddd", MARCH, "Tue"),
    ("dddd", MARCH, "Tuesday"),
    ("dd", MARCH, "01"),
    ('yyyy"年"m"月"d"日" aaaa', MARCH, "2022年3月1日 星期二"),
    ("[$-F800]dddd, mmmm dd, yyyy", MARCH, "Tuesday, March 01, 2022"),
    ("h:mm", AFTERNOON, "14:30"),
    ("hh:mm:ss", AFTERNOON, "14:30:01"),
    ("h:mm AM/PM", AFTERNOON, "2:30 PM"),
    ("h:mm a/p", 0.25, "6:00 a"),
    ('上午/下午h"时"mm"分"', AFTERNOON, "下午2时30分"),
    ('上午/下午h"时"mm"分"ss"秒"', 0.25, "上午6时00分00秒"),
    ('h"时"mm"分"', AFTERNOON, "14时30分"),
    ("mm:ss", AFTERNOON, "30:01"),
    ("mm:ss.0", 0.0003472, "00:30.0"),
    ("[h]:mm", 1.5, "36:00"),
    ("[mm]:ss", 0.0625, "90:00"),
    ("[ss]", 0.001, "86"),
    ("h AM/PM", 0, "12 AM"),
    ("yyyy/m/d h:mm", AFTERNOON, "2022/3/1 14:30"),
    ("m/d/yy h:mm", AFTERNOON, "3/1/22 14:30"),
    ("[Red]yyyy/m/d", MARCH, "2022/3/1"),
    ("yyyy/m/d", 1, "1900/1/1"),
    ("yyyy/m/d", 61, "1900/3/1"),
    ("yyyy/m/d", -5, ""),
    ("yyyy/m/d", 3e6, ""),
]


@pytest.mark.parametrize(("code", "number", "text"), [*NUMBERS, *DAYS])
def test_a_number_reads_as_on_the_screen(code: str, number: float, text: str) -> None:
    assert displayed(number, code) == text


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (1, "0", "12"),
        (9, "0%", "1200%"),
        (14, "yyyy/m/d", "1900/1/12"),
        (17, "mmm-yy", "Jan-00"),
        (27, 'yyyy"年"m"月"', "1900年1月"),
        (39, "#,##0.00", "12.00"),
        (49, "@", "12"),
        (57, 'yyyy"年"m"月"', "1900年1月"),
        (58, 'm"月"d"日"', "1月12日"),
    ],
)
def test_formats_that_no_workbook_defines_are_those_of_chinese_excel(number: int, code: str, text: str) -> None:
    assert displayed(12, BUILT_IN[number]) == text == displayed(12, code)


def test_the_days_of_an_old_macintosh_count_from_1904() -> None:
    assert displayed(MARCH - 1462, "yyyy-mm-dd", True) == "2022-03-01"
    assert shown(MARCH - 1462, "yyyy-mm-dd", True).value == date(2022, 3, 1)


# ---------------------------------------------------------------------------------------------- value and text


@pytest.mark.parametrize(
    ("number", "code", "value", "text"),
    [
        (12.0, "General", 12.0, ""),
        (12.0, "0", 12.0, ""),
        (12.5, "0.00", 12.5, "12.50"),
        (12.5, "0.0", 12.5, ""),
        (0.85, "0%", 0.85, "85%"),
        (5.0, ";;;", 5.0, HIDDEN),
        (12.0, "yyyy/m/d", 12.0, "1900/1/12"),
        (0.5, "h:mm", 0.5, "12:00"),
        (-3.0, "yyyy/m/d", -3.0, ""),
    ],
)
def test_a_text_is_given_only_where_it_differs(number: float, code: str, value: float, text: str) -> None:
    assert shown(number, code) == (value, text)


@pytest.mark.parametrize("code", ["yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "d-mmm-yy", "yyyy/m/d h:mm", "e.m.d"])
def test_a_whole_day_is_that_day(code: str) -> None:
    assert shown(MARCH, code) == (date(2022, 3, 1), "")
    assert text_of(shown(MARCH, code).value) == "2022年3月1日"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"', "2022年3月"),
        ("mmm-yy", "2022年3月"),
        ("yyyy.mm", "2022年3月"),
        ('[DBNum1][$-804]yyyy"年"m"月"', "2022年3月"),
        ("e/m", "2022年3月"),
        ('yyyy"年"', "2022年"),
        ('m"月"d"日"', "3月1日"),
        ("d-mmm", "3月1日"),
        ("aaaa", "星期二"),
    ],
)
def test_a_day_of_which_a_part_is_hidden_reads_without_it(code: str, text: str) -> None:
    assert text_of(shown(MARCH, code).value) == text


def test_the_time_of_day_belongs_to_what_is_shown() -> None:
    value, text = shown(AFTERNOON, "yyyy/m/d h:mm")
    assert (value, text_of(value), text) == (date(2022, 3, 1), "2022年3月1日14:30", "2022/3/1 14:30")


@pytest.mark.parametrize(
    ("text", "code", "seen"),
    [
        ("500", '@"万元"', "500万元"),
        ("500", "General", "500"),
        ("500", "0;-0;0", "500"),
        ("甲", '0;-0;0;"（"@"）"', "（甲）"),
        ("甲", ";;;", ""),
        ("甲", "0;-0;0;", ""),
        ("甲", "_ @_ ", "甲"),
        ("甲", "0.00;@", "甲"),
    ],
)
def test_a_text_has_a_format_too(text: str, code: str, seen: str) -> None:
    assert shown_text(text, code) == seen


# ---------------------------------------------------------------------------------------------- laws


def codes(seed: int) -> str:
    """A string that may be a number format."""
    pick = random.Random(seed)
    parts = [
        *'0#?.,%/@;_*!\\"[]EeGymdhsab+-: ',
        "General",
        "[h]",
        "[>=1",
        "[DBNum1]",
        "[$-804]",
        "AM/PM",
        "上午/下午",
        "年",
        "E+",
    ]
    return "".join(pick.choices(parts, k=pick.randint(0, 12)))


@pytest.mark.parametrize("block", range(20))
def test_no_string_is_too_odd_for_a_format(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        for number in (0.0, 1.0, -2.5, 44621.6, 1e15, -1e300, 5e-324, float("inf"), float("nan")):
            assert isinstance(displayed(number, codes(seed)), str)
            shown(number, codes(seed))
        shown_text("甲", codes(seed))


@pytest.mark.parametrize("seed", range(30))
def test_general_shows_a_number_as_near_as_eleven_places_allow(seed: int) -> None:
    pick = random.Random(seed)
    number = pick.choice((1, -1)) * pick.random() * 10 ** pick.randint(-12, 16)
    text = displayed(number, "General")
    assert float(text) == pytest.approx(number, rel=5e-5)
    assert len(text.lstrip("-")) <= 11


@pytest.mark.parametrize("seed", range(30))
def test_decimals_are_rounded_and_grouped_alike(seed: int) -> None:
    pick = random.Random(seed)
    number = pick.randint(-(10**9), 10**9) / 100
    assert displayed(number, "0.00") == displayed(number, "#,##0.00").replace(",", "") == f"{number:.2f}"
    assert displayed(number, "0%") == f"{round(number * 100)}%"


@pytest.mark.parametrize("days", range(100, 73000, 1511))
def test_every_day_reads_as_the_calendar_has_it(days: int) -> None:
    day = datetime.fromordinal(date(1899, 12, 30).toordinal() + days)
    assert displayed(days, "yyyy-mm-dd") == day.strftime("%Y-%m-%d")
    assert displayed(days + 0.75, "yyyy-mm-dd hh:mm") == day.strftime("%Y-%m-%d 18:00")
