"""The workbook 汇总情况: what came back from each unit, and what became of every cell and line that was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from tongbao.excel.writing.listing import Entry, Page, listing
from tongbao.rounds.collect.joint import Verdict
from tongbao.rounds.collect.merging import Merged

NOT_BACK, NOT_USABLE = "没有退回", "退回了但不能用"
_TAKEN = (Verdict.ACCEPTED, Verdict.UNCHANGED)


def merge_report(merged: Merged, sent: Mapping[str, int]) -> bytes:
    """The workbook 汇总情况 as bytes. `sent` is the number of rows that were sent to each unit."""
    columns = {"单位": 24.0, "退回的文件": 52.0, "发出行数": 9.0, "退回行数": 9.0, "没有填": 9.0}
    columns |= {verdict.value: 9.0 for verdict in Verdict} | {"多出的行": 9.0}
    told = "每一格恰有一个结论：采纳的写入台账，未变的不用管，其余的没有写入，请逐格处理。"
    units = Page("回收情况", ["回收情况", told], columns, _unit_entries(merged, sent), set(range(2, len(columns))))
    details = {
        "单位": 18, "编号": 11, "事项": 26, "栏目": 10, "发出时": 28, "退回": 36, "结论": 9, "说明": 30, "位置": 14,
    }  # fmt: skip
    above = ["逐格清单", "列出与发出时不同的每一格，和单位多加的行；未变的格不列。"]
    cells = Page("逐格清单", above, details, [*_cell_entries(merged), *_line_entries(merged)], {1, 6})
    return listing([units, cells], None)


def _unit_entries(merged: Merged, sent: Mapping[str, int]) -> Iterator[Entry]:
    counts: dict[str, Counter[Verdict]] = {}
    rows: dict[str, set[str]] = {}
    for cell in merged.cells:
        counts.setdefault(cell.unit, Counter())[cell.verdict] += 1
        rows.setdefault(cell.unit, set()).add(cell.sent.id)
    lines = Counter(unit for unit, _ in merged.added)
    for unit in dict.fromkeys([*sent, *merged.files]):
        verdicts = [counts.get(unit, Counter())[verdict] for verdict in Verdict]
        unfilled = len(merged.unfilled.get(unit, ()))
        numbers = [sent.get(unit, 0), len(rows.get(unit, ())), unfilled, *verdicts, lines[unit]]
        doubtful = {n for n, v in enumerate(Verdict, 5) if v not in _TAKEN} | {4, 5 + len(Verdict)}
        marked = {n for n in doubtful if numbers[n - 2]} if unit in merged.files else {0, 1}
        yield Entry([unit, _came_back(merged, unit), *numbers], marked=marked)


def _came_back(merged: Merged, unit: str) -> str:
    if unit in merged.refused:
        return f"{NOT_USABLE}：" + "；".join(merged.refused[unit])
    return merged.files.get(unit, NOT_BACK)


def _cell_entries(merged: Merged) -> Iterator[Entry]:
    for cell in merged.cells:
        if cell.verdict is not Verdict.UNCHANGED:
            place = f"{cell.place.sheet} {cell.place.cell}"
            values = [cell.unit, cell.sent.id, cell.item, cell.sent.header, cell.sent.value, cell.returned]
            marked = () if cell.verdict is Verdict.ACCEPTED else {6}
            yield Entry([*values, cell.verdict, cell.explained, place], marked=marked)


def _line_entries(merged: Merged) -> Iterator[Entry]:
    for unit, line in merged.added:
        place = f"{line.place.sheet} 第{line.place.row}行"
        yield Entry([unit, "", "", "整行", "", line.shown, "多出的行", "确要新增的，请写进台账", place], marked={6})
