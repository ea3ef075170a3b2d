"""The workbook of a new ledger: the columns of a kind, helps for filling them in, a sheet that explains each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Border
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.config.office import ALL_SHEETS, Periods, Report
from tongbao.config.status_from import Stands
from tongbao.excel.writing.opening import saved
from tongbao.excel.writing.sheetxml import lines_of, row_height
from tongbao.excel.writing.workbook import (
    CENTRED,
    HEAD,
    TEXT,
    TITLE,
    WRAPPED,
    cell_at,
    heading,
    print_setup,
    put,
)
from tongbao.ledger.sheet_periods import period_named
from tongbao.model import (
    ASKED,
    DEADLINE,
    ID,
    LAST_PROGRESS,
    NEXT_STEP,
    NO,
    PROGRESS,
    REASON,
    SHORT,
    TASK,
    Deadline,
    Period,
    Row,
    Value,
)
from tongbao.rounds.dressing import Table, dress

SHEET, GUIDE = "台账", "填表说明"
# Rows with borders to begin with, set by feel; items can be added below them.
_EMPTY_ROWS = 30
_NO_SHEET = re.compile(r"[\[\]:*?/\\]")  # what no name of a sheet may hold

# Widths of columns in characters; a field goes before a type, any other type has 11.
_WIDTHS_BY_FIELD = {
    **{NO: 5, ID: 10, TASK: 34, PROGRESS: 34, LAST_PROGRESS: 30, REASON: 18, NEXT_STEP: 18, SHORT: 18},
}
_WIDTHS_BY_TYPE = {
    ColumnType.TEXT: 14,
    ColumnType.UNITS: 14,
    ColumnType.PEOPLE: 10,
    ColumnType.DEADLINE: 13,
    ColumnType.DATE: 12,
    ColumnType.STATUS: 11,
}


def sheet_names(report: Report | None, kind: Kind, period: Period) -> list[str]:
    """The names of a new ledger's sheets, so that its report reads them: one for each state where the sheets say it,
    the month where each is one, the one in the settings where a sheet can be called so; else 台账.
    """
    if kind.status_from and kind.status_from.where is Stands.SHEETS:
        return list(kind.status_from.labels)
    if report and report.periods is Periods.SHEETS:
        return [period.label if period_named(period.label) == period else period.token]
    wanted = report.sheet if report else ""
    # Excel takes 31 characters and none of []:*?/\.
    usable = wanted not in ("", GUIDE, *ALL_SHEETS) and len(wanted) <= 31 and not _NO_SHEET.search(wanted)
    return [wanted if usable else SHEET]


def new_ledger(
    kind: Kind, title: str, units: Sequence[str] = (), rows: Sequence[Row] = (), names: Sequence[str] = (SHEET,)
) -> bytes:
    """The bytes of a ledger of a kind, empty or with the given rows under their headings, and the sheet 填表说明.

    A heading whose level is a column of the kind goes into that column; all others stand in full-width rows. Of
    several sheets (`names`) the first holds the rows.
    """
    book = Workbook()
    headers = _headers(kind, rows)
    columns = {name: n for n, name in enumerate(headers, 1)}
    for number, name in enumerate(names):
        sheet = book.create_sheet(name) if number else book.worksheets[0]
        sheet.title = name
        _title(sheet, title, len(headers))
        heading(sheet, 2, list(headers.values()), [_width(kind, name) for name in headers])
        last = _fill_in(sheet, kind, list(headers), () if number else rows)
        dress(Table(sheet, columns, 2, 2, last), kind, units)
    _explain(book.create_sheet(GUIDE), kind, headers, names)
    return saved(book)


def _headers(kind: Kind, rows: Iterable[Row]) -> dict[str, str]:
    """Field → header: the first of its names that no column before it has, and its unit of measure; ids come last."""
    order = [c for c in kind.columns if c.field != ID and c.headers] + [kind.column(ID) or Column(ID, (ID,))]
    if not kind.column(NO):
        order.insert(0, Column(NO, (NO,)))
    headers: dict[str, str] = {}
    for column in order[:-1]:
        header = next((h for h in column.headers if h not in headers.values()), column.field)
        headers[column.field] = f"{header}（{column.unit}）" if column.unit else header
    headers |= {name: name for row in rows for name in row.others if name not in headers.values()}
    return {**headers, ID: order[-1].headers[0]}


def _width(kind: Kind, name: str) -> float:
    column = kind.column(name)
    return _WIDTHS_BY_FIELD.get(name) or _WIDTHS_BY_TYPE.get(column.type if column else ColumnType.TEXT, 11)


def _title(sheet: Worksheet, title: str, columns: int) -> None:
    put(cell_at(sheet, 1, 1), title, TITLE, CENTRED).border = Border()
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet.row_dimensions[1].height = 30


# ---------------------------------------------------------------------------------------------- rows


def _fill_in(sheet: Worksheet, kind: Kind, fields: Sequence[str], rows: Sequence[Row]) -> int:
    """Writes the rows with their headings, or empty rows to begin with; returns the number of the last row."""
    levels = [n for n, level in enumerate(kind.sections) if level not in fields]
    above: tuple[str, ...] = ()
    line = 2
    for row in rows:
        section = tuple(row.section[n] for n in levels if n < len(row.section))
        for depth, text in enumerate(section):
            if section[: depth + 1] != above[: depth + 1]:
                line += 1
                put(cell_at(sheet, line, 1), text, HEAD)
                sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(fields))
        above = section
        line += 1
        _write(sheet, kind, line, [(name, _shown(kind, row, name)) for name in fields])
    if rows:
        return line
    for empty in range(3, 3 + _EMPTY_ROWS):
        _write(sheet, kind, empty, [(name, None) for name in fields])
        sheet.row_dimensions[empty].height = 30
    return 2 + _EMPTY_ROWS


def _write(
    sheet: Worksheet, kind: Kind, line: int, values: Sequence[tuple[str, str | int | Decimal | date | None]]
) -> None:
    height = 1
    for column, (name, value) in enumerate(values, 1):
        short = name in (NO, ID) or _type(kind, name) not in (ColumnType.TEXT,)
        cell = put(cell_at(sheet, line, column), value, TEXT, CENTRED if short else WRAPPED)
        if _type(kind, name) is ColumnType.DATE:
            cell.number_format = "yyyy-mm-dd"
        height = max(height, lines_of(str(value or ""), _width(kind, name)))
    sheet.row_dimensions[line].height = row_height(height)


def _type(kind: Kind, name: str) -> ColumnType:
    column = kind.column(name)
    return column.type if column else ColumnType.TEXT


def _shown(kind: Kind, row: Row, name: str) -> str | int | Decimal | date | None:
    """The value of a field as a clerk would have typed it; None or empty where the row has none."""
    known: dict[str, Value] = {NO: row.no, TASK: row.text, ID: row.id, kind.status.field: row.typed}
    known |= {kind.units.field: row.units, DEADLINE: row.deadline}
    known |= dict(zip(kind.sections, row.section, strict=False))
    if row.label and (told := _state_at(kind, row, name)) is not None:
        return told
    value = row.cells.get(name)
    if value in (None, "", ()):
        value = known.get(name) or row.others.get(name)
    if name == NO and row.no.isdecimal():
        return int(row.no)
    if isinstance(value, Deadline):
        return value.text
    if _type(kind, name) is ColumnType.PERCENT and isinstance(value, Decimal):
        return f"{value:f}%"
    return "\n".join(value) if isinstance(value, tuple) else value


def _state_at(kind: Kind, row: Row, name: str) -> str | None:
    """What a column shows that says how an item stands, where it is no column of status words; None for any other."""
    source = kind.status_from
    if source is None:
        return None
    if asked := next((one for one in source.columns if one.field == name), None):
        ticked = "√" if asked.label == row.label else ""
        return next((answer for answer, label in asked.answers.items() if label == row.label), ticked)
    return f"（{row.label}）{row.get(name)}" if name == source.head_of else None


# ---------------------------------------------------------------------------------------------- 填表说明

_HOW_BY_FIELD = {
    NO: "数字，从1起编；一项有几个分项的，序号和事项向下合并单元格",
    ID: "留空：下期台账由程序编，凭它认出同一事项，不要改动",
    TASK: "写清做什么、做到什么程度；分期、分段的写明“一期”“二期”",
    SHORT: "通报正文点名时用的短名称，不填则用名称或事项全文",
    PROGRESS: "写到本期末为止的实际进展；不要照抄上期",
    LAST_PROGRESS: "由程序从上期台账带来，供对照",
    REASON: "没有按期完成的，写清原因",
    NEXT_STEP: "写清下一步措施和完成时间",
}
_HOW_BY_TYPE = {
    ColumnType.TEXT: "如实填写",
    ColumnType.INTEGER: "整数",
    ColumnType.NUMBER: "数字",
    ColumnType.AMOUNT: "数字，不写单位",
    ColumnType.PERCENT: "百分数，如 35%",
    ColumnType.DATE: "日期，如 2022-03-31",
    ColumnType.DEADLINE: "日期或说法，如 2022-03-31、2022年3月底前、长期坚持；请写明年份",
    ColumnType.UNITS: "单位名称，几个单位用顿号或换行隔开，牵头单位写在最前",
    ColumnType.PEOPLE: "姓名，几个人用顿号隔开",
    ColumnType.STATUS: "从下拉列表中选；空着的按时限推定，进展也空着的算没有填报",
}
_EXAMPLE_BY_FIELD = {
    NO: "1",
    ID: "（留空）",
    TASK: "新建云溪县第二水厂，日供水能力5万吨，2022年12月底前通水",
    SHORT: "第二水厂建设工作",
    PROGRESS: "厂区主体完工，管网铺设12公里，占总长的六成",
    LAST_PROGRESS: "厂区主体施工，管网铺设7公里",
    REASON: "穿越铁路段方案审批比计划晚一个月",
    NEXT_STEP: "增加两个作业面，10月底前完成剩余管网铺设",
    "会议": "第三次专题会议",
    "议题": "城乡供水保障",
    "名称": "第二水厂建设项目",
    "大类": "民生实事",
    "级别": "县重点",
    "建设性质": "在建",
    "开工情况": "已开工",
    "年度目标": "建成通水",
    "季度目标": "完成厂区主体和一半管网",
}
_EXAMPLE_BY_TYPE = {
    ColumnType.TEXT: "（按实际填写）",
    ColumnType.INTEGER: "3",
    ColumnType.NUMBER: "12.5",
    ColumnType.AMOUNT: "1.26",
    ColumnType.PERCENT: "35%",
    ColumnType.DATE: "2022-03-31",
    ColumnType.DEADLINE: "2022年12月底前",
    ColumnType.UNITS: "县水利局、青石镇",
    ColumnType.PEOPLE: "周某某",
}


def _explain(sheet: Worksheet, kind: Kind, headers: dict[str, str], names: Sequence[str]) -> None:
    """One line for each column: what to write, which words are known, an example."""
    put(cell_at(sheet, 1, 1), f"{GUIDE}：{kind.name}", TITLE).border = Border()
    pages = "、".join(f"“{name}”" for name in names)
    told = f"台账填在{pages}表里，一行一项。下面最后一栏连起来就是填好的一行；它只是示例，不会计入通报。"
    put(cell_at(sheet, 2, 1), told).border = Border()
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
    sheet.row_dimensions[1].height = 26
    widths = {"栏目": 20, "必填": 7, "怎么填": 46, "可填的词": 38, "示例": 38}
    heading(sheet, 3, list(widths), list(widths.values()))
    for row, texts in enumerate(_guide(kind, headers), 4):
        for column, text in enumerate(texts, 1):
            put(cell_at(sheet, row, column), text, TEXT, CENTRED if column == 2 else WRAPPED)
        lines = max(lines_of(text, width) for text, width in zip(texts, widths.values(), strict=True))
        sheet.row_dimensions[row].height = row_height(lines)
    sheet.freeze_panes = "A4"
    print_setup(sheet, (3, 3))


def _guide(kind: Kind, headers: dict[str, str]) -> Iterator[list[str]]:
    """The lines of 填表说明. Headers stand in quotes, or the reader would take this sheet for a ledger of its own."""
    for name, header in headers.items():
        column = kind.column(name) or Column(name, (header,))
        how = _HOW_BY_FIELD.get(name) or _HOW_BY_TYPE[column.type]
        if column.fill:
            how += "；几行相同的可以向下合并单元格"
        words = "、".join(label.name for label in kind.labels) if column.type is ColumnType.STATUS else ""
        how, words = _of_state(kind, name) or (how, words)
        required = column.required and column.type is not ColumnType.STATUS
        yield [f"“{header}”", "必填" if required else "", how, words, _example(kind, column)]
    for level in kind.sections:
        if level not in headers:
            how = f"每个{level}单独占一行，写在第一格并横向合并，下面接着填它的事项"
            yield [f"“{level}”（标题行）", "", how, "", "第一次专题会议议定事项"]


def _of_state(kind: Kind, name: str) -> tuple[str, str] | None:
    """How a column is filled in that says how an item stands, and the words for it, where that is no status column."""
    source = kind.status_from
    if source is None:
        return None
    labels = "、".join(label.name for label in kind.labels)
    if asked := next((one for one in source.columns if one.field == name), None):
        return (f"是“{asked.label}”的打勾（√）", "√") if asked.label else ("照右边的填", "、".join(asked.answers))
    if name == source.head_of:
        return f"开头用括号写明状态，如（{kind.labels[0].name}），后面写到本期末为止的实际进展", labels
    if kind.column(name) is kind.status and source.where is Stands.FILLS:
        return "状态看底色：把这一格或整行涂上颜色；也可以写状态", labels
    return None


def _example(kind: Kind, column: Column) -> str:
    if column.field.startswith(ASKED):
        return ""
    if column.type is ColumnType.STATUS:
        return next((label.name for label in kind.labels if label.default), kind.labels[0].name)
    return _EXAMPLE_BY_FIELD.get(column.field) or _EXAMPLE_BY_TYPE[column.type]
