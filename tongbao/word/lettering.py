"""How the letters of a run are shown, as far as it changes what a reader sees.

They may be hidden, struck out, raised, in capitals, signs, or too faint to be seen.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass, field

from tongbao.word.package import Element, W
from tongbao.words.signs import in_signs, is_signs

_CAPITALS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
# Half-points up to which no letter can be made out on paper (1 or 2 points), and the lowest value of the three colours
# of a white: 240 of 255 is the lightest grey that office printers still print as paper.
_TINY, _WHITE = 4, 0xF0
_OFF = {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Lettering:
    """`signs` is the font where its letters are signs; `faint` says why they can hardly be seen, else it is empty.

    `struck`: a line goes through them, they count no more; `raised`: they stand above the line, as in 10⁴.
    """

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    capitals: bool = False
    signs: str = ""
    faint: str = ""

    @property
    def counts(self) -> bool:
        """Whether the letters are part of the text: neither hidden nor struck out."""
        return not self.hidden and not self.struck

    def shown(self, text: str) -> str:
        """The text as it is seen, character by character."""
        if self.signs:
            return in_signs(text, self.signs)
        return text.translate(_CAPITALS) if self.capitals else text


@dataclass(frozen=True, slots=True)
class _Properties:
    """What a style, or a run itself, says; None where it says nothing. `shaded`: there is a ground behind the text."""

    hidden: bool | None = None
    capitals: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    font: str | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None

    def over(self, base: _Properties) -> _Properties:
        """These properties, and those of the base where these say nothing."""
        pairs = ((getattr(self, name), getattr(base, name)) for name in self.__slots__)
        return _Properties(*(own if own is not None else other for own, other in pairs))


_NOTHING = _Properties()
_HIDING = (W + "vanish", W + "specVanish")


@dataclass(slots=True)
class Letterings:
    """The lettering of the runs of one document; made from its styles part."""

    styles: dict[str, Element] = field(default_factory=dict)
    defaults: _Properties = _NOTHING
    normal: str = ""
    hiding: bool = False
    _resolved: dict[str, _Properties] = field(default_factory=dict)
    _known: dict[tuple[str, str, _Properties], Lettering] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Letterings:
        """Those of a styles part; without one only the runs themselves speak."""
        if root is None:
            return cls()
        styles = {e.get(W + "styleId", ""): e for e in root.iter(W + "style")}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        marked = (
            i for i, e in styles.items() if e.get(W + "type") == "paragraph" and e.get(W + "default") in {"1", "true"}
        )
        hiding = next(root.iter(*_HIDING), None) is not None
        return cls(styles, _read(default), next(marked, ""), hiding)

    @property
    def any_doubtful(self) -> bool:
        """Whether any run asked for is struck out, or can hardly be seen."""
        return any(it.faint or it.struck for it in self._known.values())

    def run(self, run: Element, paragraph: Element) -> Lettering:
        """The lettering of a run of this paragraph."""
        own = run.find(W + "rPr")
        character = _value(own, "rStyle")
        return self._lettering(self._paragraph_style(paragraph), character, _read(own))

    def hides_mark(self, paragraph: Element) -> bool:
        """Whether the mark at the end of a paragraph is hidden: then the next paragraph runs on in its line."""
        own = paragraph.find(f"{W}pPr/{W}rPr")
        if not self.hiding and (own is None or all(own.find(name) is None for name in _HIDING)):
            return False  # as nearly everywhere; the long way costs a third of the reading of a paper
        return self._lettering(self._paragraph_style(paragraph), _value(own, "rStyle"), _read(own)).hidden

    def _paragraph_style(self, paragraph: Element) -> str:
        named = _value(paragraph.find(W + "pPr"), "pStyle")
        return named if named in self.styles else self.normal

    def _lettering(self, paragraph: str, character: str, own: _Properties) -> Lettering:
        key = (paragraph, character, own)
        if key not in self._known:
            self._known[key] = self._made(self._style(paragraph), self._style(character, "character"), own)
        return self._known[key]

    def _made(self, paragraph: _Properties, character: _Properties, own: _Properties) -> Lettering:
        """Hidden and capitals are toggled by each kind of style (ECMA-376 part 1, 17.7.3); all else is overruled."""
        top = own.over(character).over(paragraph).over(self.defaults)
        hidden = own.hidden if own.hidden is not None else bool(paragraph.hidden) ^ bool(character.hidden)
        capitals = own.capitals if own.capitals is not None else bool(paragraph.capitals) ^ bool(character.capitals)
        if own.hidden is None:
            hidden = hidden or bool(self.defaults.hidden)
        faint = "极小的字" if top.tiny else "白色的字" if top.white and not top.shaded else ""
        signs = top.font if top.font and is_signs(top.font) else ""
        return Lettering(bool(hidden), bool(top.struck), bool(top.raised), bool(capitals), signs, faint)

    def _style(self, name: str, kind: str = "paragraph") -> _Properties:
        """What a style says together with those it is based on; a style of the other kind says nothing of a run."""
        if name not in self._resolved:
            found = _NOTHING
            for element in reversed(list(self._chain(name))):
                shade = _shade(element.find(W + "pPr"))
                found = _read(element.find(W + "rPr")).over(_Properties(shaded=shade)).over(found)
            self._resolved[name] = found
        style = self.styles.get(name)
        fits = style is not None and style.get(W + "type", "paragraph") == kind
        return self._resolved[name] if fits else _NOTHING

    def _chain(self, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = _value(self.styles[name], "basedOn")


def _value(parent: Element | None, name: str) -> str:
    mark = parent.find(W + name) if parent is not None else None
    return mark.get(W + "val", "") if mark is not None else ""


def _read(properties: Element | None) -> _Properties:
    """What the properties of a run say of its letters."""
    if properties is None:
        return _NOTHING
    hidden: bool | None = None
    capitals = struck = raised = font = white = tiny = shaded = None
    for element in properties:
        tag = element.tag
        if tag in _HIDING:
            hidden = bool(hidden) or _on(element)
        elif tag in {W + "caps", W + "smallCaps"}:
            capitals = bool(capitals) or _on(element)
        elif tag in {W + "strike", W + "dstrike"}:
            struck = bool(struck) or _on(element)
        elif tag == W + "vertAlign":
            raised = element.get(W + "val") == "superscript"
        elif tag == W + "rFonts":
            font = _font(element)
        elif tag == W + "color":
            white = _is_white(element.get(W + "val", "")) and element.get(W + "themeColor", "background1") in _PAPER
        elif tag == W + "sz":
            tiny = _number(element.get(W + "val")) <= _TINY
        elif tag in {W + "shd", W + "highlight"}:
            shaded = tag == W + "highlight" or is_shade(element)
    return _Properties(hidden, capitals, struck, raised, font, white, tiny, shaded)


_PAPER = {"background1", "light1"}


def _on(element: Element) -> bool:
    return element.get(W + "val", "1") not in _OFF


def _font(element: Element) -> str | None:
    """The font of Latin letters, that of signs where one is named for some of them; a theme's font is never one."""
    named = [None if element.get(f"{W}{a}Theme") else element.get(W + a) for a in ("ascii", "hAnsi")]
    return next((name for name in named if name and is_signs(name)), named[0])


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= _WHITE
    except ValueError:
        return False


def is_shade(element: Element) -> bool:
    """Whether a shading is a ground on which white letters are seen."""
    fill = element.get(W + "fill", "auto")
    return not (fill in {"auto", ""} or _is_white(fill)) or element.get(W + "val") not in {None, "clear", "nil"}


def _shade(properties: Element | None) -> bool | None:
    mark = properties.find(W + "shd") if properties is not None else None
    return is_shade(mark) if mark is not None else None


def _number(text: str | None) -> float:
    try:
        return float((text or "").removesuffix("pt") or 99) * (2 if (text or "").endswith("pt") else 1)
    except ValueError:
        return 99
