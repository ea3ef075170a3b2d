"""Rows that say by their colour how they stand, and the legend that says what the colours mean."""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tongbao.excel.colours import nearest_colour
from tongbao.excel.grid import Address, Fills
from tongbao.excel.values import holds, text_of
from tongbao.rounds.first_day.legends import COLOURS, legend_in
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, legend_texts, same_column
from tongbao.words.text import one_line

# 红色为滞后, 标红的是超期未完成, 绿：已完成, 黄色底纹表示临期.
_SAID = re.compile(
    rf"(?P<name>[{COLOURS}])(?:色|灯|牌)?(?:底纹|底色|填充|标注|标记|字体|字|行|圆点|的)*\s*"
    r"(?:为|是|表示|代表|即|指|：|:|—|-|＝|=)+\s*(?P<told>[^，,；;。、（()）\s]{2,14})"
)
_SAID_BEHIND = re.compile(
    rf"(?P<told>[^，,；;。、：:\s]{{2,10}}?)(?:的|事项|项目)*(?:用|标|填|涂|以)(?:成|为|注)?(?P<name>[{COLOURS}])(?:色)?"
)


@dataclass(frozen=True, slots=True)
class Coloured:
    """How many lines of some tables have which colour: of their cells, or (`written`) of what stands in these; and the
    column that holds nothing but colours, where there is one. `lines` has the colour of each line of each sheet."""

    counted: Counter[str]
    light: ColumnSeen | None
    written: bool = False
    lines: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def of(self, table: TableSeen, row: int) -> str:
        """The colour of a line; empty for none."""
        return self.lines.get((id(table.sheet), row), "")


def colours_in(tables: Sequence[TableSeen], newest: TableSeen, task: ColumnSeen | None, *, written: bool) -> Coloured:
    """The colours of the lines of some tables of one ledger: in its column of lights, else in that of the task, else
    in the column that has most of them, else in most of the line."""
    light = _light_column(newest, written=written)
    lines: dict[tuple[int, int], str] = {}
    for table in tables:
        shades = shades_of(table, written=written)
        first = [same.number for c in (light, task) if c and (same := same_column(c, table))]
        best = _most_coloured(table, shades)
        columns = [*first, *best]
        lines |= {(id(table.sheet), row): _colour(table, row, columns, shades) for row in table.rows}
    return Coloured(Counter(filter(None, lines.values())), light, written, lines)


def shades_of(table: TableSeen, *, written: bool) -> Mapping[Address, str]:
    """The colours of the cells of a sheet, or of what is written in them."""
    fills = table.sheet.fills or Fills()
    return fills.fonts if written else fills.cells


def _light_column(table: TableSeen, *, written: bool) -> ColumnSeen | None:
    """A column that holds nothing but colours, or signs of different colours."""
    shades = shades_of(table, written=written)
    for column in table.columns:
        coloured = [row for row in table.rows if (row, column.number) in shades]
        bare = is_signed(column) if written else not any(map(str.isalnum, "".join(column.texts)))
        if bare and len(coloured) * 2 > len(table.rows):
            return column
    return None


def is_signed(column: ColumnSeen) -> bool:
    """Does a column hold signs alone, which say nothing but by their colour, as all are the same?"""
    return len(set(column.texts)) == 1 and not any(map(str.isalnum, column.texts[0]))


def is_lit(table: TableSeen, column: ColumnSeen, *, written: bool) -> bool:
    """Does a column hold one sign in several colours?"""
    if not column.texts or not is_signed(column):
        return False
    shades = shades_of(table, written=written)
    return (
        len({shades.get((row, column.number)) for row in table.rows if holds(table.sheet.value(row, column.number))})
        > 1
    )


