"""Remarks: whatever a check of a paper found that is to be looked at, as one record, in the words that the clerk reads.

Verdicts and statements also tell what agrees; a remark never does. Here remarks are made from them, put in order,
dismissed, and written: on a line of the screen, beside the text, as plain data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tongbao.model import Level
from tongbao.proof.against_standard import Deviation, Strength
from tongbao.proof.basis.kept import Basis
from tongbao.proof.text.sentences import Reading, covered
from tongbao.proof.verdicts import Statement, Status, Verdict
from tongbao.word.comments import Note
from tongbao.word.document import Paper, Stretch
from tongbao.word.unread import STRUCK
from tongbao.words.folding import Folded
from tongbao.words.text import shortened

# The checks of the paper itself that are about figures which a ledger can decide.
_FIGURES = {"sum", "list", "share", "share-whole", "rate-range", "growth", "two-values", "table-total", "table-status"}
_LINE = 36  # characters of a quotation: with the words about it, one line of an 80 column screen holds no more
_LEVELS = {Status.DIFFERS: Level.ERROR, Status.DELETED: Level.ERROR, Status.UNPROVEN: Level.WARNING}
_LABELS = {Level.ERROR: "不一致", Level.WARNING: "请核", Level.NOTE: "提示"}
_HEAD = "# 已核实无误、以后不再提示的意见，每行一条。删去一行，下次核稿又会提示。\n"
_DISMISSED = re.compile(r"^\s*([0-9a-f]{12})\b", re.MULTILINE)


class Source(Enum):
    """Who found it: the proof against the ledger, the paper's check of itself, that of its layout, or the reader."""

    LEDGER = auto()
    PAPER = auto()
    LAYOUT = auto()
    UNREAD = auto()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: what was found, why it is wrong, what to do; where, and in which words.

    `at` is None where it is about no words of the text. The fingerprint is made from what was found and from the words
    that it is about, not from their place: it stays the same when paragraphs are moved, and changes with the words.
    """

    source: Source
    level: Level
    code: str
    label: str
    place: str
    at: Stretch | None
    quote: str
    says: str
    why: str
    fix: str
    fingerprint: str

    @property
    def counts(self) -> bool:
        """Does it keep the paper from passing?"""
        return self.level is not Level.NOTE

    @property
    def text(self) -> str:
        """All that is to be said, in sentences."""
        return (self.says and f"{self.says}。") + self.why + self.fix

    @property
    def line(self) -> str:
        """The remark on one line of the screen."""
        quote = f"“{_cut(self.quote)}”" if self.quote else ""
        return f"【{self.label}】{self.place}{quote}：{self.text}"

    @property
    def note(self) -> Note | None:
        """The remark beside the words it is about."""
        return self.at and Note(*self.at, f"【{self.label}】{self.text}（编号{self.fingerprint}）")

    def plain(self) -> dict[str, object]:
        """The remark as plain data."""
        return {
            "label": self.label, "code": self.code, "place": self.place, "quote": _cut(self.quote),
            "text": self.text, "fingerprint": self.fingerprint,
        }  # fmt: skip

    def in_full(self) -> dict[str, object]:
        """A remark on words of the text as plain data, with their span, and what is said in its parts."""
        assert self.at
        return {
            "code": self.code, "level": self.level.value, "label": self.label,
            "paragraph": self.at.paragraph + 1, "span": [self.at.start, self.at.end], "place": self.place,
            "quote": self.quote, "says": self.says, "why": self.why, "fix": self.fix,
            "fingerprint": self.fingerprint,
        }  # fmt: skip


def in_order(remarks: Iterable[Remark]) -> list[Remark]:
    """In the order of the text; what is about none of its words comes last."""
    return sorted(remarks, key=lambda r: (r.at is None, r.at[:2] if r.at else ()))


# ---------------------------------------------------------------------------------------------- against the ledger


def on_verdicts(verdicts: Sequence[Verdict], paper: Paper, basis: Basis) -> Iterator[Remark]:
    """A remark on every verdict that does not agree; the same doubt about several figures of a clause is told once."""
    told: set[tuple[object, ...]] = set()
    for verdict in verdicts:
        doubt = (verdict.at.paragraph, verdict.about, verdict.why)
        if verdict.status is Status.AGREES or doubt in told:
            continue
        if verdict.status is Status.UNPROVEN and not verdict.fresh:
            told.add(doubt)
        yield _on_verdict(verdict, paper, basis)


def _on_verdict(verdict: Verdict, paper: Paper, basis: Basis) -> Remark:
    status, place = verdict.status, paper.paragraphs[verdict.at.paragraph].place
    why = (verdict.why and f"{verdict.why}。") + _because(verdict, basis)
    words = "|".join((status.name, verdict.key, verdict.about, verdict.said, verdict.should, verdict.why))
    return Remark(
        Source.LEDGER, _LEVELS[status], status.code, status.value, place, verdict.at, verdict.about,
        _stands(verdict), why, "", _fingerprint(words),
    )  # fmt: skip


def _stands(verdict: Verdict) -> str:
    """What the paper says and what it should say, as far as the quotation and the reason do not say it."""
    said, should = _cut(verdict.said), _cut(verdict.should)
    if said == _cut(verdict.about):
        said = ""
    if verdict.status is Status.DIFFERS and said and should:
        return f"稿中是“{said}”，应为“{should}”"
    if verdict.status is Status.DIFFERS and should:
        return f"应有“{should}”"
    if verdict.status is Status.DELETED and should not in ("", _cut(verdict.about)):
        return f"原有“{should}”"
    return f"稿中是“{said}”" if said else ""


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
    shown = "、".join(map(str, rows[:8]))  # eight fit a line; of more, their number is told
    return f"第{shown}行" if len(rows) <= 8 else f"第{shown}等{len(rows)}行"


# ---------------------------------------------------------------------------------------------- the paper itself


def on_statements(statements: Iterable[Statement], reading: Reading) -> Iterator[Remark]:
    """A remark on every statement that does not hold."""
    for statement in statements:
        if statement.level is not None:
            yield _on_statement(statement, statement.level, reading)


def _on_statement(statement: Statement, level: Level, reading: Reading) -> Remark:
    folded = reading.folded[statement.paragraph]
    place = reading.paper.paragraphs[statement.paragraph].place
    at = Stretch(statement.paragraph, *folded.span(statement.start, min(statement.end, len(folded.text))))
    quote = _sentence(folded, statement)
    words = f"{statement.code}|{quote}|{folded.text[statement.start : statement.end]}"
    return Remark(
        Source.PAPER, level, statement.code, _LABELS[level], place, at, quote,
        statement.says, statement.why, statement.fix, _fingerprint(words),
    )  # fmt: skip


def _sentence(folded: Folded, statement: Statement) -> str:
    """The sentence(s) that a statement stands in."""
    seen = covered(folded.text)
    first = max(seen.rfind(stop, 0, statement.start) for stop in "。！？\n") + 1
    ends = [at for stop in "。！？\n" if (at := seen.find(stop, max(statement.end - 1, 0))) >= 0]
    return folded.text[first : min(ends) + 1 if ends else None].strip("\n")


def undecided(remarks: Iterable[Remark], verdicts: Sequence[Verdict]) -> Iterator[Remark]:
    """Of the remarks on what the paper says against itself, those that the ledger has not decided.

    A figure that the ledger finds wrong is not told once more because it does not add up. Where the ledger confirms
    every figure of a remark, the sum must have been misread. `verdicts` are all of them, those of new figures too: a
    new 完成率54% beside two confirmed counts, 11 of 25, is not decided.
    """
    for remark in remarks:
        statuses = {v.status for v in verdicts if remark.at and v.at.touches(remark.at)}
        decided = Status.DIFFERS in statuses or statuses == {Status.AGREES}
        if not (decided and remark.code in _FIGURES):
            yield remark


# ---------------------------------------------------------------------------------------------- the layout


def on_layout(deviations: Iterable[Deviation]) -> Iterator[Remark]:
    """What departs from GB/T 9704; only what the standard demands outright keeps a paper from passing."""
    for d in deviations:
        level = Level.WARNING if d.strength is Strength.MUST else Level.NOTE
        clause = f"（GB/T 9704 {d.clause}，{d.strength.label}）" if d.clause else ""
        mark = _fingerprint(f"{d.code}|{d.says}")
        yield Remark(Source.LAYOUT, level, d.code, "版式", d.place, None, "", d.says + clause, "", d.fix, mark)


# ---------------------------------------------------------------------------------------------- what was not read


def on_unread(paper: Paper) -> Iterator[Remark]:
    """What stands in the paper that no check has seen, or that may be seen otherwise than it was read."""
    for it in paper.unread:
        at = Stretch(it.paragraph)
        label, code = ("读不到", "unread") if it.lost else ("读不准", "seen-otherwise")
        quote = it.near or it.detail
        says = f"{it.kind}{f'（{it.detail}）' if it.detail and it.detail != quote else ''}"
        otherwise = "按已删去核对" if it.kind == STRUCK else "纸面上看到的可能不是核过的字"
        why = f"这里有{says}，程序读不到，没有核。" if it.lost else f"这里有{says}，{otherwise}。"
        mark = _fingerprint(f"{code}|{it.kind}|{it.detail}|{it.mark}|{it.near}")
        yield Remark(Source.UNREAD, Level.WARNING, code, label, it.place, at, quote, "", why, _LOOK, mark)


_LOOK = "请对照原稿人工核对。"


# ---------------------------------------------------------------------------------------------- dismissed remarks


def fingerprints(dismissed: str) -> frozenset[str]:
    """The fingerprints of the remarks that a clerk set aside, from the text of the file that lists them."""
    return frozenset(_DISMISSED.findall(dismissed))


def with_dismissed(dismissed: str, remarks: Iterable[Remark], file: str) -> str:
    """The text of that file with more remarks, a line for each: its fingerprint, the file, what was said."""
    lines = "".join(f"{r.fingerprint}  {file}  {r.line}\n" for r in remarks)
    return (dismissed or _HEAD).rstrip("\n") + "\n" + lines


# ---------------------------------------------------------------------------------------------- texts


def _fingerprint(words: str) -> str:
    """Kept in offices' files: what is hashed must stay as it is, or what was dismissed is raised again."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _cut(text: str, most: int = _LINE) -> str:
    return shortened(text.replace("\n", "").replace("\t", "").strip(), most)
