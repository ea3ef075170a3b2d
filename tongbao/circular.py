"""The circular as a template sees it: every value by its Chinese name (see `vocabulary`), formatted for the page.

Every number and list that a template prints carries a key, by which `Circular.sources` knows the figure and its rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tongbao import layout
from tongbao.figures import Choice, Figures, Move, UnitLine, measure_text, percent, shown
from tongbao.kinds import Kind
from tongbao.model import NO, Changes, Deadline, Figure, Row
from tongbao.periods import chinese_date
from tongbao.render import Traced, TracedNumber
from tongbao.settings import Office, Report
from tongbao.text import chinese_number, one_line
from tongbao.units import Roster
from tongbao.vocabulary import LEVELS


class Wording(str):
    """A wording of the settings: printed it is one text, iterated it gives its paragraphs."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)


class Words(list[str]):
    """A list of words on its way to being joined, with what it was made of."""

    def __init__(self, words: Iterable[str], key: str, rows: Sequence[Row]) -> None:
        super().__init__(words)
        self.key = key
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Circular:
    """What the template is given. `sources` fills while the template is rendered: key → figure with its rows."""

    context: Mapping[str, object]
    filters: Mapping[str, Callable[..., object]]
    sources: dict[str, Figure] = field(default_factory=dict)


class _Scope:
    """What the views share: the figures, the kind, and the register of printed values."""

    def __init__(self, changes: Changes, figures: Figures, kind: Kind, roster: Roster) -> None:
        self.changes = changes
        self.figures = figures
        self.kind = kind
        self.roster = roster
        self.sources: dict[str, Figure] = {}
        self.priors = {pair.current.place: pair.prior for pair in changes.pairs}

    def number(self, key: str, value: int, choice: Choice | Figure) -> TracedNumber:
        self.sources[key] = Figure(key, key, value, choice.rule, choice.rows, choice.constant)
        return TracedNumber(value, key)

    def text(self, key: str, value: str, rows: Sequence[Row] = (), rule: str = "") -> Traced:
        self.sources[key] = Figure(key, key, value, rule, rows)
        return Traced(value, key)

    def rows(self, rows: Iterable[Row]) -> list[RowView]:
        return [RowView(self, row) for row in rows]

    def choice(self, name: str) -> Choice:
        """Any label or named selection. Raises KeyError where there is none."""
        return self.figures.labels[name] if name in self.figures.labels else self.figures.choices[name]


class RowView:
    """A row as a template sees it: `行.序号`, `行.责任单位` and every field of the kind, as text."""

    def __init__(self, scope: _Scope, row: Row) -> None:
        self._scope = scope
        self.row = row

    def __getitem__(self, name: str) -> object:
        row, past = self.row, self._scope.changes.past.get(self.row.place)
        match name:
            case "标签":
                return row.label
            case "简称":
                return short_title(row, self._scope.kind)
            case "单位":
                return "、".join(row.units)
            case "牵头":
                return row.units[0] if row.units else ""
            case "上期":
                prior = self._scope.priors.get(row.place)
                return prior and RowView(self._scope, prior)
            case "滞后期数":
                return past.lagging_periods if past else 0
            case "延期次数":
                return past.moved if past else 0
        if self._scope.kind.column(name) is None:
            raise KeyError(name)
        return printed_field(row, name)


class ChoiceView:
    """A selection as a template sees it. Another selection's name gives their common rows: `组.滞后.数`."""

    def __init__(self, scope: _Scope, choice: Choice, key: str, extra: Mapping[str, object] | None = None) -> None:
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
            case "数":
                return scope.number(f"{self.key}.数", choice.count, choice)
            case "占比":
                share = scope.figures.share(choice, scope.kind.shares)
                return scope.text(f"{self.key}.占比", share, choice.rows, f"{choice.name}÷全部事项")
            case "行":
                return scope.rows(choice.rows)
            case "大项数":
                items = {(r.place.sheet, r.section, r.no) for r in choice.rows}
                return scope.number(f"{self.key}.大项数", len(items), choice)
            case "单位":
                return Words(units_of(choice.rows, scope.roster), f"{self.key}.单位", choice.rows)
            case "单位数":
                return scope.number(f"{self.key}.单位数", len(units_of(choice.rows, scope.roster)), choice)
            case "计量":
                return MeasuresView(scope, choice, self.key)
        inside = {r.place for r in scope.choice(name).rows}
        common = tuple(r for r in choice.rows if (r.done if name == "完成" else r.place in inside))
        return ChoiceView(scope, Choice(name, common, f"{choice.name}中的{name}"), f"{self.key}.{name}")


