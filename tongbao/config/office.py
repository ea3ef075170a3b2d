"""`config.yaml`: the office, its units and its reports, read into frozen records.

Every mistake of the file is reported in one run (file, line, key, nearest known key); nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from tongbao.config.issuing import DATED, ISSUE, NUMBER, SIGNER, Issuing, issuing_of
from tongbao.config.kinds import Base, Count
from tongbao.config.status_from import Stands, StatusFrom, status_from
from tongbao.config.yamltext import Section, is_scalar, open_yaml
from tongbao.model import Refusal
from tongbao.outside.files import is_there
from tongbao.words.periods import cell_date

# What the settings may write for "every sheet that fits"; a sheet that is itself called 全部 cannot be named.
ALL_SHEETS = ("*", "全部")
JOINT_RETURNS = ("合写", "牵头")
ANNEXES = ("own", "kind")
FONT_ROLES = ("标题", "黑体", "楷体", "仿宋", "西文")
# Signs that no file name may have under Windows: a report's name is also the name of its folders.
_FORBIDDEN = set('<>:"/\\|?*')


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of the first page in bulletin form: office and date on one row, with or without red name and issue."""

    office: str = ""
    name: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """The issuing office: `name` is its signature (署名), `issued_by` stands in the print row (版记)."""

    name: str
    issued_by: str = ""


class Periods(StrEnum):
    """What is one period of a report: a file, or a sheet of a workbook that has one for each month or quarter."""

    FILES = "files"
    SHEETS = "sheets"


@dataclass(frozen=True, slots=True)
class OwnAnnex:
    """The annex as the office's ledger prints it: all its columns, or those of `columns` in their order.

    `without` are left out. Both name headers, or fields of the kind.
    """

    columns: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the office: its kind, its folders, and the words that the kind's template leaves open.

    `labels` and `columns` are the office's own status words and headers, by the kind's label or field; they add to
    those of the kind. `opening_closed` counts the items closed before the first ledger on file. `as_of` and `dated`
    give the day of a period by its name. `sheet` names the sheet to read where a ledger has several. `base` is what
    figures count, and `count` what counts as one, where that is not what the kind says; a plan year begins on the
    day of `year_starts`. `renumber`: the office numbers its ledger anew in every period, so no other document cites
    a 序号. `returns_by` is the day by which units return their sheets, by period; `joint_returns` (合写, 牵头) how the
    answers of joint units are put together, empty where the clerk is asked. `annex`: the annex is the ledger's own
    table, None where it is that of the kind's template. `status_from` says where the state of an item stands, if
    not by words in its own column. `periods`: a period is a file, or a sheet of a book of months. `signer` signs
    the paper (签发人); `issuing` says what of date, numbers and signer is stated by period, or asked.
    """

    name: str
    kind: str
    title: str
    input: Path
    output: Path
    opening_closed: int = 0
    wording: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    masthead: Masthead | None = None
    document_number: str = ""
    recipients: str = ""
    cc: str = ""
    print_row: bool = True
    annex_title: str = ""
    annex: OwnAnnex | None = None
    as_of: Mapping[str, date] = field(default_factory=dict)
    dated: Mapping[str, date] = field(default_factory=dict)
    sheet: str = ""
    base: Base | None = None
    count: Count | None = None
    year_starts: date | None = None
    renumber: bool = False
    returns_by: Mapping[str, date] = field(default_factory=dict)
    joint_returns: str = ""
    status_from: StatusFrom | None = None
    periods: Periods = Periods.FILES
    signer: str = ""
    issuing: Issuing = field(default_factory=Issuing)


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole file. `units` is a roster listed in it, `units_file` one kept in a workbook."""

    file: Path
    office: Office
    reports: tuple[Report, ...]
    units: tuple[str, ...] = ()
    units_file: Path | None = None
    fonts: Mapping[str, str] = field(default_factory=dict)


def load_settings(path: Path) -> Settings:
    """The settings in `config.yaml`; folders in it are relative to the file. Raises Refusal with all its mistakes."""
    return settings_in(open_yaml(path), path)


def settings_in(root: Section, path: Path) -> Settings:
    """The settings that a file at this path would hold. Raises Refusal with all its mistakes."""
    office = _office(root.section("office"), root)
    reports = tuple(_report(s, path.parent) for s in root.items("reports"))
    units, units_file = _units(root, path.parent)
    fonts = _fonts(root.section("fonts"))
    root.finish()
    _check_reports(root, reports)
    if root.source.problems:
        raise Refusal(*root.source.problems)
    return Settings(path, office, reports, units, units_file, fonts)


def _office(section: Section, root: Section) -> Office:
    if not section:
        root.source.wrong(None, "缺少“office”", "补上 office: 及其下的 name: 单位名称")
        return Office("")
    office = Office(section.text("name", required=True), section.text("issued_by"))
    section.finish()
    return office


def _units(root: Section, base: Path) -> tuple[tuple[str, ...], Path | None]:
    """The roster under `units`: a list is the roster itself, a single text the name of its workbook."""
    listed = root.texts("units")
    if root.is_list("units") or not listed:
        return listed, None
    path = base / listed[0]
    if not is_there(path):
        root.source.wrong(
            root.line("units"), f"单位名册“{listed[0]}”不存在", "放好这个文件，或删去 units 一行", listed[0]
        )
    return (), path


