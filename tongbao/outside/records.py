"""Frozen records as text and back, exactly: JSON alone, so that a file from a shared folder can never run anything.

The text is a list of nodes. A string, a number, a truth value or nothing stands for itself; everything else is a list
of its name and the numbers of the nodes that it is made of, all of them earlier. What is equal is written once, and
is one object again when read.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

_ATOMS = (str, int, float, bool, type(None))
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, MemoryError)


def spelt(value: object) -> str:
    """A frozen record, and all that it holds, in words that are the same in every process.

    `repr` is not: it gives the members of a set in an order of their own each time Python starts.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return f"{type(value).__name__}({', '.join(f'{name}={spelt(part)}' for name, part in fields)})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{spelt(name)}: {spelt(part)}' for name, part in value.items())}}}"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(spelt, value)))}}}"
    if isinstance(value, (tuple, list)):
        return f"({', '.join(map(spelt, value))})"
    return repr(value)


class Codec(Generic[Record]):
    """Writes and reads one sort of frozen record with all that its fields may hold.

    The records below it are found by the types of the fields: a new field needs nothing here.
    """

    def __init__(self, root: type[Record]) -> None:
        self._root = root
        self._forms = {one.__name__: _form(one) for one in _closure(root)}
        self._makers: dict[str, Callable[[list[Any]], Any]] = {
            "tuple": tuple,
            "frozenset": frozenset,
            "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
            "Decimal": lambda parts: Decimal(*parts),
            "date": lambda parts: date.fromisoformat(*parts),
            **{name: form.made for name, form in self._forms.items()},
        }

    def encode(self, record: Record, known: Sequence[object] = ()) -> bytes | None:
        """The record as text; None where it holds something that no field of these records is declared to hold.

        None also where no memory is left for it. Objects of `known` are not written: reading needs the same ones in
        the same order.
        """
        try:
            return _Writer(self._forms, known).text(record)
        except (TypeError, MemoryError):
            return None

    def decode(self, text: bytes, known: Sequence[object] = ()) -> Record | None:
        """The record that was written; None where this is no such text, whatever it is."""
        try:
            nodes = list(known)
            for node in json.loads(text):
                if type(node) is list:
                    nodes.append(self._makers[node[0]]([nodes[number] for number in node[1:]]))
                else:
                    nodes.append(node)
            return nodes[-1] if type(nodes[-1]) is self._root else None
        except _BROKEN:
            return None


class _Writer:
    """Collects the nodes of one record."""

    def __init__(self, forms: Mapping[str, _Form], known: Sequence[object]) -> None:
        self._forms = forms
        self._known = {id(one): number for number, one in enumerate(known)}
        self._nodes: list[Any] = []
        self._numbers: dict[object, int] = {}

    def text(self, record: object) -> bytes:
        """The nodes as JSON in ASCII, for a text may hold halves of characters that UTF-8 has no bytes for."""
        self._number(record)
        return json.dumps(self._nodes, separators=(",", ":")).encode("ascii")

    def _number(self, value: object) -> int:
        """The number of the node for a value, made where there is none yet."""
        kind = type(value)
        if kind in _ATOMS:
            # By type: 1, 1.0 and True are equal. By its digits: so are 0.0 and -0.0.
            return self._add((kind, repr(value) if kind is float else value), value)
        if id(value) in self._known:
            return self._known[id(value)]
        node = [kind.__name__, *map(self._number, self._parts(kind, value))]
        return self._add(tuple(node), node)

    def _add(self, name: object, node: object) -> int:
        number = self._numbers.setdefault(name, len(self._known) + len(self._nodes))
        if number == len(self._known) + len(self._nodes):
            self._nodes.append(node)
        return number

    def _parts(self, kind: type, value: Any) -> Iterator[object]:
        """What a value is made of. Raises TypeError for what is not known."""
        form = self._forms.get(kind.__name__)
        if form and form.cls is kind:
            return form.parts(value)
        if kind is tuple:
            return iter(value)
        if kind is dict:
            return (part for pair in value.items() for part in pair)
        if kind is frozenset:
            return iter(sorted(value, key=repr))  # the same set, the same bytes
        if kind in (Decimal, date):
            return iter((str(value),))
        raise TypeError(kind)


# ---------------------------------------------------------------------------------------------- the sorts of records


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """How a class of records is taken apart and made: its fields with the types of which their values may be."""

    cls: type
    names: tuple[str, ...]
    types: tuple[tuple[type, ...], ...]
    by_name: bool = False

    def parts(self, value: Any) -> Iterator[object]:
        """The values of the fields, in order; of a word of a closed list its text."""
        return iter((value.value,)) if issubclass(self.cls, Enum) else (getattr(value, name) for name in self.names)

    def made(self, parts: list[Any]) -> object:
        """The record with these values. Raises TypeError where one is not of the field's type."""
        if len(parts) != len(self.types) or not all(map(isinstance, parts, self.types)):
            raise TypeError(self.cls)
        return self.cls(**dict(zip(self.names, parts, strict=True))) if self.by_name else self.cls(*parts)


def _form(cls: type) -> _Form:
    if issubclass(cls, Enum):
        return _Form(cls, ("value",), ((str, int),))
    hints = get_type_hints(cls)
    if not dataclasses.is_dataclass(cls):
        return _Form(cls, tuple(hints), tuple(_classes(hint) for hint in hints.values()))
    fields = dataclasses.fields(cls)
    by_name = any(field.kw_only for field in fields)
    return _Form(cls, tuple(f.name for f in fields), tuple(_classes(hints[f.name]) for f in fields), by_name)


def _closure(root: type) -> list[type]:
    """The class, and every class of records or closed words that its fields may hold, at any depth."""
    found: dict[type, None] = {}
    ahead: list[Any] = [root]
    while ahead:
        one = ahead.pop()
        ahead += get_args(one)
        if isinstance(one, type) and one not in found and _is_record(one):
            found[one] = None
            ahead += [] if issubclass(one, Enum) else get_type_hints(one).values()
    return list(found)


def _is_record(cls: type) -> bool:
    return dataclasses.is_dataclass(cls) or issubclass(cls, Enum) or hasattr(cls, "_fields")


def _classes(hint: Any) -> tuple[type, ...]:
    """The classes of which a value of the declared type is."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return tuple(cls for part in get_args(hint) for cls in _classes(part))
    cls = origin or hint
    if not isinstance(cls, type):
        return (object,)
    return {float: (float, int), Mapping: (dict,)}.get(cls, (cls,))  # a mapping was a dict when it was written
