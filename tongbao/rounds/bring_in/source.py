"""A file to import: its tables, the report that they fit, its period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import holds, text_of
from tongbao.ledger import headers
from tongbao.ledger.asked import Job
from tongbao.ledger.choice import choose, has_sheet, is_closed
from tongbao.ledger.headers import Layout
from tongbao.ledger.read import read_book
from tongbao.ledger.worded import speaks
from tongbao.model import Level, Period, Place, Problem, Refusal
from tongbao.outside.files import content
from tongbao.rounds.bring_in import annex
from tongbao.rounds.bring_in.annex import Grid, Part
from tongbao.rounds.bring_in.foreign import understood
from tongbao.word import document as papers
from tongbao.word.document import Paper
from tongbao.word.foreign import as_docx
from tongbao.word.package import BODY
from tongbao.word.unread import STRUCK
from tongbao.words.periods import cell_date, parse_period
from tongbao.words.text import one_line

# All but the first four are converted where LibreOffice is, else told what to do.
_PAPERS = {".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps", ".wpt", ".rtf", ".odt", ".pdf"}
# The codes that say that a paper is a workbook, or a workbook a paper: the name is wrong, or an old habit.
_OTHER = {papers.TABLE, "file_word"}
# The codes of what is wrong with the headers alone: where there is nothing, no name in the settings helps.
_OF_HEADERS = {"no_header", "missing_column"}
# A line of the paper that is the title of a table: 8—10月份推进情况一览表, …台账（截至2月底）. Four characters before
# the word keep 台账, 问题清单 and 进展情况表 out; 重点任务分解表 is not known, and 各单位要对照清单 is let in, which
# matters only where a line names a period.
_TITLE = re.compile(r"^.{4,60}(?:台账|一览表|情况表|清单)(?:[（(].*[）)])?$")


@dataclass(frozen=True, slots=True)
class Source:
    """The file to import: its tables as sheets; `paper` where it is a Word file, `whole` where it is a workbook.

    `notes` say how it was read, where that is not plain.
    """

    file: str
    grids: tuple[Grid, ...]
    paper: Paper | None = None
    epoch1904: bool = False
    whole: Book | None = None
    notes: tuple[Problem, ...] = ()

    @property
    def book(self) -> Book:
        """The tables as the sheets of a workbook."""
        return Book(self.file, tuple(grid.sheet for grid in self.grids), self.epoch1904)


@dataclass(frozen=True, slots=True)
class Fitting:
    """The tables of a source that fit a report; `guessed` are headers, by field, that were told by their content."""

    job: Job
    kind: Kind
    parts: tuple[Part, ...]
    guessed: Mapping[str, str] = field(default_factory=dict)


def open_source(file: Path) -> Source:
    """The tables of a Word file, or the sheets of a workbook. Raises Refusal where there is none to be read.

    What it is, its bytes tell; by the name it is known which of the two is asked first, and says what is wrong.
    """
    first, other = (_paper, _workbook) if file.suffix.lower() in _PAPERS else (_workbook, _paper)
    source, problems = first(file)
    if source is None and problems[0].code in _OTHER:
        source, problems = other(file)
    if source is None:
        raise Refusal(*problems)
    return source


def _paper(file: Path) -> tuple[Source | None, list[Problem]]:
    data, turned = as_docx(content(file), file.name)
    paper, problems = papers.read(data, file.name)
    if paper is None:
        return None, problems
    if not paper.tables:
        fix = "请指定带附件台账的通报；附件是单独一个文件的，请指定那个文件"
        unread = [replace(problem, level=Level.ERROR) for problem in not_read(paper)]
        return None, [Problem(Level.ERROR, "no_table", "这份文件里没有表格", fix, place=Place(file.name)), *unread]
    notes = (*turned, *_pending(paper))
    return Source(file.name, tuple(annex.grids(paper)), paper, notes=notes), []


def _pending(paper: Paper) -> Iterator[Problem]:
    if pending := paper.insertions + paper.deletions:
        message = f"稿中有{pending}处修订还没有接受，按全部接受以后的文字导入"
        yield Problem(Level.NOTE, "revisions_pending", message, "有不该接受的，请对照原文改正", place=Place(paper.name))


def _workbook(file: Path) -> tuple[Source | None, list[Problem]]:
    book, problems = sheets.open_book(file)
    if book is None:
        return None, problems
    shown = tuple(
        Grid(sheet) for sheet in book.sheets if not sheet.hidden and any(any(map(holds, row)) for row in sheet.cells)
    )
    return Source(file.name, shown, epoch1904=book.epoch1904, whole=book), []


@dataclass(frozen=True, slots=True)
class _Try:
    """A report whose kind fits a table: what would be imported, how many fields are known, what is in the way."""

    fitting: Fitting
    known: int
    problems: tuple[Problem, ...] = ()


def fitting(source: Source, jobs: Sequence[Job]) -> Fitting:
    """The report whose kind knows most columns of the source. Raises Refusal where none fits, or several as well."""
    tries = [it for job in jobs if (it := _try(source, job))]
    if not tries:
        raise Refusal(_nothing_fits(source, jobs))
    most = max(it.known for it in tries)
    best = [it for it in tries if it.known == most]
    found = [it.fitting for it in best if it.fitting.parts]
    if not found:
        raise Refusal(*best[0].problems)
    if len(found) > 1:
        names = "、".join(it.job.report.name for it in found)
        message = f"不能断定 {source.file} 是哪份通报的台账"
        raise Refusal(Problem(Level.ERROR, "use", message, f"用 -r 指明，可选：{names}"))
    return found[0]


def _try(source: Source, job: Job) -> _Try | None:
    """The tables that fit a report, by their headers or else by their content; None where none fits."""
    period = job.period or parse_period(source.file) or Period("", date.min, date.min)
    wanted = job.report.sheet if has_sheet(source.book, job.report.sheet) else ""
    for grid in sorted(source.grids, key=lambda g: _unlikeliness(g.sheet, job.kind, wanted)):
        kind, guessed, layout = _understood(grid.sheet, job.kind, period)
        if layout is not None and not layout.missing:
            only_closed = is_closed(grid.sheet.name, wanted) and source.paper is None
            parts, problems = _parts(source, kind, grid.sheet.name if only_closed else wanted)
            return _Try(Fitting(job, kind, tuple(parts), guessed), len(layout.columns), tuple(problems))
    return None


def _understood(sheet: Sheet, kind: Kind, period: Period) -> tuple[Kind, Mapping[str, str], Layout | None]:
    """The kind that reads a table: that of words where it says so how its rows stand, though the settings name another
    place, and has nothing there."""
    kind_, guessed = understood(sheet, kind, period)
    layout = headers.find(sheet, kind_)
    if kind.worded and not (kind.status_from and kind.status_from.columns and layout and not layout.missing):
        plain, of_words = understood(sheet, kind.worded, period)
        found = headers.find(sheet, plain)
        if found and not found.missing and speaks(sheet, found, plain):
            return plain, of_words, found
    return kind_, guessed, layout


def _unlikeliness(sheet: Sheet, kind: Kind, wanted: str) -> tuple[bool, bool, bool]:
    """The key by which sheets are tried: that of the settings first, closed items last, headers before content."""
    layout = headers.find(sheet, kind)
    return sheet.name != wanted, is_closed(sheet.name, wanted), layout is None or bool(layout.missing)


def _parts(source: Source, kind: Kind, wanted: str) -> tuple[list[Part], list[Problem]]:
    """Of a circular all tables that make up its annex, of a workbook the sheets that a run would read; and the errors.

    Closed items are not imported: the settings count them (opening.closed).
    """
    if source.paper:
        return annex.taken(source.grids, kind), []
    chosen, problems = choose(source.book, kind, wanted)
    grids = {grid.sheet.name: grid for grid in source.grids}
    parts = [Part(grids[it.sheet.name], it.layout) for it in chosen if not it.closed]
    return parts, [p for p in problems if p.level is Level.ERROR]


def _nothing_fits(source: Source, jobs: Sequence[Job]) -> Problem:
    """The first error that the reader finds in the tables, by the kind of the first report."""
    day = Period("", date.min, date.min)
    _, problems = read_book(source.book, jobs[0].kind, day, as_of=day.last, roster=None)
    said = next((p for p in problems if p.level is Level.ERROR), None)
    fix = "请在 config.yaml 这份通报下用 columns: 写明，如 columns: {事项: [表里的表头]}"
    if said is None:
        return Problem(Level.ERROR, "no_header", "没有看得懂的台账表格", fix, place=Place(source.file))
    return replace(said, fix=f"{said.fix}；{fix}" if said.fix else fix) if said.code in _OF_HEADERS else said


def left_out(source: Source, found: Fitting) -> Iterator[Problem]:
    """A note where several tables became one, and a problem for each table that was not imported."""
    used = [part.grid for part in found.parts]
    if len(used) > 1:
        message = f"{used[0].sheet.name}至{used[-1].sheet.name}共{len(used)}张接成了一张表"
        yield Problem(Level.NOTE, "tables_joined", message, "请核对接缝处有没有漏行")
    for grid in source.grids:
        if grid not in used:
            first = one_line(" ".join(text_of(v) for row in grid.sheet.cells[:1] for v in row))[:20]
            closed = not source.paper and is_closed(grid.sheet.name)
            why = "是已办结事项的表" if closed else "不像这份通报的台账"
            words = f"（{grid.title or first}）" if grid.title or first else ""
            message = f"{grid.sheet.name}{words}{why}，没有导入"
            level = Level.NOTE if source.paper else Level.WARNING
            fix = "里面有台账事项的请手工补入；已销号的，把项数写进 config.yaml 的 opening.closed"
            yield Problem(level, "table_left_out", message, fix, value=first)


def not_read(paper: Paper) -> Iterator[Problem]:
    """A warning for all that stands in the paper and was not read, or may be seen otherwise, with its place there."""
    for it in paper.unread:
        what = "程序读不到，没有导入" if it.lost else "显示的可能与导入的字不同"
        fix = "请打开原文对照，手工补入"
        if it.kind == STRUCK:
            what, fix = "没有导入", "划掉的是旧内容，不必管；误划的请手工补入"
        yield Problem(
            Level.WARNING,
            "not_read",
            f"原文{it.says}，{what}",
            fix,
            place=Place(paper.name),
            value=it.detail or it.near,
        )


# ---------------------------------------------------------------------------------------------- the period


def period_of(source: Source, found: Fitting) -> tuple[Period, str]:
    """The period and where it was found: as asked, in the file's name, the title of the table, a date of the paper.

    Raises Refusal where none is said. A title that names only a year says of which year the tasks are, so any shorter
    period goes before it.
    """
    if found.job.period:
        return found.job.period, "-p 所写"
    title = found.parts[0].grid.title or _first_line(found.parts[0])
    said = [("取自文件名", source.file), ("取自表格标题", title), *_dated(source.paper)]
    periods = [(period, where) for where, text in said if (period := parse_period(text))]
    # 1—11月 has 334 days and is a period; a year is one only where nothing shorter is said.
    shorter = [it for it in periods if (it[0].last - it[0].first).days < 360]
    if not (shorter or periods):
        fix = "用 -p 写明，如 -p 2022-02 或 -p 2022-02-07"
        raise Refusal(Problem(Level.ERROR, "no_period", "看不出是哪一期的台账", fix, place=Place(source.file)))
    return (shorter or periods)[0]


def _first_line(part: Part) -> str:
    above = part.grid.sheet.cells[: part.layout.top - 1] if part.layout else ()
    return one_line(" ".join(text_of(value) for row in above for value in row))


def _dated(paper: Paper | None) -> Iterator[tuple[str, str]]:
    """Texts that may name the period, with their place: titles of tables, dates alone (last first), dates at ends."""
    # A line below 50 characters may be a signature with its date; a longer one is a sentence that mentions some day.
    texts = [one_line(p.text) for p in paper.paragraphs if p.where == BODY and not p.table] if paper else []
    yield from (("取自附件标题", text) for text in texts if _TITLE.search(text))
    alone = [text for text in texts if cell_date(text)]
    ending = [text for text in texts if len(text) < 50 and cell_date(text.split()[-1] if text.split() else "")]
    yield from (("取自落款日期", text) for text in reversed(alone))
    yield from (("取自文中日期", text.split()[-1]) for text in ending)
