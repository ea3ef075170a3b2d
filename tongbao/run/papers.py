"""The record of a run, how far it came, and the files that are made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import tongbao
from tongbao.circular.choices import Figures
from tongbao.circular.context import Circular
from tongbao.circular.reconciliation import reconciliation
from tongbao.ledger.asked import Job
from tongbao.ledger.on_file import Found
from tongbao.ledger.problem_list import MOST_MARKED, problem_list
from tongbao.matching.balance import balance
from tongbao.matching.two_periods import Changes, Line
from tongbao.model import Level, Problem
from tongbao.outside.files import content, way_to
from tongbao.proof.basis.kept import DRAFT_FILE, FILE, to_json
from tongbao.proof.basis.making import keep
from tongbao.word.template import Rendered
from tongbao.words.units import Roster


class Part(StrEnum):
    """The files of a run; the values are their names under `outputs` of figures.json."""

    CIRCULAR = "circular"
    RECONCILIATION = "核对表"
    BASIS = "核稿依据"
    PROBLEMS = "问题清单"


@dataclass(frozen=True)
class Run:
    """All that a run has made so far.

    Without `changes` the ledger could not be read; without `rendered` there is no circular. `ledgers`: those on file up
    to the period of the run, that of the period last. `template`: the bytes of the kind's template. `form`: the same as
    it was printed, with the table of the office's own annex where it wants that. `opening`: what was closed before the
    first ledger on file and counts.
    """

    job: Job
    ledgers: tuple[Found, ...]
    template: bytes
    problems: tuple[Problem, ...]
    changes: Changes | None = None
    figures: Figures | None = None
    circular: Circular | None = None
    rendered: Rendered | None = None
    roster: Roster = Roster()
    draft: bool = False
    opening: int = 0
    form: bytes = b""

    @property
    def found(self) -> Found:
        """The ledger of the period of the run."""
        return self.ledgers[-1]

    @property
    def folder(self) -> Path:
        """The folder into which the run writes."""
        return self.job.report.output / self.found.period.token

    def and_told(self, problems: Iterable[Problem]) -> Run:
        """The same with more problems."""
        return replace(self, problems=(*self.problems, *problems))

    @cached_property
    def balance(self) -> tuple[Line, ...]:
        """The lines of the balance (衔接平衡表); empty where the ledger could not be read."""
        return balance(self.changes, self.opening) if self.changes else ()

    def way(self, file: str) -> str:
        """The relative path from the output folder to a ledger by its name; the full path where there is no other."""
        # A ledger that was dropped on the icon may lie in another folder than those on file.
        folder = next((one.path.parent for one in self.ledgers if one.path.name == file), self.found.path.parent)
        return way_to(folder / file, self.folder)


def papers(made: Run) -> dict[Part, tuple[str, bytes]]:
    """The name and the bytes of each file of a run, except `figures.json`."""
    return {**_circular(made), **_marked(made)}


def _circular(made: Run) -> dict[Part, tuple[str, bytes]]:
    """The circular, its reconciliation, and the basis on which a later check of the edited circular rests."""
    if made.rendered is None or made.circular is None or made.changes is None or made.figures is None:
        return {}
    report = made.job.report
    title = made.job.kind.file_name.format(标题=report.title, 期次=made.found.period.label, 名称=report.name)
    name = f"{title}（草稿）.docx" if made.draft else f"{title}.docx"
    keys = dict.fromkeys(key for paragraph in made.rendered.printed for _, _, key in paragraph.spans)
    printed = [made.circular.sources[key] for key in keys]
    basis = keep(made.changes, made.circular, made.rendered, made.job.kind, made.form, made.roster, made.way)
    digest = hashlib.sha256(made.rendered.data).hexdigest()
    named = replace(basis, circular=name, sha256=digest, title=report.title, report=report.name)
    sheet, proof = ("核对表（草稿）.xlsx", DRAFT_FILE) if made.draft else ("核对表.xlsx", FILE)
    return {
        Part.CIRCULAR: (name, made.rendered.data),
        Part.RECONCILIATION: (
            sheet,
            reconciliation(made.changes, printed, list(keys), made.balance, made.way),
        ),
        Part.BASIS: (proof, to_json(named, tongbao.__version__)),
    }


def _marked(made: Run) -> dict[Part, tuple[str, bytes]]:
    """The ledger with its problems marked, or only their list where it is long; neither where only notes were given.

    openpyxl is loaded only where a copy is marked: that takes 0.17 s.
    """
    path = made.found.path
    if not any(p.place.file == path.name and p.level is not Level.NOTE for p in made.problems):
        return {}
    rows = made.changes.current.rows if made.changes else ()
    if len(rows) > MOST_MARKED:
        data = problem_list(path.name, made.problems, rows, made.way)
    else:
        from tongbao.ledger.marked_copy import marked_ledger

        data = marked_ledger(path.name, content(path), made.problems, rows, made.way)
    return {Part.PROBLEMS: (f"问题清单—{path.stem}.xlsx", data)}
