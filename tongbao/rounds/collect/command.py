"""`split` sends a sheet to each unit; `merge` brings the sheets that came back into one ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tongbao.excel import sheets
from tongbao.excel.writing.workbook import UnopenableError
from tongbao.ledger.asked import Job
from tongbao.ledger.intake import Newest, newest_ledger
from tongbao.model import Ledger, Level, Place, Problem, Row
from tongbao.outside.deliver import deliver
from tongbao.outside.files import content
from tongbao.rounds.collect.merging import Master, Merged, Verdict, merge
from tongbao.rounds.collect.returns import Return, Stamp, assignments, read_return, return_name
from tongbao.rounds.collect.workbook import Splitter, hidden_copy, merge_report, merged_book
from tongbao.rounds.ids import assign_ids

OUT, BACK, MERGED = "分发", "退回", "汇总"


@dataclass(frozen=True, slots=True)
class Collected:
    """The files that were written (none where errors prevented it), the problems, and the sums for the screen."""

    written: tuple[Path, ...]
    problems: tuple[Problem, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sendable:
    """The newest ledger, the ids of its rows by their place, and the rows that go to each unit."""

    newest: Newest
    ids: Mapping[Place, str]
    assigned: Mapping[str, tuple[Row, ...]]

    @property
    def ledger(self) -> Ledger:
        """The ledger as it was read."""
        return self.newest.ledger


def split(job: Job) -> Collected:
    """Writes one workbook for each unit, with its open rows, into the folder 分发 of the period's output."""
    going, problems = _sendable(job)
    if going is None:
        return Collected((), tuple(problems))
    newest, ledger = going.newest, going.ledger
    try:
        splitter = Splitter(newest.data, newest.book, ledger, job.kind, going.ids)
    except UnopenableError:
        return Collected((), (*problems, _unopenable(newest.path)))
    files = {
        return_name(ledger, unit): splitter.workbook(_stamp(job, ledger, unit), rows)
        for unit, rows in going.assigned.items()
    }
    written, said = deliver(_output(job, ledger) / OUT, files)
    told = f"分发给{len(files)}个单位，共{sum(len(r) for r in going.assigned.values())}行次"
    return Collected(written, (*problems, *said), (told,))


def merge_returns(job: Job) -> Collected:
    """Writes a ledger with the answers from the folder 退回 beside the ledgers in it, and the report 汇总情况."""
    sent, problems = _sendable(job)
    if sent is None:
        return Collected((), tuple(problems))
    newest, ledger = sent.newest, sent.ledger
    returns, said = _returns(job.report.input / BACK)
    master = Master(ledger, newest.book, job.kind, sent.ids, job.settings.office.name, job.report.name)
    merged, more = merge(master, returns, sent.assigned)
    problems = [*problems, *said, *more]
    if not returns:
        return Collected((), tuple(problems))
    try:
        data = merged_book(newest.data, ledger, sent.ids, merged)
    except UnopenableError:
        return Collected((), (*problems, _unopenable(newest.path)))
    counts = {unit: len(rows) for unit, rows in sent.assigned.items()}
    files = {f"{newest.path.stem}（汇总）.xlsx": data, "汇总情况.xlsx": merge_report(merged, counts)}
    written, late = deliver(_output(job, ledger) / MERGED, files)
    return Collected(written, (*problems, *late), _sums(merged))


def _sendable(job: Job) -> tuple[_Sendable | None, list[Problem]]:
    """What `split` sends and `merge` expects back; None where the newest ledger cannot be read without errors."""
    newest, problems = newest_ledger(job)
    if newest is None:
        return None, problems
    ids, doubled = assign_ids(newest.ledger, newest.used)
    assigned, unassigned = assignments(newest.ledger, job.kind)
    return _Sendable(newest, ids, assigned), [*problems, *doubled, *unassigned]


def _returns(folder: Path) -> tuple[list[Return], list[Problem]]:
    """The returns in a folder, and a problem for each file that is none of ours or cannot be read."""
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
            found, more = read_return(book, hidden_copy(content(file)))
            returns += [found] if found else []
            problems += more
    return returns, problems


def _stamp(job: Job, ledger: Ledger, unit: str) -> Stamp:
    return Stamp(unit, ledger.period.label, job.settings.office.name, job.report.name, ledger.file, ledger.sha256)


def _output(job: Job, ledger: Ledger) -> Path:
    return job.report.output / ledger.period.token


def _sums(merged: Merged) -> tuple[str, ...]:
    counts = {verdict: sum(c.verdict is verdict for c in merged.cells) for verdict in Verdict}
    back = f"退回{len(merged.files)}个单位" + (f"，未退回{len(merged.missing)}个" if merged.missing else "")
    return (back, "逐格：" + "，".join(f"{verdict.value}{count}" for verdict, count in counts.items()))


def _unopenable(path: Path) -> Problem:
    fix = "请用 Excel/WPS 打开，另存为 .xlsx 后再运行"
    return Problem(Level.ERROR, "not_carried", "这本台账不是能接着写的 .xlsx 文件", fix, place=Place(path.name))