def _most_coloured(table: TableSeen, shades: Mapping[Address, str]) -> list[int]:
    """The column of which most lines are coloured, in two colours or more; none where that is no more than a few."""
    found: dict[int, list[str]] = {}
    for row in table.rows:
        for column in table.columns:
            if colour := shades.get((row, column.number)):
                found.setdefault(column.number, []).append(colour)
    several = {n: colours for n, colours in found.items() if len(set(colours)) > 1}
    best = max(several, key=lambda n: len(several[n]), default=0)
    return [best] if best and len(several[best]) * 2 > len(table.rows) else []


def _colour(table: TableSeen, row: int, columns: Sequence[int], shades: Mapping[Address, str]) -> str:
    for column in columns:
        if colour := shades.get((row, column)):
            return colour
    counted = Counter(filter(None, (shades.get((row, c.number)) for c in table.columns)))
    return next((colour for colour, times in counted.most_common(1) if times * 2 > len(table.columns)), "")


def named(colour: str) -> str:
    """What a colour is called: 红 for FF0000; empty for white, black and what has no name."""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.97 or light < 0.05:
        return ""
    if depth < 0.12:
        return "灰"
    degrees = hue * 360
    return next(name for name, up_to in _HUES if degrees < up_to)


_HUES = (("红", 18), ("橙", 44), ("黄", 66), ("绿", 170), ("蓝", 255), ("紫", 320), ("红", 361))


def legend_of(tables: Sequence[TableSeen], coloured: Coloured) -> dict[str, str]:
    """What each colour means, as a coloured cell outside the table says, or notes do (红色为滞后)."""
    colours = list(coloured.counted)
    found: dict[str, str] = {}
    for colour, text in _in_cells(tables, written=coloured.written):
        if near := nearest_colour(colour, colours):
            found.setdefault(near, text)
    said = _in_words(tables)
    names = {colour: named(colour) for colour in colours}
    for colour, name in names.items():
        near = next((it for it in (name, *_BESIDE.get(name, "")) if it in said), "")
        if near and (near == name or near not in names.values()):
            found.setdefault(colour, said[near])
    return found


# What one calls yellow another calls orange: a shade between takes the word of its neighbour where that has none.
_BESIDE = {"橙": "黄", "黄": "橙"}


def _in_words(tables: Sequence[TableSeen]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in (text for table in tables for text in legend_texts(table)):
        for match in _SAID_BEHIND.finditer(text):
            found.setdefault(match["name"], match["told"])
        for match in _SAID.finditer(text):
            found.setdefault(match["name"], match["told"])
    told = legend_in(text for table in tables for text in legend_texts(table))
    return {name: told[name] for name in COLOURS if name in told} | found


def _in_cells(tables: Sequence[TableSeen], *, written: bool) -> Iterator[tuple[str, str]]:
    """Coloured cells outside the table: with their own text, or that of the next cell."""
    for table in tables:
        columns = {column.number for column in table.columns}
        rows = {*table.rows, *range(table.top, table.bottom + 1)}
        for (row, column), colour in shades_of(table, written=written).items():
            if row in rows and column in columns:
                continue
            texts = (one_line(text_of(v)) for c in (column, column + 1) if holds(v := table.sheet.value(row, c)))
            if told := next(filter(None, map(_told_in_cell, texts)), ""):
                yield colour, told


# 绿色：已完成, ●正常, 已完成（绿）: a cell of a legend with what it means.
_CELL = re.compile(
    rf"(?:[{COLOURS}](?:色|灯|牌|色灯|底|字)?\s*[：:=—－-]*|[^\w\s(（]+|[：:\s]+)*(?P<told>[\u4e00-\u9fff，、,]{{2,14}}?)(?:[(（].*)?"
)
_BARE = re.compile(rf"[{COLOURS}]?(?:色|灯|牌|色灯|底色)?|图例|说明|颜色|含义")


def _told_in_cell(text: str) -> str:
    match = _CELL.fullmatch(text.strip())
    return "" if match is None or _BARE.fullmatch(text.strip(" ：:")) else match["told"]
