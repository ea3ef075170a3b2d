"""Whether a kind makes sense as a whole: the mistakes that no single key of its file can show."""

from __future__ import annotations

from collections.abc import Iterable

from tongbao.config.kinds import FILE_NAME_WORDS, LATER, NUMBERS, STANDARD, ColumnType, Holds, Kind, Units
from tongbao.config.yamltext import Section, suggestion
from tongbao.model import STATUS, TASK, UNIT
from tongbao.words.text import key


def check(kind: Kind, root: Section) -> None:
    """Notes, at their lines, references that lead nowhere, and labels and names that contradict each other."""
    _check_columns(kind, root)
    _check_labels(kind, root)
    _check_references(kind, root)
    _check_selections(kind, root)
    _check_file_name(kind, root)
    _check_names(kind, root)


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

    for column in kind.columns:
        if column.growing and (column.type not in NUMBERS or column.period is Holds.FLOW):
            where = root.at("columns", column.field, "grows")
            fix = "只有存量的数、金额、百分数才只增不减：删去 grows，或改 type、period"
            root.source.wrong(where, f"“{column.field}”不能写 grows: true", fix)


def _check_labels(kind: Kind, root: Section) -> None:
    if not kind.labels:
        root.source.wrong(root.at("labels"), "没有写状态词（labels）", "照说明写出台账里用的状态词")
    for label in kind.labels:
        if label.awaiting and not label.is_done:
            where = root.at("labels", label.name, "awaits")
            fix = "分两步办结的第一步也计入完成：同时写 counts_as_done: true，或删去 awaits"
            root.source.wrong(where, f"“{label.name}”写了 awaits，却不按完成计", fix)
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
    """Notes columns that are named in other keys and not declared."""
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
    _known(root, ("unnamed",), kind.unnamed, list(kind.wording))
    for measure in kind.measures:
        if measure.sum:
            _known(root, ("measures", measure.name, "sum"), (measure.sum,), fields)


def _check_selections(kind: Kind, root: Section) -> None:
    """Notes selections that are named and not known: neither a label, nor a standard one, nor written further up."""
    choices = [*STANDARD, *(label.name for label in kind.labels)]
    all_ = [*(s.name for s in (*kind.classes, *kind.lists)), *(m.name for m in kind.measures)]
    for section, selections in (("classes", kind.classes), ("lists", kind.lists)):
        for selection in selections:
            for part in ("of", "within", "without"):
                _known(root, (section, selection.name, part), getattr(selection, part), choices, all_)
            if section == "lists" and selection.name in STANDARD and selection.name not in LATER:
                where = root.at("lists", selection.name)
                root.source.wrong(where, f"名单“{selection.name}”与通用选择同名", "换一个名称", selection.name)
            choices.append(selection.name)
    for measure in kind.measures:
        _known(root, ("measures", measure.name, "ratio"), measure.ratio or (), choices, all_)
        choices.append(measure.name)


def _check_file_name(kind: Kind, root: Section) -> None:
    try:
        kind.file_name.format(**dict.fromkeys(FILE_NAME_WORDS, ""))
    except (LookupError, ValueError):
        fix = "可用" + "、".join(f"{{{word}}}" for word in FILE_NAME_WORDS)
        root.source.wrong(root.at("file_name"), f"file_name 写的是“{kind.file_name}”，看不懂", fix, kind.file_name)


def _check_names(kind: Kind, root: Section) -> None:
    """Notes names that templates could not use: punctuation or a space would end them there."""
    named = {
        "columns": [c.field for c in kind.columns],
        "classes": [s.name for s in kind.classes],
        "lists": [s.name for s in kind.lists],
        "sections": kind.sections,
        "measures": [m.name for m in kind.measures],
        "wording": kind.wording,
    }
    for section, name in ((section, name) for section, names in named.items() for name in names):
        if not name.isidentifier():
            fix = "名称要写进模板，只用汉字、字母和数字，不含标点和空格"
            root.source.wrong(root.at(section, name), f"“{name}”不能用作名称", fix, name)


def _known(
    root: Section, path: tuple[str, ...], names: Iterable[str], known: list[str], later: Iterable[str] = ()
) -> None:
    """Notes the names that are not `known`, or only in `later` lines, each at the line where it is used."""
    for name in names:
        if name in known:
            continue
        message, fix = f"“{'.'.join(path)}”里的“{name}”没有定义", suggestion(name, known)
        if name in later:
            message, fix = f"“{'.'.join(path)}”用到的“{name}”写在后面", f"把“{name}”移到前面"
        root.source.wrong(root.at(*path, name), message, fix, name)
