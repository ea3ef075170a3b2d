"""What a paper bears that changes with every issue: signing date, issue number, document number, who signs.

The settings may state each for all periods (`issue: 第8期`) or by period (`issue: {2022-02: 第3期}`), or have it asked
(`issue: 问`). What they state is never asked; of a field stated by period the other periods are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongbao.config.yamltext import Section, holds_mapping
from tongbao.words.periods import parse_period

DATED, ISSUE, NUMBER, SIGNER = "dated", "issue", "document_number", "signer"
ASK = ("问", "每次问", "每期问", "ask")


@dataclass(frozen=True, slots=True)
class Issuing:
    """Which fields are asked, and what is stated of a field by period (field → token of the period → text)."""

    asked: frozenset[str] = frozenset()
    stated: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def says(self, name: str) -> bool:
        """Do the settings have a field asked, or state it for some periods?"""
        return name in self.asked or bool(self.stated.get(name))


def issuing_of(section: Section, masthead: Section) -> tuple[dict[str, str], Issuing]:
    """What a report states for all its periods, by field, and the rest."""
    fixed: dict[str, str] = {}
    asked: set[str] = set()
    stated: dict[str, Mapping[str, str]] = {}
    for home, name in ((masthead, ISSUE), (section, NUMBER), (section, SIGNER)):
        if holds_mapping(home, name):
            stated[name] = {_token(period): typed[0] for period, typed in home.words(name).items() if typed}
        elif (typed := home.text(name)) in ASK:
            asked.add(name)
        else:
            fixed[name] = typed
    if not holds_mapping(section, DATED) and section.text(DATED) in ASK:
        asked.add(DATED)
    return fixed, Issuing(frozenset(asked), stated)


def _token(typed: str) -> str:
    period = parse_period(typed)
    return period.token if period else typed
