"""`check`: what the clerk sees, what is written, what is remembered; and what Word, WPS or LibreOffice do to a file."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.containers import compound
from tests.support.docx_maker import NAMESPACES, control, docx, drawing, field, line, sign, strict
from tests.support.folders import ROOT, TEMPLATES
from tests.support.office import Office, sample_office, text_of
from tongbao.config.kind_file import kind_names
from tongbao.outside import screen
from tongbao.proof.basis.kept import FILE
from tongbao.proof.review import DISMISSED
from tongbao.run import cli
from tongbao.word.comments import Note, annotate

LEDGER = """
| 1 | 清水河治理 | 县自然资源和规划局 | 完成两岸土地组卷 | 县自然资源和规划局 | 2022年1月30日 | 组卷报批 | 完成 | 清水河土地组卷 |
| 2 | 学府路东延 | 县住房和城乡建设局 | 签订征收协议 | 县住房和城乡建设局 | 2022年1月20日 | 剩余7户没有签订 | 需加快推进 | 学府路征收 |
| 3 | 粮食产业园 | 青石镇 | 修通园区道路 | 青石镇、县财政局 | 2022年3月30日 | 路基成型 |  | 园区道路 |
"""
NAME = "关于调度会决策事项办理情况的通报.docx"


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    office.ledger("2022-01-19", LEDGER.replace(" 完成 |", "  |"))
    office.ledger("2022-02-07", LEDGER)
    assert office.run() == 0
    return office


@pytest.fixture
def circular(office):
    return office.output("2022-02-07") / NAME


def check(file: Path, office: Office) -> int:
    return cli.main(["check", str(file), "-c", str(office.config)])


def record(file: Path) -> dict[str, Any]:
    read = json.loads(file.with_name(f"{file.stem}.核稿.json").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    """A Word file with another document part."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def replacing(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """A change of some words, which must be there, each once."""

    def change(xml: str) -> str:
        for old, new in pairs:
            assert old in xml
            xml = xml.replace(old, new, 1)
        return xml

    return change


# ---------------------------------------------------------------------------------------------- what the clerk gets


def test_a_circular_passes_right_after_it_is_made(office, circular, capsys):
    assert check(circular, office) == 0
    screen_text = capsys.readouterr().out
    assert "不一致0处，已删除0处，无法核对0处" in screen_text
    assert "核稿通过" in screen_text
    assert record(circular)["passes"]
    assert not circular.with_name("关于调度会决策事项办理情况的通报（核稿意见）.docx").exists()


def test_a_wrong_figure_is_shown_with_its_ledger_rows_and_commented_in_a_copy(office, circular, capsys):
    rewrite(circular, replacing(("新增完成1项", "新增完成2项")))
    before = circular.read_bytes()
    assert check(circular, office) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if "【不一致】" in line)
    assert "稿中是“2项”，应为“1项”" in line
    assert "台账2022-02-07.xlsx“台账”第2行" in line
    assert circular.read_bytes() == before
    with zipfile.ZipFile(circular.with_name(f"{circular.stem}（核稿意见）.docx")) as package:
        comments = package.read("word/comments.xml").decode("utf-8")
    assert "稿中是“2项”，应为“1项”" in comments
    assert record(circular)["copy"] == f"{circular.stem}（核稿意见）.docx"


def test_a_figure_that_the_ledger_finds_wrong_is_not_told_twice(office, circular, capsys):
    """It does not add up either; once is enough."""
    rewrite(circular, replacing(("累计交办58项", "累计交办59项")))
    check(circular, office)
    assert len([line for line in capsys.readouterr().out.splitlines() if "【" in line and "59项" in line]) == 1


def test_a_new_number_that_the_paper_itself_confirms_is_not_unproven(office, circular, capsys):
    more = "全县安排调度会12次，其中县级5次、镇级7次。另走访企业33家。"
    rewrite(circular, replacing(("现将有关情况通报如下：", f"现将有关情况通报如下：{more}")))
    assert check(circular, office) == 1
    out = capsys.readouterr().out
    assert "33家" in out
    assert "“12次”" not in out


def test_a_new_rate_that_does_not_follow_from_confirmed_figures_is_told(office, circular, capsys):
    """58项 and 55项 are those of the ledger; the rate that somebody adds must not pass with them."""
    rewrite(circular, replacing(("前已完成销号55项", "前已完成销号55项，完成率76%")))
    assert check(circular, office) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if "【" in line and "76%" in line]
    assert len(told) == 1
    assert "95%" in told[0] or "94.8%" in told[0]


def test_the_copy_of_an_earlier_check_can_be_checked(office, circular):
    rewrite(circular, replacing(("新增完成1项", "新增完成2项")))
    check(circular, office)
    copy = circular.with_name(f"{circular.stem}（核稿意见）.docx")
    assert check(copy, office) == 1
    assert not list(circular.parent.glob("*（核稿意见）（核稿意见）*"))


# ---------------------------------------------------------------------------------------------- dismissed findings


def test_what_was_dismissed_is_not_raised_again(office, circular, capsys, monkeypatch):
    rewrite(circular, replacing(("确保件件有着落", "已召开调度会33次，确保件件有着落")))
    monkeypatch.setattr(cli, "ask_several", lambda question, most: [0])
    assert check(circular, office) == 0
    monkeypatch.undo()
    assert "33次" in (circular.parent / DISMISSED).read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert check(circular, office) == 0
    assert "以前核实过" in capsys.readouterr().out


def test_a_line_taken_out_of_the_file_is_raised_again(office, circular):
    rewrite(circular, replacing(("确保件件有着落", "已召开调度会33次，确保件件有着落")))
    check(circular, office)
    code = record(circular)["remarks"][0]["fingerprint"]
    (circular.parent / DISMISSED).write_text(f"{code}  知道了\n", encoding="gbk")
    assert check(circular, office) == 0
    (circular.parent / DISMISSED).write_text("# 空\n", encoding="utf-8")
    assert check(circular, office) == 1


def test_a_dismissed_finding_comes_back_when_its_words_change(office, circular, monkeypatch):
    rewrite(circular, replacing(("确保件件有着落", "已召开调度会33次，确保件件有着落")))
    monkeypatch.setattr(cli, "ask_several", lambda question, most: list(range(most)))
    assert check(circular, office) == 0
    monkeypatch.undo()
    rewrite(circular, replacing(("33次", "34次")))
    assert check(circular, office) == 1


@pytest.mark.parametrize(("typed", "chosen"), [("", []), ("2", [1]), ("1 3", [0, 2]), ("3、1，3", [0, 2])])
def test_the_clerk_answers_with_numbers(monkeypatch, typed, chosen):
    answers = iter(["9", "甲", typed])
    monkeypatch.setattr(sys, "stdin", type("Console", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert screen.ask_several("哪些已核实？", 3) == chosen


# ---------------------------------------------------------------------------------------------- which basis


def test_a_paper_that_was_taken_elsewhere_finds_its_basis_in_the_outputs(office, circular, tmp_path, capsys):
    office.ledger("2022-02-28", LEDGER.replace("需加快推进", "完成"))
    assert office.run() == 0
    elsewhere = tmp_path / "桌面"
    elsewhere.mkdir()
    paper = elsewhere / "送审稿.docx"
    shutil.copyfile(circular, paper)
    rewrite(paper, replacing(("新增完成1项", "新增完成2项")))
    capsys.readouterr()
    assert check(paper, office) == 1
    out = capsys.readouterr().out
    assert "依据：2022年2月7日的台账" in out
    assert "应为“1项”" in out


def test_without_a_basis_the_paper_is_checked_against_itself_only_and_that_is_said(office, tmp_path, capsys):
    paper = tmp_path / "简报.docx"
    paper.write_bytes(docx("全县共排查隐患9处，已整改6处，其余2处正在整改。"))
    assert check(paper, office) == 1
    out = capsys.readouterr().out
    assert "没有找到这份稿子的核稿依据.json，不能与台账核对" in out
    assert "【不一致】" in out


def test_another_paper_beside_a_circular_is_not_proved_by_its_basis(office, circular, capsys):
    paper = circular.with_name("会议纪要.docx")
    paper.write_bytes(docx("会议听取了防汛工作汇报，研究了下一步措施。", "会议要求，抓紧落实。"))
    check(paper, office)
    assert "没有找到这份稿子的核稿依据.json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "已损坏"), ('{"format": 99}', "更新版本"), ("[]", "不是核稿依据"), ('{"format": 1}', "已损坏")],
)
def test_a_basis_that_cannot_be_read_is_told(office, circular, capsys, content, said):
    (circular.parent / FILE).write_text(content, encoding="utf-8")
    check(circular, office)
    out = capsys.readouterr().out
    assert said in out
    assert "重新生成" in out


def test_a_ledger_changed_since_is_told(office, circular, capsys):
    office.ledger("2022-02-07", LEDGER.replace("路基成型", "路面铺筑"))
    check(circular, office)
    assert "台账在生成通报之后改过" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏了的旧稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式的文件，已损坏"),
        ("旧稿.wps", compound("WordDocument"), "旧格式"),
        ("扫描件.pdf", b"%PDF-1.7\n", "PDF"),
        ("加密.docx", compound("EncryptedPackage"), "密码"),
        ("坏了.docx", b"PK\x03\x04broken", "不完整"),
        ("空的.docx", b"", "空的"),
    ],
)
def test_what_is_no_word_file_gets_a_plain_message_and_status_2(office, tmp_path, capsys, name, data, said):
    file = tmp_path / name
    file.write_bytes(data)
    assert office.run(str(file)) == 2
    out = capsys.readouterr().out
    assert said in out
    assert "Traceback" not in out
    assert not list(tmp_path.glob("*核稿*"))


def test_a_file_that_is_not_there_and_no_file_at_all_are_status_2(office, capsys):
    assert check(Path("没有这个文件.docx"), office) == 2
    assert cli.main(["check"]) == 2
    assert "没有这个文件" in capsys.readouterr().out


def test_pandas_is_not_loaded_to_check_a_paper(office, circular):
    code = f"from tongbao.run import cli; import sys; cli.main({['check', str(circular)]!r}); sys.exit('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


# ---------------------------------------------------------------------------------------------- what editors do


def runs_of_one_character(xml: str) -> str:
    """Every text cut into runs of one character, as editors leave behind."""

    def cut(match: re.Match[str]) -> str:
        properties = re.match("<w:rPr>.*?</w:rPr>", match[2])
        kept = properties[0] if properties else ""
        text = re.search("<w:t[^>]*>([^<]+)</w:t>$", match[2])
        if not text or "<w:br" in match[2] or "<w:tab" in match[2] or "&" in text[1]:
            return match[0]
        return "".join(f'<w:r>{kept}<w:t xml:space="preserve">{c}</w:t></w:r>' for c in text[1])

    return re.sub("(<w:r(?: [^>]*)?>)((?:(?!</w:r>).)*)</w:r>", cut, xml, flags=re.DOTALL)


def without_styles(xml: str) -> str:
    """No paragraph styles, no ids of paragraphs."""
    return re.sub('<w:pStyle [^>]*/>| w14:paraId="[^"]*"', "", xml)


@pytest.mark.parametrize("change", [runs_of_one_character, without_styles])
@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_what_editors_do_to_a_file_does_no_harm(tmp_path, kind, change):
    office, period = sample_office(tmp_path, kind)
    assert office.run() == 0
    circular = office.output(period, kind) / office.record(period, kind)["outputs"]["circular"]
    assert check(circular, office) == 0
    counted = record(circular)["counts"]
    text = text_of(circular)
    rewrite(circular, change)
    assert text_of(circular) == text
    check(circular, office)
    assert record(circular)["counts"] == counted


def tracked(old: str, new: str) -> Callable[[str], str]:
    """A pending change of one text: the old words struck out, the new ones put in."""

    def change(xml: str) -> str:
        found = re.search(f"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*?){old}([^<]*)</w:t></w:r>", xml)
        assert found
        style, before, after = found[1] or "", found[2], found[3]
        run = f'<w:r>{style}<w:t xml:space="preserve">{{}}</w:t></w:r>'
        gone = f'<w:del w:id="901" w:author="甲"><w:r>{style}<w:delText>{old}</w:delText></w:r></w:del>'
        put = f'<w:ins w:id="902" w:author="甲">{run.format(new)}</w:ins>'
        return xml.replace(found[0], run.format(before) + gone + put + run.format(after), 1)

    return change


def test_a_pending_change_is_read_as_accepted(office, circular, capsys):
    rewrite(circular, tracked("新增完成1项", "新增完成一项"))
    assert check(circular, office) == 0
    assert "修订还没有接受" in capsys.readouterr().out
    assert record(circular)["self_check"]["pending"] == {"insertions": 1, "deletions": 1}
    rewrite(circular, lambda xml: xml.replace("新增完成一项", "新增完成二项"))
    assert check(circular, office) == 1


@pytest.mark.render
def test_saved_by_libreoffice_every_circular_stays_proved_whole(tmp_path):
    saved = tmp_path / "saved"
    made = []
    for kind in kind_names(TEMPLATES):
        folder = tmp_path / kind
        folder.mkdir()
        office, period = sample_office(folder, kind)
        office.run()
        output = office.output(period, kind)
        target = folder / "稿" / f"{kind}.docx"
        target.parent.mkdir()
        shutil.copyfile(output / office.record(period, kind)["outputs"]["circular"], target)
        shutil.copyfile(output / FILE, target.with_name(FILE))
        made.append((office, target))
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(saved),
    ]
    environment = {**os.environ, "HOME": str(tmp_path)}
    files = [str(file) for _, file in made]
    subprocess.run([*command, *files], env=environment, capture_output=True, timeout=300, check=True)
    for office, file in made:
        check(file, office)
        counted = record(file)["counts"]
        shutil.copyfile(saved / file.name, file)
        check(file, office)
        assert record(file)["counts"] == counted, file.name


def test_the_record_holds_every_verdict(office, circular):
    check(circular, office)
    kept = record(circular)
    assert kept["format"] == 1
    assert kept["counts"]["agrees"] == len(kept["verdicts"])
    assert kept["basis"]["period"] == "2022年2月7日"
    assert io.StringIO(json.dumps(kept))


def test_the_record_tells_what_the_paper_says_of_itself_and_what_of_it_was_dismissed(office, tmp_path):
    paper = tmp_path / "简报.docx"
    paper.write_bytes(docx("全县共排查隐患9处，已整改6处，其余2处正在整改。检查企业12家。"))
    check(paper, office)
    own = record(paper)["self_check"]
    assert own["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert own["statements"] == {"held": 0, "found": 1, "dismissed": 0}
    assert own["numbers"] == {"all": 4, "judged": 3, "not_judged": 1}
    (found,) = own["findings"]
    assert (found["code"], found["level"], found["label"], found["paragraph"]) == ("sum", "error", "不一致", 1)
    assert found["span"] == [0, 24]
    (paper.parent / DISMISSED).write_text(found["fingerprint"], encoding="utf-8")
    check(paper, office)
    assert record(paper)["self_check"]["dismissed"] == [found["fingerprint"]]
    assert [r["code"] for r in record(paper)["dismissed"]] == ["sum"]


# ---------------------------------------------------------------------------------------------- what is not read


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<w:altChunk r:id="rId999"/>', "插入的文件"),
        (line("见表：", drawing()), "图片"),
        (line("合计", field(" =SUM(ABOVE) ")), "没有结果的域"),
        (line("符号", sign("F041", "OfficeIcons")), "认不出的符号"),
        (control(line("单击此处输入文字"), "<w:showingPlcHdr/>"), "没有填写的内容控件"),
    ],
)
def test_a_paper_of_which_something_was_not_read_never_passes(office, circular, capsys, xml, said):
    names = " ".join(re.findall(r'xmlns:(?:wp|a)="[^"]*"', NAMESPACES))
    block = xml.replace("<w:drawing>", f"<w:drawing {names}>")
    rewrite(circular, lambda old: f"{block}<w:sectPr".join(old.rsplit("<w:sectPr", 1)))
    assert check(circular, office) == 1
    out = capsys.readouterr().out
    assert "有1处内容程序读不到" in out
    assert said in out
    assert "核稿通过" not in out
    kept = record(circular)
    assert not kept["passes"]
    assert [it["lost"] for it in kept["unread"]] == [True]
    with zipfile.ZipFile(circular.with_name(kept["copy"])) as package:
        assert said in package.read("word/comments.xml").decode("utf-8")


def test_what_a_clerk_has_looked_at_is_not_raised_again_until_it_changes(office, tmp_path, monkeypatch):
    def made(image: bytes) -> bytes:
        return docx(
            "共3项。", line("附图", drawing('<a:blip r:embed="rId1"/>')), parts={"media/a.png": ("image", image)}
        )

    paper = tmp_path / "稿.docx"
    paper.write_bytes(made(b"one"))
    monkeypatch.setattr(cli, "ask_several", lambda question, most: list(range(most)))
    assert check(paper, office) == 0
    monkeypatch.undo()
    assert check(paper, office) == 0
    paper.write_bytes(made(b"two"))
    assert check(paper, office) == 1
    assert [r["label"] for r in record(paper)["remarks"]] == ["读不到"]


def test_a_strict_paper_is_checked_and_a_macro_file_keeps_its_extension(tmp_path, office):
    for name, data in (("严.docx", strict(docx("共10项，已完成4项，其余7项正在推进。"))), ("宏.docm", docx("共2项"))):
        paper = tmp_path / name
        paper.write_bytes(data)
        assert check(paper, office) == 1
        kept = json.loads((tmp_path / f"{paper.stem}.核稿.json").read_text(encoding="utf-8"))
        assert kept["copy"] in {"", f"{paper.stem}（核稿意见）{paper.suffix}"}
    assert (tmp_path / "严（核稿意见）.docx").exists()


def test_where_no_copy_can_be_made_that_is_said_and_the_record_is_written(tmp_path, office, capsys):
    data = docx("共10项，已完成4项，其余7项正在推进。", parts={"media/a.png": ("image", b"0123456789" * 9)})
    at = data.index(b"word/media/a.png") + len("word/media/a.png")
    paper = tmp_path / "稿.docx"
    paper.write_bytes(data[:at] + b"\xff\xff\xff" + data[at + 3 :])
    assert check(paper, office) == 1
    assert "批注副本没有写成" in capsys.readouterr().out
    assert record(paper)["copy"] == ""


@pytest.mark.parametrize("damage", [b"PK\x01\x02", b"PK\x05\x06"])
def test_a_damaged_directory_is_one_plain_line_and_status_2(tmp_path, office, capsys, damage):
    data = docx("共2项")
    at = data.index(damage)
    paper = tmp_path / "坏.docx"
    paper.write_bytes(data[:at] + damage[:2] + b"\xff\xff" + data[at + 4 :])
    assert check(paper, office) == 2
    out = capsys.readouterr()
    assert "Traceback" not in out.out + out.err
    assert "坏.docx" in out.out + out.err


def test_comments_in_a_paper_are_told_of_and_do_not_keep_it_from_passing(office, circular, capsys):
    circular.write_bytes(annotate(circular.read_bytes(), [Note(0, 0, 2, "请领导阅")]))
    assert check(circular, office) == 0
    assert "稿中有1条批注" in capsys.readouterr().out
