"""Generated circulars, damaged on purpose: what changes a fact is found, what does not is never called wrong.

`python -m tests.test_damage` prints the rates of many more damages than the test tries.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.damage import DAMAGES, HARMLESS, Draft, Edit
from tests.support.folders import TEMPLATES
from tests.support.office import sample_office
from tests.support.trials import ALL
from tongbao.config.kind_file import kind_names
from tongbao.proof.against_ledger.prove import Proof, prove
from tongbao.proof.basis.kept import FILE, read_basis
from tongbao.proof.verdicts import Status
from tongbao.word.document import read

ROUNDS = 4 if ALL else 2  # times that each sort of edit is tried on each circular
KINDS = kind_names(TEMPLATES)
_WORDS_ONLY = {"cell_reworded"}  # a cell of the ledger in other words is for a person to judge


@dataclass(frozen=True)
class Trial:
    """One edit of one circular, and what was said of it."""

    edit: Edit
    before: Draft
    after: Draft
    proof: Proof

    @property
    def found(self) -> bool:
        """Was something called wrong, or missing?"""
        return self.proof.count(Status.DIFFERS) + self.proof.count(Status.DELETED) > 0

    @property
    def doubted(self) -> bool:
        """Was anything left for a person to judge?"""
        return self.proof.count(Status.UNPROVEN) > 0

    def __str__(self) -> str:
        old, new = next(
            ((a, b) for a, b in zip(_parts(self.before), _parts(self.after), strict=False) if a != b), ("", "")
        )
        said = [(v.status.value, v.said, v.should) for v in self.proof.verdicts if v.status is not Status.AGREES]
        return f"{self.edit.__name__}: {old} → {new}: {said}"


def _parts(draft: Draft) -> Iterator[str]:
    yield from draft.texts
    yield from (str(row) for rows in draft.tables for row in rows)


def made(kind: str, folder: Path) -> Draft:
    """The circular of a kind's sample ledgers."""
    office, period = sample_office(folder, kind)
    office.run()
    output = office.output(period, kind)
    basis = read_basis((output / FILE).read_bytes())
    paper, _ = read((output / basis.circular).read_bytes(), basis.circular)
    assert paper
    return Draft.of(paper, basis)


def trials(draft: Draft, edits: Sequence[Edit], seed: str, rounds: int) -> Iterator[Trial]:
    """Edits of every sort, each tried so many times, none twice."""
    for edit in edits:
        rng = random.Random(f"{seed}{edit.__name__}")
        seen = {(draft.texts, draft.tables)}
        for _ in range(rounds):
            after = edit(draft, rng)
            if after is not None and (after.texts, after.tables) not in seen:
                seen.add((after.texts, after.tables))
                yield Trial(edit, draft, after, prove(after.paper(), draft.basis))


def combined(draft: Draft, seed: str, rounds: int) -> Iterator[tuple[Trial, Trial | None]]:
    """Four harmless edits at once, and a damage on top of them."""
    rng = random.Random(seed)
    for _ in range(rounds):
        after = draft
        for edit in rng.sample([e for e in HARMLESS if e.__name__ not in _WORDS_ONLY], 4):
            after = edit(after, rng) or after
        peaceful = Trial(edit, draft, after, prove(after.paper(), draft.basis))
        damage = rng.choice(DAMAGES)
        try:
            damaged = damage(after, rng)
        except ValueError:  # it looks for a printed paragraph that the harmless edits have changed
            damaged = None
        if damaged and (damaged.texts, damaged.tables) != (after.texts, after.tables):
            yield peaceful, Trial(damage, after, damaged, prove(damaged.paper(), draft.basis))
        else:
            yield peaceful, None


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    return {kind: made(kind, tmp_path_factory.mktemp(kind)) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_circular_is_proved_whole_right_after_it_is_made(drafts, kind):
    draft = drafts[kind]
    proof = prove(draft.paper(), draft.basis)
    assert {v.status for v in proof.verdicts} == {Status.AGREES}
    assert proof.lines == sum(len(table.lines) for table in draft.basis.tables)
    assert {v.key for v in proof.verdicts} - {""} == {key for p in draft.basis.paragraphs for *_, key in p.spans}


@pytest.mark.parametrize("kind", KINDS)
def test_every_damage_is_found(drafts, kind):
    tried = list(trials(drafts[kind], DAMAGES, kind, ROUNDS))
    assert len(tried) >= 10 * ROUNDS
    assert [str(t) for t in tried if not t.found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_harmless_edits_are_left_in_peace(drafts, kind):
    tried = list(trials(drafts[kind], HARMLESS, kind, ROUNDS))
    assert len(tried) >= 10 * ROUNDS
    assert [str(t) for t in tried if t.found or (t.doubted and t.edit.__name__ not in _WORDS_ONLY)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_damage_is_found_among_harmless_edits(drafts, kind):
    for peaceful, damaged in combined(drafts[kind], kind, 3 * ROUNDS):
        assert not peaceful.found, str(peaceful)
        assert damaged is None or damaged.found or damaged.doubted, str(damaged)


def main(rounds: int = 40) -> None:
    """Prints how much of each sort of edit was found, and how much of it as wrong."""
    rows: dict[str, list[int]] = {}
    drafts = []
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            drafts.append(made(kind, Path(folder)))
    for name, edits in (("damage", DAMAGES), ("harmless", HARMLESS)):
        for trial in (t for draft in drafts for t in trials(draft, edits, draft.basis.report, rounds)):
            for key in (f"{name} {trial.edit.__name__}", name):
                row = rows.setdefault(key, [0, 0, 0])
                row[:] = row[0] + 1, row[1] + trial.found, row[2] + (trial.doubted and not trial.found)
    for peaceful, damaged in (pair for draft in drafts for pair in combined(draft, draft.basis.report, rounds * 3)):
        for key, one in (("combined harmless", peaceful), ("combined damage", damaged)):
            if one:
                row = rows.setdefault(key, [0, 0, 0])
                row[:] = row[0] + 1, row[1] + one.found, row[2] + (one.doubted and not one.found)
    for key, (tried, found, doubted) in rows.items():
        print(f"{key:<32}{tried:>6}{found:>6}{doubted:>6}")


if __name__ == "__main__":
    main()
