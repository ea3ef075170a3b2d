"""A person's answers about rows that the matcher does not pair by itself, as lines of the sheet `对应关系`.

This module only translates between answers and cells; `kept_answers` reads and writes the workbook. A line names
both rows by what the clerk sees (place, 编号, heading, text, units), so no hidden key is needed to find them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tongbao.matching.explained import explained
from tongbao.matching.marking import Span, spans, spans_of_names
from tongbao.matching.quoting import which
from tongbao.matching.two_periods import Bond, Pair, Question
from tongbao.model import ANSWERS_FILE, PROGRESS, Ledger, Level, Place, Problem, Row
from tongbao.words import text

SHEET = "对应关系"
REPLY, CURRENT_ROW = "答复", "本期行"
ASSUMED = {Bond.SAME: "已认定为同一项", Bond.MERGED: "已认定并入这一项", Bond.SPLIT: "已认定是拆出来的一项"}
HEADER = (
    *("上期", "本期"),
    *("上期行", "上期编号", "上期分类", "上期事项", "上期责任单位"),
    *("本期行", "本期编号", "本期分类", "本期事项", "本期责任单位"),
    *("疑问", REPLY, "理由"),
)
# What helps to decide; nothing is read from these columns, and tables of earlier versions lack them.
_HELPING = ("上期进展", "本期进展")
_ELSE = f"都不是：是另一行的选{CURRENT_ROW}；撤销的写理由；没有了的填“不是”"
_NEW = "上期已办结，本期这一行按新增计"
_LOST = f"本期台账里没有找到：并入请填{CURRENT_ROW}，撤销请写理由"
# What the list of rows shows behind the place of each one is not read.
_PLACE = re.compile(r"(.+!\d+)　.*", re.DOTALL)

# What clerks type for a word of the drop-down.
_SPELLINGS = {"不是": "不是同一项", "不对": "不是同一项", "是": "同一项"}
# What confirms an assumption, whatever was assumed.
_YES = ("是", "对", "是的", "对的")


class Verdict(StrEnum):
    """What may stand in the column 答复 (the words of its drop-down)."""

    SAME = "同一项"
    DIFFERENT = "不是同一项"
    MERGED = "并入"
    SPLIT = "拆分"
    WITHDRAWN = "撤销"


@dataclass(frozen=True, slots=True)
class Mark:
    """How an answer names a row: place (`台账!12`), 编号, headings, text, units; one of these can be enough.

    A mark of which all parts are empty names no row.
    """

    place: str = ""
    id: str = ""
    section: str = ""
    text: str = ""
    units: str = ""

    @classmethod
    def of(cls, row: Row) -> Mark:
        """The mark of a row."""
        place = f"{row.place.sheet}!{row.place.row}"
        return cls(place, row.id, " / ".join(row.section), row.text, "、".join(row.units))

    @property
    def cells(self) -> list[str]:
        """The five cells of the table."""
        return [self.place, self.id, self.section, self.text, self.units]


@dataclass(frozen=True, slots=True)
class Answer:
    """One decision: what became of the `prior` row between two periods (their labels, the earlier one first).

    An item that was split has one answer for each part. 不是同一项 without a current row means: no current row is it.
    """

    periods: tuple[str, str]
    prior: Mark
    verdict: Verdict
    current: Mark = Mark()
    reason: str = ""

    @property
    def fault(self) -> str:
        """Why the answer cannot stand (in Chinese), empty if it can."""
        if self.verdict is Verdict.WITHDRAWN:
            return "" if self.reason else "答复“撤销”要写明理由"
        told = self.verdict is Verdict.DIFFERENT or any(self.current.cells)
        return "" if told else f"答复“{self.verdict}”要写明是本期哪一行（行、编号或事项）"


def answer(
    prior: Ledger, current: Ledger, row: Row, verdict: Verdict, to: Row | None = None, reason: str = ""
) -> Answer:
    """An answer about `row` of the prior ledger; `to` is the current row that it speaks of, if it names one."""
    mark = Mark.of(to) if to else Mark()
    return Answer((prior.period.label, current.period.label), Mark.of(row), verdict, mark, reason)


class Finder:
    """Finds the rows of one ledger by the marks of answers."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._found: dict[tuple[str, ...], list[int]] = {}
        for index, row in enumerate(rows):
            # A clerk who fills in the table by hand types the bare row number, without the sheet.
            names = _names(Mark.of(row)) | {("place", str(row.place.row)): True}
            for name in names:
                self._found.setdefault(name, []).append(index)

    def find(self, mark: Mark) -> int | None:
        """The index of the row that a mark names, or None. The surest name that only one row bears decides."""
        for name, usable in _names(mark).items():
            found = self._found.get(name, []) if usable else []
            if len(found) == 1:
                return found[0]
        return None


