"""核稿, the whole of it: a paper against the ledger that it was made from, against itself, and its layout.

What a clerk dismissed once is kept in 核稿忽略.txt beside the paper, a line for each finding, and not raised again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.deliver import deliver, write_whole
from tongbao.outside.files import content, content_if_there
from tongbao.proof.against_ledger.prove import Proof, prove
from tongbao.proof.against_standard import check_layout
from tongbao.proof.basis.kept import FILE, Basis
from tongbao.proof.basis.search import Ground, changed_ledgers, find_ground
from tongbao.proof.claims.selfcheck import SelfCheck, check_paper
from tongbao.proof.remarks import (
    Remark,
    Source,
    fingerprints,
    in_order,
    on_layout,
    on_statements,
    on_unread,
    on_verdicts,
    undecided,
    with_dismissed,
)
from tongbao.proof.verdicts import Status, Verdict
from tongbao.word.comments import Note, annotate
from tongbao.word.document import Paper, Stretch, read
from tongbao.word.foreign import as_docx
from tongbao.word.package import UnreadableError
from tongbao.words.text import first_few

Tell = Callable[[str], None]
DISMISSED = "核稿忽略.txt"
COPY, RECORD = "（核稿意见）", ".核稿.json"
_SHOWN = 60  # remarks on the screen, about as much as one reads there; all are in the copy and in the record


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewed paper. Without `ground`, the basis, it was only checked against itself.

    `contradictions` are all remarks on what the paper says against itself, also those that the ledger decided.
    `remarks` are those of all sources that are left to look at, in reading order, `dismissed` those set aside.
    """

    path: Path
    data: bytes
    paper: Paper
    own: SelfCheck
    contradictions: tuple[Remark, ...] = ()
    ground: Ground | None = None
    proof: Proof = field(default_factory=Proof)
    remarks: tuple[Remark, ...] = ()
    dismissed: tuple[Remark, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passes(self) -> bool:
        """Is nothing left that somebody has to look at?"""
        return not any(r.counts for r in self.remarks)

    @property
    def verdict(self) -> str:
        """The last word for the clerk. A paper passes only where all of it was read, or looked at by a person."""
        if self.passes:
            return "核稿通过。"
        if all(r.source is Source.UNREAD for r in self.remarks if r.counts):
            places = sum(r.counts for r in self.remarks)
            return f"读到的部分没有要改的；上面{places}处程序没有核到，请对照原稿人工核对，核对前不算通过。"
        return "请照上面逐条核对；原稿没有改动，意见批注在副本里。"

    def without(self, numbers: Iterable[int]) -> Review:
        """The review after the clerk dismissed some of the remarks."""
        gone = sorted(set(numbers))
        kept = tuple(r for n, r in enumerate(self.remarks) if n not in gone)
        return replace(self, remarks=kept, dismissed=(*self.dismissed, *(self.remarks[n] for n in gone)))


# ---------------------------------------------------------------------------------------------- reviewing


def review(path: Path, config: Path, tell: Tell) -> Review:
    """Reviews a .docx. Raises Refusal for a file that is not there or cannot be read."""
    tell("读取稿件")
    data, turned = as_docx(content(path), path.name)
    paper, problems = read(data, path.name)
    if paper is None:
        raise Refusal(*problems)
    ground, said = find_ground(path, data, paper, config)
    tell("核对稿件自身和版式")
    own = check_paper(paper)
    found = in_order(on_statements(own.wrong, own.reading))
    contradictions = found
    layout = check_layout(data, paper)
    proved = Proof()
    if ground:
        tell("与台账逐项核对")
        proved = prove(paper, ground.basis)
        contradictions = list(undecided(contradictions, proved.verdicts))  # asked before 无法核对 goes from new figures
        proved = _confirmed(proved, own.judged)
        said += changed_ledgers(ground)
    on_facts = on_verdicts(proved.verdicts, paper, ground.basis if ground else Basis(""))
    remarks = in_order([*on_facts, *contradictions, *on_layout(layout), *on_unread(paper)])
    known = fingerprints(_dismissed(path))
    return Review(
        path, data, paper, own, tuple(found), ground, proved,
        tuple(r for r in remarks if r.fingerprint not in known),
        tuple(r for r in remarks if r.fingerprint in known),
        (*turned, *said),
    )  # fmt: skip


def _confirmed(proved: Proof, judged: Iterable[Stretch]) -> Proof:
    """The proof without the verdicts 无法核对 on new numbers that the paper's own sums judge, right or wrong."""
    by_paragraph: dict[int, list[Stretch]] = {}
    for number in judged:
        by_paragraph.setdefault(number.paragraph, []).append(number)

    def confirmed(verdict: Verdict) -> bool:
        return verdict.fresh and any(map(verdict.at.touches, by_paragraph.get(verdict.at.paragraph, ())))

    return replace(proved, verdicts=tuple(v for v in proved.verdicts if not confirmed(v)))


# ---------------------------------------------------------------------------------------------- dismissed remarks


def _dismissed(path: Path) -> str:
    """What the file of dismissed remarks beside a paper holds; nothing where there is none."""
    file = path.parent / DISMISSED
    return (content_if_there(file) or b"").decode("utf-8-sig", errors="replace")


def dismiss(path: Path, remarks: Sequence[Remark]) -> Path:
    """Adds remarks to the file of dismissed ones beside the paper; gives the file. Raises Refusal."""
    file = path.parent / DISMISSED
    write_whole(file, with_dismissed(_dismissed(path), remarks, path.name).encode("utf-8-sig"))
    return file


# ---------------------------------------------------------------------------------------------- what is shown


def lines(done: Review) -> Iterator[str]:
    """The verdict in short, then every remark on a line with its number."""
    proved = done.proof
    left = Counter(r.source for r in done.remarks if r.counts)
    if done.ground:
        yield f"依据：{done.ground.basis.period}的台账，生成的通报“{done.ground.basis.circular}”"
        facts = Counter(r.code for r in done.remarks if r.source is Source.LEDGER)
        told = [f"{s.value}{facts[s.code]}处" for s in Status if s is not Status.AGREES]
        yield f"证实{proved.count(Status.AGREES)}处，" + "，".join(told)
        if proved.lines:
            yield f"表格（附件等）与台账一致的有{proved.lines}行，{proved.cells}格"
    else:
        yield f"没有找到这份稿子的{FILE}，不能与台账核对；只核对了稿子自身"
    yield (f"稿子自身：算得通的{done.own.held}处，要看的{left[Source.PAPER]}处；版式：要改的{left[Source.LAYOUT]}处")
    if pending := done.paper.insertions + done.paper.deletions:
        yield f"稿中有{pending}处修订还没有接受，按全部接受以后的文字核对"
    yield from _not_read(done)
    yield from (f"  {number}. {remark.line}" for number, remark in enumerate(done.remarks[:_SHOWN], 1))
    if len(done.remarks) > _SHOWN:
        yield f"  ……另有{len(done.remarks) - _SHOWN}处，见副本里的批注和{RECORD}"
    if done.dismissed:
        yield f"另有{len(done.dismissed)}处以前核实过，不再提示（记在{DISMISSED}里）"


def _not_read(done: Review) -> Iterator[str]:
    """Lines on what no check has seen: how many places, and where."""
    lost = [r for r in done.remarks if r.code == "unread"]
    if lost:
        yield f"有{len(lost)}处内容程序读不到：{first_few([r.place for r in lost], 6)}"
    if otherwise := sum(r.code == "seen-otherwise" for r in done.remarks):
        yield f"有{otherwise}处内容程序读不准，纸面上看到的可能不一样"
    if done.paper.comments:
        yield f"稿中有{done.paper.comments}条批注，不算稿子的内容，没有核"


# ---------------------------------------------------------------------------------------------- what is written


def write(done: Review) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the copy with comments, where there is anything to comment, and the record. Raises Refusal."""
    stem = done.path.stem.removesuffix(COPY)
    notes = [r.note for r in done.remarks if r.note]
    marked, problems = _marked(done, notes) if notes else (b"", [])
    copies = {f"{stem}{COPY}{_suffix(done.path)}": marked} if marked else {}
    name = f"{stem}{RECORD}"
    written, said = deliver(done.path.parent, copies, (name, lambda names: _record(done, names)))
    held = any(p.code == "output-open" and p.place.file == name for p in said)
    record = () if held else (done.path.parent / name,)
    return (*written, *record), [*problems, *(p for p in said if p.code != "output-stale")]


def _marked(done: Review, notes: Sequence[Note]) -> tuple[bytes, list[Problem]]:
    """The copy with comments; where none can be made, nothing and why. The record is written all the same."""
    try:
        return annotate(done.data, notes), []
    except UnreadableError as why:
        message = f"批注副本没有写成：{why}"
        fix = f"意见都在屏幕上和{RECORD}里；要副本，请用 Word 另存一份再核"
        return b"", [Problem(Level.WARNING, "copy-not-made", message, fix, place=Place(done.path.name))]


def _suffix(path: Path) -> str:
    """The extension of the copy: Word opens no file with macros, and no template, under the extension of another."""
    return path.suffix if path.suffix.lower() in {".docm", ".dotx", ".dotm"} else ".docx"


def _record(done: Review, names: Mapping[str, str]) -> bytes:
    proved, ground = done.proof, done.ground
    content = {
        "format": 1,
        "file": done.path.name,
        "sha256": hashlib.sha256(done.data).hexdigest(),
        "passes": done.passes,
        "basis": ground
        and {"file": str(ground.file), "circular": ground.basis.circular, "period": ground.basis.period},
        "counts": {s.code: proved.count(s) for s in Status} | {"cells": proved.cells, "lines": proved.lines},
        "verdicts": [_plain(v) for v in proved.verdicts],
        "remarks": [r.plain() for r in done.remarks],
        "dismissed": [r.plain() for r in done.dismissed],
        "self_check": _self_check(done),
        "unread": [{"place": it.place, "kind": it.kind, "lost": it.lost, "says": it.says} for it in done.paper.unread],
        "copy": next(iter(names.values()), ""),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(verdict: Verdict) -> dict[str, object]:
    return {
        "status": verdict.status.value, "paragraph": verdict.at.paragraph + 1, "span": verdict.at[1:],
        "about": verdict.about, "said": verdict.said, "should": verdict.should, "why": verdict.why,
        "key": verdict.key, "rows": len(verdict.rows),
    }  # fmt: skip


def _self_check(done: Review) -> dict[str, object]:
    """What the paper says of itself, whatever the ledger says of it."""
    own, found = done.own, done.contradictions
    levels = Counter(r.level for r in found)
    gone = [r.fingerprint for r in done.dismissed if r.source is Source.PAPER]
    return {
        "format": 1,
        "file": done.path.name,
        "counts": {level.value: levels[level] for level in Level},
        "statements": {"held": own.held, "found": len(found), "dismissed": len(gone)},
        "numbers": {"all": own.numbers, "judged": len(own.judged), "not_judged": own.numbers - len(own.judged)},
        "pending": {"insertions": done.paper.insertions, "deletions": done.paper.deletions},
        "findings": [r.in_full() for r in found],
        "dismissed": gone,
    }
