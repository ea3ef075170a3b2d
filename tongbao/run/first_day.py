"""`setup` as the clerk sees it: the proposal on the screen, what is open asked, any line changed by its number."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tongbao.config.kinds import Kind
from tongbao.outside.screen import say
from tongbao.rounds.first_day.command import Asked, Done
from tongbao.rounds.first_day.command import set_up as _set_up
from tongbao.rounds.first_day.proposal import Proposal
from tongbao.rounds.first_day.shown import lines_of
from tongbao.run.options import Options


def set_up(options: Options, templates: Path) -> Done:
    """Makes the report that was asked for, with the clerk at the console, or without."""
    asked = Asked(options.own.get("name", ""), options.own.get("kind", ""))

    def change(proposal: Proposal, kinds: Mapping[str, Kind]) -> Proposal | None:
        for line in lines_of(proposal):
            say(line)
        return proposal

    return _set_up([Path(word) for word in options.given], options.config, templates, asked, change)
