"""`setup`: the office's own ledgers in, a report of its config.yaml out, ready to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.config.office import Report, Settings, load_settings, settings_in
from tongbao.config.yamltext import read_yaml
from tongbao.ledger.on_file import SUFFIXES, workbooks_in
from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content, entries, is_folder, is_there
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.paper import Habits, habits_of
from tongbao.rounds.first_day.proposal import LedgerSeen, Proposal, undecided
from tongbao.rounds.first_day.proved import Proof, Tally, proof_of
from tongbao.rounds.first_day.putting_together import kinds_in, ledgers_seen, propose, without_doubles
from tongbao.rounds.first_day.roster import roster_of_ledgers
from tongbao.rounds.first_day.sample import is_sample, set_aside
from tongbao.rounds.first_day.settings_text import ROSTER, new_settings, with_report
from tongbao.rounds.first_day.verified import readings, verified
from tongbao.word import document
from tongbao.words.periods import parse_period

_PAPERS = {".docx", ".docm"}
Propose = Callable[[Answers], Proposal]
Talk = Callable[[Answers, Propose, Mapping[str, Kind]], Proposal | None]


@dataclass(frozen=True, slots=True)
class Done:
    """What setup did: the report that can be run now (empty: none), what to say, what it could not decide."""

    report: str = ""
    told: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def set_up(given: Sequence[Path], config: Path, templates: Path, said: Answers, talk: Talk) -> Done:
    """Makes a report of the given ledgers, or adds them to the report that they belong to.

    `talk` shows what is proposed and gives it as the clerk wants it, None where the clerk does not want it at all.
    Raises Refusal for files that cannot be read at all.
    """
    kinds = kinds_in(templates)
    if said.kind and said.kind not in kinds:
        raise Refusal(Problem(Level.ERROR, "use", f"没有名为“{said.kind}”的通报种类", "可选：" + "、".join(kinds)))
    files = [path for path in _files(given) if path.suffix.lower() not in _PAPERS]
    if not files:
        raise Refusal(
            Problem(Level.ERROR, "use", "没有找到台账", "写明台账文件，或放台账的文件夹，如 setup 台账2025年3月.xlsx")
        )
    ledgers, problems = ledgers_seen([(path, content(path)) for path in files], kinds)
    ledgers = without_doubles(ledgers)
    if not ledgers:
        return Done(problems=tuple(problems))
    settings = load_settings(config) if is_there(config) else None
    if settings and is_sample(settings):
        settings = None
    if settings and (report := _known(ledgers, settings, said, kinds)):
        return _added(ledgers, report, problems)

    habits, unread = _habits(_papers(given))
    problems += unread

    def proposed(answers: Answers) -> Proposal:
        found = propose(ledgers, kinds, answers, habits)
        if habits and (proof := _proof(found, config, templates, settings, habits[-1])).said:
            found = propose(ledgers, kinds, answers, habits, proof)
        return replace(found, name=_free_name(found.name, settings), doubts=(*problems, *found.doubts))

    wanted = talk(said, proposed, kinds)
    if wanted is None:
        return Done(told=("没有建立，什么也没有写。",))
    if wanted.undecided:
        return Done(problems=wanted.undecided)
    return _made(wanted, config, templates, settings)


def _files(given: Sequence[Path]) -> Iterator[Path]:
    """The ledgers among what was given, those in folders too."""
    for path in given:
        if is_folder(path):
            yield from workbooks_in(path)
        elif path.suffix.lower() in SUFFIXES or not path.suffix:
            yield path


def _papers(given: Sequence[Path]) -> Iterator[Path]:
    """The circulars among what was given, those in folders too, by the periods in their names."""
    found = [p for path in given for p in (entries(path) if is_folder(path) else [path])]
    words = [path for path in found if path.suffix.lower() in _PAPERS and not path.name.startswith((".", "~$"))]
    dated = {path: parse_period(path.stem) for path in words}
    yield from sorted(words, key=lambda path: it.last.isoformat() if (it := dated[path]) else "")


def _habits(papers: Iterable[Path]) -> tuple[list[Habits], list[Problem]]:
    found: list[Habits] = []
    problems: list[Problem] = []
    for path in papers:
        paper, said = document.read(content(path), path.name)
        if paper:
            found.append(habits_of(paper))
        else:
            problems += said
    return found, problems


def _free_name(name: str, settings: Settings | None) -> str:
    taken = {report.name for report in settings.reports} if settings else set()
    return next(it for it in (name, *(f"{name}（{n}）" for n in range(2, 100))) if it not in taken)


# ---------------------------------------------------------------------------------------------- a report that is there


def _known(
    ledgers: Sequence[LedgerSeen], settings: Settings, said: Answers, kinds: Mapping[str, Kind]
) -> Report | None:
    """The report to which the ledgers belong: one that has one of them on file already, that is named, or that would
    be proposed for them anew."""
    for report in settings.reports:
        on_file = [content(path) for path in workbooks_in(report.input)] if is_folder(report.input) else []
        if report.name == said.name or any(ledger.data in on_file for ledger in ledgers):
            return report
    found = propose(ledgers, kinds, said)
    return next((it for it in settings.reports if (it.name, it.kind) == (found.name, found.kind.id)), None)


def _added(ledgers: Sequence[LedgerSeen], report: Report, problems: Sequence[Problem]) -> Done:
    """The ledgers that are not on file yet are put there; one of a period that is there is never written over."""
    there = {path: content(path) for path in workbooks_in(report.input)} if is_folder(report.input) else {}
    new = [ledger for ledger in ledgers if ledger.data not in there.values()]
    doubts = [*problems, *_contradicted(new, there)]
    if doubts:
        return Done(problems=tuple(doubts))
    told = [f"“{report.name}”已经建好，{'没有要补的' if not new else '补上了台账'}。"]
    told += _copied(new, report.input)
    return Done(report.name, tuple(told))


def _contradicted(new: Sequence[LedgerSeen], there: Mapping[Path, bytes]) -> Iterator[Problem]:
    on_file = {period.last: path for path in there if (period := parse_period(path.stem))}
    for ledger in new:
        if ledger.last is None:
            yield undecided(
                f"“{ledger.path.name}”是哪一期的台账", "文件名里写明期次，再运行一次", Place(ledger.path.name)
            )
        elif not ledger.months and (path := on_file.get(ledger.last.last)):
            message = f"{ledger.last.label}以哪一本为准：已有“{path.name}”，“{ledger.path.name}”与它内容不同"
            yield undecided(message, "要换的，先把已有的那本移走；不换的不必再给", Place(ledger.path.name))


# ---------------------------------------------------------------------------------------------- a new report


def _made(proposal: Proposal, config: Path, templates: Path, settings: Settings | None) -> Done:
    """Writes settings, roster and copies of the ledgers, after reading them as a run will."""
    text, tried = _as_written(proposal, config, settings)
    names, said = verified(proposal, tried, templates)
    if any(p.level is Level.ERROR for p in said):
        return Done(problems=tuple(said))
    told: list[str] = []
    if settings is None:
        told += set_aside(config) if is_there(config) else []
        roster = _roster_name(config.parent)
        write_whole(config.parent / roster, roster_of_ledgers(names))
        text = new_settings(proposal, roster)
    told += _copied(proposal.ledgers, config.parent / "input" / proposal.name)
    write_whole(config, text.encode())
    return Done(proposal.name, (*told, f"设置已写好：{config.name}"), tuple(said))


def _as_written(proposal: Proposal, config: Path, settings: Settings | None) -> tuple[str, Settings]:
    """The text of config.yaml with this report, the roster not yet named, and the settings that it holds."""
    text = with_report(_text_of(config), proposal) if settings else new_settings(proposal, "")
    return text, settings_in(read_yaml(text.encode(), config.name), config)


def _proof(proposal: Proposal, config: Path, templates: Path, settings: Settings | None, last: Habits) -> Proof:
    """What the counts of the last circular say of the proposal, read as a run will read it."""
    try:
        _, tried = _as_written(proposal, config, settings)
        read = [ledger for _, _, ledger, _ in readings(proposal, tried, templates) if ledger]
    except Refusal:  # what is open in the proposal cannot stand in settings: it is asked about first
        return Proof()
    return proof_of(proposal.source, proposal.kind, [Tally.of(ledger) for ledger in reversed(read)], last)


def _text_of(config: Path) -> str:
    return content(config).decode("utf-8-sig")


def _roster_name(folder: Path) -> str:
    """The name of the new roster, which never replaces one that is there."""
    names = (ROSTER, *(f"units（{n}）.xlsx" for n in range(2, 100)))
    there = {path.name for path in entries(folder)} if is_there(folder) else set()
    return next(name for name in names if name not in there)


def _copied(ledgers: Iterable[LedgerSeen], folder: Path) -> list[str]:
    """Copies of the ledgers in the folder of the report, under names that tell their period."""
    told = []
    for ledger in ledgers:
        name = copy_name(ledger)
        write_whole(folder / name, ledger.data)
        told.append(f"台账已放进 {folder.parent.name}/{folder.name}：{name}")
    return told


def copy_name(ledger: LedgerSeen) -> str:
    """The name of the copy: the file's own where it tells the period, else with the period behind it."""
    if ledger.months or ledger.period is None or parse_period(ledger.path.stem) == ledger.period:
        return ledger.path.name
    suffix = ledger.path.suffix
    for name in (
        f"{ledger.path.stem} {ledger.period.token}{suffix}",
        f"{ledger.period.token} {ledger.path.stem}{suffix}",
    ):
        if parse_period(name) == ledger.period:
            return name
    return f"台账{ledger.period.token}{suffix}"
