"""The annex as an office's own ledger prints it, from the ledger to the paper, its check and the next period."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.support.drawing import xlsx
from tests.support.office import command
from tests.support.own_layouts import (
    LAYOUTS,
    NARROW,
    PARTS,
    STACKED,
    Cells,
    Layout,
    annex_rows,
    edited,
    office_of,
    paper_of,
    write,
)


def printed(folder, layout, **cells):
    office = office_of(folder, layout, **cells)
    assert office.run() == 0
    return annex_rows(paper_of(office))


# ---------------------------------------------------------------------------------------------- what is printed


def test_the_columns_stand_in_the_order_of_the_ledger_as_typed(tmp_path):
    assert printed(tmp_path, NARROW) == [
        ["序号", "责任单位", "督办事项", "办理状态"],
        ["1", "县住房和城乡建设局", "修复老旧管网二十公里，年内完成竣工验收。", "滞后"],
        ["2", "县民政局/青石镇", "新建社区养老服务站三处。", "正在办理"],
        ["3", "县水利局", "完成河道清淤。", "已办结"],
    ]


def test_stacked_headers_stand_over_their_columns_and_numbers_are_as_shown(tmp_path):
    assert printed(tmp_path, STACKED)[:4] == [
        ["序号", "类别", "督办事项", "牵头单位", "责任人", "完成时限", "一季度", "二季度", "进展情况", "存在/问题", "办理/状态"],
        ["^", "^", "^", "^", "^", "^", "计划", "实际", "计划", "实际", "^", "^", "^"],
        ["1", "城建", "修复老旧管网", "县住房和城乡建设局", "周某某", "2022年5月底", "5", "4.5", "5", "5.25",
         "已完成修复十二公里，正在进行路面恢复（滞后）。", "征地偏慢", "滞后"],
        ["2", "^", "新建停车场两处", "县财政局", "李某某", "2022年8月底前", "1", "1", "1", "0",
         "一处已开工（滞后）。", "", "正在办理"],
    ]  # fmt: skip


def test_headings_and_merged_tasks_are_as_in_the_ledger_and_an_empty_column_is_left_out(tmp_path):
    assert printed(tmp_path, PARTS) == [
        ["编号", "督办事项", "分解任务", "责任单位", "办理状态", "进展情况"],
        ["一、城市建设"],
        ["1", "老旧小区改造", "完成施工招标", "县住房和城乡建设局", "滞后", "招标已经开始（滞后）。"],
        ["^", "^", "落实配套资金", "县财政局", "正在办理", "资金正在拨付（滞后）。"],
        ["二、民生保障"],
        ["2", "养老服务站", "完成选址", "县民政局", "已办结", "选址已经公示（已办结）。"],
        ["^", "^", "开工建设", "青石镇", "正在办理", "正在平整场地（已办结）。"],
    ]


def asked(annex: str, layout: Layout = STACKED) -> Layout:
    return Layout(layout.table, layout.widths, annex, layout.kind, layout.states)


def test_columns_are_chosen_by_header_by_field_or_with_their_group(tmp_path):
    layout = asked("annex: {columns: [督办事项, 责任单位, 二季度实际, 一季度/计划, 办理状态]}")
    assert printed(tmp_path, layout)[:3] == [
        ["督办事项", "牵头单位", "二季度", "一季度", "办理状态"],
        ["^", "^", "实际", "计划", "^"],
        ["修复老旧管网", "县住房和城乡建设局", "5.25", "5", "滞后"],
    ]


def test_a_column_that_is_not_there_is_asked_about(tmp_path, capsys):
    office = office_of(tmp_path, asked("annex: {columns: [督办事项, 完成期限]}"))
    assert office.run() == 1
    said = capsys.readouterr().out
    assert "配置里附件要印的列写了“完成期限”，台账里没有这一列" in said
    assert "是不是“完成时限”？" in said


def test_a_column_to_leave_out_that_is_not_there_does_not_stop_the_paper(tmp_path, capsys):
    office = office_of(tmp_path, asked("annex: {without: [联系电活]}"))
    assert office.run() == 0
    assert "配置里附件不印的列写了“联系电活”" in capsys.readouterr().out


def test_where_nothing_is_written_the_annex_is_that_of_the_kind(tmp_path):
    for said in ("renumber: false", "annex: kind"):
        rows = printed(tmp_path, asked(said))
        assert rows[0] == ["序号", "督查事项", "责任单位", "完成时限", "进展情况", "办理状态"]


def test_a_hidden_column_is_not_printed(tmp_path):
    office = office_of(tmp_path, NARROW)
    path = tmp_path / "input" / "督办" / "台账2022-06.xlsx"
    book = load_workbook(path)
    book.worksheets[0].column_dimensions["B"].hidden = True
    book.save(path)
    assert office.run() == 0
    assert annex_rows(paper_of(office))[0] == ["序号", "督办事项", "办理状态"]


CARRIED = Layout(
    """
