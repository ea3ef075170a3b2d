"""`split` sends a sheet to each unit; `merge` brings the sheets that came back into one ledger."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tongbao.excel import sheets
from tongbao.excel.writing.opening import Whole
from tongbao.ledger.asked import Job
from tongbao.ledger.intake import Newest, newest_ledger
from tongbao.model import Ledger, Level, Place, Problem, Row
from tongbao.outside.deliver import deliver
from tongbao.outside.files import entries, from_here, is_folder
from tongbao.rounds.collect import kept
from tongbao.rounds.collect.applying import apply
from tongbao.rounds.collect.arrivals import Known, Unusable, arrived, is_nothing, other_form, unreadable
from tongbao.rounds.collect.joint import Joining, Verdict
from tongbao.rounds.collect.leftout import not_merged, not_sent
from tongbao.rounds.collect.merging import Choices, Merged, merge
from tongbao.rounds.collect.naming import present_names, renamed
from tongbao.rounds.collect.reminders import REMINDERS, Round, reminders
from tongbao.rounds.collect.report import merge_report
from tongbao.rounds.collect.returns import Return
from tongbao.rounds.collect.sent import Copy, Stamp, assignments, return_name
from tongbao.rounds.collect.tracing import Master, Tracer
from tongbao.rounds.collect.workbook import Splitter, merged_book
from tongbao.rounds.ids import assign_ids
from tongbao.rounds.writing_on import to_write_on, told_of_form

OUT, BACK, MERGED = "分发", "退回", "汇总"
# Asks the clerk to choose, and gives the number of the choice from 0; None without a console or an answer.
Ask = Callable[[str, Sequence[str]], int | None]


@dataclass(frozen=True, slots=True)
class Pending:
    """A merged ledger that waits: the ledger whose place it may take, the path it gets then (another one, where that
    ledger is in another format), that one's bytes, its own."""

    path: Path
    target: Path
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Collected:
    """The files that were written (none where errors prevented it), the problems, and the sums for the screen.

    `pending`: the merged ledger, where it may be put in the place of the period's ledger; `applied`: it stands there.
    """

    written: tuple[Path, ...]
    problems: tuple[Problem, ...]
    told: tuple[str, ...] = ()
    pending: Pending | None = None
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line: how joint answers are put together, and to put the result in place."""

    joining: Joining | None = None
    apply: bool = False


@dataclass(frozen=True, slots=True)
class _Sendable:
    """The newest ledger as the one into which returns go, the ids of its rows by their place, the rows that go to each
    unit, what was sent before, and what the units to which it was sent are called now."""

    newest: Newest
    whole: Whole
    master: Master
    ids: Mapping[Place, str]
    assigned: Mapping[str, tuple[Row, ...]]
    before: kept.SentOut
    names: Mapping[str, str]

    @property
    def reached(self) -> list[str]:
        """The units to which sheets were sent, as they are called now."""
        return [unit for unit in self.assigned if unit in self.names.values()]

    @property
    def files(self) -> dict[str, str]:
        """The names of the sheets that were sent, by unit as it is called now."""
        found: dict[str, list[str]] = {}
        for unit, file in self.before.files.items():
            found.setdefault(self.names[unit], []).append(file)
        return {unit: "》《".join(files) for unit, files in found.items()}

    @property
    def ledger(self) -> Ledger:
        """The ledger as it was read."""
        return self.newest.ledger

    @property
    def target(self) -> Path:
        """Where the merged ledger stands once it is put in place."""
        path = self.newest.path
        return path.with_suffix(self.whole.looks.suffix(path.name))

    @property
    def merged_name(self) -> str:
        """What the merged ledger is called as long as it is not in place."""
        return f"{self.target.stem}（汇总）{self.target.suffix}"


def split(job: Job) -> Collected:
    """Writes one workbook for each unit, with its open rows, into the folder 分发 of the period's output."""
    going, problems = _sendable(job)
    if going is None:
        return Collected((), tuple(problems))
    newest, ledger = going.newest, going.ledger
    splitter = Splitter(going.whole, newest.book, ledger, job.kind, going.ids)
    problems += told_of_form(going.whole, newest.path.name, "台账", "分发的表")
    if not going.whole.looks.form:
        problems += [not_sent(newest.path, name) for name in going.whole.looks.left_out]
    made = {unit: splitter.workbook(_stamp(job, ledger, unit), rows) for unit, rows in going.assigned.items()}
    asked = {unit: return_name(ledger, unit) for unit in made}
    lines = {unit: copy for unit, (_, copy) in made.items()}

    def record(names: Mapping[str, str]) -> bytes:
        return kept.sent_record(lines, {unit: names[name] for unit, name in asked.items()})

    files = {asked[unit]: data for unit, (data, _) in made.items()}
    written, said = deliver(_output(job, ledger) / OUT, files, (kept.SENT_RECORD, record))
    told = f"分发给{len(files)}个单位，共{sum(len(r) for r in going.assigned.values())}行次"
    return Collected(written, (*problems, *said), (told,))


