"""The layout of a .docx against GB/T 9704-2012: every deviation with its clause and how binding it is.

What the standard demands outright can fail a paper. What it says with 一般, and what is only the habit of offices, is
told and never fails one. The measures are those of `gb9704`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tongbao.proof.layout_sheet import Line, Sheet, read_sheet
from tongbao.word import gb9704
from tongbao.word.document import Paper, Section
from tongbao.word.looks import Look

MM = 56.693  # twips


class Strength(StrEnum):
    """How binding a rule is: demanded, usual (一般), or a habit that no clause names."""

    MUST = "must"
    USUAL = "usual"
    HABIT = "habit"

    @property
    def label(self) -> str:
        """The word that the clerk reads."""
        return {"must": "必须", "usual": "一般", "habit": "惯例"}[self.value]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One rule that the paper does not keep: its clause, where, what was found, what to do."""

    code: str
    clause: str
    strength: Strength
    place: str
    says: str
    fix: str


def check_layout(data: bytes, paper: Paper) -> tuple[Deviation, ...]:
    """All deviations of a .docx that has been read, one for each rule and kind of place."""
    sheet = read_sheet(data, paper)
    return tuple(d for test in RULES for d in test(sheet))


def _off(code: str, clause: str, strength: Strength, place: str, says: str, fix: str) -> Deviation:
    return Deviation(code, clause, strength, place, says, fix)


# ---------------------------------------------------------------------------------------------- page


def _page(sheet: Sheet) -> Iterator[Deviation]:
    """5.1, 5.2.1: A4; top 37, inner 28 mm; the type area 156 x 225 mm, turned for wide tables."""
    for n, section in enumerate(sheet.paper.sections, 1):
        width, height = _twips(section.page, "w"), _twips(section.page, "h")
        place = f"第{n}节页面设置" if len(sheet.paper.sections) > 1 else "页面设置"
        if width and sorted((width, height)) != sorted((gb9704.PORTRAIT.width, gb9704.PORTRAIT.height)):
            says = f"纸张是 {width / MM:.0f}×{height / MM:.0f} 毫米"
            yield _off("paper-size", "5.1", Strength.MUST, place, says, "请改为 A4（210×297 毫米）。")
        elif width:
            yield from _margins(section, place, gb9704.LANDSCAPE if width > height else gb9704.PORTRAIT)


def _margins(section: Section, place: str, page: gb9704.Page) -> Iterator[Deviation]:
    """天头 and 订口 within 1 mm (5.2.1), then the size of the type area."""
    # One twip more than the millimetre, for Word rounds what was typed in centimetres.
    top, left = _twips(section.margins, "top"), _twips(section.margins, "left")
    if abs(top - page.top) > MM + 1 or abs(left - page.left) > MM + 1:
        says = f"上边距 {top / MM:.0f} 毫米、左边距 {left / MM:.0f} 毫米"
        fix = f"请改为上 {page.top / MM:.0f}、左 {page.left / MM:.0f} 毫米（各可差 1 毫米）。"
        yield _off("margins", "5.2.1", Strength.MUST, place, says, fix)
    wide = _twips(section.page, "w") - left - _twips(section.margins, "right")
    high = _twips(section.page, "h") - top - _twips(section.margins, "bottom")
    if abs(wide - page.text_width) > MM + 1 or abs(high - page.text_height) > MM + 1:
        says = f"版心是 {wide / MM:.0f}×{high / MM:.0f} 毫米"
        fix = f"请改为 {page.text_width / MM:.0f}×{page.text_height / MM:.0f} 毫米。"
        yield _off("type-area", "5.2.1", Strength.MUST, place, says, fix)


