"""Kinds of circular: what `templates/<kind>/kind.yaml` says, read into frozen records.

The vocabulary is closed: a word that is not known here is refused with file, line and the nearest known word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tongbao.model import SHORT, STATUS, TASK, UNIT, Column, ColumnType, Label, Level, Problem, Refusal, State
from tongbao.text import key, nearest
from tongbao.yamltext import Section, open_yaml

# Selections that every kind has; lists and classes of a kind may build on them.
STANDARD = (
    "全部", "前期完成", "新增完成", "完成", "在册完成", "未完成", "滞后", "预警", "推进", "暂缓", "待定",
    "新增", "重新办理", "撤销", "上期滞后",
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Units:
    """Which column names the unit that answers for a row, and how a joint row counts."""

    field: str = UNIT
    joint: Joint = Joint.EACH


@dataclass(frozen=True, slots=True)
class Selection:
    """A named choice of rows: those of any selection or label in `of` and of any in `within`, with the field
    values of `where`. `sort` names a field (a leading `-` for descending); `take` keeps the first k.
    """

    name: str
    of: tuple[str, ...] = ("全部",)
    within: tuple[str, ...] = ()
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
        known = kind_names(templates)
        near = nearest(name, known)
        fix = f"是不是“{near}”？" if near else "可用的种类：" + "、".join(known)
        raise Refusal(Problem(Level.ERROR, "kind", f"没有名为“{name}”的通报种类", fix, value=name))
    root = open_yaml(folder / "kind.yaml")
    kind = _kind(root, folder)
    root.finish()
    _check(kind, root)
    if root.source.problems:
        raise Refusal(*root.source.problems)
    return kind


def _kind(root: Section, folder: Path) -> Kind:
    return Kind(
        id=folder.name,
        folder=folder,
        name=root.text("name", required=True),
        count=root.choice("count", Count, Count.ROWS),
        columns=tuple(_column(name, s) for name, s in root.entries("columns")),
        labels=tuple(_label(name, s) for name, s in root.entries("labels")),
        sections=root.texts("sections"),
        short=root.texts("short", (SHORT, TASK)),
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
        section.source.wrong(section.node, f"“{section.name}”要写 sum，或写两项的 ratio，二者只取其一", "如 ratio: [完成投资, 计划投资]")
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
    named = [c.field for c in kind.columns] + [s.name for s in (*kind.classes, *kind.lists)]
    for name in (*named, *kind.sections, *(m.name for m in kind.measures), *kind.wording):
        if not name.isidentifier():
            fix = "名称要写进模板，只用汉字、字母和数字，不含标点和空格"
            root.source.wrong(None, f"“{name}”不能用作名称", fix, name)


def _check_columns(kind: Kind, root: Section) -> None:
    where = root.line("columns")
    for needed, type_ in ((TASK, None), (STATUS, ColumnType.STATUS)):
        column = kind.column(needed)
        if column is None:
            root.source.wrong(where, f"columns 里缺少“{needed}”", f"补上“{needed}: {{headers: [台账里的表头]}}”")
        elif type_ and column.type is not type_:
            root.source.wrong(where, f"“{needed}”的 type 应为 {type_}", f"写 type: {type_}")
    if sum(c.type is ColumnType.STATUS for c in kind.columns) > 1:
        root.source.wrong(where, "有两列的 type 都是 status", "只有“状态”一列用 status，其余改 text")


def _check_labels(kind: Kind, root: Section) -> None:
    where = root.line("labels")
    if not kind.labels:
        root.source.wrong(where, "没有写状态词（labels）", "照说明写出台账里用的状态词")
    if sum(label.default for label in kind.labels) > 1:
        root.source.wrong(where, "有两个状态词都写了 default", "空白单元格只能当作一种状态")
    owner: dict[str, str] = {}
    for label in kind.labels:
        for word in label.words:
            first = owner.setdefault(key(word), label.name)
            if first != label.name:
                root.source.wrong(where, f"“{word}”同时归入“{first}”和“{label.name}”", "只归入一个", word)


def _check_references(kind: Kind, root: Section) -> None:
    fields = [c.field for c in kind.columns]
    choices = [*STANDARD, *(label.name for label in kind.labels), *(s.name for s in (*kind.classes, *kind.lists))]
    for selection in (*kind.classes, *kind.lists):
        _known(root, selection.name, (*selection.of, *selection.within), choices)
        _known(root, selection.name, (*selection.where, *([selection.sort.lstrip("-")] if selection.sort else ())), fields)
    _known(root, "groups", kind.groups, fields)
    _known(root, "short", kind.short, fields)
    _known(root, "units", (kind.units.field,) if kind.column(UNIT) or kind.units != Units() else (), fields)
    for measure in kind.measures:
        _known(root, measure.name, (measure.sum,) if measure.sum else (), fields)
        _known(root, measure.name, measure.ratio or (), [*(m.name for m in kind.measures), *choices])


def _known(root: Section, owner: str, names: Iterable[str], known: list[str]) -> None:
    for name in names:
        if name not in known:
            near = nearest(name, known)
            fix = f"是不是“{near}”？" if near else "可写：" + "、".join(known)
            root.source.wrong(None, f"“{owner}”里的“{name}”没有定义", fix, name)
