"""Damaged workbooks by the thousand: each is read rightly or refused in plain words, soon and in little memory.

Every damage is made from a seed, so that a failure names the file that causes it: `damaged(seed)`.
"""

from __future__ import annotations

import functools
import io
import math
import random
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest

from tests.support.binary import binary_workbook
from tests.support.builders import meetings, period, projects, year_tasks
from tests.support.drawing import xlsx
from tests.support.folders import DATA, ROOT
from tests.support.foreign import ARCHIVES, PAGES, PLAIN, XML
from tests.support.old_excel import compound, excel95
from tests.support.trials import tried
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.excel.grid import Book, Marks, Sheet
from tongbao.excel.values import Cell
from tongbao.ledger.read import read_book
from tongbao.model import Ledger, Level, Problem

SEEDS, BATCH = tried(2400, 1200), 200
LEDGER = """
| 云溪县重点项目调度会决策事项台账 |
| 序号 | 名称 | 责任单位 | 事项 | 完成时限 | 完成情况 | 备注 |
| 2021年10月26日第一次会议决策事项 |
| #1 | 甲项目 | 县财政局⏎县水利局 | 办理手续 | @2022-04-30 | 正在办理 | |
| #2 | ^ | ^ | 做完乙事 | 2022年⏎1月30日 | 已经做完 | 视为⏎完成 |
| #3 | 丙项目 | 县水利局 | 修水库 | 4月底前 | =A4 | |
"""


@functools.cache
def sources() -> tuple[bytes, ...]:
    """Sound workbooks of every format."""
    rows: list[list[str | float]] = [
        ["序号", "名称", "事项", "备注"],
        [1.0, "甲项目", "修路", "完成"],
        [2.0, "", "架桥", ""],
    ]
    return (
        xlsx(LEDGER),
        xlsx(LEDGER, "| 序号 | 事项 |\n| 1 | 建校 |", names=["台账", "销号"]),
        (DATA / "台账.ods").read_bytes(),
        (DATA / "台账.xls").read_bytes(),
        binary_workbook(rows, (1, 2, 1, 1), hidden=2),
        "序号,事项,备注\n1,修路,完成\n2,架桥,\n".encode("gb18030"),
        PAGES["merged, with line breaks and hard spaces"].data,
        ARCHIVES["a book of two sheets"].data,
        XML["types and styles"].data,
        compound(excel95(PLAIN)),
    )


# ---------------------------------------------------------------------------------------------- damages

Parts = dict[str, bytes]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(chance: random.Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def doubled(chance: random.Random, data: bytes) -> bytes:
    start, stop = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:stop] + data[start:]


def hole(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(80) :]


def strange_number(chance: random.Random, data: bytes) -> bytes:
    """One of the numbers of a part becomes negative, huge, or no number."""
    places = list(re.finditer(rb'"\d+"|>\d+<', data))
    if not places:
        return data
    place = chance.choice(places)
    number = chance.choice([b"-1", b"99999999999", b"4294967296", b"1048577", b"NaN", b"1e309", b"", b"0x10"])
    return data[: place.start() + 1] + number + data[place.end() - 1 :]


def strange_address(chance: random.Random, data: bytes) -> bytes:
    """A cell or a range somewhere else, or nowhere."""
    places = list(re.finditer(rb'(?<=r="|f=")[A-Z]+\d+(?=[":])', data))
    if not places:
        return data
    place = chance.choice(places)
    address = chance.choice(
        [b"XFD1048576", b"A0", b"ZZZZ99999999999", b"1A", b"", b"XFE1", b"A1048577", b"C3:A1", b"a1"]
    )
    return data[: place.start()] + address + data[place.end() :]


STRANGE = [
    b"&#xD800;",
    b"&#0;",
    b"\x00\x01\x02",
    b"\xed\xa0\x80",
    b"_xD83D__x0007_",
    b"&unknown;",
    b"<!-- --",
    b"<![CDATA[]]>",
    b"<f>[1]Sheet1!A1</f>",
    b"<f>SUM(A1:XFD1048576)</f>",
    "\u202e\u200b\ufeff\x85".encode(),
    "\U0001f600\u3000".encode(),
    b"<a>" * 3000,
    "长".encode() * 32767,
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
]


