"""Comments in a copy: each at its words, the text and the original untouched."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
from hypothesis import given
from hypothesis import strategies as st

from tests.support.docx_maker import docx, para, table
from tongbao.word.comments import Note, annotate
from tongbao.word.document import read


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
