"""`templates/<kind>/kind.yaml` read into a kind, and a kind with an office's own words.

The vocabulary is closed: a word that is not known here is refused with file, line and the nearest known word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tongbao.config import kind_sense
from tongbao.config.kinds import (
    UNUSED,
    Base,
    Column,
    ColumnType,
    Count,
    Holds,
    Joint,
    Kind,
    Label,
    Measure,
    Rounding,
    Selection,
    Shares,
    Units,
)
from tongbao.config.vocabulary_file import load_vocabulary
from tongbao.config.yamltext import Section, open_yaml, suggestion
from tongbao.model import ID, SHORT, TASK, UNIT, Level, Problem, Refusal, State
from tongbao.outside.files import entries, is_file, is_there
from tongbao.words.text import key

# Every key of kind.yaml with what it says; `*` stands for a name of one's own choice.
KEYS: Mapping[str, str] = {
    "name": "种类的名称，必填",
    "count": "计数单位：rows 按带状态的行（分项），items 按序号（大项）；默认 rows",
    "base": "统计口径：all 第一本台账以来的全部事项，year 本计划年度的事项（在办的和本年度内办结的），"
    "sheet 本期工作表里的行；默认 all",
    "columns.*": "要读的列；名称就是模板里“行.名称”的名称，须有“事项”和“状态”",
    "columns.*.headers": "台账里可能的表头，主要的写在最前；不写则与名称相同",
    "columns.*.type": "怎样读：text 文字，integer 整数，number 数，amount 金额，percent 百分数，date 日期，"
    "deadline 时限，units 单位，people 人员，status 状态；默认 text",
    "columns.*.required": "true 表示台账必须有这一列",
    "columns.*.fill": "true 表示竖向合并的单元格对所盖各行都有效",
    "columns.*.unit": "金额的单位，如 亿元；表头括号里另有单位的自动换算",
    "columns.*.period": "stock 存量（总投资、累计完成投资），flow 当期数（本月完成投资），生成下期台账时清空；"
    "不写则看台账的表头：写明本月、本期、本季度、当月等，或写着这一期的月份、季度的，是当期数，其余是存量",
    "columns.*.grows": "true 表示这一列的数只增不减、每期都应更新，与上期相同的请核，比上期小的也请核；"
    "不写则看列名：有“完成”“累计”“已”“实际”，又不是计划、目标、未完成的，算只增不减",
    "sections": "标题行的各级名称，由外到内，如 [会议, 议题]；与某列同名时读那一列，否则读整行标题",
    "short": "通报简称取哪一列，空白时依次往后；默认 [简称, 事项]",
    "overdue": "状态空白、时限已过的行归入哪种状态；默认 lagging。由 next 生成的台账除外：那里状态空白的是没有填报",
    "units.field": "按哪一列计责任单位；默认 责任单位",
    "units.joint": "多个单位共同负责的：each 各计一次，lead 只计第一个；默认 each",
    "labels.*": "状态词，名称就是印在通报里的字样",
    "labels.*.state": "归入：done 完成，partial 部分完成，on_track 推进，at_risk 预警，lagging 滞后，"
    "suspended 暂缓，unknown 待定，unreported 未报送",
    "labels.*.words": "台账里可能的写法",
    "labels.*.counts_as_done": "true 表示按完成计（如 视为完成）",
    "labels.*.default": "true 表示状态空白、时限未过的行当作这一词。由 next 生成的台账除外：那里状态空白的是没有填报",
    "labels.*.withdrawn": "true 表示撤销，不再计入总数",
    "labels.*.awaits": "true 表示办结分两步，这是第一步（如 待验收）：计入完成，但留在台账里，到下一步（销号）才移走；"
    "不写则看状态词：待验收、待销号、申请验收之类算第一步",
    "classes.*": "通报里要印的各类；不写则为各状态词。类与类可以包含，也可以有不印的",
    "lists.*": "另外要用的名单或分组",
    **{
        f"{section}.*.{key}": meaning
        for section in ("classes", "lists")
        for key, meaning in {
            "of": "取哪些的并集：状态词、前面写过的类和名单、通用选择（同名时状态词优先）；默认 [全部]",
            "within": "再限于哪些之中",
            "without": "再除去哪些",
            "where": "再限于某列的值，如 {级别: [省重点, 市重点]}",
            "sort": "按某列排序，前面加 - 表示从大到小",
            "take": "只取前几项",
            "printed": "false 表示这一类不印、不参加核对合计",
        }.items()
    },
    "groups": "按哪些列分组统计，如 [级别, 建设性质]",
    "measures.*": "要计算的数：合计或比率",
    "measures.*.sum": "某一列的合计",
    "measures.*.ratio": "两数之比，印成百分数；可用前面的计量，或选择、状态词的数，如 [完成投资, 计划投资]",
    "measures.*.decimals": "小数位数；比率默认 2，合计默认照台账",
    "measures.*.trailing_zeros": "false 表示去掉末尾的零",
    "measures.*.rounding": "half_up 四舍五入，down 截去",
    "shares.decimals": "占比的小数位数；默认 1",
    "shares.trailing_zeros": "false 表示去掉末尾的零",
    "shares.rounding": "half_up 四舍五入，down 截去",
    "shares.balanced": "true 表示把各类占比调到合计 100%（最大余数法）",
    "wording.*": "留给本单位在 config.yaml 里改的用语及默认写法；一段或几段",
    "unnamed.*": "本单位没有说出会议、计划、单位的名称时，setup 替它写进 config.yaml 的中性写法；名称同 wording",
    "file_name": "通报的文件名，可用 {标题}、{期次}、{名称}；默认 {标题}",
}


def kind_names(templates: Path) -> list[str]:
    """The kinds that lie under `templates/`: every folder with a `kind.yaml`."""
    return [folder.name for folder in entries(templates) if is_file(folder / "kind.yaml")]


def load_kind(templates: Path, name: str) -> Kind:
    """The kind in `templates/<name>/kind.yaml`. Raises Refusal with all its mistakes, or if there is no such kind."""
    folder = templates / name
    if not is_there(folder / "kind.yaml"):
        fix = suggestion(name, kind_names(templates))
        raise Refusal(Problem(Level.ERROR, "kind", f"没有名为“{name}”的通报种类", fix, value=name))
    root = open_yaml(folder / "kind.yaml", f"{name}/kind.yaml")
    kind = replace(_kind(root, folder), vocabulary=load_vocabulary(templates))
    root.finish()
    kind_sense.check(kind, root)
    if root.source.problems:
        raise Refusal(*root.source.problems)
    return kind


def adapted(kind: Kind, labels: Mapping[str, tuple[str, ...]], columns: Mapping[str, tuple[str, ...]]) -> Kind:
    """The kind with an office's own status words and headers, which go before the kind's.

    A word that the office gives to one label is taken from all others; headers under `UNUSED` are not read. Raises
    Refusal for a label or column that the kind does not have.
    """
    problems = [
        *_strangers("labels", labels, [label.name for label in kind.labels]),
        *_strangers("columns", columns, [*(column.field for column in kind.columns), UNUSED]),
    ]
    own = {key(word): name for name, words in labels.items() for word in words}
    if problems:
        raise Refusal(*problems)
    return replace(
        kind,
        columns=tuple(replace(c, headers=(*columns.get(c.field, ()), *c.headers)) for c in kind.columns),
        labels=tuple(
            replace(
                label,
                words=(
                    *labels.get(label.name, ()),
                    *(w for w in label.words if own.get(key(w), label.name) == label.name),
                ),
            )
            for label in kind.labels
        ),
        unused=frozenset(map(key, columns.get(UNUSED, ()))),
    )


def _strangers(section: str, given: Iterable[str], known: list[str]) -> list[Problem]:
    """A problem for each name that the kind does not have."""
    return [
        Problem(
            Level.ERROR, "settings", f"{section} 里的“{name}”不是这种通报的名称", suggestion(name, known), value=name
        )
        for name in given
        if name not in known
    ]


def _kind(root: Section, folder: Path) -> Kind:
    columns = tuple(_column(name, s) for name, s in root.entries("columns"))
    if all(column.field != ID for column in columns):
        # Every ledger may carry the stable ids that the program writes, whether its kind speaks of them or not.
        columns += (Column(ID, (ID,)),)
    return Kind(
        id=folder.name,
        folder=folder,
        name=root.text("name", required=True),
        count=root.choice("count", Count, Count.ROWS),
        base=root.choice("base", Base, Base.ALL),
        columns=columns,
        labels=tuple(_label(name, s) for name, s in root.entries("labels")),
        sections=root.texts("sections"),
        short=root.texts("short", tuple(c.field for c in columns if c.field in (SHORT, TASK))),
        overdue=root.choice("overdue", State, State.LAGGING),
        units=_units(root.section("units")),
        classes=tuple(_selection(name, s) for name, s in root.entries("classes")),
        lists=tuple(_selection(name, s) for name, s in root.entries("lists")),
        groups=root.texts("groups"),
        measures=tuple(_measure(name, s) for name, s in root.entries("measures")),
        shares=_shares(root.section("shares")),
        wording=root.words("wording"),
        unnamed=root.words("unnamed"),
        file_name=root.text("file_name", "{标题}"),
    )


def _column(name: str, section: Section) -> Column:
    column = Column(
        field=name,
        headers=section.texts("headers", (name,)),
        type=section.choice("type", ColumnType, ColumnType.TEXT),
        required=section.flag("required"),
        fill=section.flag("fill"),
        unit=section.text("unit"),
        period=section.choice("period", Holds, Holds.STOCK) if section.text("period") else None,
        growing=section.flag("grows") if section.text("grows") else None,
    )
    section.finish()
    return column


def _label(name: str, section: Section) -> Label:
    label = Label(
        name=name,
        state=section.choice("state", State, State.UNKNOWN),
        words=tuple(dict.fromkeys((name, *section.texts("words")))),
        counts_as_done=section.flag("counts_as_done"),
        default=section.flag("default"),
        withdrawn=section.flag("withdrawn"),
        awaiting=section.flag("awaits") if section.text("awaits") else None,
    )
    section.finish()
    return label


def _units(section: Section) -> Units:
    units = Units(section.text("field", UNIT), section.choice("joint", Joint, Joint.EACH))
    section.finish()
    return units


def _selection(name: str, section: Section) -> Selection:
    selection = Selection(
        name=name,
        of=section.texts("of", ("全部",)),
        within=section.texts("within"),
        without=section.texts("without"),
        where=section.words("where"),
        sort=section.text("sort"),
        take=section.integer("take"),
        printed=section.flag("printed", True),
    )
    section.finish()
    return selection


def _measure(name: str, section: Section) -> Measure:
    parts = section.texts("ratio")
    # A ratio has two decimal places unless the kind says otherwise, as published rates of investment do (77.91%).
    measure = Measure(
        name=name,
        sum=section.text("sum"),
        ratio=(parts[0], parts[1]) if len(parts) == 2 else None,
        decimals=section.integer("decimals", 2) if "decimals" in section or parts else None,
        trailing_zeros=section.flag("trailing_zeros", True),
        rounding=section.choice("rounding", Rounding, Rounding.HALF_UP),
    )
    if bool(measure.sum) == bool(measure.ratio):
        section.source.wrong(
            section.node, f"“{section.name}”要写 sum，或写两项的 ratio，二者只取其一", "如 ratio: [完成投资, 计划投资]"
        )
    section.finish()
    return measure


def _shares(section: Section) -> Shares:
    shares = Shares(
        decimals=section.integer("decimals", 1),
        trailing_zeros=section.flag("trailing_zeros", True),
        rounding=section.choice("rounding", Rounding, Rounding.HALF_UP),
        balanced=section.flag("balanced"),
    )
    section.finish()
    return shares
