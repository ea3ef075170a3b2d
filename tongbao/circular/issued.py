"""What `figures.json` keeps of the paper that was issued, whatever runs without a paper have followed it.

The file always has the figures of the last issued paper. A run that issues none (mistakes in the ledger, a draft)
stands beside them under `attempt`, in the same form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tongbao.config.kinds import Base, Kind
from tongbao.model import Ledger, Level, Place, Problem

ATTEMPT = "attempt"
_STALE = "output-stale"
# A draft of version 0.1.0, which did not write `draft`, is known by its name.
_DRAFT = "（草稿）"
_RULES = {
    Base.ALL: "首本台账以来的全部事项，已办结的不论还在不在台账里都计入",
    Base.YEAR: "本计划年度内的全部事项，已办结的不论还在不在台账里都计入",
    Base.SHEET: "本期工作表里的事项",
}
_NAMES = {"total": "总数", "completed": "完成", "open": "未完成"}

Record = Mapping[str, Any]


def issued(data: bytes) -> Record | None:
    """The record of the issued paper in the bytes of `figures.json`; None where no paper was issued yet."""
    try:
        found = json.loads(data)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("issued") is False:
        return None
    paper = _part(found, "outputs").get("circular")
    if not paper or ("draft" not in found and _DRAFT in str(paper)):
        return None
    return {name: value for name, value in found.items() if name != ATTEMPT}


def with_attempt(there: bytes, made: bytes) -> bytes:
    """What a run without a paper leaves in `figures.json`: what was issued, and itself beside it; else just itself."""
    before = issued(there)
    if before is None:
        return made
    whole = {**before, ATTEMPT: json.loads(made)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def told_of_issued(problems: Iterable[Problem], record: Record | None, *, draft: bool) -> list[Problem]:
    """The problems of writing after a run without a paper: an issued paper is no leftover, it still holds."""
    if record is None:
        return list(problems)
    outputs = {str(name) for name in _part(record, "outputs").values()}
    kept = [p for p in problems if not (p.code == _STALE and p.place.file in outputs)]
    name = _part(record, "outputs")["circular"]
    message = f"本次{'只出草稿' if draft else '没有出通报'}；已出的“{name}”和 figures.json 里它的数都没有动"
    fix = "改好台账后再运行一次，才会换成新的"
    return [*kept, Problem(Level.NOTE, "issued_kept", message, fix, place=Place(str(name)))]


def counted_otherwise(
    record: Record, numbers: Mapping[str, int], kind: Kind, prior: Ledger, printed: int | None = None
) -> Iterator[Problem]:
    """A note where the paper of the prior period gave other figures than that period has by the base of the kind.

    `numbers` are the figures of the prior period by today's rules, by id. `printed`: the total that its paper printed,
    as far as it is known: version 0.1.0 printed the rows of the working sheet as the total of some kinds, which was not
    the total of its record. The note is given in the first period after such a paper, for the record of this period
    has the base with it. A ledger that was changed since its paper explains nothing of the base.
    """
    said = {**_part(record, "figures"), **({} if printed is None else {"total": printed})}
    differ = [id_ for id_ in _NAMES if id_ in said and said[id_] != numbers[id_]]
    if not differ or _part(record, "inputs").get(prior.file) != prior.sha256:
        return
    then, now = ("、".join(f"{_NAMES[id_]}{one[id_]}" for id_ in differ) for one in (said, numbers))
    reason = f"现在统计的是{_RULES[kind.base]}" + ("；读台账的办法也有改进" if "open" in differ else "")
    message = f"上期（{prior.period.label}）通报的是{then}，按现在的口径应为{now}：{reason}"
    fix = "通报里要与上期的数比较的，请按后一个数；需要时在通报里说明"
    yield Problem(Level.NOTE, "counted_otherwise", message, fix, place=Place(prior.file))


def by_another_base(record: Record, kind: Kind) -> bool:
    """Was the issued paper counted by another base than the kind's, or before there was one?"""
    return record.get("base") != kind.base.value


def _part(record: Record, name: str) -> Mapping[str, Any]:
    found = record.get(name)
    return found if isinstance(found, dict) else {}
