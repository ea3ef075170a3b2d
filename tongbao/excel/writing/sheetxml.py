"""The parts of a plain workbook, written by hand without openpyxl: its list of sheets, its looks, its texts.

Also what every module that writes workbooks needs to know about a cell: how long its text may be, and how many lines
the text takes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from tongbao.words.text import clean

LAST_ROW = 1_048_576  # of a sheet, by the limits of Excel
LONGEST_CELL = 32_767  # characters of a text, by the limits of Excel; what is longer is cut

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# ---------------------------------------------------------------------------------------------- how high a text stands


def extent(text: str) -> float:
    """The width of a text, in digits: a Chinese character (three bytes of UTF-8) is as wide as two.

    Signs of two bytes (`·`, `é`) count one and a half.
    """
    return (len(text) + len(text.encode("utf-8", "replace"))) / 2


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width (in characters, as Excel counts them).

    Reckoned here, for no program fits the height of a row that has one, or of merged cells, to their text.
    """
    if "\n" in text:
        return sum(lines_of(part, width) for part in text.split("\n"))
    return rows_of(extent(text), width)


def rows_of(wide: float, width: float) -> int:
    """How many lines a text of that width (in digits) takes in a column of `width` characters."""
    # 3 % of slack lets ten Chinese characters stand in one line of a column of 20, and sends the eleventh to a second.
    # LibreOffice 7.4 (宋体 10) needs fewer: of 960 texts in columns of 12 to 60 none got a line too few, 642 too many
    # (tried). A row that is too high does no harm, one that is too low hides text.
    return math.ceil(wide / (width * 1.03)) or 1


def row_height(lines: int) -> float:
    """The height of a row in points; Excel allows no more than 409, and shows of a higher text the beginning."""
    # For 宋体 of 10 points: LibreOffice 7.4 needs 12.7 points a line and 1.5 around them (tried); it has some air.
    return min(409.0, 13.5 * lines + 4)


def quoted(sheet: str) -> str:
    """A sheet's name in quotes, as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


_WHOLE_COLUMNS = re.compile(r"(^|[!,])\$?([A-Z]{1,3}):\$?([A-Z]{1,3})(?=,|$)")


def with_rows(area: str) -> str:
    """A print area with its rows: openpyxl would lose one of whole columns (`$A:$H`), and warn on the screen."""
    return _WHOLE_COLUMNS.sub(rf"\1$\2$1:$\3${LAST_ROW}", area)


# ---------------------------------------------------------------------------------------------- texts


class Texts(dict[str, tuple[str, float]]):
    """The shared strings of a workbook: each text is written once, however many cells hold it.

    `texts[text]` adds the text where it is new. It gives the XML that ends the text's cell, and the text's width in
    digits (infinite where it has line breaks).
    """

    def __missing__(self, text: str) -> tuple[str, float]:
        cell = f' t="s"><v>{len(self)}</v></c>'
        self[text] = known = cell, math.inf if "\n" in text else extent(text)
        return known

    def part(self) -> Iterator[str]:
        """The XML of the shared strings, in pieces."""
        yield f'{_XML}<sst xmlns="{MAIN}">'
        for text in self:
            yield f'<si><t xml:space="preserve">{escape(clean(text)[:LONGEST_CELL], quote=False)}</t></si>'
        yield "</sst>"


# ---------------------------------------------------------------------------------------------- looks

_FONT = '<font><name val="宋体"/>{}</font>'
_SMALL = '<sz val="10"/>'
_FONTS = {
    "title": '<b val="1"/><sz val="14"/>',
    "head": '<b val="1"/>' + _SMALL,
    "text": _SMALL,
    "grey": '<color rgb="FF7F7F7F"/>' + _SMALL,
    "link": f'<color rgb="FF0563C1"/>{_SMALL}<u val="single"/>',
}
_FILLS = {"": "", "header": "DDEBF7", "band": "EDEDED", "marked": "FFF9DB"}
_EDGES = "".join(
    f'<{edge} style="thin"><color rgb="FFBFBFBF"/></{edge}>' for edge in ("left", "right", "top", "bottom")
)
# Name of a look: its font, its background, whether it has borders, whether it is centred.
_LOOKS = {
    "plain": ("text", "", False, False),
    "title": ("title", "", False, False),
    "header": ("head", "header", True, True),
    "text": ("text", "", True, False),
    "text centred": ("text", "", True, True),
    "grey": ("grey", "", True, False),
    "link": ("link", "", True, False),
    "band": ("head", "band", True, False),
    "band centred": ("head", "band", True, True),
    "marked": ("text", "marked", True, False),
    "marked centred": ("text", "marked", True, True),
}
# The number of each look in the table of styles; 0 is the look of an untouched cell.
LOOKS: Mapping[str, int] = {name: number for number, name in enumerate(_LOOKS, 1)}


def styles() -> str:
    """The XML of the styles part."""
    fonts = "".join(_FONT.format(font) for font in _FONTS.values())
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
        for colour in _FILLS.values()
        if colour
    )
    return (
        f'{_XML}<styleSheet xmlns="{MAIN}"><fonts count="{len(_FONTS) + 1}">{_FONT.format(_SMALL)}{fonts}</fonts>'
        f'<fills count="{len(_FILLS) + 1}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        f'<borders count="2"><border/><border>{_EDGES}</border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_LOOKS) + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f"{''.join(map(_look, _LOOKS.values()))}</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _look(look: tuple[str, str, bool, bool]) -> str:
    font, background, bordered, centred = look
    filled = list(_FILLS).index(background) + 1 if background else 0
    across = ' horizontal="center"' if centred else ""
    return (
        f'<xf numFmtId="0" fontId="{list(_FONTS).index(font) + 1}" fillId="{filled}" borderId="{int(bordered)}" '
        'xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment{across} vertical="center" wrapText="1"/></xf>'
    )


# ---------------------------------------------------------------------------------------------- the package


def package(sheets: Sequence[str], header_rows: Sequence[int]) -> dict[str, str]:
    """The XML of the workbook's parts by name, without the sheets' own and `xl/sharedStrings.xml`.

    `header_rows` are the numbers of the rows, one a sheet, that are printed on every page.
    """
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{escape(s)}" sheetId="{n}" r:id="rId{n}"/>' for n, s in zip(numbers, sheets, strict=True)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">{escape(quoted(s))}!${row}:${row}</definedName>'
        for n, (s, row) in enumerate(zip(sheets, header_rows, strict=True))
    )
    others = {"styles": "styles", "sharedStrings": "sharedStrings"}
    parts = {f"worksheets/sheet{n}": "worksheet" for n in numbers} | others
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/{p}.xml" ContentType="{_TYPE}.{t}+xml"/>' for p, t in parts.items())
        + "</Types>",
        "_rels/.rels": relations({1: ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets><definedNames>{titles}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": relations(dict(enumerate(((t, f"{p}.xml") for p, t in parts.items()), 1))),
        "xl/styles.xml": styles(),
    }


def relations(targets: Mapping[int, tuple[str, str]], *, external: bool = False) -> str:
    """The XML of a part of relations. `targets` are their types and targets by number; `external` ones lie outside."""
    mode = ' TargetMode="External"' if external else ""
    entries = (
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{type_}" Target="{escape(target)}"{mode}/>'
        for number, (type_, target) in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def columns(widths: Iterable[float]) -> str:
    """The XML of the columns' widths, which are in characters."""
    entries = (f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1))
    return f"<cols>{''.join(entries)}</cols>"
