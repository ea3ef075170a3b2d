"""Photographs in the cells of a ledger, printed where the template asks for them."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from tests.support.folders import ROOT
from tests.support.handmade import cell_pictures, handmade, png
from tongbao.ledger.asked import plan
from tongbao.run.pipeline import Result, run

LEDGER = """
| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |
| 1 | 完成水库大坝安全鉴定。 | 县水利局 | | 正在编制鉴定报告。 | 正常推进 |
| 2 | 修好青石大桥。 | 县交通局 | | | 正常推进 |
"""
SHOWN = '<c t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v></c>'
LOOP = ("{%p for 行 in 全部 %}", "{%p for 图 in 行.现场照片 %}", "{{ 图 }}", "{%p endfor %}", "{%p endfor %}")
PARAGRAPH = '<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
# In the cell of an annex: a loop of rows, and in its last cell one of paragraphs.
ROW = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>照片</w:t></w:r></w:p></w:tc></w:tr>'
    "<w:tr><w:tc><w:p><w:r><w:t>{%tr for 行 in 附件.行 %}</w:t></w:r></w:p></w:tc></w:tr>"
    '<w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
    "<w:p><w:r><w:t>{%p for 图 in 行.现场照片 %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ 图 }}</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p><w:p><w:r><w:t>（图）</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>{%tr endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
)


def made(folder: Path, image: bytes, added: str = "".join(map(PARAGRAPH.format, LOOP))) -> Result:
    """A run on a ledger whose second item has a picture for its progress, by a template with this at its end."""
    kinds = folder / "templates"
    shutil.copytree(ROOT / "templates" / "meeting-decisions", kinds / "meeting-decisions")
    template = kinds / "meeting-decisions" / "circular.docx"
    parts = {n: zipfile.ZipFile(template).read(n) for n in zipfile.ZipFile(template).namelist()}
    body = parts["word/document.xml"].decode()
    at = body.rindex("<w:sectPr")
    parts["word/document.xml"] = (body[:at] + added + body[at:]).encode()
    with zipfile.ZipFile(template, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    relation, images = cell_pictures({"ID_A": image})
    (folder / "in").mkdir()
    (folder / "in" / "台账2022-02.xlsx").write_bytes(handmade(LEDGER, {"E3": SHOWN}, book=[relation], parts=images))
    config = folder / "config.yaml"
    config.write_text(
        "office: {name: 云溪县督查室}\nunits: [县水利局, 县交通局]\n"
        "reports: [{name: 决策事项, kind: meeting-decisions, title: 关于决策事项的通报, input: in, output: out}]",
        encoding="utf-8",
    )
    (job,) = plan(config, kinds, [], None, None)
    return run(job, draft=False, tell=lambda _: None, ask=lambda *_: None)


def drawn(result: Result) -> tuple[list[bytes], str]:
    """The pictures in the circular, and its body."""
    assert result.circular, result.problems
    with zipfile.ZipFile(result.circular) as package:
        media = [package.read(n) for n in package.namelist() if n.startswith("word/media/")]
        return media, package.read("word/document.xml").decode()


def size(body: str) -> tuple[int, int]:
    """Width and height of the first drawing, in EMU."""
    found = re.search(r'<wp:extent cx="(\d+)" cy="(\d+)"', body)
    assert found
    return int(found[1]), int(found[2])


def test_a_photograph_is_printed_scaled_to_the_page(tmp_path):
    image = png(4000, 1000)
    media, body = drawn(made(tmp_path, image))
    assert media == [image]
    width, height = size(body)
    assert 0.9 * 8_841 * 635 <= width <= 9_200 * 635, "as wide as the text of the page"
    assert abs(width / height - 4) < 0.01
    paragraph = next(p for p in re.findall(r"<w:p[ >].*?</w:p>", body) if "<wp:extent" in p)
    assert 'w:lineRule="auto"' in paragraph, "with a fixed line height Word would cut it off"
    assert "台账E3的图片" in paragraph


def test_a_small_photograph_stays_as_it_is(tmp_path):
    _, body = drawn(made(tmp_path, png(72, 36)))
    assert size(body) == (914_400, 457_200)


def test_a_photograph_in_a_column_of_the_annex_is_as_wide_as_the_column(tmp_path):
    media, body = drawn(made(tmp_path, png(4000, 1000), ROW))
    assert len(media) == 1
    assert size(body)[0] == (2000 - 216) * 635


def test_a_broken_photograph_is_told_and_not_printed(tmp_path):
    result = made(tmp_path, png()[:-20])
    told = next(p for p in result.problems if p.code == "photo_refused")
    assert (told.message, told.place.cell) == ("现场照片没有印：图片已损坏", "E3")
    assert drawn(result)[0] == []


def test_pictures_stay_packed_where_no_template_wants_them(tmp_path, monkeypatch):
    from tongbao.excel import sheets

    monkeypatch.setattr(sheets, "unpacker", lambda _: 1 / 0)
    result = made(tmp_path, png(), "")
    assert drawn(result)[0] == []
    assert ("cell_picture", "E3") in [(p.code, p.place.cell) for p in result.problems]