class MeasuresView:
    """The measures of a selection by name, as printed."""

    def __init__(self, scope: _Scope, choice: Choice, key: str) -> None:
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
    """Views by name: `状态.滞后`; iteration gives them in order."""

    def __init__(self, views: Mapping[str, object]) -> None:
        self._views = views

    def __iter__(self) -> Iterator[object]:
        return iter(self._views.values())

    def __getitem__(self, name: str) -> object:
        return self._views[name]

    def __len__(self) -> int:
        return len(self._views)


class Numbering:
    """Heading numbers (GB/T 9704-2012 7.3.3), each asked for once: `层次.一` is the next of its level."""

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
    """The short title of the body lists: the first filled field of the kind's `short`, on one line, without 。"""
    filled = (one_line(row.get(name)) for name in kind.short)
    return next((text.rstrip("。；;") for text in filled if text), row.text.rstrip("。；;"))


def printed_field(row: Row, name: str) -> str:
    """A field as the annex prints it: units and people by 、, amounts as the ledger has them, deadlines on one line."""
    if name == NO:
        return row.no
    value = row.cells.get(name)
    if isinstance(value, Decimal):
        return shown(value, trailing_zeros=True)
    if isinstance(value, Deadline):
        return one_line(value.text)
    return row.get(name)


def units_of(rows: Iterable[Row], roster: Roster) -> list[str]:
    """The units of the rows, each once, in roster order; unknown ones last, as they appear."""
    units = list(dict.fromkeys(unit for row in rows for unit in row.units))
    return sorted(units, key=roster.order)


# ---------------------------------------------------------------------------------------------- the context


def speak(changes: Changes, figures: Figures, kind: Kind, report: Report, office: Office, roster: Roster) -> Circular:
    """Builds what the template of a report is given."""
    scope = _Scope(changes, figures, kind, roster)
    context: dict[str, object] = {
        **_frame(changes, kind, report, office),
        **{name: ChoiceView(scope, choice, name) for name, choice in figures.choices.items()},
        "总数": scope.number("总数", int(figures.numbers["total"].value), figures.numbers["total"]),
        "分类": Named({name: ChoiceView(scope, c, name) for name, c in figures.classes.items()}),
        "状态": Named({name: ChoiceView(scope, c, f"状态.{name}") for name, c in figures.labels.items()}),
        "分组": Named({name: _group(scope, name, values) for name, values in figures.groups.items()}),
        "层次": Numbering(),
        "大纲": _outline(scope, figures.choices["全部"].rows, "大纲", 0),
        "单位表": [_unit_line(scope, line) for line in figures.units],
        "变化": [_move(scope, move) for move in figures.moves],
    }
    for name, id_ in (("大项数", "items"), ("分项数", "rows"), ("单位数", "units")):
        context[name] = scope.number(name, int(figures.numbers[id_].value), figures.numbers[id_])
    return Circular(context, _filters(scope), scope.sources)


