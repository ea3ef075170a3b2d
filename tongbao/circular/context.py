"""What a template is given: every value by its Chinese name (see `vocabulary`), formatted for the page.

Each number and each list carries a key. Once it is printed, `Circular.sources` has its figure and rows under that key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongbao.circular.annex import Annex, AnnexPart
from tongbao.circular.choices import Choice, Figure, Figures, Move, UnitLine
from tongbao.circular.filters import Filters
from tongbao.circular.own_annex import OwnAnnex, OwnRows
from tongbao.circular.period_words import as_typed, spoken, wording_for
from tongbao.circular.views import ChoiceView, Named, Numbering, Photos, Scope, without_number
from tongbao.config.kinds import Kind
from tongbao.config.office import Office, Report
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, Row
from tongbao.word import gb9704
from tongbao.words.periods import chinese_date
from tongbao.words.units import Roster


class Wording(str):
    """A wording from the settings: one text when printed, its paragraphs when iterated."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)


@dataclass(frozen=True, slots=True)
class Circular:
    """What a template is given. `sources` (key → figure with its rows) is filled while the template is rendered."""

    context: Mapping[str, object]
    filters: Mapping[str, Callable[..., object]]
    sources: dict[str, Figure] = field(default_factory=dict)


# ---------------------------------------------------------------------------------------------- the context


def speak(
    changes: Changes,
    figures: Figures,
    kind: Kind,
    report: Report,
    office: Office,
    roster: Roster,
    photos: Photos = lambda _: None,
    own: OwnAnnex | None = None,
) -> Circular:
    """The context and the filters for the template of a report. `photos` gives the photograph of a row's picture.

    `own`: the annex shows the columns of the ledger.
    """
    scope = Scope(changes, figures, kind, roster, photos)
    context: dict[str, object] = {
        **_frame(changes, kind, report, office),
        "附件": AnnexPart(report.annex_title or report.name + "台账", _annex(changes, kind, scope, own)),
        "标题": "\n".join(gb9704.title_rows(report.title, _names(changes, report, office, roster))),
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
    return Circular(context, Filters(scope).table(), scope.sources)


def _frame(changes: Changes, kind: Kind, report: Report, office: Office) -> dict[str, object]:
    """The values around the figures: masthead, dates, wording, signature, annex."""
    current, prior = changes.current, changes.prior
    dated = report.dated.get(current.period.token, current.as_of)
    head = report.masthead
    return {
        "版头": head
        and {"名称": head.name, "期号": head.issue, "机关": head.office or office.name, "日期": chinese_date(dated)},
        "发文字号": report.document_number,
        "签发人": report.signer,
        "主送": report.recipients and report.recipients.rstrip("：:") + "：",
        "本期": _period(current),
        "上期": prior and _period(prior),
        "截至": chinese_date(current.as_of),
        "起止": _span(prior.as_of, current.as_of) if prior else "",
        "用语": {n: _wording(parts) for n, parts in wording_for(kind, report.wording, current.period).items()},
        "署名": office.name,
        "成文日期": chinese_date(dated),
        "抄送": report.cc,
        "印发机关": office.issued_by if report.print_row else "",
        "印发日期": chinese_date(dated),
    }


def _period(ledger: Ledger) -> dict[str, str]:
    """A period as a template sees it."""
    day = ledger.as_of
    return {
        "名称": ledger.period.label,
        "期间": spoken(ledger.period),
        "日期": chinese_date(day),
        "年": f"{day.year}年",
    }


def _names(changes: Changes, report: Report, office: Office, roster: Roster) -> set[str]:
    """Names that no line break of the title may cut: office, report, units with their short names, meetings.

    Units stand in it with the place of the office in front too: 县水利局, 云溪县水利局.
    """
    rows = [*changes.current.rows, *changes.current.closed]
    units = {name for unit in roster.units for name in (unit.name, *unit.aliases)}
    units |= {unit for row in rows for unit in row.units}
    # The place with which the name of the office begins: 云溪县 of 中共云溪县委督查室. Two to six characters stand
    # before its last one (set by feel): with one, 全县督查办 would give 全县. The price: counties named by one or by
    # over six characters, and leagues (盟), give none; 云溪市白塔区 gives 云溪市: a title may break in 白塔区水利局.
    found = re.match("(?:中共)?(.{2,6}?[省市县区旗])", office.name)
    place = found[1] if found else ""
    placed = {place[: -1 if unit.startswith(place[-1]) else None] + unit for unit in units if place}
    head = report.masthead
    own = {office.name, office.issued_by, report.name, head.name if head else "", head.office if head else ""}
    headings = {without_number(text) for row in rows for text in row.section}
    return {name for name in units | placed | own | headings if len(name) > 1}  # one character cannot be cut


def _span(first: date, last: date) -> str:
    """Two dates as a range, `2022年1月19日—2月7日`: the second without its year where it is the same."""
    end = chinese_date(last)
    return f"{chinese_date(first)}—{end.split('年')[1] if first.year == last.year else end}"


def _wording(parts: tuple[str, ...]) -> Wording:
    wording = Wording("".join(parts))
    wording.parts = parts
    return wording


def _group(scope: Scope, name: str, values: Mapping[str, Choice]) -> Named:
    return Named({v: ChoiceView(scope, choice, f"分组.{name}.{v}") for v, choice in values.items()})


def _annex(changes: Changes, kind: Kind, scope: Scope, own: OwnAnnex | None) -> Annex:
    rows = changes.listed
    return OwnRows(rows, kind, scope.photos, scope.word, own) if own else Annex(rows, kind, scope.photos, scope.word)


def _outline(scope: Scope, rows: Sequence[Row], key: str, level: int) -> list[ChoiceView]:
    """The sections of one level, numbered from 1, each with its rows and its own sections.

    Rows without a heading of this level come last, in a section without a title, so that no row is missing.
    """
    if level == len(scope.kind.sections):
        return []
    by_title: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: len(row.section) <= level):
        by_title.setdefault(row.section[level] if len(row.section) > level else "", []).append(row)
    return [
        ChoiceView(
            scope,
            Choice(title, tuple(inside), f"“{title}”下的事项"),
            f"{key}.{number}",
            {"号": number, "题": without_number(title), "节": _outline(scope, inside, f"{key}.{number}", level + 1)},
        )
        for number, (title, inside) in enumerate(by_title.items(), 1)
    ]


def _unit_line(scope: Scope, line: UnitLine) -> ChoiceView:
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


def _move(scope: Scope, move: Move) -> ChoiceView:
    choice = Choice(
        f"{move.before}→{move.after}",
        tuple(pair.current for pair in move.pairs),
        f"上期为“{move.before}”、本期为“{move.after}”的事项",
    )
    said = {
        **{"由": move.before, "到": move.after},
        "由字样": as_typed(move.before, [pair.prior for pair in move.pairs], scope.prior_period),
        "到字样": scope.as_typed(move.after),
    }
    return ChoiceView(scope, choice, f"变化.{choice.name}", said)
