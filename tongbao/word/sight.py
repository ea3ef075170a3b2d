"""What a reader sees of a Word file: which text only looks like text, and what stands there that no text holds."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.outside.archive import Archive
from tongbao.word.chunks import Chunk, Room, chunk_of
from tongbao.word.controls import Stores, bound_text, is_prompt, stores_of, texts_of
from tongbao.word.fields import Field, box_of, fields_of
from tongbao.word.lettering import Lettering, Letterings
from tongbao.word.package import MC, Element, M, R, W, main_part, member, parse_part, parts, relations

PROMPT, BOUND = "没有填写的内容控件", "打开后会换成别的字的内容控件"
_BORROWED = "文字已读，版式和自动编号没有读；WPS 等软件可能不显示"


class Sight:
    """One opened document as it is seen.

    `covered` are the texts that are never shown: codes of fields, and `prompts` of controls. `told` is what to tell
    of, by an element of the paragraph that it stands in or begins with: what it is, whether it was not read, and what
    else is known.
    """

    def __init__(self, package: Archive, depth: int = 0, room: Room | None = None) -> None:
        """`depth` counts the documents around this one, which stands inside them and shares their `room`."""
        self._package, self._depth = package, depth
        self.room = room or Room()
        main = main_part(package)
        self.related = {r.kind: r.part for r in relations(package, main)}
        self.styles = parse_part(package, self.related.get("styles", "word/styles.xml"))
        self._letterings = Letterings.of(self.styles)
        self._stores: Stores | None = None
        self._main = main
        self.covered: set[Element] = set()
        self.prompts: set[Element] = set()
        self.fields: dict[Element, Field] = {}
        self.told: dict[Element, tuple[str, bool, str]] = {}
        self._chunks: dict[Element, Chunk] = {}
        self._paths: dict[Element, tuple[Archive, str]] = {}
        self._foreign: dict[Element, Letterings] = {}

    def parts(self) -> Iterator[tuple[str, Element, str]]:
        """(path, XML, where) of every part with text, as `package.parts` gives them, each looked over."""
        for path, root, where in parts(self._package):
            self._look_over(path, root)
            yield path, root, where

    def _look_over(self, path: str, root: Element) -> None:
        self._paths[root] = self._package, path
        covered, fields = fields_of(root)
        self.covered |= covered
        self.fields |= fields
        for control in root.iter(W + "sdt"):
            self._look_at(control)
        for element in root.iter(W + "altChunk"):
            self._chunks[element] = chunk_of(self._package, path, element, self.room)
            self._chunks[element].depth = self._depth

    def _look_at(self, control: Element) -> None:
        if control.find(f"{W}sdtPr/{W}dataBinding") is not None and self._stores is None:
            self._stores = stores_of(self._package, self._main)
        bound = bound_text(control, self._stores or {})
        texts = texts_of(control)
        if is_prompt(control) and not bound:
            self.covered.update(texts)
            self.prompts.update(texts)
            self.told[_standing(control)] = PROMPT, True, "".join(e.text or "" for e in texts)
        elif bound is not None and _plain(bound) != _plain("".join(e.text or "" for e in texts)):
            self.told[_standing(control)] = BOUND, True, f"打开后是“{bound}”"

    # ------------------------------------------------------------------------------------------ asked on the way

    @property
    def doubtful(self) -> bool:
        """Whether any run so far is struck out, or in letters that can hardly be seen."""
        return any(it.any_doubtful for it in (self._letterings, *self._foreign.values()))

    def run(self, run: Element, paragraph: Element) -> Lettering:
        """How the letters of a run of this paragraph are shown."""
        return self._letterings_of(paragraph).run(run, paragraph)

    def _letterings_of(self, paragraph: Element) -> Letterings:
        if not self._foreign:
            return self._letterings
        return self._foreign.get(paragraph.getroottree().getroot(), self._letterings)

    def is_foreign(self, paragraph: Element) -> bool:
        """Whether a paragraph stands in another file that is shown here; its styles and lists are not ours."""
        return bool(self._foreign) and paragraph.getroottree().getroot() in self._foreign

    def adopt(self, inner: Sight, root: Element) -> None:
        """Takes over what is known of another document, whose body this one shows."""
        self.covered |= inner.covered
        self.prompts |= inner.prompts
        self.fields |= inner.fields
        self.told |= inner.told
        self._chunks |= inner._chunks
        self._paths |= inner._paths
        self._foreign[root] = inner._letterings

    def mark_is_gone(self, paragraph: Element) -> bool:
        """Whether a paragraph runs on into the next: its mark is deleted, moved away, or hidden."""
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            return True
        return paragraph.tag == W + "p" and self._letterings_of(paragraph).hides_mark(paragraph)

    def chunk(self, element: Element) -> Chunk:
        """What an `altChunk` shows."""
        return self._chunks.setdefault(element, Chunk())

    def borrowed(self, body: Element, what: str) -> None:
        """Notes that the text of another file is shown: not every program shows it, and its layout is not looked at."""
        self._foreign.setdefault(body.getroottree().getroot(), Letterings())
        first = next(body.iter(W + "p"), None)
        if first is not None:
            self.told[first] = what, False, _BORROWED

    def instead(self, element: Element) -> str:
        """What a field or a control shows that holds no text itself; empty where it holds one, or nothing is known."""
        if element.tag == W + "sdt":
            return "" if any(True for _ in texts_of(element)) else box_of(element)
        field = self.fields.get(element)
        return field.text if field else ""

    def behind(self, element: Element) -> str:
        """What marks the parts that an element refers to, such as the bytes of a picture: another one, another mark."""
        where = self._paths.get(element.getroottree().getroot())
        wanted = {str(v) for e in element.iter() for k, v in e.attrib.items() if str(k).startswith(R)}
        if where is None or not wanted:
            return ""
        package, path = where
        found = (member(package, r.part) for r in relations(package, path) if r.id in wanted)
        return " ".join(f"{info.CRC:x}:{info.file_size}" for info in found if info)


def _standing(control: Element) -> Element:
    """The element that tells where a control stands: itself inside a line, else the first paragraph that it holds."""
    inside = next(control.iter(W + "p"), None)
    return control if inside is None else inside


def _plain(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------------------------------------- alternatives

# What programs of today understand of the alternatives that a file offers: all that the makers of Word and WPS added.
_UNDERSTOOD = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "http://www.wps.cn/")
_TELLING = (W + "t", W + "sym", M + "t", W + "drawing", W + "pict", W + "object")


def chosen(alternatives: Element) -> Element | None:
    """Of several forms of the same thing the one that is shown: the first that programs of today understand.

    Where that holds nothing to be read, and the last resort does, it is the last resort.
    """
    fallback = alternatives.find(MC + "Fallback")
    first = next((c for c in alternatives.iterchildren(MC + "Choice") if _understood(c)), None)
    if first is None or (fallback is not None and not _tells(first) and _tells(fallback)):
        return fallback
    return first


def _understood(choice: Element) -> bool:
    needed = choice.get("Requires", "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in needed)


def _tells(form: Element) -> bool:
    return next(form.iter(*_TELLING), None) is not None
