"""The XML of one part of a template as Jinja source, numbered so that a line is a paragraph (or stands between two)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

_PARAGRAPH = re.compile(r"<w:p(?=[ >])|(?<=</w:p>)(?!<w:p[ >])")
_TAG = re.compile(r"<[^>]+>")
_SHOWN = 40


class Source:
    """One part (body, header, a loop of rows) before rendering."""

    def __init__(self, xml: str, env: Environment) -> None:
        self.text = _PARAGRAPH.sub(r"\n\g<0>", xml.replace("\n", " "))
        self._env = env

    def compile(self) -> Source:
        """Ready to be rendered. Raises jinja2's TemplateSyntaxError."""
        self._template = self._env.from_string(self.text)
        return self

    def rendered(self, context: Mapping[str, Any]) -> str:
        """The XML with all values."""
        return without_numbering(self._template.render(context))

    def pieces(self, context: Mapping[str, Any]) -> Iterator[str]:
        """The XML with all values, in the pieces in which it comes about; still with line numbering."""
        return self._template.generate(context)

    def paragraph(self, line: int) -> str:
        """The visible text of the paragraph in that line, short enough for a message."""
        lines = self.text.split("\n")
        text = _TAG.sub("", lines[line - 1]).strip() if 0 < line <= len(lines) else ""
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

    def paragraph_of(self, frame: FrameType) -> str:
        """The paragraph that a frame of the compiled template is printing."""
        return self.paragraph(self._template.get_corresponding_lineno(frame.f_lineno))

    def paragraph_of_error(self, error: BaseException) -> str:
        """The paragraph where rendering or compiling failed."""
        if isinstance(error, TemplateSyntaxError):
            return self.paragraph(error.lineno)
        return self.paragraph(_template_line(error.__traceback__))


def _template_line(trace: TracebackType | None) -> int:
    """Jinja rewrites tracebacks: the innermost template frame bears the line of the source."""
    line = 0
    while trace:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def without_numbering(xml: str) -> str:
    """Rendered XML as it was before numbering: line breaks of values are markup by now, and others have no meaning."""
    return xml.replace("\n", "")
