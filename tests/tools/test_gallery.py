"""Every case of the gallery causes its problem, and every problem of a ledger is in the gallery."""

from __future__ import annotations

import ast

import pytest

from tests.support.folders import ROOT
from tools.gallery import CASES

# Said of ledgers, but not to be drawn as a small table: damaged files, histories of three periods, faults of ours.
UNDRAWN = {
    "answer_header", "answer_unread", "answer_unused", "answer_used", "classes", "deadline_moved", "deadline_reread", "earlier_changed", "earlier_on_file",
    "formula_failed", "id_reused", "id_rewritten", "identity", "ids_unknown", "left_alone", "older_undecided", "returned", "roster_alias", "roster_header",
    "roster_order", "roster_twice", "roster_unfit", "text_under_merge", "picture_over", "text_box", "kind", "settings", "use", "fault", "template",
    "state_sheet_missing", "state_sheet_unread",  # only where the settings name sheets for states
}  # fmt: skip
# The modules that read, pair and check ledgers; the others speak of other files.
READERS = (
    *(
        "sheets",
        "textsheet",
        "choice",
        "headers",
        "rawtable",
        "table_problems",
        "cell_marks",
        "lines",
        "values",
        "labels",
        "read",
        "copies",
        "rosters",
        "controls",
        "empty_tables",
    ),
    *(
        "match",
        "board",
        "similar",
        "changes",
        "answers",
        "contradictions",
        "moved",
        "title_dates",
        "asked",
        "on_file",
        "intake",
        "kept",
        "figures",
        "units",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_case_causes_its_problem(case):
    assert case.code in [p.code for p in case.problems()]


def codes() -> set[str]:
    """The codes of all problems that the reading, pairing and checking of ledgers can tell."""
    found = set()
    for file in (ROOT / "tongbao").rglob("*.py"):
        if file.stem not in READERS:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
                "Problem",
                "Finding",
                "problem",
            ):
                found |= {a.value for a in node.args[1:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


def test_every_problem_of_a_ledger_is_drawn():
    assert codes() - {case.code for case in CASES} - UNDRAWN == set()
