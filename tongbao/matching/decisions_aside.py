"""对应关系（暂存）.txt: what was answered on the screen, one line each, until 对应关系.xlsx can be written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from tongbao.matching.answers import Answer, Mark, Verdict
from tongbao.model import Level, Place, Problem

ASIDE_FILE = "对应关系（暂存）.txt"
_FIELDS = ("行", "编号", "分类", "事项", "责任单位")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one prior row, at the screen: several answers where it was split, none where the
    earlier ones were taken back. `instead`: the answers of 对应关系.xlsx that it was preferred to.
    """

    periods: tuple[str, str]
    prior: Mark
    answers: tuple[Answer, ...] = ()
    instead: tuple[Answer, ...] = ()


def spelt(decision: Decision) -> str:
    """A decision as one line of JSON, in the words of the table."""
    told = {
        "上期": decision.periods[0],
        "本期": decision.periods[1],
        "上期行": _cells(decision.prior),
        "答复": [_answer(one) for one in decision.answers],
        **({"不用": [_answer(one) for one in decision.instead]} if decision.instead else {}),
    }
    return json.dumps(told, ensure_ascii=False)


def read(lines: Sequence[str]) -> tuple[list[Decision], list[Problem]]:
    """The decisions, of each row the last one, and a warning for each line that cannot be read.

    The last line may be half, where the power failed: it was not yet taken for answered.
    """
    found: dict[tuple[tuple[str, str], Mark], Decision] = {}
    problems = []
    for number, line in enumerate(lines, 1):
        decision = _read(line) if line.strip() else None
        if decision:
            found.pop((decision.periods, decision.prior), None)
            found[decision.periods, decision.prior] = decision
        elif line.strip() and number < len(lines):
            message = "这一行看不懂，没有用"
            fix = "不用改，这一问会再问一次；不要手工改这个文件，要改答复请改“对应关系.xlsx”"
            problems.append(Problem(Level.WARNING, "aside_unread", message, fix, place=Place(ASIDE_FILE, "", number)))
    return list(found.values()), problems


def _cells(mark: Mark) -> dict[str, str]:
    return {name: cell for name, cell in zip(_FIELDS, mark.cells, strict=True) if cell}


def _answer(answer: Answer) -> dict[str, object]:
    told: dict[str, object] = {"答复": str(answer.verdict)}
    if answer.current != Mark():
        told["本期行"] = _cells(answer.current)
    return {**told, "理由": answer.reason} if answer.reason else told


def _read(line: str) -> Decision | None:
    try:
        told = json.loads(line)
        periods, prior = (_text(told["上期"]), _text(told["本期"])), _mark(told["上期行"])
        both = [tuple(_of(one, periods, prior) for one in told.get(name, ())) for name in ("答复", "不用")]
        decision = Decision(periods, prior, *both)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    return None if any(answer.fault for answer in decision.answers) or not any(astuple(prior)) else decision


def _of(told: dict[str, object], periods: tuple[str, str], prior: Mark) -> Answer:
    return Answer(
        periods, prior, Verdict(_text(told["答复"])), _mark(told.get("本期行", {})), _text(told.get("理由", ""))
    )


def _mark(told: object) -> Mark:
    if not isinstance(told, dict):
        raise TypeError(told)
    return Mark(*(_text(told.get(name, "")) for name in _FIELDS))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
