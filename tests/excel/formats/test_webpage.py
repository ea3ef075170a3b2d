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