def _twips(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return round(float(text)) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else 0


def _rows(sheet: Sheet) -> Iterator[Deviation]:
    """5.2.3: usually 22 rows of 28 characters."""
    first = sheet.paper.sections[0] if sheet.paper.sections else Section()
    pitch = _twips(first.grid, "linePitch")
    # Either the grid has 22 rows (570 to 579 twips; 580, 固定值 29 磅, gives 21) or the body has exact lines of 540 to
    # 579: 28 磅 (560) gives 22 rows too. The cost: 540 to 554 give 23 rows and pass.
    exact = [x.look.line for x in _body(sheet) if x.look.rule == "exact" and x.look.line]
    if not (570 <= pitch <= gb9704.PITCH or (exact and max(exact) <= gb9704.PITCH and min(exact) >= 540)):
        fix = "请在页面设置的文档网格里设为每页 22 行（行距约 28.95 磅）。"
        yield _off("rows", "5.2.3", Strength.USUAL, "页面设置", "不是每页 22 行", fix)
    # 28 characters need a squeeze of 0.25 pt, or a grid of -849 (what Word writes for 每行28字; -842 was rendered with
    # 28 as well). The cost: -801 gives 27 by calculation, and passes.
    squeezed = any(x.look.squeeze <= gb9704.SQUEEZE for x in _body(sheet)) or _twips(first.grid, "charSpace") < -800
    if _body(sheet) and not squeezed:
        fix = "请把正文字符间距紧缩 0.25 磅，或在文档网格里设为每行 28 字。"
        yield _off("characters", "5.2.3", Strength.USUAL, "正文", "每行排不下 28 字", fix)


def _page_numbers(sheet: Sheet) -> Iterator[Deviation]:
    """7.5: page numbers, right on odd and left on even pages, running on over the annexes."""
    if not sheet.footer_fields:
        yield _off("page-number", "7.5", Strength.MUST, "页脚", "没有页码", "请插入页码。")
    elif not sheet.odd_and_even:
        fix = "请在页脚设置中勾选“奇偶页不同”，单页居右、双页居左。"
        yield _off("odd-even", "7.5", Strength.MUST, "页脚", "没有区分单页码和双页码", fix)
    if any(s.restarts for s in sheet.paper.sections[1:]):
        fix = "请改为续前节。"
        yield _off("page-restart", "7.5", Strength.MUST, "页脚", "附件的页码重新编号", fix)


# ---------------------------------------------------------------------------------------------- head and title

# A document number with whatever brackets and years are typed: 云政办〔2022〕6号, 云政办[2022]06号.
_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,10}[〔\[（(【](?P<year>\d{2,4})[〕\]）)】](?P<order>第?)(?P<number>0*\d+)号$")


def _document_number(sheet: Sheet) -> Iterator[Deviation]:
    """7.2.5: full year in 六角括号, no 第, no leading zero."""
    # Among the first eight lines it is the paper's own; further down another paper's number is quoted.
    for line in sheet.lines[:8]:
        match = _NUMBER.match(line.text)
        if match is None:
            continue
        right = "〔" in line.typed and "〕" in line.typed and len(match["year"]) == 4
        if not right or match["order"] or match["number"].startswith("0"):
            fix = "请写成如“云政办〔2022〕6号”：六角括号、四位年份，不加“第”，不编虚位。"
            yield _off("document-number", "7.2.5", Strength.MUST, line.place, f"发文字号“{line.typed.strip()}”", fix)


def _title_look(sheet: Sheet) -> Iterator[Deviation]:
    """7.3.1: the title centred, usually 2号小标宋, no full stop after it."""
    if sheet.title is None:
        return
    line = sheet.lines[sheet.title]
    if line.look.align != "center":
        yield _off("title-centre", "7.3.1", Strength.MUST, line.place, "标题没有居中", "请把标题居中。")
    if line.look.size != gb9704.STYLE["公文标题"].size:
        says = f"标题是 {line.look.size / 2:g} 磅"
        yield _off("title-size", "7.3.1", Strength.USUAL, line.place, says, "请改为 2 号（22 磅）。")
    if line.look.font and not _same_font(line.look.font, "标题"):
        fix = f"请改为{gb9704.FONTS['标题']}。"
        yield _off("title-font", "7.3.1", Strength.USUAL, line.place, f"标题是{line.look.font}", fix)


