"""未填报.xlsx: the workbook beside the ledgers in which a person decides about rows that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.excel import sheets
from tongbao.ledger.choice import shown
from tongbao.matching.answers import Finder, Mark
from tongbao.matching.silence import Decide, Decision
from tongbao.model import PROGRESS, UNFILLED_FILE, Filling, Level, Period, Place, Problem, Row
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import is_there
from tongbao.words import text

SHEET, DECISION = "未填报", "处理"
NOTE = "补填进台账的不用管，下次运行自动去掉；不再等的，在“处理”一列选：照上期，或未报送（没有填状态的只能照上期）。"
# Headers with their widths in characters: those that name a row, those that help to decide, and the decision.
_NAMING = {"期次": 12, "责任单位": 20, "行": 14, "编号": 10, "分类": 16, "事项": 40}
_HELPING = {"缺什么": 12, "上期状态": 12, "上期进展": 44}
_COLUMNS = {**_NAMING, **_HELPING, DECISION: 12}
_LACKS = {Filling.STATUSLESS: "没有填状态", Filling.STATUS_AS_BEFORE: "没有填状态"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was not filled in, in some period; `decision` is None while nobody has decided.

    `helps`: what is missing, and the row's status and progress of the period before.
    """

    period: str
    mark: Mark
    helps: tuple[str, str, str] = ("", "", "")
    decision: Decision | None = None

    @property
    def cells(self) -> list[str]:
        """The cells of the table, in the order of its columns."""
        mark = self.mark
        named = [self.period, mark.units, mark.place, mark.id, mark.section, mark.text]
        return [*named, *self.helps, self.decision or ""]


def stored_decisions(folder: Path) -> tuple[list[Line], list[Problem]]:
    """The lines of 未填报.xlsx in `folder`, and what is wrong there; nothing where there is no such file."""
    path = folder / UNFILLED_FILE
    if not is_there(path):
        return [], []
    book, problems = sheets.needed_book(path)
    if book is None:
        return [], problems
    rows = shown(book)[0].texts() if shown(book) else []
    top = next((n for n, row in enumerate(rows) if DECISION in map(text.key, row)), 0)
    columns = {text.key(name): number for number, name in enumerate(rows[top])} if rows else {}
    if missing := [name for name in (*_NAMING, DECISION) if name not in columns]:
        fix = "请恢复表头，或删除此文件，由程序重新生成"
        where = Place(UNFILLED_FILE, SHEET, top + 1)
        return [], [Problem(Level.ERROR, "decision_header", f"缺少列：{'、'.join(missing)}", fix, place=where)]
    cells = [{name: row[columns[name]].strip() for name in columns.keys() & _COLUMNS.keys()} for row in rows[top + 1 :]]
    place = Place(UNFILLED_FILE, SHEET, 0, columns[DECISION] + 1)
    read = [_read(line, place._replace(row=n)) for n, line in enumerate(cells, top + 2) if any(line.values())]
    return [line for line, _ in read], [p for _, p in read if p]


def _read(cells: Mapping[str, str], place: Place) -> tuple[Line, Problem | None]:
    mark = Mark(*(cells[name] for name in ("行", "编号", "分类", "事项", "责任单位")))
    helps = (cells.get("缺什么", ""), cells.get("上期状态", ""), cells.get("上期进展", ""))
    word = text.key(cells[DECISION])
    if not word or word in list(Decision):
        return Line(cells["期次"], mark, helps, Decision(word) if word else None), None
    message, fix = f"处理“{cells[DECISION]}”看不懂", f"请从下拉框选一项：{'、'.join(Decision)}"
    problem = Problem(Level.ERROR, "decision_unread", message, fix, place=place, header=DECISION, item=mark.text[:12])
    return Line(cells["期次"], mark, helps), problem


def decided(lines: Iterable[Line], period: Period, rows: Sequence[Row]) -> Decide:
    """What the lines decide about each row of a ledger of that period."""
    finder, found = Finder(rows), {}
    for line in lines:
        if line.period == period.label and (index := finder.find(line.mark)) is not None:
            found[rows[index].place] = line.decision
    return lambda row: found.get(row.place)


def keep_decisions(
    folder: Path,
    lines: Sequence[Line],
    period: Period,
    rows: Sequence[Row],
    priors: Mapping[Place, Row],
    decide: Decide,
) -> None:
    """Writes 未填报.xlsx with the rows of this period as they are now; the lines of other periods stay.

    `priors`: the rows of the period before, by the place of the current ones. Nothing is written where nothing has
    changed, so that a file that somebody has open is not in the way.
    """
    now = [Line(period.label, Mark.of(row), _helps(row, priors.get(row.place)), decide(row)) for row in rows]
    kept = [line for line in lines if line.period != period.label]
    cells = [line.cells for line in (*kept, *now)]
    if cells == [line.cells for line in lines]:
        return
    from tongbao.excel.writing.workbook import table_book

    book = table_book(SHEET, _COLUMNS, cells, {DECISION: list(Decision)}, [NOTE])
    write_whole(folder / UNFILLED_FILE, book)


def _helps(row: Row, prior: Row | None) -> tuple[str, str, str]:
    lacks = _LACKS.get(row.filling, "没有填报")
    return (lacks, prior.label, prior.get(PROGRESS)) if prior else (lacks, "", "")
