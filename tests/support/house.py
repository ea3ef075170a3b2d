"""The whole folder of an office that works: program files that a clerk may have open, ledgers, answers, papers, returns.

Every command has a house in which it does all that it can do, so that all its files are touched.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

from openpyxl import Workbook, load_workbook

from tests.support import annexes
from tests.support.folders import TEMPLATES
from tests.support.office import CONFIG, FEBRUARY, JANUARY, Office
from tongbao.run import cli

KIND = "meeting-decisions"
REPORT = "决策事项"
# The same month with a row that nobody filled in and one that may or may not be that of last month.
DOUBTFUL = FEBRUARY.replace("资金正在申请拨付。", "").replace("完成大坝安全鉴定，", "推进大坝除险加固，")
PAPER = "关于调度会决策事项办理情况的通报.docx"


class House(Office):
    """A program's own folder with its settings, templates, roster and ledgers; commands run as if it lay there."""

    def __init__(self, folder: Path, config: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        listed = CONFIG.index("units:"), CONFIG.index("reports:")
        super().__init__(folder, config or f"{CONFIG[: listed[0]]}units: units.xlsx\n{CONFIG[listed[1] :]}")
        for name in ("kind.yaml", "circular.docx"):
            (folder / "templates" / KIND).mkdir(parents=True, exist_ok=True)
            shutil.copy(TEMPLATES / KIND / name, folder / "templates" / KIND)
        book = Workbook()
        for line in (
            ("名称", "简称/别名", "排序"),
            ("县财政局", "", 1),
            ("县住房和城乡建设局", "住建局", 2),
            ("青石镇", "", 3),
            ("县水利局", "", 4),
        ):
            book.worksheets[0].append(line)
        book.save(folder / "units.xlsx")
        self.ledger("2022-01-19", JANUARY)
        self.ledger("2022-02-07", FEBRUARY)

    @property
    def ledgers(self) -> Path:
        """The folder of the ledgers."""
        return self.folder / "input" / REPORT

    @property
    def newest(self) -> Path:
        """The newest ledger."""
        return max(self.ledgers.glob("台账*.xlsx"))

    def does(self, *arguments: str) -> int:
        """A command as the clerk gives it in this folder; `~` before a name stands for the folder."""
        with at_home(self.folder):
            return cli.main([str(self.folder / a[1:]) if a.startswith("~") else a for a in arguments])


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """The program lies in this folder, and is started from there."""
    before = os.getcwd()  # noqa: PTH109
    with mock.patch.object(cli, "HOME", folder):
        os.chdir(folder)
        try:
            yield
        finally:
            with suppress(OSError):
                os.chdir(before)


# ------------------------------------------------------------------------------------------ houses at work


def fresh(house: House) -> None:
    """Nothing was run yet."""


def printed(house: House) -> None:
    """The circular of the month is there."""
    assert house.does() == 0


def doubtful(house: House) -> None:
    """The run asked what it could not know: the files of answers lie beside the ledgers."""
    house.ledger("2022-02-07", DOUBTFUL)
    assert house.does() == 1
    assert {"对应关系.xlsx", "未填报.xlsx"} <= {p.name for p in house.ledgers.iterdir()}


def dropped(house: House) -> None:
    """A changed copy of the newest ledger lies on the desktop."""
    (house.folder / "桌面").mkdir()
    (house.folder / "桌面" / "台账2022-03-07.xlsx").write_bytes(house.newest.read_bytes())


def edited(house: House) -> None:
    """Somebody wrote another number into the printed circular, and has dismissed a remark."""
    printed(house)
    file = house.output("2022-02-07") / PAPER
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b">58<", b">59<").replace(b"58", b"59")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    (file.parent / "核稿忽略.txt").write_text("以前核实过的一处\n", encoding="utf-8")


def taken_home(house: House) -> None:
    """A copy of the printed circular lies on the desktop, far from its basis."""
    edited(house)
    (house.folder / "桌面").mkdir()
    shutil.copy(house.output("2022-02-07") / PAPER, house.folder / "桌面" / "稿.docx")


def sent(house: House) -> None:
    """The sheets went out, and one came back filled in."""
    assert house.does("split") == 0
    back = house.ledgers / "退回"
    back.mkdir()
    sheet = next(p for p in (house.output("2022-02-07") / "分发").iterdir() if p.name.startswith("青石镇"))
    book = load_workbook(sheet)
    page = next(s for s in book.worksheets if any(c.value == "完成情况" for row in s.iter_rows() for c in row))
    head = next(c for row in page.iter_rows() for c in row if c.value == "完成情况")
    row = next(r for r in range(head.row + 1, page.max_row + 1) if page.cell(r, 1).value in (1, "1"))
    page.cell(row, head.column).value = "鉴定报告已经上报。"
    book.save(back / sheet.name)
    (back / "说明.pdf").write_bytes(b"%PDF")
    assert house.does() == 0


def old_paper(house: House) -> None:
    """An old circular with its annex, and a ledger of another layout, lie in the folder."""
    annex = annexes.table(annexes.meeting_rows(), [annexes.MEETING_HEAD])
    (house.folder / "旧通报.docx").write_bytes(annexes.circular(annex, day="2022年3月7日"))
    (house.folder / "旧台账2022-04-07.xlsx").write_bytes(house.newest.read_bytes())
