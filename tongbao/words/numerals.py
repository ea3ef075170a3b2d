"""Numerals as they are typed and said: 1,234.5, 一百二十三, 廿三, 壹佰, 七十点五, 七八十."""

from __future__ import annotations

import re
from decimal import Decimal

from tongbao.words.text import parse_chinese_number

# Thousands are set off in groups of three: 12,34件 is 12 and 34件. The cost: a list 3,456项 is read as 3456项.
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
SIGNS = "〇零○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
CHINESE = f"(?:(?:(?!千[米克瓦伏])[{SIGNS}])+(?:点[{''.join(_DIGITS)}]+)?)"  # 五千瓦 is five of 千瓦
DASH = "(?:[-—–～~至到]|——)"  # what stands between the two ends of a range
# Two digits side by side mean "about", and the lower one is the value: 七八个, 三四十家, 两三百户, 三五个, 十七八个.
# Only neighbours, and 三五, which is said for "a few": 三六 is none. The cost: 二十二三户 and 两三千万 are not read.
_PAIR = re.compile("(十?)([一二两三四五六七八])([二两三四五六七八九])([十百千万]?)")


def decimal(typed: str) -> Decimal | None:
    """A numeral's value; None where the signs make no number (三六). `typed` is not empty."""
    if typed[0].isascii():
        return Decimal(typed.replace(",", ""))
    whole, _, rest = typed.partition("点")
    value = parse_chinese_number(whole)
    if value is None:
        return None if rest else _about(typed)
    return Decimal(value) + Decimal("".join(str(_DIGITS[c]) for c in rest) or "0").scaleb(-len(rest))


def _about(typed: str) -> Decimal | None:
    """The lower value of two digits side by side; None where they do not mean "about"."""
    match = _PAIR.fullmatch(typed)
    if match is None:
        return None
    first, second = _DIGITS[match[2]], _DIGITS[match[3]]
    if second != first + 1 and (first, second) != (3, 5):
        return None
    scale = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4}[match[4]]
    return Decimal(10 * bool(match[1]) + first * scale)