def merge_returns(job: Job, wishes: Wishes | None = None, ask: Ask = lambda question, choices: None) -> Collected:
    """Writes the ledger with the answers from the folder 退回 in it, the report 汇总情况 and the 催办单.

    Puts that ledger in the place of the period's ledger where this is asked for.
    """
    wishes = wishes or Wishes()
    sent, problems = _sendable(job)
    if sent is None:
        return Collected((), tuple(problems))
    units = tuple({**sent.assigned, **sent.before.copies})
    known = Known(sent.before.copies, sent.master.fields, units, {now: then for then, now in sent.names.items()})
    back, said = _back(job.report.input / BACK, known)
    back = replace(back, unusable=tuple(replace(u, unit=sent.names.get(u.unit, u.unit)) for u in back.unusable))
    problems += said
    if not back.returns and not back.unusable:
        return _nobody(job, sent, problems)
    returned = [one.copy for one in back.returns]
    sent, doubled = _named(sent, [*sent.before.copies.values(), *returned])
    merged, more = _merged(job, sent, back, wishes, ask)
    problems += [*doubled, *more, *_changed_since(sent, back.returns, _output(job, sent.ledger) / MERGED)]
    data, gone = merged_book(sent.whole, sent.newest.data, sent.ledger, job.kind, sent.ids, merged.writes)
    problems += told_of_form(sent.whole, sent.newest.path.name, "台账", "汇总后的台账")
    folder = _output(job, sent.ledger) / MERGED
    written, late = _deliver(folder, job, sent, merged, data)
    late += [not_merged(sent.newest.path, name) for name in gone]
    done = Collected(written, (*problems, *late), _sums(merged))
    if written[0].name != sent.merged_name:
        return replace(done, problems=(*done.problems, _edited(sent))) if wishes.apply else done
    if merged.writes:
        done = replace(done, pending=Pending(sent.newest.path, sent.target, sent.newest.data, data))
    return put_in_place(done) if wishes.apply else done


def _nobody(job: Job, sent: _Sendable, problems: list[Problem]) -> Collected:
    """Where nothing has come back at all: the 催办单, if anything went out."""
    if not sent.before.copies:
        return Collected((), tuple(problems))
    silent = Merged((), {}, missing=tuple(sent.reached))
    files = {REMINDERS: reminders(silent, sent.assigned, _about(job, sent))}
    written, said = deliver(_output(job, sent.ledger) / MERGED, files)
    return Collected(written, (*problems, *said))


# ---------------------------------------------------------------------------------------------- what goes out


def _sendable(job: Job) -> tuple[_Sendable | None, list[Problem]]:
    """What `split` sends and `merge` expects back; None where the newest ledger cannot be read without errors."""
    newest, problems = newest_ledger(job)
    if newest is None:
        return None, problems
    whole = to_write_on(newest)
    assigned, unassigned = assignments(newest.ledger, job.kind)
    master = Master(newest.ledger, newest.book, job.kind, job.settings.office.name, job.report.name, newest.roster)
    before = kept.sent_out(_output(job, newest.ledger) / OUT, master.fields)
    sendable = _Sendable(newest, whole, master, {}, assigned, before, present_names(before.copies.values(), master))
    named, doubled = _named(sendable, [*before.copies.values()])
    return named, [*problems, *doubled, *unassigned]


