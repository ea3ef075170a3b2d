"""From a Word template and formatted values to a Word file (the one home of docxtpl, jinja2 and python-docx)."""

from tongbao.word.template.engine import Properties, pack
from tongbao.word.template.names import ANYTHING, Name, check_template
from tongbao.word.template.own_form import HeaderCell, OwnColumn, OwnForm, liked, needed
from tongbao.word.template.own_table import with_own_table
from tongbao.word.template.pages import Printed
from tongbao.word.template.rendering import Rendered, render
from tongbao.word.template.values import Traced, TracedNumber

__all__ = [
    "ANYTHING",
    "HeaderCell",
    "Name",
    "OwnColumn",
    "OwnForm",
    "Printed",
    "Properties",
    "Rendered",
    "Traced",
    "TracedNumber",
    "check_template",
    "liked",
    "needed",
    "pack",
    "render",
    "with_own_table",
]
