"""The Chinese names that a template may use, in tables that the program, its documents and its checks share.

A template can use nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from tongbao.config.kinds import STANDARD, Kind
from tongbao.model import PHOTOS
from tongbao.word.template import Name

LEVELS = ("一", "二", "三", "四")
NAMES: Mapping[str, str] = {
    "标题": "通报标题，已按回行规则分行",
    "版头": "版头；没有配置时为空。版头.名称、版头.期号、版头.机关、版头.日期",
    "发文字号": "发文字号，可为空",
    "签发人": "签发人，可为空",
    "主送": "主送机关，可为空",
    "本期": "本期。本期.名称、本期.期间（句中用，如 2025年上半年、2025年全年、截至2025年9月15日）、本期.日期（截止日）、本期.年",
    "上期": "上期，写法同本期；没有上期台账时为空",
    "截至": "本期截止日，如 2022年2月7日",
    "起止": "上期截止日到本期截止日，如 2022年1月19日—2月7日；没有上期时为空",
    "用语": "配置里的用语，如 用语.会议；多段的可以循环",
    "总数": "累计总数 = 完成 + 未完成",
    "大项数": "本期台账的序号数",
    "分项数": "本期台账带状态的行数",
    "单位数": "本期台账涉及的单位数",
    "分类": "要印的各类（kind.yaml 的 classes，没有时为各状态词），可循环",
    "状态": "各状态词，如 状态.滞后；也可循环",
    "分组": "按字段分组，如 分组.级别；循环得到各组",
    "大纲": "按会议、议题等各级标题排好的事项；循环得到各节",
    "层次": "层次序号，每写一次自动加一：{{ 层次.一 }} 印 一、，{{ 层次.二 }} 印（一），{{ 层次.三 }} 印 1.，{{ 层次.四 }} 印（1）",
    "单位表": "各单位一行：单位、承担、完成、新增完成、滞后、完成率、名次",
    "变化": "状态有变化的事项，按“由甲到乙”分组：变化.由、变化.到、变化.数，循环得到各行",
    "附件": "附件；附件.标题、附件.行",
    "署名": "署名单位",
    "成文日期": "成文日期",
    "抄送": "抄送机关，可为空",
    "印发机关": "版记中的印发机关，可为空",
    "印发日期": "版记中的印发日期",
}
CHOICE_NAMES: Mapping[str, str] = {
    "名": "名称",
    "字样": "印在纸上的状态词：台账里这一类都写成同一个词的照写，否则是名称；名称里的季度随期次换成半年、月度等",
    "数": "数量（按 kind.yaml 的 count 计）",
    "占比": "占全部事项的比例，格式由 shares 决定",
    "大项数": "涉及的序号数",
    "单位": "涉及的单位，按名册顺序；“各相关单位”等统称不算",
    "单位数": "涉及的单位数，同上",
    "行": "各行，可循环；直接循环这一选择也一样",
    "计量": "各项计量，如 计量.计划投资",
    "号": "（大纲）本节序号，可接 |中文",
    "题": "（大纲）本节标题，不带台账里自写的序号；不属于任何标题的事项在最后一节，题为空",
    "节": "（大纲）下一级各节",
    "完成率": "（单位表）完成率",
    "名次": "（单位表）按完成率的名次",
    "由": "（变化）原来的状态词",
    "到": "（变化）现在的状态词",
    "由字样": "（变化）原来的状态词，照台账所写",
    "到字样": "（变化）现在的状态词，照台账所写",
}
ROW_NAMES: Mapping[str, str] = {
    "标签": "状态词，按种类的名称",
    "字样": "状态词，照台账所写",
    "简称": "通报简称；没有时依次用 kind.yaml 的 short 所列字段的第一句，相同的注明序号或单位",
    "单位": "责任单位，顿号相连",
    "牵头": "第一个责任单位，“各相关单位”一类的不算；只有这一类的照写",
    "上期": "上期台账中的同一事项；新增的为空",
    "滞后期数": "连续滞后的期数（含本期）",
    "延期次数": "时限改动的次数",
    PHOTOS: "这一行各格里的图片（单元格图片、浮动图片），从左到右；没有时为空。循环着印，写法见《食谱》：{{ 图 }} 单占一段",
    "分节": "（附件）本行是会议、类别等整行标题时的文字，否则为空",
    "纵并": "（附件）供 {% 纵并 行.名称 %} 使用",
}
FILTERS: Mapping[str, str] = {
    "简称": "各行的通报简称：{{ 新增完成|简称|顿号 }}",
    "序号": "各行的序号，同一序号只写一次：第{{ 滞后|序号|顿号 }}项",
    "号题": "各行的序号和加了引号的简称，如 第3项“修复管网”；几行共一个序号时注明单位：{{ 滞后|号题|顿号 }}",
    "取": "各行某一字段：{{ 滞后|取('事项')|分号 }}",
    "单位名": "各行涉及的单位，按名册顺序，不重复",
    "顿号": "用、连成一句",
    "分号": "用；连成一句",
    "逗号": "用，连成一句",
    "引号": "文字或每一项加上“ ”，里面原有的引号改为‘ ’",
    "都是": "单位表里所承担事项全属某几类的单位：{{ 单位表|都是('积极', '完成')|顿号 }}",
    "前": "只取前几项：|前(3)",
    "按单位": "按单位分组，循环得到各组（名、数、行）；没有写明单位的排在最后，名为空",
    "按": "按某一字段分组：|按('原因')；没有填的排在最后，名为空",
    "中文": "数字写成汉字：一、二、三",
    "占": "占比：{{ 甲.数|占(乙.数) }}",
    "一行": "去掉换行",
    "去序号": "去掉换行和文字开头自带的序号（一、（二）3. 等），序号由 层次 生成",
    "去尾": "去掉末尾的几个字，写出的各种依次试，只去一种：{{ 会.题|去尾('落实情况', '确定事项') }}",
    "去句号": "去掉换行和末尾的句号",
}


_PLAIN = Name()


def names_of(kind: Kind) -> Mapping[str, Name]:
    """The names that a template of this kind may use, each with what may follow it: for a check without data."""
    row = _row(kind)
    choice = _choice(kind, row)
    return {
        **dict.fromkeys(NAMES, _PLAIN),
        **_grouped(kind, choice),
        **_parts(kind, row),
        **dict.fromkeys(_selections(kind), choice),
    }


def _row(kind: Kind) -> Name:
    fields = {c.field: _PLAIN for c in kind.columns}
    names = {**fields, **dict.fromkeys(ROW_NAMES, _PLAIN)}
    names[PHOTOS] = Name(items=_PLAIN)
    return Name({**names, "上期": Name(names), "纵并": Name(fields)})


def _selections(kind: Kind) -> tuple[str, ...]:
    return (*STANDARD, *(s.name for s in (*kind.classes, *kind.lists) if s.name not in STANDARD))


def _choice(kind: Kind, row: Name) -> Name:
    """A selection of rows. Behind it may stand a second and a third one, for the rows common to all: 城建.滞后.新增.

    Three is set by feel: the shipped templates need two, and each further level multiplies the names to be checked. The
    program itself would print a fourth; the check of a template refuses it.
    """
    own = dict.fromkeys(("名", "字样", "数", "占比", "大项数", "单位数"), _PLAIN)
    own |= {"单位": Name(items=_PLAIN), "行": Name(items=row), "计量": Name({m.name: _PLAIN for m in kind.measures})}
    others = (*_selections(kind), *(label.name for label in kind.labels))
    third = Name(own, items=row)
    second = Name({**own, **dict.fromkeys(others, third)}, items=row)
    return Name({**own, **dict.fromkeys(others, second)}, items=row)


def _grouped(kind: Kind, choice: Name) -> dict[str, Name]:
    """The names that divide the rows among several choices."""
    classes = [s.name for s in kind.classes if s.printed] or [label.name for label in kind.labels]
    return {
        "分类": Name(dict.fromkeys(classes, choice), items=choice),
        "状态": Name({label.name: choice for label in kind.labels}, items=choice),
        "分组": Name({name: Name(items=choice, open=True) for name in kind.groups}),
        "大纲": Name(items=_with(choice, {"号": _PLAIN, "题": _PLAIN}, {"节": len(kind.sections) - 1})),
        "单位表": Name(items=_with(choice, {"单位": _PLAIN, "承担": choice, "完成率": _PLAIN, "名次": _PLAIN}, {})),
        "变化": Name(items=_with(choice, dict.fromkeys(("由", "到", "由字样", "到字样"), _PLAIN), {})),
    }


def _parts(kind: Kind, row: Name) -> dict[str, Name]:
    """The names with parts that are not counted: annex, wording, masthead, periods."""
    return {
        "附件": Name({"标题": _PLAIN, "行": Name(items=row)}),
        "层次": Name(dict.fromkeys(LEVELS, _PLAIN)),
        "用语": Name(dict.fromkeys(kind.wording, Name(items=_PLAIN, prints=True))),
        "版头": Name(dict.fromkeys(("名称", "期号", "机关", "日期"), _PLAIN)),
        "本期": Name(dict.fromkeys(("名称", "期间", "日期", "年"), _PLAIN)),
        "上期": Name(dict.fromkeys(("名称", "期间", "日期", "年"), _PLAIN)),
    }


def results_of(names: Mapping[str, Name]) -> Mapping[str, Name]:
    """What the grouping filters give, by filter: lists of selections, of the same shape as the classes."""
    return {"按单位": Name(items=names["分类"].items), "按": Name(items=names["分类"].items)}


def _with(choice: Name, more: Mapping[str, Name], nested: Mapping[str, int]) -> Name:
    """A choice with more names. `nested` names lists of such choices inside it, with the levels that they go down."""
    fields = {**choice.fields, **more}
    for name, depth in nested.items():
        fields[name] = Name(items=_with(choice, more, {name: depth - 1}) if depth > 0 else choice)
    return Name(fields, items=choice.items)
