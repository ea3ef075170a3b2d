"""How the parts of Open XML packages refer to each other, and the two forms of their names."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tongbao.outside.openxml import as_strict, as_usual, relations, relations_part

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@pytest.mark.parametrize(
    ("part", "listed"),
    [("", "_rels/.rels"), ("book.xml", "_rels/book.xml.rels"), ("xl/book.xml", "xl/_rels/book.xml.rels")],
)
def test_the_list_of_a_part_lies_beside_it(part: str, listed: str) -> None:
    assert relations_part(part) == listed


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("styles.xml", "xl/styles.xml"),
        ("/xl/styles.xml", "xl/styles.xml"),
        ("../media/1.png", "media/1.png"),
        (r"media\1.png", "xl/media/1.png"),
        ("media/a%20b.png", "xl/media/a%20b.png"),
        ("media/c%20d.png", "xl/media/c d.png"),
    ],
)
def test_a_target_is_told_as_the_part_that_it_means(target: str, part: str) -> None:
    root = ElementTree.fromstring(f'<r><Relationship Id="rId1" Type="{TYPE}image" Target="{target}"/></r>')
    (found,) = relations(root, "xl/workbook.xml", {"xl/media/a%20b.png"})
    assert (found.id, found.kind, found.target, found.part) == ("rId1", "image", target, part)


def test_what_lies_outside_is_no_part() -> None:
    entry = f'<Relationship Id="rId1" Type="{TYPE}hyperlink" Target="file:///C:/1.xlsx" TargetMode="External"/>'
    assert [r.part for r in relations(ElementTree.fromstring(f"<r>{entry}</r>"), "xl/workbook.xml", ())] == [""]


@pytest.mark.parametrize(
    ("usual", "strict"),
    [
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (TYPE + "comments", "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"),
        (TYPE + "extended-properties", "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties"),
    ],
)  # fmt: skip
def test_names_have_two_forms(usual: str, strict: str) -> None:
    assert as_usual(strict.encode()) == usual.encode()
    assert as_strict(usual.encode()) == strict.encode()


def test_names_of_the_package_itself_are_the_same_in_both_forms() -> None:
    same = b"http://schemas.openxmlformats.org/package/2006/relationships"
    assert as_strict(same) == as_usual(same) == same
