"""核稿 without a ledger: a circular's own words and figures against each other.

Every check is a plain function over the claims of the paper; adding a check is a function and a line in `CHECKS`. A
check says that something holds, or that it is wrong; where the text leaves room for a right reading it stays silent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from tongbao.model import Level, Problem
from tongbao.proof.claims import Reading, Verdict, covered, read_claims
from tongbao.proof.comments import Note, annotate
from tongbao.proof.growth import growth
from tongbao.proof.headings import heading_numbers
from tongbao.proof.members import lists
from tongbao.proof.paper import Paper, read
from tongbao.proof.repeats import definite, repeated
from tongbao.proof.shares import CUT, rate_ranges, shares, whole_shares
from tongbao.proof.sums import parts_and_wholes
from tongbao.proof.tablecheck import tables
from tongbao.proof.wording import annexes, dates, half_width, period

CHECKS: tuple[Callable[[Reading], Iterable[Verdict]], ...] = (
    parts_and_wholes,
    lists,
    shares,
    whole_shares,
    rate_ranges,
    growth,
    repeated,
    definite,
    tables,
    heading_numbers,
    dates,
    period,
    annexes,
    half_width,
)
LABELS = {Level.ERROR: "不一致", Level.WARNING: "请核", Level.NOTE: "提示"}


# ---------------------------------------------------------------------------------------------- records


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: where, the words as printed, what is said, why it is wrong, what to do.

    `start` and `end` are a span of the paragraph's text. The fingerprint is of the code and the sentence, so it stays
    when paragraphs are moved, and is gone when the sentence is changed.
    """

    code: str
    level: Level
    paragraph: int
    start: int
    end: int
    place: str
    quote: str
    says: str
    why: str
    fix: str
    fingerprint: str

    @property
    def label(self) -> str:
        """The word that the clerk reads: 不一致, 请核, 提示."""
        return LABELS[self.level]

    @property
    def text(self) -> str:
        """The finding in one paragraph, as the comment in the margin says it."""
        return f"【{self.label}】{self.says}。{self.why}{self.fix}（{self.fingerprint}）"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check: findings in reading order, and how much of the paper they rest on.

    `numbers` counts the quantities and shares of the text, `judged` those that some check could judge, `held` the
    statements that were found right. `dismissed` are the findings that the clerk had set aside before.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    dismissed: tuple[Finding, ...] = ()
    held: int = 0
    numbers: int = 0
    judged: int = 0
    insertions: int = 0
    deletions: int = 0

    def count(self, level: Level) -> int:
        """How many findings of that level."""
        return sum(f.level is level for f in self.findings)

    def as_json(self) -> dict[str, object]:
        """The report as plain data."""
        return {
            "format": 1,
            "file": self.name,
            "counts": {level.value: self.count(level) for level in Level},
            "statements": {"held": self.held, "found": len(self.findings), "dismissed": len(self.dismissed)},
            "numbers": {"all": self.numbers, "judged": self.judged, "not_judged": self.numbers - self.judged},
            "pending": {"insertions": self.insertions, "deletions": self.deletions},
            "findings": [_plain(f) for f in self.findings],
            "dismissed": [f.fingerprint for f in self.dismissed],
        }


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code, "level": finding.level.value, "label": finding.label,
        "paragraph": finding.paragraph + 1, "span": [finding.start, finding.end], "place": finding.place,
        "quote": finding.quote, "says": finding.says, "why": finding.why, "fix": finding.fix,
        "fingerprint": finding.fingerprint,
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------- the check


def check(data: bytes, name: str, *, dismissed: Collection[str] = ()) -> tuple[Report, list[Problem]]:
    """Reads a .docx and checks it. A file that cannot be read gives an empty report and the problem that says why."""
    paper, problems = read(data, name)
    if paper is None:
        return Report(name), problems
    return check_paper(paper, dismissed=dismissed), problems


def check_paper(paper: Paper, *, dismissed: Collection[str] = ()) -> Report:
    """Checks a paper that has been read."""
    reading = read_claims(paper)
    verdicts = list(_distinct(v for test in CHECKS for v in test(reading)))
    told = [v for v in verdicts if v.level is not None]
    findings = sorted((_finding(v, reading) for v in _folded(told)), key=lambda f: (f.paragraph, f.start))
    spans = {(v.paragraph, span) for v in verdicts for span in v.judged}
    return Report(
        paper.name,
        tuple(f for f in findings if f.fingerprint not in dismissed),
        tuple(f for f in findings if f.fingerprint in dismissed),
        held=len(verdicts) - len(told),
        numbers=sum(1 for _ in reading.numbers),
        judged=len(spans),
        insertions=paper.insertions,
        deletions=paper.deletions,
    )


def commented(data: bytes, report: Report) -> bytes:
    """A copy of the checked .docx with a Word comment at each finding."""
    return annotate(data, [Note(f.paragraph, f.start, f.end, f.text) for f in report.findings])


def _distinct(verdicts: Iterable[Verdict]) -> Iterable[Verdict]:
    """The first of all verdicts that are about the very same numbers in the same way."""
    seen = set()
    for verdict in verdicts:
        key = (verdict.code, verdict.paragraph, frozenset(verdict.judged) or (verdict.start, verdict.end, verdict.says))
        if key not in seen:
            seen.add(key)
            yield verdict


def _folded(verdicts: list[Verdict]) -> list[Verdict]:
    """All shares that were cut off instead of rounded are told in one note."""
    cut = [v for v in verdicts if v.code == CUT]
    if len(cut) < 2:
        return verdicts
    one = replace(cut[0], says=f"全文有 {len(cut)} 处占比是截去尾数得到的，其余是四舍五入，第一处在这里")
    return [v for v in verdicts if v.code != CUT] + [one]


def _finding(verdict: Verdict, reading: Reading) -> Finding:
    assert verdict.level is not None
    paragraph = reading.paper.paragraphs[verdict.paragraph]
    folded = reading.folded[verdict.paragraph]
    start, end = folded.span(verdict.start, min(verdict.end, len(folded.text)))
    quote = _sentence(folded.text, verdict.start, verdict.end)
    digest = hashlib.sha256(f"{verdict.code}|{quote}|{folded.text[verdict.start : verdict.end]}".encode()).hexdigest()
    return Finding(
        verdict.code, verdict.level, verdict.paragraph, start, end, paragraph.place,
        quote, verdict.says, verdict.why, verdict.fix, digest[:12],
    )  # fmt: skip


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence(s) that a span stands in."""
    seen = covered(text)
    first = max(seen.rfind(stop, 0, start) for stop in "。！？\n") + 1
    ends = [at for stop in "。！？\n" if (at := seen.find(stop, max(end - 1, 0))) >= 0]
    return text[first : min(ends) + 1 if ends else len(text)].strip("\n")
