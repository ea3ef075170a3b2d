"""Kinds of circular: what `templates/<kind>/kind.yaml` says, read into frozen records.

The vocabulary is closed: a word that is not known here is refused with file, line and the nearest known word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from tongbao.model import ID, SHORT, STATUS, TASK, UNIT, Column, ColumnType, Label, Level, Problem, Refusal, Row, State
from tongbao.words.text import key, nearest
from tongbao.yamltext import Section, open_yaml

# Selections that every kind has, with the rule of each; lists and classes of a kind may build on them.
STANDARD: Mapping[str, str] = {
    "全部": "本期台账的全部事项（不含撤销的）",
    "前期完成": "首本台账之前已销号的数（opening.closed）加以前各期台账中已完成的事项",
    "新增完成": "本期已完成、上期未完成的事项，含本期新增即完成的；没有上期台账时没有",
    "完成": "前期完成加新增完成；没有上期台账时为 opening.closed 加本期已完成的事项",
    "在册完成": "本期台账中已完成的事项",
    "未完成": "本期台账中未完成的事项",
    "滞后": "未完成、状态词归入 lagging 的事项",
    "预警": "未完成、状态词归入 at_risk 的事项",
    "推进": "未完成、状态词归入 on_track 的事项",
    "暂缓": "未完成、状态词归入 suspended 的事项",
    "待定": "未完成、状态词归入 unknown 的事项",
    "新增": "本期台账中与上期各行都对不上的事项",
    "重新办理": "以前已完成、本期又未完成的事项",
    "撤销": "注明理由撤销的事项",
    "上期滞后": "上期滞后的事项在本期的情况",
}

# What a file name may be made of: the title of the report, the label of its period, its name.
FILE_NAME_WORDS = ("标题", "期次", "名称")

# Every key of kind.yaml with what it says; `*` stands for a name of one's own choice.
KEYS: Mapping[str, str] = {
    "name": "种类的名称，必填",
    "count": "计数单位：rows 按带状态的行（分项），items 按序号（大项）；默认 rows",
    "columns.*": "要读的列；名称就是模板里“行.名称”的名称，须有“事项”和“状态”",
    "columns.*.headers": "台账里可能的表头，主要的写在最前；不写则与名称相同",
    "columns.*.type": "怎样读：text 文字，integer 整数，number 数，amount 金额，percent 百分数，date 日期，"
    "deadline 时限，units 单位，people 人员，status 状态；默认 text",
    "columns.*.required": "true 表示台账必须有这一列",
    "columns.*.fill": "true 表示竖向合并的单元格对所盖各行都有效",
    "columns.*.unit": "金额的单位，如 亿元；表头括号里另有单位的自动换算",
    "sections": "标题行的各级名称，由外到内，如 [会议, 议题]；与某列同名时读那一列，否则读整行标题",
    "short": "通报简称取哪一列，空白时依次往后；默认 [简称, 事项]",
    "overdue": "状态空白、时限已过的行归入哪种状态；默认 lagging",
    "units.field": "按哪一列计责任单位；默认 责任单位",
    "units.joint": "多个单位共同负责的：each 各计一次，lead 只计第一个；默认 each",
    "labels.*": "状态词，名称就是印在通报里的字样",
    "labels.*.state": "归入：done 完成，partial 部分完成，on_track 推进，at_risk 预警，lagging 滞后，"
    "suspended 暂缓，unknown 待定",
    "labels.*.words": "台账里可能的写法",
    "labels.*.counts_as_done": "true 表示按完成计（如 视为完成）",
    "labels.*.default": "true 表示状态空白、时限未过的行当作这一词",
    "labels.*.withdrawn": "true 表示撤销，不再计入总数",
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
    "file_name": "通报的文件名，可用 {标题}、{期次}、{名称}；默认 {标题}",
}


class Count(StrEnum):
    """The counted unit: a row that carries a status (分项), or all that one 序号 covers (大项)."""

    ROWS = "rows"
    ITEMS = "items"


class Rounding(StrEnum):
    """四舍五入, or cut off."""

    HALF_UP = "half_up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Shares:
    """How shares are printed. The base is always the number of counted units."""

    decimals: int = 1
    trailing_zeros: bool = True
    rounding: Rounding = Rounding.HALF_UP
    balanced: bool = False


class Joint(StrEnum):
    """How a row of several units counts in the unit table: for each of them, or for the first (lead) unit only."""

    EACH = "each"
    LEAD = "lead"


def counted_units(row: Row, joint: Joint) -> tuple[str, ...]:
    """The units that answer for a row: all that it names, or the lead unit alone."""
    return row.named_units if joint is Joint.EACH else row.lead_units


@dataclass(frozen=True, slots=True)
class Units:
    """Which column names the unit that answers for a row, and how a joint row counts."""

    field: str = UNIT
    joint: Joint = Joint.EACH

    def of(self, row: Row) -> tuple[str, ...]:
        """The units that a row of this kind counts for, and that its sheet is sent to."""
        return counted_units(row, self.joint)


@dataclass(frozen=True, slots=True)
class Selection:
    """A named choice of rows: those of any selection or label in `of` and of any in `within`, of none in `without`,
    with the field values of `where`. Where a label and a standard selection share a name, the label is meant.

    `sort` names a field (a leading `-` for descending); `take` keeps the first k.
    """

    name: str
    of: tuple[str, ...] = ("全部",)
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    take: int = 0
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum over a field, or the ratio in percent of two measures, or of the counts of two selections.

    Without `decimals` a sum is printed as exactly as the ledger gives it.
    """

    name: str
    sum: str = ""
    ratio: tuple[str, str] | None = None
    decimals: int | None = None
    trailing_zeros: bool = True
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of circular. `sections` names the heading levels, outermost first; a level whose name is also a
    field is read from that column where the sheet has it, else from full-width rows."""

    id: str
    folder: Path
    name: str
    count: Count
    columns: tuple[Column, ...]
    labels: tuple[Label, ...]
    sections: tuple[str, ...] = ()
    short: tuple[str, ...] = ("简称", "事项")
    overdue: State = State.LAGGING
    units: Units = Units()
    classes: tuple[Selection, ...] = ()
    lists: tuple[Selection, ...] = ()
    groups: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    shares: Shares = Shares()
    wording: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file_name: str = "{标题}"

    @property
    def template(self) -> Path:
        """The Word file of the kind."""
        return self.folder / "circular.docx"

    def column(self, name: str) -> Column | None:
        """The declared column of a field."""
        return next((c for c in self.columns if c.field == name), None)

    @property
    def status(self) -> Column:
        """The column that holds the status word."""
        return next(c for c in self.columns if c.type is ColumnType.STATUS)


# ---------------------------------------------------------------------------------------------- reading


def kind_names(templates: Path) -> list[str]:
    """The kinds that lie under `templates/`: every folder with a `kind.yaml`."""
    return sorted(p.parent.name for p in templates.glob("*/kind.yaml"))


def load_kind(templates: Path, name: str) -> Kind:
    """Reads `templates/<name>/kind.yaml`. Raises Refusal with all its mistakes, or when there is no such kind."""
    folder = templates / name
    if not (folder / "kind.yaml").exists():
        fix = _suggestion(name, kind_names(templates))
        raise Refusal(Problem(Level.ERROR, "kind", f"没有名为“{name}”的通报种类", fix, value=name))
    root = open_yaml(folder / "kind.yaml", f"{name}/kind.yaml")
    kind = _kind(root, folder)
    root.finish()
    _check(kind, root)
    if root.source.problems:
        raise Refusal(*root.source.problems)
    return kind


def adapted(kind: Kind, labels: Mapping[str, tuple[str, ...]], columns: Mapping[str, tuple[str, ...]]) -> Kind:
    """The kind with an office's own status words and headers, which go before the kind's. Raises Refusal."""
    problems = [
        *_strangers("labels", labels, [label.name for label in kind.labels]),
        *_strangers("columns", columns, [column.field for column in kind.columns]),
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
    )


def _strangers(section: str, given: Iterable[str], known: list[str]) -> list[Problem]:
    """The names that a kind does not have."""
    return [
        Problem(
            Level.ERROR, "settings", f"{section} 里的“{name}”不是这种通报的名称", _suggestion(name, known), value=name
        )
        for name in given
        if name not in known
    ]


def _suggestion(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    return f"是不是“{near}”？" if near else "可写：" + "、".join(known)


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


# ---------------------------------------------------------------------------------------------- sense


def _check(kind: Kind, root: Section) -> None:
    """What no single key can show: references to columns and selections, and labels that contradict each other."""
    _check_columns(kind, root)
    _check_labels(kind, root)
    _check_references(kind, root)
    _check_selections(kind, root)
    try:
        kind.file_name.format(**dict.fromkeys(FILE_NAME_WORDS, ""))
    except (LookupError, ValueError):
        fix = "可用" + "、".join(f"{{{word}}}" for word in FILE_NAME_WORDS)
        root.source.wrong(root.at("file_name"), f"file_name 写的是“{kind.file_name}”，看不懂", fix, kind.file_name)
    named = {
        "columns": [c.field for c in kind.columns],
        "classes": [s.name for s in kind.classes],
        "lists": [s.name for s in kind.lists],
        "sections": kind.sections,
        "measures": [m.name for m in kind.measures],
        "wording": kind.wording,
    }
    for section, names in named.items():
        for name in names:
            if not name.isidentifier():
                fix = "名称要写进模板，只用汉字、字母和数字，不含标点和空格"
                root.source.wrong(root.at(section, name), f"“{name}”不能用作名称", fix, name)


def _check_columns(kind: Kind, root: Section) -> None:
    for needed, type_ in ((TASK, None), (STATUS, ColumnType.STATUS)):
        column = kind.column(needed)
        if column is None:
            where = root.at("columns")
            root.source.wrong(where, f"columns 里缺少“{needed}”", f"补上“{needed}: {{headers: [台账里的表头]}}”")
        elif type_ and column.type is not type_:
            where = root.at("columns", needed, "type")
            root.source.wrong(where, f"“{needed}”的 type 应为 {type_}", f"写 type: {type_}")
    statuses = [c.field for c in kind.columns if c.type is ColumnType.STATUS]
    if len(statuses) > 1:
        fix = "只有“状态”一列用 status，其余改 text"
        root.source.wrong(root.at("columns", statuses[-1], "type"), "有两列的 type 都是 status", fix)


def _check_labels(kind: Kind, root: Section) -> None:
    if not kind.labels:
        root.source.wrong(root.at("labels"), "没有写状态词（labels）", "照说明写出台账里用的状态词")
    defaults = [label.name for label in kind.labels if label.default]
    if len(defaults) > 1:
        where = root.at("labels", defaults[-1], "default")
        root.source.wrong(where, "有两个状态词都写了 default", "空白单元格只能当作一种状态")
    owner: dict[str, str] = {}
    for label in kind.labels:
        for word in label.words:
            first = owner.setdefault(key(word), label.name)
            if first != label.name:
                where = root.at("labels", label.name, "words", word)
                root.source.wrong(where, f"“{word}”同时归入“{first}”和“{label.name}”", "只归入一个", word)


def _check_references(kind: Kind, root: Section) -> None:
    """Columns by name."""
    fields = [c.field for c in kind.columns]
    _known(root, ("groups",), kind.groups, fields)
    _known(root, ("short",), kind.short, fields)
    if kind.column(UNIT) or kind.units != Units():
        _known(root, ("units", "field"), (kind.units.field,), fields)
    for section, selections in (("classes", kind.classes), ("lists", kind.lists)):
        for selection in selections:
            _known(root, (section, selection.name, "where"), selection.where, fields)
            if selection.sort:
                _known(root, (section, selection.name, "sort"), (selection.sort.lstrip("-"),), fields)
    for measure in kind.measures:
        if measure.sum:
            _known(root, ("measures", measure.name, "sum"), (measure.sum,), fields)


def _check_selections(kind: Kind, root: Section) -> None:
    """Selections by name: labels, the standard ones, and those of the kind that stand further up."""
    choices = [*STANDARD, *(label.name for label in kind.labels)]
    all_ = [*(s.name for s in (*kind.classes, *kind.lists)), *(m.name for m in kind.measures)]
    for section, selections in (("classes", kind.classes), ("lists", kind.lists)):
        for selection in selections:
            for part in ("of", "within", "without"):
                _known(root, (section, selection.name, part), getattr(selection, part), choices, all_)
            if section == "lists" and selection.name in STANDARD:
                where = root.at("lists", selection.name)
                root.source.wrong(where, f"名单“{selection.name}”与通用选择同名", "换一个名称", selection.name)
            choices.append(selection.name)
    for measure in kind.measures:
        _known(root, ("measures", measure.name, "ratio"), measure.ratio or (), choices, all_)
        choices.append(measure.name)


def _known(
    root: Section, path: tuple[str, ...], names: Iterable[str], known: list[str], later: Iterable[str] = ()
) -> None:
    """Notes the names that are not known, or not yet, each at the line where it is used."""
    for name in names:
        if name in known:
            continue
        message, fix = f"“{'.'.join(path)}”里的“{name}”没有定义", _suggestion(name, known)
        if name in later:
            message, fix = f"“{'.'.join(path)}”用到的“{name}”写在后面", f"把“{name}”移到前面"
        root.source.wrong(root.at(*path, name), message, fix, name)
