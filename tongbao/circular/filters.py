"""The filters of a template: what may stand behind a `|`. `vocabulary.FILTERS` explains each to users."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from tongbao.circular.choices import Choice
from tongbao.circular.printed_numbers import percent
from tongbao.circular.views import ChoiceView, Scope, Words, printed_field, quoted, without_number
from tongbao.model import Filling, Row, State
from tongbao.words.text import chinese_number, one_line

# The stops with which offices end a cell; the template sets its own. ！ ？ and a half-width point stay, since they may
# belong to the text (set by feel: no ledger seen ends a cell with them).
_STOPS = "。；;"


class Filters:
    """The filters of one circular; they need its figures and note what is printed."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def table(self) -> dict[str, Callable[..., object]]:
        """Every filter by its name."""
        return {
            "简称": self._short_titles,
            "序号": self._numbers,
            "号题": self._numbered_titles,
            "取": self._field,
            "单位名": self._units,
            "顿号": partial(self._joined, "、"),
            "分号": partial(self._joined, "；"),
            "逗号": partial(self._joined, "，"),
            "引号": _in_quotes,
            "都是": self._all_of,
            "前": _first,
            "按单位": self._by_unit,
            "按": self._by_field,
            "中文": lambda number: chinese_number(int(number)),
            "占": lambda part, whole: percent(int(part), int(whole), self._scope.kind.shares),
            "一行": lambda text: one_line(str(text)),
            "去序号": lambda text: without_number(str(text)),
            "去尾": _without_ending,
            "去句号": lambda text: one_line(str(text)).rstrip(_STOPS),
        }

    def _short_titles(self, chosen: Iterable[Any]) -> Words:
        return _words(chosen, "简称", self._scope.title)

    def _numbers(self, chosen: Iterable[Any]) -> Words:
        """The 序号 of each item, once for all its rows. A row without one is named by its 编号, else by its title."""
        listed = _words(chosen, "序号", lambda row: row.no or row.id or quoted(self._scope.title(row)))
        names = {row.item_key: name for row, name in zip(listed.rows, listed, strict=True)}
        return Words(names.values(), listed.key, listed.rows)

    def _numbered_titles(self, chosen: Iterable[Any]) -> Words:
        """Each row by number and title: as many members as a count of rows prints."""
        return _words(chosen, "号题", self._scope.numbered_title)

    def _field(self, chosen: Iterable[Any], name: str) -> Words:
        return _words(chosen, name, lambda row: one_line(printed_field(row, name)).rstrip(_STOPS))

    def _units(self, chosen: Iterable[Any]) -> Words:
        rows = _rows_of(chosen)
        return Words(self._scope.units_of(rows), f"{_key_of(chosen)}|单位", rows)

    def _joined(self, mark: str, parts: Iterable[str]) -> object:
        """The parts joined into one text; a list made of rows is traced to them."""
        if isinstance(parts, Words):
            return self._scope.text(parts.key, mark.join(parts), parts.rows, "逐项列出", parts)
        return mark.join(parts)

    def _all_of(self, lines: Iterable[ChoiceView], *names: str) -> Words:
        """The units whose rows all belong to one of the named selections; what is as before earns nobody praise."""
        named = [r for name in names for r in self._scope.choice(name).rows]
        inside = {r.place for r in named if r.filling is Filling.REPORTED or r.state is not State.ON_TRACK}
        chosen = [v for v in lines if all(r.place in inside for r in v.choice.rows)]
        rows = [r for v in chosen for r in v.choice.rows]
        return Words((v.choice.name for v in chosen), "单位表|都是" + "、".join(names), rows)

    def _by_unit(self, chosen: Iterable[Any]) -> list[ChoiceView]:
        """A group for each unit. Rows without a counted unit are grouped by what their cell says: none is missing."""
        rows = _rows_of(chosen)
        groups: dict[str, list[Row]] = {unit: [] for unit in self._scope.units_of(rows)}
        for row in rows:
            for unit in self._scope.kind.units.of(row) or ("、".join(row.units),):
                groups.setdefault(unit, []).append(row)
        return self._groups(chosen, groups, "{}负责的")

    def _by_field(self, chosen: Iterable[Any], name: str) -> list[ChoiceView]:
        """A group for each value of a field, in ledger order; rows without a value come last, under no name."""
        groups: dict[str, list[Row]] = {}
        for row in sorted(_rows_of(chosen), key=lambda row: not row.get(name)):
            groups.setdefault(row.get(name), []).append(row)
        return self._groups(chosen, groups, f"{name}为“{{}}”")

    def _groups(self, chosen: object, groups: dict[str, list[Row]], rule: str) -> list[ChoiceView]:
        key = _key_of(chosen)
        return [
            ChoiceView(self._scope, Choice(name, tuple(rows), rule.format(name)), f"{key}.{name}")
            for name, rows in groups.items()
            if rows
        ]


def _rows_of(chosen: Iterable[Any]) -> list[Row]:
    return [view.row for view in chosen]


def _key_of(chosen: object) -> str:
    return str(getattr(chosen, "key", ""))


def _words(chosen: Iterable[Any], name: str, say: Callable[[Row], str]) -> Words:
    rows = _rows_of(chosen)
    return Words((say(row) for row in rows), f"{_key_of(chosen)}|{name}", rows)


def _in_quotes(parts: str | Iterable[str]) -> object:
    if isinstance(parts, str):
        return quoted(parts)
    marked = [quoted(part) for part in parts]
    return Words(marked, parts.key, parts.rows) if isinstance(parts, Words) else marked


def _first(chosen: Any, count: int) -> object:
    if isinstance(chosen, Words):
        return Words(list(chosen)[:count], f"{chosen.key}|前{count}", chosen.rows[:count])
    return list(chosen)[:count]


def _without_ending(text: str, *endings: str) -> str:
    """The text without the first of these endings that it ends in; only one is taken off."""
    said = one_line(str(text))
    return next((said.removesuffix(ending) for ending in endings if said.endswith(ending)), said)
