"""Figures and rows as a template sees them: by Chinese names, formatted for the page.

Each number and list carries a key; `Scope.sources` has its figure and rows under that key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from tongbao.circular.choices import Choice, Figure, Figures
from tongbao.circular.period_words import as_typed
from tongbao.circular.printed_numbers import measure_text, shown
from tongbao.circular.vocabulary import LEVELS
from tongbao.config.kinds import Kind
from tongbao.matching.two_periods import Changes
from tongbao.model import NO, PHOTOS, TASK, Deadline, Period, Picture, Row, State, listed
from tongbao.word.pictures import Photo
from tongbao.word.template import Traced, TracedNumber
from tongbao.words.text import chinese_number, one_line
from tongbao.words.units import Roster

# What is to be done about a problem that has several lines; what is longer is no part of a title.
_MEASURE, _LONGEST_MEASURE = "措施", 30
# Gives the photograph of a picture; None where it cannot be printed.
Photos = Callable[[Picture], Photo | None]


class Words(list[str]):
    """A list of words that a filter will join, with the key and the rows that it was made of."""

    def __init__(self, words: Iterable[str], key: str, rows: Sequence[Row]) -> None:
        super().__init__(words)
        self.key = key
        self.rows = rows


class Scope:
    """What all views share: figures, kind, roster, and `sources`, the figures of the values made so far, by key."""

    def __init__(
        self, changes: Changes, figures: Figures, kind: Kind, roster: Roster, photos: Photos = lambda _: None
    ) -> None:
        self.changes = changes
        self.figures = figures
        self.kind = kind
        self.roster = roster
        self.photos = photos
        self.sources: dict[str, Figure] = {}
        self.priors = changes.priors
        self._titles = Counter(short_title(row, kind) for row in changes.current.rows)
        self._items = Counter((short_title(row, kind), row.no) for row in changes.current.rows)

    def title(self, row: Row) -> str:
        """The short title of a row, with its number or units behind it where other rows have the same title."""
        title = short_title(row, self.kind)
        return title + self._apart(row, title)

    def numbered_title(self, row: Row) -> str:
        """Number and title, 第3项“修复老旧管网”; with the units where several rows share both."""
        title = short_title(row, self.kind)
        if not row.no:
            return quoted(title) + self._apart(row, title)
        number = row.no if row.no.startswith("第") else f"第{row.no}项"
        return number + quoted(title) + (self._apart(row, title) if self._items[title, row.no] > 1 else "")

    def _apart(self, row: Row, title: str) -> str:
        """What tells a row from others of its title: its number; where that is the same too, what is to be done about
        it, else its units."""
        if self._titles[title] < 2:
            return ""
        if row.no and self._items[title, row.no] == 1:
            return f"（第{row.no}项）"
        done = one_line(row.get(_MEASURE)) if self.kind.column(_MEASURE) else ""
        told = done if 0 < len(done) <= _LONGEST_MEASURE else "、".join(row.units)
        return f"（{told}）" if told else ""

    def number(self, key: str, value: int, choice: Choice | Figure) -> TracedNumber:
        """A number for the page, noted in `sources` with its rows."""
        self.sources[key] = Figure(key, key, value, choice.rule, choice.rows, choice.constant)
        return TracedNumber(value, key)

    def text(self, key: str, value: str, rows: Sequence[Row] = (), rule: str = "", parts: Iterable[str] = ()) -> Traced:
        """A text for the page, noted in `sources` with its rows; `parts` are the members of a list."""
        self.sources[key] = Figure(key, key, value, rule, rows, parts=tuple(parts))
        return Traced(value, key)

    def rows(self, rows: Iterable[Row]) -> list[RowView]:
        """Rows as a template sees them."""
        return [RowView(self, row) for row in rows]

    def units_of(self, rows: Iterable[Row]) -> list[str]:
        """The units that the rows count for, each once, in roster order; those not in it last, as they appear."""
        return sorted(dict.fromkeys(unit for row in rows for unit in self.kind.units.of(row)), key=self.roster.order)

    def as_typed(self, label: str) -> str:
        """The word of a label on the page: as the ledger types it; the name of any other selection."""
        rows = self.figures.labels[label].rows if label in self.figures.labels else ()
        return as_typed(label, rows, self.changes.current.period)

    def word(self, row: Row) -> str:
        """The status word of a row as typed, else that of its label."""
        return (
            "".join(row.typed.split()) if row.typed and row.state is not State.UNREPORTED else self.as_typed(row.label)
        )

    @property
    def prior_period(self) -> Period:
        """The period before; this one where there is none."""
        return (self.changes.prior or self.changes.current).period

    def choice(self, name: str) -> Choice:
        """The label or selection of that name, a label first. Raises KeyError where there is neither."""
        return self.figures.labels[name] if name in self.figures.labels else self.figures.choices[name]


class Album:
    """The pictures of a row, for a loop of the template. Each is unpacked when the loop comes to it."""

    def __init__(self, row: Row, photos: Photos) -> None:
        self._row, self._photos = row, photos

    def __len__(self) -> int:
        return len(self._row.pictures)

    def __iter__(self) -> Iterator[Photo]:
        return iter(filter(None, map(self._photos, self._row.pictures)))


class RowView:
    """A row as a template sees it: `行.序号`, `行.责任单位` and every other field of the kind, as text."""

    def __init__(self, scope: Scope, row: Row) -> None:
        self._scope = scope
        self.row = row

    def __getitem__(self, name: str) -> object:
        row, past = self.row, self._scope.changes.past.get(self.row.place)
        match name:
            case "标签":
                return row.label
            case "字样":
                return self._scope.word(row)
            case "简称":
                return self._scope.title(row)
            case "单位":
                return listed(row.units)
            case "牵头":
                return listed(row.lead_units or row.units)
            case "上期":
                prior = self._scope.priors.get(row.place)
                return prior and RowView(self._scope, prior)
            case "滞后期数":
                return past.lagging_periods if past else 0
            case "延期次数":
                return past.moved if past else 0
        if name == PHOTOS:
            return Album(row, self._scope.photos)
        if self._scope.kind.column(name) is None:
            raise KeyError(name)
        if row.state is State.UNREPORTED and name == self._scope.kind.status.field:
            return row.label
        return printed_field(row, name)


class ChoiceView:
    """A selection as a template sees it. The name of another one gives the rows that both have: `组.滞后.数`."""

    def __init__(self, scope: Scope, choice: Choice, key: str, extra: Mapping[str, object] | None = None) -> None:
        self._scope = scope
        self.choice = choice
        self.key = key
        self._extra = extra or {}

    def __iter__(self) -> Iterator[RowView]:
        return iter(self._scope.rows(self.choice.rows))

    def __len__(self) -> int:
        return self.choice.count

    def __getitem__(self, name: str) -> object:
        if name in self._extra:
            return self._extra[name]
        scope, choice = self._scope, self.choice
        match name:
            case "名":
                return choice.name
            case "字样":
                return scope.as_typed(choice.name)
            case "数":
                return scope.number(f"{self.key}.数", choice.count, choice)
            case "占比":
                share = scope.figures.share(choice, scope.kind.shares)
                return scope.text(f"{self.key}.占比", share, choice.rows, f"{choice.name}÷全部事项")
            case "行":
                return scope.rows(choice.rows)
            case "大项数":
                items = {r.item_key for r in choice.rows}
                return scope.number(f"{self.key}.大项数", len(items), choice)
            case "单位":
                return Words(scope.units_of(choice.rows), f"{self.key}.单位", choice.rows)
            case "单位数":
                return scope.number(f"{self.key}.单位数", len(scope.units_of(choice.rows)), choice)
            case "计量":
                return MeasuresView(scope, choice, self.key)
        inside = {r.place for r in scope.choice(name).rows}
        common = tuple(r for r in choice.rows if (r.done if name == "完成" else r.place in inside))
        return ChoiceView(scope, Choice(name, common, f"{choice.name}中的{name}"), f"{self.key}.{name}")


class MeasuresView:
    """The measures of a selection by name, as printed."""

    def __init__(self, scope: Scope, choice: Choice, key: str) -> None:
        self._scope = scope
        self._choice = choice
        self._key = key

    def __getitem__(self, name: str) -> Traced:
        measure = (
            next(m for m in self._scope.kind.measures if m.name == name) if name in self._choice.measures else None
        )
        if measure is None:
            raise KeyError(name)
        text = measure_text(self._choice.measures[name], measure)
        rule = f"“{measure.sum}”合计" if measure.sum else "÷".join(measure.ratio or ())
        return self._scope.text(f"{self._key}.{name}", text, self._choice.rows, rule)


class Named:
    """Views by name, `状态.滞后`; iterating gives the views in order."""

    def __init__(self, views: Mapping[str, object]) -> None:
        self._views = views

    def __iter__(self) -> Iterator[object]:
        return iter(self._views.values())

    def __getitem__(self, name: str) -> object:
        return self._views[name]

    def __len__(self) -> int:
        return len(self._views)


class Numbering:
    """Heading numbers of four levels (GB/T 9704-2012 7.3.3). Each use of `层次.一` gives the next of its level."""

    _FORMS: tuple[Callable[[int], str], ...] = (
        lambda n: f"{chinese_number(n)}、",
        lambda n: f"（{chinese_number(n)}）",
        lambda n: f"{n}.",
        lambda n: f"（{n}）",
    )

    def __init__(self) -> None:
        self._counts = [0] * len(LEVELS)

    def __getitem__(self, name: str) -> str:
        if name not in LEVELS:
            raise KeyError(name)
        level = LEVELS.index(name)
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(LEVELS) - level - 1)
        return self._FORMS[level](self._counts[level])


def short_title(row: Row, kind: Kind) -> str:
    """The short title for lists in the body: the first sentence of the first filled field among the kind's `short`."""
    filled = (without_number(row.get(name)) for name in (*kind.short, TASK))
    return next((text.partition("。")[0].rstrip("；;") for text in filled if text), "")


