"""Comments in a copy: each at its words, the text and the original untouched."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support.docx_maker import control, docx, field, line, para, run, sign, strict, table
from tongbao.word.comments import Note, annotate
from tongbao.word.document import read
from tongbao.word.package import Element, W


def commented(data: bytes, *notes: Note) -> tuple[list[tuple[str, str]], list[str]]:
    """((words under the comment, comment), …) as python-docx sees them, and the paragraphs of the copy."""
    copy = annotate(data, notes)
    document = python_docx.Document(io.BytesIO(copy))
    body = document.element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = []
    for comment in document.comments:
        inside, words = False, ""
        for element in body.iter():
            if element.tag == f"{w}commentRangeStart" and element.get(f"{w}id") == str(comment.comment_id):
                inside = True
            if element.tag == f"{w}commentRangeEnd" and element.get(f"{w}id") == str(comment.comment_id):
                inside = False
            if inside and element.tag == f"{w}t":
                words += element.text or ""
        found.append((words, comment.text))
    paper, _ = read(copy, "x")
    assert paper is not None
    return found, [p.text for p in paper.paragraphs]


SPLIT = (
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>共92</w:t></w:r><w:r><w:t>项，完成</w:t><w:tab/><w:t>55项</w:t></w:r></w:p>"
)


def test_a_comment_covers_exactly_its_words_across_runs():
    found, texts = commented(docx("标题", SPLIT), Note(1, 1, 6, "请核"))
    assert found == [("92项，完", "请核")]
    assert texts == ["标题", "共92项，完成\t55项"]


def test_two_comments_may_overlap():
    found, _ = commented(docx(SPLIT), Note(0, 0, 4, "甲"), Note(0, 2, 11, "乙"))
    assert [f for f in found if f[1] == "甲"] == [("共92项", "甲")]
    assert [f for f in found if f[1] == "乙"] == [("2项，完成55项", "乙")]


@given(st.tuples(st.integers(0, 11), st.integers(0, 11)))
def test_no_comment_ever_changes_the_text(ends: tuple[int, int]):
    start, end = sorted(ends)
    _, texts = commented(docx(SPLIT), Note(0, start, end, "x"))
    assert texts == ["共92项，完成\t55项"]


def test_cells_and_empty_paragraphs_take_comments():
    found, _ = commented(docx(table([["序号", "事项"]]), ""), Note(1, 0, 2, "表"), Note(2, 0, 0, "空"))
    assert found == [("事项", "表"), ("", "空")]


def test_comments_that_are_there_already_stay():
    once = annotate(docx("共92项"), [Note(0, 0, 1, "旧")])
    found, _ = commented(once, Note(0, 1, 4, "新"))
    assert found == [("共", "旧"), ("92项", "新")]


def test_the_other_parts_and_the_original_are_untouched():
    data = docx(para("共10项，已完成4项，其余5项正在推进。"))
    before = bytes(data)
    copy = annotate(data, [Note(0, 1, 4, "请核")])
    assert data == before
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        same = [n for n in old.namelist() if old.read(n) == new.read(n)]
    assert same == ["_rels/.rels"]


def test_without_comments_the_copy_is_the_paper():
    data = docx("共10项，已完成4项，其余6项正在推进。")
    assert annotate(data, []) == data


# ---------------------------------------------------------------------------------------------- where no mark may stand


def marks_of(data: bytes, *notes: Note) -> tuple[Element, Element]:
    """The parents of the marks at which the last comment begins and ends."""
    with zipfile.ZipFile(io.BytesIO(annotate(data, notes))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    begin, end = (next(root.iter(f"{W}commentRange{t}")).getparent() for t in ("Start", "End"))
    assert begin is not None
    assert end is not None
    return begin, end


@pytest.mark.parametrize(
    "inside",
    [
        "<m:oMath><m:r><m:t>x=44</m:t></m:r></m:oMath>",
        control(run("控件44")),
        '<w:fldSimple w:instr=" REF a ">' + run("域里44") + "</w:fldSimple>",
        "<w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        field(r" eq \o\ac(○,3) "),
    ],
)
def test_formulas_controls_and_fields_are_marked_as_a_whole(inside):
    data = docx(line("共", inside, "项"))
    begin, end = marks_of(data, Note(0, 1, 2, "请核"))
    assert (begin.tag, end.tag) == (f"{W}p", f"{W}p")
    before, after = read(data, "x")[0], read(annotate(data, [Note(0, 1, 2, "请核")]), "x")[0]
    assert before is not None
    assert after is not None
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]


def test_a_comment_on_a_box_or_a_borrowed_page_stands_at_the_paragraph_that_holds_it():
    box = "<w:r><w:pict><w:txbxContent>" + line("框里30项") + "</w:txbxContent></w:pict></w:r>"
    begin, _ = marks_of(docx(line("外面", box)), Note(1, 0, 2, "框"))
    assert begin[1].tag == f"{W}commentRangeStart"
    assert not any(True for _ in begin.iterancestors(f"{W}txbxContent"))
    page = docx("前", '<w:altChunk r:id="rId1"/>', parts={"c.htm": ("aFChunk", "<p>共44项</p>")})
    begin, _ = marks_of(page, Note(1, 0, 2, "网页"))
    assert "".join(map(str, begin.itertext())) == "前"
    alone = docx('<w:altChunk r:id="rId1"/>', parts={"c.htm": ("aFChunk", "<p>共44项</p>")})
    begin, _ = marks_of(alone, Note(0, 0, 2, "网页"))
    assert begin.tag == f"{W}p"


def test_signs_can_be_marked_and_stay():
    data = docx(line("状态", sign("F0FC"), "好"))
    found, texts = commented(data, Note(0, 2, 3, "请核"))
    assert found == [("", "请核")]
    assert texts == ["状态√好"]


def test_a_strict_document_is_marked_in_its_own_form():
    copy = annotate(strict(docx("共10项，已完成4项")), [Note(0, 1, 4, "请核")])
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert all(b"2006/main" not in package.read(n) for n in ("word/document.xml", "word/comments.xml"))
        assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in package.read(
            "word/_rels/document.xml.rels"
        )
    found, _ = read(copy, "x")
    assert found is not None
    assert ([p.text for p in found.paragraphs], found.comments) == (["共10项，已完成4项"], 1)


def test_numbers_of_comments_whose_text_is_gone_are_not_given_again():
    stale = line('<w:commentRangeStart w:id="7"/>', "共10项", '<w:commentRangeEnd w:id="7"/>')
    copy = annotate(docx(stale), [Note(0, 0, 1, "请核")])
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert b'w:id="8"' in package.read("word/comments.xml")
