"""From files to a proposal: looked through, dated, understood, named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tongbao.config.kind_file import kind_names, load_kind
from tongbao.config.kinds import Kind
from tongbao.excel import sheets
from tongbao.excel.fills import with_fills
from tongbao.excel.grid import Book
from tongbao.model import TASK, Place, Problem
from tongbao.rounds.first_day.answers import About, Answers, Question
from tongbao.rounds.first_day.choosing import GENERAL, Choice, choose_kind
from tongbao.rounds.first_day.claims import REMARKS, SAID
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.dating import dated, months_in, year_of_cells
from tongbao.rounds.first_day.issues import issues_of
from tongbao.rounds.first_day.meaning import outdated
from tongbao.rounds.first_day.naming import office_of, report_name, subject_of, title_of
from tongbao.rounds.first_day.paper import Habits
from tongbao.rounds.first_day.parts import Parts, overlapping, parts_of
from tongbao.rounds.first_day.proposal import (
    LedgerSeen,
    Proposal,
    open_points,
    own_columns,
    own_labels,
    undecided,
)
from tongbao.rounds.first_day.proved import Proof
from tongbao.rounds.first_day.sources import Where
from tongbao.rounds.first_day.survey import BookSeen, ColumnSeen, TableSeen, explained, pooled, same_column, survey
from tongbao.rounds.first_day.ways import ways_of
from tongbao.words.periods import parse_period
from tongbao.words.text import first_few, key

# The share of columns that two ledgers of one report have in common at least (set by feel).
_SAME_LEDGER = 0.5
# Months between the first and the last ledger of one year at most, where their names have no year (set by feel).
_NEW_YEAR = 8
# The wording of each kind that takes the subject of the ledger.
_SUBJECT = {"general": "事项", "annual-tasks": "任务", "rectification": "反馈", "key-projects": "项目"}
_NO_PROOF = Proof()
_MEETING = re.compile(r"[^，。（）()、第《》\d]{0,14}(?:会议|常务会|调度会|专题会|推进会|联席会|例会|办公会)")


def kinds_in(templates: Path) -> dict[str, Kind]:
    """All kinds, by their ids."""
    return {name: load_kind(templates, name) for name in kind_names(templates)}


def ledgers_seen(
    files: Sequence[tuple[Path, bytes]], kinds: Mapping[str, Kind]
) -> tuple[list[LedgerSeen], list[Problem]]:
    """The ledgers in these files, oldest first, each looked through; and why others could not be."""
    books, problems = _books(files)
    looked = [(path, data, survey(book, kinds[GENERAL].vocabulary)) for path, data, book in books]
    problems += [_without_table(path) for path, _, seen in looked if not seen.tables]
    looked = [it for it in looked if it[2].tables]
    like = max((t for _, _, s in looked for t in s.tables), key=lambda t: len(t.columns), default=None)
    seen = [_seen(path, data, book, parts_of(book, like), ()) for path, data, book in looked]
    years = {ledger.last.last.year for ledger in seen if ledger.last}
    seen = [it if it.last else _seen(it.path, it.data, it.book, it.parts, years) for it in seen]
    return sorted(_by_year_of_cells(seen), key=_age), problems


def _by_year_of_cells(seen: Sequence[LedgerSeen]) -> list[LedgerSeen]:
    """The ledgers, where those without a year are of the year that most dates in them have; not where some are of the
    beginning and some of the end of a year: between them lies a new one."""
    year = year_of_cells([table for ledger in seen for table in ledger.parts.tables])
    return _of_year(seen, year, "年份照表里写得最多的") if year else list(seen)


def _of_year(seen: Sequence[LedgerSeen], year: int, by: str) -> list[LedgerSeen]:
    """The ledgers, those without a year of this one, where all then lie within one year."""
    found = [it if it.last else _seen(it.path, it.data, it.book, it.parts, [year], by) for it in seen]
    months = {it.last.last.month for it in found if it.last}
    close = bool(months) and max(months) - min(months) < _NEW_YEAR
    return found if close else list(seen)


def _books(files: Sequence[tuple[Path, bytes]]) -> tuple[list[tuple[Path, bytes, Book]], list[Problem]]:
    books: list[tuple[Path, bytes, Book]] = []
    problems: list[Problem] = []
    for path, data in files:
        book, said = sheets.parse(data, path.name)
        problems += said if book is None else ()
        books += [(path, data, with_fills(book, data))] if book else []
    return books, problems


def _without_table(path: Path) -> Problem:
    return undecided(
        f"“{path.name}”里哪里是台账，没有找到表头", "表头放在前10行，至少有序号、事项两栏", Place(path.name)
    )


def _seen(
    path: Path, data: bytes, book: BookSeen | Book, parts: Parts, years: Iterable[int], by: str = "年份照另外几本"
) -> LedgerSeen:
    grids = book.book if isinstance(book, BookSeen) else book
    years = list(years)
    months = months_in(path, parts.tables, years)
    if months:
        parts = replace(parts, tables=tuple(t for t in parts.tables if t.name in months))
        return LedgerSeen(path, data, grids, parts, None, "工作表名", months)
    found = dated(path, parts.tables, years, by)
    return LedgerSeen(path, data, grids, parts, found.period, found.told_by)


# ---------------------------------------------------------------------------------------------- the proposal


def propose(
    given: Sequence[LedgerSeen],
    kinds: Mapping[str, Kind],
    answers: Answers,
    habits: Sequence[Habits] = (),
    proof: Proof = _NO_PROOF,
) -> Proposal:
    """What is proposed for the ledgers of one report, oldest first, with what a person has said of them, what the
    last circulars (`habits`, the newest last) show, and what their counts prove.
    """
    said = [_said_of(it, answers) for it in given if it.path.name not in answers.left_out]
    ledgers = sorted(_of_year_said(said), key=_age)
    ledgers = _explained(ledgers)
    subject = answers.name or subject_of(ledgers[-1].path, [ledgers[-1].newest])
    last = habits[-1] if habits else Habits("")
    ledgers, choice = _chosen(ledgers, kinds, f"{subject}{ledgers[-1].path.stem}{last.title}", answers)
    newest = ledgers[-1]
    tables = [table for ledger in ledgers for table in ledger.parts.tables]
    choice = _proven(choice, proof)
    sheet, doubts = _sheet(ledgers, choice)
    issues = issues_of(habits, [period for it in ledgers for period in it.periods])
    office = answers.office or last.office or office_of(newest.path, [newest.newest])
    asked = (*open_points(choice, ledgers), *_two_of_one_period(ledgers), *([] if office else [_OFFICE]))
    return Proposal(
        name=answers.name or report_name(subject),
        title=answers.title or last.title or title_of(subject),
        office=office,
        choice=choice,
        ledgers=tuple(ledgers),
        columns=own_columns(choice, tables, answers),
        labels=own_labels(choice, tables),
        sheet=sheet,
        by_sheets=any(ledger.months for ledger in ledgers),
        wording=_wording(choice, subject, tables) | _closing(choice, last),
        closed=proof.closed,
        extra={"recipients": last.addressees} if last.addressees else {},
        ways=ways_of(choice, newest.newest, answers, habits, issues),
        issues=issues,
        told=(
            *_told(ledgers),
            *_of_this_time(choice),
            *_by_rule(choice, tables),
            *_proof_told(last, proof),
        ),
        questions=asked,
        doubts=(*doubts, *_of_another_report(ledgers)),
    )


def _chosen(
    ledgers: list[LedgerSeen], kinds: Mapping[str, Kind], name: str, answers: Answers
) -> tuple[list[LedgerSeen], Choice]:
    """The ledgers, and the kind and places in which they are read. Where nothing else says how items stand, a sheet of
    closed items is one of those that say it by their names (推进中, 已完成)."""

    def choice_of(given: Sequence[LedgerSeen]) -> Choice:
        tables = [table for ledger in given for table in ledger.parts.tables]
        return choose_kind(pooled(given[-1].newest, tables), tables, kinds, name, answers)

    choice = choice_of(ledgers)
    if choice.source.where is Where.NOWHERE and any(ledger.parts.closed for ledger in ledgers):
        whole = [replace(it, parts=it.parts.with_closed) for it in ledgers]
        by_sheet = choice_of(whole)
        if by_sheet.source.where is Where.SHEETS:
            return whole, by_sheet
    return ledgers, choice


def _explained(ledgers: Sequence[LedgerSeen]) -> list[LedgerSeen]:
    """The ledgers, their columns knowing which of them notes explain."""
    tables = [table for ledger in ledgers for table in ledger.parts.tables]
    return [
        replace(it, parts=replace(it.parts, tables=tuple(explained(table, tables) for table in it.parts.tables)))
        for it in ledgers
    ]


def _of_another_report(ledgers: Sequence[LedgerSeen]) -> Iterator[Problem]:
    """What was given and has other columns than the newest ledger: it belongs to another circular."""
    newest = ledgers[-1].newest
    for ledger in ledgers[:-1]:
        table = ledger.newest
        same = sum(same_column(column, newest) is not None for column in table.columns)
        if same < _SAME_LEDGER * min(len(table.columns), len(newest.columns)):
            message = f"“{ledger.path.name}”和“{ledgers[-1].path.name}”是不是同一份通报的台账：栏目大多不同"
            yield undecided(message, "一次只给一份通报的台账；别的再运行一次 setup", Place(ledger.path.name))


_OFFICE = Question(About.OFFICE, "", "通报由哪个单位署名？（如 某县人民政府督查室，直接回车以后再写）")


def _proven(choice: Choice, proof: Proof) -> Choice:
    """The choice with the open words as the last circular's counts show them."""
    words = tuple(
        replace(word, label=proof.labels[word.text], why="按上期通报的数字证实", sure=True)
        if word.text in proof.labels
        else word
        for word in choice.source.words
    )
    return replace(choice, source=replace(choice.source, words=words))


