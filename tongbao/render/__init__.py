"""From a Word template and formatted values to a Word file (the one home of docxtpl, jinja2 and python-docx)."""

from tongbao.render.engine import Properties, pack
from tongbao.render.names import ANYTHING, Name, check_template
from tongbao.render.pages import Printed
from tongbao.render.rendering import Rendered, render
from tongbao.render.values import Traced, TracedNumber

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