| 序号 | 类别 | 督办事项 | 分解任务 | 责任单位 | 办理状态 |
| 1 | 城建 | 老旧小区改造 | 完成施工招标 | 县住房和城乡建设局 | 已办结 |
| ^ | | ^ | 落实配套资金 | 县财政局 | 正在办理 |
| 2 | | 新建停车场 | 完成选址 | 县自然资源和规划局 | {a} |
""",
    said="annex: own, base: year",
)


def test_what_stood_at_a_row_that_is_not_listed_stands_at_the_first_that_is(tmp_path):
    office = office_of(tmp_path, CARRIED, periods=("2021-12", "2022-01"))
    assert office.run() == 0
    assert annex_rows(paper_of(office, "2022-01"))[1:] == [
        ["1", "城建", "老旧小区改造", "落实配套资金", "县财政局", "正在办理"],
        ["2", "", "新建停车场", "完成选址", "县自然资源和规划局", "滞后"],
    ]


def test_a_remark_on_a_row_below_one_that_is_not_listed_names_its_own_line(tmp_path, capsys):
    office = office_of(tmp_path, CARRIED, periods=("2021-12", "2022-01"))
    assert office.run() == 0
    paper = paper_of(office, "2022-01")
    edited(paper, lambda cells: write(cells[2][3], "完成设计"))
    assert command(office, "check", str(paper)) == 1
    assert "依据：台账2022-01.xlsx“台账”第4行" in capsys.readouterr().out


def test_the_parts_of_a_ledger_stand_under_the_names_of_their_sheets(tmp_path):
    table = "| 序号 | 督办事项 | 责任单位 | 办理状态 |\n| 1 | {task} | 县水利局 | {a} |"
    office = office_of(tmp_path, asked("annex: own, sheet: 全部", NARROW))
    for period, state in (("2022-05", "正在办理"), ("2022-06", "滞后")):
        parts = [table.format(task=task, a=state) for task in ("修渠", "种树")]
        (tmp_path / "input" / "督办" / f"台账{period}.xlsx").write_bytes(xlsx(*parts, names=("水利", "林业")))
    assert office.run() == 0
    assert annex_rows(paper_of(office)) == [
        ["序号", "督办事项", "责任单位", "办理状态"],
        ["水利"],
        ["1", "修渠", "县水利局", "滞后"],
        ["林业"],
        ["1", "种树", "县水利局", "滞后"],
    ]


def test_a_row_that_sent_nothing_is_called_so_in_the_column_of_states(tmp_path):
    office = office_of(tmp_path, NARROW)
    assert command(office, "next", "-p", "2022-07") == 0
    assert office.run("--unfilled", "未报送") == 0
    assert [row[-1] for row in annex_rows(paper_of(office, "2022-07"))] == ["办理状态", "未报送", "未报送"]


def test_what_next_added_for_the_clerk_is_not_printed(tmp_path):
    office = office_of(tmp_path, STACKED)
    assert command(office, "next", "-p", "2022-07") == 0
    assert office.run("--unfilled", "未报送") == 0
    head = annex_rows(paper_of(office, "2022-07"))[0]
    assert "编号" not in head
    assert "上期进展" not in head


# ---------------------------------------------------------------------------------------------- kinds without an annex


def test_a_kind_without_an_annex_is_given_one(tmp_path):
    table = """
