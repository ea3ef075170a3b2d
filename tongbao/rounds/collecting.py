"""`split` and `merge`: a sheet for each unit goes out, and the sheets that come back go into one ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tongbao.deliver import deliver
from tongbao.intake import Job, errors, ledgers_for, read_all, roster_of
from tongbao.model import Ledger, Level, Place, Problem, Row
from tongbao.reading import sheets
from tongbao.reading.grid import Book
from tongbao.rounds.merging import Master, Merged, Verdict, merge
from tongbao.rounds.returns import Return, Stamp, assignments, read_return, return_name
from tongbao.rounds.succession import assign_ids
from tongbao.workbooks.returnbook import Splitter, hidden_copy, merge_report, merged_book
from tongbao.workbooks.workbook import UnopenableError

OUT, BACK, MERGED = "分发", "退回", "汇总"


@dataclass(frozen=True, slots=True)
class Collected:
    """What was written (nothing where mistakes kept it from being), what the clerk should know, and the sums."""

    written: tuple[Path, ...]
    problems: tuple[Problem, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest ledger with all that sending out and collecting go by."""

    path: Path
    data: bytes
    book: Book
    ledger: Ledger
    ids: Mapping[Place, str]
    assigned: Mapping[str, tuple[Row, ...]]


def split(job: Job) -> Collected:
    """One workbook for each unit with its open rows, in the folder 分发 of the period's output."""
    newest, problems = _newest(job)
    if newest is None:
        return Collected((), tuple(problems))
    try:
        splitter = Splitter(newest.data, newest.book, newest.ledger, job.kind, newest.ids)
    except UnopenableError:
        return Collected((), (*problems, _unopenable(newest.path)))
    files = {
        return_name(newest.ledger, unit): splitter.workbook(_stamp(job, newest.ledger, unit), rows)
        for unit, rows in newest.assigned.items()
    }
    written, said = deliver(_output(job, newest) / OUT, files)
    told = f"分发给{len(files)}个单位，共{sum(len(r) for r in newest.assigned.values())}行次"
    return Collected(written, (*problems, *said), (told,))


def merge_returns(job: Job) -> Collected:
    """The returns in the folder 退回 beside the ledgers, brought into a new ledger, with the report 汇总情况."""
    newest, problems = _newest(job)
    if newest is None:
        return Collected((), tuple(problems))
    returns, said = _returns(job.report.input / BACK)
    master = Master(newest.ledger, newest.book, job.kind, newest.ids, job.settings.office.name, job.report.name)
    merged, more = merge(master, returns, newest.assigned)
    problems = [*problems, *said, *more]
    if not returns:
        return Collected((), tuple(problems))
    try:
        data = merged_book(newest.data, newest.ledger, newest.ids, merged)
    except UnopenableError:
        return Collected((), (*problems, _unopenable(newest.path)))
    sent = {unit: len(rows) for unit, rows in newest.assigned.items()}
    files = {f"{newest.path.stem}（汇总）.xlsx": data, "汇总情况.xlsx": merge_report(merged, sent)}
    written, late = deliver(_output(job, newest) / MERGED, files)
    return Collected(written, (*problems, *late), _sums(merged))


def _newest(job: Job) -> tuple[_Newest | None, list[Problem]]:
    found, problems = ledgers_for(job)
    roster, more = roster_of(job.settings)
    ledgers, said = read_all(found, job, roster) if not errors(problems) else ([], [])
    problems = [*problems, *more, *said]
    if not ledgers or errors(problems):
        return None, problems
    path, ledger = found[-1].path, ledgers[-1]
    book, _ = sheets.open_book(path)
    assert book is not None
    used = {row.id for earlier in ledgers for row in (*earlier.rows, *earlier.closed) if row.id}
    ids, doubled = assign_ids(ledger, used)
    assigned, unassigned = assignments(ledger, job.kind)
    return _Newest(path, path.read_bytes(), book, ledger, ids, assigned), [*problems, *doubled, *unassigned]


def _returns(folder: Path) -> tuple[list[Return], list[Problem]]:
    """The returns of a folder; what is none of ours is told."""
    there = folder.iterdir() if folder.is_dir() else ()
    files = sorted(p for p in there if p.is_file() and not p.name.startswith(("~$", ".")))
    if not files:
        fix = f"把各单位退回的表放进 {folder}，再运行一次"
        return [], [Problem(Level.ERROR, "no_returns", "还没有退回的表", fix)]
    returns: list[Return] = []
    problems: list[Problem] = []
    for file in files:
        book, said = sheets.open_book(file)
        problems += said
        if book:
            found, more = read_return(book, hidden_copy(file.read_bytes()))
            returns += [found] if found else []
            problems += more
    return returns, problems


def _stamp(job: Job, ledger: Ledger, unit: str) -> Stamp:
    return Stamp(unit, ledger.period.label, job.settings.office.name, job.report.name, ledger.file, ledger.sha256)


def _output(job: Job, newest: _Newest) -> Path:
    return job.report.output / newest.ledger.period.token


def _sums(merged: Merged) -> tuple[str, ...]:
    counts = {verdict: sum(c.verdict is verdict for c in merged.cells) for verdict in Verdict}
    back = f"退回{len(merged.files)}个单位" + (f"，未退回{len(merged.missing)}个" if merged.missing else "")
    return (back, "逐格：" + "，".join(f"{verdict.value}{count}" for verdict, count in counts.items()))


def _unopenable(path: Path) -> Problem:
    fix = "请用 Excel/WPS 打开，另存为 .xlsx 后再运行"
    return Problem(Level.ERROR, "not_carried", "这本台账不是能接着写的 .xlsx 文件", fix, Place(path.name))