def _proof_told(last: Habits, proof: Proof) -> Iterator[str]:
    if proof.said:
        yield f"{last.file}：{proof.said}"
    if proof.closed:
        yield f"建账前完成{proof.closed}项：上期通报计入、台账里没有的，照样计入总数"


def _closing(choice: Choice, habits: Habits) -> dict[str, tuple[str, ...]]:
    return {"结束语": (habits.closing,)} if habits.closing and "结束语" in choice.kind.wording else {}


def _said_of(ledger: LedgerSeen, answers: Answers) -> LedgerSeen:
    """The ledger with the period that a person named."""
    typed = answers.periods.get(ledger.path.name, "")
    period = parse_period(typed) if typed else None
    return replace(ledger, period=period, told_by=SAID) if period else ledger


def _of_year_said(ledgers: Sequence[LedgerSeen]) -> list[LedgerSeen]:
    """The ledgers, those without a year of the one that a person has named for another of them."""
    years = {it.last.last.year for it in ledgers if it.last and it.told_by == SAID}
    return _of_year(ledgers, years.pop(), "年份照所说的") if len(years) == 1 else list(ledgers)


def _age(ledger: LedgerSeen) -> tuple[bool, str]:
    return ledger.last is not None, ledger.last.last.isoformat() if ledger.last else ""


