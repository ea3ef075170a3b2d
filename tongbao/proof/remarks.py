"""Findings in the words that the clerk reads: on the screen, beside the text, and in the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongbao.model import Level
from tongbao.proof import selfcheck as proof
from tongbao.proof.basis import Basis
from tongbao.proof.layoutcheck import Deviation, Strength
from tongbao.proof.paper import Paper
from tongbao.proof.verdicts import Status, Verdict

LAYOUT = "版式"
# The checks of the paper itself that are about figures which a ledger can decide.
_FIGURES = {"sum", "list", "share", "share-whole", "rate-range", "growth", "two-values", "table-total", "table-status"}
_LINE = 36  # characters of a quotation


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: what sort, where, in which words. `counts`: it keeps the paper from passing.

    `paragraph` is -1 where it is about no place of the text. The fingerprint is of the finding and of the words that it
    is about, not of their place.
    """

    label: str
    code: str
    paragraph: int
    start: int
    end: int
    place: str
    quote: str
    text: str
    fingerprint: str
    counts: bool = True

    @property
    def line(self) -> str:
        """The finding on one line of the screen."""
        quote = f"“{self.quote}”" if self.quote else ""
        return f"【{self.label}】{self.place}{quote}：{self.text}"

    @property
    def comment(self) -> str:
        """The finding beside the words it is about."""
        return f"【{self.label}】{self.text}（编号{self.fingerprint}）"

    def plain(self) -> dict[str, object]:
        """The finding as plain data."""
        return {
            "label": self.label, "code": self.code, "place": self.place, "quote": self.quote,
            "text": self.text, "fingerprint": self.fingerprint,
        }  # fmt: skip


# ---------------------------------------------------------------------------------------------- against the ledger


def of_verdicts(verdicts: Sequence[Verdict], paper: Paper, basis: Basis) -> Iterator[Remark]:
    """A remark on every verdict that does not agree; a doubt about one clause is told once for all its figures."""
    told: set[tuple[object, ...]] = set()
    for verdict in verdicts:
        doubt = (verdict.paragraph, verdict.about, verdict.why)
        if verdict.status is Status.AGREES or doubt in told:
            continue
        if verdict.status is Status.UNPROVEN and not verdict.fresh:
            told.add(doubt)
        yield _of_verdict(verdict, paper, basis)


def _of_verdict(verdict: Verdict, paper: Paper, basis: Basis) -> Remark:
    said, why, rows = _stands(verdict), verdict.why and f"{verdict.why}。", _because(verdict, basis)
    shown = "|".join((verdict.status.name, verdict.key, verdict.about, verdict.said, verdict.should, verdict.why))
    place = paper.paragraphs[verdict.paragraph].place
    return Remark(
        verdict.status.value, verdict.status.name.lower(), verdict.paragraph, verdict.start, verdict.end,
        place, _cut(verdict.about), said + why + rows, _fingerprint(shown),
    )  # fmt: skip


def _stands(verdict: Verdict) -> str:
    """What the paper says and what it should say, as far as the quotation and the reason do not say it."""
    said, should = _cut(verdict.said), _cut(verdict.should)
    if said == _cut(verdict.about):
        said = ""
    if verdict.status is Status.DIFFERS and said and should:
        return f"稿中是“{said}”，应为“{should}”。"
    if verdict.status is Status.DIFFERS and should:
        return f"应有“{should}”。"
    if verdict.status is Status.DELETED and should not in ("", _cut(verdict.about)):
        return f"原有“{should}”。"
    return f"稿中是“{said}”。" if said else ""


def _because(verdict: Verdict, basis: Basis) -> str:
    """The ledger rows behind it, and what was counted before the first ledger on file."""
    by_sheet: dict[tuple[str, str], list[int]] = {}
    for number in verdict.rows:
        row = basis.rows[number]
        by_sheet.setdefault((row.file, row.sheet), []).append(row.row)
    told = [f"{file}“{sheet}”{_numbers(rows)}" for (file, sheet), rows in by_sheet.items()]
    source = basis.sources.get(verdict.key)
    if source and source.constant:
        told.append(f"第一份台账以前的{source.constant}项")
    return f"依据：{'；'.join(told)}。" if told else ""


def _numbers(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:8]))
    return f"第{shown}行" if len(rows) <= 8 else f"第{shown}等{len(rows)}行"


# ---------------------------------------------------------------------------------------------- the paper itself


def of_findings(findings: Sequence[proof.Finding], verdicts: Sequence[Verdict]) -> Iterator[Remark]:
    """What the paper says against itself, where the ledger has not decided it.

    A figure that the ledger finds wrong is not told again because it does not add up; and where the ledger confirms
    all that is said, the sum must have been read wrongly.
    """
    for f in findings:
        statuses = {v.status for v in verdicts if v.within(f.paragraph, f.start, f.end)}
        decided = Status.DIFFERS in statuses or statuses == {Status.AGREES}
        if decided and f.code in _FIGURES:
            continue
        text = f"{f.says}。{f.why}{f.fix}"
        counts = f.level is not Level.NOTE
        yield Remark(
            f.label, f.code, f.paragraph, f.start, f.end, f.place, _cut(f.quote), text, f.fingerprint, counts
        )  # fmt: skip


def of_layout(deviations: Sequence[Deviation]) -> Iterator[Remark]:
    """What departs from GB/T 9704; only what the standard demands outright keeps a paper from passing."""
    for d in deviations:
        text = f"{d.says}（GB/T 9704 {d.clause}，{d.strength.label}）。{d.fix}" if d.clause else f"{d.says}。{d.fix}"
        mark = _fingerprint(f"{d.code}|{d.says}")
        yield Remark(LAYOUT, d.code, -1, 0, 0, d.place, "", text, mark, d.strength is Strength.MUST)


def _fingerprint(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()[:12]


def _cut(text: str, most: int = _LINE) -> str:
    text = text.replace("\n", "").replace("\t", "").strip()
    return text if len(text) <= most else text[:most] + "…"
