"""What notes above, below and beside a table say that its words and signs mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tongbao.words.text import key

# “临期”指距时限不足10天, A类表示已办结, A为已解决.
_MEANS = re.compile(
    r"[“\"'‘「]?(?P<word>[^“”\"'‘’「」，,；;。：:\s\d.、]{1,8})[”\"'’」]?\s*(?:指的?是?|表示|代表|为|即|是指|——?|：|:|=)\s*(?P<told>[^，,；;。]{2,20})"
)
# ●正常 ▲预警 ★完成: a sign with its word right behind it.
_SIGN_MEANS = re.compile(r"(?P<word>[●▲★◆■○△☆◇□√✓✔×🟢🟡🔴🔵])[\s:：=为]*(?P<told>[\u4e00-\u9fff]{2,8})")


_NOTE = re.compile(r"^\s*(?:说明|备注|注释|图例|附注|注)\s*\d*\s*[:：]")


def legend_in(texts: Iterable[str]) -> dict[str, str]:
    """What each word means, by its key, as these texts say."""
    found: dict[str, str] = {}
    for word, told in meanings_in(texts):
        found.setdefault(key(word), told)
    return found


def meanings_in(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word as it is typed, and what it means."""
    for text in texts:
        said = _NOTE.sub("", text)  # else 说明：A为已解决 would tell of 说明
        yield from ((m["word"], m["told"]) for m in (*_MEANS.finditer(said), *_SIGN_MEANS.finditer(said)))