def _named(sendable: _Sendable, copies: Iterable[Copy]) -> tuple[_Sendable, list[Problem]]:
    """The same with the ids of the rows: their own, else those under which they were sent, else new ones."""
    tracer, lent = Tracer(sendable.master), dict[Place, str]()
    copies = list(copies)
    for copy in copies:
        for (_, id), traced in tracer.rows(renamed(copy, sendable.names)).items():
            if traced.row:
                lent.setdefault(traced.row.place, id)
    used = {*sendable.newest.used, *(id for copy in copies for _, id in copy.rows)}
    ids, doubled = assign_ids(sendable.ledger, used, lent)
    return replace(sendable, ids=ids), doubled


# ---------------------------------------------------------------------------------------------- what comes back


@dataclass(frozen=True, slots=True)
class _Back:
    """What came back: the returns, and the files that cannot be used."""

    returns: tuple[Return, ...] = ()
    unusable: tuple[Unusable, ...] = ()


def _back(folder: Path, known: Known) -> tuple[_Back, list[Problem]]:
    """What lies in the folder of the returns, and what else is to be said."""
    there = {path: is_folder(path) for path in entries(folder) if not is_nothing(path.name)}
    files, nested = [path for path in there if not there[path]], [path.name for path in there if there[path]]
    if not files:
        fix = f"把各单位退回的表放进 {from_here(folder)}，再运行一次"
        return _Back(), [Problem(Level.ERROR, "no_returns", "还没有退回的表", fix), *map(_nested, nested)]
    found = [_one(path, known) for path in files]
    returns = tuple(one for one in found if isinstance(one, Return))
    return _Back(returns, tuple(one for one in found if isinstance(one, Unusable))), [*map(_nested, nested)]


def _one(path: Path, known: Known) -> Return | Unusable:
    other = other_form(path.name, known)
    if other:
        return other
    data, said = sheets.bytes_of(path)
    book, said = sheets.parse(data, path.name) if data is not None else (None, said)
    return arrived(book, known) if book else unreadable(path.name, said, known)


def _nested(name: str) -> Problem:
    message = f"“退回”里还有文件夹“{name}”，里面的没有汇总"
    return Problem(Level.WARNING, "returns_nested", message, "把里面的表移出来，直接放在“退回”里", place=Place(name))


def _merged(job: Job, sent: _Sendable, back: _Back, wishes: Wishes, ask: Ask) -> tuple[Merged, list[Problem]]:
    """All returns brought together; what only the clerk can decide is asked once, for the whole ledger."""
    ours = kept.by_place(kept.written_before(_output(job, sent.ledger) / MERGED), sent.ids, sent.ledger)
    choices = Choices(wishes.joining)
    expected = sent.reached if sent.before.copies else list(sent.assigned)
    copies = sent.before.copies.values()
    merged, problems = merge(sent.master, back.returns, expected, back.unusable, choices, ours, copies)
    asked = _asked(merged, choices, ask)
    if asked != choices:
        merged, problems = merge(sent.master, back.returns, expected, back.unusable, asked, ours, copies)
    return merged, [*problems, *_unsent([unit for unit in sent.assigned if unit not in expected])]


def _asked(merged: Merged, choices: Choices, ask: Ask) -> Choices:
    versions = {
        unit: files[chosen]
        for unit, files in merged.versions.items()
        if (chosen := ask(f"{unit}退回了{len(files)}个文件，填的不一样。以哪一个为准？", files)) is not None
    }
    joining = choices.joining
    if merged.undecided and joining is None:
        question = f"有{merged.undecided}格由几个单位填得不一样。整本台账怎么办？"
        words = ("合写：县甲局：……；县乙局：……", "以牵头单位为准", "都不取，由我手工抄入")
        chosen = ask(question, words)
        joining = [Joining.TOGETHER, Joining.LEAD, None][chosen] if chosen is not None else None
    return Choices(joining, {**choices.versions, **versions})


