"""Templates drawn from blocks, rendered, and read back: the words of the rendering tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from lxml import etree

from tests.support.blocks import package, paragraph
from tongbao.model import Refusal
from tongbao.word.template import Properties, Rendered, pack, render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = Properties(title="关于决策事项的通报", author="云溪县人民政府督查室", created=datetime(2022, 2, 7))
FILTERS: Mapping[str, Callable[..., Any]] = {"顿号": "、".join, "简称": list}


def body(text: str) -> str:
    """A paragraph of the text."""
    return paragraph("公文正文", text)


def say(*blocks: str, template: bytes = b"", **values: Any) -> Rendered:
    """The blocks (or a whole template), rendered with these values."""
    made = template or package(*blocks)
    return render(made, values, filters=FILTERS, properties=PROPERTIES, name="circular.docx")


def refused(*blocks: str, template: bytes = b"", **values: Any) -> list[str]:
    """Why these blocks are not rendered: every message."""
    with pytest.raises(Refusal) as caught:
        say(*blocks, template=template, **values)
    return [problem.message for problem in caught.value.problems]


def parts(data: bytes) -> dict[str, bytes]:
    """The files inside a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(template: bytes, part: str, old: str, new: str) -> bytes:
    """A template in which the text of one part is changed, as other programs might have written it."""
    files = parts(template)
    text = files[part].decode("utf-8")
    assert old in text
    return pack({**files, part: text.replace(old, new).encode("utf-8")})


def tree(rendered: Rendered, part: str = "word/document.xml") -> Any:
    """A part of the Word file as a tree."""
    return etree.fromstring(parts(rendered.data)[part], etree.XMLParser(huge_tree=True))


def text_of(node: Any) -> str:
    """The text of a paragraph or cell as a reader sees it: breaks and tabs are characters."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    runs = (child for run in node.iter(f"{W}r") for child in run)
    return "".join((child.text or "") if child.tag == f"{W}t" else marks.get(child.tag, "") for child in runs)


def paragraphs(rendered: Rendered) -> list[str]:
    """The text of every paragraph of the body that is not empty."""
    found = (text_of(p) for p in tree(rendered).iterfind(f"{W}body/{W}p"))
    return [text for text in found if text]


def table(rendered: Rendered) -> list[list[str]]:
    """The text of every cell of the first table."""
    first = next(tree(rendered).iter(f"{W}tbl"))
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in first.iter(f"{W}tr")]