def printed_field(row: Row, name: str) -> str:
    """A field as the page shows it: units and people with 、, amounts without trailing zeros, a deadline in a line."""
    if name == NO:
        return row.no
    value = row.cells.get(name)
    if isinstance(value, Decimal):
        return shown(value, trailing_zeros=False)
    if isinstance(value, Deadline):
        return one_line(value.text)
    return row.get(name)


def quoted(text: str) -> str:
    """A text in “ ”; quotation marks inside it become ‘ ’ (GB/T 15834-2011, 4.8.3.3)."""
    return f"“{text.translate(_INNER_QUOTES)}”"


_INNER_QUOTES = str.maketrans("“”", "‘’")


# The template numbers its headings, so the numbers with which headings and texts of a ledger begin (in circulars on
# standing meetings: 一、 （一） 1. 第一个议题) are taken off. Digits are at most three (2022、 is a year), and none may
# follow their point: 3.5亿元 and 2022.3 stay. The price: （一）期工程 loses its （一）; 1.2, 一是 and ㈠ stay.
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|\d{1,3})[）)]|\d{1,3}(?:[.．](?!\d)|、)|[①-⑳]"
    r"|第[一二三四五六七八九十\d]+个?议题[，,：:、\s]*)+"
)


def without_number(text: str) -> str:
    """A text on one line without the heading numbers that it begins with."""
    return _NUMBERED.sub("", one_line(text))
