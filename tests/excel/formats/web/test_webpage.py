"""Web pages under the names of workbooks: the grid that a person sees in them."""

from __future__ import annotations

import time

import pytest

from tests.support.foreign import PAGES, PLAIN, Foreign, page, seen, table
from tongbao.excel import sheets


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_a_page_reads_as_it_looks(case: Foreign) -> None:
    assert seen(case) == case


@pytest.mark.parametrize(
    "evil",
    [
        "<a " * 300_000,
        "<!--" * 300_000,
        "<td a='" * 300_000,
        "<table>" * 200_000,
        "<table><tr><td>" * 50_000,
        "<span>" * 200_000 + table(),
        "<table><tr>" + "<td colspan=16384 rowspan=9999999>x" * 300,
        "<table>" + "<tr><td rowspan=60000>x" * 3000,
        "<style>" + ".a{" * 100_000 + "</style>" + table(),
        "<table><tr><td>" + "\r\n \x01" * 100_000,
    ],
    ids=range(10),
)
def test_what_was_made_to_be_slow_is_not(evil: str) -> None:
    began = time.process_time()
    sheets.parse(page(evil).encode(), "台账.xls")
    assert time.process_time() - began < 5


def test_nothing_outside_the_page_is_opened() -> None:
    doctype = '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    rows = [*PLAIN, ["3", "&a;", "", ""]]
    book, _ = sheets.parse((doctype + page(table(rows))).encode(), "台账.xls")
    assert book is None or "root" not in str(book.sheets[0].texts())


@pytest.mark.parametrize(
    ("image", "pictures"),
    [
        ('<img src="ok.gif" alt="完成">', {(2, 4): ()}),
        ("<div><a href=#><img src=ok.gif></a></div>", {(2, 4): ()}),
        ("<img src=ok.gif>完成", {}),
        ("<img src=s.gif width=1 height=1>", {}),
        ("<span style='display:none'><img src=ok.gif></span>", {}),
        ("", {}),
    ],
)
def test_a_cell_that_is_a_picture_is_no_empty_cell(
    image: str, pictures: dict[tuple[int, int], tuple[str, ...]]
) -> None:
    rows = f"<table><tr><th>序号<th>事项<th>单位<th>备注</tr><tr><td>1<td>修路<td>县交通局<td>{image}</tr></table>"
    book, _ = sheets.parse(page(rows).encode(), "台账.xls")
    assert book is not None
    assert book.sheets[0].marks.pictures == pictures


WHOLE = "<tr><td>1</td><td>修路</td></tr><tr><td>2</td><td>架桥</td></tr>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"<html><table>{WHOLE}<tr><td>3</td><td>挖", "file_damaged"),
        (f"<html><table>{WHOLE}<tr><td>3</", "file_damaged"),
        (f"<html><table><tr><td><table>{WHOLE}</table></td><td>", "file_damaged"),
        (f"<html><table>{WHOLE}", ""),
        (f"<html><table>{WHOLE}</table>", ""),
        ("<table><tr><td>1<td>修路<tr><td>2<td>架桥", ""),
    ],
)
def test_a_page_that_breaks_off_inside_a_row_is_not_read_short(text: str, code: str) -> None:
    book, problems = sheets.parse(text.encode(), "台账.xls")
    assert [p.code for p in problems if book is None] == ([code] if code else [])
