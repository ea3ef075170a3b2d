"""Where an office's ledger says how an item stands, if not by words in a column: `status_from` of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tongbao.config.share_bounds import Bound, bound_of
from tongbao.config.yamltext import Section, is_scalar, line_of, names_in, suggestion


class Stands(StrEnum):
    """The places: columns to tick, the head of a text, a text that says what is done, a share of it, the colour of a
    row or of its writing, the name of a sheet, the heading above; or nowhere, so that the deadline decides."""

    COLUMNS = "columns"
    HEAD = "head_of"
    TEXT = "text_of"
    SHARE = "share_of"
    FILLS = "fills"
    FONTS = "fonts"
    SHEETS = "sheets"
    SECTIONS = "sections"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that is asked how an item stands: any mark in it means `label`, or each of its `answers` a label.

    An answer with an empty label says nothing: the next column is asked.
    """

    header: str
    label: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True, slots=True)
class StatusFrom:
    """One such place. `head_of` is the field whose text begins with it, `text_of` the one whose words say what is done
    (with `columns`: before these are asked), `share_of` the header of the share, which is behind where it is `below`;
    `labels` has the label by colour (`FF0000`), by the name of a sheet or by a heading, an empty one for a colour that
    says nothing. `line` is where config.yaml says so."""

    where: Stands
    columns: tuple[Asked, ...] = ()
    head_of: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    text_of: str = ""
    share_of: str = ""
    below: tuple[Bound, ...] = ()

    @property
    def by_colour(self) -> bool:
        """Is it a colour that says it: of a fill, or of what is written?"""
        return self.where in (Stands.FILLS, Stands.FONTS)

    @property
    def has_cells(self) -> bool:
        """Does something in the row itself say how the item stands, so that it can be left empty?"""
        return self.where not in (Stands.DEADLINE, Stands.TEXT, Stands.SHARE) and not self.by_place

    @property
    def by_place(self) -> bool:
        """Does the place of a row say how it stands, so that the office moves rows itself?"""
        return self.where in (Stands.SHEETS, Stands.SECTIONS)

    @property
    def asks(self) -> tuple[str, ...]:
        """The fields that are asked."""
        return (*(asked.field for asked in self.columns), *filter(None, [self.head_of]))

    def named(self) -> Iterator[str]:
        """Every label that is named."""
        for asked in self.columns:
            yield from filter(None, (asked.label, *asked.answers.values()))
        yield from filter(None, self.labels.values())
        yield from (bound.label for bound in self.below)


_FORMS = "、".join(form.value for form in Stands)
_EXAMPLES = {
    Stands.COLUMNS: "如 columns: {已完成: 完成, 推进中: 正常推进}",
    Stands.HEAD: "如 head_of: 进展",
    Stands.TEXT: "如 text_of: 进展",
    Stands.SHARE: "如 share_of: 完成率",
    Stands.FILLS: '如 fills: {"FF0000": 滞后, "00B050": 完成}',
    Stands.FONTS: '如 fonts: {"FF0000": 滞后, "00B050": 完成}',
    Stands.SHEETS: "如 sheets: {已完成: 完成, 未完成: 正常推进}",
    Stands.SECTIONS: "如 sections: {已办结事项: 完成, 未办结事项: 正常推进}",
}
# `FF0000`, `#ff0000`, and with a first pair for how opaque it is, as Excel writes it.
_COLOUR = re.compile(r"#?(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")


def status_from(report: Section) -> StatusFrom | None:
    """What a report says under `status_from`; None where it says nothing, or nothing that can be read."""
    if "status_from" not in report:
        return None
    node = report.line("status_from")
    line = line_of(node)
    if is_scalar(node):
        typed = report.text("status_from")
        if typed and typed != Stands.DEADLINE:
            fix = suggestion(typed, [Stands.DEADLINE], f"可写 deadline，或 {_FORMS} 之一，如 head_of: 进展；可写：")
            report.source.wrong(node, f"“{report.name}.status_from”不能是“{typed}”", fix, typed)
            return None
        return StatusFrom(Stands.DEADLINE, line=line) if typed else None
    section = report.section("status_from")
    found = _found(section, line)
    section.finish()
    return found


