"""Responsible units: the roster of an office, and the names that one cell holds.

A line break in a unit cell sometimes separates two units and sometimes lies inside one long name; only a list of
known names can tell. What is not plain is read nevertheless, and the doubt is handed back with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tongbao.model import Place, Problem


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the roster. `collective` names (各乡镇) stand for several and are never counted as one."""

    name: str
    aliases: tuple[str, ...] = ()
    order: int = 0
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a unit cell that wants a look: what is written, how it was read, what else it may mean, and why."""

    text: str
    reading: str = ""
    candidates: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """The units of one cell, the lead unit first as typed, and the heads named beside them."""

    units: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    heads: tuple[str, ...] = ()


def is_collective(name: str) -> bool:
    """Does this name stand for several units that it does not list (各相关单位, 各乡镇)?"""
    raise NotImplementedError


@dataclass(frozen=True)
class Roster:
    """The units that the office knows, in the order in which they are printed."""

    units: tuple[Unit, ...] = ()

    @classmethod
    def from_names(cls, names: Iterable[str]) -> Roster:
        """A roster in the order given, without aliases."""
        raise NotImplementedError

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[object]], place: Place = Place()) -> tuple[Roster, tuple[Problem, ...]]:
        """A roster from the rows of a sheet with the headers 名称, 简称/别名, 排序; `place` is the sheet."""
        raise NotImplementedError

    def order(self, name: str) -> tuple[int, str]:
        """What to sort units by: the roster's order, unknown names last."""
        raise NotImplementedError

    def read(self, cell: str) -> UnitsRead:
        """The units that a cell names."""
        raise NotImplementedError


def learn(cells: Iterable[str]) -> tuple[Roster, tuple[Doubt, ...]]:
    """A roster from the unit cells of a ledger, and what it is unsure of."""
    raise NotImplementedError