def strange_content(chance: random.Random, data: bytes) -> bytes:
    start = data.find(b">", chance.randrange(len(data) + 1)) + 1
    return data[:start] + chance.choice(STRANGE) + data[start:]


DAMAGES: list[Callable[[random.Random, bytes], bytes]] = [
    cut,
    flipped,
    doubled,
    hole,
    strange_number,
    strange_address,
    strange_content,
    lambda chance, data: b"",
    lambda chance, data: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data,
    lambda chance, data: data.decode("utf-8", "replace").encode("utf-16"),
]


def repack(chance: random.Random, data: bytes) -> bytes:
    """A package with a damaged, missing, swapped or doubled part, its checksums right."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts: Parts = {name: source.read(name) for name in source.namelist()}
    name, other = chance.choice(list(parts)), chance.choice(list(parts))
    match chance.randrange(8):
        case 0:
            del parts[name]
        case 1:
            parts[name], parts[other] = parts[other], parts[name]
        case 2:
            parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
            parts[name] = strange_content(chance, parts[name])
        case _:
            parts[name] = chance.choice(DAMAGES)(chance, parts[name] or b"<x/>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as target:
        for part, content in parts.items():
            target.writestr(part, content)
    return buffer.getvalue()


def damaged(seed: int) -> bytes:
    """The damaged workbook of this seed."""
    chance = random.Random(seed)
    data = chance.choice(sources())
    if data.startswith(b"PK") and chance.random() < 0.7:
        return repack(chance, data)
    return chance.choice([cut, flipped, doubled, hole])(chance, data)


# ---------------------------------------------------------------------------------------------- what must hold


def read(data: bytes) -> tuple[Ledger | None, list[Problem]]:
    when = period()
    book, problems = sheets.parse(data, "台账.xlsx")
    if book is None:
        return None, problems
    found, more = read_book(book, meetings(), when, as_of=when.last, roster=None)
    return found, problems + more


@pytest.mark.parametrize("batch", range(SEEDS // BATCH))
def test_a_damaged_workbook_is_read_or_refused_in_plain_words(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        began = time.monotonic()
        found, problems = read(damaged(seed))
        assert time.monotonic() - began < 10, seed
        assert found or any(p.level is Level.ERROR for p in problems), seed
        for problem in problems:
            assert re.search("[\u4e00-\u9fff]", problem.message), (seed, problem)
            assert "Error" not in problem.message, (seed, problem)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_cut_off_is_never_taken_for_a_whole_workbook(seed: int) -> None:
    """Save where nothing but the directory of the zip is gone: then all that was there is read."""
    for data in sources()[:3]:
        found, whole = read(cut(random.Random(seed), data))[0], read(data)[0]
        assert found is None or (whole and [r.cells for r in found.rows] == [r.cells for r in whole.rows])


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bytes_never_change_what_a_package_says(seed: int) -> None:
    chance = random.Random(seed)
    sound, _ = read(sources()[0])
    assert sound is not None
    found, problems = read(flipped(chance, sources()[0]))
    assert found is None or [r.cells for r in found.rows] == [r.cells for r in sound.rows]
    assert found or problems


# ---------------------------------------------------------------------------------------------- sound files, wild tables

TEXTS: list[str] = [
    *["", "", "", "", "序号", "事项", "备注", "责任单位", "名称", "完成情况", "时限", "级别", "项目名称", "推进状态"],
    *[
        "计划投资（万元）",
        "完成率",
        "修路",
        "架桥",
        "完成",
        "正常",
        "合计",
        "注：空白为正常",
        "填表人：林一山",
        "一",
        "二、城建类",
    ],
    *[
        "（一）在建",
        "2021年10月26日第一次会议",
        "县财政局\n县水利局",
        "同上",
        "—",
        "4月底前",
        "9月31日",
        "#REF!",
        "\u200b",
        "长" * 500,
    ],
    *["1", "2", "3"],
]
FIGURES: list[Cell] = [1.0, 2.0, 0.5, 44877.0, True, math.nan, math.inf, 1e300, -5.0]
DAYS: list[Cell] = [date(2022, 4, 30), time_of_day(3, 4), timedelta(1)]
WORDS: list[Cell] = [*TEXTS, *FIGURES, *DAYS]


def wild_table(chance: random.Random, by: Kind) -> Sheet:
    """Any words in any cells, merged anyhow, mostly under a header that fits."""
    height, width = chance.randrange(14), chance.randrange(1, 9)
    cells = [[chance.choice(WORDS) for _ in range(width)] for _ in range(height)]
    if height > 2 and chance.random() < 0.9:
        headers: list[Cell] = [
            c.headers[0] for c in sorted(by.columns, key=lambda c: (not c.required, chance.random()))
        ]
        cells[chance.randrange(3)] = (headers + [""] * width)[:width]
    merges = []
    for _ in range(chance.randrange(6) if height else 0):
        top, bottom = sorted(chance.randrange(1, height + 1) for _ in "ab")
        left, right = sorted(chance.randrange(1, width + 1) for _ in "ab")
        merges.append((top, left, bottom, right))
    marks = Marks(
        frozenset({3}), frozenset({1}), True, {(4, 1): "甲", (4, 2): "乙"}, frozenset({(5, 2)}), {(3, 2): "#REF!"}
    )
    return Sheet(chance.choice(["台账", "销号"]), cells, tuple(merges), marks=marks)


@pytest.mark.parametrize("by", [meetings(), year_tasks(), projects()], ids=lambda by: by.id)
def test_whatever_stands_in_a_table_is_read_or_told(by: Kind) -> None:
    when = period()
    for seed in range(tried(1000, 400)):
        book = Book("台账.xlsx", (wild_table(random.Random(seed), by),))
        found, problems = read_book(book, by, when, as_of=when.last, roster=None)
        assert found or problems, seed
        assert all(p.message and p.place.file for p in problems), seed


# ---------------------------------------------------------------------------------------------- heavy ones


def heavy(part: str) -> bytes:
    """A workbook whose sheet is replaced by something far too large."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(LEDGER))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                head, _, tail = content.partition(b"</sheetData>")
                with target.open(name, "w") as stream:
                    stream.write(head)
                    write_heavy(part, stream.write)
                    stream.write(tail if part != "merges" else b"</worksheet>")
            else:
                target.writestr(name, content)
    return buffer.getvalue()


