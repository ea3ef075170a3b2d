"""Tables against themselves and against the text: totals rows, serial numbers, and the status column recounted."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from tongbao.model import Level
from tongbao.proof.claims.partition import Item, all_items
from tongbao.proof.text.sentences import Reading
from tongbao.proof.verdicts import Statement
from tongbao.word.document import Cell, Table
from tongbao.words.folding import fold

TOTAL, STATUS, SERIAL = "table-total", "table-status", "table-serial"
Grid = Sequence[Sequence[Cell]]


def tables(reading: Reading) -> Iterator[Statement]:
    """Every table of the body."""
    for table in reading.paper.tables:
        head = _header(table)
        if head is not None:
            names, rows = head
            yield from _totals(names, rows)
            yield from _serials(names, rows)
            yield from _statuses(names, rows, reading)


def _header(table: Table) -> tuple[list[str], Grid] | None:
    """The column names (of two header rows the lower) and the rows below; None for a table without a header."""
    # Among the first four rows (a title, a unit of measure, two rows of headers), with three columns and three names
    # at least. The cost: tables of two columns are not checked.
    for r, row in enumerate(table.rows[:4]):
        texts = [fold(c.text).text.replace("\n", "") for c in row]
        if len({c.origin for c in row}) >= 3 and len([t for t in texts if t and not _number(t)]) >= 3:
            if r + 1 < len(table.rows) and any(
                a.origin == b.origin for a, b in zip(row, table.rows[r + 1], strict=False)
            ):
                below = [fold(c.text).text.replace("\n", "") for c in table.rows[r + 1]]
                return below, table.rows[r + 2 :]
            return texts, table.rows[r + 1 :]
    return None


def _number(text: str) -> Decimal | None:
    """A cell as a number; an empty one or a dash is zero, other text is None."""
    bare = fold(text).text.replace(",", "").replace("，", "").strip()
    if bare in {"", "-", "—", "－", "/", "——"}:
        return Decimal(0)
    try:
        value = Decimal(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else None
    except InvalidOperation:
        return None
    return value


def _at(cell: Cell, code: str, level: Level | None, says: str = "", why: str = "", fix: str = "") -> Statement:
    index = cell.paragraphs[0] if cell.paragraphs else 0
    return Statement(code, index, 0, max(1, len(fold(cell.text).text)), level, says, why, fix)


# ---------------------------------------------------------------------------------------------- totals rows

_TOTAL = re.compile(r"^(?:合|总)\s*计$")
_SUBTOTAL = re.compile(r"小\s*计|合\s*计|总\s*计|其中")
# Columns that are not added up: rates, ranks, scores, dates, telephone numbers. The last line of 得分 is an average.
# The cost: a count under such a header (年度任务, 编号数) is not checked.
_NOT_SUMMED = re.compile(r"率|占|比|名次|排名|位次|序号|分$|得分|均|增|幅|%|年|月|号|电话|备注")


def _totals(names: list[str], rows: Grid) -> Iterator[Statement]:
    """The 合计 row against its columns, where at least one other column adds up, or the miss is a near one."""
    # Where no column adds up, the rows may be a choice; then only a total within one twentieth is told, as something
    # to look at: 21 for 20, not 26. One 合计 row only: with two of them, which one sums what is not known.
    marked = [row for row in rows if any(_TOTAL.match(fold(c.text).text) for c in row[:3])]
    if len(marked) != 1:
        return
    total, judged = marked[0], []
    data = [row for row in rows if row is not total and len(row) == len(total) and len({c.origin for c in row}) > 1]
    for column, cell in enumerate(total):
        name = names[column] if column < len(names) else ""
        printed = _number(cell.text)
        if printed and not _NOT_SUMMED.search(name) and total[column - 1 if column else 0].origin != cell.origin:
            sums = _column_sums(data, column)
            if sums:
                judged.append((name, cell, printed, sums))
    right = [j for j in judged if any(_close(j[2], s, len(data)) for s in j[3])]
    yield from (_at(cell, TOTAL, None) for _, cell, _, _ in right)
    for name, cell, printed, sums in judged:
        if any(_close(printed, s, len(data)) for s in sums):
            continue
        near = abs(sums[0] - printed) <= printed / 20
        if right or near:
            says = f"表中“{name}”一列合计写 {cell.text}，各行相加是 {sums[0]}"
            why = f"相差 {abs(sums[0] - printed)}。"
            level = Level.ERROR if right else Level.WARNING
            yield _at(cell, TOTAL, level, says, why, "请核对各行数字和合计。")


def _column_sums(data: Grid, column: int) -> list[Decimal]:
    """The sum of a column's plain rows, and of its subtotals if it has any; nothing where a cell is no number."""
    plain, subtotals, seen = Decimal(0), [], set()
    for row in data:
        cell = row[column]
        if cell.origin in seen:
            continue
        seen.add(cell.origin)
        value = _number(cell.text)
        if value is None:
            return []
        if any(_SUBTOTAL.search(fold(c.text).text) for c in row[:3]):
            subtotals.append(value)
        else:
            plain += value
    return [plain, *([sum(subtotals, Decimal(0))] if subtotals else [])] if len(seen) >= 2 else []


