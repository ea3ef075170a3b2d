"""Which basis a paper was made from: the one beside it, else the most alike among the outputs of the office."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.config.office import load_settings
from tongbao.model import Level, Place, Problem
from tongbao.outside.files import UnreadableFile, content, entries, is_file, is_folder, real_path
from tongbao.proof.basis.kept import DRAFT_FILE, FILE, Basis, UnreadableBasisError, read_basis
from tongbao.proof.text.alignment import sentences
from tongbao.word.document import Paper
from tongbao.words.folding import fold

# The part of the printed sentences that a paper must hold word for word for a basis to be its own, and what the same
# file name adds to it. Samples with one to five edits keep 0.79 and more. The cost on one side: of a paper that was
# rewritten in four sentences of five the basis is not found. On the other: a circular of another kind shares
# 现将有关情况通报如下 and the signature, which is 0.21 of a short one (0.29 with the same title); where its own basis
# is missing, it may be compared with that.
_BELONGS, _NAMED = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class Ground:
    """The basis that a paper is proved by, and the file that it was read from."""

    basis: Basis
    file: Path


def find_ground(path: Path, data: bytes, paper: Paper, config: Path) -> tuple[Ground | None, list[Problem]]:
    """The basis of a paper (None where there is none), and a warning for each basis that cannot be read.

    Raises Refusal where the settings cannot be read.
    """
    beside = [file for name in (DRAFT_FILE, FILE) if is_file(file := path.parent / name)]
    found, problems = _read_all(beside)
    best = _best(found, path, data, paper)
    if best is None:
        found, more = _read_all(file for file in _outputs(config) if file not in {real_path(one) for one in beside})
        best, problems = _best(found, path, data, paper), problems + more
    return best, problems


def changed_ledgers(ground: Ground) -> Iterator[Problem]:
    """A warning for each ledger that was changed after the circular was made, which is proved by what it said then."""
    for ledger in {one.path: one for one in ground.basis.ledgers}.values():  # several periods may stand in one book
        file = ground.file.parent / ledger.path
        data = _ledger_now(file) if ledger.path else None
        if data is not None and hashlib.sha256(data).hexdigest() != ledger.sha256:
            message = "台账在生成通报之后改过，本次仍按生成通报时的台账核对"
            fix = "要以改过的台账为准，请先重新生成通报，再核稿"
            yield Problem(Level.WARNING, "ledger_changed", message, fix, place=Place(ledger.file))


def _ledger_now(file: Path) -> bytes | None:
    """A ledger as it is now; None where it is gone, open, or on a stick that is not there: the paper needs none of it.

    Also where the basis was made on another computer, and names a drive or a share that this one does not have.
    """
    try:
        return content(file)
    except UnreadableFile:
        return None


def _outputs(config: Path) -> Iterator[Path]:
    """The bases of all reports and periods."""
    if is_file(config):
        folders = {real_path(report.output) for report in load_settings(config).reports}
        names = (DRAFT_FILE, FILE)
        periods = [period for folder in folders for period in entries(folder) if is_folder(period)]
        yield from sorted(file for period in periods for name in names if is_file(file := period / name))


def _read_all(files: Iterable[Path]) -> tuple[list[Ground], list[Problem]]:
    grounds: list[Ground] = []
    problems: list[Problem] = []
    for file in files:
        try:
            grounds.append(Ground(read_basis(content(file)), file))
        except UnreadableBasisError as error:
            fix = "重新生成一次这一期的通报（改过的稿子不会被覆盖），再核稿"
            problems.append(Problem(Level.WARNING, "basis", f"{FILE}{error}", fix, place=Place(str(file.parent))))
    return grounds, problems


def _best(grounds: Sequence[Ground], path: Path, data: bytes, paper: Paper) -> Ground | None:
    """The basis of which the paper holds the largest part, of equal ones the last; None where it holds too little."""
    digest = hashlib.sha256(data).hexdigest()
    words = {s.bare for s in sentences((p.index, fold(p.text).text) for p in paper.paragraphs if not p.table)}
    scored = [(_share(ground.basis, words, path, digest), n) for n, ground in enumerate(grounds)]
    share, n = max(scored, default=(0.0, 0))
    return grounds[n] if share >= _BELONGS else None


def _share(basis: Basis, words: set[str], path: Path, digest: str) -> float:
    """The part of a basis' sentences that a paper holds, with `_NAMED`; 2 where it is the printed file itself."""
    if basis.sha256 == digest:
        return 2.0
    # Sentences of five characters and less (特此通报) stand in every circular.
    own = [s.bare for s in sentences((n, fold(p.text).text) for n, p in enumerate(basis.paragraphs)) if len(s.bare) > 5]
    named = basis.circular.rpartition(".")[0] in path.stem
    return sum(bare in words for bare in own) / len(own) + _NAMED * named if own else 0.0