| 序号 | 重点工作 | 牵头单位 | 本季度目标 | 推进情况 | 完成情况 |
| 1 | 东环路改造 | 县住房和城乡建设局 | 路基完成 | 路基完成一半（{a}）。 | {a} |
| 2 | 水库加固 | 县水利局 | 主体完工 | 主体完工（{b}）。 | {b} |
"""
    said = "annex: own, columns: {事项: [重点工作]}"
    states = (("完成季度目标", "完成季度目标"), ("未完成季度目标", "完成年度目标"))
    rows = printed(tmp_path, Layout(table, {}, said, "work-report", states))
    assert rows == [
        ["序号", "重点工作", "牵头单位", "本季度目标", "推进情况", "完成情况"],
        ["1", "东环路改造", "县住房和城乡建设局", "路基完成", "路基完成一半（未完成季度目标）。", "未完成季度目标"],
        ["2", "水库加固", "县水利局", "主体完工", "主体完工（完成年度目标）。", "完成年度目标"],
    ]


# ---------------------------------------------------------------------------------------------- the check


def checked(folder, layout, edit, capsys):
    office = office_of(folder, layout)
    assert office.run() == 0
    capsys.readouterr()
    paper = paper_of(office)
    if edit:
        edited(paper, edit)
    status = command(office, "check", str(paper))
    return status, capsys.readouterr().out


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_an_untouched_paper_is_proved(tmp_path, capsys, layout):
    status, said = checked(tmp_path, layout, None, capsys)
    assert status == 0, said


def cells_of(layout: Layout) -> list[tuple[int, int]]:
    """Row and column of every cell of the first item, in the table of the paper."""
    first = {"narrow": (1, 4), "stacked": (2, 13), "parts": (2, 6)}
    row, width = next(first[name] for name, known in LAYOUTS.items() if known is layout)
    return [(row, column) for column in range(width)]


@pytest.mark.parametrize(
    ("layout", "row", "column"),
    [pytest.param(lay, *at, id=f"{name} {at[1]}") for name, lay in LAYOUTS.items() for at in cells_of(lay)],
)
def test_one_cell_changed_is_found(tmp_path, capsys, layout, row, column):
    def edit(cells: Cells) -> None:
        write(cells[row][column], "9" if column == 0 else "7.77")

    status, said = checked(tmp_path, layout, edit, capsys)
    assert status == 1
    assert "与台账不同" in said


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_row_removed_is_found(tmp_path, capsys, layout):
    def edit(cells: Cells) -> None:
        row = cells[-1][0].getparent()
        row.getparent().remove(row)

    status, said = checked(tmp_path, layout, edit, capsys)
    assert status == 1
    assert "表里少了这一行" in said


def exchange(cells: Cells, rows: range, a: int, b: int) -> None:
    for row in rows:
        first, second = cells[row][a], cells[row][b]
        mark = first.getparent().index(first)
        second.getparent().replace(second, first)
        second.getparent()
        cells[row][b if b < len(cells[row]) else -1] = first
        first.getparent().insert(mark, second)


def test_a_column_that_changed_places_with_its_header_is_told(tmp_path, capsys):
    status, said = checked(tmp_path, NARROW, lambda cells: exchange(cells, range(4), 1, 2), capsys)
    assert status == 1
    assert "列的次序与台账不同" in said


def test_what_stands_under_two_headers_exchanged_is_told_cell_by_cell(tmp_path, capsys):
    status, said = checked(tmp_path, STACKED, lambda cells: exchange(cells, range(2, 5), 7, 9), capsys)
    assert status == 1
    assert said.count("“一季度实际”与台账不同") + said.count("“二季度实际”与台账不同") == 6


def test_a_remark_names_the_row_of_the_ledger(tmp_path, capsys):
    status, said = checked(tmp_path, PARTS, lambda cells: write(cells[6][5], "已经完工（已办结）。"), capsys)
    assert status == 1
    assert "“台账”第8行" in said


# ---------------------------------------------------------------------------------------------- the next period


def header(path, sheet=0):
    """The header of a sheet, its rows joined; with what `next` adds left out."""
    cells = load_workbook(path).worksheets[sheet]
    top = next(row for row in range(1, 4) if cells.cell(row, 2).value not in (None, ""))
    rows = [top, top + 1] if cells.cell(top, 1).coordinate in cells.merged_cells else [top]
    names = ("".join(str(cells.cell(row, c).value or "") for row in rows) for c in range(1, cells.max_column + 1))
    return [name for name in names if name and name not in ("上期进展", "编号（程序）")]


ADDED = {"narrow": ["编号"], "stacked": ["编号"], "parts": ["督查编号"]}


@pytest.mark.parametrize(("name", "layout"), LAYOUTS.items(), ids=LAYOUTS)
def test_the_next_ledger_and_the_sheets_of_the_units_keep_the_office_s_headers(tmp_path, name, layout):
    office = office_of(tmp_path, layout)
    own = header(tmp_path / "input" / "督办" / "台账2022-06.xlsx")
    assert command(office, "next", "-p", "2022-07") == 0
    assert command(office, "split") == 0
    ledger = tmp_path / "input" / "督办" / "台账2022-07.xlsx"
    assert header(ledger) == own + ADDED[name]
    sent = sorted((office.output("2022-07", "督办") / "分发").glob("*——*.xlsx"))
    assert len(sent) == {"narrow": 3, "stacked": 2, "parts": 3}[name]
    assert [header(path) for path in sent] == [own + ADDED[name]] * len(sent)


@pytest.mark.parametrize(("name", "layout"), LAYOUTS.items(), ids=LAYOUTS)
def test_what_the_units_fill_in_comes_back_into_the_office_s_columns(tmp_path, capsys, name, layout):
    office = office_of(tmp_path, layout)
    ledger = tmp_path / "input" / "督办" / "台账2022-07.xlsx"
    assert command(office, "next", "-p", "2022-07") == 0
    assert command(office, "split") == 0
    for path in (office.output("2022-07", "督办") / "分发").glob("*——*.xlsx"):
        (ledger.parent / "退回").mkdir(exist_ok=True)
        filled_in(path, ledger.parent / "退回" / path.name)
    assert command(office, "merge", "--apply", "--joint", "牵头") == 0, capsys.readouterr().out
    assert header(ledger) == header(tmp_path / "input" / "督办" / "台账2022-06.xlsx") + ADDED[name]
    assert office.run() == 0, capsys.readouterr().out
    assert all("滞后" in row for row in annex_rows(paper_of(office, "2022-07")) if len(row) > 1 and row[0].isdigit())


def filled_in(path, target):
    """A sheet as a unit returns it: every state is 滞后, every other open cell says 已经报送."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    state = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "办理状态")
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.protection.locked:
                cell.value = "滞后" if cell.column == state else "已经报送。"
    book.save(target)


