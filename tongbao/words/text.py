"""Text as it stands in cells: cleaned for the paper, folded for comparison, cut for messages, and its numerals.

Text for the paper is never folded, as NFKC would turn ㎡ into m2 and ① into 1; compared texts always are.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from tongbao.words.measures import SCALES

# ---------------------------------------------------------------------------------------------- for the paper

# Line breaks as workbooks and office systems export them; `_x000D_` is how a workbook spells a carriage return.
# The cost: a cell in which somebody typed `_x000D_` as a word loses it.
_LINE_ENDS = re.compile(r"(?:_x000D_)?\r?\n|_x000D_|_x000A_|[\r\v\f\x85\u2028\u2029]", re.IGNORECASE)
# Other control characters in the same spelling (`_x000B_`). `_x0041_` spells a letter and stays as typed.
_ESCAPES = re.compile(r"_x00[01][0-9A-F]_", re.IGNORECASE)
# U+200B and U+FEFF stand in real cells, copied from web pages; what else has no width goes with them.
# The cost: signs that a joiner ties into one picture come apart, as some emoji do.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"[\t\xa0]")


def clean(text: str) -> str:
    """A cell's text as the paper may print it: one kind of line break, no invisible characters, no trailing spaces.

    Control characters (also as Excel spells them: `_x000D_`), zero-width signs and byte order marks are removed; half
    a surrogate pair becomes U+FFFD. Every visible character stays as typed.
    """
    if text.isprintable() and "_" not in text:  # nothing to clean, as in nearly all cells
        return text.rstrip()
    text = _ESCAPES.sub("", _LINE_ENDS.sub("\n", text))
    text = _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text))
    return "\n".join(line.rstrip() for line in _SPACES.sub(" ", text).split("\n")).strip("\n")


def one_line(text: str) -> str:
    """A cell's text on one line: a line break between Latin words becomes a space, any other break is dropped."""
    if text.isprintable() and "_" not in text:  # as `clean` leaves nearly all cells
        return text.strip()
    cleaned = clean(text)
    if "\n" not in cleaned:
        return cleaned.strip()
    joined = ""
    for line in filter(None, map(str.strip, cleaned.split("\n"))):
        joined += " " * (_western(joined[-1:]) and _western(line[0])) + line
    return joined


def _western(char: str) -> bool:
    """Does this character want a space before the next word? (letters, digits and stops of Latin writing)"""
    # Chinese begins at U+2E80: `Green⏎Park` gets a space, `3月⏎10日` none. The cost: full-width letters get none.
    return char != "" and ord(char) < 0x2E80 and (char.isalnum() or char in ".,;:!?)(%")


# ---------------------------------------------------------------------------------------------- for comparison

