"""Two months, the next ledger, sheets to the units and back, in offices whose ledgers say elsewhere how rows stand.

Each office keeps the same items; so all of them must print the same figures.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.drawing import saved, workbook
from tests.support.office import CONFIG, Office, command

ITEMS = {
    "修复青石桥": ("县财政局", "2022年12月底前"),
    "编制水库加固方案": ("青石镇", "2022年12月底前"),
    "落实小区配套资金": ("县财政局", "2022年1月底前"),
    "完成二期招标": ("县住房和城乡建设局", "2022年12月底前"),
}
GOING, LATE, DONE = "推进", "滞后", "完成"
JANUARY = {"修复青石桥": (GOING, "已开工。"), "编制水库加固方案": (GOING, "正在编制。"), "落实小区配套资金": (LATE, "预算未批。"), "完成二期招标": (DONE, "已中标。")}  # fmt: skip
FEBRUARY = {
    "修复青石桥": (DONE, "桥面修好。"),
    "编制水库加固方案": (GOING, "方案送审。"),
    "落实小区配套资金": (LATE, "正在报批。"),
}
MARCH = {"编制水库加固方案": (DONE, "方案批准。"), "落实小区配套资金": (LATE, "已经报批。")}
MONTHS = {"2022-01": JANUARY, "2022-02": FEBRUARY}


class Form:
    """How an office writes: its config, the header beside the usual ones, and the cells of one row."""

    config = ""
    columns: tuple[str, ...] = ("序号", "存在问题及交办事项", "承办单位", "责任单位", "完成时限", "完成情况")

    def sheets(self, items: dict[str, tuple[str, str]]) -> dict[str, dict[str, tuple[str, str]]]:
        return {"台账": items}

    def write(self, sheet: Worksheet, row: int, state: str, progress: str) -> None:
        sheet.cell(row, 6).value = progress

    def ledger(self, items: dict[str, tuple[str, str]]) -> bytes:
        tables = {name: self._table(found) for name, found in self.sheets(items).items()}
        book = workbook(*tables.values(), names=list(tables))
        for sheet, found in zip(book.worksheets, self.sheets(items).values(), strict=True):
            for n, (state, progress) in enumerate(found.values(), 2):
                self.write(sheet, n, state, progress)
        return saved(book)

    def _table(self, items: dict[str, Any]) -> str:
        head = "| " + " | ".join(self.columns) + " |\n"
        rest = " | " * (len(self.columns) - 5)
        return head + "\n".join(
            f"| {n} | {task} | {ITEMS[task][0]} | {ITEMS[task][0]} | {ITEMS[task][1]} |{rest}"
            for n, task in enumerate(items, 1)
        )


class Words(Form):
    columns = (*Form.columns, "备注")

    def write(self, sheet: Worksheet, row: int, state: str, progress: str) -> None:
        super().write(sheet, row, state, progress)
        sheet.cell(row, 7).value = {GOING: "正常推进", LATE: "需加快推进", DONE: "完成"}[state]


class Ticks(Form):
    config = "status_from: {columns: {已完成: 完成, 推进中: 正常推进, 滞后: 需加快推进}}"
    columns = (*Form.columns, "已完成", "推进中", "滞后")

    def write(self, sheet: Worksheet, row: int, state: str, progress: str) -> None:
        super().write(sheet, row, state, progress)
        for n, own in enumerate((DONE, GOING, LATE), 7):
            sheet.cell(row, n).value = "√" if own == state else None


class Answers(Form):
    config = "status_from: {columns: {是否完成: {是: 完成}, 是否滞后: {是: 需加快推进, 否: 正常推进}}}"
    columns = (*Form.columns, "是否完成", "是否滞后")

    def write(self, sheet: Worksheet, row: int, state: str, progress: str) -> None:
        super().write(sheet, row, state, progress)
        sheet.cell(row, 7).value = "是" if state == DONE else "否"
        sheet.cell(row, 8).value = "是" if state == LATE else "否"


class Heads(Form):
    config = "status_from: {head_of: 进展}"

    def write(self, sheet: Worksheet, row: int, state: str, progress: str) -> None:
        word = {GOING: "正常推进", LATE: "进展缓慢", DONE: "已办结"}[state]
        sheet.cell(row, 6).value = f"（{word}）{progress}"


class Fills(Form):
    config = 'status_from: {fills: {"FF0000": 需加快推进, "00B050": 完成, "FFFF00": 正常推进}}'

    def write(self, sheet: Worksheet, row: int, state: str, progress: str) -> None:
        super().write(sheet, row, state, progress)
        for column in range(1, 6):
            colour = {GOING: "FFFFFF00", LATE: "FFFF0000", DONE: "FF00B050"}[state]
            sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour)


class Sheets(Form):
    config = "status_from: {sheets: {未完成: 正常推进, 滞后: 需加快推进, 已完成: 完成}}"

    def sheets(self, items: dict[str, tuple[str, str]]) -> dict[str, dict[str, tuple[str, str]]]:
        names = {"未完成": GOING, "滞后": LATE, "已完成": DONE}
        return {name: {task: it for task, it in items.items() if it[0] == state} for name, state in names.items()}


FORMS = [Words(), Ticks(), Answers(), Heads(), Fills(), Sheets()]


@pytest.fixture(params=FORMS, ids=lambda form: type(form).__name__)
def form(request: pytest.FixtureRequest) -> Form:
    found = request.param
    assert isinstance(found, Form)
    return found


@pytest.fixture
def office(tmp_path: Path, form: Form) -> Office:
    office = Office(tmp_path, CONFIG + (f"    {form.config}\n" if form.config else ""))
    for period, items in MONTHS.items():
        put(office, period, form.ledger(items))
    return office


def put(office: Office, period: str, data: bytes) -> Path:
    path = office.folder / "input" / "决策事项" / f"台账{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def figures(office: Office, period: str) -> dict[str, int]:
    names = ("total", "closed_before", "newly_completed", "open", "lagging", "on_track", "added", "dropped")
    return {name: office.record(period)["figures"].get(name, 0) for name in names}


FEBRUARY_FIGURES = {
    "total": 59, "closed_before": 56, "newly_completed": 1, "open": 2, "lagging": 1, "on_track": 1, "added": 0, "dropped": 0,
}  # fmt: skip


def test_all_offices_print_the_same_figures_and_the_paper_is_proved(office: Office, capsys) -> None:
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2022-02") == FEBRUARY_FIGURES
    paper = office.output("2022-02") / office.record("2022-02")["outputs"]["circular"]
    assert command(office, "check", str(paper)) == 0, capsys.readouterr().out
    printed = office.paper("2022-02")
    assert "正在报批。" in printed
    assert "（正常推进）" not in printed


def test_the_next_ledger_is_unfilled_until_somebody_fills_it_in(office: Office, form: Form, capsys) -> None:
    assert command(office, "next") == 0, capsys.readouterr().out
    path = office.folder / "input/决策事项/台账2022-03.xlsx"
    told = capsys.readouterr().out
    assert office.run() == 1, told
    said = capsys.readouterr().out
    assert "县财政局有1项没有填报本期情况：第" in said, said
    assert "青石镇有1项没有填报本期情况：第" in said, said
    assert "条件格式" not in said, said
    fill_in(path, form)
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2022-03") == {
        "total": 59, "closed_before": 57, "newly_completed": 1, "open": 1, "lagging": 1, "on_track": 0, "added": 0,
        "dropped": 0,
    }  # fmt: skip


def fill_in(path: Path, form: Form) -> None:
    """March is typed as the office types it; where sheets tell the state, the done row is moved to another one."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in [
            n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 2).value in MARCH and sheet.title != "销号"
        ]:
            task = str(sheet.cell(row, 2).value)
            header = {sheet.cell(1, c).value: c for c in range(1, sheet.max_column + 1)}
            shifted = header["完成情况"] - 6
            write(sheet, row, form, task, shifted)
            if isinstance(form, Sheets) and MARCH[task][0] == DONE:
                target = book["已完成"]
                for column in range(1, sheet.max_column + 1):
                    target.cell(target.max_row + (column == 1), column).value = sheet.cell(row, column).value
                sheet.delete_rows(row)
    book.save(path)


