"""Fields of Word (合计域、邮件合并域 …): which text is only their code, and what they show where no result is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tongbao.word.package import W14, Element, M, W
from tongbao.words.signs import UNKNOWN, seen

TEXTS = (*(W + t for t in ("t", "sym", "tab", "br", "cr", "noBreakHyphen", "ptab")), M + "t")
_DRAWN = tuple(W + t for t in ("drawing", "pict", "object"))
# Fields that show nothing by nature, or a number of a page: nothing is missed where they have no result.
_SILENT = frozenset(
    re.findall(
        r"\S+",
        "PAGE NUMPAGES SECTIONPAGES SECTION PAGEREF NOTEREF TC XE RD TA SET ASK FILLIN PRINT NEXT NEXTIF "
        "SKIPIF ADVANCE PRIVATE HYPERLINK BIDIOUTLINE FORMTEXT ADDIN",
    )
)
_CHANGING = {"DATE", "TIME"}  # filled in anew whenever the file is opened


@dataclass(slots=True)
class Field:
    """A field: its code, whether it shows a kept result, whether that is to be filled in anew; `start` begins it."""

    start: Element
    code: str = ""
    in_code: bool = True
    result: bool = False
    dirty: bool = False
    pending: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        """MERGEFIELD, QUOTE …; = for a formula."""
        words = self.code.split()
        return "=" if words and words[0].startswith("=") else words[0].upper() if words else ""

    @property
    def text(self) -> str:
        """What is shown by the code alone, where no result is kept; empty where that cannot be told."""
        return "" if self.result else _shown(self.name, self.code, self.start)

    @property
    def doubt(self) -> str:
        """Why what is seen may not be what was read, in the clerk's words; empty where all is well."""
        if self.name in _CHANGING:
            return "每次打开都会变的日期"
        if self.dirty and self.result and self.name not in _SILENT:
            return "打开时会更新的域"
        return ""

    @property
    def unread(self) -> bool:
        """Whether something would be shown here that no part of the file holds."""
        return not (self.result or self.text or self.name in _SILENT) and bool(self.name)


def fields_of(root: Element) -> tuple[set[Element], dict[Element, Field]]:
    """The texts of a part that are only code, and its fields by the element that begins them."""
    covered: set[Element] = set()
    found: dict[Element, Field] = {}
    simple = root.iter(W + "fldSimple")
    for element in simple:
        kept = any(e.tag != W + "t" or e.text for e in element.iter(*TEXTS, *_DRAWN))
        dirty = element.get(W + "dirty", "0") in {"1", "true", "on"}
        found[element] = Field(element, element.get(W + "instr", ""), False, kept, dirty)
    if next(root.iter(W + "fldChar"), None) is not None:
        boxed = next(root.iter(W + "txbxContent"), None) is not None
        for story in _stories(root, boxed):
            _complex(story, covered, found)
    return covered, found


def _stories(root: Element, boxed: bool) -> list[list[Element]]:
    """What fields are made of, in order; that of each text box by itself, for a box may stand within a field."""
    tags = (W + "fldChar", W + "instrText", *TEXTS, *_DRAWN)
    if not boxed:
        return [list(root.iter(*tags))]
    stories: dict[Element | None, list[Element]] = {}
    for element in root.iter(*tags):
        box = next(element.iterancestors(W + "txbxContent"), None)
        stories.setdefault(box, []).append(element)
    return list(stories.values())


def _complex(elements: list[Element], covered: set[Element], found: dict[Element, Field]) -> None:
    """Adds the fields of one story. One that never ends covers nothing: its file is damaged, and text goes before."""
    stack: list[Field] = []
    for element in elements:
        kind = element.get(W + "fldCharType") if element.tag == W + "fldChar" else None
        if kind == "begin":
            stack.append(Field(element, dirty=element.get(W + "dirty", "0") in {"1", "true", "on"}))
        elif kind == "separate" and stack:
            stack[-1].in_code = False
        elif kind == "end" and stack:
            _ended(stack, covered, found)
        elif element.tag == W + "instrText" and stack and stack[-1].in_code:
            stack[-1].code += element.text or ""
        elif kind is None and element.tag != W + "instrText":
            _shown_in(stack, element)


def _shown_in(stack: list[Field], element: Element) -> None:
    """Notes a text: within a code it is pending until the field ends, within a result it is that."""
    coding = next((f for f in stack if f.in_code), None)
    if coding:
        coding.pending.append(element)
    elif element.tag != W + "t" or element.text:
        for outer in stack:
            outer.result = True


def _ended(stack: list[Field], covered: set[Element], found: dict[Element, Field]) -> None:
    done = stack.pop()
    covered.update(done.pending)
    coding = next((f for f in stack if f.in_code), None)
    if coding is None:
        found[done.start] = done
        for outer in stack:
            outer.result = outer.result or done.result or bool(done.text)


# ---------------------------------------------------------------------------------------------- by the code alone

_CIRCLED = re.compile(r"\\o\\ac\((?:[○〇◯]|\w*圈)[,;，](.+?)\)", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\(([^(),;]+)[,;，]([^(),;]+)\)", re.IGNORECASE)
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s+(?:\"([^\"]+)\"|(\S+)))?", re.IGNORECASE)


def _shown(name: str, code: str, start: Element) -> str:
    if name == "SYMBOL":
        found = _SYMBOL.search(code)
        sign = seen(int(found[1], 0), found[2] or found[3] or "") if found else UNKNOWN
        return "" if sign == UNKNOWN else sign
    if name == "EQ":
        return _equation(code)
    if name in {"MACROBUTTON", "GOTOBUTTON"}:
        return "".join(code.split(None, 2)[2:]).strip()
    if name in {"FORMCHECKBOX", "FORMDROPDOWN"}:
        return "".join(_form(start))
    return ""


def _equation(code: str) -> str:
    """带圈字符 and fractions, which hold a text or figure of the paper; others are not told apart."""
    inner = "".join(code.split())[2:]
    if found := _CIRCLED.fullmatch(inner):
        number = int(found[1]) if found[1].isdecimal() else 0
        return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({found[1]})"
    found = _FRACTION.fullmatch(inner)
    return f"{found[1]}/{found[2]}" if found else ""


def _form(start: Element) -> Iterator[str]:
    """What an old form field shows: a box, crossed or empty, or the chosen entry."""
    for box in start.iter(W + "checkBox"):
        mark = next((m for name in ("checked", "default") if (m := box.find(W + name)) is not None), None)
        on = mark is not None and mark.get(W + "val", "1") not in {"0", "false", "off"}
        yield "☒" if on else "□"
    for choice in start.iter(W + "ddList"):
        entries = [e.get(W + "val", "") for e in choice.iter(W + "listEntry")]
        mark = choice.find(W + "result")
        at = int(mark.get(W + "val", "0")) if mark is not None else 0
        yield from entries[at : at + 1]


def box_of(control: Element) -> str:
    """What a check box (内容控件) shows that holds no character itself; empty where the control is none."""
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    if box is None:
        return ""
    mark = box.find(W14 + "checked")
    on = mark is not None and mark.get(W14 + "val", "1") in {"1", "true", "on"}
    state = box.find(W14 + ("checkedState" if on else "uncheckedState"))
    code = state.get(W14 + "val", "") if state is not None else ""
    return seen(int(code, 16), state.get(W14 + "font", "")) if state is not None and code else "☒" if on else "☐"
