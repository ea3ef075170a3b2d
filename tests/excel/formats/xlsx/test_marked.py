"""What cells of .xlsx show beside their plain values: struck words, signs, boxes to tick, pictures, comments."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.handmade import (
    CHECK_BOX,
    NAMESPACES,
    OFFICE,
    STRUCK,
    WINGDINGS,
    WINGDINGS_2,
    anchored,
    cell_pictures,
    drawing,
    handmade,
    picture,
    png,
    runs,
    text,
    text_box,
)
from tongbao.excel import sheets
from tongbao.excel.grid import Marks
from tongbao.excel.values import Cell, text_of

TABLE = """
| 序号 | 事项 | 进展 | 状态 |
| 1 | 修路 | 已开工 | |
"""
STRIKE = "<strike/>"


def opened(data: bytes) -> tuple[list[Cell], Marks]:
    """The second row of the first sheet, and the marks of that sheet."""
    book, problems = sheets.parse(data, "台账.xlsx")
    assert book, problems
    return list(book.sheets[0].cells[1]), book.sheets[0].marks


def with_part(data: bytes, name: str, before: bytes, after: bytes) -> bytes:
    """The workbook with other bytes in one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, content.replace(before, after) if part == name else content)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------- struck-out words


@pytest.mark.parametrize(
    ("cell", "left", "struck"),
    [
        (text("正在招标", STRUCK), "", "正在招标"),
        (f'<c s="{STRUCK}"><v>85</v></c>', "", "85"),
        (f'<c s="{STRUCK}" t="str"><f>A1</f><v>甲</v></c>', "", "甲"),
        (runs((STRIKE, "正在招标，"), ("", "已开工")), "已开工", "正在招标，"),
        (runs((STRIKE, "正在"), (STRIKE, "招标")), "", "正在招标"),
        (runs((STRIKE, "正在招标"), ("", " \n")), "", "正在招标"),
        (runs(('<strike val="1"/>', "旧"), ('<strike val="0"/>', "新")), "新", "旧"),
        (runs(("<x:strike/>", "旧"), ("<sz val='9'/>", "新")).replace("<r>", '<r xmlns:x="x">'), "新", "旧"),
    ],
)
def test_struck_words_are_taken_out_of_the_cell_and_kept_beside_it(cell: str, left: str, struck: str) -> None:
    row, marks = opened(handmade(TABLE, {"C2": cell}))
    assert (row[2], marks.struck) == (left, {(2, 3): struck})


def test_an_error_that_is_struck_out_is_no_error() -> None:
    row, marks = opened(handmade(TABLE, {"C2": f'<c s="{STRUCK}" t="e"><f>1/0</f><v>#DIV/0!</v></c>'}))
    assert (row[2], marks.struck, marks.failed) == ("", {(2, 3): "#DIV/0!"}, {})


@pytest.mark.parametrize(("view", "seen"), [('showZeros="0"', ""), ('showZeros="1"', "0"), ("", "0")])
def test_a_zero_that_the_view_does_not_show_is_seen_empty(view: str, seen: str) -> None:
    data = handmade(TABLE, {"C2": "<c><v>0</v></c>", "D2": "<c><v>5</v></c>"})
    views = f"<sheetViews><sheetView {view} workbookViewId='0'/></sheetViews><sheetData>".encode()
    row, marks = opened(with_part(data, "xl/worksheets/sheet1.xml", b"<sheetData>", views))
    assert ([text_of(value) for value in row[2:]], bool(marks.shown)) == ([seen, "5"], seen == "")
    assert row[2] == 0


def test_in_a_struck_cell_a_run_with_a_font_of_its_own_is_not_struck() -> None:
    shared = "<r><t>旧话</t></r><r><rPr><sz val='11'/></rPr><t>新话</t></r>"
    row, marks = opened(handmade(TABLE, {"C2": f'<c s="{STRUCK}" t="s"><v>1</v></c>'}, strings=["<t/>", shared]))
    assert (row[2], marks.struck) == ("新话", {(2, 3): "旧话"})


