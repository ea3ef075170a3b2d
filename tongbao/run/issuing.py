"""Under which date and numbers a paper goes out: as the settings state, as kept for its period, else asked once.

What is asked is proposed from the last period; without a console the proposal is taken and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tongbao.config.issued_as import FILE, Issued, issued_before, keep_issued
from tongbao.config.issuing import DATED, ISSUE, NUMBER, SIGNER
from tongbao.config.office import Report
from tongbao.model import Ledger, Level, Problem
from tongbao.outside.files import from_here
from tongbao.run.dialogue import Talk
from tongbao.words.periods import cell_date, chinese_date, parse_period
from tongbao.words.serials import following_serial, in_its_form

_NAMES = {DATED: "成文日期", ISSUE: "期号", NUMBER: "发文字号", SIGNER: "签发人"}
_EXAMPLES = {DATED: "2022-02-09", ISSUE: "第3期", NUMBER: "云政督〔2022〕2号", SIGNER: "姓名"}
_NONE = ("-", "无", "没有")


def issued_as(report: Report, ledger: Ledger, talk: Talk) -> tuple[Report, list[Problem]]:
    """The report with date, numbers and signer of its period, and what was taken without being confirmed.

    What a person types is kept beside the papers: a rerun of the period asks nothing and prints the same.
    """
    asking = _Asking(report, ledger, issued_before(report.output), talk)
    missing = asking.missing()
    if not missing:
        return asking.filled({}), []
    answers, assumed = _answers(asking, missing)
    known = {**asking.kept.fields, **answers}
    confirmed = (asking.kept.assumed - answers.keys()) | assumed
    if answers:
        entry = Issued(ledger.as_of, known, frozenset(confirmed))
        keep_issued(report.output, {**asking.known, ledger.period.token: entry})
    return asking.filled(answers), [*_taken(report, answers, assumed), *_without(report, missing, answers)]


@dataclass(frozen=True, slots=True)
class _Asking:
    """One period of a report, with what is known of all its periods."""

    report: Report
    ledger: Ledger
    known: Mapping[str, Issued]
    talk: Talk

    @property
    def token(self) -> str:
        return self.ledger.period.token

    @property
    def kept(self) -> Issued:
        """What is kept of this period."""
        return self.known.get(self.token) or Issued(self.ledger.as_of)

    def missing(self) -> list[str]:
        """The fields to be asked, those whose answer nobody confirmed too."""
        wanted = [name for name in (NUMBER, ISSUE, DATED, SIGNER) if self._is_asked(name)]
        return [name for name in wanted if name not in self.kept.fields or name in self.kept.assumed]

    def _is_asked(self, name: str) -> bool:
        """Is a field open? Nothing is asked of an office whose papers bear neither masthead nor number."""
        report, own = self.report, self.report.issuing
        if self.token in own.stated.get(name, {}):
            return False
        if name == DATED:
            numbered = report.masthead is not None or report.document_number or own.says(NUMBER)
            return self.token not in report.dated and bool(DATED in own.asked or report.dated or numbered)
        if own.says(name):
            return True
        bulletin = report.masthead is not None and report.masthead.name and not report.document_number
        bare = bool(bulletin) and not (report.masthead and report.masthead.issue) and not own.says(NUMBER)
        # An office that answered once that its bulletin has no number is not asked again.
        return name == ISSUE and bare and self.last(ISSUE, empty=True) != ""

    # ------------------------------------------------------------------------------------------ proposals

    def _history(self, name: str) -> list[tuple[date, str]]:
        """The values of a field in the periods before, oldest first, with the last day of each period."""
        found = {one.last: one.fields[name] for one in self.known.values() if name in one.fields}
        for token, text in self.report.issuing.stated.get(name, {}).items():
            if period := parse_period(token):
                found[period.last] = text
        return sorted((day, text) for day, text in found.items() if day < self.ledger.as_of)

    def last(self, name: str, *, empty: bool = False) -> str | None:
        """The last value of a field; None where there is none. `empty`: an empty one counts."""
        texts = [text for _, text in self._history(name) if text or empty]
        return texts[-1] if texts else None

    def proposal(self, name: str) -> str:
        """What follows from the last period; empty where nothing does."""
        if name in self.kept.fields:  # taken in an earlier run, and confirmed by nobody
            return self.kept.fields[name]
        if name == DATED:
            return (self._like_last() or self.ledger.as_of).isoformat()
        if name == SIGNER:
            return self.last(SIGNER) or ""
        history = [(day.year, text) for day, text in self._history(name) if text]
        return following_serial(history, self.ledger.as_of.year)

    def _like_last(self) -> date | None:
        """As many days after the end of the period as last time."""
        known = [(one.last, cell_date(one.fields[DATED])) for one in self.known.values() if DATED in one.fields]
        known += [(period.last, day) for token, day in self.report.dated.items() if (period := parse_period(token))]
        before = sorted((last, day) for last, day in known if day and last < self.ledger.as_of)
        return self.ledger.as_of + timedelta(days=(before[-1][1] - before[-1][0]).days) if before else None

    # ------------------------------------------------------------------------------------------ the report

    def filled(self, answers: Mapping[str, str]) -> Report:
        """The report with what holds for this period."""
        report, stated = self.report, self.report.issuing.stated
        said = {**self.kept.fields, **answers} | {
            name: by_period[self.token] for name, by_period in stated.items() if self.token in by_period
        }
        open_ = {name: text for name, text in said.items() if name in stated or self._is_asked(name)}
        day = cell_date(open_.get(DATED, ""))
        masthead = report.masthead
        return replace(
            report,
            masthead=masthead and replace(masthead, issue=open_.get(ISSUE, masthead.issue)),
            document_number=open_.get(NUMBER, report.document_number),
            signer=open_.get(SIGNER, report.signer),
            dated={**report.dated, self.token: day} if day else report.dated,
        )


# ---------------------------------------------------------------------------------------------- answers


def _answers(asking: _Asking, names: Sequence[str]) -> tuple[dict[str, str], frozenset[str]]:
    """What is typed for each field, or taken where nobody is there (these by name too)."""
    given: dict[str, str] = {}
    assumed: set[str] = set()
    for name in names:
        proposal = asking.proposal(name)
        typed = _typed(asking, name, proposal, first=not given)
        if typed is not None:
            given[name] = typed
        elif proposal and not (name == DATED and proposal == asking.ledger.as_of.isoformat()):
            given[name] = proposal
            assumed.add(name)
    return given, frozenset(assumed)


def _typed(asking: _Asking, name: str, proposal: str, *, first: bool) -> str | None:
    """The value that a person gives; None where there is nobody."""
    shown = chinese_date(date.fromisoformat(proposal)) if name == DATED else proposal
    enter = f"直接回车就是 {shown}" if proposal else "直接回车表示没有"
    lines = [f"这一期通报的{'、'.join(_NAMES[n] for n in asking.missing())}还没有写明，问一次就记住。"] if first else []
    while True:
        typed = asking.talk(lines, f"{_NAMES[name]}（如 {_EXAMPLES[name]}；{enter}）：")
        if typed is None:
            return None
        if (value := _read(asking, name, typed.strip(), proposal)) is not None:
            return value
        lines = [f"没有看懂，请写成 {_EXAMPLES[name]} 的样子。"]


def _read(asking: _Asking, name: str, typed: str, proposal: str) -> str | None:
    """The value meant by what was typed; None where it is none."""
    if not typed:
        return proposal
    if "\ufffd" in typed:  # bytes that are no characters of this console
        return None
    if name == DATED:
        day = cell_date(typed) or cell_date(f"{asking.ledger.as_of.year}年{typed}")
        return day.isoformat() if day else None
    if typed in _NONE:
        return ""
    last = proposal or asking.last(name) or (_EXAMPLES[ISSUE] if name == ISSUE else "")
    return in_its_form(typed, last)


# ---------------------------------------------------------------------------------------------- what is said


def _taken(report: Report, answers: Mapping[str, str], assumed: frozenset[str]) -> list[Problem]:
    """A note of what was taken from the last period because nobody was there to ask."""
    taken = [f"{_NAMES[name]}{_shown(name, text)}" for name, text in answers.items() if name in assumed]
    if not taken:
        return []
    fix = f"不对的，在 config.yaml 的这份通报下写明这一期的，或双击运行时改；记在 {from_here(report.output / FILE)}"
    return [Problem(Level.NOTE, "issued_as", f"没有人可问，照上一期推定：{'、'.join(taken)}", fix)]


def _without(report: Report, missing: Sequence[str], answers: Mapping[str, str]) -> list[Problem]:
    """A warning for numbers that are to be asked, where nobody is there and nothing is known."""
    lacking = [_NAMES[n] for n in missing if n in (ISSUE, NUMBER) and n not in answers and report.issuing.says(n)]
    if not lacking:
        return []
    fix = "在通报里补上，或在 config.yaml 的这份通报下写明；双击运行时会问"
    return [Problem(Level.WARNING, "issue_unknown", f"没有{'、'.join(lacking)}，通报里空着", fix)]


def _shown(name: str, text: str) -> str:
    day = cell_date(text) if name == DATED else None
    return f"“{chinese_date(day) if day else text}”"
