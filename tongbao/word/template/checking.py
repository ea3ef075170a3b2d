"""The check of a template before it is used: what would be printed wrong, or left out without a word.

It needs no data. All mistakes are told at once, each with the paragraph where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from tongbao.word.template.engine import Circular, explained
from tongbao.word.template.source import Source
from tongbao.word.template.values import Gate

# A tag ends at the first `}}` or `%}`, also inside a text of its own (`{{ "}}" }}`), as for docxtpl.
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# Set on docxtpl 0.20, which takes `{%p`, `{%tr` and `{{r` for prefixes, and on what clerks type. Tried with each:
# _PREFIXED: `{%p if 附件 %}` swallows its paragraph, `{%for …` and `{%print …` do not.
# _STRAY, in what is left without tags: `｛｛`, `{ 总数 }`, `{％p`, a lone `}`. A brace that is meant to be printed, as
# in `集合{1,2}`, is refused too; circulars have none.
# _MISSPELT: `{% p if`, `{%trfor`, `{%pif`. _RAW: `{{r 事项 }}`, `{{p }}`; `{{ r }}` is a name, `{{ 项 }}` as well.
_PREFIXED = re.compile(r"\{[%{#](p|tr|tc)\s.*?[%}#]\}", re.DOTALL)
_STRAY = re.compile(r"[｛｝]|\{\s*[％%]|[％%]\s*\}|\{\{|\}\}|\{|\}")
_MISSPELT = re.compile(r"\{%\s+(?:tr|tc|p|r)\s|\{%(?:tr|tc|p|r)(?:if|for|el|end)")
_RAW = re.compile(r"\{\{[-+]?(?:r|p|tr|tc)\s")
_KNOWN = ("if", "elif", "else", "endif", "for", "endfor", "set", "纵并", "vm", "hm", "colspan", "cellbg")
_OWN_ROW = {"p": "w:p", "tr": "w:tr", "tc": "w:tc"}
_REVISIONS = [qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")]
P, T, TBL, TR, TC = (qn(f"w:{name}") for name in ("p", "t", "tbl", "tr", "tc"))


def look_through(circular: Circular, gate: Gate) -> list[Source]:
    """The parts of a template as Jinja source. Notes the mistakes in them that rendering would not show."""
    sources = []
    for xml in circular.parts_with_tags():
        root = etree.fromstring(xml.encode("utf-8"))
        _check_paragraphs(root, gate)
        _check_own_places(root, gate)
        _check_page_make_up(root, gate)
        source = Source(circular.patch_xml(xml), circular.env)
        _Structure(source, gate).check()
        _check_sections(xml, source, gate)
        sources.append(source)
    _check_unrendered(circular, gate)
    return sources


# ---------------------------------------------------------------------------------------------- paragraphs


def _check_paragraphs(root: Any, gate: Gate) -> None:
    """Notes braces that are no tag, and tags that do something else because of their spelling."""
    for paragraph in root.iter(P):
        text = _text(paragraph)
        shown = text[:40]
        if stray := _STRAY.search(TAG.sub("", text)):
            fix = "标签用半角的 {{ }} 或 {% %}，成对写在同一段里；括号不要用全角"
            gate.note(f"“{stray.group()}”不成标签，会原样印出", fix, shown)
        if found := _MISSPELT.search(text):
            fix = "“{%”后面紧接 p 或 tr，再空一格，如 {%p if 附件 %}"
            gate.note(f"“{found.group().strip()}”的空格写错了", fix, shown)
        if found := _RAW.search(text):
            fix = "“{{”后面先空一格再写名称；名称不要叫 r、p、tr、tc"
            gate.note(f"“{found.group().strip()}”会使文字印不出来", fix, shown)
        if "&" in "".join(TAG.findall(text)):
            gate.note("标签里有“&”，会印成乱码", "把这段文字写在标签外面", shown)


def _check_own_places(root: Any, gate: Gate) -> None:
    """Notes what stands beside a `{%p` or `{%tr` tag: docxtpl removes the tag's whole paragraph or row."""
    for prefix, holder in _OWN_ROW.items():
        for node in root.iter(qn(holder)):
            text = _text(node)
            tags = [t for t in _PREFIXED.finditer(text) if t[1] == prefix]
            if not tags or any(t is not node and _has_tag(t, prefix) for t in node.iter(qn(holder))):
                continue
            unit = {"p": "段", "tr": "行", "tc": "格"}[prefix]
            if len(tags) > 1:
                fix = f"每个 {{%{prefix} … %}} 单独占一{unit}"
                gate.note(f"一{unit}里有两个“{{%{prefix}”标签", fix, text[:40])
            elif rest := text.replace(tags[0].group(), "").strip():
                fix = f"让“{{%{prefix}”标签单独占一{unit}，或去掉 {prefix}"
                gate.note(f"“{rest[:20]}”与“{{%{prefix}”标签同在一{unit}，会被删掉", fix, text[:40])