def _same_font(font: str, role: str) -> bool:
    """Is it the role's font under one of its names? (小标宋 and 楷体 come in several makes)"""
    names = [gb9704.FONTS[role], *gb9704.FONT_ALIASES.get(gb9704.FONTS[role], "").split(",")]
    return font in names[: 2 if role == "标题" else None] or (role == "标题" and "小标宋" in font)


# ---------------------------------------------------------------------------------------------- body

_LEVELS = (
    (re.compile(r"^[一二三四五六七八九十]{1,3}、"), "黑体"),
    (re.compile(r"^（[一二三四五六七八九十]{1,3}）"), "楷体"),
    (re.compile(r"^\d{1,2}[.．](?!\d)"), "仿宋"),
    (re.compile(r"^（\d{1,2}）"), "仿宋"),
)
_ANNEX = re.compile(r"^附(?:件|表)\d{0,2}[：:]?$")
_ANNEX_NOTE = re.compile(r"^附(?:件|表)?\d{0,2}[：:].+")
_DATED = re.compile(r"^(?:\d{4}|[一二〇零○]{2}[〇零○一二三四五六七八九]{2})年.{1,3}月.{1,3}日$")


def _body(sheet: Sheet) -> list[Line]:
    """The running text: after the title, before the annex note, the signature and the annexes."""
    if sheet.title is None:
        return []
    found = []
    for line in sheet.lines[sheet.title + 1 :]:
        if _ANNEX.match(line.text) or _ANNEX_NOTE.match(line.text) or _DATED.match(line.text):
            break
        # Shorter lines may be headings or addressees; those that are not flush or justified are set apart on purpose.
        if len(line.text) > 20 and line.look.align in {"both", "left", "start"}:
            found.append(line)
    return found


def _body_look(sheet: Sheet) -> Iterator[Deviation]:
    """5.2.2, 7.3.3: usually 3号仿宋, black; every paragraph two characters in."""
    body = [x for x in _body(sheet) if not any(p.match(x.text) for p, _ in _LEVELS)]
    sizes = [x for x in body if x.look.size != gb9704.BASE.size]
    if sizes:
        says = f"有 {len(sizes)} 段正文不是 3 号字（第一处是 {sizes[0].look.size / 2:g} 磅）"
        yield _off("body-size", "5.2.2", Strength.USUAL, sizes[0].place, says, "请改为 3 号（16 磅）。")
    fonts = [x for x in body if x.look.font and not _same_font(x.look.font, "仿宋")]
    if fonts:
        says = f"有 {len(fonts)} 段正文不是仿宋（第一处是{fonts[0].look.font}）"
        yield _off("body-font", "5.2.2", Strength.USUAL, fonts[0].place, says, f"请改为{gb9704.FONTS['仿宋']}。")
    themed = [x for x in body if x.look.theme]
    if themed:
        fix = "请直接指定字体名称。"
        says = f"有 {len(themed)} 段用了主题字体，换一台电脑会变"
        yield _off("theme-font", "", Strength.HABIT, themed[0].place, says, fix)


def _indents(sheet: Sheet) -> Iterator[Deviation]:
    """7.3.3: every paragraph begins two characters in; typed spaces do it for the eye only."""
    recipients = (
        sheet.lines[sheet.title + 1] if sheet.title is not None and sheet.title + 1 < len(sheet.lines) else None
    )
    lines = [x for x in _body(sheet) if not (x is recipients and x.text.endswith("："))]
    flush = [x for x in lines if not _indented(x.look) and not _spaced(x.typed)]
    spaced = [x for x in lines if _spaced(x.typed)]
    if flush:
        says = f"有 {len(flush)} 段段首没有空两字"
        yield _off("indent", "7.3.3", Strength.MUST, flush[0].place, says, "请设首行缩进 2 字符。")
    if spaced:
        says = f"有 {len(spaced)} 段用空格代替首行缩进"
        yield _off("spaces", "", Strength.HABIT, spaced[0].place, says, "请删去空格，设首行缩进 2 字符。")


