"""Kinds made on the spot, and ledgers (drawn as text tables, see `tools.drawing`) read by them: words of the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.drawing import xlsx
from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import load_kind
from tongbao.config.kinds import Column, ColumnType, Count, Kind, Label
from tongbao.excel import sheets
from tongbao.excel.grid import Book
from tongbao.ledger.read import read_book
from tongbao.model import Ledger, Period, Problem, State
from tongbao.words.periods import parse_period
from tongbao.words.units import Roster

# ---------------------------------------------------------------------------------------------- kinds


def column(field: str, *headers: str, type: ColumnType = ColumnType.TEXT, **options: Any) -> Column:
    """A column whose headers are its own name and the given aliases."""
    return Column(field, headers or (field,), type, **options)


def kind(columns: Iterable[Column], labels: Iterable[Label], **options: Any) -> Kind:
    """A kind made on the spot; counts rows unless told otherwise."""
    settings: dict[str, Any] = {"id": "test", "folder": Path(), "name": "测试", "count": Count.ROWS, **options}
    return Kind(columns=tuple(columns), labels=tuple(labels), **settings)


@cache
def shipped(name: str = "meeting-decisions") -> Kind:
    """A kind that comes with the program, with the vocabulary of all kinds."""
    return load_kind(TEMPLATES, name)


def meetings(**options: Any) -> Kind:
    """Decisions of meetings: section rows name the meeting, the status stands in 备注."""
    return kind(
        [
            column("序号", "序号", "项号"),
            column("编号", "编号", "事项编号"),
            column("名称", "名称", "项目名称", fill=True),
            column("分管领导", "分管领导", "分管（分包）领导", type=ColumnType.PEOPLE, fill=True),
            column("责任单位", "责任单位", "牵头单位", type=ColumnType.UNITS, fill=True),
            column("事项", "交办事项", "存在问题及交办事项", "议定事项", "事项", "工作任务", required=True),
            column("承办单位", "承办单位", type=ColumnType.UNITS),
            column("时限", "完成时限", "时限", type=ColumnType.DEADLINE),
            column("进展", "完成情况", "进展情况", "办理情况"),
            column("状态", "备注", "状态", type=ColumnType.STATUS, required=True),
        ],
        [
            Label("完成", State.DONE, ("完成", "已完成", "办结")),
            Label("视为完成", State.PARTIAL, ("视为完成",), counts_as_done=True),
            Label("需加快推进", State.LAGGING, ("需加快推进",)),
            Label("正常推进", State.ON_TRACK, ("正常推进", "按会议要求正常推进"), default=True),
            Label("撤销", State.SUSPENDED, ("撤销", "不再办理"), withdrawn=True),
        ],
        **{"id": "meetings", "sections": ("会议",), "short": ("简称", "名称", "事项"), **options},
    )


def year_tasks(**options: Any) -> Kind:
    """Tasks of the year: one 序号 may cover several rows, each with a unit and a status of its own."""
    return kind(
        [
            column("序号", fill=True),
            column("事项", "工作任务", "事项", required=True, fill=True),
            column("责任单位", "牵头单位", "责任单位", type=ColumnType.UNITS, fill=True),
            column("责任人", type=ColumnType.PEOPLE, fill=True),
            column("进展", "进展情况"),
            column("状态", "完成情况", "状态", type=ColumnType.STATUS, required=True),
        ],
        [
            Label("积极", State.ON_TRACK, ("积极",)),
            Label("正常", State.ON_TRACK, ("正常",), default=True),
            Label("一般", State.AT_RISK, ("一般",)),
            Label("滞后", State.LAGGING, ("滞后",)),
            Label("完成", State.DONE, ("完成", "已完成")),
        ],
        **{"id": "year-tasks", **options},
    )


def projects(**options: Any) -> Kind:
    """Key projects: two levels of headings, amounts in 亿元, a share, a date."""
    return kind(
        [
            column("序号"),
            column("级别", "级别", "项目级别", fill=True),
            column("事项", "项目名称", required=True),
            column("责任单位", "责任单位", type=ColumnType.UNITS),
            column("总投资", "总投资", "概算总投资", type=ColumnType.AMOUNT, unit="亿元"),
            column("计划投资", "年度计划投资", "计划投资", type=ColumnType.AMOUNT, unit="亿元"),
            column("完成投资", "累计完成投资", "完成投资", type=ColumnType.AMOUNT, unit="亿元"),
            column("完成率", "完成率", "投资完成率", type=ColumnType.PERCENT),
            column("开工日期", "开工日期", "开工时间", type=ColumnType.DATE),
            column("子项数", type=ColumnType.INTEGER),
            column("进展", "形象进度", "进展情况"),
            column("状态", "推进状态", "状态", type=ColumnType.STATUS, required=True),
        ],
        [
            Label("已完工", State.DONE, ("完工", "竣工")),
            Label("达到序时进度", State.ON_TRACK, ("达序时", "达到序时"), default=True),
            Label("未达到序时进度", State.LAGGING, ("未达序时", "未达到序时")),
            Label("未开工", State.LAGGING),
        ],
        **{"id": "projects", "sections": ("级别", "性质"), **options},
    )


def period(label: str = "2022-02-07") -> Period:
    """A period of one day, named by its date."""
    day = date.fromisoformat(label)
    return Period(label, day, day, label)


# ---------------------------------------------------------------------------------------------- reading


def read(
    data: str | bytes, by: Kind | None = None, label: str = "2022-02-07", file: str = "", **options: Any
) -> tuple[Ledger | None, list[Problem]]:
    """Read a table (or the bytes of a file) as a ledger of that period, with the problems found."""
    name = file or f"台账 {label}.xlsx"
    book, problems = sheets.parse(xlsx(data) if isinstance(data, str) else data, name)
    if book is None:
        return None, problems
    when = period(label)
    found, more = read_book(book, by or meetings(), when, **{"as_of": when.last, "roster": None, **options})
    return found, problems + more


def opened(data: bytes, name: str, by: Kind, roster: Roster | None = None) -> tuple[Book, Ledger]:
    """The workbook in the bytes of a file and the ledger in it, of the period that the file's name tells."""
    book, problems = sheets.parse(data, name)
    when = parse_period(name)
    assert book is not None, problems
    assert when is not None
    found, problems = read_book(book, by, when, as_of=when.last, roster=roster)
    assert found is not None, problems
    return book, found


def ledger(data: str | bytes, by: Kind | None = None, label: str = "2022-02-07", **options: Any) -> Ledger:
    """Read a table as a ledger; mistakes in it fail the test."""
    found, problems = read(data, by, label, **options)
    errors = [p for p in problems if p.level == "error"]
    assert found is not None, problems
    assert not errors, errors
    return found


def items(found: Ledger) -> list[tuple[str, str]]:
    """Number and text of every row."""
    return [(r.no, r.text) for r in found.rows]


def codes(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems, in order: what most tests ask for."""
    return [p.code for p in problems]


def field_values(found: Ledger, name: str) -> list[Any]:
    """One field of all rows, typed."""
    return [row.cells.get(name) for row in found.rows]
