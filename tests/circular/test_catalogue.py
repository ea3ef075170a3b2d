"""What kinds read and print, in words; templates looked through from the command line."""

from __future__ import annotations

import shutil

import pytest

from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.run import cli


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = cli.main(list(arguments))
    return status, capsys.readouterr().out


def test_all_kinds_on_a_line_each(capsys):
    status, text = said(capsys, "kinds")
    assert status == 0
    assert [line.split()[0] for line in text.splitlines()[:-1]] == kind_names(TEMPLATES)


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_a_kind_tells_every_header_status_word_and_wording(capsys, name):
    status, text = said(capsys, "kinds", name)
    kind = load_kind(TEMPLATES, name)
    assert status == 0
    for words in (*(c.headers for c in kind.columns), *(label.words for label in kind.labels)):
        assert "：" + "、".join(words) + "\n" in text
    assert all(name in text for name in kind.wording)


def test_an_unknown_kind_has_a_nearest_one(capsys):
    status, text = said(capsys, "kinds", "key-project")
    assert status == 2
    assert "没有名为“key-project”的通报种类。怎么办：是不是“key-projects”？" in text


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_the_shipped_templates_have_no_mistakes(capsys, name):
    assert said(capsys, "check", str(TEMPLATES / name / "circular.docx"))[0] == 0


def test_every_mistake_of_a_template_at_once_with_its_place(capsys, tmp_path):
    from docx import Document

    shutil.copytree(TEMPLATES / "annual-tasks", tmp_path / "own")
    paper = Document()
    paper.add_paragraph("本期完成{{ 新增完城.数 }}项。")
    paper.add_paragraph("涉及｛｛ 单位数 ｝｝家单位。")
    paper.add_paragraph("分别为{{ 滞后|简称呼|顿号 }}。")
    paper.save(str(tmp_path / "own/circular.docx"))
    status, text = said(capsys, "check", str(tmp_path / "own/circular.docx"))
    assert status == 1
    for found in (
        "[own/circular.docx]“本期完成{{ 新增完城.数 }}项。”一段：没有“新增完城”这个名称。怎么办：是不是“新增完成”？",
        "[own/circular.docx]“涉及｛｛ 单位数 ｝｝家单位。”一段：“｛”不成标签，会原样印出",
        "没有“简称呼”这个过滤器。怎么办：是不是“简称”？",
        "模板有3处必改。",
    ):
        assert found in text


def test_a_template_without_its_kind(capsys, tmp_path):
    shutil.copyfile(TEMPLATES / "annual-tasks/circular.docx", tmp_path / "circular.docx")
    status, text = said(capsys, "check", str(tmp_path / "circular.docx"))
    assert status == 2
    assert "旁边却没有 kind.yaml" in text