# Signs that clerks exchange between two periods: 〈办法〉 and 《办法》, 〔2022〕6号 and (2022)6号, 1—9月 and 1-9月.
# The cost: texts that differ by such a sign alone compare as equal, as 12,34 and 12、34 or 1.5 and 1。5.
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞＂「」『』‘’‛`´", '"'),
        "'": '"',
        **dict.fromkeys("〔【［〖[{", "("),
        **dict.fromkeys("〕】］〗]}", ")"),
        **dict.fromkeys("〈《«‹", "<"),
        **dict.fromkeys("〉》»›", ">"),
        **dict.fromkeys("—–―‐‑‒−─━－", "-"),
        **dict.fromkeys("〜～∼", "~"),
        **dict.fromkeys("·・•‧∙", "·"),
        **dict.fromkeys("、﹑､", ","),
        **dict.fromkeys("。｡", "."),
    }
)


# A bound on memory, set by feel: one ledger asks for the same texts many times. Beyond it a text is folded anew.
@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The form in which texts are compared: without spaces and line breaks, in one width, case and punctuation.

    Punctuation at the very end is dropped too.
    """
    folded = unicodedata.normalize("NFKC", clean(text)).translate(_VARIANTS).casefold()
    return unicodedata.normalize("NFKC", "".join(folded.split())).rstrip(".,;:")


def shortened(text: str, most: int) -> str:
    """A text for a message: its first `most` characters and …, where it has more."""
    return text if len(text) <= most else text[:most] + "…"


def first_few(words: Sequence[str], most: int, joint: str = "、") -> str:
    """A list for a message: the first `most` words, and 等 where there are more."""
    return joint.join(words[:most]) + ("等" if len(words) > most else "")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most looks like, to be offered as 是不是…？; None where nothing is near."""
    # 0.6 is the default of difflib: 已完城 finds 已完成 (0.67). The cost: of two characters one wrong is too much
    # (滞厚 for 滞后, 0.5), and 民政局 is offered for 财政局 (0.67), which does no harm in a question.
    by_key = {key(k): k for k in known}
    found = difflib.get_close_matches(key(word), by_key, n=1, cutoff=0.6)
    return by_key[found[0]] if found else None


# ---------------------------------------------------------------------------------------------- Chinese numbers

_DIGITS = "零一二三四五六七八九"
_VALUES = {c: v for v, c in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_FORMAL = str.maketrans(
    dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟○廿卅", [*"一二三四五六七八九十百千〇", "二十", "三十"], strict=True))
)
CHINESE_NUMERALS = "〇零一二三四五六七八九十百千万亿两"


def chinese_number(n: int) -> str:
    """`11` → 十一, `105` → 一百零五, `20000` → 二万. Raises ValueError for negative numbers."""
    if n < 0:
        raise ValueError(n)
    if n < 10:
        return _DIGITS[n]
    size, sign = next(
        (s, c) for c, s in [("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)] if n >= s
    )
    head, rest = divmod(n, size)
    front = "" if n < 20 else chinese_number(head)
    gap = "零" if rest and rest < size // 10 else ""
    return front + sign + gap + (_inner(rest) if rest else "")


def _inner(n: int) -> str:
    """The rest of a larger number: 10 to 19 are said 一十 to 一十九 there."""
    return ("一" if 10 <= n < 20 else "") + chinese_number(n)


def parse_chinese_number(text: str) -> int | None:
    """`十一` → 11, `两百零五` → 205, `二〇二二` → 2022 (digit by digit); None where the text is no number."""
    text = text.translate(_FORMAL)
    # The longest number below 万亿 has 23 characters; the bound keeps the recursion short.
    if not 0 < len(text) <= 30 or set(text) - set(CHINESE_NUMERALS):
        return None
    if set(text) <= set(_VALUES):
        # Digits side by side are a number as a year says them (four, or with 〇); 三五 and 一二 mean "a few" instead.
        # The cost: 一二三四 is read as 1234.
        spelt = len(text) == 1 or len(text) == 4 or "〇" in text
        return int("".join(str(_VALUES[c]) for c in text)) if spelt else None
    number = _by_steps(text)
    # What nobody says is no number: 一百零五十 would be written back as 一百五十.
    said = text.replace("两", "二").replace("〇", "零")
    return number if number is not None and _short(chinese_number(number)) == _short(said) else None


def _short(said: str) -> str:
    """With 一十 as 十: both 三百一十五 and 三百十五 are said."""
    return said.replace("一十", "十")


def _by_steps(text: str) -> int | None:
    """The value of a number said with 十百千万亿, each step smaller than the one before; None where it is none."""
    for sign in ("亿", "万"):
        head, found, rest = text.rpartition(sign)
        if found:
            front, back = parse_chinese_number(head), parse_chinese_number(rest.lstrip("零")) if rest else 0
            return None if front is None or back is None or back >= _MYRIADS[sign] else front * _MYRIADS[sign] + back
    match = re.fullmatch(r"(?:(.)千)?零?(?:(.)百)?零?(?:(.?)十)?零?(.)?", text)
    if not match:
        return None
    digits = [*match.groups()[:2], "一" if match[3] == "" else match[3], match[4]]
    if any(d is not None and d not in _VALUES for d in digits):
        return None
    return sum(_VALUES[d] * step for d, step in zip(digits, (1000, 100, 10, 1), strict=True) if d is not None)


# ---------------------------------------------------------------------------------------------- numerals in a text

_ROMAN = {first + n: str(n + 1) for first in (0x2160, 0x2170) for n in range(12)}
_SPACE = re.compile(r"\s")
_CIRCLED = re.compile(r"[①-⑳]")  # the number of a paragraph, which counts nothing
# The name of a plan is one numeral, neither 14 nor 5.
_FIVE_YEARS = r"十[一二三四五六七八九]五(?=规划|时期|期间|[”\"'’」])"
# 一 counts only before words that number things (一期); before others it is part of a word (一个, 一批, 一体).
_AFTER_ONE = r"期|号|标段|季度|月|级|类|组|段|届|轮|层"
# What things are counted with in tasks of ledgers; before any other word a Chinese numeral is taken for part of a word
# (三农, 二孩). Both lists were set by feel. The cost: 四门课程 holds no number here.
_AFTER_MORE = (
    rf"{_AFTER_ONE}|批|次|个|项|条|座|所|处|家|户|人|件|名|日|年|周|天|旬|楼|栋|套|辆|台|亩|吨|米|公里|元|成"
    r"|大(?!力|量|幅|多)"
)
# Words that hold a numeral and count nothing (第一书记, 第三方, 千方百计). The cost: neither does the 一 of 同一期.
_NO_NUMBER = r"第[一三](?:书记|时间|责任|方|线|手|梯队|位的)|[统唯逐单同专万][一]|千万(?!元)|百姓|百分(?!之)|千方百计"
# At most 12 numerals in a row: 九千九百九十九万 has 8. The cost: a longer one falls into two, alike in both periods.
_NUMERAL = re.compile(
    rf"""(?P<word>{_NO_NUMBER})
      | (?P<plan>{_FIVE_YEARS})
      | 百分之(?P<percent>[{CHINESE_NUMERALS}]{{1,12}})
      | (?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>万亿|万|亿)?(?P<sign>%)?
      | 第(?P<ordinal>[{CHINESE_NUMERALS}]{{1,12}})
      | (?P<first>元)(?=月) | (?P<lead>首)(?=期|批|次|届|轮)
      | (?P<one>一)(?={_AFTER_ONE})
      | (?P<more>[{CHINESE_NUMERALS}]{{2,12}}|[二三四五六七八九十百两])(?={_AFTER_MORE})
      | (?P<large>[二三四五六七八九一]?[十百千万亿][{CHINESE_NUMERALS}]{{1,12}}|[一二三四五六七八九两][十百千万亿])
    """,
    re.VERBOSE,
)
# Where none of these stands there is no numeral, unless it is written with signs of another width.
_ANY_NUMERAL = re.compile(rf"[\d{CHINESE_NUMERALS}元首]")
# Only years of this and the last century: 2022.2 is a month, 10.5 an amount. The cost: an amount of 1999.9 is a month.
_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?(?![\d.])")


def numbers(text: str) -> tuple[str, ...]:
    """The numerals of a text (dates, years, phases, counts, amounts), in order, each in one spelling.

    二期 gives 2, 8.90亿 gives 890000000. A Chinese numeral is taken only where it counts something: 统一 and 一批 hold
    none.
    """
    if not _ANY_NUMERAL.search(text) and unicodedata.is_normalized("NFKC", text):
        return ()
    folded = _CIRCLED.sub("", clean(text)).translate(_ROMAN)
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", folded))
    folded = _DATE.sub(lambda m: "年".join(filter(None, m.groups())) + "日", folded)
    return tuple(n for n in map(_canonical, _NUMERAL.finditer(folded)) if n)


def _canonical(match: re.Match[str]) -> str:
    """A numeral in the one form of all its spellings; empty for a word that only looks like a numeral."""
    if match["word"]:
        return ""
    if match["plan"]:
        return match["plan"]
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", "")) * SCALES[match["scale"] or ""]
        return f"{value.normalize():f}" + (match["sign"] or "")
    if match["percent"]:
        return _spelt(match["percent"]) + "%"
    if match["first"] or match["lead"] or match["one"]:
        return "1"
    return _spelt(match["ordinal"] or match["more"] or match["large"])


def _spelt(numeral: str) -> str:
    value = parse_chinese_number(numeral)
    return numeral if value is None else str(value)