def write(sheet: Any, row: int, form: Form, task: str, shifted: int) -> None:
    """Writes a row as the form does, where the columns from the progress on have moved to the right."""

    class Moved:
        def cell(self, line: int, column: int) -> Any:
            return sheet.cell(line, column + (shifted if column > 5 else 0))

    form.write(Moved(), row, *MARCH[task])  # type: ignore[arg-type]


def test_sheets_go_out_and_come_back(office: Office, form: Form, capsys) -> None:
    assert command(office, "split") == 0, capsys.readouterr().out
    out = {path.name.split("——")[0]: path for path in (office.output("2022-02") / "分发").glob("*.xlsx")}
    assert set(out) == {"县财政局", "青石镇"}
    book = load_workbook(out["青石镇"])
    sheet = book.worksheets[0]
    header = {sheet.cell(1, c).value: c for c in range(1, sheet.max_column + 1)}
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 2).value in ITEMS)
    opened = {name for name, column in header.items() if not sheet.cell(row, column).protection.locked}
    wanted = {"完成情况"} | {
        Ticks: {"已完成", "推进中", "滞后"},
        Answers: {"是否完成", "是否滞后"},
        Words: {"备注"},
    }.get(type(form), set())
    assert opened == wanted
    text = "（正常推进）专家评审。" if isinstance(form, Heads) else "专家评审。"
    sheet.cell(row, header["完成情况"]).value = text
    back = office.folder / "input/决策事项/退回"
    back.mkdir()
    book.save(back / out["青石镇"].name)
    assert command(office, "merge", "--apply") == 0, capsys.readouterr().out
    merged = (office.folder / "input/决策事项/台账2022-02.xlsx").read_bytes()
    texts = [c.value for s in load_workbook(io.BytesIO(merged)).worksheets for r in s.iter_rows() for c in r]
    assert text in texts
    assert office.run() == 0, capsys.readouterr().out
    assert figures(office, "2022-02") == FEBRUARY_FIGURES


# ---------------------------------------------------------------------------------------------- no state at all


def test_a_ledger_without_any_state_goes_by_the_deadline(tmp_path: Path, capsys) -> None:
    office = Office(tmp_path, CONFIG + "    status_from: deadline\n")
    for period, items in MONTHS.items():
        left = {task: it for task, it in items.items() if it[0] != DONE}
        put(office, period, Form().ledger(left))
    assert office.run() == 1  # 修复青石桥 left without a word
    put(office, "2022-02", Form().ledger({task: it for task, it in JANUARY.items() if it[0] != DONE} | {"落实小区配套资金": (LATE, "报批。"), "修复青石桥": (GOING, "铺桥面。"), "编制水库加固方案": (GOING, "送审。")}))  # fmt: skip
    capsys.readouterr()
    assert office.run() == 0, capsys.readouterr().out
    assert "没有状态一栏，3项都按时限判断：已过的算“需加快推进”，未过的算“正常推进”" in capsys.readouterr().out
    found = figures(office, "2022-02")
    assert (found["open"], found["lagging"], found["on_track"]) == (3, 1, 2)
    assert command(office, "next") == 0
    assert office.run() == 1
    assert "没有填报本期情况" in capsys.readouterr().out
