"""`remove-samples` at the console: what would go is shown, and asked about once."""

from __future__ import annotations

from pathlib import Path

from tongbao.outside.screen import ask, has_console, say, show_problems
from tongbao.rounds.samples.removing import remove_samples, samples_of


def take_away(config: Path, templates: Path, *, sure: bool) -> None:
    """Takes the samples away. `sure`: without asking; without a console nobody is asked either. Raises Refusal."""
    found = samples_of(config, templates)
    if not found:
        say("没有随附的示例可删：都已删去，或已改成本单位的。")
        return
    for line in found.lines:
        say(f"  {line}")
    if not sure and has_console() and ask("删除以上这些示例吗？", ("删除", "先不删")) != 0:
        say("没有删。")
        return
    done = remove_samples(found)
    for line in done.told:
        say(line)
    show_problems(done.problems)
