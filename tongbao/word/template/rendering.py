"""One call from template and values to the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateError, TemplateSyntaxError
from lxml import etree

from tongbao.model import Refusal
from tongbao.word.template.checking import check_tags, look_through
from tongbao.word.template.engine import Circular, Filters, Properties, explained, open_template
from tongbao.word.template.pages import Printed, finished, stamp
from tongbao.word.template.source import Source
from tongbao.word.template.values import Gate

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

    `name` is the template's file name, for messages; `fonts` are other fonts by role (see `gb9704.FONTS`), `mark` is a
    word (草稿) for the header of every page. Raises Refusal with every mistake of the template or of its values, each
    with the paragraph where it stands: no value is printed unformatted, and none is left out in silence.
    """
    gate = Gate(name)
    circular = open_template(template, filters, gate, fonts)
    sources = look_through(circular, gate)
    if gate.problems:
        check_tags(sources, circular.env, gate)
        raise Refusal(*gate.problems)
    printed, data = _filled(circular, sources, context, properties, mark)
    if gate.problems:
        raise Refusal(*gate.problems)
    return Rendered(data, printed)


def _filled(
    circular: Circular, sources: list[Source], context: Mapping[str, object], properties: Properties, mark: str
) -> tuple[tuple[Printed, ...], bytes]:
    """The paragraphs and the bytes of the filled template; where it fails, nothing, and the mistake is at the gate."""
    gate = circular.gate
    try:
        circular.render(dict(context), circular.env)
        printed = finished(circular.docx, gate)
        if mark:
            stamp(circular.docx, mark)
        circular.set_properties(properties)
        return printed, circular.packed(context)
    except TemplateSyntaxError:
        check_tags(sources, circular.env, gate)
    except _TEMPLATE_MISTAKES as error:
        gate.note(*explained(error), gate.source.paragraph_of_error(error) if gate.source else "")
    return (), b""
