"""A question about a row of last period as the window shows it: all that one needs who has no ledger before him."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tongbao.matching.answers import Verdict
from tongbao.matching.likeness import NAME
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


def lines(count: str, question: Question, offered: Offered, partners: Mapping[Place, Row], sheets: bool) -> list[str]:
    """The lines of a question; `count` is its number among all (3/30).

    `partners`: the prior rows that have a partner, by its place. `sheets`: the ledgers have several sheets with rows.
    """
    row = question.row
    text = one_line(row.text)
    if len(offered) == 1:
        text = bracketed(text, spans(text, one_line(offered[0][0].text))[0], _room(_OF_PRIOR))
    found = ["", cut(f"【{count}】上期{_named(row, sheets)}　{'' if offered else question.why}", WINDOW)]
    if row.section:
        found += wrapped("  标题：", " / ".join(map(one_line, row.section)), 1)
    if row.get(NAME):
        found += wrapped("  名称：", one_line(row.get(NAME)), 1)
    found += [*wrapped("  事项：", text, _OF_PRIOR), *_standing("  ", row)]
    if offered:
        found += wrapped("疑问：", question.why, 2)
        found.append(
            "它是本期的哪一项？（【】里是与上期不同的字词）"
            if any(_marks(row, o[0]) for o in offered)
            else "它是本期的哪一项？"
        )
    for number, (candidate, score) in enumerate(offered, 1):
        found += _candidate(number, row, candidate, score, partners, sheets)
    return found


def _candidate(
    number: int, prior: Row, row: Row, score: float, partners: Mapping[Place, Row], sheets: bool
) -> Iterator[str]:
    text = one_line(row.text)
    told = f"，已对上上期{which(partners[row.place])}，选它就是并入" if row.place in partners else ""
    yield cut(f" {number}. {_named(row, sheets)}　相似{score:.0%}{told}", WINDOW)
    if row.section and row.section != prior.section:
        yield from wrapped("    标题：", " / ".join(map(one_line, row.section)), 1)
    if row.get(NAME) and row.get(NAME) != prior.get(NAME):
        yield from wrapped("    名称：", one_line(row.get(NAME)), 1)
    yield from wrapped("    事项：", bracketed(text, _marks(prior, row), _room(_OF_CANDIDATE)), _OF_CANDIDATE)
    yield from _standing("    ", row, prior)


def _marks(prior: Row, row: Row) -> list[tuple[int, int]]:
    return spans(one_line(prior.text), one_line(row.text))[1]


def _standing(indent: str, row: Row, prior: Row | None = None) -> Iterator[str]:
    """Units, deadline and status on one line, the progress on the next; units that the prior row lacks are marked."""
    units = [f"【{u}】" if prior and u not in prior.units else u for u in row.units]
    told = {"单位": "、".join(units), "时限": row.deadline.text, "状态": row.label or row.typed}
    parts = [f"{name}：{one_line(value)}" for name, value in told.items() if value]
    if parts:
        yield from wrapped(indent, "　".join(parts), 1)
    if progress := one_line(row.get(PROGRESS)):
        yield from wrapped(f"{indent}进展：", progress, 1)


def _named(row: Row, sheets: bool) -> str:
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
