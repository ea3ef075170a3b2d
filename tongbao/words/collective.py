"""Names that stand for several units without listing them: 各相关单位, 县直有关部门, 等5部门."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Names of several units that nobody can list, as published ledgers have them: 各相关单位, 部门和单位, 县直各部门, 镇街.
# In front of 各 or 有关 may stand up to eight characters that name no unit (set by feel): 云溪县政府各部门 is one,
# 卫健委各科室 and 青石镇各村 are not, for their first half is a unit. Behind 有关 stands a word for many, with up to
# six characters before it, a short word with two: 有关行业主管部门, 相关县区, but not 县相关产业发展中心. The price:
# 中央直属单位 is counted, and so is 水利系统有关同志.
_AHEAD = r"(?:[^局办院镇乡司委队会心等、及和与]|(?<=[省市县区州旗党工])委){0,8}(?<!街道)"
_MANY = "单位|部门|乡镇|镇乡|镇街|街镇|街道|办事处|企业|机构|科室|股室|处室|学校|医院|园区|开发区|社区|人员|责任人|主体"
_FEW_LETTERS = "成员|县|市|区|旗|乡|镇|村|局|委|办|方|组"
_COLLECTIVE = re.compile(
    rf"{_AHEAD}各(?!.*(?:{_MANY})(?:[省市县区州旗]..|.{{2,3}}(?:镇|乡|街道)$)).+|{_AHEAD}(?:有关|相关|所有|其[他它]|其余)(?:.{{0,6}}(?:{_MANY})|.{{0,2}}(?:{_FEW_LETTERS}))(?:\(.*\))?"
    rf"|等(?:(?:\d+|[一二三四五六七八九十]+)[个家]?.{{0,4}}(?:{_MANY})|(?:单位|部门|乡镇|镇街|街道|企业))?"
    r"|[^等]*成员单位|[^等局]*(?:部门和单位|[省市县区]直(?:部门|单位)|责任单位|承办单位)|乡镇|镇街"
)
_JOINTS = re.compile("以及|[及和与、,]")
_BARE = re.compile(rf"(?:有关|相关)?(?:{_MANY}|{_FEW_LETTERS})")


@lru_cache(4096)
def is_collective(name: str) -> bool:
    """Does a name stand for several units without listing them (各相关单位, 各乡镇)? Such names are never counted."""
    said = re.sub(r"\([^()]*\)$", "", "".join(unicodedata.normalize("NFKC", name).split()))
    if not _COLLECTIVE.fullmatch(said):
        return False
    _, *more = _JOINTS.split(re.sub(r"\([^()]*\)", "", said))
    return all(_BARE.fullmatch(piece) or is_collective(piece) for piece in more)  # 各乡镇和街道, not 各乡镇和县水利局
