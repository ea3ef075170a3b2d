"""Compare the program's cost with a plain script's: `python -m tools.bench [--large] [--rounds N] [--only GROUP]`.

Prints ratios of medians beside their targets; the programs run in turn. The ledgers are made here: sections, merged
cells, nine columns. `--large` adds 100 000 items. Each whole run is a process of its own, imports included.

The targets were set beforehand, from measurements of a prototype and of the libraries; docs/性能.md has the last
results. A ratio holds on any machine, but a busy one shifts it too.
"""

from __future__ import annotations

import gc
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from tongbao import model
from tongbao.model import Refusal
from tongbao.outside.screen import line_of
from tongbao.run.options import Option, typed
from tongbao.word.template import Properties, TracedNumber, pack, render
from tools.rewriting import two_periods
from tools.templates import meeting_decisions

ROOT = Path(__file__).resolve().parent.parent
HEADERS = "序号 名称 分管（分包）领导 责任单位 存在问题及交办事项 承办单位 完成时限 完成情况 备注".split()  # noqa: SIM905
FIELDS = ("序号", "名称", "领导", "责任单位", "事项", "承办单位", "时限", "进展", "状态")
UNITS = ("县水利局", "县财政局", "青石镇", "县自然资源和规划局", "县住房和城乡建设局")
CONFIG = """
office: {{name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}}
units: [{units}]
reports:
  - {{name: 决策, kind: meeting-decisions, title: 关于调度会决策事项办理情况的通报}}
"""


@dataclass(frozen=True)
class Ratio:
    """A line of the table: what was measured, our cost over the other's, and its two upper limits.

    Above `must` the line fails; below `stretch` is what was thought possible. Memory is in MiB.
    """

    what: str
    value: float
    must: float
    stretch: float

    def __str__(self) -> str:
        verdict = "stretch" if self.value <= self.stretch else "met" if self.value <= self.must else "MISSED"
        return f"{self.what:<66}{self.value:>9.3f}{self.must:>9.2f}{self.stretch:>9.2f}  {verdict}"


# ---------------------------------------------------------------------------------------------- ledgers


@dataclass(frozen=True)
class Ledger:
    """A ledger to make. `count`: items; of a hundred `done` are done and, if `later`, `copied` repeat their progress;
    `reworded` end in other words.

    The multiples of 37 below spread these evenly: 37 and 100 have no common factor.
    """

    count: int
    done: int = 0
    later: bool = False
    copied: int = 0
    reworded: int = 0


def items(ledger: Ledger) -> Iterator[tuple[str, ...] | str]:
    """The rows of a ledger: cells for an item, one text for the title above every ten items."""
    for n in range(1, ledger.count + 1):
        if n % 10 == 1:
            yield f"第{n // 10 + 1}次会议决策事项"
        unit = UNITS[n % 5]
        ending = "；研究意见报县政府。" if (n * 37) % 100 >= 100 - ledger.reworded else "，并提交县政府研究。"
        task = f"第{n}项任务：{unit}牵头，第{n * 7}号地块于汛期前完成附属物清点和补偿协议签订{ending}"
        done = (n * 37) % 100 < ledger.done
        yield (
            str(n),
            f"清水河治理工程{n // 2}",
            "陆明远",
            unit,
            task,
            f"{unit}\n青石镇",
            "2022年\n3月30日",
            progress(n, done, ledger.later and (n * 37) % 100 < 100 - ledger.copied),
            "完成" if done else "",
        )


def progress(n: int, done: bool, later: bool) -> str:
    """The progress of an item: done, or under way in this period or, if `later`, in the next."""
    if done:
        return f"{n % 60 + 20}户的附属物清点和补偿协议签订已全部完成，县政府已研究通过。"
    if later:
        return f"已清点{n % 60 + 12}户，签订补偿协议{n % 40 + 9}份，方案已征求{UNITS[(n + 1) % 5]}意见，正在修改完善。"
    return f"已清点{n % 60 + 5}户，签订补偿协议{n % 40 + 3}份，方案正在起草。"