def test_the_office_s_own_numbers_are_kept_apart_from_ids_in_the_sheet_of_closed_items(tmp_path):
    office = office_of(tmp_path, PARTS)
    assert command(office, "next", "-p", "2022-07") == 0
    closed = load_workbook(tmp_path / "input" / "督办" / "台账2022-07.xlsx")["销号"]
    head, row = closed.iter_rows(values_only=True)
    said = dict(zip(head, row, strict=True))
    assert (said["编号"], said["督查编号"]) == ("2", "2022-002")


# ---------------------------------------------------------------------------------------------- other habits of offices


def test_of_a_book_of_months_the_sheet_of_the_period_is_printed(tmp_path):
    office = office_of(tmp_path, asked("annex: own, periods: sheets", NARROW))
    folder = tmp_path / "input" / "督办"
    for path in folder.glob("*.xlsx"):
        path.unlink()
    months = [NARROW.table.format(a=a, b=b) for a, b in NARROW.states]
    (folder / "督办台账2022年.xlsx").write_bytes(xlsx(*months, names=("5月", "6月")))
    assert office.run() == 0
    assert [row[-1] for row in annex_rows(paper_of(office))] == ["办理状态", "滞后", "正在办理", "已办结"]


def test_columns_of_ticks_are_printed_as_ticked(tmp_path):
    table = """
| 序号 | 督办事项 | 责任单位 | 已完成 | 推进中 | 滞后 |
| 1 | 修渠 | 县水利局 | {a} | √ | |
| 2 | 种树 | 县民政局 | {b} | | √ |
"""
    states = "status_from: {columns: {已完成: 已办结, 推进中: 正在办理, 滞后: 滞后}}"
    office = office_of(tmp_path, Layout(table, {}, f"annex: own, {states}", states=(("", ""), ("√", ""))))
    assert office.run() == 0
    assert annex_rows(paper_of(office)) == [
        ["序号", "督办事项", "责任单位", "已完成", "推进中", "滞后"],
        ["1", "修渠", "县水利局", "√", "√", ""],
        ["2", "种树", "县民政局", "", "", "√"],
    ]
