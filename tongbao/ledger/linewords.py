"""What the words of a line say that it is: a total, a note or signature, a number, a heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

# 合计, 合计3项, 合计：3项, 省重点小计 are totals; 合计工程项目 and 累计完成投资8.9亿元 are not, as they may be tasks.
# Forms print the word spread out (合　计), so spaces are left out of what is compared. It costs: a task without number
# that begins 累计： is taken for a total.
_TOTAL = re.compile(
    r"(?:统计|合计|小计|总计|共计|总合计|累计)(?:[项件个]?数量?)?(?:\W.*|\d.*)?|(?:事项|任务|问题|项目)?总[项件个]?数(?:\W.*|\d.*)?|"
    r".{1,8}(?:合计|小计|总计)[:：]?"
)
# 注：…, 说明一、…, 填表人：…, 主要负责同志：…, 督查室（盖章）; a label of two parts such as 报送时间： is one of each
# group. Kept out are headings and values with a colon (会议：第一次, 责任单位：县财政局) and 备注 alone, which is a
# header. It costs: 分管领导：周某某 and 单位负责人（签字）： are not known, and a task without a number that begins
# 联系： is taken for a note.
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明)(?:[:：\d]|[一二三]、).*"
    r"|(?:制表|填表|填报|报送|审核|审批|审签|签发|复核|联系|经办|督办|单位|部门|主要|分管)?"
    r"(?:人|单位|部门|日期|时间|电话|负责人|负责同志|领导签字|人签字|意见)?(?:签字|签名|签章|盖章|\(盖章\)|（盖章）)?[:：].*"
    r"|(?:制表|填表|填报|审核|签发|复核|联系)(?:人|单位|日期|时间|电话)?"
    r"|(?:统计|汇总|编制|打印|导出|更新|报送|上报|截[至止]|数据(?:截[至止]|更新|统计)?)(?:人|单位|科室|日期?|时间)|.{0,20}[（(]盖章[）)].*"
)
# Every group of the second form of _NOTE may be missing: without one of these words a colon alone, or 督办：抓紧, would
# be a note. 复核：… has none of them and is missed.
_SIGNS = re.compile(r"制表|填表|填报|报送|审核|审批|签|盖章|联系|电话|经办|负责|日期|时间|人|单位|部门|注|说明")
# Several of these in one line are the foot of a form (分管领导： 填表人： 联系电话：); one alone may be content.
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[（(][\u4e00-\u9fff]{1,4}[）)])?[:：].{0,14}")
# Numbers in the cell of the 序号. Headings have Chinese ones, items Arabic ones: 3, 3.1, 1-2, 3、. Neither are ①, 3号,
# A1, （3） and 3． with a full-width point; such an item is read all the same where it has a task and more.
_CHINESE_NO = re.compile(r"[（(]?[一二三四五六七八九十百]+[）)]?[、.．]?")
_ARABIC_NO = re.compile(r"\d+(?:[.、-]\d+)*[.、]?")
# How a heading without a cell of its own for its number begins; asked only of a line with nothing but a task.
# 第一会议室改造 and 1.省重点 are kept out; a task 2022年底前完成架桥 that stands alone in its line is taken for a
# heading.
_HEADING_NO = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|第[一二三四五六七八九十百\d]+(?:次|批|期|部分|类|篇|章|组)|"
    r"(?:19|20)\d\d年"
)


# How many there are, and nothing else: 3个, 共3件, （2项）. It costs: a task 3个 is none.
_COUNT = re.compile(
    r"[（(]?(?:共|共计|合计|计)?[:：]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})(?:个|项|件|条|宗|处|户|家)(?:项目|事项|任务|问题|工程)?[）)]?"
)
# Behind the words of a sum: the count of what was added up.
_COUNTED = re.compile(_COUNT.pattern + "$")
# What is neither a sum nor an item: 完成率, 占年度计划比例, 同比增幅.
_RATE = re.compile(
    r"(?:其中[:：]?)?.{0,12}(?:完成率|达标率|完成比例|占比|比重|比例|百分比|平均(?:值|数)?|同比|环比|增幅|增速)"
    r"(?:[（(].*[）)])?[:：]?(?:\d[\d.]*[%％]?)?"
)
# What a cell of a sum holds: a number, with what it is counted in, or a dash.
_FIGURE = re.compile(
    r"约?[-+−]?\d[\d,，.]*\s*(?:[%％]|个百分点|[十百千万亿]*元|个|项|件|公里|亩|户|人)?|[-—－–/／]+|无"
)


# How official forms number their columns: 1 2 3, （1）（2）, ①②③, 一二三, A B C, 甲乙丙, 第1栏; a sum may stand behind
# (4=2+3).
_COLUMN_NUMBER = re.compile(
    r"[（(]?第?(?P<no>\d{1,2}|[A-Za-z]|[甲乙丙丁戊己]|[一二三四五六七八九十]{1,3})[)）]?[栏列]?(?:\s*[=＝].*)?"
)
_IN_ORDER = ("甲乙丙丁戊己", "一二三四五六七八九十")


def are_column_numbers(texts: Sequence[str]) -> bool:
    """Are these the numbers of columns, in order, three at least? A hidden column may be left out (1, 2, 4)."""
    found = [_COLUMN_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()) for text in texts]
    numbers = [_place(match["no"]) for match in found if match]
    if len(numbers) < max(3, len(texts)):
        return False
    runs = [[n for sort, n in numbers if sort == it] for it in dict.fromkeys(sort for sort, _ in numbers)]
    return (
        len(runs) < 3 and all(0 < b - a <= 2 for run in runs for a, b in pairwise(run)) and all(r[0] < 3 for r in runs)
    )


def _place(number: str) -> tuple[str, int]:
    """The sort of a number, and which one of these it is."""
    if number.isdecimal():
        return "1", int(number)
    for row in _IN_ORDER:
        if number[0] in row:
            return row, row.index(number) + 1 if len(number) == 1 else 10 + (row.index(number[-1]) + 1) % 10
    return "A", ord(number.upper()) - ord("A") + 1


def is_count(text: str) -> bool:
    """Is this only a count: 3个, 共3件, （2项）?"""
    return len(text) < 16 and bool(_COUNT.fullmatch("".join(text.split())))


def ends_in_count(text: str) -> bool:
    """Does a text end in a count: 省重点（3个）, 县重点2项?"""
    return bool(_COUNTED.search("".join(text.split())[-16:]))


def begins_as_part(text: str) -> bool:
    """Is this part of a total: 其中：省重点, 其中, 其中省重点?"""
    return text.startswith("其中")


def is_rate(text: str) -> bool:
    """Is this the name of a rate (完成率, 占比), and nothing else?"""
    return len(text) < 30 and bool(_RATE.fullmatch("".join(text.split())))


def is_figure(text: str) -> bool:
    """Is this a number, with what it is counted in, or a dash?"""
    return len(text) < 30 and bool(_FIGURE.fullmatch(text.strip()))


def is_total(text: str) -> bool:
    """Is this 合计, 小计 or the like, alone or with a figure behind it? Not a text of more than 40 characters."""
    # 合计：省重点3项，市重点5项，县重点12项 has 21; what is longer is content that begins like a total.
    return len(text) <= 40 and bool(_TOTAL.fullmatch("".join(text.split())))


def is_note(text: str) -> bool:
    """Is this a note (注：…) or a signature (制表人：…)? A colon alone does not make it one."""
    # The word must stand in the first 12 characters, as far as a label reaches; behind a longer name （盖章） is not
    # seen.
    return bool(_NOTE.fullmatch(text)) and bool(_SIGNS.search(text[:12]))


# The day below a table, and who made it: 区文明办 | 2025.5.31, 县督查室 | 王立 | 二〇二五年五月.
_DAY_MADE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}[:：])?(?:(?:19|20)\d\d|[一二三四五六七八九〇○零]{4})\s*[年./-]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*"
    r"(?:[月./-]\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?)?)?(?:\s*0?0:00(?::00)?)?"
)
_MADE_BY = re.compile(r"[\u4e00-\u9fff（）() 　]{2,20}")


def is_day_made(text: str) -> bool:
    """Is this a day or a month with its year, and nothing else?"""
    return bool(_DAY_MADE.fullmatch(text.strip()))


def is_signature(texts: Sequence[str]) -> bool:
    """Is a line of these texts who made a table and when: one or two names, and a day behind them?"""
    return 1 < len(texts) < 4 and is_day_made(texts[-1]) and all(_MADE_BY.fullmatch(text) for text in texts[:-1])


# 图例：, and what stands behind it: ●正常, 绿色：已完成.
_LEGEND = re.compile(r"(?:图例|标识说明|颜色说明|亮灯说明)\s*[:：]?.*")
_EXPLAINED = re.compile(r"[●▲★◆■○△☆◇□√×🟢🟡🔴🔵🟠]\s*[\u4e00-\u9fff]{2,8}|[红橙黄绿蓝][色灯牌]?\s*[:：=—-]+.{2,14}")


def is_legend(texts: Sequence[str]) -> bool:
    """Is a line of these texts a legend: 图例： with what follows, or two and more of ●正常, 绿色：已完成?"""
    if not texts:
        return False
    if _LEGEND.fullmatch(texts[0]):
        return True
    return len(texts) > 1 and all(_EXPLAINED.fullmatch(text) for text in texts)


def is_label(text: str) -> bool:
    """Is this a label with a colon, and no more than a name or a date behind it (分管领导：, 填表人：李四)?"""
    return bool(_LABEL.fullmatch(text))


def is_number(text: str) -> bool:
    """Is this the 序号 of an item: 3, 3.1, 3、?"""
    return bool(_ARABIC_NO.fullmatch(text))


def is_chinese_number(text: str) -> bool:
    """Is this the 序号 of a heading: 一, （二）, 三、?"""
    return bool(_CHINESE_NO.fullmatch(text))


def begins_as_heading(text: str) -> bool:
    """Does a text begin as headings do: 一、 （二） 第三批 2022年?"""
    return bool(_HEADING_NO.match(text))


def joined(number: str, title: str) -> str:
    """The heading whose number and words stand in two cells: 一 and 城建类 give 一、城建类."""
    return number + ("、" if number and number[-1] not in "、.．)）" else "") + title