def _sheet(ledgers: Sequence[LedgerSeen], choice: Choice) -> tuple[str, list[Problem]]:
    """What `sheet` of the report must say: nothing where a book has one table, its name, or 全部 for parts."""
    if any(ledger.months for ledger in ledgers) or choice.source.where is Where.SHEETS:
        return "", []
    several = [ledger for ledger in ledgers if len(ledger.parts.tables) > 1]
    task, others = choice.understood.column(TASK), [c.parts[-1] for c in _telling_apart(choice)]
    for ledger in several:
        double = overlapping(ledger.parts.tables, task.parts[-1] if task else "", others)
        if double:
            names = "、".join(f"“{t.name}”" for t in ledger.parts.tables)
            message = f"“{ledger.path.name}”里用哪一张表：{names}里都有“{double[0][:20]}”等{len(double)}项"
            return "", [undecided(message, "只留一张，或在 config.yaml 写 sheet: 表名", Place(ledger.path.name))]
    if several:
        return "全部", []
    only = {ledger.parts.tables[0].name for ledger in ledgers}
    beside = any(len(ledger.parts.left_out) for ledger in ledgers)
    return (only.pop(), []) if beside and len(only) == 1 else ("", [])


def _telling_apart(choice: Choice) -> list[ColumnSeen]:
    """The columns that may tell items of the same words apart in all periods: of units, and those that are no field."""
    units = choice.understood.column(choice.kind.units.field)
    own = (c for c in choice.understood.others if sort_of(c) in (Sort.NAMES, Sort.WORDS, Sort.TEXTS, Sort.UNITS))
    return [*([units] if units else []), *(c for c in own if key(c.header) != REMARKS)]


