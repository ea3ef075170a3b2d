"""A year in three habits: finished rows stay in the sheet, are deleted, or go to 销号 with `next`. The paper is the same.

Which row is which is given, by 编号 or by stored answers; items are finished, added, withdrawn, reopened, merged, split
and postponed, a month has no ledger, and one ledger is put right when later ones are there.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.support.folders import TEMPLATES
from tests.support.supervised import Supervised, fixed, months, sentences
from tests.support.trials import ALL
from tests.support.year import Item, Truth, Year
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.config.kinds import Kind
from tongbao.model import REASON

KINDS = kind_names(TEMPLATES)
HABITS = ("keep", "delete", "next")
# Six ledgers of seven months. A run tries one office of each kind; every second has no 编号.
TRIED = [(name, answers) for n, name in enumerate(KINDS) for answers in (False, True) if ALL or answers == n % 2]
SAME = ("figures", "labels", "classes", "measures", "groups", "selections", "units")

# How the paper of each kind says a figure. A clause that counts nothing is not printed.
SAID = {
    "annual-tasks": {
        "total": r"重点工作任务共(?:\d+大项)?(\d+)项",
        "completed": r"评价为“完成”的(\d+)项，占",
        "lagging": r"(?<!上期)评价为“滞后”的(\d+)项，占",
    },
    "general": {
        "total": r"督查事项共(\d+)项",
        "completed": r"已办结(\d+)项，占",
        "lagging": r"，滞后(\d+)项",
    },
    "key-projects": {"total": r"重点项目(\d+)个", "lagging": r"，未达到序时进度(\d+)个"},
    "meeting-decisions": {
        "total": r"累计交办(\d+)项",
        "closed_before": r"前已完成销号(\d+)项",
        "newly_completed": r"新增完成(\d+)项",
        "lagging": r"需加快推进(\d+)项",
    },
    "rectification": {
        "total": r"反馈问题共(\d+)个",
        "completed": r"已完成整改(\d+)个",
        "lagging": r"，进度滞后(\d+)个",
    },
    "standing-meeting": {
        "total": r"共督查(\d+)项",
        "completed": r"共督查\d+项，已完成(\d+)项",
        "lagging": r"共督查.*?进展缓慢(\d+)项",
    },
    "work-report": {
        "total": r"(\d+)项重点工作任务中",
        "completed": r"“已完成年度目标”(\d+)项",
        "lagging": r"“未完成季度目标”(\d+)项",
    },
}


@pytest.mark.parametrize(("name", "answers"), TRIED)
def test_the_three_habits_give_the_same_paper_and_the_truth(tmp_path, name, answers):
    kind = load_kind(TEMPLATES, name)
    year = Year(random.Random(f"{name} 2025 {answers}"), answers=answers)
    right, corrected = year.corrected()
    assert corrected > 1
    offices = [Supervised(tmp_path / habit, kind, year, habit) for habit in HABITS if not (tmp_path / habit).mkdir()]
    checked = tuple(year.ledgers) if ALL else (year.ledgers[2], year.ledgers[-1])
    for told in zip(*(months(one, checked) for one in offices), strict=True):
        assert_same([(record, paper) for _, record, paper in told])
        month, record, paper = told[0]
        assert_true(record, paper, year, month, kind)
    for one in offices:
        one.put_right(corrected, right)
    for month in [
        m for m in year.ledgers if m >= corrected and m in (checked if ALL else (corrected, year.ledgers[-1]))
    ]:
        told_again = [one.run(month) for one in offices]
        assert_same(told_again)
        record, paper = told_again[0]
        assert_true(record, paper, right, month, kind)


def assert_same(told: list[tuple[Mapping[str, Any], str]]) -> None:
    record, paper = told[0]
    for other, theirs in told[1:]:
        assert {part: other[part] for part in SAME} == {part: record[part] for part in SAME}
        assert sentences(theirs) == sentences(paper)


def assert_true(record: Mapping[str, Any], paper: str, year: Year, month: int, kind: Kind) -> None:
    """What figures.json and the sentences of the paper say, against what is true of the items."""
    truth = year.truth(month)
    figures = {id_: value for id_, value in record["figures"].items() if id_ in truth.numbers}
    assert figures == {id_: value for id_, value in truth.numbers.items() if id_ in record["figures"]}
    assert record["figures"]["items"] == len({item.group for item in truth.counted})
    assert record["figures"]["units"] == len({item.unit for item in truth.counted})
    assert listed(record, "lagging") == texts(truth.lagging, month)
    if "newly_completed" in record["figures"]:
        assert listed(record, "newly_completed") == texts(truth.newly_completed, month)
    assert {name: Decimal(record["measures"][name]) for name in sums(kind)} == amounts(truth, kind)
    for field in kind.groups:
        if field != REASON:
            counts = {value: group["count"] for value, group in record["groups"][field].items()}
            assert counts == Counter(str(fixed(item, field, kind)) for item in truth.counted)
    said = {id_: re.search(pattern, paper) for id_, pattern in SAID[kind.id].items()}
    assert {id_: int(found[1]) if found else 0 for id_, found in said.items()} == {
        id_: truth.numbers[id_] for id_ in said
    }


def listed(record: Mapping[str, Any], name: str) -> list[str]:
    return sorted(line["text"] for line in record["lists"].get(name, []))


def texts(items: list[Item], month: int) -> list[str]:
    return sorted(item.months[month].text for item in items)


def sums(kind: Kind) -> dict[str, str]:
    return {measure.name: measure.sum for measure in kind.measures if measure.sum}


def amounts(truth: Truth, kind: Kind) -> dict[str, Decimal]:
    return {
        name: sum((Decimal(str(fixed(item, field, kind))) for item in truth.counted), Decimal())
        for name, field in sums(kind).items()
    }