def _frame(changes: Changes, kind: Kind, report: Report, office: Office) -> dict[str, object]:
    """All that stands around the figures: head, dates, wording, signature, annex."""
    current, prior = changes.current, changes.prior
    dated = report.dated.get(current.period.token, current.as_of)
    head = report.masthead
    return {
        "标题": "\n".join(layout.title_rows(report.title)),
        "版头": head
        and {"名称": head.name, "期号": head.issue, "机关": head.office or office.name, "日期": chinese_date(dated)},
        "发文字号": report.document_number,
        "主送": report.recipients and report.recipients.rstrip("：:") + "：",
        "本期": {"名称": current.period.label, "日期": chinese_date(current.as_of), "年": f"{current.as_of.year}年"},
        "上期": prior
        and {"名称": prior.period.label, "日期": chinese_date(prior.as_of), "年": f"{prior.as_of.year}年"},
        "截至": chinese_date(current.as_of),
        "起止": _span(prior.as_of, current.as_of) if prior else "",
        "用语": {name: _wording(parts) for name, parts in {**kind.wording, **report.wording}.items()},
        "附件": {"标题": report.annex_title or report.name + "台账", "行": Annex(changes.current.rows, kind)},
        "署名": office.name,
        "成文日期": chinese_date(dated),
        "抄送": report.cc,
        "印发机关": office.issued_by if report.print_row else "",
        "印发日期": chinese_date(dated),
    }


def _span(first: date, last: date) -> str:
    """Two dates as one range, the year said once where it is the same."""
    end = chinese_date(last)
    return f"{chinese_date(first)}—{end.split('年')[1] if first.year == last.year else end}"


def _wording(parts: tuple[str, ...]) -> Wording:
    wording = Wording("".join(parts))
    wording.parts = parts
    return wording


def _group(scope: _Scope, name: str, values: Mapping[str, Choice]) -> Named:
    return Named({v: ChoiceView(scope, choice, f"分组.{name}.{v}") for v, choice in values.items()})


# Headings are numbered by the template, so numbers that the ledger's own headings begin with are not printed twice.
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十\d]+个?议题[，,：:、\s]*)+"
)


def _outline(scope: _Scope, rows: Sequence[Row], key: str, level: int) -> list[ChoiceView]:
    """The sections of one level, each with its rows and the sections inside it, numbered from 1."""
    by_title: dict[str, list[Row]] = {}
    for row in rows:
        if len(row.section) > level:
            by_title.setdefault(row.section[level], []).append(row)
    return [
        ChoiceView(
            scope,
            Choice(title, tuple(inside), f"“{title}”下的事项"),
            f"{key}.{number}",
            {"号": number, "题": _NUMBERED.sub("", title), "节": _outline(scope, inside, f"{key}.{number}", level + 1)},
        )
        for number, (title, inside) in enumerate(by_title.items(), 1)
    ]


def _unit_line(scope: _Scope, line: UnitLine) -> ChoiceView:
    key = f"单位表.{line.unit}"
    extra = {
        "单位": line.unit,
        "承担": ChoiceView(scope, line.assigned, f"{key}.承担"),
        "完成": ChoiceView(scope, line.done, f"{key}.完成"),
        "新增完成": ChoiceView(scope, line.newly_completed, f"{key}.新增完成"),
        "滞后": ChoiceView(scope, line.lagging, f"{key}.滞后"),
        "完成率": scope.text(f"{key}.完成率", line.rate, line.assigned.rows, "完成÷承担"),
        "名次": scope.number(f"{key}.名次", line.rank, line.assigned),
    }
    return ChoiceView(scope, line.assigned, key, extra)


def _move(scope: _Scope, move: Move) -> ChoiceView:
    choice = Choice(
        f"{move.before}→{move.after}",
        tuple(pair.current for pair in move.pairs),
        f"上期为“{move.before}”、本期为“{move.after}”的事项",
    )
    return ChoiceView(scope, choice, f"变化.{choice.name}", {"由": move.before, "到": move.after})


# ---------------------------------------------------------------------------------------------- the annex


class Annex:
    """The rows of the annex, made one by one while they are printed: section rows and items, as plain mappings."""

    def __init__(self, rows: Sequence[Row], kind: Kind) -> None:
        self._rows = rows
        self._fields = tuple(c.field for c in kind.columns)
        self._kind = kind

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        section: tuple[str, ...] = ()
        for row, after in zip(self._rows, (*self._rows[1:], None), strict=True):
            fresh = next((i for i, t in enumerate(row.section) if section[i : i + 1] != (t,)), len(row.section))
            yield from ({"分节": title} for title in row.section[fresh:])
            section = row.section
            merged = after.merged if after and after.section == row.section else frozenset()
            yield self._item(row, merged)

    def _item(self, row: Row, continued: frozenset[str]) -> dict[str, object]:
        cells: dict[str, object] = {name: printed_field(row, name) for name in self._fields}
        cells["分节"] = ""
        cells["标签"] = row.label
        cells["纵并"] = {
            name: "续" if name in row.merged else "起" if name in continued else "" for name in self._fields
        }
        return cells