def test_an_empty_shared_string_does_not_shift_the_others() -> None:
    data = handmade(TABLE, {"C2": '<c t="s"><v>1</v></c>'}, strings=["", f"<r><rPr>{STRIKE}</rPr><t>旧</t></r>"])
    data = (
        data
        if b"<si/>" in data
        else handmade(
            TABLE,
            {"C2": '<c t="s"><v>1</v></c>'},
            parts={
                "xl/sharedStrings.xml": f"<sst {NAMESPACES}><si/><si><r><rPr>{STRIKE}</rPr><t>旧</t></r></si></sst>"
            },
            book=[("rId3", "sharedStrings", "sharedStrings.xml")],
        )
    )
    assert opened(data)[1].struck == {(2, 3): "旧"}


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        (runs(('<strike val="0"/>', "已开工")), ""),
        (
            text("已开工"),
            '<conditionalFormatting sqref="C2"><cfRule type="expression" dxfId="0"/></conditionalFormatting>',
        ),
    ],
)
def test_what_is_not_struck_by_hand_counts(cell: str, after: str) -> None:
    row, marks = opened(handmade(TABLE, {"C2": cell}, after=after))
    assert (row[2], marks.struck) == ("已开工", {})


# ---------------------------------------------------------------------------------------------- signs, spelling


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        (text("ü", WINGDINGS), "√"),
        (text("þ", WINGDINGS), "☑"),
        (text("\uf0fc", WINGDINGS), "√"),
        (text("R", WINGDINGS_2), "☑"),
        (text("P 完成", WINGDINGS_2), "√ 完成"),
        (text("\x81", WINGDINGS), "①"),
        (text("à", WINGDINGS), "→"),
        (runs(('<rFont val="Wingdings"/>', "¨"), ("", "完成")), "□完成"),
        (runs(('<rFont val="Wingdings"/>', "Œ"), ("", "完成…")), "❶完成…"),
        (runs(("", "铺装1200m"), ('<vertAlign val="superscript"/>', "2")), "铺装1200m²"),
        (runs(("", "水量10"), ("<vertAlign val='superscript'/>", "8"), ("", "立方米")), "水量10⁸立方米"),
        (runs(("", "CO"), ('<sz val="9"/><vertAlign val="subscript"/>', "2")), "CO₂"),
        (runs(("", "完成"), ('<vertAlign val="superscript"/>', "注1")), "完成注1"),
        (runs(("", "完成"), ('<vertAlign val="baseline"/>', "2")), "完成2"),
    ],
)
def test_letters_in_a_font_of_signs_are_the_signs_that_the_screen_shows(cell: str, sign: str) -> None:
    row, marks = opened(handmade(TABLE, {"D2": cell}))
    assert (row[3], marks.unread) == (sign, {})


def test_a_sign_that_nobody_can_name_is_told() -> None:
    _, marks = opened(handmade(TABLE, {"D2": text("J", WINGDINGS)}))
    assert marks.unread == {(2, 4): "用的是符号字体，屏幕上看到的不是“J”，是什么符号认不出"}


@pytest.mark.parametrize("kind", ["inline", "shared"])
def test_what_is_spelt_over_the_characters_is_no_text(kind: str) -> None:
    spelt = '<t>已开工</t><rPh sb="0" eb="2"><t>yikai</t></rPh><phoneticPr fontId="1"/>'
    cell = f'<c t="inlineStr"><is>{spelt}</is></c>' if kind == "inline" else f'<c t="s" s="{STRUCK}"><v>0</v></c>'
    row, marks = opened(handmade(TABLE, {"C2": cell}, strings=[spelt] if kind == "shared" else []))
    assert (row[2], marks.struck) == (("已开工", {}) if kind == "inline" else ("", {(2, 3): "已开工"}))


# ---------------------------------------------------------------------------------------------- boxes to tick

BAGS = (
    '<FeaturePropertyBags xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag">'
    '<bag type="{}"/><bag type="XFControls"><bagId k="CellControl">0</bagId></bag>'
    '<bag type="XFComplement"><bagId k="XFControls">1</bagId></bag>'
    '<bag type="XFComplements"><a k="MappedFeaturePropertyBags"><bagId>2</bagId></a></bag></FeaturePropertyBags>'
)


