"""What each kind of circular reads and prints, in Chinese lines for people; and the check of a kind's template."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tongbao.circular.vocabulary import FILTERS, names_of, results_of
from tongbao.config.kind_file import load_kind
from tongbao.config.kinds import ColumnType, Count, Joint, Kind, Label, Measure, Rounding, Selection
from tongbao.model import Level, Place, Problem, Refusal, State
from tongbao.outside.files import content, is_there
from tongbao.word.template import check_template

# What zipfile and zlib raise for what is no package, or a damaged one.
_NO_WORD_FILE = (BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error)
_TYPES = {
    ColumnType.INTEGER: "整数",
    ColumnType.NUMBER: "数",
    ColumnType.AMOUNT: "金额",
    ColumnType.PERCENT: "百分数",
    ColumnType.DATE: "日期",
    ColumnType.DEADLINE: "时限",
    ColumnType.UNITS: "单位",
    ColumnType.PEOPLE: "人员",
    ColumnType.STATUS: "状态词",
}
_STATES = {
    State.DONE: "完成",
    State.PARTIAL: "部分完成",
    State.ON_TRACK: "推进",
    State.AT_RISK: "预警",
    State.LAGGING: "滞后",
    State.SUSPENDED: "暂缓",
    State.UNKNOWN: "待定",
    State.UNREPORTED: "未报送",
}


def summary(kind: Kind) -> str:
    """A kind on one line: id, name, and the columns that its ledger must have."""
    needed = "、".join(c.headers[0] for c in kind.columns if c.required)
    return f"{kind.id}  {kind.name}。台账必有的列：{needed}"


def describe(kind: Kind) -> list[str]:
    """What a ledger of the kind may hold and what its circular can print, as lines."""
    counted = "按序号（大项）" if kind.count is Count.ITEMS else "按带状态的行（分项）"
    joint = "共同负责的各计一次" if kind.units.joint is Joint.EACH else "共同负责的只计第一个"
    return [
        f"{kind.id}  {kind.name}",
        f"计数：{counted}；单位按“{kind.units.field}”，{joint}",
        *([f"分节：{'、'.join(kind.sections)}（整行标题，或同名的列）"] if kind.sections else []),
        "台账的列（同一格里的都认得，带 * 的必须有）：",
        *(_column(c.field, c.headers, c.type, needed=c.required) for c in kind.columns),
        "状态词（台账里这样写都认得）：",
        *map(_label, kind.labels),
        "通报里可以印的：",
        *_printed(kind),
        *([f"可在 config.yaml 的 wording 里改的用语：{'、'.join(kind.wording)}"] if kind.wording else []),
        f"版式：{kind.template}",
    ]


def _column(name: str, headers: Iterable[str], type_: ColumnType, *, needed: bool) -> str:
    typed = f"（{_TYPES[type_]}）" if type_ in _TYPES else ""
    return f"  {'*' if needed else ' '} {name}{typed}：{'、'.join(headers)}"


def _label(label: Label) -> str:
    counted = "，按完成计" if label.counts_as_done else ""
    counted += "，空白时用，由 next 生成的台账除外" if label.default else ""
    meaning = "撤销，不计入总数" if label.withdrawn else f"{_STATES[label.state]}{counted}"
    return f"    {label.name}（{meaning}）：{'、'.join(label.words)}"


def _printed(kind: Kind) -> Iterator[str]:
    classes = [s.name for s in kind.classes if s.printed] or [label.name for label in kind.labels]
    yield f"    各类：{'、'.join(classes)}；占比{_style(kind.shares.decimals, kind.shares.rounding)}"
    yield from (f"    名单 {s.name}：{_selection(s)}" for s in (*kind.classes, *kind.lists))
    if kind.groups:
        yield f"    分组：{'、'.join(kind.groups)}"
    yield from (f"    计量 {m.name}：{_measure(m)}" for m in kind.measures)


def _style(decimals: int | None, rounding: Rounding) -> str:
    cut = "四舍五入" if rounding is Rounding.HALF_UP else "截去"
    return "小数位照台账" if decimals is None else f"保留{decimals}位小数，{cut}" if decimals else f"取整，{cut}"


def _selection(selection: Selection) -> str:
    parts = ["、".join(selection.of)]
    parts += [f"限于{'、'.join(selection.within)}"] if selection.within else []
    parts += [f"除去{'、'.join(selection.without)}"] if selection.without else []
    parts += [f"{name}为{'、'.join(values)}" for name, values in selection.where.items()]
    parts += [f"前{selection.take}项"] if selection.take else []
    return "，".join(parts)


def _measure(measure: Measure) -> str:
    what = f"{measure.sum}合计" if measure.sum else "÷".join(measure.ratio or ())
    return f"{what}，{_style(measure.decimals, measure.rounding)}"


# ---------------------------------------------------------------------------------------------- templates


def is_template(path: Path) -> bool:
    """Is a Word file the template of a kind: does it lie beside a kind.yaml, or hold tags?"""
    # A tag is enough: an office may try out a template elsewhere first. The price: a circular in which somebody typed
    # {{ is taken for a template. Full-width braces alone do not make one.
    return is_there(path.parent / "kind.yaml") or bool(re.search(r"\{\{|\{%", _text(path)))


def check(path: Path) -> list[Problem]:
    """All mistakes of a template, checked against the names that its kind offers; no ledger is needed.

    Raises Refusal where no kind.yaml lies beside it, or that file has mistakes.
    """
    if not is_there(path.parent / "kind.yaml"):
        fix = "把它放到种类的文件夹里（templates/种类/circular.docx）再查"
        message = "这是模板，旁边却没有 kind.yaml，不知道能用哪些名称"
        raise Refusal(Problem(Level.ERROR, "template", message, fix, place=Place(path.name)))
    names = names_of(load_kind(path.parent.parent, path.parent.name))
    filters = dict.fromkeys(FILTERS, str)
    return check_template(content(path), names, filters, f"{path.parent.name}/{path.name}", results_of(names))


def _text(path: Path) -> str:
    """The text of a Word file's body in one piece, whatever its runs; empty where the file is no Word file.

    Raises UnreadableFile.
    """
    data = content(path)
    try:
        with ZipFile(io.BytesIO(data)) as package:
            return re.sub("<[^>]+>", "", package.read("word/document.xml").decode("utf-8", "replace"))
    except _NO_WORD_FILE:
        return ""
