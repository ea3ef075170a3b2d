"""What openpyxl stumbles over taken out of a workbook, as little as it takes.

The parts are those of a workbook in the standard form (`xlsx.standard`). Which of them it is, openpyxl does not say
in a way that a program understands: so the workbook is tried without its cells, and without one thing after the other.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

Parts = dict[str, bytes]
_SHEET = "xl/worksheets/"
_BOOK, _STYLES, _CONTENT = "xl/workbook.xml", "xl/styles.xml", b"sheetData"
# No cell of a ledger has a later format than the last of these; a style that there is not is taken off its cell.
_STYLE = re.compile(rb"(<(?:\w+:)?(?:c|row)\b[^>]*?) s=[\"'](\d+)[\"']")
_DAY_CELL = re.compile(rb"(<(?:\w+:)?c\b[^>]*?) t=[\"']d[\"']([^>]*>\s*<(?:\w+:)?v>)([^<]*)<")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?>(?:</(?:\w+:)?Relationship>)?")


@dataclass(frozen=True, slots=True)
class Mended:
    """A workbook that can perhaps be opened, and what was left out of it, in the clerk's words."""

    data: bytes
    left_out: tuple[str, ...]


def mended(parts: Mapping[str, bytes], opens: Callable[[bytes], bool]) -> Iterator[Mended]:
    """The workbook with as little left out as it takes to be opened without its cells; then with its cells mended too.

    `opens` tries some bytes. Nothing, where nothing helps.
    """
    bare = {name: _without(xml, _CONTENT, b"<sheetData/>") if _is_sheet(name) else xml for name, xml in parts.items()}
    wanted = _least(bare, opens)
    if wanted is None:
        return
    kept = dict(parts)
    for name in wanted:
        kept = _MENDS[name](kept)
    told = tuple(name for name in wanted if not name.startswith("("))
    yield Mended(_packed(kept), told)
    yield Mended(_packed(_mend_cells(kept)), told)


def _least(parts: Parts, opens: Callable[[bytes], bool]) -> list[str] | None:
    """The names of the fewest mends that let the workbook be opened; None where all together do not."""
    if opens(_packed(parts)):
        return []
    for name, mend in _MENDS.items():
        if opens(_packed(mend(parts))):
            return [name]
    wanted = list(_MENDS)
    if not _opens_with(parts, wanted, opens):
        return None
    for name in _MENDS:
        fewer = [other for other in wanted if other != name]
        if _opens_with(parts, fewer, opens):
            wanted = fewer
    return wanted


def _opens_with(parts: Parts, names: list[str], opens: Callable[[bytes], bool]) -> bool:
    for name in names:
        parts = _MENDS[name](parts)
    return opens(_packed(parts))


def _packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------- single mends


def _is_sheet(name: str) -> bool:
    return name.startswith(_SHEET) and name.endswith(".xml")


def _without(xml: bytes, tag: bytes, instead: bytes = b"") -> bytes:
    """The XML without the elements of a name. They hold none of their own name."""
    name = rb"(?:\w+:)?" + tag
    return re.sub(rb"<" + name + rb"(?:\s[^>]*)?(?:/>|(?<!/)>.*?</" + name + rb"\s*>)", instead, xml, flags=re.DOTALL)


def _sheets_without(*tags: str) -> Callable[[Parts], Parts]:
    def mend(parts: Parts) -> Parts:
        found = dict(parts)
        for name in filter(_is_sheet, parts):
            for tag in tags:
                found[name] = _without(found[name], tag.encode())
        return found

    return mend


def _book_without(*tags: str) -> Callable[[Parts], Parts]:
    def mend(parts: Parts) -> Parts:
        xml = parts[_BOOK]
        for tag in tags:
            xml = _without(xml, tag.encode())
        return parts | {_BOOK: xml}

    return mend


def _unrelated(*words: str) -> Callable[[Parts], Parts]:
    """The workbook without the relations of its sheets whose type ends in one of these words."""
    ends = tuple(f"/{word}".encode() for word in words)

    def keep(match: re.Match[bytes]) -> bytes:
        type_ = re.search(rb"\bType\s*=\s*[\"']([^\"']*)", match[0])
        return b"" if type_ and type_[1].endswith(ends) else match[0]

    def mend(parts: Parts) -> Parts:
        rels = (name for name in parts if name.startswith(f"{_SHEET}_rels/"))
        return parts | {name: _RELATION.sub(keep, parts[name]) for name in rels}

    return mend