@pytest.mark.parametrize(("kind", "value", "shown"), [("Checkbox", 1, "☑"), ("Checkbox", 0, "☐"), ("Other", 1, True)])
def test_a_check_box_of_a_cell_format_shows_a_tick(kind: str, value: int, shown: Cell) -> None:
    bag = ("rId7", "http://schemas.microsoft.com/office/2022/11/relationships/FeaturePropertyBag", "bags/b.xml")
    cells = {"D2": f'<c s="{CHECK_BOX}" t="b"><v>{value}</v></c>'}
    assert opened(handmade(TABLE, cells, book=[bag], parts={"xl/bags/b.xml": BAGS.format(kind)}))[0][3] == shown


def control(settings: str, cell: str = "", properties: str = "", kind: str = "ctrlProp") -> bytes:
    """A workbook with a control over D2."""
    corner = "<anchor><from><xdr:col>3</xdr:col><xdr:row>1</xdr:row></from></anchor>"
    return handmade(
        TABLE,
        {"D2": cell} if cell else {},
        after=f'<controls><control shapeId="1025" r:id="rId5"><controlPr {properties}>{corner}</controlPr></control></controls>',
        sheet=[("rId5", kind, "../controls/one.xml")],
        parts={"xl/controls/one.xml": settings},
    )


BOX = '<formControlPr objectType="CheckBox" {}/>'
ACTIVE = '<ax:ocx xmlns:ax="ax" ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}"/>'
TRUE = '<c t="b"><v>1</v></c>'


@pytest.mark.parametrize(
    ("data", "shown", "said"),
    [
        (control(BOX.format('checked="Checked"')), "☑", ""),
        (control(BOX.format("")), "☐", ""),
        (control(BOX.format('checked="Mixed"')), "", "读不出来"),
        (control(BOX.format('checked="Checked" fmlaLink="$D$2"'), TRUE), "☑", ""),
        (control(BOX.format('checked="Checked" fmlaLink="台账!$D$2"'), TRUE), "☑", ""),
        (control(BOX.format('checked="Checked"'), text("完成")), "完成", "复选框"),
        (control(ACTIVE, kind="control"), "", "读不出来"),
        (control(ACTIVE, TRUE, 'linkedCell="D2"', kind="control"), "☑", ""),
        (control('<formControlPr objectType="Radio" checked="Checked"/>'), "", "单选按钮"),
        (control('<formControlPr objectType="Button"/>'), "", ""),
    ],
)
def test_a_control_over_a_cell_is_used_or_told(data: bytes, shown: Cell, said: str) -> None:
    row, marks = opened(data)
    assert row[3] == shown
    assert said in marks.unread.get((2, 4), "")
    assert bool(marks.unread) is bool(said)


def test_a_box_that_only_the_old_form_of_drawings_has_is_found() -> None:
    vml = (
        '<xml><v:shape><x:ClientData ObjectType="Checkbox"><x:Anchor>\n 3, 1, 1, 0, 4, 0, 2, 0</x:Anchor>'
        "<x:Checked>1</x:Checked></x:ClientData><br></v:shape></xml>"
    )
    sheet = [("rId5", "vmlDrawing", "../drawings/vmlDrawing1.vml")]
    assert opened(handmade(TABLE, sheet=sheet, parts={"xl/drawings/vmlDrawing1.vml": vml}))[0][3] == "☑"


# ---------------------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v></c>',
        '<c t="e"><f>_xlfn.DISPIMG(&quot;ID_A&quot;,1)</f><v>#NAME?</v></c>',
        '<c><f>DISPIMG("ID_A",1)</f></c>',
        text('=DISPIMG("ID_A",1)'),
    ],
)
def test_a_picture_of_wps_is_no_text_and_no_failed_formula(cell: str) -> None:
    relation, parts = cell_pictures({"ID_B": b"", "ID_A": png()})
    row, marks = opened(handmade(TABLE, {"C2": cell}, book=[relation], parts=parts))
    assert (row[2], marks.pictures) == ("", {(2, 3): ("xl/media/image1.png",)})
    assert (marks.failed, marks.uncached) == ({}, frozenset())


