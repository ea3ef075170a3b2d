"""A question about a row of last period as the window shows it: all that one needs who has no ledger before him."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tongbao.matching.answers import Verdict
from tongbao.matching.face import NAME
from tongbao.matching.marking import bracketed, spans
from tongbao.matching.quoting import which
from tongbao.matching.replies import Reply
from tongbao.matching.two_periods import Cause, Question
from tongbao.model import PROGRESS, Place, Row
from tongbao.words.columns import WINDOW, cut, width, wrapped
from tongbao.words.text import one_line

Offered = Sequence[tuple[Row, float]]

# So many lines may a text take: with five candidates a question then fits 25 lines in most cases (set by feel).
_OF_PRIOR, _OF_CANDIDATE = 3, 2


def lines(
    count: str, question: Question, offered: Offered, partners: Mapping[Place, Row], *, sheets: bool
) -> list[str]:
    """The lines of a question; `count` is its number among all (3/30).

    `partners`: the prior rows that have a partner, by its place. `sheets`: the ledgers have several sheets with rows.
    """
    row = question.row
    found = [f"{count}　上期{_named(row, sheets=sheets)}"]
    if row.section:
        found += wrapped("  标题：", " / ".join(map(one_line, row.section)), 1)
    if name := one_line(row.get(NAME)):
        found += wrapped("  名称：", name, 1)
    found += wrapped("  事项：", _prior_text(row, offered), _OF_PRIOR)
    found += [*_standing("  ", _particulars(row)), *_progress("  ", row)]
    found += wrapped("疑问：", question.why, 2)
    for number, (candidate, score) in enumerate(offered, 1):
        told = f"，已对上上期{which(partners[candidate.place])}，选它就是并入" if candidate.place in partners else ""
        head = f" {number}. 本期{_named(candidate, sheets=sheets)}，相似{score:.0%}{told}"
        found += [cut(head, WINDOW), *_candidate(row, candidate)]
    return found


def _prior_text(row: Row, offered: Offered) -> str:
    """The task; where one row alone is offered, with the words that differ marked, as they are in that one."""
    text = one_line(row.text)
    return (
        bracketed(text, spans(text, one_line(offered[0][0].text))[0], _room(_OF_PRIOR)) if len(offered) == 1 else text
    )


def _candidate(prior: Row, row: Row) -> Iterator[str]:
    """What a row says, the words that differ marked; of what is as in the prior row only that it is."""
    text, (_, marks) = one_line(row.text), spans(one_line(prior.text), one_line(row.text))
    if row.section != prior.section and row.section:
        yield from wrapped("    标题：", " / ".join(map(one_line, row.section)), 1)
    if (name := one_line(row.get(NAME))) != one_line(prior.get(NAME)):
        yield from wrapped("    名称：", name or "空", 1)
    yield from wrapped("    ", bracketed(text, marks, _room(_OF_CANDIDATE)), _OF_CANDIDATE)
    before = _particulars(prior)
    changed = {name: value for name, value in _particulars(row).items() if value != before.get(name)}
    if "单位" in changed:
        changed["单位"] = "、".join(unit if unit in prior.units else f"【{unit}】" for unit in row.units)
    yield from _standing("    ", changed)
    yield from _progress("    ", row)


def _particulars(row: Row) -> dict[str, str]:
    told = {"单位": "、".join(row.units), "时限": one_line(row.deadline.text), "状态": row.label or row.typed}
    return {name: value for name, value in told.items() if value}


def _standing(indent: str, told: Mapping[str, str]) -> Iterator[str]:
    if told:
        yield from wrapped(indent, "　".join(f"{name}：{value}" for name, value in told.items()), 1)


def _progress(indent: str, row: Row) -> Iterator[str]:
    if progress := one_line(row.get(PROGRESS)):
        yield from wrapped(f"{indent}进展：", progress, 1)


def _named(row: Row, *, sheets: bool) -> str:
    """`第3项（第5行）`, with the sheet where there are several."""
    place = f"“{row.place.sheet}”第{row.place.row}行" if sheets else f"第{row.place.row}行"
    return f"第{row.no}项（{place}）" if row.no else place


def _room(count: int) -> int:
    """How many Chinese characters so many lines hold behind their heading."""
    return count * (WINDOW - width("    事项：")) // 2


# ---------------------------------------------------------------------------------------------- what was answered


def said(reply: Reply) -> str:
    """An answer in words, to be read back: 是本期第5项（第37行）“……”."""
    rows = "、".join(f"{_named(row, sheets=False)}“{one_line(row.text)}”" for row in reply.rows)
    match reply.verdict:
        case Verdict.SAME:
            return f"是本期{rows}"
        case Verdict.MERGED:
            return f"并入本期{rows}"
        case Verdict.SPLIT:
            return f"拆分为本期{rows}"
        case Verdict.WITHDRAWN:
            return f"撤销，理由：{reply.reason}"
    return "本期各行都不是"


def heading(cause: Cause, count: int) -> str:
    """The line over the questions of one cause."""
    return f"—— {cause}：{count}问 ——"
