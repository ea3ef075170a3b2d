"""What notes above, below and beside a table say that its words, signs and lights mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tongbao.words.text import key

COLOURS = "红橙黄绿蓝紫灰"
_LIGHTS = {"红": "🔴🟥", "橙": "🟠🟧", "黄": "🟡🟨", "绿": "🟢🟩", "蓝": "🔵🟦", "紫": "🟣🟪", "灰": "⚪"}
_SIGNS = "●▲★◆■○△☆◇□√✓✔×◎⊙" + "".join(_LIGHTS.values())
# What opens a legend and is no part of it: 说明：绿灯——已解决, 图例：●正常.
_OPENING = re.compile(
    r"(?:说明|图例|备注|注|标识|标志|亮灯规则|亮灯说明|颜色说明|填表说明|状态说明)\s*\d?\s*[:：、.]?\s*(?=\S)"
)
_END = r"(?=[，,；;。、）)】\]\s/|]|$)"
# “临期”指距时限不足10天, A类表示已办结, A为已解决, 绿灯——已完成.
_MEANS = re.compile(
    r"[“\"'‘「]?(?P<word>[^“”\"'‘’「」（）()【】\[\]，,；;。：:\s\d.、|/]{1,8}?)[”\"'’」]?\s*"
    r"(?:指的?是?|表示|代表|为|即|是指|是|—{1,2}|－|-|→|：|:|=|＝)\s*[“\"]?"
    r"(?P<told>[^，,；;。、“”\"（）()【】\[\]\s/|]{2,20})"
)
# ●正常 ▲预警 ★完成: a sign with its word right behind it.
_SIGN_MEANS = re.compile(rf"(?P<word>[{_SIGNS}])[\s:：=为]*(?P<told>[\u4e00-\u9fff]{{2,8}})")
# 已完成的标绿色, 滞后用红灯表示, 已办结打“√”: what is meant stands first.
_MEANT_BY = re.compile(
    r"(?P<told>[\u4e00-\u9fff]{2,10}?)(?:的|事项|项目|任务)*(?:用|以|标注?|填|涂|打|亮|显示)(?:为|成)?\s*[“\"]?"
    rf"(?P<word>[{COLOURS}](?:色灯|色|灯|牌)?|[{_SIGNS}]|[A-Z])[”\"]?(?:表示|标注|标识|底纹|填充)*" + _END
)
# A已办结、B正常推进、C滞后; 1表示已完成，2表示滞后: of one text two at least, so that no title is taken for one.
_LISTED = re.compile(
    r"(?<![\w.])(?P<word>[A-Z]|[1-9])(?:[类级档])?\s*(?P<by>表示|代表|为|是|即|=|＝|：|:|—{1,2}|－|-)?\s*"
    r"(?P<told>[\u4e00-\u9fff]{2,8})(?=[，,；;。、）)\s/|]|$)"
)
_COLOURED = re.compile(rf"(?:亮|标|[●■★◆▲○])?\s*([{COLOURS}])(?:色灯|色|灯|牌|标|旗)?")


def legend_in(texts: Iterable[str]) -> dict[str, str]:
    """What each word means, by its key, as these texts say. A colour is known in all its spellings: 绿, 绿灯, 🟢."""
    found: dict[str, str] = {}
    for word, told in meanings_in(texts):
        for spelling in _spellings(word):
            found.setdefault(key(spelling), told)
    return found


def meanings_in(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word as it is typed, and what it means."""
    for text in texts:
        yield from _pairs(_OPENING.sub("；", text))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for form in (_MEANS, _SIGN_MEANS, _MEANT_BY):
        yield from ((match["word"], match["told"]) for match in form.finditer(text))
    listed = [it for it in _LISTED.finditer(text) if it["by"] or it["word"].isalpha()]
    if len({it["word"] for it in listed}) > 1:
        yield from ((it["word"], it["told"]) for it in listed)


def colour_called(word: str) -> str:
    """The colour that a word or a sign is: 绿 for 绿灯, 绿色, 🟢; empty for all others."""
    if match := _COLOURED.fullmatch(word.strip()):
        return match[1]
    return next((colour for colour, signs in _LIGHTS.items() if word.strip()[:1] and word.strip()[0] in signs), "")


def _spellings(word: str) -> Iterator[str]:
    yield word
    if colour := colour_called(word):
        yield from (colour + tail for tail in ("", "灯", "色", "牌", "色灯"))
        yield from (f"{sign}{tail}" for sign in _LIGHTS[colour] for tail in ("", colour, f"{colour}灯", f"{colour}色"))
