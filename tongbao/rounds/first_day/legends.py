"""What notes above, below and beside a table say that its words, signs and lights mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tongbao.words.text import key

COLOURS = "红橙黄绿蓝紫灰"
_LIGHTS = {"红": "🔴🟥", "橙": "🟠🟧", "黄": "🟡🟨", "绿": "🟢🟩", "蓝": "🔵🟦", "紫": "🟣🟪", "灰": "⚪"}
_SIGNS = "●▲★◆■○△☆◇□√✓✔×◎⊙" + "".join(_LIGHTS.values())
# What opens a legend and is no part of it: 说明：绿灯——已解决, 图例：●正常. Behind another word it needs its colon:
# “解释说明”视为办结 speaks of a state.
_OPENED = r"(?:说明|图例|备注|注|标识|标志|亮灯规则|亮灯说明|颜色说明|填表说明|状态说明)\s*\d?\s*"
_OPENING = re.compile(rf"(?:(?<![\u4e00-\u9fff]){_OPENED}[:：、.]?|{_OPENED}[:：])\s*(?=\S)")
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
# 1表示已完成，2表示滞后: of one text two at least, so that no title is taken for one.
_LISTED = re.compile(
    r"(?<![\w.])(?P<word>[1-9])\s*(?:表示|代表|为|是|即|=|＝|：|:|—{1,2}|－|-)\s*"
    r"(?P<told>[\u4e00-\u9fff]{2,8})(?=[，,；;。、）)\s/|]|$)"
)
# “已解决”“解释说明”均视为办结, 停工项目按滞后通报, 解释说明按办结统计: what is counted as what, however it is called.
_COUNTED_AS = re.compile(
    r"(?:^|(?<=[，,；;。：:（(\s]))(?P<words>[^，,；;。：:（）()\s]{2,40}?)"
    r"(?:的|等)?(?:事项|项目|问题|任务|诉求|件)?(?:的|等)?(?:均|都|也|全部|一律|统一|同样|一并|可)*"
    r"(?:(?:视为|视同|视作|算作?|计为|计作|计入|记为|列为|列入|归为|归入|当作|作为)[“\"「]?"
    r"(?P<as>[\u4e00-\u9fff]{2,8}?)[”\"」]?(?:事项|项目|类)?(?:统计|处理|通报|对待|计算|掌握)?"
    r"|[按作][“\"「]?(?P<by>[\u4e00-\u9fff]{2,8}?)[”\"」]?(?:事项|项目|类)?(?:统计|处理|通报|对待|计算|掌握|计|论|算))"
    r"(?=[，,；;。、）)\s]|$)"
)
# 不视为办结 denies it; B为列入计划, 黄灯表示列入明年 tell what a sign means.
_NOT_COUNTED = re.compile(r"(?:不|未|非|不得|不再|不能|不予|为|指|是|即|表示|代表|[-—=＝→])[均都再]?$")
_JOINED = re.compile(r"[“”\"'‘’「」、/]+|(?<=[”\"」])[和与及或](?=[“\"「])|[和与及]")
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
    for match in [it for it in _COUNTED_AS.finditer(text) if not _NOT_COUNTED.search(it["words"])]:
        yield from ((word, match["as"] or match["by"]) for word in _listed_in(match["words"]))
        text = text.replace(match[0], "", 1)  # 均视为办结 is no word 均视 that means 办结
    for form in (_MEANS, _SIGN_MEANS, _MEANT_BY):
        yield from ((match["word"], match["told"]) for match in form.finditer(text))
    listed = list(_LISTED.finditer(text))
    if len({it["word"] for it in listed}) > 1:
        yield from ((it["word"], it["told"]) for it in listed)


def _listed_in(text: str) -> list[str]:
    """The words of a list; what stands once behind the last grade is said of all: A、B类."""
    words = [word for word in _JOINED.split(text) if word]
    tail = words[-1][1:] if words and words[-1][1:] in ("类", "级", "档") else ""
    return [word + tail if len(word) == 1 else word for word in words]


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
