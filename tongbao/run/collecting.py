"""`merge` at the console: what the clerk chose, and the offer to put the merged ledger in place once all was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tongbao.outside.screen import ask, say, show_problems

if TYPE_CHECKING:
    from tongbao.ledger.asked import Job
    from tongbao.rounds.collect.command import Ask, Collected

_WAITING = "核对“汇总情况”，没有退回的照“催办单”催要；用 merge --apply 替换本期台账。"
_APPLIED = "照“汇总情况”把没有采纳的在台账里处理好，没有退回的照“催办单”催要；保存后双击 generate.py。"


def merged(job: Job, typed: Mapping[str, str], asking: Ask) -> Collected:
    """The returns of a report brought together as the options, else the settings, say."""
    from tongbao.rounds.collect.command import Wishes, merge_returns
    from tongbao.rounds.collect.joint import Joining

    joining = typed.get("joint") or job.report.joint_returns
    return merge_returns(job, Wishes(Joining(joining) if joining else None, "apply" in typed), asking)


def next_step(done: Collected) -> str:
    """Offers to put the merged ledger in place, where it waits, and gives what the clerk does next."""
    from tongbao.rounds.collect.command import put_in_place

    if done.pending is None:
        return _APPLIED if done.applied else _WAITING
    question = f"用汇总后的台账替换“{done.pending.path.name}”吗？（原来的存进“备份”文件夹）"
    if ask(question, ("替换", "先不替换，我看过再说")) != 0:
        return _WAITING
    placed = put_in_place(done)
    show_problems(placed.problems[len(done.problems) :])
    for line in placed.told[len(done.told) :]:
        say(line)
    return _APPLIED if placed.applied else _WAITING
