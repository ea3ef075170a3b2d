"""The sample office: its committed workbooks are what the command makes, and its ledgers count as they promise."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tongbao.circular.choices import Figures
from tongbao.circular.figures import tabulate
from tongbao.config.kind_file import load_kind
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.ledger.read import read_data
from tongbao.matching import changes, match
from tongbao.matching.two_periods import Changes
from tongbao.model import Level, Problem
from tongbao.words.periods import parse_period
from tongbao.words.units import Roster
from tools import samples

TEMPLATES = samples.ROOT / "templates"
OFFICE = samples.ROOT / "input" / "重点项目调度会决策事项"


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return samples.workbooks()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_workbooks_are_what_the_command_makes(workbooks: dict[str, bytes]) -> None:
    for path, content in workbooks.items():
        committed = (samples.ROOT / path).read_bytes()
        assert parts(committed) == parts(content), f"{path}: run python -m tools.samples"


def test_making_a_workbook_twice_gives_equal_bytes(workbooks: dict[str, bytes]) -> None:
    source = samples.source_of(samples.SOURCES / "units.yaml")
    assert samples.workbook(source, 0) == workbooks["units.xlsx"]


# ---------------------------------------------------------------------------------------------- how they look


def sheet_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def test_the_office_ledger_is_kept_as_offices_keep_it() -> None:
    sheet = sheet_of(OFFICE / "重点项目调度会决策事项台账2022-02-07.xlsx")
    headers = [str(c.value).replace("\n", "") for c in sheet[2]]
    assert headers == [
        *("序号", "名称", "分管（分包）领导", "责任单位", "存在问题及交办事项", "承办单位"),
        *("完成时限", "完成情况", "备注", "通报简称"),
    ]
    wide = [str(m) for m in sheet.merged_cells.ranges if m.size["columns"] == len(headers)]
    assert len(wide) == 11
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if isinstance(row[0], int)]
    assert [row[0] for row in rows] == list(range(1, 38))
    assert Counter(row[8] for row in rows) == {
        None: 30, "完成": 3, "视为\n完成": 2, "需加快推进": 1, "需加快\n\n推进": 1,
    }  # fmt: skip
    assert sum(row[6] is None for row in rows) == 27
    assert {row[6] for row in rows if row[6]} >= {"2022年\n1月30日"}
    assert any("住房和城乡\n建设局" in str(row[5]) for row in rows)
    assert sheet.print_title_rows == "$2:$2"


def test_the_two_office_ledgers_differ_in_progress_and_status_only() -> None:
    before, now = (sheet_of(OFFICE / f"重点项目调度会决策事项台账2022-{d}.xlsx") for d in ("01-19", "02-07"))
    differing = {
        column
        for old, new in zip(before.iter_rows(min_row=3), now.iter_rows(min_row=3), strict=True)
        for column, (a, b) in enumerate(zip(old, new, strict=True), 1)
        if a.value != b.value
    }
    assert differing == {8, 9}
    progress = [(a.value, b.value) for a, b in zip(before["H"][2:], now["H"][2:], strict=True) if b.value]
    assert all(a != b for a, b in progress)
    assert len({b for _, b in progress}) == 37


# ---------------------------------------------------------------------------------------------- what they say


@dataclass(frozen=True)
class Counted:
    """The two ledgers of a sample, read and counted by its kind, with all that was found wrong."""

    kind: Kind
    changes: Changes
    figures: Figures
    problems: list[Problem]

    def numbers(self, *ids: str) -> tuple[int, ...]:
        return tuple(int(self.figures.numbers[id_].value) for id_ in ids)

    def counts(self, *names: str) -> tuple[int, ...]:
        return tuple(self.figures.choices[name].count for name in names)

    def labels(self) -> dict[str, tuple[int, str]]:
        found = self.figures.labels.items()
        return {name: (c.count, self.figures.share(c, self.kind.shares)) for name, c in found if c.count}

    def measures(self, name: str) -> dict[str, str]:
        return {measure: f"{value:.2f}" for measure, value in self.figures.choices[name].measures.items() if value}


def roster() -> Roster:
    book, problems = sheets.open_book(samples.ROOT / "units.xlsx")
    assert book is not None
    found, more = Roster.from_rows(book.sheets[0].texts())
    assert not [*problems, *more]
    return found


def counted(kind_name: str, folder: Path, opening: int = 0) -> Counted:
    kind, units = load_kind(TEMPLATES, kind_name), roster()
    ledgers, problems = [], []
    for path in folder.glob("*.xlsx"):
        period = parse_period(path.stem)
        assert period is not None
        found, said = read_data(path.read_bytes(), path.name, kind, period, as_of=period.last, roster=units)
        assert found is not None, said
        ledgers.append(found)
        problems += said
    prior, current = sorted(ledgers, key=lambda it: it.period)
    matching, said = match.match(prior, current, ())
    problems += said
    compared, said = changes.compare(current, prior, matching, [prior])
    figures, more = tabulate(compared, kind, units, opening)
    return Counted(kind, compared, figures, [*problems, *said, *more])


@functools.cache
def sample(kind_name: str) -> Counted:
    return counted(kind_name, TEMPLATES / kind_name / "sample")


@pytest.fixture(scope="module")
def office() -> Counted:
    return counted("meeting-decisions", OFFICE, 55)


def test_the_office_ledger_counts_as_a_published_circular_does(office: Counted) -> None:
    assert office.numbers("total", "closed_before", "newly_completed", "lagging", "on_track") == (92, 55, 5, 2, 30)
    assert office.numbers("added", "reopened", "withdrawn", "dropped", "items") == (0, 0, 0, 0, 37)
    assert [row.no for row in office.figures.choices["新增完成"].rows] == ["5", "16", "24", "31", "35"]
    assert [row.no for row in office.figures.choices["滞后"].rows] == ["10", "37"]


def test_the_lagging_items_are_those_whose_deadline_is_past_and_nothing_else_is_late(office: Counted) -> None:
    late = [r.no for r in office.changes.current.rows if r.deadline.last and r.deadline.last <= date(2022, 1, 30)]
    assert late == ["10", "24", "35", "37"]
    assert {r.no for r in office.changes.current.rows if r.done} >= {"24", "35"}


def test_a_meeting_sample_has_a_row_in_every_clause() -> None:
    small = sample("meeting-decisions")
    assert small.numbers("total", "closed_before", "newly_completed", "lagging", "on_track", "added") == (
        11, 1, 3, 1, 6, 1,
    )  # fmt: skip
    assert [row.place.sheet for row in small.figures.choices["新增完成"].rows].count("销号") == 1
    assert len(small.changes.current.closed) == 2


def test_meetings_and_topics_are_read_from_columns_and_from_heading_rows_alike() -> None:
    standing = sample("standing-meeting")
    topics = Counter(row.section[0] for row in standing.changes.current.rows)
    assert topics == {f"县政府2022年第{n}次常务会议": count for n, count in ((10, 9), (11, 8), (12, 8))}
    assert standing.changes.prior is not None
    before = {row.text: row.section for row in standing.changes.prior.rows}
    assert all(before.get(row.text, row.section) == row.section for row in standing.changes.current.rows)
    assert standing.labels() == {"已完成": (11, "44.0%"), "正在推进": (9, "36.0%"), "进展缓慢": (5, "20.0%")}
    assert standing.counts("前期完成", "新增完成", "新增", "赶上来的", "仍然缓慢的") == (5, 6, 8, 1, 1)


def test_annual_tasks_have_56_rated_rows_under_48_numbers() -> None:
    annual = sample("annual-tasks")
    assert annual.numbers("items", "rows", "lagging", "at_risk", "dropped") == (48, 56, 10, 6, 0)
    assert annual.labels() == {
        "积极": (22, "39%"), "正常": (18, "32%"), "一般": (6, "11%"), "滞后": (10, "18%"),
    }  # fmt: skip
    under_one = Counter(row.no for row in annual.changes.current.rows).most_common(3)
    assert under_one == [("8", 6), ("2", 3), ("38", 2)]
    assert sum(len(move.pairs) for move in annual.figures.moves) == 18


def test_key_projects_add_up_in_every_group() -> None:
    projects = sample("key-projects")
    assert projects.counts("在建项目", "前期项目", "省市在建", "县在建", "已开工", "未开工") == (36, 5, 3, 33, 34, 2)
    assert {name: c.count for name, c in projects.figures.groups["级别"].items()} == {
        "省重点": 1, "市重点": 3, "县重点": 37,
    }  # fmt: skip
    assert {name: c.count for name, c in projects.figures.classes.items()} == {"达序时": 36, "未达序时": 5, "停缓建": 0}
    whole = {"总投资": "136.80", "计划投资": "30.83", "完成投资": "24.02", "完成率": "77.91", "开工率": "94.00"}
    assert projects.measures("全部") == whole
    assert [projects.measures(n)["完成率"] for n in ("省市在建", "县在建")] == ["83.93", "76.87"]
    assert [(projects.measures(n)["计划投资"], projects.measures(n)["完成投资"]) for n in ("省市在建", "县在建")] == [
        ("8.90", "7.47"), ("21.10", "16.22"),
    ]  # fmt: skip
    assert all(row.get("原因") and row.get("下一步") for row in projects.figures.choices["滞后"].rows)


def test_a_work_report_has_99_tasks_in_five_classes() -> None:
    report = sample("work-report")
    assert report.labels() == {
        "已完成年度目标": (2, "2.02%"),
        "完成季度目标": (86, "86.87%"),
        "未完成季度目标": (8, "8.08%"),
        "暂不实施": (2, "2.02%"),
        "待确定": (1, "1.01%"),
    }
    assert report.counts("上期滞后", "上期滞后已赶上", "上期滞后仍滞后", "上期滞后转其他") == (9, 5, 3, 1)
    explained = [*report.figures.choices["滞后"].rows, *report.figures.choices["暂缓"].rows]
    assert all(row.get("原因") and row.get("下一步") for row in explained)


KINDS = ("meeting-decisions", "standing-meeting", "annual-tasks", "key-projects", "work-report")


@pytest.mark.parametrize("kind_name", KINDS)
def test_nothing_in_a_sample_wants_a_look(kind_name: str) -> None:
    found = [p for p in sample(kind_name).problems if p.level is not Level.NOTE]
    assert not found, "\n".join(f"{p.place.file} {p.place.cell} {p.message}" for p in found)


@pytest.mark.parametrize("kind_name", KINDS)
def test_no_open_row_claims_to_be_finished(kind_name: str) -> None:
    rows = [row for row in sample(kind_name).changes.current.rows if not row.done]
    assert not [row.get("进展") for row in rows if re.search("已完成|全部完成|已办结|已竣工|已销号", row.get("进展"))]