def write_heavy(part: str, write: Callable[[bytes], int]) -> None:
    if part == "spaces":
        for _ in range(400):
            write(b" " * 2**20)
        write(b"</sheetData>")
    elif part == "coloured":
        for row in range(10, 200_000):
            write(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row))
        write(b"</sheetData>")
    elif part == "filled":
        for row in range(10, 100_000):
            write(b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>' % (row, row, row))
        write(b"</sheetData>")
    else:
        write(b"</sheetData><mergeCells>")
        for n in range(2**20):
            write(b'<mergeCell ref="A%d:B%d"/>' % (n + 1, n + 1))
        write(b"</mergeCells>")


IN_LITTLE_MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from pathlib import Path
from tests.support.builders import meetings, period
from tongbao.ledger.read import read_data
when, path = period(), Path(sys.argv[1])
found, problems = read_data(path.read_bytes(), path.name, meetings(), when, as_of=when.last, roster=None)
print(len(found.rows) if found else "none", *[p.code for p in problems if p.level == "error"])
"""


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("spaces", "none file_bomb"),
        ("merges", "none file_merges"),
        ("filled", "none file_vast"),
        ("coloured", "3 formula_uncached"),
    ],
)
def test_the_heaviest_workbooks_need_less_than_a_gibibyte_and_ten_seconds(part: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(heavy(part))
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=15, encoding="utf-8", check=False)
    assert (ran.stdout.strip(), ran.stderr) == (said, "")