def _all(*mends: Callable[[Parts], Parts]) -> Callable[[Parts], Parts]:
    def mend(parts: Parts) -> Parts:
        for one in mends:
            parts = one(parts)
        return parts

    return mend


def _no_properties(parts: Parts) -> Parts:
    return {name: xml for name, xml in parts.items() if not name.startswith("docProps/")}


def _plain_looks(parts: Parts) -> Parts:
    """Formats of numbers alone: no fonts, colours, borders. Without them a day would be a number."""
    xml = parts.get(_STYLES, b"")
    formats = [m[0] for m in re.finditer(rb"<numFmt\b[^>]*>", xml) if re.search(rb"numFmtId=[\"']\d+[\"']", m[0])]
    formats = [re.sub(rb"\s*/?>$", b"/>", f) for f in formats if b"formatCode" in f]
    cells = re.search(rb"<cellXfs\b[^>]*>(.*?)</cellXfs>", xml, re.DOTALL)
    numbers = [
        (re.search(rb"numFmtId=[\"'](\d+)[\"']", look) or [b"", b"0"])[1]
        for look in re.findall(rb"<xf\b[^>]*>", cells[1] if cells else b"")
    ]
    looks = [b'<xf numFmtId="%s" fontId="0" fillId="0" borderId="0" xfId="0"/>' % n for n in numbers or [b"0"]]
    plain = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<numFmts>%s</numFmts><fonts><font><sz val="11"/></font></fonts>'
        b'<fills><fill><patternFill patternType="none"/></fill>'
        b'<fill><patternFill patternType="gray125"/></fill></fills>'
        b"<borders><border/></borders>"
        b'<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        b"<cellXfs>%s</cellXfs></styleSheet>"
    )
    rules = _sheets_without("conditionalFormatting")(parts)  # they refer to looks that are gone
    return rules | {_STYLES: plain % (b"".join(formats), b"".join(looks))}


def _mend_cells(parts: Parts) -> Parts:
    """Cells without a style that there is not; a day that no calendar has is a text."""
    cells = re.search(rb"<cellXfs\b[^>]*>(.*?)</cellXfs>", parts.get(_STYLES, b""), re.DOTALL)
    count = len(re.findall(rb"<xf\b", cells[1])) if cells else 1

    def style(match: re.Match[bytes]) -> bytes:
        return match[0] if int(match[2]) < count else match[1]

    def day(match: re.Match[bytes]) -> bytes:
        try:
            datetime.fromisoformat(match[3].decode("ascii"))
        except ValueError:
            return match[1] + b' t="str"' + match[2] + match[3] + b"<"
        return match[0]

    return {name: _DAY_CELL.sub(day, _STYLE.sub(style, xml)) if _is_sheet(name) else xml for name, xml in parts.items()}


# What to leave out, as the clerk calls it; in brackets what nobody misses. The less is missed, the earlier.
_MENDS: Mapping[str, Callable[[Parts], Parts]] = {
    "(文件属性)": _no_properties,
    "外部链接": _book_without("externalReferences"),
    "定义的名称和打印区域": _book_without("definedNames"),
    "(工作簿视图)": _book_without(
        "bookViews", "calcPr", "workbookProtection", "fileVersion", "fileSharing", "customWorkbookViews", "extLst"
    ),
    "数据透视表": _all(_book_without("pivotCaches"), _unrelated("pivotTable")),
    "批注": _unrelated("comments"),
    "超链接": _sheets_without("hyperlinks"),
    "套用的表格格式": _sheets_without("tableParts"),
    "图片和图形": _all(
        _sheets_without("drawing", "legacyDrawing", "legacyDrawingHF", "picture"), _unrelated("drawing", "vmlDrawing")
    ),
    "嵌入的文件和控件": _sheets_without("oleObjects", "controls", "extLst"),
    "页面设置": _sheets_without(
        "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customSheetViews"
    ),
    "窗口和筛选的设置": _sheets_without(
        "sheetPr", "sheetViews", "sheetFormatPr", "sheetCalcPr", "autoFilter", "sortState", "sheetProtection",
        "protectedRanges", "scenarios", "phoneticPr", "ignoredErrors", "smartTags", "webPublishItems",
        "dataConsolidate",
    ),
    "下拉列表和条件格式": _sheets_without("dataValidations", "conditionalFormatting", "extLst"),
    "列宽": _sheets_without("cols", "dimension"),
    "字体、颜色等格式": _plain_looks,
}  # fmt: skip
