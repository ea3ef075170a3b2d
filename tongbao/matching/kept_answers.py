"""Where a person's answers about two periods are kept: 对应关系.xlsx beside the ledgers, and a small text file.

The workbook is what the clerk sees and fills in. What is answered on the screen goes at once into the text file, and
from there into the workbook as soon as nobody has it open. Both count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tongbao.excel import sheets
from tongbao.ledger.choice import shown
from tongbao.matching.answers import CURRENT_ROW, REPLY, SHEET, Answer, Verdict, differences_in, from_rows
from tongbao.matching.decisions_aside import ASIDE_FILE, Decision, read, spelt
from tongbao.matching.two_places import united
from tongbao.model import ANSWERS_FILE, Problem
from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content_if_there
from tongbao.outside.journal import add_line, fold_in, lines_in

# In characters of Excel; all other columns are 12 wide.
_WIDTHS = {
    "上期": 9, "本期": 9, "上期编号": 9, "本期编号": 9, "上期事项": 40, "本期事项": 40, "疑问": 40, "理由": 20,
    "上期进展": 30, "本期进展": 30,
}  # fmt: skip


@dataclass(slots=True)
class OnFile:
    """What both files hold, as read; what is decided in this run is added to the text file at once.

    `filed` are the answers of the workbook, `cells` its whole table, `aside` the decisions of the text file. `is_read`:
    the table could be read; `may_be_written`: so could every answer in it, and none is contradicted by the text file.
    """

    folder: Path
    filed: list[Answer] = field(default_factory=list)
    aside: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    is_read: bool = True
    may_be_written: bool = True
    _workbook: bytes | None = None
    _journal: bytes = b""
    _is_shared: bool = False  # with another run, whose answers this one does not know

    def add(self, decision: Decision) -> None:
        """Keeps a decision: it is on the disk when this returns. Raises `Refusal`."""
        decision = replace(decision, instead=(*decision.instead, *self._outdated(decision)))
        before, now = add_line(self.folder / ASIDE_FILE, spelt(decision))
        self._is_shared = self._is_shared or before != self._journal
        self._journal = now
        same = [d for d in self.aside if (d.periods, d.prior) != (decision.periods, decision.prior)]
        self.aside = [*same, decision]

    def _outdated(self, decision: Decision) -> Iterator[Answer]:
        """The answers that no row was this one, where somebody now says what became of it."""
        denied = Answer(decision.periods, decision.prior, Verdict.DIFFERENT)
        if decision.answers and denied not in decision.answers:
            yield from (answer for answer in self.filed if replace(answer, reason="") == denied)

    def write(self, rows: Sequence[Sequence[str]], options: Sequence[str] = ()) -> list[Problem]:
        """Writes the table (`answers.to_rows`) into the workbook, in which all answers stand then.

        Nothing is written where nothing has changed, so that a workbook that somebody has open is not in the way.
        """
        if not self._journal and [list(row) for row in rows] == self.cells:
            return []
        data = _book(rows, options)
        known = b"" if self._is_shared else self._journal
        left = fold_in(self.folder / ANSWERS_FILE, data, self._workbook, self.folder / ASIDE_FILE, known)
        return [self._with_what_waits(left)] if left else []

    def _with_what_waits(self, left: Problem) -> Problem:
        count = sum(bool(decision.answers) for decision in self.aside)
        waiting = f"；屏幕上答的{count}问先记在“{ASIDE_FILE}”里，已经算数" if count else ""
        return replace(left, message=left.message + waiting)


def on_file(folder: Path) -> OnFile:
    """What is kept in `folder`; nothing where there are no such files."""
    found = OnFile(folder)
    found._journal, lines = lines_in(folder / ASIDE_FILE)
    found.aside, found.problems = read(lines)
    found._workbook = content_if_there(folder / ANSWERS_FILE)
    if found._workbook is not None:
        book, unreadable = sheets.needed_book(folder / ANSWERS_FILE)
        found.cells = shown(book)[0].texts() if book and shown(book) else []
        found.filed, unread = from_rows(found.cells)
        found.is_read = book is not None and not any(p.code == "answer_header" for p in unread)
        found.may_be_written = not unreadable and not unread
        found.problems = [*found.problems, *unreadable, *unread]
    return found


def stored_answers(folder: Path) -> tuple[list[Answer], list[Problem]]:
    """All answers kept in `folder`, and what is wrong there; where the two files disagree, those of the workbook."""
    found = on_file(folder)
    return united(found.filed, found.aside)[0], found.problems


def keep_answers(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    """Writes 对应关系.xlsx into `folder`, replacing it: `rows` as `answers.to_rows` gives them, header first."""
    write_whole(folder / ANSWERS_FILE, _book(rows, ()))


def _book(rows: Sequence[Sequence[str]], options: Sequence[str]) -> bytes:
    """The workbook; `options` are the rows of now that a person can name where no candidate stands."""
    from tongbao.excel.writing.workbook import table_book

    widths = {name: _WIDTHS.get(name, 12) for name in rows[0]}
    choices: dict[str, Sequence[str]] = {REPLY: list(Verdict), CURRENT_ROW: options}
    return table_book(SHEET, widths, rows[1:], choices, marks=differences_in(rows))
