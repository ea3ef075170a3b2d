"""The answers that count where 对应关系.xlsx and the answers given on the screen contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tongbao.matching.answers import Answer, Mark
from tongbao.matching.decisions_aside import ASIDE_FILE
from tongbao.matching.kept_answers import OnFile
from tongbao.matching.two_places import Contradiction, Names, united
from tongbao.model import ANSWERS_FILE, Level, Place, Problem
from tongbao.words.text import shortened

Ask = Callable[[str, Sequence[str]], int | None]

# A quoted task is cut to about half a line (set by feel).
_QUOTED = 20


def agreed(filed: OnFile, names: Names, ask: Ask) -> tuple[list[Answer], list[Problem]]:
    """All answers; each contradiction is asked about. Where nobody answers it is told, and the workbook counts."""
    answers, found = united(filed.filed, filed.aside, names)
    settled = [_settled(one, filed, ask) for one in found]
    if any(settled):
        answers, found = united(filed.filed, filed.aside, names)
    filed.may_be_written = filed.may_be_written and not found
    return answers, [_told(one) for one in found]


def _settled(found: Contradiction, filed: OnFile, ask: Ask) -> bool:
    """Asks which of two places holds, and keeps the answer. False where nobody answers."""
    question = f"上期{_row(found.decision.prior)}，两处的答复不一样。以哪一处为准？"
    choices = [f"“{ANSWERS_FILE}”：{_all(found.filed)}", f"屏幕上答的：{_all(found.decision.answers)}"]
    chosen = ask(question, choices)
    if chosen is None:
        return False
    filed.add(replace(found.decision, instead=found.filed) if chosen else replace(found.decision, answers=()))
    return True


def _told(found: Contradiction) -> Problem:
    message = (
        f"上期{_row(found.decision.prior)}，这里的答复（{_all(found.filed)}）与“{ASIDE_FILE}”里记的屏幕上的答复"
        f"（{_all(found.decision.answers)}）不一样"
    )
    fix = f"再运行一次，在屏幕上选以哪一处为准；或把这里改成一样的，或删去“{ASIDE_FILE}”"
    return Problem(Level.ERROR, "answers_disagree", message, fix, place=Place(ANSWERS_FILE))


def _all(answers: Sequence[Answer]) -> str:
    return "；".join(f"{_about(one)}{one.verdict}{_row(one.current)}{one.reason}" for one in answers)


def _about(answer: Answer) -> str:
    return f"上期{answer.prior.place}" if answer.prior.place else ""


def _row(mark: Mark) -> str:
    """A row in a few words: `台账!12“完成大坝……”`; empty for none."""
    text = f"“{shortened(mark.text, _QUOTED)}”" if mark.text else ""
    return f"{mark.place or mark.id}{text}"
