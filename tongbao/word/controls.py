"""Content controls (内容控件): prompts that nobody filled in, and controls that show another text than is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from tongbao.outside.archive import Archive
from tongbao.word.fields import TEXTS
from tongbao.word.package import W14, Element, W, parse_part, relations

# The stores of a file's own properties, to which covers bind their title and date (Word writes these ids).
_STORES = {
    "core-properties": "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}",
    "extended-properties": "{6668398D-A668-4E3E-A5EB-62B293D839F1}",
}
# Word writes nothing but such paths. Any other is not followed: a path may be made to take for ever.
_PATH = re.compile(r"(?:/@?[\w.-]+(?::[\w.-]+)?(?:\[\d{1,4}\])?){1,40}")
_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=\s*['\"]([^'\"]*)['\"]")

Stores = Mapping[str, Element]


def stores_of(package: Archive, main: str) -> Stores:
    """The XML that controls are bound to, by its id in capitals."""
    found: dict[str, Element] = {}
    for of_package in relations(package, ""):
        if of_package.kind in _STORES and (root := parse_part(package, of_package.part)) is not None:
            found[_STORES[of_package.kind]] = root
    for item in relations(package, main):
        if item.kind == "customXml" and (root := parse_part(package, item.part)) is not None:
            found[_id(package, item.part)] = root
    return found


def _id(package: Archive, item: str) -> str:
    """The id of a bound XML, as its properties part says; its path where none does."""
    for relation in relations(package, item):
        properties = parse_part(package, relation.part) if relation.kind == "customXmlProps" else None
        if properties is not None:
            return next((str(v) for k, v in properties.attrib.items() if str(k).endswith("itemID")), item).upper()
    return item


def is_prompt(control: Element) -> bool:
    """Whether a control shows its grey prompt (单击此处输入文字), which is no text of the paper."""
    mark = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return mark is not None and mark.get(W + "val", "1") not in {"0", "false", "off"}


def bound_text(control: Element, stores: Stores) -> str | None:
    """The text that a control shows when the file is opened; None where it is not bound, or that cannot be told."""
    properties = control.find(W + "sdtPr")
    binding = properties.find(W + "dataBinding") if properties is not None else None
    if properties is None or binding is None or any(properties.find(t) is not None for t in _OTHERWISE):
        return None
    value = next(_values(binding, stores), None)
    entries = {e.get(W + "value", ""): e.get(W + "displayText", "") for e in properties.iter(W + "listItem")}
    if value is None or value.lstrip().startswith("<?xml"):
        return None
    return entries.get(value, value)


_OTHERWISE = (W + "date", W + "picture", W14 + "checkbox")  # bound to a value that is not shown as it is written


def _values(binding: Element, stores: Stores) -> Iterator[str]:
    path = binding.get(W + "xpath", "")
    prefixes = dict(_PREFIX.findall(binding.get(W + "prefixMappings", "")))
    wanted = binding.get(W + "storeItemID", "").upper()
    if not _PATH.fullmatch(path):
        return
    for store in [stores[wanted]] if wanted in stores else stores.values():
        try:
            nodes = store.xpath(path, namespaces=prefixes)
        except etree.XPathError:
            continue
        for node in nodes if isinstance(nodes, list) else ():
            if isinstance(node, str):
                yield str(node)
            elif isinstance(node, etree._Element):
                yield "".join(map(str, node.itertext()))


def texts_of(control: Element) -> list[Element]:
    """All that carries text in a control."""
    content = control.find(W + "sdtContent")
    return list(content.iter(*TEXTS)) if content is not None else []
