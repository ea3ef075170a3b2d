"""Word comments in a copy of a .docx, each at the words that it is about. The original bytes are never changed."""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from tongbao.outside.archive import Archive
from tongbao.outside.openxml import as_strict, relations_part
from tongbao.word.package import (
    MC,
    Element,
    M,
    W,
    contents,
    is_strict,
    member,
    open_package,
    parse_part,
    relations,
)
from tongbao.word.sight import Sight
from tongbao.word.story import Spot, pieces, story

AUTHOR, INITIALS = "核稿", "核"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a span of a paragraph: number of the paragraph, first character, end, as `document.read` counts."""

    paragraph: int
    start: int
    end: int
    text: str


def annotate(data: bytes, notes: Sequence[Note]) -> bytes:
    """A copy with one comment for each note. A note on a header or a footnote stands at the body's first paragraph.

    Raises UnreadableError where the file is no .docx, or a part of it cannot be copied.
    """
    with open_package(data) as package:
        sight = Sight(package)
        main, root, _ = next(sight.parts())
        spots = list(story(root, sight))
        if not notes or not spots:
            return data
        path = next((r.part for r in relations(package, main) if r.kind == "comments"), "")
        comments = parse_part(package, path) if path else None
        fresh = comments is None
        if comments is None:
            comments = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
            path = path or _free_name(package, posixpath.dirname(main))
        for number, note in enumerate(notes, _first_free(root, comments)):
            inside = note.paragraph < len(spots)
            spot = spots[note.paragraph if inside else 0]
            _anchor(spot, sight, (note.start, note.end) if inside else (0, 0), str(number))
            comments.append(_comment(str(number), note.text))
        changed = {main: _bytes(root), path: _bytes(comments)}
        if fresh:
            changed |= _registered(package, main, path)
        if is_strict(package):
            changed = {name: as_strict(part) for name, part in changed.items()}
        return _rewritten(package, changed)


def _free_name(package: Archive, folder: str) -> str:
    names = ["comments.xml", *(f"comments{n}.xml" for n in range(1, 1000))]
    return next(p for p in (posixpath.join(folder, name) for name in names) if member(package, p) is None)


def _first_free(root: Element, comments: Element) -> int:
    """The first number that no comment bears, not even one whose marks alone are left."""
    marks = (W + t for t in ("commentRangeStart", "commentRangeEnd", "commentReference"))
    used = [e.get(W + "id", "") for e in (*comments.iter(W + "comment"), *root.iter(*marks))]
    return 1 + max((int(id) for id in used if id.isdecimal()), default=-1)


# ---------------------------------------------------------------------------------------------- anchoring


def _anchor(spot: Spot, sight: Sight, span: tuple[int, int], number: str) -> None:
    """Puts the marks of a comment around the span; at the head of the paragraph where the span is empty."""
    own = spot.host is None and spot.elements[0].tag == W + "p"
    first = _run_at(spot, sight, *span) if own else None
    last = _run_until(spot, sight, *span) if own else None
    begin, finish = _mark("commentRangeStart", number), _mark("commentRangeEnd", number)
    reference = etree.Element(W + "r")
    etree.SubElement(reference, W + "commentReference").set(W + "id", number)
    if first is None or last is None:
        head = _head(spot)
        at = 1 if len(head) and head[0].tag == W + "pPr" else 0
        for offset, element in enumerate((begin, finish, reference)):
            head.insert(at + offset, element)
        return
    first.addprevious(begin)
    last.addnext(finish)
    finish.addnext(reference)


def _head(spot: Spot) -> Element:
    """The paragraph at whose head a comment stands; a new one where there is none near."""
    head = spot.elements[0] if spot.host is None else spot.host
    if head.tag == W + "p":
        return head
    before = head.getprevious()
    if before is not None and before.tag == W + "p":
        return before
    made = etree.Element(W + "p")
    head.addprevious(made)
    return made


def _mark(name: str, number: str) -> Element:
    mark = etree.Element(W + name)
    mark.set(W + "id", number)
    return mark


def _run_at(spot: Spot, sight: Sight, start: int, end: int) -> Element | None:
    """The run that begins at `start`; one that began before is split there. None where the span is empty."""
    at = 0
    for paragraph in spot.elements:
        for element, text in list(pieces(paragraph, sight)):
            if end > start and at <= start < at + len(text):
                whole = _whole(element, paragraph)
                return _cut_before(element, start - at) if whole is None else whole
            at += len(text)
    return None


def _run_until(spot: Spot, sight: Sight, start: int, end: int) -> Element | None:
    """The run that ends at `end`; one that goes on is split there. None where the span is empty."""
    at = 0
    for paragraph in spot.elements:
        for element, text in list(pieces(paragraph, sight)):
            if end > start and at < end <= at + len(text):
                whole = _whole(element, paragraph)
                return _cut_after(element, end - at) if whole is None else whole
            at += len(text)
    return None


# Inside these no mark of a comment may stand, or Word calls the file damaged; or it would be lost with the content,
# as in a control that is filled in from elsewhere.
_INDIVISIBLE = {M + "oMath", M + "oMathPara", W + "ruby", W + "sdt", MC + "AlternateContent", W + "fldSimple"}


def _whole(element: Element, paragraph: Element) -> Element | None:
    """What must be marked as a whole around a text: a formula, a control, a run that holds several forms."""
    chain = [element, *element.iterancestors()]
    chain = chain[: chain.index(paragraph)]
    outermost = next((e for e in reversed(chain) if e.tag in _INDIVISIBLE), None)
    if outermost is None:
        return None if element.getparent().tag == W + "r" else chain[-1]  # type: ignore[union-attr]
    above = outermost.getparent()
    return above if above is not None and above.tag == W + "r" else outermost


def _cut_before(element: Element, offset: int) -> Element:
    """The run that begins at this character of the element, split off where it must be."""
    run = element.getparent()
    assert run is not None
    content = [c for c in run if c.tag != W + "rPr"]
    if offset == 0 and content[0] is element:
        return run
    return _split(run, element, offset)


def _cut_after(element: Element, offset: int) -> Element:
    """The run that ends after this many characters of the element; the rest of it is split off."""
    run = element.getparent()
    assert run is not None
    whole = offset == len(element.text or "") or element.tag != W + "t"
    if not (whole and run[-1] is element):
        _split(run, element, offset)
    return run


def _split(run: Element, element: Element, offset: int) -> Element:
    """A new run after `run`, of the same look, with everything from this character on."""
    right = etree.Element(W + "r")
    properties = run.find(W + "rPr")
    if properties is not None:
        right.append(copy.deepcopy(properties))
    following = list(element.itersiblings())
    if element.tag == W + "t" and 0 < offset < len(element.text or ""):
        text = element.text or ""
        rest = etree.SubElement(right, W + "t")
        element.text, rest.text = text[:offset], text[offset:]
        for part in (element, rest):
            part.set(_SPACE, "preserve")
    elif offset == 0:
        right.append(element)
    for other in following:
        right.append(other)
    run.addnext(right)
    return right


# ---------------------------------------------------------------------------------------------- parts


def _comment(number: str, text: str) -> Element:
    """The XML of one comment. It has no date, for no clock is read here: equal input gives equal bytes."""
    comment = etree.Element(W + "comment")
    for name, value in (("id", number), ("author", AUTHOR), ("initials", INITIALS)):
        comment.set(W + name, value)
    paragraph = etree.SubElement(comment, W + "p")
    etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "annotationRef")
    written = etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t")
    written.text = text
    written.set(_SPACE, "preserve")
    return comment


def _registered(package: Archive, main: str, path: str) -> dict[str, bytes]:
    """The changed parts by path: the content types and the document's relations, which now name the comments."""
    folder, rels = posixpath.dirname(main), relations_part(main)
    types_root = parse_part(package, "[Content_Types].xml")
    rels_root = parse_part(package, rels)
    if types_root is None:
        types_root = etree.Element(f"{{{_TYPES}}}Types")
    if rels_root is None:
        rels_root = etree.Element(f"{{{_RELATIONS}}}Relationships")
    used = {r.get("Id") for r in rels_root}
    free = next(f"rId{n}" for n in range(1, 10**6) if f"rId{n}" not in used)
    if not any(e.get("PartName") == f"/{path}" for e in types_root):
        etree.SubElement(types_root, f"{{{_TYPES}}}Override", PartName=f"/{path}", ContentType=_TYPE)
    target = posixpath.relpath(path, folder) if folder else path
    etree.SubElement(rels_root, f"{{{_RELATIONS}}}Relationship", Id=free, Type=_COMMENTS, Target=target)
    return {"[Content_Types].xml": _bytes(types_root), rels: _bytes(rels_root)}


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rewritten(package: Archive, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed or added, all others as they were."""
    parts = {(info.filename if (info := member(package, name)) else name): part for name, part in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copied:
        # A name that stands twice means its last part: that is the one which every reader takes.
        for info in {info.filename: info for info in package.infolist()}.values():
            part = parts.pop(info.filename, None)
            part = contents(package, info.filename) if part is None else part
            copied.writestr(info, part or b"")
        for name, part in parts.items():
            copied.writestr(name, part)
    return out.getvalue()
