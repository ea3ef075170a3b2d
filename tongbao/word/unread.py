"""What stands in a paper and is not read, or is seen otherwise than it is read: pictures, charts, empty fields.

Nothing of this kind is left out in silence: whoever reads a paper here is told where it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tongbao.word.chunks import V
from tongbao.word.lettering import is_shade
from tongbao.word.ornaments import is_ornament, is_watermark
from tongbao.word.package import W14, Element, M, W
from tongbao.word.sight import Sight
from tongbao.word.story import Spot, is_gone, own, pieces
from tongbao.words.signs import UNKNOWN
from tongbao.words.text import shortened

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart",
)
_KINDS = {
    _A + "blip": "图片", V + "imagedata": "图片", **dict.fromkeys(_CHARTS, "图表"), _DIAGRAM: "SmartArt 图示",
    _A + "t": "图形里的字", V + "textpath": "艺术字", W14 + "contentPart": "墨迹", W + "contentPart": "墨迹",
    W + "object": "嵌入对象", W + "control": "控件", W + "subDoc": "子文档", W + "movie": "影片",
    **{W + part + form: "自动日期" for part in ("day", "month", "year") for form in ("Short", "Long")},
}  # fmt: skip
STRUCK, BACKWARDS = "划掉的字", "从右往左排的字"
_OTHERS = (W + "fldChar", W + "fldSimple", W + "sdt")
_DRAWN = {W + "drawing", W + "pict", W + "object"}
# EMU up to which a picture is a line or a dot: no letter lower than 2.5 mm can be read on paper (one of 小五 has 3 mm).
_LOW = 90_000
# A character that only its font could explain; office systems write blanks as U+E5E5.
_UNKNOWN = re.compile(f"[{UNKNOWN}\ue000-\ue5e4\ue5e6-\uf8ff]+")


@dataclass(frozen=True, slots=True)
class Unread:
    """One such thing. `lost`: nothing of it was read; else it was read, but may be seen otherwise on paper.

    `paragraph` counts from 0. `detail` is what else is known of it, `mark` another one for another content.
    """

    kind: str
    lost: bool
    paragraph: int
    place: str
    near: str = ""
    detail: str = ""
    mark: str = ""

    @property
    def says(self) -> str:
        """What it is and where, for the clerk: 第3段“其中：”附近有图片."""
        near = f"“{self.near}”附近" if self.near else ""
        detail = f"（{self.detail}）" if self.detail else ""
        return f"{self.place}{near}有{self.kind}{detail}"


Found = tuple[str, bool, str, str]  # kind, lost, detail, mark


def found_in(spot: Spot, sight: Sight, text: str) -> Iterator[Found]:
    """All that is not read, or not as it is seen, in one paragraph whose visible text is given."""
    told: set[tuple[str, Element]] = set()
    for line in spot.elements:
        for found, thing in _of_line(line, sight, told):
            if thing is None or not _is_nothing(found, thing, line, spot, text):
                yield found
    for unknown in dict.fromkeys(_UNKNOWN.findall(text)):
        yield "认不出的符号", True, "", unknown
    for line in spot.elements:
        yield from _backwards(line, sight)
    if sight.doubtful:
        for line in spot.elements:
            yield from _faint(line, sight)
            yield from _struck(line, sight)


def _is_nothing(found: Found, thing: Element, line: Element, spot: Spot, text: str) -> bool:
    kind, _, detail, _ = found
    if kind == "图片":
        return is_ornament(thing, line, spot.where if not spot.table else "", text)
    return kind == "艺术字" and is_watermark(detail, spot.where)


def _of_line(line: Element, sight: Sight, told: set[tuple[str, Element]]) -> Iterator[tuple[Found, Element | None]]:
    """Each with the drawing that holds it, where it is drawn."""
    if line.tag == W + "altChunk":
        yield (sight.chunk(line).what, True, "", ""), None
    for element in [line, *line.iterdescendants(*_KINDS, *_OTHERS)]:
        if element is not line and (
            not own(element, line) or is_gone(element, line) or _is_hidden(element, line, sight)
        ):
            continue
        if element in sight.told:
            kind, lost, detail = sight.told[element]
            yield (kind, lost, shortened(detail.strip(), 30), detail), None
        if element in sight.fields:
            yield from ((found, None) for found in _of_field(element, sight))
        elif kind := _KINDS.get(element.tag, ""):
            thing = next((a for a in (element, *element.iterancestors()) if a.tag in _DRAWN), element)
            yield from ((found, thing) for found in _drawn(element, thing, kind, sight, told))


def _of_field(element: Element, sight: Sight) -> Iterator[Found]:
    field = sight.fields[element]
    code = shortened(" ".join(field.code.split()), 24)
    if field.unread:
        yield "没有结果的域", True, code, code
    elif field.doubt:
        yield field.doubt, False, code, code


def _drawn(
    element: Element, thing: Element, kind: str, sight: Sight, told: set[tuple[str, Element]]
) -> Iterator[Found]:
    """One drawing or object is told once for each kind of what it holds; one as low as a line is none."""
    if (kind, thing) in told or (kind == "图片" and (thing.tag == W + "object" or _is_line(thing))):
        return
    told.add((kind, thing))
    detail = ""
    if kind == "艺术字":
        detail = shortened(element.get("string", "").strip(), 20)
    elif kind == "图形里的字":
        detail = shortened("".join(e.text or "" for e in thing.iter(_A + "t")), 20)
    if kind in {"艺术字", "图形里的字"} and not detail:
        return
    digest = hashlib.sha256(etree.tostring(thing, method="c14n", with_tail=False)).hexdigest()
    yield kind, True, detail, sight.behind(thing) or digest


def _is_line(drawing: Element) -> bool:
    extent = next(drawing.iter(_WP + "extent"), None)
    return extent is not None and 0 < int(extent.get("cy", "0")) < _LOW


def _is_hidden(element: Element, line: Element, sight: Sight) -> bool:
    run = next((a for a in element.iterancestors() if a is line or a.tag == W + "r"), line)
    return run is not line and sight.run(run, line).hidden


def _faint(line: Element, sight: Sight) -> Iterator[Found]:
    """Letters in white on white, or too small to be seen: they were read, but nobody sees them."""
    words: dict[str, str] = {}
    for run in line.iter(W + "r"):
        kind = sight.run(run, line).faint if own(run, line) and not is_gone(run, line) else ""
        if kind and not sight.run(run, line).hidden and not (kind == "白色的字" and _on_ground(run)):
            words[kind] = words.get(kind, "") + "".join(t for e, t in pieces(line, sight) if e.getparent() is run)
    for kind, text in words.items():
        if text.strip():
            yield kind, False, shortened(text.strip(), 20), text


def _struck(line: Element, sight: Sight) -> Iterator[Found]:
    """Letters with a line through them: they count no more, but they stand on paper."""
    runs = [r for r in line.iter(W + "r", M + "r") if own(r, line) and not is_gone(r, line)]
    seen = (sight.run(r, line) for r in runs)
    struck = [r for r, look in zip(runs, seen, strict=True) if look.struck and not look.hidden]
    text = "".join(e.text or "" for r in struck for e in r.iterchildren(W + "t", M + "t"))
    if text.strip():
        yield STRUCK, False, shortened(text.strip(), 20), text


def _backwards(line: Element, sight: Sight) -> Iterator[Found]:
    """Letters that are set from the right to the left: 92 stands as 29 on paper."""
    for turned in line.iter(W + "bdo"):
        if turned.get(W + "val") == "rtl" and own(turned, line) and not is_gone(turned, line):
            text = "".join(t for e, t in pieces(line, sight) if turned in e.iterancestors()).strip()
            if len(text) > 1:
                yield BACKWARDS, False, shortened(text, 20), text


def _on_ground(run: Element) -> bool:
    """Whether something darker lies behind a run: its paragraph, cell or table is shaded, or it stands in a shape."""
    for above in run.iterancestors():
        if above.tag == W + "txbxContent":
            return True
        for name in ("pPr", "tcPr", "tblPr"):
            properties = above.find(W + name)
            if properties is None:
                continue
            # What a style of tables shades is not worked out: a white heading in such a table is taken as seen.
            shade = properties.find(W + "shd")
            if (shade is not None and is_shade(shade)) or properties.find(W + "tblStyle") is not None:
                return True
    return False


# ---------------------------------------------------------------------------------------------- texts left behind

# Where text is that a reader does not see, or sees elsewhere: of its own accord no text is left behind but in these.
_SET_ASIDE = {W + t for t in ("del", "moveFrom", "rt", "rPr", "pPr", "sdtPr", "rubyPr")}


def left_behind(root: Element, met: set[Element], sight: Sight) -> list[Element]:
    """The texts of a part that the way through it has not met, though nothing says that they are not seen.

    `met` are the texts that were read and the paragraphs that were looked at: what is not shown of these was told.
    """
    return [
        e
        for e in root.iter(W + "t", W + "sym", M + "t")
        if e not in met and not _is_covered(e, met, sight) and not _set_aside(e, sight)
    ]


def _is_covered(text: Element, met: set[Element], sight: Sight) -> bool:
    """Whether a text is only code, or a prompt in a paragraph that was looked at."""
    return text in sight.covered and (text not in sight.prompts or next(text.iterancestors(W + "p"), None) in met)


def _set_aside(element: Element, sight: Sight) -> bool:
    if not (element.tag == W + "sym" or (element.text or "").strip()) or is_gone(element):
        return True
    line = next(element.iterancestors(W + "p"), None)
    for above in element.iterancestors():
        if above.tag in _SET_ASIDE or (above.tag == W + "r" and line is not None and not sight.run(above, line).counts):
            return True
        if above.find(f"{W}trPr/{W}del") is not None or above.find(f"{W}tcPr/{W}cellDel") is not None:
            return True
    return False
