"""核稿, the whole of it: a paper against the ledger that it was made from, against itself, and its layout.

What a clerk dismissed once is kept in 核稿忽略.txt beside the paper, a line for each finding, and not raised again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tongbao.deliver import deliver, write_whole
from tongbao.model import Level, Problem, Refusal
from tongbao.proof import selfcheck as proof
from tongbao.proof.against import Proof, prove
from tongbao.proof.basis import FILE, Basis
from tongbao.proof.claims import read_claims
from tongbao.proof.comments import Note, annotate
from tongbao.proof.grounds import Ground, changed_ledgers, find_ground
from tongbao.proof.layoutcheck import check_layout
from tongbao.proof.paper import Paper, read
from tongbao.proof.remarks import LAYOUT, Remark, of_findings, of_layout, of_verdicts
from tongbao.proof.verdicts import Status, Verdict

Tell = Callable[[str], None]
DISMISSED = "核稿忽略.txt"
COPY, RECORD = "（核稿意见）", ".核稿.json"
_HEAD = "# 已核实无误、以后不再提示的意见，每行一条。删去一行，下次核稿又会提示。\n"
_SHOWN = 60  # findings on the screen; all of them are in the copy and in the record
_CODE = re.compile(r"^\s*([0-9a-f]{12})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewed paper. Without `ground` it was only checked against itself; `remarks` are in reading order."""

    path: Path
    data: bytes
    paper: Paper
    report: proof.Report
    ground: Ground | None = None
    proof: Proof = field(default_factory=Proof)
    remarks: tuple[Remark, ...] = ()
    dismissed: tuple[Remark, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passes(self) -> bool:
        """Nothing is left that somebody has to look at."""
        return not any(r.counts for r in self.remarks)

    def without(self, numbers: Iterable[int]) -> Review:
        """The review after the clerk dismissed some of the remarks."""
        gone = sorted(set(numbers))
        kept = tuple(r for n, r in enumerate(self.remarks) if n not in gone)
        return replace(self, remarks=kept, dismissed=(*self.dismissed, *(self.remarks[n] for n in gone)))


# ---------------------------------------------------------------------------------------------- reviewing


def review(path: Path, config: Path, tell: Tell) -> Review:
    """Reviews a .docx. Raises Refusal for a file that is not there or cannot be read."""
    if not path.is_file():
        raise Refusal(Problem(Level.ERROR, "use", f"没有这个文件：{path}", "检查文件名和所在文件夹"))
    tell("读取稿件")
    data = path.read_bytes()
    paper, problems = read(data, path.name)
    if paper is None:
        raise Refusal(*problems)
    ground, said = find_ground(path, data, paper, config)
    tell("核对稿件自身和版式")
    report = proof.check_paper(paper)
    layout, _ = check_layout(data, path.name)
    proved = Proof()
    if ground:
        tell("与台账逐项核对")
        proved = _confirmed(prove(paper, ground.basis), paper)
        said += changed_ledgers(ground)
    basis = ground.basis if ground else Basis("")
    found = [*of_verdicts(proved.verdicts, paper, basis), *of_findings(report.findings, proved.verdicts)]
    remarks = [*sorted(found, key=lambda r: (r.paragraph, r.start)), *of_layout(layout.deviations)]
    known = _dismissals(path.parent / DISMISSED)
    return Review(
        path, data, paper, report, ground, proved,
        tuple(r for r in remarks if r.fingerprint not in known),
        tuple(r for r in remarks if r.fingerprint in known),
        tuple(said),
    )  # fmt: skip


def _confirmed(proved: Proof, paper: Paper) -> Proof:
    """New numbers that the paper's own sums judge, right or wrong, are not left unproven."""
    if not any(v.fresh for v in proved.verdicts):
        return proved
    reading = read_claims(paper)
    own = [v for test in proof.CHECKS for v in test(reading)]
    spans = [(v.paragraph, *reading.folded[v.paragraph].span(*span)) for v in own for span in v.judged]
    kept = (v for v in proved.verdicts if not (v.fresh and any(v.within(*span) for span in spans)))
    return replace(proved, verdicts=tuple(kept))


# ---------------------------------------------------------------------------------------------- dismissed findings


def _dismissals(file: Path) -> set[str]:
    """The fingerprints that a clerk set aside, as the file beside the paper lists them."""
    if not file.is_file():
        return set()
    return set(_CODE.findall(file.read_bytes().decode("utf-8-sig", errors="replace")))


def dismiss(path: Path, remarks: Sequence[Remark]) -> Path:
    """Adds remarks to the file of dismissed ones beside the paper; gives the file. Raises Refusal."""
    file = path.parent / DISMISSED
    before = file.read_bytes().decode("utf-8-sig", errors="replace") if file.is_file() else _HEAD
    lines = "".join(f"{r.fingerprint}  {path.name}  {r.line}\n" for r in remarks)
    write_whole(file, (before.rstrip("\n") + "\n" + lines).encode("utf-8-sig"))
    return file


# ---------------------------------------------------------------------------------------------- what is shown


def lines(done: Review) -> Iterator[str]:
    """The verdict in short, then every finding on a line with its number."""
    proved = done.proof
    if done.ground:
        yield f"依据：{done.ground.basis.period}的台账，生成的通报“{done.ground.basis.circular}”"
        told = [f"{s.value}{_count(done.remarks, s)}处" for s in Status if s is not Status.AGREES]
        yield f"证实{proved.count(Status.AGREES)}处，" + "，".join(told)
        if proved.lines:
            yield f"表格（附件等）与台账一致的有{proved.lines}行，{proved.cells}格"
    else:
        yield f"没有找到这份稿子的{FILE}，不能与台账核对；只核对了稿子自身"
    own = [r for r in done.remarks if r.counts and r.label != LAYOUT and r.code.upper() not in Status.__members__]
    yield f"稿子自身：算得通的{done.report.held}处，要看的{len(own)}处；版式：要改的{_layout(done.remarks)}处"
    if pending := done.paper.insertions + done.paper.deletions:
        yield f"稿中有{pending}处修订还没有接受，按全部接受以后的文字核对"
    yield from (f"  {number}. {remark.line}" for number, remark in enumerate(done.remarks[:_SHOWN], 1))
    if len(done.remarks) > _SHOWN:
        yield f"  ……另有{len(done.remarks) - _SHOWN}处，见副本里的批注和{RECORD}"
    if done.dismissed:
        yield f"另有{len(done.dismissed)}处以前核实过，不再提示（记在{DISMISSED}里）"


def _count(remarks: Sequence[Remark], status: Status) -> int:
    return sum(r.code == status.name.lower() for r in remarks)


def _layout(remarks: Sequence[Remark]) -> int:
    return sum(r.label == LAYOUT and r.counts for r in remarks)


# ---------------------------------------------------------------------------------------------- what is written


def write(done: Review) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the copy with comments, where there is anything to comment, and the record. Raises Refusal."""
    stem = done.path.stem.removesuffix(COPY)
    notes = [Note(r.paragraph, r.start, r.end, r.comment) for r in done.remarks if r.paragraph >= 0]
    copies = {f"{stem}{COPY}.docx": annotate(done.data, notes)} if notes else {}
    name = f"{stem}{RECORD}"
    written, said = deliver(done.path.parent, copies, (name, lambda names: _record(done, names)))
    return (*written, done.path.parent / name), [p for p in said if p.code != "output-stale"]


def _record(done: Review, names: Mapping[str, str]) -> bytes:
    proved, ground = done.proof, done.ground
    content = {
        "format": 1,
        "file": done.path.name,
        "sha256": hashlib.sha256(done.data).hexdigest(),
        "passes": done.passes,
        "basis": ground
        and {"file": str(ground.file), "circular": ground.basis.circular, "period": ground.basis.period},
        "counts": {s.name.lower(): proved.count(s) for s in Status} | {"cells": proved.cells, "lines": proved.lines},
        "verdicts": [_plain(v) for v in proved.verdicts],
        "remarks": [r.plain() for r in done.remarks],
        "dismissed": [r.plain() for r in done.dismissed],
        "self_check": done.report.as_json(),
        "copy": next(iter(names.values()), ""),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(verdict: Verdict) -> dict[str, object]:
    return {
        "status": verdict.status.value, "paragraph": verdict.paragraph + 1, "span": [verdict.start, verdict.end],
        "about": verdict.about, "said": verdict.said, "should": verdict.should, "why": verdict.why,
        "key": verdict.key, "rows": len(verdict.rows),
    }  # fmt: skip