def _found(section: Section, line: int) -> StatusFrom | None:
    named = [form for form in Stands if form is not Stands.DEADLINE and form in section]
    found = StatusFrom(
        named[0] if named else Stands.DEADLINE,
        _columns(section.section(Stands.COLUMNS)),
        section.text(Stands.HEAD),
        {
            **_coloured(section.section(Stands.FILLS)),
            **_coloured(section.section(Stands.FONTS)),
            **_labels(section.section(Stands.SHEETS)),
            **_labels(section.section(Stands.SECTIONS)),
        },
        line,
        section.text(Stands.TEXT),
        section.text(Stands.SHARE),
        _bounds(section),
    )
    if len(named) != 1 and named != [Stands.COLUMNS, Stands.TEXT]:
        what = f"同时写了{'、'.join(named)}" if named else "没有写状态在哪里"
        section.source.wrong(section.node, f"“{section.name}”{what}", f"只写一种：{_FORMS}")
        return None
    if not (found.columns or found.head_of or found.text_of or found.share_of or found.labels):
        fix = _EXAMPLES[named[0]]
        section.source.wrong(section.line(named[0]), f"“{section.name}.{named[0]}”下面没有可用的内容", fix)
        return None
    return found


def _bounds(section: Section) -> tuple[Bound, ...]:
    """What stands under `below`: 滞后: 序时, 预警: 80%."""
    below = section.section("below")
    if below and Stands.SHARE not in section:
        fix = "如 status_from: {share_of: 完成率, below: {滞后: 序时}}"
        section.source.wrong(section.line("below"), f"“{section.name}.below”只与 share_of 一起用", fix)
    found: list[Bound] = []
    for label in names_in(below):
        if bound := bound_of(label, below.text(label)):
            found.append(bound)
        else:
            what = f"“{below.name}.{label}”没有写低于多少"
            below.source.wrong(below.line(label), what, f"如 {label}: 序时、序时-10、60%")
    return tuple(found)


def _columns(section: Section) -> tuple[Asked, ...]:
    return tuple(filter(None, (_asked(section, header) for header in names_in(section))))


def _asked(section: Section, header: str) -> Asked | None:
    """One column: a label alone is for any mark, a mapping has a label for each answer."""
    if is_scalar(section.line(header)):
        label = section.text(header)
        if not label:
            fix = f"写明打勾的是哪一种，如 {header}: 完成"
            section.source.wrong(section.line(header), f"“{section.name}.{header}”没有写状态", fix)
        return Asked(header, label) if label else None
    answers = _labels(section.section(header), blank=True)
    if not any(answers.values()):
        fix = f"写明填什么算哪一种，如 {header}: {{是: 完成}}"
        section.source.wrong(section.line(header), f"“{section.name}.{header}”没有写状态", fix)
        return None
    return Asked(header, answers=answers)


def _labels(section: Section, *, blank: bool = False) -> dict[str, str]:
    """The names under a key with the label of each; with `blank` a name may stand for none."""
    found = {name: section.text(name) for name in names_in(section)}
    for name, label in found.items():
        if not label and not blank and is_scalar(section.line(name)):
            section.source.wrong(section.line(name), f"“{section.name}.{name}”没有写状态", f"如 {name}: 完成")
    return {name: label for name, label in found.items() if label or blank}


def _coloured(section: Section) -> dict[str, str]:
    """The label of each colour, as `FF0000`."""
    found: dict[str, str] = {}
    for typed, label in _labels(section, blank=True).items():
        match = _COLOUR.fullmatch(typed.strip())
        if match is None:
            fix = '写成六位的颜色值，加引号，如 "FF0000"（红）、"FFFF00"（黄）、"00B050"（绿）'
            section.source.wrong(section.line(typed), f"“{section.name}.{typed}”不是颜色", fix, typed)
        elif match[1].upper() in found:
            section.source.wrong(section.line(typed), f"颜色“{typed}”写了两次", "只留一处", typed)
        else:
            found[match[1].upper()] = label
    return found
