"""Ledgers that we write, as LibreOffice prints them: A4 landscape, the header on every page, no ids, colours seen."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from tests.support.builders import meetings
from tests.support.carrying import carry_on
from tests.support.drawing import xlsx
from tests.support.pages import ToPdf
from tests.support.returning import Round
from tongbao.rounds.ids import assign_ids
from tongbao.rounds.new_ledger.workbook import new_ledger

pytestmark = pytest.mark.render
HEAD = "| 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 备注 |\n"
LINES = "".join(
    f"| {n} | 办理第{n}号工程，落实资金并按期开工，同步做好沿线群众工作 | 县交通局 | 2022年{n % 6 + 1}月底前 | 做到第{n}步 | |\n"
    for n in range(1, 61)
)


def test_a_next_ledger_prints_landscape_with_its_header_on_every_page(tmp_path: Path, to_pdf: ToPdf) -> None:
    file = tmp_path / "下期.xlsx"
    file.write_bytes(carry_on(xlsx(HEAD + LINES), meetings()).data)
    with pdfplumber.open(to_pdf([file])[0]) as pdf:
        assert len(pdf.pages) >= 2
        for page in pdf.pages:
            assert (round(page.width), round(page.height)) == (842, 595)
            text = page.extract_text()
            assert "交办事项" in text
            assert "上期进展" in text
            assert "2022-0" not in text
        colours = {r["non_stroking_color"] for page in pdf.pages for r in page.rects if r["fill"]}
        assert len([c for c in colours if c and len(c) == 3 and c[0] > 0.9 and c[2] < 0.9]) == 2  # red and yellow


def test_new_and_split_ledgers_fit_the_width_of_a_page(tmp_path: Path, to_pdf: ToPdf) -> None:
    empty, sent = tmp_path / "新台账.xlsx", tmp_path / "县交通局.xlsx"
    empty.write_bytes(new_ledger(meetings(), "云溪县重点事项台账", ["县交通局"]))
    found = Round(xlsx(HEAD + LINES), meetings(), "台账2022-03.xlsx")
    assert assign_ids(found.ledger)[0] == found.ids
    sent.write_bytes(found.out["县交通局"])
    for pdf_file in to_pdf([empty, sent]):
        with pdfplumber.open(pdf_file) as pdf:
            first = pdf.pages[0].extract_text()
            assert "序号" in first
            assert "备注" in first
            assert pdf.pages[0].width > pdf.pages[0].height
