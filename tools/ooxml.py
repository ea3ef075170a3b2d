"""The building blocks of a Word file by GB/T 9704-2012: from the facts in `tongbao.word.gb9704` to XML.

A block is a text of XML; a template is a series of blocks, packed by `package`. There is no theme and no library's
default template: fonts and lengths come from the facts, and from a few numbers here that the standard leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tongbao.word.gb9704 import (
    BASE,
    FONT_ALIASES,
    FONTS,
    LANDSCAPE,
    PAGE_NUMBER_FONT,
    PITCH,
    PORTRAIT,
    PRINT_ROW_LINES,
    STYLE,
    STYLES,
    Page,
    Style,
)
from tongbao.word.template import pack

OFFICE = "application/vnd.openxmlformats-officedocument"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATION}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Without the hint, quotation marks and dashes are set in the narrow Latin font.
HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'

# ---------------------------------------------------------------------------------------------- text


def run(text: str) -> str:
    """Text in the font of its paragraph. Tabs and line breaks become those of Word."""
    texts = escape(text, quote=False).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f"<w:r>{HINT}<w:t>{texts}</w:t></w:r>".replace("<w:t>", '<w:t xml:space="preserve">')


def paragraph(style: str, text: str = "", *, keep: bool = False, extra: str = "") -> str:
    """A paragraph of a named style. `keep`: on one page with the next; `extra`: XML for its properties."""
    own = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{STYLE[style].id}"/>{own}{extra}</w:pPr>{run(text) if text else ""}</w:p>'


def statement(code: str) -> str:
    """A paragraph that is only a tag: `statement("if 附件")` is `{%p if 附件 %}`."""
    return paragraph("空行", f"{{%p {code} %}}")


def when(condition: str, *blocks: str) -> str:
    """Blocks that are printed if the condition holds."""
    return statement(f"if {condition}") + "".join(blocks) + statement("endif")


def each(loop: str, *blocks: str) -> str:
    """Blocks that are printed for each member of a list: `each("段 in 用语.结束语", …)`."""
    return statement(f"for {loop}") + "".join(blocks) + statement("endfor")


def section(page: Page, *, last: bool = False) -> str:
    """A section break; for the last section its properties alone. Each section names both footers, odd and even.

    There are no headers, so 851 (15 mm, Word's own distance) has no effect.
    """
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    properties = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}"'
        f' w:header="851" w:footer="{page.footer}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{PITCH}"/></w:sectPr>'
    )
    return properties if last else paragraph("末行", extra=properties)


# ---------------------------------------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: header, text of its cells (a tag), share of the width in relation to the others.

    `merge` names the field whose vertically merged cells are kept.
    """

    header: str
    text: str
    share: int
    merge: str = ""
    style: str = "表格文字"


def cell(width: int, content: str, span: int = 1) -> str:
    """A cell, centred vertically; width in twips."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def row(*cells: str, header: bool = False) -> str:
    """A row that is not split over two pages; a header row is repeated on each page."""
    repeat = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def row_statement(code: str, total: int, columns: int) -> str:
    """A row that is only a tag: `{%tr for 行 in 附件.行 %}`."""
    return row(cell(total, paragraph("表格文字", f"{{%tr {code} %}}"), columns))


def grid(widths: Sequence[int], properties: str, *rows: str) -> str:
    """A table of fixed column widths, in twips.

    Word, WPS and LibreOffice obey different ones of the three records of width, so all three agree. Cells have a margin
    of 0.5 mm above and below and 1 mm at the sides (28 and 57 twips; set by feel).
    """
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr>{properties}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def borders(**lines: int) -> str:
    """Table borders by side, in eighths of a point."""
    order = [s for s in ("top", "left", "bottom", "right", "insideH", "insideV") if s in lines]
    return (
        "<w:tblBorders>"
        + "".join(f'<w:{s} w:val="single" w:sz="{lines[s]}" w:space="0" w:color="000000"/>' for s in order)
        + "</w:tblBorders>"
    )


def data_table(columns: Sequence[Column], rows: str, section_text: str = "", page: Page = LANDSCAPE) -> str:
    """A table as wide as the page's text: a header row on each page, then a row for each of `rows` (`行 in 附件.行`).

    A row in which the tag `section_text` prints something is printed over the full width, as a heading. The outer lines
    are 1 pt, the inner ones 0.5 pt (8 and 4 eighths of a point; the standard has no rule for them).
    """
    total, shares = page.text_width, sum(c.share for c in columns)
    widths = [total * c.share // shares for c in columns]
    widths[-1] += total - sum(widths)
    head = row(*(cell(w, paragraph("表头文字", c.header)) for w, c in zip(widths, columns, strict=True)), header=True)
    item = row(*(_value(w, c) for w, c in zip(widths, columns, strict=True)))
    n = len(columns)
    if section_text:
        heading = row(cell(total, paragraph("表格分节", f"{{{{ {section_text} }}}}", keep=True), n))
        item = (
            row_statement(f"if {section_text}", total, n)
            + heading
            + row_statement("else", total, n)
            + item
            + row_statement("endif", total, n)
        )
    sides = borders(top=8, left=8, bottom=8, right=8, insideH=4, insideV=4)
    properties = f'<w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>{sides}'
    return grid(
        widths, properties, head, row_statement(f"for {rows}", total, n), item, row_statement("endfor", total, n)
    )


def _value(width: int, column: Column) -> str:
    merge = f"{{% 纵并 {column.merge} %}}" if column.merge else ""
    return cell(width, paragraph(column.style, f"{merge}{{{{ {column.text} }}}}"))


def bottom_table(*rows: str) -> str:
    """The 版记 at the bottom edge of the 版心, its lines as wide as that (GB/T 9704-2012, 7.4.1)."""
    total = PORTRAIT.text_width
    properties = (
        '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{total}" w:type="dxa"/>{borders(**PRINT_ROW_LINES)}'
    )
    return grid([total], properties, *rows).replace('w:w="57"', 'w:w="0"')


# ---------------------------------------------------------------------------------------------- parts


def style_sheet() -> str:
    """The part of styles: all paragraph styles, and the fonts and language of the paper in general."""
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = (
        f'<w:rPrDefault><w:rPr>{_fonts("仿宋")}<w:sz w:val="32"/><w:szCs w:val="32"/>{language}</w:rPr></w:rPrDefault>'
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    return (
        f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults>{defaults}<w:pPrDefault/></w:docDefaults>"
        f"{''.join(map(_style, STYLES))}{table}</w:styles>"
    )


def _fonts(role: str) -> str:
    latin = PAGE_NUMBER_FONT if role == "页码" else FONTS["西文"]
    chinese = PAGE_NUMBER_FONT if role == "页码" else FONTS[role]
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{chinese}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def _style(style: Style) -> str:
    kind = 'w:default="1"' if style is BASE else 'w:customStyle="1"'
    based = "" if style is BASE else f'<w:basedOn w:val="{BASE.id}"/>'
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(style)}</w:pPr>"
        f'<w:rPr>{_fonts(style.font)}<w:b w:val="0"/><w:color w:val="{style.color}"/>'
        f'<w:spacing w:val="{style.squeeze}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )


def _paragraph_properties(style: Style) -> str:
    """The properties in the order that the schema requires."""
    parts = ["<w:keepNext/>"] * style.keep + ['<w:widowControl w:val="0"/>']
    if style.line_above:
        size, color = style.line_above
        parts.append(f'<w:pBdr><w:top w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/></w:pBdr>')
    if style.tab:
        parts.append(f'<w:tabs><w:tab w:val="right" w:pos="{style.tab}"/></w:tabs>')
    parts.append('<w:overflowPunct w:val="0"/>')  # nothing hangs into the margin
    parts += ['<w:snapToGrid w:val="0"/>'] * (not style.grid)
    line = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    parts.append(f'<w:spacing w:before="{style.before}" w:after="0" {line}/>')
    parts += [_indent(style), f'<w:jc w:val="{style.align}"/>']
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _indent(style: Style) -> str:
    """The indents, in characters for Word and WPS and in twips for other programs."""
    one = style.size * 10 + style.squeeze
    amounts = {"left": style.left, "right": style.right, "hanging": style.hanging, "firstLine": style.first}
    given = {side: value for side, value in amounts.items() if value or side in ("left", "right")}
    written = [f'w:{side}Chars="{value}" w:{side}="{value * one // 100}"' for side, value in given.items()]
    return f"<w:ind {' '.join(written)}/>"


def font_table() -> str:
    """The part of fonts: those in use, with the names that they have on other machines."""
    names = [*FONTS.values(), PAGE_NUMBER_FONT]
    entries = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{FONT_ALIASES[name]}"/><w:charset w:val="86"/>' if name in FONT_ALIASES else "")
        + "</w:font>"
        for name in names
    )
    return f"{HEAD}<w:fonts {NAMESPACES}>{entries}</w:fonts>"


def settings() -> str:
    """The part of settings: odd and even pages differ; mode 15 keeps Word from opening it in compatibility mode."""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat><w:balanceSingleByteDoubleByteWidth/>{mode}</w:compat>"
        "</w:settings>"
    )


def footer(style: str) -> str:
    """A footer: dash, page number, dash (GB/T 9704-2012, 7.5). The number is a field, computed at layout."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    dash = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'
    line = dash.format(HINT, "— ") + field + dash.format(HINT, " —")
    body = f'<w:p><w:pPr><w:pStyle w:val="{STYLE[style].id}"/></w:pPr>{line}</w:p>'
    return f"{HEAD}<w:ftr {NAMESPACES}>{body}</w:ftr>"


def package(*blocks: str) -> bytes:
    """The bytes of the Word file of these blocks; its last section is upright. Equal blocks give equal bytes."""
    document = (
        f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(blocks)}{section(PORTRAIT, last=True)}</w:body></w:document>"
    )
    parts = {
        "word/document.xml": ("document.main", "officeDocument", document),
        "word/styles.xml": ("styles", "styles", style_sheet()),
        "word/settings.xml": ("settings", "settings", settings()),
        "word/fontTable.xml": ("fontTable", "fontTable", font_table()),
        "word/footer1.xml": ("footer", "footer", footer("单页码")),
        "word/footer2.xml": ("footer", "footer", footer("双页码")),
    }
    ids = {"word/footer1.xml": "rIdOdd", "word/footer2.xml": "rIdEven"}
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{OFFICE}.wordprocessingml.{type_}+xml"/>'
        for name, (type_, _, _) in parts.items()
    )
    related = "".join(
        f'<Relationship Id="{ids.get(name, f"rId{n}")}" Type="{RELATION}/{relation}" '
        f'Target="{name.removeprefix("word/")}"/>'
        for n, (name, (_, relation, _)) in enumerate(parts.items())
        if relation != "officeDocument"
    )
    files = {name: text for name, (_, _, text) in parts.items()} | {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}'
        "</Relationships>",
    }
    return pack({name: text.encode("utf-8") for name, text in files.items()})