def rich_value(structure: str) -> bytes:
    """A workbook with a rich value in C2 (`vm`), as Excel 365 writes its cell pictures, and others of its values."""
    rich, types = (
        "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata",
        "http://schemas.microsoft.com/office",
    )
    metadata = (
        f'<metadata {NAMESPACES} xmlns:x="{rich}"><metadataTypes><metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/>'
        '</metadataTypes><futureMetadata name="XLRICHVALUE"><bk><extLst><ext><x:rvb i="0"/></ext></extLst></bk></futureMetadata>'
        '<valueMetadata><bk><rc t="2" v="0"/></bk></valueMetadata></metadata>'
    )
    return handmade(
        TABLE,
        {"C2": '<c t="e" vm="1"><v>#VALUE!</v></c>'},
        book=[
            ("rId11", "sheetMetadata", "metadata.xml"),
            ("rId12", f"{types}/2022/10/relationships/richValueRel", "richData/rel.xml"),
            ("rId13", f"{types}/2017/06/relationships/rdRichValue", "richData/values.xml"),
            ("rId14", f"{types}/2017/06/relationships/rdRichValueStructure", "richData/shapes.xml"),
        ],
        parts={
            "xl/metadata.xml": metadata,
            "xl/richData/rel.xml": f'<richValueRels xmlns:r="{OFFICE}"><rel r:id="rId1"/></richValueRels>',
            "xl/richData/_rels/rel.xml.rels": [("rId1", "image", "../media/image9.png")],
            "xl/richData/values.xml": f'<rvData xmlns="{rich}"><rv s="0"><v>5</v><v>0</v></rv></rvData>',
            "xl/richData/shapes.xml": f'<rvStructures xmlns="{rich}"><s t="{structure}"><k n="CalcOrigin"/>'
            '<k n="_rvRel:LocalImageIdentifier"/></s></rvStructures>',
        },
    )


def test_a_picture_of_excel_in_a_cell_is_no_failed_formula() -> None:
    row, marks = opened(rich_value("_localImage"))
    assert (row[2], marks.pictures, marks.failed) == ("", {(2, 3): ("xl/media/image9.png",)}, {})


def test_another_rich_value_stays_what_it_is() -> None:
    _, marks = opened(rich_value("_error"))
    assert (marks.pictures, marks.failed) == ({}, {(2, 3): "#VALUE!"})


def test_floating_pictures_and_text_boxes_have_the_cell_under_their_corner() -> None:
    inside = (
        anchored((2, 3), picture())
        + anchored((2, 4), text_box("本项暂停"))
        + anchored((2, 4), text_box("复选框 1", "1"))
    )
    _, marks = opened(drawing(TABLE, inside, image=png()))
    assert marks.pictures == {(2, 3): ("xl/media/image1.png",)}
    assert marks.boxes == (((2, 4), "本项暂停"),)


# ---------------------------------------------------------------------------------------------- comments


def comments(plain: str, threaded: str = "") -> Marks:
    """The marks of a sheet with a comment on D2."""
    note = (
        f'<comments {NAMESPACES}><commentList><comment ref="D2"><text>{plain}</text></comment></commentList></comments>'
    )
    thread = f'<T><threadedComment ref="D2"><text>{threaded}</text></threadedComment></T>'
    return opened(
        handmade(
            TABLE,
            sheet=[("rId4", "comments", "../c.xml"), *([("rId6", "threadedComment", "../t.xml")] if threaded else [])],
            parts={"xl/c.xml": note, "xl/t.xml": thread},
        )
    )[1]


@pytest.mark.parametrize(
    ("plain", "threaded", "said"),
    [
        ("<t>已完成</t>", "", "已完成"),
        ("<r><t>张三:\n</t></r><r><t>已完成</t></r>", "", "张三:\n已完成"),
        ("<t>[线程批注] 你的版本可读取此批注</t>", "已完成", "已完成"),
        ("<t>【程序提示】请填状态</t>", "", None),
        ("<t>已完成\n【程序提示】请填状态</t>", "", "已完成"),
    ],
)
def test_the_comments_of_people_are_known(plain: str, threaded: str, said: str | None) -> None:
    assert comments(plain, threaded).comments == ({(2, 4): said} if said else {})
