"""What the words of a line tell about it: a total, a note or signature, a number, a heading's number."""

from __future__ import annotations

import re

_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总合计|累计)(?:\W.*|\d.*)?|.{1,8}(?:合计|小计)[:：]?")
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明)(?:[:：\d]|[一二三]、).*"
    r"|(?:制表|填表|填报|报送|审核|审批|审签|签发|复核|联系|经办|督办|单位|部门|主要|分管)?"
    r"(?:人|单位|部门|日期|时间|电话|负责人|负责同志|领导签字|人签字|意见)?(?:签字|签名|签章|盖章|\(盖章\)|（盖章）)?[:：].*"
    r"|(?:制表|填表|填报|审核|签发|复核|联系)(?:人|单位|日期|时间|电话)?|.{0,20}[（(]盖章[）)].*"
)
_SIGNS = re.compile(r"制表|填表|填报|报送|审核|审批|签|盖章|联系|电话|经办|负责|日期|时间|人|单位|部门|注|说明")
_CHINESE_NO = re.compile(r"[（(]?[一二三四五六七八九十百]+[）)]?[、.．]?")
_ARABIC_NO = re.compile(r"\d+(?:[.、-]\d+)*[.、]?")
_HEADING_NO = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|第[一二三四五六七八九十百\d]+(?:次|批|期|部分|类|篇|章|组)|"
    r"(?:19|20)\d\d年"
)


def is_total(text: str) -> bool:
    """合计, 小计 and their like, alone or with a figure behind; a long text only begins like one."""
    return len(text) <= 40 and bool(_TOTAL.fullmatch(text))


def is_note(text: str) -> bool:
    """A note (注：…) or a signature (制表人：…); a text with a colon is one only if a word of that sort leads it."""
    return bool(_NOTE.fullmatch(text)) and bool(_SIGNS.search(text[:12]))


def is_number(text: str) -> bool:
    """The 序号 of an item: 3, 3.1, 3、"""
    return bool(_ARABIC_NO.fullmatch(text))


def is_chinese_number(text: str) -> bool:
    """The 序号 of a heading: 一, （二）, 三、"""
    return bool(_CHINESE_NO.fullmatch(text))


def begins_as_heading(text: str) -> bool:
    """Does a text begin as headings do: 一、 （二） 第三批 2022年?"""
    return bool(_HEADING_NO.match(text))


def joined(number: str, title: str) -> str:
    """A heading whose number and words stand in two cells."""
    return number + ("、" if number and number[-1] not in "、.．)）" else "") + title
