"""A year in three habits: finished rows stay in the sheet, are deleted, or go to 销号 with `next`. The paper is the same.

Each office of the test has ids, so that which row is which is given; items are finished, added, withdrawn, reopened.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.folders import TEMPLATES
from tests.support.office import Office, command
from tests.support.trials import ALL
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.config.kinds import ColumnType, Kind
from tongbao.model import ID, NO, PROGRESS, REASON, TASK, State

MONTHS = 6
# The months whose paper is made; what went before is read from the ledgers on file.
CHECKED = tuple(range(1, MONTHS + 1)) if ALL else (6,)
HABITS = ("keep", "delete", "next")
UNITS = ["县水利局", "县财政局", "县住房和城乡建设局", "青石镇"]
TASKS = (
    *(
        "水库加固",
        "泵站检测",
        "小学新建",
        "医院搬迁",
        "道路拓宽",
        "桥梁重建",
        "公园绿化",
        "农贸市场升级",
        "码头清淤",
        "车站选址",
    ),
    *(
        "变电站并网",
        "林场防火",
        "茶叶采摘",
        "灌渠衬砌",
        "护坡修补",
        "广场铺装",
        "剧院消防",
        "粮食熏蒸",
        "冷链制冷",
        "图书采购",
    ),
)


@dataclass
class Item:
    """One item through the year: its fixed cells, and its label of each month (None: not there yet)."""

    id: str
    cells: dict[str, Any]
    labels: list[str | None]

    def done(self, month: int, kind: Kind) -> bool:
        label = self.labels[month]
        return label is not None and next(one for one in kind.labels if one.name == label).is_done

    def withdrawn(self, month: int, kind: Kind) -> bool:
        return any(one.name == self.labels[month] and one.withdrawn for one in kind.labels)


def words(kind: Kind, state: State, *, withdrawn: bool = False) -> str:
    return next(one.name for one in kind.labels if one.state is state and one.withdrawn is withdrawn)


def invented(kind: Kind, rng: random.Random) -> list[Item]:
    """Twenty items: some there from the first month, some added; each finished, withdrawn, reopened, or open to the end."""
    done, open_, late = words(kind, State.DONE), words(kind, State.ON_TRACK), words(kind, State.LAGGING)
    gone = words(kind, State.SUSPENDED, withdrawn=True)
    items = []
    for number, task in enumerate(TASKS, 1):
        begins = 1 if number <= 14 else rng.randint(2, MONTHS - 1)
        labels: list[str | None] = [None] * (MONTHS + 1)
        ends = rng.choice([2, 3, 4, 5, MONTHS + 1])
        for month in range(begins, MONTHS + 1):
            labels[month] = done if month >= max(ends, begins) else rng.choice([open_, open_, late])
        if number == 5:
            labels[4:] = [gone] * (MONTHS - 3)
            labels[1:4] = [open_] * 3
        if number == 7:  # done in the second month, open again from the fifth on
            labels[1:] = [open_, done, done, done, late, open_]
        items.append(Item(f"2025-{number:03d}", cells(kind, number, task, rng), labels))
    return items


def cells(kind: Kind, number: int, task: str, rng: random.Random) -> dict[str, Any]:
    """What stands in the columns that do not change."""
    fixed: dict[str, Any] = {}
    for column in kind.columns:
        if column.field == TASK:
            fixed[TASK] = task
        elif column.type is ColumnType.UNITS:
            fixed[column.field] = UNITS[number % len(UNITS)]
        elif column.type is ColumnType.AMOUNT:
            fixed[column.field] = number + 0.5
        elif column.field in (*kind.groups, *kind.sections) and column.field != REASON:
            fixed[column.field] = f"第{'一二三'[(number - 1) * 3 // len(TASKS)]}类"
    return fixed


# ---------------------------------------------------------------------------------------------- ledgers


def headers(kind: Kind) -> dict[str, str]:
    """Field → header, each in the first of its names that no other column has."""
    taken: dict[str, str] = {}
    for column in kind.columns:
        if column.type in (ColumnType.DEADLINE, ColumnType.PEOPLE) or column.field in ("备注", "简称"):
            continue
        taken[column.field] = next(h for h in column.headers if h not in taken.values())
    return taken


def written(kind: Kind, items: list[Item], month: int) -> bytes:
    import io

    book, head = Workbook(), headers(kind)
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(list(head.values()))
    for number, item in enumerate(items, 1):
        sheet.append([value_of(item, field, number, month, kind) for field in head])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def value_of(item: Item, field: str, number: int, month: int, kind: Kind) -> Any:
    changing = {
        ID: item.id,
        NO: number,
        PROGRESS: f"{since(item, month, kind)}月进展第{item.id[-3:]}号",
        kind.status.field: item.labels[month],
    }
    if field == REASON and item.withdrawn(month, kind):
        return "政策调整"
    return changing.get(field, item.cells.get(field))


def since(item: Item, month: int, kind: Kind) -> int:
    """The month of which the progress tells: nothing more is written of an item that is done."""
    while item.done(month, kind) and item.labels[month - 1] is not None and item.done(month - 1, kind):
        month -= 1
    return month


def there(items: list[Item], month: int, habit: str, kind: Kind) -> list[Item]:
    """The items in the sheet of a month: finished or withdrawn before, they are kept or deleted."""

    def over(item: Item) -> bool:
        before = month > 1 and item.labels[month - 1] is not None
        now = item.done(month, kind) or item.withdrawn(month, kind)
        return before and now and (item.done(month - 1, kind) or item.withdrawn(month - 1, kind))

    return [i for i in items if i.labels[month] is not None and not (habit == "delete" and over(i))]


def filled_in(path: Path, kind: Kind, items: list[Item], month: int) -> None:
    """The ledger that `next` prepared, filled in by hand: statuses and progress by id, new and reopened rows below."""
    book, head = load_workbook(path), headers(kind)
    sheet = book["台账"]
    top = next(row for row in sheet.iter_rows() if any(c.value == head[TASK] for c in row))
    column = {str(c.value): c.column for c in top if c.value}
    by_id = {item.id: item for item in items}
    below = int(top[0].row or 0) + 1
    rows = [r for r in range(below, sheet.max_row + 1) if sheet.cell(r, column[head[TASK]]).value]
    seen = {str(sheet.cell(r, column[head[ID]]).value): r for r in rows}
    wanted = list(there(items, month, "delete", kind))
    last = max(rows, default=below - 1)
    for item in wanted:
        last += item.id not in seen
        row = seen.get(item.id, last)
        for field, text in head.items():
            if item.id not in seen or field in (PROGRESS, kind.status.field, REASON):
                # A number that no item has had: those of the rows above stay as they were, with gaps.
                sheet.cell(row, column[text]).value = value_of(item, field, 100 * month + row, month, kind)
    if "销号" in book.sheetnames:
        archive = book["销号"]
        for row in range(archive.max_row, 1, -1):
            ids = {str(c.value) for c in archive[row]} & by_id.keys()
            if any(not by_id[i].done(month, kind) and not by_id[i].withdrawn(month, kind) for i in ids):
                archive.delete_rows(row)
    book.save(path)


# ---------------------------------------------------------------------------------------------- the law


def supervised(
    folder: Path, kind: Kind, items: list[Item], habit: str
) -> Iterator[tuple[int, Mapping[str, Any], list[list[str]]]]:
    """An office through its year: month, figures.json, and the sentences of the paper before its annex."""
    office = Office(
        folder,
        "office: {name: 云溪县人民政府督查室}\n"
        f"reports:\n  - {{name: 试, kind: {kind.id}, title: 关于示例事项办理情况的通报}}\n",
    )
    ledgers = folder / "input" / "试"
    ledgers.mkdir(parents=True)
    for month in range(1, MONTHS + 1):
        path = ledgers / f"台账2025-{month:02d}.xlsx"
        if habit != "next" or month == 1:
            path.write_bytes(written(kind, there(items, month, habit, kind), month))
        else:
            assert command(office, "next") == 0
            filled_in(path, kind, items, month)
        if month in CHECKED:
            assert office.run("-p", f"2025-{month:02d}") == 0
            token = f"2025-{month:02d}"
            yield month, office.record(token, "试"), sentences(office.paper(token, "试"))


def sentences(paper: str) -> list[list[str]]:
    """The paper before its annex, each line cut at its signs: new rows stand elsewhere in a sheet that `next` prepared,
    so that names and lines may come in another order; and what 第n项 cites is the number in the sheet."""
    body = re.sub(
        r"第[\d、]+项|\d+(?=\.)|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、",
        "",
        paper.split("\n附件\n")[0],
    )
    return sorted(sorted(re.split("[、，；。：]", line)) for line in body.splitlines())


SAME = ("figures", "labels", "classes", "measures", "groups", "selections", "units")


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_the_three_habits_give_the_same_paper_and_the_truth(tmp_path, name):
    kind = load_kind(TEMPLATES, name)
    items = invented(kind, random.Random(f"{name} 2025"))
    years = [
        list(supervised(tmp_path / habit, kind, items, habit)) for habit in HABITS if (tmp_path / habit).mkdir() is None
    ]
    for told in zip(*years, strict=True):
        for (month, figures, said), (_, others, theirs) in zip(told[:1] * 2, told[1:], strict=True):
            assert {part: figures[part] for part in SAME} == {part: others[part] for part in SAME}
            assert said == theirs
            known = [item for item in items if item.labels[month] and not item.withdrawn(month, kind)]
            done = [item for item in known if item.done(month, kind)]
            assert figures["figures"]["total"] == len(known)
            assert figures["figures"]["completed"] == len(done)
            assert figures["figures"]["open"] == len(known) - len(done)
            assert sum(one["count"] for one in figures["labels"].values()) == len(known)
