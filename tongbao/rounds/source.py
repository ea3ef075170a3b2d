"""A file to bring in: its tables, the report that they fit, the period that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tongbao.intake import Job
from tongbao.kinds import Kind
from tongbao.model import Level, Period, Place, Problem, Refusal
from tongbao.proof import paper as papers
from tongbao.proof.paper import Paper
from tongbao.proof.story import BODY
from tongbao.reading import headers, ledger, sheets
from tongbao.reading.grid import Book, Sheet, text_of
from tongbao.rounds import annex
from tongbao.rounds.annex import Grid, Part
from tongbao.rounds.foreign import understood
from tongbao.words.periods import cell_date, parse_period
from tongbao.words.text import one_line

_PAPERS = {".docx", ".docm", ".doc", ".wps", ".rtf", ".pdf"}  # all but the first two are told what to do
_CLOSED = ("销号", "办结")
_TITLE = re.compile(r"^.{4,60}(?:台账|一览表|情况表|清单)(?:[（(].*[）)])?$")


@dataclass(frozen=True, slots=True)
class Source:
    """The file to bring in: its tables, and for a Word file its text."""

    file: str
    grids: tuple[Grid, ...]
    paper: Paper | None = None
    epoch1904: bool = False


@dataclass(frozen=True, slots=True)
class Fitting:
    """The tables of a source that fit a report, and the fields that were told by their content."""

    job: Job
    kind: Kind
    parts: tuple[Part, ...]
    guessed: Mapping[str, str] = field(default_factory=dict)


def open_source(file: Path) -> Source:
    """A Word file by its tables, anything else as a workbook. Raises Refusal where it cannot be read."""
    if file.suffix.lower() in _PAPERS and file.is_file():
        paper, problems = papers.read(file.read_bytes(), file.name)
        if paper is None:
            raise Refusal(*problems)
        if not paper.tables:
            fix = "请指定带附件台账的通报；附件是单独一个文件的，请指定那个文件"
            raise Refusal(Problem(Level.ERROR, "no_table", "这份文件里没有表格", fix, Place(file.name)))
        return Source(file.name, tuple(annex.grids(paper)), paper)
    book, problems = sheets.open_book(file)
    if book is None:
        raise Refusal(*problems)
    shown = tuple(Grid(sheet) for sheet in book.sheets if not sheet.hidden and any(map(any, sheet.cells)))
    return Source(file.name, shown, epoch1904=book.epoch1904)


def fitting(source: Source, jobs: Sequence[Job]) -> Fitting:
    """The report whose kind understands most columns of the source. Raises Refusal where none does, or several do."""
    found = [it for job in jobs if (it := _tables(source, job))]
    if not found:
        raise Refusal(_nothing_fits(source, jobs))
    known = {it.job.report.name: len(it.parts[0].layout.columns) if it.parts[0].layout else 0 for it in found}
    best = [it for it in found if known[it.job.report.name] == max(known.values())]
    if len(best) > 1:
        names = "、".join(it.job.report.name for it in best)
        message = f"不能断定 {source.file} 是哪份通报的台账"
        raise Refusal(Problem(Level.ERROR, "use", message, f"用 -r 指明，可选：{names}"))
    return best[0]


def _tables(source: Source, job: Job) -> Fitting | None:
    """The tables that fit a report, by their headers or else by their content; None where none does."""
    period = job.period or parse_period(source.file) or Period("", date.min, date.min)
    for grid in sorted(source.grids, key=lambda g: not _fits(g.sheet, job.kind)):
        kind, guessed = understood(grid.sheet, job.kind, period)
        if _fits(grid.sheet, kind):
            parts = annex.taken(source.grids, kind)
            return Fitting(job, kind, tuple(parts if source.paper else _one_sheet(parts, job)), guessed)
    return None


def _fits(sheet: Sheet, kind: Kind) -> bool:
    layout = headers.find(sheet, kind)
    return layout is not None and not layout.missing


def _one_sheet(parts: Sequence[Part], job: Job) -> list[Part]:
    """Of a workbook one sheet is brought in: that of the settings, else the only one with items still open."""
    parts = [part for part in parts if part.layout]
    named = [part for part in parts if part.grid.sheet.name == job.report.sheet]
    open_ones = [part for part in parts if not any(word in part.grid.sheet.name for word in _CLOSED)]
    chosen = named or open_ones or parts
    if len(chosen) > 1:
        names = "、".join(f"“{part.grid.sheet.name}”" for part in chosen)
        fix = f"请在 config.yaml 的“{job.report.name}”下写明 sheet: 工作表名"
        raise Refusal(Problem(Level.ERROR, "several_sheets", f"有{len(chosen)}张工作表都像台账：{names}", fix))
    return chosen


def _nothing_fits(source: Source, jobs: Sequence[Job]) -> Problem:
    """What the reader says of the tables, by the kind of the first report."""
    book = Book(source.file, tuple(grid.sheet for grid in source.grids))
    day = Period("", date.min, date.min)
    _, problems = ledger.read(book, jobs[0].kind, day, as_of=day.last, roster=None)
    said = next((p for p in problems if p.level is Level.ERROR), None)
    fix = "请在 config.yaml 这份通报下用 columns: 写明，如 columns: {事项: [表里的表头]}"
    if said is None:
        return Problem(Level.ERROR, "no_header", "没有看得懂的台账表格", fix, Place(source.file))
    return replace(said, fix=f"{said.fix}；{fix}" if said.fix else fix)


def left_out(source: Source, found: Fitting) -> Iterator[Problem]:
    """The tables that were not brought in, and whether several were put together."""
    used = [part.grid for part in found.parts]
    if len(used) > 1:
        message = f"{used[0].sheet.name}至{used[-1].sheet.name}共{len(used)}张接成了一张表"
        yield Problem(Level.NOTE, "tables_joined", message, "请核对接缝处有没有漏行")
    for grid in source.grids:
        if grid not in used:
            first = one_line(" ".join(text_of(v) for row in grid.sheet.cells[:1] for v in row))[:20]
            message = f"{grid.sheet.name}（{grid.title or first}）不像这份通报的台账，没有导入"
            level = Level.NOTE if source.paper else Level.WARNING
            fix = "里面有台账事项的请手工补入；已销号的，把项数写进 config.yaml 的 opening.closed"
            yield Problem(level, "table_left_out", message, fix, value=first)


# ---------------------------------------------------------------------------------------------- the period


def period_of(source: Source, found: Fitting) -> tuple[Period, str]:
    """The period and where it was found: as asked, in the file's name, the table's title, the circular's date.

    A title that names only a year says of which year the tasks are, not of which period.
    """
    if found.job.period:
        return found.job.period, "-p 所写"
    title = found.parts[0].grid.title or _first_line(found.parts[0])
    said = [("取自文件名", source.file), ("取自表格标题", title), *_dated(source.paper)]
    periods = [(period, where) for where, text in said if (period := parse_period(text))]
    shorter = [it for it in periods if (it[0].last - it[0].first).days < 360]
    if not (shorter or periods):
        fix = "用 -p 写明，如 -p 2022-02 或 -p 2022-02-07"
        raise Refusal(Problem(Level.ERROR, "no_period", "看不出是哪一期的台账", fix, Place(source.file)))
    return (shorter or periods)[0]


def _first_line(part: Part) -> str:
    above = part.grid.sheet.cells[: part.layout.top - 1] if part.layout else ()
    return one_line(" ".join(text_of(value) for row in above for value in row))


def _dated(paper: Paper | None) -> Iterator[tuple[str, str]]:
    """Other titles of tables, lines that are nothing but a date (the last is that of signing), lines that end so."""
    texts = [one_line(p.text) for p in paper.paragraphs if p.where == BODY and not p.table] if paper else []
    yield from (("取自附件标题", text) for text in texts if _TITLE.search(text))
    alone = [text for text in texts if cell_date(text)]
    ending = [text for text in texts if len(text) < 50 and cell_date(text.split()[-1] if text.split() else "")]
    yield from (("取自落款日期", text) for text in reversed(alone))
    yield from (("取自文中日期", text.split()[-1]) for text in ending)
