"""The parts of an annex as one sheet that reads like a ledger.

A table of a circular is drawn for the eye: it is cut at the end of a page, a row may go on on the next page, and cells
are left blank where the value above holds for them too. Each repair made here is told as a doubt with its place on the
paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tongbao.config.kinds import ColumnType, Kind
from tongbao.excel.grid import Marks, Sheet
from tongbao.ledger.headers import Layout
from tongbao.ledger.values import PARAGRAPHS
from tongbao.model import NO, TASK, Level, Place, Problem
from tongbao.rounds.bring_in.annex import RESUMED, Box, Boxes, Part, boxes_of, sheet_of
from tongbao.words.text import key, one_line

# What ends a sentence or a remark. A text of progress without it at the end of a page goes on on the next one, and both
# are joined without a break (两岸的 + 护坡正在施工。); else with one. It costs: 铺设3公里 + 路面硬化 are run together,
# 完成12. + 5公里 are not.
_ENDED = re.compile(r"[。！？；.!?;：:）)”\"]$")
# A 序号 that counts on: 3, 3., 3、. 3.1, （3） and 三 are none: they are kept, but blanks below them are not filled.
_WHOLE_NUMBER = re.compile(r"(\d+)[.、．]?")


@dataclass(eq=False, slots=True)
class _Row:
    """A row below the header and its place on the paper. `opens`: it is the first row of a table that goes on."""

    boxes: list[Box]
    sheet: str
    number: int
    opens: bool = False
    doubts: list[Problem] = field(default_factory=list)

    def doubt(self, code: str, message: str, fix: str, column: int = 0, value: str = "") -> None:
        """Keeps a doubt of this row; the number of the row in the sheet is filled in at the end."""
        self.doubts.append(Problem(Level.WARNING, code, message, fix, place=Place(column=column), value=value))


def assembled(parts: Sequence[Part], kind: Kind) -> tuple[Sheet, list[Problem]]:
    """All parts as one sheet under the header of the first, and a warning for each repair at its row.

    Rows that a page has cut are joined, and blanks are merged with the value above for which they stand.
    """
    first = parts[0]
    assert first.layout is not None
    rows = boxes_of(first.grid.sheet)
    head, title = rows[: first.layout.bottom], first.grid.title
    body = list(_body(first, rows, {key(title)}))
    for part in parts[1:]:
        more = boxes_of(part.grid.sheet)
        if part.layout:
            more = _aligned(more, part.layout, first.layout, head)
        body += _body(part, more, {key(title)}, opens=True)
    width = max(map(len, [*head, *(row.boxes for row in body)]))
    for boxes in [*head, *(row.boxes for row in body)]:
        boxes += [Box() for _ in range(width - len(boxes))]
    repaired = _Repair(first.layout, kind).rows(body)
    sheet = sheet_of(first.grid.sheet.name, head + [row.boxes for row in repaired], _moved(first, repaired, len(head)))
    doubts = [
        replace(d, place=Place(sheet=sheet.name, row=n, column=d.place.column))
        for n, row in enumerate(repaired, len(head) + 1)
        for d in row.doubts
    ]
    return sheet, doubts


def _body(part: Part, rows: Boxes, titles: set[str], *, opens: bool = False) -> Iterator[_Row]:
    """The rows below the header, without copies of the header and rows with 续表 or the title alone."""
    top = part.layout.bottom if part.layout else part.grid.lead
    header = {tuple(key(box.text) for box in row) for row in rows[part.layout.top - 1 : top]} if part.layout else set()
    for number, row in enumerate(rows[top:], top + 1):
        texts = tuple(key(box.text) for box in row)
        alone = {box for box in row if box.text}
        resumed = len(alone) == 1 and any(RESUMED.fullmatch(t) or t in titles for t in texts if t)
        if any(texts) and texts not in header and not resumed:
            yield _Row(row, part.grid.sheet.name, number, opens)
            opens = False


def _aligned(rows: Boxes, layout: Layout, first: Layout, head: Boxes) -> Boxes:
    """The rows with each column where the first table has its header; new headers are added to `head` at the right."""
    known = {key(text): column for column, text in first.texts.items()}
    width = max(map(len, head))
    targets: dict[int, int] = {}
    for column, text in layout.texts.items():
        target = known.get(key(text), 0)
        if not target or target in targets.values():
            width += 1
            target, header = width, Box(text)
            for row in head:
                row += [Box() for _ in range(width - 1 - len(row))] + [header]
        targets[column] = target
    return [[_at(row, targets, n) for n in range(1, width + 1)] for row in rows]


def _at(row: Sequence[Box], targets: dict[int, int], column: int) -> Box:
    return next((row[source - 1] for source, target in targets.items() if target == column), None) or Box()


def _moved(first: Part, rows: Sequence[_Row], head: int) -> Marks:
    """The marks of the first table (struck out, formulas that failed, pictures) at the new rows of their cells."""
    marks = first.grid.sheet.marks
    new = {row.number: n for n, row in enumerate(rows, head + 1) if row.sheet == first.grid.sheet.name}
    return Marks(
        struck={(new[r], c): text for (r, c), text in marks.struck.items() if r in new},
        uncached=frozenset((new[r], c) for r, c in marks.uncached if r in new),
        failed={(new[r], c): text for (r, c), text in marks.failed.items() if r in new},
        pictures={(new[r], c): parts for (r, c), parts in marks.pictures.items() if r in new},
        comments={(new[r], c): text for (r, c), text in marks.comments.items() if r in new},
        unread={(new[r], c): why for (r, c), why in marks.unread.items() if r in new},
    )


# ---------------------------------------------------------------------------------------------- repairs


class _Repair:
    """Joins rows that a page has cut, and merges blanks with the value above for which they stand."""

    def __init__(self, layout: Layout, kind: Kind) -> None:
        declared = {layout.columns[c.field] - 1: c for c in kind.columns if c.field in layout.columns}
        self._headers = layout.texts
        self._no, self._task = (layout.columns.get(name, 0) - 1 for name in (NO, TASK))
        self._units = {n for n, c in declared.items() if c.type is ColumnType.UNITS}
        self._status = {n for n, c in declared.items() if c.type is ColumnType.STATUS}
        self._long = {n for n, c in declared.items() if c.field in PARAGRAPHS or c.field == TASK}
        self._fills = [n for n in sorted(declared) if declared[n].fill and n not in (self._no, self._task)]
        self._names = {n for n, c in declared.items() if c.type is ColumnType.TEXT}

    def rows(self, body: Sequence[_Row]) -> list[_Row]:
        """The rows after all repairs; blanks below a heading are not filled from above it."""
        done: list[_Row] = []
        above: _Row | None = None
        for n, row in enumerate(body):
            own = {c for c, box in enumerate(row.boxes) if box.text and not (above and box is above.boxes[c])}
            if self._is_heading(row, own):
                done, above = [*done, row], None
            elif above and self._is_rest(above, row, own):
                self._join(above, row, own)
            else:
                if above:
                    self._carry(above, row, own, self._next_number(body[n + 1 :]))
                done, above = [*done, row], row
        return done

    @staticmethod
    def _is_heading(row: _Row, own: set[int]) -> bool:
        """Has the row one single text, over several columns, or in the first column and no number?"""
        if len({row.boxes[c] for c in own}) != 1:
            return False
        return len(own) > 1 or (own == {0} and not _WHOLE_NUMBER.fullmatch(row.boxes[0].text))

    def _is_rest(self, above: _Row, row: _Row, own: set[int]) -> bool:
        """Is this the rest of the row above, cut off by the end of a page?

        It has no number. Without task, unit and status it is a rest at the top of a table that goes on, or where the
        text above stops in the middle of a sentence. With one of them both must hold, and not both have a status.
        """
        merged = {c for c, box in enumerate(row.boxes) if box is above.boxes[c] and box.text}
        if self._no in own or merged & {self._no, self._task}:
            return False
        broken = any(_is_broken(above.boxes[c].text) for c in own & self._long)
        if not own & {self._task, *self._units, *self._status}:
            return row.opens or broken
        both = own & self._status and any(above.boxes[c].text for c in self._status)
        return row.opens and broken and not both

    def _join(self, above: _Row, row: _Row, own: set[int]) -> None:
        """Puts the texts of a rest behind those of the row above, with a doubt that shows both sides of the seam."""
        for c in sorted(own):
            before, after = above.boxes[c].text, row.boxes[c].text
            seam = "" if _is_broken(before) and c not in self._units else "\n"
            above.boxes[c].value = before + seam + after if before else after
            message = f"跨页断开的一行（原文{row.sheet}第{row.number}行）接到了这一项后面"
            fix = "请对照原文核对接缝处的文字；是单独一项的，请拆成两行"
            above.doubt("row_joined", message, fix, c + 1, f"…{before[-10:]}|{after[:10]}…")

    def _carry(self, above: _Row, row: _Row, own: set[int], following: int) -> None:
        """Merges blanks with the cells above: number and task of a part, or the name that several tasks share."""
        blank = {c for c, box in enumerate(row.boxes) if not box.text and above.boxes[c].text}
        if not {self._no, self._task} & own and self._task in blank and own & (self._units | self._status):
            columns = [c for c in (self._no, self._task, *self._fills) if c in blank]
        elif self._task in own:
            columns = self._shared_name(blank, own)
            if self._no in blank and following == _number(above.boxes[self._no].text) + 1:
                columns.append(self._no)
        else:
            return
        for c in columns:
            row.boxes[c] = above.boxes[c]
        if columns:
            named = "、".join(f"“{self._headers.get(c + 1, '')}”" for c in sorted(columns))
            message = f"{named}是空的，当作与上一行合并（原文{row.sheet}第{row.number}行）"
            value = one_line(above.boxes[min(columns)].text)
            row.doubt("blank_merged", message, "不是同一项的，请取消合并，补填这一行", min(columns) + 1, value)

    def _shared_name(self, blank: set[int], own: set[int]) -> list[int]:
        """The blank columns that fill down, from the leftmost text column up to the first with a value of its own."""
        columns: list[int] = []
        for c in self._fills:
            if c in own or (not columns and c in blank and c not in self._names):
                break
            if c in blank:
                columns.append(c)
        return columns

    def _next_number(self, below: Sequence[_Row]) -> int:
        """The next 序号 below, 0 for none: where it follows the number above, the blanks between belong to that one."""
        texts = (row.boxes[self._no].text for row in below) if self._no >= 0 else ()
        return next((_number(text) for text in texts if text), 0)


def _number(text: str) -> int:
    match = _WHOLE_NUMBER.fullmatch(text)
    return int(match[1]) if match else -1


def _is_broken(text: str) -> bool:
    """Does the text stop in the middle of a sentence?"""
    return bool(text) and not _ENDED.search(text)