def _has_tag(node: Any, prefix: str) -> bool:
    return any(t[1] == prefix for t in _PREFIXED.finditer(_text(node)))


def _check_page_make_up(root: Any, gate: Gate) -> None:
    if any(True for _ in root.iter(*_REVISIONS)):
        gate.note("模板里有修订痕迹，会随每份通报发出去", "在 Word 的“审阅”里接受全部修订，再保存")
    for table in root.iter(TBL):
        if table.find(qn("w:tblGrid")) is None:
            gate.note("表格没有列宽记录", "在 Word 里打开模板，拖动一下表格列宽，再保存", _text(table)[:40])


def _text(node: Any) -> str:
    return "".join(t.text or "" for t in node.iter(T))


# ---------------------------------------------------------------------------------------------- tags


def check_tags(sources: Iterable[Source], env: SandboxedEnvironment, gate: Gate) -> None:
    """Notes every tag that cannot be read: first each alone, so that none hides another; then all together."""
    for source in sources:
        before = len(gate.problems)
        for number, line in enumerate(source.text.split("\n"), 1):
            for tag in TAG.findall(line):
                try:
                    _parse_tag(tag, env)
                except TemplateSyntaxError as error:
                    gate.note(*explained(error), source.paragraph(number))
        if len(gate.problems) == before:
            try:
                source.compile()
            except TemplateSyntaxError as error:
                gate.note(*explained(error), source.paragraph(error.lineno))


def _parse_tag(tag: str, env: SandboxedEnvironment) -> None:
    if tag.startswith("{{"):
        env.parse(tag)
        return
    word, _, rest = tag.strip("{%-+ }").partition(" ")
    if tag.startswith("{#") or word in ("else", "endif", "endfor", "vm", "hm"):
        return
    if word not in _KNOWN:
        raise TemplateSyntaxError(f"Encountered unknown tag {word!r}.", 1)
    if word == "纵并":
        raise TemplateSyntaxError("纵并", 1)
    code = {"elif": f"if {rest}", "if": f"if {rest}", "for": f"for {rest}"}.get(word)
    env.parse(f"{{% {code} %}}{{% end{code.split()[0]} %}}" if code else "{% " + f"{word} {rest}" + " %}")


# ---------------------------------------------------------------------------------------------- structure


@dataclass
class _Open:
    """An open condition or loop: the elements that were open where it began, its line, whether a section ends in it."""

    elements: tuple[str, ...]
    line: int
    has_section: bool = False


