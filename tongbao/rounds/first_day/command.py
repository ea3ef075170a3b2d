"""`setup`: the office's own ledgers in, a report of its config.yaml out, ready to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.config.office import Report, Settings, load_settings, settings_in
from tongbao.config.yamladded import with_words
from tongbao.config.yamltext import read_yaml
from tongbao.ledger.asked import kind_for
from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content, entries, is_there
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.belonging import is_there as is_on_file
from tongbao.rounds.first_day.belonging import on_file, report_of
from tongbao.rounds.first_day.gathering import gathered
from tongbao.rounds.first_day.issues import keep
from tongbao.rounds.first_day.joining import with_parts_joined
from tongbao.rounds.first_day.keeping_up import news_of, numbers_of
from tongbao.rounds.first_day.paper import Habits, habits_of
from tongbao.rounds.first_day.proposal import LedgerSeen, Proposal, undecided
from tongbao.rounds.first_day.proved import Proof, Tally, proof_of
from tongbao.rounds.first_day.putting_away import in_the_way, put_away
from tongbao.rounds.first_day.putting_together import kinds_in, ledgers_seen, propose, without_doubles
from tongbao.rounds.first_day.roster import fill_up, roster_of_ledgers
from tongbao.rounds.first_day.sample import set_aside
from tongbao.rounds.first_day.settings_text import ROSTER, new_settings, with_report
from tongbao.rounds.first_day.verified import readings, verified
from tongbao.rounds.samples.reports import is_sample_office, sample_reports
from tongbao.word import document
from tongbao.words.periods import parse_period

Propose = Callable[[Answers], Proposal]
Talk = Callable[[Answers, Propose, Mapping[str, Kind]], Proposal | None]


@dataclass(frozen=True, slots=True)
class Done:
    """What setup did: the report that can be run now (empty: none), what to say, what it could not decide.

    `beside_samples`: a report was made where the settings were, or are, those of the samples.
    """

    report: str = ""
    told: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    beside_samples: bool = False


def set_up(given: Sequence[Path], config: Path, templates: Path, said: Answers, talk: Talk) -> Done:
    """Makes a report of the given ledgers, or adds them to the report that they belong to.

    `talk` shows what is proposed and gives it as the clerk wants it, None where the clerk does not want it at all.
    Raises Refusal for files that cannot be read at all.
    """
    kinds = kinds_in(templates)
    found = gathered(given)
    if not found.ledgers:
        raise Refusal(
            Problem(Level.ERROR, "use", "没有找到台账", "写明台账文件，或放台账的文件夹，如 setup 台账2025年3月.xlsx")
        )
    ledgers, problems = ledgers_seen([(path, content(path)) for path in found.ledgers], kinds)
    ledgers = without_doubles(ledgers)
    if not ledgers:
        return Done(problems=tuple(problems))
    ledgers, together = with_parts_joined(ledgers, kinds, config.parent / "input")
    settings = load_settings(config) if is_there(config) else None
    samples = sample_reports(settings, templates) if settings else ()
    if settings and is_sample_office(settings, templates):
        settings = None
    own = [report for report in settings.reports if report.name not in samples] if settings else []
    habits, unread = _habits(found.papers)
    problems += unread
    if report := report_of(ledgers, own, said, kinds):
        done = _added(ledgers, report, problems, kinds)
        if not done.problems:
            told = _keeps_up(report, ledgers, config, templates, kinds, habits)
            done = replace(done, told=(*done.told, *told))
        return replace(done, told=(*together, *done.told, *found.told))

    def proposed(answers: Answers) -> Proposal:
        if settings:  # the office that is there signs, whatever the ledger says
            answers = replace(answers, office=settings.office.name)
        it = propose(ledgers, kinds, answers, habits)
        if habits and (proof := _proof(it, config, templates, settings, habits[-1])).said:
            it = propose(ledgers, kinds, answers, habits, proof)
        name = _free_name(it.name, settings)
        told, doubts = (*together, *it.told, *found.told), (*problems, *it.doubts)
        return replace(it, name=name, told=told, doubts=doubts, signed=settings is not None)

    wanted = talk(said, proposed, kinds)
    if wanted is None:
        return Done(told=("没有建立，什么也没有写。",))
    if wanted.undecided:
        return Done(problems=wanted.undecided)
    return replace(_made(wanted, config, templates, settings), beside_samples=bool(samples))


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


def _added(
    ledgers: Sequence[LedgerSeen], report: Report, problems: Sequence[Problem], kinds: Mapping[str, Kind]
) -> Done:
    """The ledgers that are not on file yet are put there; one of a period that is there is never written over."""
    there = on_file(report, kinds)
    new = [ledger for ledger in ledgers if not is_on_file(ledger, there)]
    doubts = [*problems, *_contradicted(new, [one.path for one in there]), *in_the_way(new, report.input)]
    if doubts:
        return Done(problems=tuple(doubts))
    told = [f"“{report.name}”已经建好，{'没有要补的' if not new else '补上了台账'}。"]
    told += put_away(new, report.input)
    return Done(report.name, tuple(told))


def _keeps_up(
    report: Report,
    ledgers: Sequence[LedgerSeen],
    config: Path,
    templates: Path,
    kinds: Mapping[str, Kind],
    habits: Sequence[Habits],
) -> list[str]:
    """Adds to the settings what ledgers that came later bring; tells of that, and of the circulars beside them."""
    there = on_file(report, kinds)
    periods = [period for ledger in there for period in ledger.periods]
    old = [one for one in there if not is_on_file(one, ledgers)]
    news = news_of(report, kind_for(templates, report), old, ledgers if old else (), kinds)
    if news.added:
        text = with_words(_text_of(config), report.name, news.added)
        settings_in(read_yaml(text, config.name), config)
        write_whole(config, text.encode())
    issues, told = numbers_of(report, habits, periods)
    if issues:
        keep(issues, report)
    return [*news.told, *told]


def _contradicted(new: Sequence[LedgerSeen], there: Sequence[Path]) -> Iterator[Problem]:
    dated = {period.last: path for path in there if (period := parse_period(path.stem))}
    for ledger in new:
        if ledger.last is None:
            yield undecided(
                f"“{ledger.path.name}”是哪一期的台账", "文件名里写明期次，再运行一次", Place(ledger.path.name)
            )
        elif not ledger.months and (path := dated.get(ledger.last.last)):
            message = f"{ledger.last.label}以哪一本为准：已有“{path.name}”，“{ledger.path.name}”与它内容不同"
            yield undecided(message, "要换的，先把已有的那本移走；不换的不必再给", Place(ledger.path.name))


# ---------------------------------------------------------------------------------------------- a new report


def _made(proposal: Proposal, config: Path, templates: Path, settings: Settings | None) -> Done:
    """Writes settings, roster and copies of the ledgers, after reading them as a run will."""
    text, tried = _as_written(proposal, config, settings)
    names, said = verified(proposal, tried, templates)
    folder = config.parent / "input" / proposal.name
    said += in_the_way(proposal.ledgers, folder)
    if any(p.level is Level.ERROR for p in said):
        return Done(problems=tuple(said))
    told: list[str] = []
    if settings is None:
        told += set_aside(config) if is_there(config) else []
        roster = _roster_name(config.parent)
        write_whole(config.parent / roster, roster_of_ledgers(names))
        text = new_settings(proposal, roster)
    else:
        told += fill_up(tried, names)
    told += put_away(proposal.ledgers, folder)
    write_whole(config, text.encode())
    if proposal.bears:
        keep(proposal.bears, next(it for it in tried.reports if it.name == proposal.name))
    told.append(f"设置已写好：{config.name}")
    if not proposal.office and settings is None:
        told.append(f"还没有署名：用记事本打开 {config.name}，在“name:”后面的引号里写上单位名称，保存，再运行一次。")
    return Done(proposal.name, tuple(told), tuple(said))


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