def _indented(look: Look) -> bool:
    # Two characters: 200 hundredths, or 630 twips with the squeeze and 640 without; a tenth more or less is not seen.
    return 180 <= look.first_chars <= 220 or 560 <= look.first <= 720


def _spaced(text: str) -> bool:
    return text.startswith(("\u3000\u3000", "    ", "\t", "\xa0\xa0"))


def _heading_fonts(sheet: Sheet) -> Iterator[Deviation]:
    """7.3.3: usually 黑体, 楷体, 仿宋, 仿宋 for the four levels; no 、 after a bracket."""
    wrong: dict[str, list[Line]] = {}
    for line in sheet.lines:
        role = next((r for pattern, r in _LEVELS if pattern.match(line.text)), None)
        # A line of more than 40 characters is a heading with its text in one paragraph, and the font that of the text.
        if role and line.look.font and not _same_font(line.look.font, role) and len(line.text) <= 40:
            wrong.setdefault(role, []).append(line)
        if re.match(r"^（[一二三四五六七八九十\d]{1,3}）[、.．]", line.text):
            says = f"“{line.text[:5]}”括号后多了标点"
            yield _off("heading-mark", "7.3.3", Strength.MUST, line.place, says, "请删去括号后的标点。")
    for role, lines in wrong.items():
        says = f"有 {len(lines)} 处标题不是{role}（第一处是{lines[0].look.font}）"
        yield _off("heading-font", "7.3.3", Strength.USUAL, lines[0].place, says, f"请改为{gb9704.FONTS[role]}。")


# ---------------------------------------------------------------------------------------------- annexes, date


def _annex_notes(sheet: Sheet) -> Iterator[Deviation]:
    """7.3.4, 7.3.7: 附件： with no stop after the name; 附件1 in 黑体 on a new page, without a colon."""
    for line in sheet.lines:
        if _ANNEX_NOTE.match(line.text) and not _ANNEX.match(line.text):
            if line.text.endswith(("。", "；", "，")):
                fix = "附件名称后不加标点。"
                yield _off("annex-stop", "7.3.4", Strength.MUST, line.place, "附件说明后面有标点", fix)
            if not line.text.startswith("附件"):
                says = f"附件说明写作“{line.text[:2]}”"
                yield _off("annex-word", "7.3.4", Strength.MUST, line.place, says, "请写作“附件：”。")
        elif _ANNEX.match(line.text):
            if line.text.endswith(("：", ":")):
                says = f"“{line.text}”后面有冒号"
                yield _off("annex-colon", "7.3.7", Strength.MUST, line.place, says, "请删去冒号。")
            if line.look.font and not _same_font(line.look.font, "黑体"):
                says = f"“{line.text}”是{line.look.font}"
                yield _off("annex-font", "7.3.7", Strength.MUST, line.place, says, "请改为 3 号黑体。")


def _dates(sheet: Sheet) -> Iterator[Deviation]:
    """7.3.5.4: the date in Arabic numerals, month and day without a leading zero."""
    for line in sheet.lines:
        if _DATED.match(line.text):
            plain = re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", line.text)
            if plain is None:
                fix = "请写成如“2022年2月7日”：阿拉伯数字，月、日不编虚位。"
                yield _off("date-form", "7.3.5.4", Strength.MUST, line.place, f"成文日期“{line.text}”", fix)


def _full_width(sheet: Sheet) -> Iterator[Deviation]:
    """Habit: figures and % half-width."""
    found = [x for x in sheet.lines if re.search("[０-９％]", x.typed)]
    if found:
        says = f"有 {len(found)} 段用了全角数字或全角百分号"
        yield _off("full-width", "", Strength.HABIT, found[0].place, says, "请改成半角。")


RULES: tuple[Callable[[Sheet], Iterator[Deviation]], ...] = (
    _page,
    _rows,
    _page_numbers,
    _document_number,
    _title_look,
    _body_look,
    _indents,
    _heading_fonts,
    _annex_notes,
    _dates,
    _full_width,
)
