"""Rows that say by their colour how they stand, and the legend that says what the colours mean."""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tongbao.excel.colours import nearest_colour
from tongbao.excel.grid import Fills
from tongbao.excel.values import holds, text_of
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, around
from tongbao.words.text import one_line

_NAMES = "红橙黄绿蓝紫灰"
# 红色为滞后, 标红的是超期未完成, 绿：已完成, 黄色底纹表示临期.
_SAID = re.compile(
    rf"(?P<name>[{_NAMES}])(?:色|灯|牌)?(?:底纹|底色|填充|标注|标记|字|行|的)*\s*(?:为|是|表示|代表|即|指|：|:|—|-|＝|=)+\s*(?P<told>[^，,；;。、（()）\s]{{2,14}})"
)
_SAID_BEHIND = re.compile(
    rf"(?P<told>[^，,；;。、：:\s]{{2,10}}?)(?:的|事项|项目)*(?:用|标|填|涂|以)(?:成|为|注)?(?P<name>[{_NAMES}])(?:色)?"
)


def light_column(table: TableSeen) -> ColumnSeen | None:
    """A column that holds nothing but colours."""
    fills = table.sheet.fills or Fills()
    for column in table.columns:
        coloured = [row for row in table.rows if (row, column.number) in fills.cells]
        if not column.values and len(coloured) * 2 > len(table.rows):
            return column
    return None


def colours_of(table: TableSeen, columns: Sequence[int]) -> Counter[str]:
    """How many lines have which colour: in the first of these columns that has one, else in most of the line."""
    fills = table.sheet.fills or Fills()
    return Counter(filter(None, (_colour(table, row, columns, fills) for row in table.rows)))


def _colour(table: TableSeen, row: int, columns: Sequence[int], fills: Fills) -> str:
    for column in columns:
        if colour := fills.cells.get((row, column)):
            return colour
    counted = Counter(filter(None, (fills.cells.get((row, c.number)) for c in table.columns)))
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


def legend_of(tables: Sequence[TableSeen], colours: Sequence[str]) -> dict[str, str]:
    """What each colour means, as notes say (红色为滞后), or a coloured cell outside the table that holds the words."""
    said = dict(_in_words(tables))
    found = {colour: said[name] for colour in colours if (name := named(colour)) in said}
    for colour, text in _in_cells(tables):
        if near := nearest_colour(colour, colours):
            found.setdefault(near, text)
    return found


def _in_words(tables: Sequence[TableSeen]) -> Iterator[tuple[str, str]]:
    for text in (text for table in tables for text in around(table)):
        yield from ((match["name"], match["told"]) for match in _SAID_BEHIND.finditer(text))
        yield from ((match["name"], match["told"]) for match in _SAID.finditer(text))


def _in_cells(tables: Sequence[TableSeen]) -> Iterator[tuple[str, str]]:
    """Coloured cells above or below the table: with their own text, or that of the next cell."""
    for table in tables:
        fills = table.sheet.fills or Fills()
        items = {*table.rows, *range(table.top, table.bottom + 1)}
        for (row, column), colour in fills.cells.items():
            if row in items:
                continue
            text = next(
                (one_line(text_of(v)) for c in (column, column + 1) if holds(v := table.sheet.value(row, c))), ""
            )
            if 0 < len(text) <= 12:
                yield colour, text