def workbook(ledger: Ledger) -> bytes:
    """A ledger as the bytes of an .xlsx: title, header, full-width section rows, names merged over two rows."""
    return book_of(items(ledger), merged=True)


def book_of(lines: Iterable[tuple[str, ...] | str], *, merged: bool) -> bytes:
    """The rows of a ledger as the bytes of an .xlsx, below a title and the header."""
    rows, merges = [_sheet_row(1, ["决策事项台账"]), _sheet_row(2, HEADERS)], ["A1:I1"]
    for number, item in enumerate(lines, 3):
        if isinstance(item, str):
            rows.append(_sheet_row(number, [item]))
            merges.append(f"A{number}:I{number}")
        else:
            rows.append(_sheet_row(number, item))
            if merged and int(item[0]) % 10 in (2, 4, 6, 8):
                merges += [f"{column}{number}:{column}{number + 1}" for column in "BC"]
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    areas = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    sheet = f"<worksheet {ns}><sheetData>{''.join(rows)}</sheetData><mergeCells>{areas}</mergeCells></worksheet>"
    return _package(sheet, ns)


def _sheet_row(number: int, cells: Any) -> str:
    written = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        for column, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{written}</row>'


def _package(sheet: str, ns: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    target = (
        '<Relationships xmlns="{0}/relationships"><Relationship Id="rId1" Type="{1}/{2}" Target="{3}"/></Relationships>'
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
        "_rels/.rels": target.format(packages, office, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {ns} xmlns:r="{office}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": target.format(packages, office, "worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return pack({name: text.encode("utf-8") for name, text in files.items()})


# ---------------------------------------------------------------------------------------------- what anyone would write


def plain_template() -> bytes:
    """The shipped template without {% 纵并 %}, a tag of ours that docxtpl does not know."""
    import zipfile

    with zipfile.ZipFile(BytesIO(meeting_decisions())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    text = re.sub(r"\{% 纵并 \S+ %\}", "", files["word/document.xml"].decode("utf-8"))
    return pack({**files, "word/document.xml": text.encode("utf-8")})


def script_a(prior: Path, current: Path, template: Path, target: Path) -> None:
    """The plain script for comparison, with pandas, openpyxl, and docxtpl with `{%tr for %}`; it writes `target`."""
    import pandas as pd

    frames = [pd.DataFrame(read_with_openpyxl(path), columns=list(FIELDS)) for path in (prior, current)]
    both = frames[1].merge(frames[0][["事项", "状态"]], on="事项", how="left", suffixes=("", "_上期"))
    newly = both[(both["状态"] == "完成") & (both["状态_上期"] != "完成")]
    context = context_of([dict(zip(FIELDS, map(str, row), strict=True)) for row in frames[1].itertuples(index=False)])
    context["新增完成"] = Chosen(len(newly), list(newly["事项"]))
    target.write_bytes(docxtpl_alone(template.read_bytes(), context))


def read_with_openpyxl(path: Path) -> list[list[str]]:
    """The rows of a ledger, merged cells filled."""
    import openpyxl

    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    values = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row):
            values[row][area.min_col - 1] = values[area.min_row - 1][area.min_col - 1]
    return [row for row in values[2:] if row[4]]


def docxtpl_alone(template: bytes, context: dict[str, Any]) -> bytes:
    """The bytes of the template rendered by docxtpl as its manual shows (with escaping, or the file is broken)."""
    import docxtpl
    from jinja2 import Environment

    env = Environment(autoescape=True)
    env.filters.update(FILTERS)
    document = docxtpl.DocxTemplate(BytesIO(template))
    document.render(context, env)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------- values for the template


class Chosen(list[str]):
    """A selection of rows as the template uses it: a list of titles with a count."""

    def __init__(self, count: int, titles: list[str]) -> None:
        super().__init__(titles)
        self.数 = TracedNumber(count, "数")


FILTERS: dict[str, Callable[..., Any]] = {"简称": list, "顿号": "、".join}
PROPERTIES = Properties("关于决策事项的通报", "云溪县人民政府督查室", datetime(2022, 2, 7))


def context_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The context of the template of meeting decisions."""
    nobody = Chosen(0, [])
    selections = ("前期完成", "新增完成", "完成", "滞后", "预警", "暂缓", "待定")
    empty = ("版头", "发文字号", "主送", "抄送", "印发机关", "印发日期")
    return {
        **dict.fromkeys(selections, nobody),
        **dict.fromkeys(empty, ""),
        **dict.fromkeys(("未完成", "推进"), Chosen(len(rows), [])),
        "标题": PROPERTIES.title,
        "总数": TracedNumber(len(rows), "总数"),
        "本期": {"日期": "2022年2月7日"},
        "上期": {"日期": "2022年1月19日"},
        "截至": "2022年2月7日",
        "用语": {"会议": "调度会", "结束语": ["请抓紧办理。"]},
        "附件": {"标题": "决策事项台账", "行": rows},
        "署名": PROPERTIES.author,
        "成文日期": "2022年2月7日",
    }


def annex_rows(count: int) -> list[dict[str, Any]]:
    """The items as rows of the annex."""
    merges = {2: "起", 3: "续"}
    return [
        {"分节": item}
        if isinstance(item, str)
        else dict(zip(FIELDS, item, strict=True))
        | {"分节": "", "纵并": dict.fromkeys(FIELDS, merges.get(int(item[0]) % 5, ""))}
        for item in items(Ledger(count))
    ]


# ---------------------------------------------------------------------------------------------- measuring


def in_turn(rounds: int, *tasks: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """The median seconds of each task. They run in turn, so that a busy minute of the machine slows all of them.

    What runs in this process can be measured by the processor time that it takes, which says more on a busy machine.
    """
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, times in zip(tasks, taken, strict=True):
            gc.collect()
            start = clock()
            task()
            times.append(clock() - start)
    return [statistics.median(times) for times in taken]


def process(arguments: list[str]) -> None:
    """Runs this Python with these arguments, to its end."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def peak_memory(arguments: list[str]) -> float:
    """The peak memory of such a process in MiB. A small one starts it, since a child begins at its parent's peak."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", code, sys.executable, *arguments]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return int(asked.stdout) / 1024


def rendering(rounds: int) -> Iterator[Ratio]:
    """Our rendering against docxtpl alone; 37 items have no target, 10 000 only half the rounds."""
    ours, plain = meeting_decisions(), plain_template()
    for count, must, stretch in ((37, math.inf, math.inf), (1_000, 0.35, 0.24), (10_000, 0.15, 0.09)):
        context = context_of(annex_rows(count))
        mine, alone = in_turn(
            rounds if count < 10_000 else max(1, rounds // 2),
            lambda c=context: render(ours, c, filters=FILTERS, properties=PROPERTIES, name="circular.docx"),  # type: ignore[misc]
            lambda c=context: docxtpl_alone(plain, c),  # type: ignore[misc]
        )
        yield Ratio(
            f"rendering {count} items ({mine:.2f} s) / docxtpl alone ({alone:.2f} s)", mine / alone, must, stretch
        )


def reading(rounds: int, folder: Path) -> Iterator[Ratio]:
    """Our reading against openpyxl in normal mode, with half the rounds."""
    from tongbao.excel import sheets

    path = folder / "台账2022-02-07.xlsx"
    path.write_bytes(workbook(Ledger(10_000)))
    mine, alone = in_turn(max(1, rounds // 2), lambda: sheets.open_book(path), lambda: read_with_openpyxl(path))
    yield Ratio(f"reading 10000 items ({mine:.2f} s) / openpyxl normal mode ({alone:.2f} s)", mine / alone, 0.10, 0.03)


def matching(rounds: int) -> Iterator[Ratio]:
    """Matching two ledgers of 10 000 items against plainly reading both, in processor time, at most three rounds.

    Of a hundred tasks two are put otherwise, or all. Each round has ledgers of its own, since texts once compared are
    remembered for a while. The collector runs as seldom as in a real run.
    """
    from tongbao.matching.match import match

    often = gc.get_threshold()
    gc.set_threshold(200_000)
    for share, must, stretch in ((2, 2.0, 1.5), (100, 14.0, 10.0)):
        seeds = range(min(3, rounds))
        books = [[book_of(lines, merged=False) for lines in two_periods(10_000, share, seed)] for seed in seeds]
        both = iter([[ledger_in(*it) for it in zip(two, ("2022-01-19", "2022-02-07"), strict=True)] for two in books])
        mine, alone = in_turn(
            len(seeds),
            lambda b=both: match(*next(b)),  # type: ignore[misc]
            lambda b=books[0]: [read_with_calamine(book) for book in b],  # type: ignore[misc]
            clock=time.process_time,
        )
        name = f"matching 10000 items, {share} % reworded ({mine:.2f} s) / calamine ({alone:.2f} s)"
        yield Ratio(name, mine / alone, must, stretch)
    gc.set_threshold(*often)


def ledger_in(book: bytes, day: str) -> model.Ledger:
    """The ledger in the bytes of a workbook, read by the kind of meeting decisions as that of one day."""
    from tongbao.config.kind_file import load_kind
    from tongbao.ledger.read import read_data

    last = date.fromisoformat(day)
    kind, period = load_kind(ROOT / "templates", "meeting-decisions"), model.Period(day, last, last, day)
    found, problems = read_data(book, f"台账{day}.xlsx", kind, period, as_of=last, roster=None)
    assert found is not None, problems
    return found


def read_with_calamine(book: bytes) -> list[list[Any]]:
    """The rows of the first sheet, with nothing but python-calamine."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()


def whole_runs(rounds: int, folder: Path, large: bool) -> Iterator[Ratio]:
    """`generate.py` against script A, each started as a user would; peak memory; the growth with the number of items.

    Script A writes the circular alone, the program also the reconciliation, the basis of a later check and the record.
    """
    targets = {37: (1.0, 0.7), 1_000: (0.35, 0.25), 10_000: (0.12, 0.08)}
    seconds: dict[int, float] = {}
    for count, (must, stretch) in targets.items():
        office, a = office_of(count, folder / str(count)), script_of(folder / str(count))
        peak = peak_memory(office)
        repeats = rounds if count < 10_000 else max(1, rounds // 2)
        mine, alone = in_turn(repeats, lambda: process(office), lambda: process(a))  # noqa: B023
        seconds[count] = mine
        yield Ratio(f"whole run, {count} items ({mine:.2f} s) / script A ({alone:.2f} s)", mine / alone, must, stretch)
    yield Ratio("peak memory of a whole run, 10000 items, MiB", peak, 160, 110)
    office = office_of(10_000, folder / "warned", copied=10)
    peak = peak_memory(office)
    (mine,) = in_turn(max(1, rounds // 2), lambda: process(office))
    yield Ratio(f"whole run, 10000 items, 1000 of them warned ({mine:.2f} s) / script A", mine / alone, 0.12, 0.08)
    yield Ratio("peak memory of that run, MiB", peak, 160, 110)
    if large:
        office = office_of(100_000, folder / "100000")
        (mine,) = in_turn(1, lambda: process(office))
        growth = math.log(mine / seconds[1_000]) / math.log(100)
        yield Ratio(f"growth exponent, 1000 to 100000 items ({mine:.1f} s)", growth, 1.05, 1.0)


def year(rounds: int, folder: Path) -> Iterator[Ratio]:
    """A run for the twelfth period on file against one for the second: all earlier ledgers kept, and none of them."""
    offices = {count: office_through(count, folder / f"year {count}") for count in (2, 12)}
    for what, must, stretch, forget in (("kept", 1.5, 1.2, False), ("not kept", 7.0, 3.0, True)):

        def run(count: int, forget: bool = forget) -> None:
            if forget:
                shutil.rmtree(folder / f"year {count}" / "output", ignore_errors=True)
            process(offices[count])

        for count in offices:
            run(count)
        two, twelve = in_turn(rounds, lambda: run(2), lambda: run(12))
        name = f"12 periods of 1000 items ({twelve:.2f} s) / 2 ({two:.2f} s), {what}"
        yield Ratio(name, twelve / two, must, stretch)


def office_through(periods: int, folder: Path) -> list[str]:
    """Writes an office with so many ledgers, the newest of December; gives the arguments of a run.

    In each period, of a hundred items, two more are finished and, but for the last, three more are reworded, all tasks
    being much alike: which row is which, is the work of the matcher. The others have another progress.
    """
    ledgers = folder / "input" / "决策"
    ledgers.mkdir(parents=True)
    for month in range(13 - periods, 13):
        data = workbook(Ledger(1_000, 2 * month, later=month % 2 == 1, reworded=3 * min(month, 11)))
        (ledgers / f"台账2022-{month:02d}.xlsx").write_bytes(data)
    return _configured(folder)


def office_of(count: int, folder: Path, copied: int = 0) -> list[str]:
    """Writes an office with the ledgers of two periods; gives the arguments of a run."""
    ledgers = folder / "input" / "决策"
    ledgers.mkdir(parents=True)
    (ledgers / "台账2022-01-19.xlsx").write_bytes(workbook(Ledger(count, 2)))
    (ledgers / "台账2022-02-07.xlsx").write_bytes(workbook(Ledger(count, 5, later=True, copied=copied)))
    return _configured(folder)


def _configured(folder: Path) -> list[str]:
    """Writes the settings of the office; gives the arguments of a run."""
    config = folder / "config.yaml"
    config.write_text(CONFIG.format(units=", ".join(UNITS)), encoding="utf-8")
    return ["generate.py", "-c", str(config)]


def script_of(folder: Path) -> list[str]:
    """Writes the template of script A; gives the arguments that run it on the same ledgers."""
    template = folder / "template.docx"
    template.write_bytes(plain_template())
    prior, current = sorted((folder / "input" / "决策").iterdir())
    return ["-m", "tools.bench", "--script-a", *map(str, (prior, current, template, folder / "a.docx"))]


GROUPS = ("rendering", "reading", "matching", "runs", "year")
OPTIONS = (Option("rounds", value="次数"), Option("large"), Option("only", value="哪一组", choices=GROUPS))
USAGE = f"用法：python3 dev.py bench [--rounds 次数] [--large] [--only {'|'.join(GROUPS)}]"


def main(argv: list[str] | None = None) -> int:
    """Prints the table. The exit status is 1 where a line exceeds its limit, 2 for a mistake in the arguments."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["--script-a"]:
        script_a(*map(Path, arguments[1:]))
        return 0
    if {"-h", "--help"} & set(arguments):
        print(USAGE)
        return 0
    try:
        options = typed(arguments, OPTIONS, most=0).values
    except Refusal as refusal:
        print(*map(line_of, refusal.problems), USAGE, sep="\n")
        return 2
    rounds = options.get("rounds", "5")
    if not rounds.isdecimal():
        print(f"“--rounds”不能写“{rounds}”，要写一个数。", USAGE, sep="\n")
        return 2
    return measure(int(rounds), "large" in options, options.get("only"))


def measure(rounds: int, large: bool, only: str | None) -> int:
    """Measures and prints all groups, or the one named; gives the exit status."""
    print(f"{'ratio (ours over theirs), median':<66}{'measured':>9}{'must':>9}{'stretch':>9}")
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        groups: dict[str, Callable[[], Iterator[Ratio]]] = {
            "rendering": lambda: rendering(rounds),
            "reading": lambda: reading(rounds, folder),
            "matching": lambda: matching(rounds),
            "runs": lambda: whole_runs(rounds, folder, large),
            "year": lambda: year(rounds, folder),
        }
        for group, lines in groups.items():
            if only in (None, group):
                for line in lines():
                    missed |= line.value > line.must
                    print(line, flush=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
