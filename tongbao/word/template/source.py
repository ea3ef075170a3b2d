"""The XML of one part of a template as Jinja source, in lines: each is one paragraph, or what stands between two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

from tongbao.words.text import shortened

# Where a line begins: before a paragraph, and after one that no other follows. Not before `<w:pPr>`.
_PARAGRAPH = re.compile(r"<w:p(?=[ >])|(?<=</w:p>)(?!<w:p[ >])")
_TAG = re.compile(r"<[^>]+>")
_SHOWN = 40  # characters of a paragraph in a message: more than one line of a page, and the clerk finds the place


class Source:
    """One part (the body, a header, a loop of rows) before rendering."""

    def __init__(self, xml: str, env: Environment) -> None:
        self.text = _PARAGRAPH.sub(r"\n\g<0>", xml.replace("\n", " "))
        self._env = env

    def compile(self) -> Source:
        """Makes the part ready to be rendered, and gives it back. Raises jinja2's TemplateSyntaxError."""
        self._template = self._env.from_string(self.text)
        return self

    def rendered(self, context: Mapping[str, Any]) -> str:
        """The XML with all values."""
        return without_numbering(self._template.render(context))

    def pieces(self, context: Mapping[str, Any]) -> Iterator[str]:
        """The XML with all values, in the pieces in which Jinja makes it; still in lines."""
        return self._template.generate(context)

    def paragraph(self, line: int) -> str:
        """The visible text of the paragraph in that line (from 1), cut to 40 characters for a message."""
        lines = self.text.split("\n")
        text = _TAG.sub("", lines[line - 1]).strip() if 0 < line <= len(lines) else ""
        return shortened(text, _SHOWN)

    def paragraph_of(self, frame: FrameType) -> str:
        """The paragraph that a frame of the compiled template is printing."""
        return self.paragraph(self._template.get_corresponding_lineno(frame.f_lineno))

    def paragraph_of_error(self, error: BaseException) -> str:
        """The paragraph where rendering or compiling failed."""
        if isinstance(error, TemplateSyntaxError):
            return self.paragraph(error.lineno)
        return self.paragraph(_template_line(error.__traceback__))


def _template_line(trace: TracebackType | None) -> int:
    """The line of the source where an error was raised; 0 where none is known.

    Jinja rewrites tracebacks: the frame of the template that is nearest to the error has the line of the source.
    """
    line = 0
    while trace:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def without_numbering(xml: str) -> str:
    """Rendered XML in one line. Line breaks of values are markup by now, and all others have no meaning."""
    return xml.replace("\n", "")