def _changed_since(sent: _Sendable, returns: Sequence[Return], folder: Path) -> list[Problem]:
    """A note where the ledger is neither that which was sent out nor one that a merge made of it."""
    known = {*(one.copy.stamp.sha256 for one in returns), *kept.made_before(folder)}
    if not returns or sent.ledger.sha256 in known:
        return []
    message = "分发以后台账改动过：改动都保留，单位填的按事项文字对到现在的行"
    return [Problem(Level.NOTE, "changed_since", message, place=Place(sent.ledger.file))]


def _unsent(units: Sequence[str]) -> list[Problem]:
    if not units:
        return []
    message = f"{'、'.join(units)}是分发以后才有的单位，没有发过表"
    return [Problem(Level.NOTE, "not_sent_yet", message, "再分发一次，把新的表发给它")]


def _deliver(
    folder: Path, job: Job, sent: _Sendable, merged: Merged, data: bytes
) -> tuple[tuple[Path, ...], list[Problem]]:
    counts = {unit: len(rows) for unit, rows in sent.assigned.items()}
    files = {sent.merged_name: data, "汇总情况.xlsx": merge_report(merged, counts)}
    files[REMINDERS] = reminders(merged, sent.assigned, _about(job, sent))
    made = kept.made_before(folder) | {hashlib.sha256(data).hexdigest(): sent.ledger.period.token}
    record = kept.written_record(kept.written_before(folder), merged.writes, sent.ids, sent.ledger, made)
    written, said = deliver(folder, files, (kept.WRITTEN_RECORD, lambda names: record))
    return written, list(said)


def _about(job: Job, sent: _Sendable) -> Round:
    period = sent.ledger.period
    due = job.report.returns_by.get(period.token)
    return Round(job.settings.office.name, job.report.name, period.label, sent.files, due)


def _edited(sent: _Sendable) -> Problem:
    """What the clerk typed into an earlier merged ledger would be lost if the new one were put in place."""
    message = f"以前汇总的“{sent.merged_name}”有人改动过，或正打开着，没有替换台账"
    fix = "里面的改动要用的，抄进台账；然后删去它，再汇总一次"
    return Problem(Level.ERROR, "not_applied", message, fix, place=Place(sent.newest.path.name))


# ---------------------------------------------------------------------------------------------- into its place


def put_in_place(done: Collected) -> Collected:
    """Puts the merged ledger that waits in the place of the period's ledger, and tells where that is kept."""
    waiting = done.pending
    if waiting is None:
        return done
    kept_as, problems = apply(waiting.path, waiting.target, waiting.before, waiting.after)
    if kept_as is None:
        return replace(done, problems=(*done.problems, *problems), pending=None)
    told = f"已用汇总后的台账替换“{waiting.path.name}”；原来的存为“{kept_as.parent.name}/{kept_as.name}”"
    told += f"，新的是“{waiting.target.name}”" if waiting.target != waiting.path else ""
    return replace(done, told=(*done.told, told), pending=None, applied=True)


def _stamp(job: Job, ledger: Ledger, unit: str) -> Stamp:
    return Stamp(unit, ledger.period.label, job.settings.office.name, job.report.name, ledger.file, ledger.sha256)


def _output(job: Job, ledger: Ledger) -> Path:
    return job.report.output / ledger.period.token


def _sums(merged: Merged) -> tuple[str, ...]:
    counts = Counter(cell.verdict for cell in merged.cells)
    back = f"退回{len(merged.files)}个单位"
    back += f"，退回了但不能用{len(merged.refused)}个" if merged.refused else ""
    back += f"，未退回{len(merged.missing)}个" if merged.missing else ""
    blank = [f"{unit}{len(places)}项" for unit, places in merged.unfilled.items()]
    lines = [back, "逐格：" + "，".join(f"{verdict.value}{counts[verdict]}" for verdict in Verdict)]
    lines += [f"退回了但不能用：{unit}：{'；'.join(whys)}" for unit, whys in merged.refused.items()]
    lines += [f"没有填（与发出时一样）：{'、'.join(blank)}"] if blank else []
    return tuple(lines)
