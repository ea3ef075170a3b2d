"""What notes above, below and beside a table say that its words and signs mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tongbao.words.text import key

# “临期”指距时限不足10天, A类表示已办结, A为已解决.
_MEANS = re.compile(
    r"[“\"'‘「]?(?P<word>[^“”\"'‘’「」，,；;。：:\s\d.、]{1,8})[”\"'’」]?\s*(?:指的?是?|表示|代表|为|即|是指|——?|：|:|=)\s*(?P<told>[^，,；;。]{2,20})"
)
# ●正常 ▲预警 ★完成: a sign with its word right behind it.
_SIGN_MEANS = re.compile(r"(?P<word>[●▲★◆■○△☆◇□√✓✔×🟢🟡🔴🔵])[\s:：=为]*(?P<told>[\u4e00-\u9fff]{2,8})")


def legend_in(texts: Iterable[str]) -> dict[str, str]:
    """What each word means, by its key, as these texts say."""
    found: dict[str, str] = {}
    for text in texts:
        for match in (*_MEANS.finditer(text), *_SIGN_MEANS.finditer(text)):
            found.setdefault(key(match["word"]), match["told"])
    return found
