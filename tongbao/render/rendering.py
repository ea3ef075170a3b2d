"""One call from template and values to the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateError
from lxml import etree

from tongbao.model import Refusal
from tongbao.render.engine import Circular, Filters, Properties, environment, explained, opened
from tongbao.render.pages import Printed, finished, stamp
from tongbao.render.template import look_through
from tongbao.render.values import Gate

# What a mistake in a template can raise while it is rendered, beside Jinja's own errors: `{{ 总数 + "项" }}`.
_TEMPLATE_MISTAKES = (TemplateError, etree.XMLSyntaxError, TypeError, ValueError, ArithmeticError, LookupError)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The Word file, and what the paragraphs of its body say."""

    data: bytes
    printed: tuple[Printed, ...] = ()


def render(
    template: bytes,
    context: Mapping[str, object],
    *,
    filters: Filters,
    properties: Properties,
    name: str,
    fonts: Mapping[str, str] | None = None,
    mark: str = "",
) -> Rendered:
    """The circular as a Word file; equal input gives equal bytes.

    `name` is the template's file name for messages, `fonts` other font names by role (see `layout.FONTS`), `mark` a
    word (草稿) for the head of every page. Raises Refusal with every mistake of the template or of its values, each
    with the paragraph where it stands; no data slips onto the page unformatted, and nothing is dropped.
    """
    gate = Gate(name)
    env = environment(filters, gate)
    circular = Circular(opened(template, fonts or {}, name), env, gate)
    look_through(circular, gate)
    _refuse(gate)
    try:
        circular.render(dict(context), env)
        printed = finished(circular.docx, gate)
        if mark:
            stamp(circular.docx, mark)
        circular.set_properties(properties)
        data = circular.packed(context)
    except _TEMPLATE_MISTAKES as error:
        gate.note(*explained(error), gate.source.paragraph_of_error(error) if gate.source else "")
    _refuse(gate)
    return Rendered(data, printed)


def _refuse(gate: Gate) -> None:
    if gate.problems:
        raise Refusal(*gate.problems)
