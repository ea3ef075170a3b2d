"""From a Word template and formatted values to a Word file (the one home of docxtpl, jinja2 and python-docx)."""

from tongbao.render.engine import Properties, Rendered, pack, render
from tongbao.render.pages import Printed
from tongbao.render.values import Traced, TracedNumber

__all__ = ["Printed", "Properties", "Rendered", "Traced", "TracedNumber", "pack", "render"]
