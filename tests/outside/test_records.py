"""Records as text and back: exactly, or not at all; and a text can do nothing but be read."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import KW_ONLY, dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import ledger, meetings, projects, read
from tests.support.folders import ROOT, TEMPLATES
from tests.support.simulator import simulated
from tests.support.trials import tried
from tongbao.config.kind_file import load_kind
from tongbao.excel import sheets
from tongbao.ledger.kept import Held
from tongbao.ledger.read import read_book
from tongbao.matching.match import match
from tongbao.matching.two_periods import Matching
from tongbao.model import Deadline, DeadlineKind, Ledger, Level, Milestone, Place, Problem, Row, State, Value
from tongbao.outside.records import Codec
from tongbao.words.periods import parse_period

HELD, MATCHING = Codec(Held), Codec(Matching)


def held(found: Ledger, *errors: Problem) -> Held:
    return Held(found, errors)


def there_and_back(record: Held) -> Held | None:
    text = HELD.encode(record)
    assert text is not None
    return HELD.decode(text)


def exactly(value: Any) -> Any:
    """All that can be told of a value: 1.0 is not 1.00, and columns have their order; a set has none."""
    if is_dataclass(value):
        return type(value), [exactly(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, tuple):
        return type(value), [exactly(one) for one in value]
    if isinstance(value, dict):
        return type(value), [(exactly(key), exactly(one)) for key, one in value.items()]
    if isinstance(value, frozenset):
        return type(value), sorted(map(repr, value))
    return type(value), repr(value)


# ---------------------------------------------------------------------------------------------- exact


def test_a_ledger_comes_back_with_every_sort_of_value():
    found = ledger(
        """
        | 序号 | 项目级别 | 项目名称 | 责任单位 | 概算总投资（亿元） | 完成率 | 开工日期 | 推进状态 | 备注一 |
        | 1 | 省重点 | 金石水库 | 县水利局、青石镇 | 1.50 | 8.10% | 2022-03-05 | 达序时 | 甲⏎乙 |
        | 2 | ^ | 老旧小区 | 各相关单位 | 10 | | | 完工 | |
        """,
        projects(),
    )
    assert exactly(there_and_back(held(found))) == exactly(held(found))


texts = st.text(st.characters(), max_size=8)  # halves of characters too, as damaged files hold them
days = st.dates()
milestones = st.builds(Milestone, days, st.none() | days, texts)
deadlines = st.builds(
    Deadline, texts, st.sampled_from(DeadlineKind), st.lists(milestones, max_size=2).map(tuple), texts
)
values: st.SearchStrategy[Value] = (
    texts | st.decimals() | days | deadlines | st.lists(texts, max_size=3).map(tuple) | st.none()
)
places = st.builds(Place, texts, texts, st.integers(), st.integers())
rows = st.builds(
    Row,
    places,
    texts,
    texts,
    st.lists(texts, max_size=2).map(tuple),
    state=st.sampled_from(State),
    done=st.booleans(),
    deadline=deadlines,
    cells=st.dictionaries(texts, values, max_size=4),
    merged=st.frozensets(texts, max_size=3),
    others=st.dictionaries(texts, texts, max_size=2),
)
problems = st.builds(Problem, st.sampled_from(Level), texts, texts, place=places, item=texts)
BARE = ledger("| 序号 | 交办事项 | 备注 |\n| 1 | 修路 | |")


@given(st.lists(rows, max_size=4), st.lists(problems, max_size=2))
def test_any_rows_and_problems_come_back(made, said):
    record = held(replace(BARE, rows=tuple(made)), *said)
    assert exactly(there_and_back(record)) == exactly(record)


@given(st.lists(rows, max_size=4))
def test_the_same_record_is_the_same_text_whatever_the_order_of_a_set(made):
    turned = [replace(row, merged=frozenset(sorted(row.merged, reverse=True))) for row in made]
    both = [HELD.encode(held(replace(BARE, rows=tuple(some)))) for some in (made, turned)]
    assert both[0] == both[1]


@pytest.mark.parametrize("seed", range(tried(200, 24)))
def test_simulated_periods_and_their_matchings_come_back(seed):
    step = simulated(seed)
    for one in (step.prior, step.current):
        assert exactly(there_and_back(held(one))) == exactly(held(one))
    found, _ = match(step.prior, step.current)
    known = (*step.prior.rows, *step.prior.closed, *step.current.rows, *step.current.closed)
    text = MATCHING.encode(found, known)
    assert text is not None
    again = MATCHING.decode(text, known)
    assert again is not None
    assert exactly(again) == exactly(found)
    assert all(pair.prior is other.prior for pair, other in zip(again.pairs, found.pairs, strict=True))


SAMPLES = sorted([*TEMPLATES.glob("*/sample/*.xlsx"), *(ROOT / "input").glob("*/*.xlsx")])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_every_shipped_ledger_comes_back(path):
    kind = load_kind(TEMPLATES, path.parent.parent.name if path.parent.name == "sample" else "meeting-decisions")
    book, when = sheets.open_book(path)[0], parse_period(path.stem)
    assert book is not None
    assert when is not None
    found, said = read_book(book, kind, when, as_of=when.last, roster=None)
    if found is not None:
        assert exactly(there_and_back(held(found, *said))) == exactly(held(found, *said))


def test_what_is_equal_is_written_once():
    rows = "\n".join(f"| {n} | 修建第{n}号灌渠 | 县水利局 | 完成 |" for n in range(1, 101))
    text = HELD.encode(held(ledger(f"| 序号 | 交办事项 | 责任单位 | 备注 |\n{rows}")))
    assert text is not None
    assert text.count(json.dumps("县水利局").encode()) == 1


# ---------------------------------------------------------------------------------------------- not at all


class Colour(StrEnum):
    RED = "red"


class Spot(NamedTuple):
    row: int = 0


NOWHERE = Spot()


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    spot: Spot = NOWHERE
    share: float = 0.5
    key: Hashable = ""
    colour: Colour | None = None
    within: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    _: KW_ONLY
    count: int = 0


THING = Codec(Thing)


@pytest.mark.parametrize(
    "thing",
    [
        Thing("a", Spot(3), 1.0, ("a", 1, True, None), Colour.RED, {"b": (Spot(3), Spot(4))}, count=2),
        Thing("", share=-0.0),
        Thing("", share=0.0),
        Thing("", share=1),  # a number may be whole
        Thing("", key=(1, 1.0, True, "1", Decimal(1), Decimal("1.0"))),
    ],
)
def test_other_records_come_back_without_being_named_anywhere(thing):
    text = THING.encode(thing)
    assert text is not None
    assert exactly(THING.decode(text)) == exactly(thing)


@pytest.mark.parametrize("value", [datetime(2022, 2, 7), b"", object(), [1], {1, 2}, Thing, Place()])
def test_what_no_field_is_declared_to_hold_is_not_written(value):
    assert THING.encode(Thing("", key=value)) is None


GOOD = json.loads(THING.encode(Thing("a", count=2)) or b"")


@pytest.mark.parametrize(
    "nodes",
    [
        [],
        {},
        None,
        "a",
        5,
        ["a"],  # no record at all
        [["Thing"]],
        [*GOOD[:-1], GOOD[-1][:-1]],  # a field too few
        [*GOOD[:-1], [*GOOD[-1], 0]],  # one too many
        [*GOOD[:-1], ["Thing", *reversed(GOOD[-1][1:])]],  # of other types
        [*GOOD[:-1], ["Thing", 999, *GOOD[-1][2:]]],  # of a node that is not there
        [*GOOD[:-1], ["Row", *GOOD[-1][1:]]],  # of another sort
        ["date", ["date", 0]],
        ["x", ["Decimal", 0]],
        ["x", ["Colour", 0]],
        ["x", ["dict", 0]],
        ["import os", ["eval", 0]],
        ["import os", ["__import__", 0]],
        [[["Thing"]]],
        [[{}, 0]],
        [[]],
    ],
)
def test_any_other_text_is_no_record(nodes):
    assert THING.decode(json.dumps(nodes).encode()) is None


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"cos\nsystem\n(S'x'\ntR.", b"[" * 100_000, b"NaN"])
def test_what_is_no_json_is_no_record(text):
    assert THING.decode(text) is None


def test_a_text_that_is_cut_anywhere_is_no_record():
    found, said = read("| 序号 | 交办事项 | 备注 |\n| 1 | 修路 | 完成 |\n| 2 | | |", meetings())
    assert found is not None
    text = HELD.encode(held(found, *said))
    assert text is not None
    assert [end for end in range(len(text)) if HELD.decode(text[:end]) is not None] == []
    assert HELD.decode(text, known=["too many"]) is None


def test_a_day_stays_a_day():
    found = replace(BARE, as_of=date(2022, 12, 31))
    again = there_and_back(held(found))
    assert again is not None
    assert type(again.ledger.as_of) is date