def completed(answers: Iterable[Answer], prior: Ledger, current: Ledger) -> list[Answer]:
    """The answers, those that name a current row by its line alone with all by which it can be found when it moves."""
    rows, periods = (*current.rows, *current.closed), (prior.period.label, current.period.label)
    finder = Finder(rows)

    def whole(answer: Answer) -> Answer:
        bare = answer.current.place and not any(answer.current.cells[1:])
        index = finder.find(answer.current) if bare and answer.periods == periods else None
        return answer if index is None else replace(answer, current=Mark.of(rows[index]))

    return [whole(answer) for answer in answers]


def _names(mark: Mark) -> dict[tuple[str, ...], bool]:
    """The names by which a mark can find its row, the surest first, each with whether it may be used.

    A place alone counts only where text and 编号 are empty: rows move when a line is inserted above them, and a stale
    place would name the wrong row. The price: a row that moved and was reworded is not found by its place.
    """
    words = text.key(mark.text)
    return {
        ("place, text", mark.place, words): bool(mark.place and words),
        ("id", mark.id): bool(mark.id),
        ("heading, text, units", mark.section, words, mark.units): bool(words),
        ("text", words): bool(words),
        ("place", mark.place): not (words or mark.id),
    }


# ---------------------------------------------------------------------------------------------- the table


def to_rows(
    questions: Iterable[Question],
    unaccounted: Iterable[Row],
    prior: Ledger,
    current: Ledger,
    stored: Iterable[Answer] = (),
    assumed: Iterable[Pair] = (),
    partners: Mapping[Place, Row] | None = None,
    like_closed: Iterable[Pair] = (),
) -> list[list[str]]:
    """The cells of the whole table, header first: what is open, then the pairs that were assumed, then the answers.

    A question has a line for each candidate, and one for any other answer: there the clerk fills in a reason (撤销), or
    the current row by its place, 编号 or text (并入, 同一项). A row of `unaccounted` that no question is about has that
    one alone. Of an assumed pair 不是 is all that there is to write. `partners`: the prior rows of current ones that
    have one already: such a row is a candidate because another one may have gone into it. `like_closed`: new rows, each
    with the finished one that it is like; of these 是 is all that there is to write.
    """
    periods = (prior.period.label, current.period.label)
    lines = []
    asked = set()
    for question in questions:
        asked.add(question.row.place)
        for row, score in question.candidates:
            owner = (partners or {}).get(row.place)
            joins = f"；已对上上期{which(owner)}，并进去的选“{Verdict.MERGED}”" if owner else ""
            lines.append(_line(periods, question.row, row, f"{question.why}，相似{score:.0%}{joins}"))
        lines.append(_line(periods, question.row, None, _ELSE))
    lines += [_line(periods, row, None, _LOST) for row in unaccounted if row.place not in asked]
    for pair in assumed:
        why = f"{ASSUMED[pair.bond]}（{explained(pair)}）；对的不用填，不对的请在答复里填“不是”"
        lines.append(_line(periods, pair.prior, pair.current, why))
    for pair in like_closed:
        why = f"{_NEW}（{explained(pair)}）；对的不用填，是同一项、重新办理的请在答复里填“是”"
        lines.append(_line(periods, pair.prior, pair.current, why))
    lines += [[*a.periods, *a.prior.cells, *a.current.cells, "", str(a.verdict), a.reason, "", ""] for a in stored]
    return [[*HEADER, *_HELPING], *lines]


def _line(periods: tuple[str, str], prior: Row, current: Row | None, why: str) -> list[str]:
    """A line that is to be answered."""
    now = Mark.of(current) if current else Mark()
    helps = [prior.get(PROGRESS), current.get(PROGRESS) if current else ""]
    return [*periods, *Mark.of(prior).cells, *now.cells, why, "", "", *helps]


