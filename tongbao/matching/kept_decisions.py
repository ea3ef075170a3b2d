"""未填报.xlsx: the workbook beside the ledgers in which a person decides about rows that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.excel import sheets
from tongbao.ledger.choice import shown
from tongbao.matching.answers import Finder, Mark
from tongbao.matching.silence import Decide, Decision
from tongbao.model import UNFILLED_FILE, Level, Period, Place, Problem, Row
from tongbao.outside.deliver import write_whole
from tongbao.words import text

SHEET, DECISION = "未填报", "处理"
# Headers with their widths in characters.
_COLUMNS = {"期次": 12, "责任单位": 18, "行": 12, "编号": 10, "分类": 16, "事项": 44, DECISION: 12}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was not filled in, in some period; `decision` is None while nobody has decided."""

    period: str
    mark: Mark
    decision: Decision | None = None

    @property
    def cells(self) -> list[str]:
        """The cells of the table, in the order of its columns."""
        mark = self.mark
        return [self.period, mark.units, mark.place, mark.id, mark.section, mark.text, self.decision or ""]


def stored_decisions(folder: Path) -> tuple[list[Line], list[Problem]]:
    """The lines of 未填报.xlsx in `folder`, and what is wrong there; nothing where there is no such file."""
    path = folder / UNFILLED_FILE
    if not path.exists():
        return [], []
    book, problems = sheets.open_book(path)
    if book is None:
        return [], problems
    cells = shown(book)[0].texts() if shown(book) else []
    columns = {text.key(name): number for number, name in enumerate(cells[0])} if cells else {}
    if missing := [name for name in _COLUMNS if name not in columns]:
        fix = "请恢复表头，或删除此文件，由程序重新生成"
        where = Place(UNFILLED_FILE, SHEET, 1)
        return [], [Problem(Level.ERROR, "decision_header", f"缺少列：{'、'.join(missing)}", fix, place=where)]
    read = [_read({name: row[columns[name]].strip() for name in _COLUMNS}, n) for n, row in enumerate(cells[1:], 2)]
    return [line for line, _ in read], [p for _, p in read if p]


def _read(cells: dict[str, str], number: int) -> tuple[Line, Problem | None]:
    mark = Mark(*(cells[name] for name in ("行", "编号", "分类", "事项", "责任单位")))
    word = text.key(cells[DECISION])
    if not word or word in list(Decision):
        return Line(cells["期次"], mark, Decision(word) if word else None), None
    place = Place(UNFILLED_FILE, SHEET, number, list(_COLUMNS).index(DECISION) + 1)
    message, fix = f"处理“{cells[DECISION]}”看不懂", f"请从下拉框选一项：{'、'.join(Decision)}"
    problem = Problem(Level.ERROR, "decision_unread", message, fix, place=place, header=DECISION, item=mark.text[:12])
    return Line(cells["期次"], mark), problem


def decided(lines: Iterable[Line], period: Period, rows: Sequence[Row]) -> Decide:
    """What the lines decide about each row of a ledger of that period."""
    finder, found = Finder(rows), {}
    for line in lines:
        if line.period == period.label and (index := finder.find(line.mark)) is not None:
            found[rows[index].place] = line.decision
    return lambda row: found.get(row.place)


def keep_decisions(folder: Path, lines: Sequence[Line], period: Period, rows: Sequence[Row], decide: Decide) -> None:
    """Writes 未填报.xlsx with the rows of this period as they are now; the lines of other periods stay.

    Nothing is written where nothing has changed, so that a file that somebody has open is not in the way.
    """
    now = [Line(period.label, Mark.of(row), decide(row)) for row in rows]
    kept = [line for line in lines if line.period != period.label]
    if [line.cells for line in (*kept, *now)] == [line.cells for line in lines]:
        return
    from tongbao.excel.writing.workbook import table_book

    cells = [line.cells for line in (*kept, *now)]
    write_whole(folder / UNFILLED_FILE, table_book(SHEET, _COLUMNS, cells, {DECISION: list(Decision)}))
