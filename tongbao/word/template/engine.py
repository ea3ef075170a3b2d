"""docxtpl, made strict: the sandbox in which tags are computed, and the template as a package of parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from tongbao.model import Refusal
from tongbao.word.gb9704 import FONTS
from tongbao.word.template.rows import RowLoop, cut_row_loops, spliced
from tongbao.word.template.source import Source
from tongbao.word.template.values import TRACE, Gate, missing_names

Filters = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Properties:
    """The document properties of the Word file. All that the template itself had are removed."""

    title: str
    author: str
    created: datetime
    subject: str = ""


# ---------------------------------------------------------------------------------------------- the environment


class _Sandbox(SandboxedEnvironment):
    """Access to the fields of records and mappings on the shortest way: an annex asks for it ten times a row."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a record, or what a mapping holds. A mapping's own methods never stand in for a missing key."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if hasattr(type(obj), "__getitem__") and not isinstance(obj, str | list | tuple):
            try:
                return obj[attribute]
            except LookupError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


# Filters of Jinja that escape, or keep from escaping: the gate escapes every value once, whatever the template says.
_MARKUP_FILTERS = ("e", "escape", "forceescape", "safe", "tojson", "urlize", "xmlattr")


def environment(filters: Filters, gate: Gate) -> SandboxedEnvironment:
    """Jinja as templates may use it: sandboxed, undefined names noted, every value through the gate, which escapes."""
    env = _Sandbox(undefined=missing_names(gate), finalize=gate, optimized=False)
    for name in _MARKUP_FILTERS:
        del env.filters[name]
    env.globals.clear()
    env.filters.update(filters)
    return env


# (what Jinja 3.1 says, what went wrong, what to do): the mistakes that templates of clerks have. A message that none of
# them matches is shown in Jinja's English; so would all be, should a later Jinja word them otherwise.
_SYNTAX = (
    ("^纵并$", "“纵并”只能写在表格的单元格里", "写成 {{% 纵并 行.名称 %}}，放在单元格内容的前面"),
    (
        r"Encountered unknown tag '(.+?)'",
        "不认识的标签“{0}”",
        "检查标签拼写；{{%p、{{%tr 后面要有空格，“%”和“}}”不能写在这种标签里",
    ),
    (r"unexpected char '(.+?)'", "标签里有不能用的字符“{0}”", "标签里的括号、引号、等号等要用半角，名称里不带标点"),
    (r"No filter named '(.+?)'", "没有“{0}”这个过滤器", "照模板说明里的过滤器名称改写"),
    (
        r"Unexpected end of template.*?innermost block.*?'(\w+)'",
        "“{0}”没有结束",
        "补上 end{0}，并用同样的前缀（p、tr）",
    ),
    (
        r"expected token '(.+?)', got '(.+?)'",
        "标签没有写完整：该有“{0}”的地方是“{1}”",
        "检查标签两端的 {{{{ }}}} 或 {{% %}} 是否配对",
    ),
)


def explained(error: BaseException) -> tuple[str, str]:
    """(what went wrong, what to do) for a clerk. Jinja's own English stands in it only where we have no words."""
    text = getattr(error, "message", None) or str(error)
    for pattern, message, fix in _SYNTAX:
        if found := re.search(pattern, text):
            return message.format(*found.groups()), fix.format(*found.groups())
    if isinstance(error, SecurityError):
        return "标签里用了不允许的写法", "模板里只能用说明列出的名称和过滤器"
    if isinstance(error, etree.XMLSyntaxError):
        return (
            "条件或循环的开头和结尾没有对齐，文件结构被破坏",
            "让 if/for 与 endif/endfor 用同样的前缀（p、tr），各占一段或一行",
        )
    kind = "标签写法不对" if isinstance(error, TemplateSyntaxError) else "标签算不出来"
    return f"{kind}（{text}）", "照模板说明改写这个标签"


# ---------------------------------------------------------------------------------------------- the template


