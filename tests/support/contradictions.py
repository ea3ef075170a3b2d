"""What a paper says against itself: the words of the tests of the self-checks."""

from __future__ import annotations

from tests.support.docx_maker import docx
from tongbao.proof.claims.selfcheck import SelfCheck, check_paper
from tongbao.proof.remarks import Remark, in_order, on_statements
from tongbao.word.document import read


def checked(*blocks: str) -> SelfCheck:
    """The self-check of a paper of these paragraphs and tables."""
    paper, problems = read(docx(*blocks), "通报.docx")
    assert paper is not None, problems
    return check_paper(paper)


def contradictions(*blocks: str) -> list[Remark]:
    """What is said of such a paper, in reading order."""
    own = checked(*blocks)
    return in_order(on_statements(own.wrong, own.reading))


def told(*blocks: str) -> list[tuple[str, str]]:
    """(code, level) of what is said, the note on half-width punctuation aside."""
    return [(r.code, r.level.value) for r in contradictions(*blocks) if r.code != "half-width"]