@dataclass
class _Structure:
    """Walks through XML and tags together: whatever branch is taken, the file must stay whole."""

    source: Source
    gate: Gate
    elements: list[str] = field(default_factory=list)
    blocks: list[_Open] = field(default_factory=list)
    # For each open table and cell: how many blocks were open when it began, and whether a row (a paragraph) is sure to
    # be in it.
    holders: list[list[int]] = field(default_factory=list)

    _TOKEN = re.compile(
        r"\{\{.*?\}\}|\{#.*?#\}|\{%[-+]?\s*(?P<word>\w+).*?%\}|<(?P<close>/?)(?P<name>[\w:]+)(?P<rest>[^>]*)>"
    )

    def check(self) -> None:
        """Notes what could break the file. Stops at the first broken block: what follows would be its consequences."""
        for number, line in enumerate(self.source.text.split("\n"), 1):
            for token in self._TOKEN.finditer(line):
                if token["word"]:
                    if not self._block(token["word"], number):
                        return
                elif token["name"] and not token["rest"].endswith("/"):
                    self._element(token["name"], bool(token["close"]), number)
                elif token["name"]:  # `<w:p/>`: an empty paragraph is one
                    self._sure(token["name"])

    def _block(self, word: str, line: int) -> bool:
        if word in ("if", "for"):
            self.blocks.append(_Open(tuple(self.elements), line))
        elif word in ("elif", "else", "endif", "endfor") and self.blocks:
            opened = self.blocks[-1]
            if tuple(self.elements) != opened.elements:
                fix = "if/for 与 else、endif、endfor 用同样的前缀（都用 p，或都用 tr，或都不用）"
                message = f"条件或循环的开头与“{word}”没有对齐，会破坏文件"
                self.gate.note(message, fix, self.source.paragraph(opened.line))
                return False
            if word.startswith("end"):
                self._end(self.blocks.pop())
            elif self.holders and self.holders[-1][0] == len(self.blocks) - 1:
                self.holders[-1][1] = 1  # an alternative: one of the two is always printed
        return True

    def _end(self, block: _Open) -> None:
        if block.has_section:
            fix = "把分节符移到条件之外；没有内容的一节会自动去掉"
            self.gate.note("条件或循环里有分节符，纸张方向会错", fix, self.source.paragraph(block.line))

    def _element(self, name: str, closing: bool, line: int) -> None:
        if not closing:
            self._sure(name)
        if name == "w:sectPr" and self.blocks and not closing:
            self.blocks[-1].has_section = True
        if name in ("w:tbl", "w:tc"):
            self._holder(name, closing, line)
        if not closing:
            self.elements.append(name)
        elif self.elements:
            self.elements.pop()

    def _sure(self, name: str) -> None:
        """A row, or a paragraph, that no condition can take away."""
        if name in ("w:tr", "w:p") and self.holders and self.holders[-1][0] == len(self.blocks):
            self.holders[-1][1] = 1

    def _holder(self, name: str, closing: bool, line: int) -> None:
        if not closing:
            self.holders.append([len(self.blocks), 0])
        elif self.holders and not self.holders.pop()[1]:
            place = self.source.paragraph(line)
            if name == "w:tbl":
                self.gate.note("表格的各行都受条件或循环控制，可能一行不剩", "留一行不受控制的表头", place)
            else:
                self.gate.note("单元格里的各段都受条件控制，可能一段不剩", "在这一格的最后补一个空段", place)


def _check_sections(xml: str, source: Source, gate: Gate) -> None:
    lost = xml.count("<w:sectPr") - source.text.count("<w:sectPr")
    if lost:
        gate.note("“{%p”标签所在的段带有分节符，会一起丢掉", "在分节符前另起一段写标签")


def _check_unrendered(circular: Circular, gate: Gate) -> None:
    """Notes tags in endnotes, which are not computed, and comments, which would be mailed with every circular."""
    for part in circular.docx.part.package.parts:
        if part.content_type.endswith((".comments+xml", ".endnotes+xml")):
            text = re.sub(r"<[^>]+>", "", part.blob.decode("utf-8", "replace"))
            if part.content_type.endswith(".comments+xml") and "<w:comment " in part.blob.decode("utf-8", "replace"):
                gate.note(
                    "模板里有批注，会随每份通报发出去", "在 Word 的“审阅”里删除全部批注，再保存", text.strip()[:40]
                )
            elif TAG.search(text):
                gate.note("尾注里的标签不会计算", "把标签移到正文、页眉、页脚或脚注里", text.strip()[:40])
