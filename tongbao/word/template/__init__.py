"""From a Word template and formatted values to a Word file (the one home of docxtpl, jinja2 and python-docx)."""

from tongbao.word.template.engine import Properties, pack
from tongbao.word.template.names import ANYTHING, Name, check_template
from tongbao.word.template.pages import Printed
from tongbao.word.template.rendering import Rendered, render
from tongbao.word.template.values import Traced, TracedNumber

__all__ = [
    "ANYTHING",
    "Name",
    "Printed",
    "Properties",
    "Rendered",
    "Traced",
    "TracedNumber",
    "check_template",
    "pack",
    "render",
]