def open_template(template: bytes, filters: Filters, gate: Gate, fonts: Mapping[str, str] | None = None) -> Circular:
    """The template, ready to be filled, in the office's fonts (by role). Raises Refusal where it is no Word file."""
    try:
        circular = Circular(BytesIO(with_fonts(template, fonts or {})), environment(filters, gate), gate)
        circular.init_docx()
    except (BadZipFile, LookupError, ValueError, etree.XMLSyntaxError) as error:
        gate.note("模板不是完好的 Word 文件（.docx）", "用 Word 或 WPS 打开它，另存为 .docx 格式，不设密码")
        raise Refusal(*gate.problems) from error
    return circular


def with_fonts(template: bytes, fonts: Mapping[str, str]) -> bytes:
    """The bytes of the template with the office's fonts (by role) in place of the standard's."""
    wanted = {FONTS[role]: font for role, font in fonts.items() if font and font != FONTS[role]}
    if not wanted:
        return template
    named = re.compile(f'(w:(?:ascii|hAnsi|eastAsia|cs|name)=")({"|".join(map(re.escape, wanted))})"')
    parts = unpack(template)
    for name in [n for n in parts if n.startswith("word/") and n.endswith(".xml")]:
        text = parts[name].decode("utf-8")
        parts[name] = named.sub(lambda m: f'{m[1]}{wanted[m[2]]}"', text).encode("utf-8")
    return pack(parts)


# A cell with the tag for merging; properties and content must not reach into another cell. A cell that holds a table
# of its own therefore does not match, and its tag is told to stand outside a cell. _WIDTH: what the schema of Word
# wants before `w:vMerge`.
_MERGED_CELL = re.compile(
    r"(<w:tc(?: [^>]*)?>)(?:<w:tcPr>((?:(?!</?w:tc[ >]).)*?)</w:tcPr>|<w:tcPr/>)?"
    r"((?:(?!</?w:tc[ >]).)*?)\{%\s*纵并\s+(\S+)\.(\w+)\s*%\}((?:(?!</?w:tc[ >]).)*)</w:tc>",
    re.DOTALL,
)
_WIDTH = re.compile(r"^((?:<w:(?:cnfStyle|tcW|gridSpan)\b[^>]*/>)*)(.*)$", re.DOTALL)
_PARAGRAPH_PROPERTIES = re.compile(r"<w:pPr>.*?</w:pPr>", re.DOTALL)


def merged_cells(xml: str) -> str:
    """The XML with Jinja and Word's own marks in place of `{% 纵并 行.名称 %}`.

    A cell with that tag is merged downwards as the row's mapping 纵并 says (起 or 续). In a row that continues a merge
    the cell is empty, but has the paragraph that a cell must have.
    """

    def rewritten(found: re.Match[str]) -> str:
        start, properties, before, owner, name, after = found.groups()
        width, rest = _WIDTH.match(properties or "").groups()  # type: ignore[union-attr]
        state, content = f'{owner}.纵并["{name}"]', before + after
        kept = _PARAGRAPH_PROPERTIES.search(content)
        return (
            f'{start}<w:tcPr>{width}{{% if {state} == "起" %}}<w:vMerge w:val="restart"/>'
            f'{{% elif {state} == "续" %}}<w:vMerge w:val="continue"/>{{% endif %}}{rest}</w:tcPr>'
            f'{{% if {state} == "续" %}}<w:p>{kept.group() if kept else ""}</w:p>'
            f"{{% else %}}{content}{{% endif %}}</w:tc>"
        )

    return _MERGED_CELL.sub(rewritten, xml)


# Parts that name the makers of the template, or show it. They would be mailed with every circular.
_PRIVATE_PARTS = ("/custom-properties", "/extended-properties", "/thumbnail", "/people")


