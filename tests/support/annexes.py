"""Annex tables of published circulars, rebuilt with invented words: in their shape and numbers, whole or damaged.

A row of one cell is a heading over the whole width. In a cell, a line is a paragraph, `^` means merged with the cell
above, `<` merged with the cell to the left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tests.support.docx_maker import cell, docx, para

Rows = list[list[str]]
Damage = Callable[[Rows], Sequence[Rows]]

MEETING_HEAD = [
    "序号", "名称", "分管\n（分包）\n领导", "责任单位", "存在问题及交办事项", "承办单位", "完成时限", "完成情况", "备注"
]  # fmt: skip
YEAR_HEAD = ["序号", "工作任务", "牵头单位", "责任人", "进展情况", "完成情况"]

# How many tasks each meeting decided, and under which numbers stand tasks that share the name of the one before.
MEETINGS = (2, 1, 2, 3, 1, 4, 4, 4, 4, 7, 5)
SHARED = {17, 19, 20, 21, 23, 27, 28, 30, 34, 36}
DECIDED = {5: "视为\n完成", 9: "完成", 10: "需加快推进", 16: "完成", 24: "完成", 35: "视为\n完成", 37: "需加快\n\n推进"}
# Which numbers have several parts, each rated by itself; and the ratings in their order.
PARTS = {2: 3, 8: 6, 31: 2}
RATED = ("积极",) * 22 + ("正常",) * 18 + ("一般",) * 6 + ("滞后",) * 10
UNITS = ("县水利局", "县住房和城乡\n建设局", "青石镇\n县财政局", "县自然资源和\n规划局", "各有关单位")


def meeting_rows() -> Rows:
    """37 decisions of 11 meetings: 3 done, 2 taken for done, 2 that lag, 30 on track."""
    rows: Rows = []
    number = 0
    for meeting, tasks in enumerate(MEETINGS, 1):
        rows.append([f"2021年{meeting}月{meeting + 9}日第{meeting}次会议决策事项"])
        for _ in range(tasks):
            number += 1
            name = ["^", "^", "^"] if number in SHARED else [f"丰泉{number}号\n\n工程", "周某某", "青石镇\n红叶片区"]
            task = f"加快完成丰泉{number}号工程的第{number}道手续，按会议要求报批。"
            due = "2022年\n3月30日" if number % 5 == 0 else ""
            said = f"目前，第{number}道手续的材料已经备齐。"
            rows.append([str(number), *name, task, UNITS[number % 5], due, said, DECIDED.get(number, "")])
    return rows


def year_rows() -> Rows:
    """48 tasks in 56 rated rows: 22 with good progress, 18 normal, 6 slow, 10 behind."""
    ratings: Iterator[str] = iter(RATED[n * 13 % 56] for n in range(56))
    rows: Rows = []
    for number in range(1, 49):
        for part in range(PARTS.get(number, 1)):
            first = [str(number), f"推进丰泉片区第{number}处管网改造，加快路面恢复"] if part == 0 else ["^", "^"]
            who = ["^", "^"] if part and number == 8 else [UNITS[(number + part) % 4], "李某某 王某某"]
            said = f"第{number}处已铺设管道{part + 3}公里。\n第二段正在开挖。"
            rows.append([*first, *who, said, next(ratings)])
    return rows


# ---------------------------------------------------------------------------------------------- damage


def whole(rows: Rows) -> Sequence[Rows]:
    """One table, every merged cell declared."""
    return [rows]


def blanked(rows: Rows) -> Sequence[Rows]:
    """Nothing is merged: below the first row there are blanks."""
    return [[["" if text == "^" else text for text in row] for row in rows]]


def split(*sizes: int) -> Damage:
    """Cut into tables of so many rows, over and over; a table knows nothing of the one before."""

    def cut(rows: Rows) -> Sequence[Rows]:
        ends = [0]
        while ends[-1] < len(rows):
            ends.append(ends[-1] + sizes[(len(ends) - 1) % len(sizes)])
        return [blanked(rows[a:b])[0] for a, b in pairwise(ends)]

    return cut


# ---------------------------------------------------------------------------------------------- drawing


def table(rows: Rows, head: Sequence[Sequence[str]] = ()) -> str:
    """The rows under the rows of the header, as a Word table."""
    width = max(map(len, [*head, *rows]))
    lines = [_line(list(row), width) for row in [*head, *rows]]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _line(row: list[str], width: int) -> str:
    row = row + ["<"] * (width - 1) if len(row) == 1 else row
    cells: list[str] = []
    for n, text in enumerate(row):
        span = next((k for k, t in enumerate(row[n + 1 :]) if t != "<"), len(row) - n - 1) + 1
        wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        if text == "^":
            cells.append(cell("", wide + "<w:vMerge/>"))
        elif text != "<":
            cells.append(cell(text, wide + '<w:vMerge w:val="restart"/>'))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def askew(rows: Rows, head: Sequence[str]) -> str:
    """A table whose borders were drawn by hand: in every second row they stand a little further to the left."""
    width = len(head)
    lines = []
    for n, row in enumerate([list(head), *rows]):
        if len(row) == 1:
            lines.append(f"<w:tr>{cell(row[0], _span(2 * width))}</w:tr>")
        else:
            spans = [2] * width if n % 2 else [1] + [2] * (width - 2) + [3]
            cells = (cell("" if t == "^" else t, _span(s)) for t, s in zip(row, spans, strict=True))
            lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 2 * width}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def circular(*blocks: str, text: Sequence[str] = (), title: str = "决策事项台账", day: str = "2022年2月7日") -> bytes:
    """A circular: its text, its date, and the annex made of these tables and texts between them."""
    return docx("关于决策事项办理情况的通报", *text, day, "附件", title, *blocks, para(""))


def paged(parts: Sequence[Rows], head: Sequence[str], *, repeated: bool, between: str = "") -> list[str]:
    """The tables of the pages; the header stands on each, or on the first only."""
    made = [table(rows, [head] if repeated or n == 0 else []) for n, rows in enumerate(parts)]
    return [block for one in made for block in (between, one)][1:] if between else made
