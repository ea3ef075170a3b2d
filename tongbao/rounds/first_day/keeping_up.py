"""What a newer ledger of a report that is there brings: status words, sheets, headings and columns not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.config.issuing import DATED, ISSUE, NUMBER, SIGNER
from tongbao.config.kind_words import sure_label
from tongbao.config.kinds import UNUSED, Kind
from tongbao.config.office import Report
from tongbao.config.status_from import Stands
from tongbao.config.yamladded import Added
from tongbao.ledger.choice import sheet_key
from tongbao.ledger.labels import Labels
from tongbao.ledger.state_source import heading_key
from tongbao.model import Period
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.issues import Issues, issues_of
from tongbao.rounds.first_day.paper import Habits
from tongbao.rounds.first_day.proposal import LedgerSeen, Proposal
from tongbao.rounds.first_day.putting_together import propose
from tongbao.rounds.first_day.settings_text import quoted
from tongbao.rounds.first_day.sources import Where
from tongbao.words.text import key

_STANDS: Mapping[Where, Stands | None] = {
    Where.WORDS: None,
    Where.COLUMNS: Stands.COLUMNS,
    Where.HEAD: Stands.HEAD,
    Where.FILLS: Stands.FILLS,
    Where.FONTS: Stands.FONTS,
    Where.SHEETS: Stands.SHEETS,
    Where.SECTIONS: Stands.SECTIONS,
}


@dataclass(frozen=True, slots=True)
class News:
    """What is to be added to the settings of the report, and what is said of it, each in a line."""

    added: tuple[Added, ...] = ()
    told: tuple[str, ...] = ()


def news_of(
    report: Report, kind: Kind, there: Sequence[LedgerSeen], new: Sequence[LedgerSeen], kinds: Mapping[str, Kind]
) -> News:
    """What the new ledgers hold that `kind`, which is that of the report with its settings, does not know.

    What the settings say goes before all that could be proposed.
    """
    if not new:
        return News()
    found = propose([*there, *new], kinds, _settled(report))
    pairs = [*_words(found, report, kind), *_places(found, report), *_columns(found, report, there, new)]
    return News(tuple(it for it, _ in pairs if it), tuple(dict.fromkeys(text for _, text in pairs)))


def _settled(report: Report) -> Answers:
    fields = {key(header): name if name != UNUSED else "" for name, all_ in report.columns.items() for header in all_}
    words = {key(word): label for label, all_ in report.labels.items() for word in all_}
    return Answers(report.name, report.kind, fields=fields, words=words)


def _where(report: Report) -> Stands | None:
    return report.status_from.where if report.status_from else None


def _words(found: Proposal, report: Report, kind: Kind) -> Iterator[tuple[Added | None, str]]:
    """The status words without a label, as they are proposed; of one that nobody can explain the run asks."""
    if _STANDS.get(found.source.where) is not _where(report) or found.source.where in (Where.FILLS, Where.FONTS):
        return
    known = Labels(kind)
    for word in found.source.words:
        if word.label and known.named(word.text)[0] is None and sure_label(kind, word.text) is None:
            why = f"（{word.why}）" if word.why else ""
            told = f"新的状态词“{word.text}”{word.count}格：算{word.label}{why}，已写进设置的 labels，不对的在那里改"
            yield Added(("labels",), quoted(word.label), (quoted(word.text),)), told


def _places(found: Proposal, report: Report) -> Iterator[tuple[Added | None, str]]:
    """The sheets, headings and colours that say a state and are not in the settings."""
    stands = _where(report)
    if stands is None or _STANDS.get(found.source.where) is not stands or report.status_from is None:
        return
    spelt = {Stands.SHEETS: sheet_key, Stands.SECTIONS: heading_key}.get(stands, str.upper)
    known = set(map(spelt, report.status_from.labels))
    for name, label in found.source.labels.items():
        if spelt(name) not in known:
            told = f"新的“{name}”：算{label}，已写进设置的 status_from.{stands}，不对的在那里改"
            yield Added(("status_from", stands), quoted(name), (quoted(label),), single=True), told


def _columns(
    found: Proposal, report: Report, there: Sequence[LedgerSeen], new: Sequence[LedgerSeen]
) -> Iterator[tuple[Added | None, str]]:
    """The columns that no ledger on file has: those that a run would not read, or read otherwise, and others."""
    old, fresh = (_headers(ledgers) for ledgers in (there, new))
    known = {key(header) for headers in report.columns.values() for header in headers}
    strange = {at: text for at, text in fresh.items() if at not in old and at not in known}
    named = {key(header): name for name, headers in found.columns.items() for header in headers}
    for at, header in strange.items():
        name = named.get(at, "")
        if name and name != UNUSED:
            told = f"新的一栏“{header}”：当作{name}，已写进设置的 columns，不对的在那里改"
            yield Added(("columns",), quoted(name), (quoted(header),)), told
        elif name or at in {key(c.parts[-1]) for c in found.choice.understood.others}:
            added = Added(("columns",), UNUSED, (quoted(header),)) if name else None
            yield added, f"新的一栏“{header}”：没有用；要用的，在设置的 columns 里写明是哪一栏"


def _headers(ledgers: Sequence[LedgerSeen]) -> dict[str, str]:
    columns = (c for ledger in ledgers for table in ledger.parts.tables for c in table.columns)
    return {key(c.parts[-1]): c.parts[-1] for c in columns}


# ---------------------------------------------------------------------------------------------- a circular beside them


def numbers_of(report: Report, habits: Sequence[Habits], periods: Sequence[Period]) -> tuple[Issues, list[str]]:
    """What is kept of the circulars that were given for a report that is there, and what is said of them."""
    if not habits:
        return Issues(), []
    issues = issues_of(habits, periods)
    wanted = [name for name in (ISSUE, NUMBER, SIGNER, DATED) if report.issuing.says(name)]
    kept = "按上期通报接着编" if issues and wanted else ""
    names = "、".join(f"“{one.file}”" for one in habits)
    if kept:
        return issues, [f"{names}：{issues.why}，记下了，下一期{kept}；标题、附件照原来的设置"]
    why = (
        "上面没有找到期号、文号和成文日期"
        if not issues
        else "设置里没有写每期问期号、文号（issue、document_number: 问）"
    )
    return Issues(), [f"{names}没有用：“{report.name}”已经建好，标题、附件照原来的设置；{why}"]