def _fonts(section: Section) -> dict[str, str]:
    fonts = {role: section.text(role) for role in FONT_ROLES}
    section.finish()
    return {role: name for role, name in fonts.items() if name}


def _report(section: Section, base: Path) -> Report:
    name = section.text("name", required=True)
    opening = section.section("opening")
    closed = opening.integer("closed")
    opening.finish()
    masthead = section.section("masthead")
    fixed, issuing = issuing_of(section, masthead)
    report = Report(
        name=name,
        kind=section.text("kind", required=True),
        title=section.text("title", required=True),
        input=base / section.text("input", f"input/{name}"),
        output=base / section.text("output", f"output/{name}"),
        opening_closed=closed,
        wording=section.words("wording"),
        labels=section.words("labels"),
        columns=section.words("columns"),
        masthead=_masthead(masthead, fixed.get(ISSUE, "")),
        document_number=fixed.get(NUMBER, ""),
        signer=fixed.get(SIGNER, ""),
        issuing=issuing,
        recipients=section.text("recipients"),
        cc=section.text("cc"),
        print_row=section.flag("print_row", True),
        annex_title=section.text("annex_title"),
        annex=_annex(section),
        as_of=_dates(section, "as_of"),
        dated={} if DATED in issuing.asked else _dates(section, "dated"),
        sheet=section.text("sheet"),
        base=section.choice("base", Base, Base.ALL) if section.text("base") else None,
        count=section.choice("count", Count, Count.ROWS) if section.text("count") else None,
        year_starts=_date(section, "year_starts"),
        renumber=section.flag("renumber"),
        returns_by=_dates(section, "returns_by"),
        joint_returns=_joint_returns(section),
        status_from=status_from(section),
        periods=section.choice("periods", Periods, Periods.FILES),
    )
    _check_sheets(section, report)
    section.finish()
    return report


def _annex(section: Section) -> OwnAnnex | None:
    """What `annex` says: `own`, columns of the ledger by name, or `kind`, which holds where it is missing."""
    if "annex" in section and is_scalar(section.line("annex")):
        typed = section.text("annex")
        if typed not in ("", *ANNEXES):
            message, fix = (
                f"“annex”不能写“{typed}”",
                "可写：own（照台账自己的列）、kind（照种类的列）、columns: [列名, …]",
            )
            section.source.wrong(section.line("annex"), message, fix, typed)
        return OwnAnnex() if typed == "own" else None
    inner = section.section("annex")
    if not inner:
        return None
    own = OwnAnnex(inner.texts("columns"), inner.texts("without"))
    inner.finish()
    return own


def _check_sheets(section: Section, report: Report) -> None:
    """Notes settings that say different things of what the sheets of a ledger are: a period each, a state each, one."""
    by_state = report.status_from is not None and report.status_from.where is Stands.SHEETS
    said = {
        "periods: sheets": report.periods is Periods.SHEETS,
        "status_from.sheets": by_state,
        f"sheet: {report.sheet}": report.sheet != "" and not (by_state and report.sheet in ALL_SHEETS),
    }
    if len(together := [key for key, is_said in said.items() if is_said]) > 1:
        message = f"“{report.name}”同时写了{'和'.join(together)}，各表是什么说法不一"
        section.source.wrong(section.node, message, "只留一种：每表一期写 periods，每表一种状态写 status_from")


def _joint_returns(section: Section) -> str:
    typed = section.text("joint_returns")
    if typed not in ("", *JOINT_RETURNS):
        message = f"“joint_returns”不能写“{typed}”"
        section.source.wrong(section.line("joint_returns"), message, "可写：" + "、".join(JOINT_RETURNS), typed)
    return typed


def _masthead(section: Section, issue: str) -> Masthead | None:
    """The masthead, None where there is none."""
    if not section:
        return None
    masthead = Masthead(section.text("office"), section.text("name"), issue)
    section.finish()
    return masthead


def _date(section: Section, key: str) -> date | None:
    typed = section.text(key)
    day = cell_date(typed) if typed else None
    if typed and day is None:
        section.source.wrong(section.line(key), f"“{key}”不是日期：{typed}", "写成 2024-04-01 的样子", typed)
    return day


def _dates(section: Section, key: str) -> dict[str, date]:
    """The date that is given for each period, by the period's name: `as_of: {2022-02: 2022-02-25}`."""
    dates: dict[str, date] = {}
    for period, typed in section.words(key).items():
        day = cell_date(typed[0]) if typed else None
        if day is None:
            shown = "、".join(typed)
            section.source.wrong(
                section.line(key), f"“{key}.{period}”不是日期：{shown}", "写成 2022-02-25 的样子", shown
            )
        else:
            dates[period] = day
    return dates


def _check_reports(root: Section, reports: tuple[Report, ...]) -> None:
    """Notes what only all reports together show: none, two of one name, names and numbers that cannot be."""
    if not reports:
        root.source.wrong(root.line("reports"), "没有列出任何通报（reports）", "照说明在 reports: 下写一项")
    seen: set[str] = set()
    for report in reports:
        if report.name in seen:
            root.source.wrong(root.line("reports"), f"两份通报同名：“{report.name}”", "改成不同的 name", report.name)
        seen.add(report.name)
        if _FORBIDDEN & set(report.name):
            fix = '名称要作文件夹名，去掉 < > : " / \\ | ? *'
            root.source.wrong(root.line("reports"), f"通报名称“{report.name}”含有不能用的符号", fix, report.name)