class Circular(DocxTemplate):  # type: ignore[misc]
    """A docxtpl template whose rows of annexes are streamed into the file. Nothing in it is repaired in silence."""

    def __init__(self, template: BytesIO, env: SandboxedEnvironment, gate: Gate) -> None:
        super().__init__(template)
        self.env = env
        self.gate = gate
        self._loops: list[RowLoop] = []
        self._patched: dict[str, str] = {}

    def patch_xml(self, src_xml: str) -> str:
        """The XML with its tags as Jinja reads them, our own for merged cells among them. Each part is done once."""
        if src_xml not in self._patched:
            self._patched[src_xml] = merged_cells(super().patch_xml(src_xml))
        return self._patched[src_xml]

    def parts_with_tags(self) -> Iterator[str]:
        """The XML of the body, of every header and footer, and of the footnotes."""
        self.init_docx()
        yield self.get_xml()
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield self.get_part_xml(part)
        for part in self._footnotes():
            yield part.blob.decode("utf-8")

    def _footnotes(self) -> Iterator[Any]:
        return (p for p in self.docx.part.package.parts if p.content_type.endswith(".footnotes+xml"))

    def build_xml(self, context: dict[str, Any], jinja_env: Any = None) -> str:
        """The XML of the filled body, with a marked row in place of each loop of rows, which is streamed later."""
        xml, self._loops = cut_row_loops(self.patch_xml(self.get_xml()), self.env)
        return self.render_xml_part(xml, self.docx.part, context, jinja_env)

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """The XML of one part with its values. Line breaks in values are written by the gate."""
        if "{" not in src_xml:
            return src_xml
        self.gate.source, self.gate.page = Source(src_xml, self.env), part
        return self.gate.source.compile().rendered(context)

    def fix_tables(self, xml: str) -> Any:
        """The tree of the body. Parsed strictly before docxtpl does so forgivingly, dropping text without a word."""
        etree.fromstring(xml.encode("utf-8"))
        return super().fix_tables(xml)

    def map_tree(self, tree: Any) -> None:
        """Puts the new body in place of the old one, which is emptied first: else it takes quadratic time."""
        root = self.docx.element
        body = root.body
        body.clear()
        root.replace(body, tree)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Does nothing: properties have no tags here, `set_properties` sets them."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Fills the footnotes once. docxtpl does so for each section, and so reads printed values as tags."""
        for part in self._footnotes():
            xml = self.patch_xml(part.blob.decode("utf-8"))
            part._blob = TRACE.sub("", self.render_xml_part(xml, part, context, jinja_env)).encode("utf-8")

    def set_properties(self, properties: Properties) -> None:
        """Sets title, author and dates; removes the names that the makers of the template left in the file."""
        # python-docx refuses properties of more than 255 characters: they are cut.
        core = self.docx.core_properties
        core._element[:] = []
        core.title, core.subject = properties.title[:255], properties.subject[:255]
        core.author = core.last_modified_by = properties.author[:255]
        core.created = core.modified = properties.created
        core.language = "zh-CN"
        for owner in (self.docx.part.package, self.docx.part):
            for id_, relation in list(owner.rels.items()):
                if relation.reltype.endswith(_PRIVATE_PARTS):
                    owner.rels.pop(id_)

    def packed(self, context: Mapping[str, Any]) -> bytes:
        """The bytes of the file: parts in the order of their names, all of one date, rows streamed into the body."""
        buffer = BytesIO()
        self.docx.save(buffer)
        parts = unpack(buffer.getvalue())
        body = self.docx.part.partname.lstrip("/")
        return pack(parts, {body: spliced(parts[body], self._loops, context, self.gate)} if self._loops else {})


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# The earliest date that a zip can hold: equal circulars are equal files, whenever they were made.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def pack(parts: Mapping[str, bytes], streams: Mapping[str, Any] | None = None) -> bytes:
    """A zip of these parts; equal parts give equal bytes. A part may be given as a stream of pieces instead."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            info = ZipInfo(name, _ZIP_DATE)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            with archive.open(info, "w", force_zip64=False) as member:
                for piece in (streams or {}).get(name, (parts[name],)):
                    member.write(piece)
    return buffer.getvalue()