def _close(printed: Decimal, computed: Decimal, rows: int) -> bool:
    """Equal, or apart by no more than the rounding of each row."""
    exponent = printed.as_tuple().exponent
    slack = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
    return abs(printed - computed) <= slack * max(1, rows) / 2


# ---------------------------------------------------------------------------------------------- serial numbers


def _serials(names: list[str], rows: Grid) -> Iterator[Statement]:
    """序号 1, 2, 3 …: one number used twice or left out in a series that is otherwise in step."""
    if "序号" not in names:
        return
    column = names.index("序号")
    cells = list({row[column].origin: row[column] for row in rows if column < len(row)}.values())
    numbered = [(c, int(t)) for c in cells if (t := fold(c.text).text).isdecimal()]
    # Four numbers from 1 with one slip: 1, 3, 4 and 1, 3, 5, 6 may be a selection that kept its numbers.
    slips = [(a, b) for a, b in itertools.pairwise(numbered) if b[1] != a[1] + 1 and b[1] != 1]
    if len(numbered) < 4 or numbered[0][1] != 1 or len(slips) != 1:
        return
    (_, before), (cell, number) = slips[0]
    if number in {before, before + 2}:
        word = "重复" if number == before else "跳号"
        says = f"表中序号 {number} {word}"
        yield _at(cell, SERIAL, Level.WARNING, says, f"前一行是 {before}。", "请核对序号，看是否漏行或重行。")


# ---------------------------------------------------------------------------------------------- the status column

# Headers of a status column in published ledgers and circulars (备注 and 完成情况 are among them). The names of a
# column of units may stand in the text with any number. Words that count or place a label, and say nothing of it, are
# left out when it is looked for in the text.
_STATUS = re.compile(r"完成情况|状态|进展|办理情况|落实情况|评价|评定|等次|督办意见|备注|办理结果|类别|序时")
_PLAIN = re.compile(r"进展|事项|项目|任务|工作|提案|建议|推进|的|为|有|共|已|其中|目前|具体|，|：|“|”|占比")


def _statuses(names: list[str], rows: Grid, reading: Reading) -> Iterator[Statement]:
    """The labels of a status column counted, against the counts of the text that use the very same labels."""
    for column, name in enumerate(names):
        if not _STATUS.search(name):
            continue
        labels = _labels(rows, column)
        told = _told(labels, reading)
        agreed = [label for label, item in told.items() if item.quantity.value == labels[label]]
        for label, item in told.items():
            paragraph = _paragraph_of(item, reading)
            span = (item.quantity.start, item.quantity.end)
            if label in agreed:
                yield Statement(STATUS, paragraph, *span, judged=(span,))
            # Where no label agrees, a name of three characters at least and a number off by one, or one in ten, is
            # told as something to look at: 滞后3项 beside two rows may be another 滞后, 推进缓慢3项 is hardly. Where
            # one label agrees, any other difference is an error. Set by feel.
            elif agreed or (
                len(label) >= 3 and abs(item.quantity.value - labels[label]) <= max(1, labels[label] // 10)
            ):
                says = f"正文写“{label}” {item.quantity.text}，附表“{name}”一列是 {labels[label]} 行"
                why = f"附表中“{label}”共 {labels[label]} 行，与正文的 {item.quantity.text} 不符。"
                level = Level.ERROR if agreed else Level.WARNING
                yield Statement(STATUS, paragraph, *span, level, says, why, "请核对附表和正文。", (span,))


def _labels(rows: Grid, column: int) -> Counter[str]:
    """How many cells of the column hold each label; nothing where the column holds running text."""
    # More than eight labels, or one of more than ten characters (已完成土地组卷并上报审批), is running text. The
    # cost: a column with a long remark in one cell is not counted.
    cells = {row[column].origin: fold(row[column].text).text.replace("\n", "") for row in rows if column < len(row)}
    counted = Counter(t for t in cells.values() if t)
    if not counted or len(counted) > 8 or any(len(t) > 10 or _number(t) is not None for t in counted):
        return Counter()
    return counted


def _told(labels: Mapping[str, int], reading: Reading) -> dict[str, Item]:
    """The count that the text gives for each label, where it gives just one."""
    found: dict[str, list[Item]] = {}
    for paragraph in reading.sentences:
        for sentence in paragraph:
            if reading.paper.paragraphs[sentence.paragraph].table:
                continue
            for item in all_items(sentence):
                said = _PLAIN.sub("", item.said)
                label = next((x for x in labels if _PLAIN.sub("", x) == said and said), None)
                if label and not item.quantity.rough and not item.quantity.ulp:
                    found.setdefault(label, []).append(item)
    return {label: items[0] for label, items in found.items() if len({i.quantity.value for i in items}) == 1}


def _paragraph_of(item: Item, reading: Reading) -> int:
    return next(s.paragraph for p in reading.sentences for s in p if item.segment in s.segments)
