"""Seals, emblems and watermarks are nothing to tell; every other picture may hold figures and is told."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import NAMESPACES, docx, line, table
from tongbao.word.document import read

SENTENCE = "截至2月7日，累计交办92项，其余按要求推进。"


def picture(width: int, height: int, way: str = "inline") -> str:
    """A run with a picture, in millimetres; `anchor` lets it float."""
    extent = f'<wp:extent cx="{width * 36_000}" cy="{height * 36_000}"/>'
    inner = f"{extent}<a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:{way}>{inner}</wp:{way}></w:drawing></w:r>"


def old_picture(style: str) -> str:
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata/></v:shape></w:pict></w:r>'


def told(*blocks: str, **more) -> list[str]:
    found, _ = read(docx(*blocks, **more), "云溪通报.docx")
    assert found is not None
    return [it.kind for it in found.unread]


SEAL = picture(42, 42, "anchor")
WATERMARK = '<w:r><w:pict><v:shape><v:textpath string="{}"/></v:shape></w:pict></w:r>'


def header(*runs: str) -> dict[str, tuple[str, str]]:
    return {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{line(*runs)}</w:hdr>")}


@pytest.mark.parametrize(
    "block",
    [
        line("云溪县人民政府督查室", SEAL),
        line(SEAL, "2022年2月7日"),
        line(picture(40, 41, "anchor")),
        line("2022年2月7日", old_picture("position:absolute;width:119pt;height:119pt")),
    ],
)
def test_a_seal_on_a_signature_is_nothing_to_tell(block):
    assert told(SENTENCE, "一", "二", "三", block) == []


@pytest.mark.parametrize(
    "block",
    [
        line(SENTENCE, SEAL),
        line("云溪县人民政府督查室", picture(42, 42)),
        line("云溪县人民政府督查室", picture(120, 42, "anchor")),
        line("累计交办", picture(4, 5), "项"),
        line("2022年2月7日", old_picture("width:119pt;height:119pt")),
        table([["事项", f"<w:tc><w:tcPr/>{line(SEAL)}</w:tc>"]]),
    ],
    ids=["in a sentence", "in the line", "no square", "a figure", "old, in the line", "in a table"],
)
def test_a_picture_that_may_hold_words_is_told(block):
    assert told(SENTENCE, "一", "二", "三", block) == ["图片"]


def test_an_emblem_stands_at_the_head_and_beside_the_words():
    assert told(line(picture(12, 12), "云溪县人民政府督查室"), SENTENCE) == []
    assert told(line("总数", picture(5, 5), "项"), SENTENCE) == ["图片"]
    assert told(line(picture(120, 60)), SENTENCE) == ["图片"]
    assert told(SENTENCE, "一", "二", "三", line(picture(12, 12), "末")) == ["图片"]


def test_what_a_page_header_repeats_is_nothing_to_tell_but_for_figures():
    assert told(SENTENCE, parts=header(picture(30, 12))) == []
    assert told(SENTENCE, parts=header(picture(150, 60))) == ["图片"]
    assert told(SENTENCE, parts=header(WATERMARK.format("送审稿"))) == []
    assert told(SENTENCE, parts=header(WATERMARK.format("共3项"))) == ["艺术字"]
    assert told(SENTENCE, line(WATERMARK.format("送审稿"))) == ["艺术字"]
