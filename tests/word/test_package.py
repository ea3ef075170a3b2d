"""The one way through a Word file: what is read, in which order, from which part."""

from __future__ import annotations

import pytest

from tests.support.docx_maker import NAMESPACES, docx, para, table
from tongbao.word.package import LARGEST_PART, UnreadableError, main_part, open_package, parse_part, relations
from tongbao.word.sight import Sight
from tongbao.word.story import grid, story, text_of


def spots(*blocks: str, **more) -> list[tuple[str, str, tuple[int, int, int]]]:
    """(text, where, (table, row, column)) of every paragraph of every part."""
    with open_package(docx(*blocks, **more)) as package:
        return [
            (text_of(spot, sight), spot.where, (spot.table, spot.row, spot.column))
            for sight in [Sight(package)]
            for _, root, where in sight.parts()
            for spot in story(root, sight, where)
        ]


def test_the_body_comes_first_then_headers_footers_and_notes():
    note = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    foot = f"<w:ftr {NAMESPACES}>{para('第1页')}</w:ftr>"
    found = spots("正文", parts={"footnotes.xml": ("footnotes", note), "footer1.xml": ("footer", foot)})
    assert [(text, where) for text, where, _ in found] == [("正文", "正文"), ("注", "脚注"), ("第1页", "页脚")]


def test_a_table_inside_a_cell_is_text_of_that_cell():
    inner = table([["内一", "内二"]])
    outer = table([["序号", f"<w:tc><w:tcPr/>{inner}{para('外')}</w:tc>"]])
    assert [(text, at) for text, _, at in spots(outer)] == [
        ("序号", (1, 1, 1)), ("内一", (1, 1, 2)), ("内二", (1, 1, 2)), ("外", (1, 1, 2)),
    ]  # fmt: skip


def test_page_breaks_say_nothing_and_hyphens_and_tabs_are_characters():
    run = '<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>8月</w:t><w:tab/><w:br w:type="page"/></w:r></w:p>'
    assert spots(run)[0][0] == "1-8月\t"


def test_ruby_and_alternative_shapes_are_read_once():
    ruby = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    assert spots(ruby)[0][0] == "云"


def test_a_wide_cell_takes_the_columns_that_it_covers():
    row = '<w:tbl xmlns:w="{0}"><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tc><w:tc/></w:tr></w:tbl>'
    with open_package(docx(row.replace(' xmlns:w="{0}"', ""))) as package:
        root = parse_part(package, main_part(package))
        assert root is not None
        (cells,) = grid(next(root.iter("{*}tbl")))
    assert [column for _, column in cells] == [1, 3]


def test_a_part_that_is_not_there_is_none_and_one_that_is_broken_or_vast_is_unreadable(monkeypatch):
    with open_package(docx("正文", parts={"styles.xml": ("styles", "<w:styles")})) as package:
        assert parse_part(package, "word/numbering.xml") is None
        assert [r.kind for r in relations(package, main_part(package))] == ["styles"]
        with pytest.raises(UnreadableError, match="已损坏"):
            parse_part(package, "word/styles.xml")
        monkeypatch.setattr("tongbao.word.package.LARGEST_PART", -(10**6))
        with pytest.raises(UnreadableError, match="过大"):
            parse_part(package, "word/document.xml")
    assert LARGEST_PART > 10**7
