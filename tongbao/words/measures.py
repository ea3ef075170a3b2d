"""The one table of counters, of units of measure with their factors, and of scales.

Cells, the self-check of a paper and its proof against the ledger all read by it. The factor of a unit says how many of
its row's base unit it is, exactly. The base of areas is 亩, because only in 亩 every area has a finite decimal
(1 平方米 = 0.0015 亩, but 1 亩 = 666.6… 平方米).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
SCALES |= {"亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
SCALE = "万亿|[十百千]?[万亿]|[十百千](?![米克瓦伏])"  # 千米, 千克, 千瓦 and 千伏 are units of their own

# Counters: a number of such things is exact, and 23项 and 23个 are the same fact. A word that is missing here costs
# this: its number is read as a bare numeral (5门课), compared as typed but never added up.
_COUNTERS = (
    "人次 户次 家次 批次 台次 件次 车次 大项 子项 小项 分项 大类 个 项 件 家 户 处 条 宗 起 名 人 位 场 次 座 所 台 辆"
    " 套 栋 幢 间 份 期 批 类 篇 张 册 支 只 头 株 笔 单 例 块 段 孔 眼 口 艘 部 幅 面 根 枚 片 棵 本 卷 种"
)
COUNTED = frozenset(_COUNTERS.split())

# Units of measure: such a number is rounded in its last digit. The first of a row is its base.
# Short words are taken for what clerks mostly mean by them: 度 electricity, 方 and 立方 立方米, 平方 平方米, 里 half a
# kilometre. The cost: 30度高温 is read as 30 千瓦时 and 3方 (three parties) as 3 立方米, in all papers alike.
_ROWS = (
    "元=1 角=0.1",
    "美元=1",
    "欧元=1",
    "港元=1 港币=1",
    "米=1 公里=1000 千米=1000 里=500 华里=500 厘米=0.01 毫米=0.001 km=1000 ㎞=1000 m=1 cm=0.01 mm=0.001",
    "亩=1 公顷=15 平方公里=1500 平方千米=1500 平方米=0.0015 平方=0.0015 平米=0.0015 ㎡=0.0015 m²=0.0015 m2=0.0015"
    " km²=1500 km2=1500",
    "立方米=1 立方=1 方=1 m³=1 m3=1 升=0.001",
    "公斤=1 千克=1 kg=1 吨=1000 公吨=1000 斤=0.5 克=0.001",
    "千瓦=1 kW=1 瓦=0.001 兆瓦=1000 MW=1000 吉瓦=1000000 GW=1000000",
    "千瓦时=1 度=1 kWh=1 兆瓦时=1000 MWh=1000",
    "伏=1 千伏=1000 kV=1000 KV=1000",
    "秒=1 分钟=60 小时=3600 个小时=3600 天=86400 周=604800 星期=604800 个星期=604800",
    "个月=1 年=12",
    "倍=1",
    "岁=1 周岁=1",
    "分=1",
    "摄氏度=1 ℃=1",
)


class Measure(NamedTuple):
    """A unit of measure: its base unit, and how many of these it is."""

    base: str
    factor: Decimal


def _measures() -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for row in _ROWS:
        pairs = [pair.split("=") for pair in row.split()]
        found |= {unit: Measure(pairs[0][0], Decimal(factor)) for unit, factor in pairs}
    return found


MEASURED = _measures()

# After a Chinese numeral these are more often part of another word: 十分, 一起, 四方, 三位一体, 两口子, 一里.
# The cost: 两起事故, 五度 and 两周 are not read; 2起事故 is.
_OWN_WORDS = frozenset("分度方起部位面口头斤里升克瓦伏角平周")


def alternatives(units: frozenset[str]) -> str:
    """The units as a regular expression, longer ones first; no Latin letter may follow a Latin one."""
    ordered = sorted(units, key=lambda u: (-len(u), u))
    return "|".join(f"{u}(?![A-Za-z])" if u[0].isascii() else u for u in ordered)


# Words that begin like a unit: 3方面, 5年度, 2家具厂, 3部门. The cost: their number counts nothing (3方面的问题).
_OTHER_WORDS = (
    "方[面案式向针法位便]|年[度代级报龄纪]|分[局公院店校之管]|部门|人民|家[具庭长]|度假|里程|面[积向对]|期[间限]"
    "|口岸|米粉|头发"
)
_NOT_UNITS = f"(?!{_OTHER_WORDS})"
UNIT = f"{_NOT_UNITS}(?:{alternatives(COUNTED | MEASURED.keys())})"
SPOKEN_UNIT = f"{_NOT_UNITS}(?:{alternatives((COUNTED | MEASURED.keys()) - _OWN_WORDS)})"


def measure(unit: str) -> Measure:
    """The base and factor of a unit. A counter, and any word that is no unit, is its own base with factor 1."""
    return MEASURED.get(unit) or Measure(unit, Decimal(1))


def exactly(value: Fraction) -> Decimal | None:
    """A fraction as a decimal; None where it has no finite one (1 亩 in 公顷), or more digits than a decimal keeps."""
    near = Decimal(value.numerator) / Decimal(value.denominator)
    return near if Fraction(near) == value else None