def _wording(choice: Choice, subject: str, tables: Sequence[TableSeen]) -> dict[str, tuple[str, ...]]:
    """The words that the kind leaves to the office: neutral ones, and what the ledger calls itself."""
    words = dict(choice.kind.unnamed)
    if name := _SUBJECT.get(choice.kind.id):
        # The kind's own text goes on with 整改: 县委巡察反馈问题整改整改工作 is no Chinese.
        words[name] = (subject.removesuffix("整改") if choice.kind.id == "rectification" else subject,)
    if "报告" in words and "政府工作报告" in subject:
        words["报告"] = ("《政府工作报告》",)
    if "会议" in choice.kind.wording and (meeting := _meeting(subject, tables)):
        words["会议"] = (meeting,)
    return {name: text for name, text in words.items() if name in choice.kind.wording}


def _meeting(subject: str, tables: Sequence[TableSeen]) -> str:
    for text in (subject, *(t for table in tables for t in (*table.above, *table.asides))):
        if match := _MEETING.search(text):
            return re.sub(r"^.*[年月日]", "", match[0])
    return ""


def _of_this_time(choice: Choice) -> Iterator[str]:
    """That columns of earlier times stand beside those that are read, which the next period has under other names."""
    older = outdated(choice.understood.table, choice.kind)
    if older:
        names = first_few([f"“{column.header}”" for column in older], 6)
        then = "下一期填了新的一栏，请再运行 setup，或改 config.yaml 的 columns"
        yield f"各期并列的栏只用最近有内容的，没有用：{names}；{then}"


def _by_rule(choice: Choice, tables: Sequence[TableSeen]) -> Iterator[str]:
    """That rules colour cells by what stands in them, where words do not say how items stand: none is followed."""
    ruled = list(dict.fromkeys(it for table in tables if table.sheet.fills for it in table.sheet.fills.by_rule))
    if ruled and choice.source.where in _WITHOUT_WORDS:
        yield f"条件格式（{first_few(ruled, 4)}）显示的颜色没有用来判断状态：要用的，请写成文字或直接涂底色"


_WITHOUT_WORDS = (Where.DEADLINE, Where.TEXT, Where.SHARE, Where.FILLS, Where.FONTS, Where.NOWHERE)


def _told(ledgers: Sequence[LedgerSeen]) -> Iterator[str]:
    for ledger in ledgers:
        if ledger.parts.left_out:
            names = first_few([f"“{name}”（{why}）" for name, why in ledger.parts.left_out], 6)
            yield f"{ledger.path.name} 里没有用的表：{names}"


def _two_of_one_period(ledgers: Sequence[LedgerSeen]) -> Iterator[Question]:
    """Two files of one period that do not say the same: a person says which holds."""
    for n, one in enumerate(ledgers):
        for other in ledgers[n + 1 :]:
            if one.period and other.period and one.period.last == other.period.last:
                names = (one.path.name, other.path.name)
                what = f"{one.period.label}以哪一本为准：“{names[0]}”和“{names[1]}”内容不同"
                problem = undecided(what, "只给要用的那一本", Place(other.path.name))
                yield Question(About.DOUBLE, names[1], f"{what}？", names, problem)


def says_the_same(one: Book, other: Book) -> bool:
    """Do two workbooks hold the same in every cell?"""
    return [(s.name, s.texts()) for s in one.sheets] == [(s.name, s.texts()) for s in other.sheets]


def without_doubles(ledgers: Sequence[LedgerSeen]) -> list[LedgerSeen]:
    """The ledgers, each once: one that says the same as another of its period goes."""
    kept: list[LedgerSeen] = []
    for one in ledgers:
        if not any(says_the_same(one.book, other.book) for other in kept):
            kept.append(one)
    return kept