def options(rows: Iterable[Row]) -> list[str]:
    """Current rows as the list of 本期行 shows them: the place, and behind it what is read by people alone."""
    return [f"{Mark.of(row).place}　{row.item}" for row in rows]


def differences_in(table: Sequence[Sequence[str]]) -> Mapping[tuple[int, int], Sequence[Span]]:
    """The words in which the two rows of each line differ, by line and column (both from 0, the header not counted)."""
    found = {**_differences(table, "事项", spans), **_differences(table, "责任单位", spans_of_names)}
    return {cell: some for cell, some in found.items() if some}


def _differences(
    table: Sequence[Sequence[str]], name: str, of: Callable[[str, str], tuple[list[Span], list[Span]]]
) -> dict[tuple[int, int], list[Span]]:
    """The same of one pair of columns; `of`: gives where two cells differ."""
    before, now = (list(table[0]).index(f"{side}{name}") for side in ("上期", "本期"))
    found: dict[tuple[int, int], list[Span]] = {}
    for number, line in enumerate(table[1:]):
        if line[now]:
            found[number, before], found[number, now] = of(line[before], line[now])
    return found


def from_rows(rows: Sequence[Sequence[str]], file: str = ANSWERS_FILE) -> tuple[list[Answer], list[Problem]]:
    """The answers in the cells of a table, header first; lines without an answer are passed over.

    Problems, placed in `file`: a missing column, an unknown word, an answer that lacks its reason or its row.
    """
    if not rows:
        return [], []
    columns = {text.key(name): number for number, name in enumerate(rows[0])}
    missing = [name for name in HEADER if name not in columns]
    if missing:
        place = Place(file, SHEET, 1)
        fix = "请恢复表头，或删除此文件，由程序重新生成"
        return [], [Problem(Level.ERROR, "answer_header", f"缺少列：{'、'.join(missing)}", fix, place=place)]
    answers, problems = [], []
    lines = [
        {name: (line[columns[name]] if columns[name] < len(line) else "").strip() for name in HEADER}
        for line in rows[1:]
    ]
    for number, cells in enumerate(_confirmed(lines), 2):
        place = Place(file, SHEET, number, columns[REPLY] + 1)
        found, fault = _read(cells)
        if fault:
            fix = f"请从下拉框选一项：{'、'.join(Verdict)}" if found is None else "请补全这一行，或清空答复"
            problems.append(
                Problem(
                    Level.ERROR,
                    "answer_unread",
                    fault,
                    fix,
                    place=place,
                    header=REPLY,
                    item=cells["上期事项"][:12],  # as long as `Row.item`
                    value=cells[REPLY],
                )
            )
        elif found:
            answers.append(found)
    return answers, problems


def _confirmed(lines: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The lines, 是 beside what was assumed as the word for it; of a split so confirmed all parts not denied."""
    told = {_split_row(line) for line in lines if _bond(line) is Bond.SPLIT and text.key(line[REPLY]) in _YES}
    for line in lines:
        bond = _bond(line)
        typed = text.key(line[REPLY])
        meant = bond and (typed in _YES or (bond is Bond.SPLIT and not typed and _split_row(line) in told))
        yield {**line, REPLY: str(bond)} if bond and meant else line


def _split_row(line: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(line[name] for name in HEADER[:7])


def _bond(line: Mapping[str, str]) -> Bond | None:
    """What a line was assumed to be."""
    return next((bond for bond, words in ASSUMED.items() if line["疑问"].startswith(words)), None)


def _read(cells: dict[str, str]) -> tuple[Answer | None, str]:
    """The answer of one line, and what is wrong with it (in Chinese). A line not answered has neither."""
    word = _SPELLINGS.get(text.key(cells[REPLY]), text.key(cells[REPLY]))
    if not word:
        return None, "写了理由，没有选答复" if cells["理由"] else ""
    if word not in list(Verdict):
        return None, f"答复“{cells[REPLY]}”看不懂"
    fields = ("行", "编号", "分类", "事项", "责任单位")
    prior, current = (Mark(*(cells[side + name] for name in fields)) for side in ("上期", "本期"))
    if chosen := _PLACE.fullmatch(current.place):
        current = Mark(chosen[1])  # what stands behind it is of the candidate that was there before
    found = Answer((cells["上期"], cells["本期"]), prior, Verdict(word), current, cells["理由"])
    return found, found.fault
