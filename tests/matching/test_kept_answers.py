"""对应关系.xlsx as a workbook: what an office has, what LibreOffice makes of it, what its lists offer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from tests.support.drawn import drawn
from tongbao.matching.answers import HEADER, Verdict, answer, options, to_rows
from tongbao.matching.decisions_aside import ASIDE_FILE, Decision
from tongbao.matching.kept_answers import keep_answers, on_file, stored_answers
from tongbao.matching.match import match
from tongbao.model import ANSWERS_FILE

PRIOR = drawn("单位 | 事项 | 进展\n甲局 | 建设厂房（一期） | 正在招标\n乙局 | 修订防汛预案 | 已经起草", "2022-01")
NOW = drawn("单位 | 事项 | 进展\n甲局 | 建设厂房（二期） | 已经开工\n丁局 | 举办丰收节 | ")
SAME = answer(PRIOR, NOW, PRIOR.rows[0], Verdict.SAME, NOW.rows[0])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The workbook with one question, one row without a trace, as a run leaves it."""
    found = match(PRIOR, NOW)[0]
    rows = to_rows(found.questions, [PRIOR.rows[1]], PRIOR, NOW)
    assert on_file(tmp_path).write(rows, options(found.new)) == []
    return tmp_path / ANSWERS_FILE


def test_what_is_to_be_filled_in_is_shaded_and_has_a_list(book):
    page = load_workbook(book).worksheets[0]
    assert page.freeze_panes == "A2"
    reply, row = HEADER.index("答复") + 1, HEADER.index("本期行") + 1
    assert [page.cell(line, reply).fill.fill_type for line in (2, 3, 4)] == ["solid"] * 3
    assert [page.cell(line, row).fill.fill_type for line in (2, 3, 4)] == [None, "solid", "solid"]
    rules = {str(rule.sqref)[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules == {
        "N": '"同一项,不是同一项,并入,拆分,撤销"',
        "H": '"台账!2　第1项 建设厂房（二期）,台账!3　第2项 举办丰收节"',
    }
    assert {page.cell(line, HEADER.index("上期事项") + 1).alignment.wrap_text for line in (2, 3, 4)} == {True}


def test_the_words_that_differ_are_set_off_and_the_text_stays_as_it_was(book):
    page = load_workbook(book, rich_text=True).worksheets[0]
    cell = page.cell(2, HEADER.index("本期事项") + 1).value
    assert isinstance(cell, CellRichText)
    assert [part.text for part in cell if isinstance(part, TextBlock)] == ["二"]
    assert str(cell) == "建设厂房（二期）"
    assert on_file(book.parent).cells[1][HEADER.index("本期事项")] == "建设厂房（二期）"


def test_a_list_of_many_rows_stands_on_the_hidden_sheet(tmp_path):
    many = drawn("单位 | 事项\n" + "\n".join(f"甲局 | 办理第{n}件民生实事" for n in range(1, 90)))
    on_file(tmp_path).write(to_rows((), [PRIOR.rows[1]], PRIOR, many), options(many.rows))
    whole = load_workbook(tmp_path / ANSWERS_FILE)
    rules = {str(rule.sqref)[0]: rule.formula1 for rule in whole.worksheets[0].data_validations.dataValidation}
    assert rules["H"] == "=本期行"
    assert [page.sheet_state for page in whole.worksheets] == ["visible", "hidden"]
    assert on_file(tmp_path).cells[0][0] == "上期"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_keeps_the_lists(book, tmp_path):
    out = tmp_path / "另存"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(book)], check=True, capture_output=True, timeout=120)
    page = load_workbook(out / ANSWERS_FILE).worksheets[0]
    assert {str(rule.sqref)[0] for rule in page.data_validations.dataValidation} == {"N", "H"}
    shutil.copy(out / ANSWERS_FILE, book)
    assert on_file(tmp_path).cells[2][HEADER.index("上期事项")] == "建设厂房（一期）"


def test_a_workbook_of_an_earlier_version_holds(tmp_path):
    keep_answers(tmp_path, [list(HEADER), [*SAME.periods, *SAME.prior.cells, *SAME.current.cells, "", "同一项", ""]])
    assert stored_answers(tmp_path) == ([SAME], [])


def test_answers_of_the_screen_are_stored_answers_too(tmp_path):
    filed = on_file(tmp_path)
    filed.add(Decision(SAME.periods, SAME.prior, (SAME,)))
    assert stored_answers(tmp_path) == ([SAME], [])
    assert filed.write(to_rows((), (), PRIOR, NOW, [SAME])) == []
    assert not (tmp_path / ASIDE_FILE).exists()
    assert stored_answers(tmp_path) == ([SAME], [])


def test_two_runs_at_once_lose_no_answer(tmp_path):
    other = answer(PRIOR, NOW, PRIOR.rows[1], Verdict.WITHDRAWN, reason="不办了")
    one, two = on_file(tmp_path), on_file(tmp_path)
    two.add(Decision(other.periods, other.prior, (other,)))
    one.add(Decision(SAME.periods, SAME.prior, (SAME,)))
    assert one.write(to_rows((), (), PRIOR, NOW, [SAME])) == []
    assert sorted(map(repr, stored_answers(tmp_path)[0])) == sorted(map(repr, [SAME, other]))
    assert [p.code for p in two.write(to_rows((), (), PRIOR, NOW, [other]))] == ["answers_waiting"]
    assert len(stored_answers(tmp_path)[0]) == 2
    last = on_file(tmp_path)
    assert last.write(to_rows((), (), PRIOR, NOW, stored_answers(tmp_path)[0])) == []
    assert not (tmp_path / ASIDE_FILE).exists()
    assert len(stored_answers(tmp_path)[0]) == 2


def test_what_did_not_change_is_not_written(book):
    filed = on_file(book.parent)
    (book.parent / f"~${ANSWERS_FILE}").touch()
    assert filed.write(filed.cells) == []
    assert [p.code for p in filed.write([*filed.cells, filed.cells[-1]])] == ["answers_waiting"]


def test_a_workbook_that_cannot_be_read_is_not_written(tmp_path):
    (tmp_path / ANSWERS_FILE).write_bytes(b"no workbook")
    filed = on_file(tmp_path)
    assert (filed.is_read, filed.may_be_written, len(filed.problems)) == (False, False, 1)


def test_without_files_there_is_nothing(tmp_path):
    filed = on_file(tmp_path)
    assert (filed.filed, filed.aside, filed.problems) == ([], [], [])
    assert (filed.is_read, filed.may_be_written) == (True, True)
