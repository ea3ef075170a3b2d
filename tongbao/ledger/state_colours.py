"""Rows that say by their colour how they stand: the colours are those of the settings, or shades of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tongbao.config.kinds import Kind
from tongbao.excel.colours import nearest_colour
from tongbao.excel.grid import Address, Fills
from tongbao.ledger.labels import Labels
from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.ledger.state_told import Gathered, Told
from tongbao.model import STATUS, TASK, Level, Place, Problem, Value
from tongbao.words.text import first_few

_SHOWN = 4


class Colours:
    """Looks at the cell of the state where there is one, at the task, at the column that has most of the colours, at
    most of the row; the first that speaks wins.

    A status word that is typed in such a row goes before its colour; a sign in the colour (●) is no word.
    """

    proposes = True

    def __init__(self, kind: Kind, legend: Mapping[str, str], *, written: bool = False) -> None:
        """`legend` is the label by colour, an empty one for a colour that says nothing. `written`: it is the colour of
        what is written, not of the cell."""
        self._labels, self._legend, self._written = Labels(kind), legend, written
        self._what = "字色" if written else "底色"
        self._column: tuple[RawTable, int] | None = None
        self._unknown, self._doubled = Gathered(), Gathered()
        self._coloured = self._rows = 0

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """The label of the colour of a row, or the word that is typed in it."""
        fills = table.choice.sheet.fills
        name = STATUS if STATUS in table.columns else TASK
        typed = str(cells.get(STATUS) or "")
        typed = typed if any(map(str.isalnum, typed)) or not self._written else ""
        self._rows += 1
        if fills is None:
            return Told(typed, name=name)
        shades = fills.fonts if self._written else fills.cells
        colours = list(dict.fromkeys(_colours(table, raw, shades, self._most_coloured(table, shades))))
        known = {colour: near for colour in colours if (near := nearest_colour(colour, self._legend))}
        labels = list(dict.fromkeys(filter(None, (self._legend[near] for near in known.values()))))
        place = table.place(*_cell(table, raw, name))
        word = typed if typed and (self._labels.named(typed)[0] is not None or not labels) else ""
        if not labels and not word and (strange := [colour for colour in colours if colour not in known]):
            self._unknown.add(strange[0], place)
        self._note_doubled(labels, word, place)
        self._coloured += bool(labels)
        return Told(word or (labels[0] if labels else ""), name=name)

    def _most_coloured(self, table: RawTable, shades: Mapping[Address, str]) -> int:
        """The column in which most cells have a colour of the legend; 0 where none has two."""
        if self._column is None or self._column[0] is not table:
            found = Counter(
                column
                for raw in table.rows
                for column in table.choice.layout.texts
                if (colour := shades.get((raw.row, column))) and nearest_colour(colour, self._legend)
            )
            best = next((column for column, times in found.most_common(1) if times > 1), 0)
            self._column = table, best
        return self._column[1]

    def _note_doubled(self, labels: Sequence[str], word: str, place: Place) -> None:
        """Notes a row that says two things: by its colours, or by its colour and its word."""
        label = self._labels.named(word)[0] if word else None
        if label and labels and label.name not in labels:
            self._doubled.add(f"写的是“{word}”，{self._what}是“{labels[0]}”，按所写的算", place)
        elif not word and len(labels) > 1:
            self._doubled.add(f"一行里有几种{self._what}（{'、'.join(labels)}），按“{labels[0]}”算", place)

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """What the colours of a table leave open; each thing once."""
        fills, place = table.choice.sheet.fills, table.place(table.choice.layout.bottom)
        if self._rows and fills is None:
            fix = "请用 Excel/WPS 打开，另存为 .xlsx 后再运行；或加一栏状态，删去 config.yaml 里的 status_from"
            where = "fonts" if self._written else "fills"
            message = f"状态看{self._what}（status_from.{where}），这种格式的文件读不出{self._what}"
            yield Problem(Level.ERROR, "colours_unread", message, fix, place=place)
        elif self._rows and fills and not table.choice.closed:
            yield from self._strange()
            yield from self._bare(fills, place)
        self._unknown, self._doubled = Gathered(), Gathered()
        self._coloured = self._rows = 0

    def _strange(self) -> Iterator[Problem]:
        known = "、".join(f"{colour}（{label or '不表示状态'}）" for colour, label in self._legend.items())
        for colour, places, cells in self._unknown:
            message = f"{self._what}{colour}没有说明是什么状态，{cells}；已说明的：{known}"
            line = f'{"fonts" if self._written else "fills"}: {{"{colour}": …}}'
            fix = f"在 config.yaml 这份通报的 status_from 里写 {line}（不表示状态的，冒号后留空），或运行 setup"
            yield Problem(Level.ERROR, "colour_unknown", message, fix, place=places[0], also=tuple(places[1:]))
        for what, places, cells in self._doubled:
            message, fix = f"{what}，{cells}", "请改成一致"
            yield Problem(Level.WARNING, "colour_twice", message, fix, place=places[0], also=tuple(places[1:]))

    def _bare(self, fills: Fills, place: Place) -> Iterator[Problem]:
        """What is said where no row has a colour of the legend, or rules colour the cells."""
        if fills.by_rule:
            message = f"条件格式涂的颜色（{first_few(fills.by_rule, _SHOWN)}）不是底色，没有当作状态"
            fix = "表示状态的，请直接给格子涂底色，或写成文字；别的不必管"
            level = Level.WARNING if self._coloured else Level.ERROR
            yield Problem(level, "colour_by_rule", message, fix, place=place)
        elif not self._coloured:
            message = f"{self._rows}行都没有用 status_from 里说明的{self._what}，按时限推定"
            yield Problem(
                Level.WARNING, "no_colours", message, f"请核对{self._what}；换了颜色的，改 status_from", place=place
            )


def _cell(table: RawTable, raw: RawRow, name: str) -> Address:
    return raw.cells.get(name, (raw.row, table.choice.layout.columns.get(name, 0)))


def _colours(table: RawTable, raw: RawRow, shades: Mapping[Address, str], most: int) -> Iterator[str]:
    """The colours that may say how a row stands, those that go before first."""
    for name in (STATUS, TASK):
        if name in table.columns and (colour := shades.get(_cell(table, raw, name))):
            yield colour
    if colour := shades.get((raw.row, most)):
        yield colour
    columns = table.choice.layout.texts
    counted = Counter(filter(None, (shades.get((raw.row, column)) for column in columns)))
    yield from (colour for colour, times in counted.most_common(1) if times * 2 > len(columns))