# ---------------------------------------------------------------------------------------------- filters


def _filters(scope: _Scope) -> dict[str, Callable[..., object]]:
    """The filters of a template; vocabulary.FILTERS says what each does."""

    def rows_of(chosen: Iterable[Any]) -> list[Row]:
        return [view.row for view in chosen]

    def words(chosen: Iterable[Any], name: str, say: Callable[[Row], str]) -> Words:
        rows = rows_of(chosen)
        return Words((say(row) for row in rows), f"{getattr(chosen, 'key', '')}|{name}", rows)

    def joined(mark: str) -> Callable[[Iterable[str]], object]:
        def join(parts: Iterable[str]) -> object:
            listed = list(parts)
            if not isinstance(parts, Words):
                return mark.join(listed)
            return scope.text(parts.key, mark.join(listed), parts.rows, "逐项列出")

        return join

    def by_unit(chosen: Iterable[Any]) -> list[ChoiceView]:
        rows, key = rows_of(chosen), getattr(chosen, "key", "")
        lead = scope.kind.units.joint.value == "lead"
        groups = {
            unit: tuple(r for r in rows if unit in (r.units[:1] if lead else r.units))
            for unit in units_of(rows, scope.roster)
        }
        return [
            ChoiceView(scope, Choice(unit, inside, f"{unit}负责的"), f"{key}.{unit}")
            for unit, inside in groups.items()
            if inside
        ]

    def by_field(chosen: Iterable[Any], name: str) -> list[ChoiceView]:
        rows, key = rows_of(chosen), getattr(chosen, "key", "")
        values = dict.fromkeys(r.get(name) for r in rows if r.get(name))
        return [
            ChoiceView(scope, Choice(v, tuple(r for r in rows if r.get(name) == v), f"{name}为“{v}”"), f"{key}.{v}")
            for v in values
        ]

    def all_of(lines: Iterable[ChoiceView], *names: str) -> Words:
        inside = {r.place for name in names for r in scope.choice(name).rows}
        chosen = [v for v in lines if all(r.place in inside for r in v.choice.rows)]
        rows = [r for v in chosen for r in v.choice.rows]
        return Words((v.choice.name for v in chosen), "单位表|都是" + "、".join(names), rows)

    def first(chosen: Any, count: int) -> object:
        if isinstance(chosen, Words):
            return Words(list(chosen)[:count], f"{chosen.key}|前{count}", chosen.rows[:count])
        return list(chosen)[:count]

    def quoted(parts: Iterable[str]) -> object:
        marked = [f"“{part}”" for part in parts]
        return Words(marked, parts.key, parts.rows) if isinstance(parts, Words) else marked

    return {
        "简称": lambda chosen: words(chosen, "简称", lambda row: short_title(row, scope.kind)),
        "序号": lambda chosen: words(chosen, "序号", lambda row: row.no),
        "取": lambda chosen, name: words(chosen, name, lambda row: one_line(printed_field(row, name)).rstrip("。")),
        "单位名": lambda chosen: Words(
            units_of(rows_of(chosen), scope.roster), f"{getattr(chosen, 'key', '')}|单位", rows_of(chosen)
        ),
        "顿号": joined("、"),
        "分号": joined("；"),
        "逗号": joined("，"),
        "引号": quoted,
        "都是": all_of,
        "前": first,
        "按单位": by_unit,
        "按": by_field,
        "中文": lambda number: chinese_number(int(number)),
        "占": lambda part, whole: percent(int(part), int(whole), scope.kind.shares),
        "一行": lambda text: one_line(str(text)),
        "去句号": lambda text: one_line(str(text)).rstrip("。；;"),
    }
