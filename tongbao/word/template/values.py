"""The gate through which every printed value passes: it is cleaned, escaped and traced, or refused.

Values must come to a template already formatted. What is not a text, a whole number, or an object with a text of its
own is refused: the spelling that Python gives it (`None`, `nan`, `2022-02-07 00:00:00`) is not meant for paper.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from html import escape
from io import BytesIO
from typing import Any, ClassVar

from jinja2 import Undefined

from tongbao.model import Level, Place, Problem
from tongbao.word.pictures import Photo
from tongbao.word.template.source import Source

# Marks around a traced value: noncharacters of Unicode, which XML may hold and no text does. The gate drops others.
OPEN, BODY, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
TRACE = re.compile(f"{OPEN}([0-9]+){BODY}|{CLOSE}")

# Characters that Word files cannot hold, or that docxtpl 0.20 turns into something else: U+0007 starts a paragraph,
# U+000C a page, half a surrogate pair cuts off the rest of the file. `_x000D_` is Excel's spelling of a return.
# _UNUSUAL also has what XML escapes, and decides quickly that an ordinary text (`普通文字`, `“引号”`) needs no work.
_UNUSUAL = re.compile("[&<>\"'\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|_x000[Dd]_")
_RARE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|_x000[Dd]_")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|_x000[Dd]_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
PHOTO_NAME = "现场照片"  # by this name the finished page knows the drawings that values made
# What pandas and Python print for an empty cell. A cell in which somebody wrote just `None` is refused with them.
_EMPTY_WORDS = frozenset({"None", "nan", "NaN", "NaT", "<NA>"})


class Traced(str):
    """A text whose place on the page is recorded under its key. Like a number, `0` is false; so is the empty text."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, text: str, key: str) -> Traced:  # noqa: D102
        self = super().__new__(cls, text)
        self.key = key
        return self

    def __bool__(self) -> bool:
        return str(self) not in ("", "0")


class TracedNumber(int):
    """A whole number whose place on the page is recorded under its key; a template can compare and test it."""

    key: str

    def __new__(cls, value: int, key: str) -> TracedNumber:  # noqa: D102
        self = super().__new__(cls, value)
        self.key = key
        return self


class Gate:
    """Cleans what a template prints, and notes as problems what it must not print. Each rendering has its own gate."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.source: Source | None = None
        self.page: Any = None
        self.keys: list[str] = []
        self._problems: dict[tuple[str, str], Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """What was refused so far; the same mistake in the same paragraph is there once."""
        return list(self._problems.values())

    def note(self, message: str, fix: str, paragraph: str = "", value: str = "") -> None:
        """Notes a mistake and the text of its paragraph. Of equal notes the last one's `fix` is kept."""
        where = f"“{paragraph}”一段：" if paragraph else ""
        problem = Problem(Level.ERROR, "template", where + message, fix, place=Place(self.name), value=value)
        self._problems[message, paragraph] = problem

    def __call__(self, value: Any) -> Any:
        """The XML that is printed for a value (Jinja's `finalize`): nothing that a cell holds is ever markup."""
        if type(value) is str:
            return value if not _UNUSUAL.search(value) and value not in _EMPTY_WORDS else self._escaped(value)
        if isinstance(value, Traced | TracedNumber):
            self.keys.append(value.key)
            text = self._escaped(str.__str__(value)) if isinstance(value, Traced) else int.__repr__(value)
            return f"{OPEN}{len(self.keys) - 1}{BODY}{text}{CLOSE}"
        if isinstance(value, Photo):
            return self._drawn(value)
        if isinstance(value, Undefined) or type(value) is int:
            return value
        wordless: bool = type(value).__str__ is object.__str__  # type: ignore[comparison-overlap]
        if not isinstance(value, str) and (wordless or isinstance(value, date | time | Decimal)):
            return self._refused(value)
        return self._escaped(str(value))

    def _drawn(self, photo: Photo) -> str:
        """The XML of a photograph, in a run of its own; its size is settled when the page is finished."""
        if not hasattr(self.page, "new_pic_inline"):
            self.note("照片不能印在这里", "把照片放到正文、附件或页眉页脚里", self.here())
            return ""
        inline = self.page.new_pic_inline(BytesIO(photo.data), None, None)
        inline.docPr.set("name", PHOTO_NAME)
        inline.docPr.set("descr", photo.name)
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'

    def _escaped(self, text: str) -> str:
        if text in _EMPTY_WORDS:
            return self._refused(text)
        if _RARE.search(text):
            text = self._cleaned(text)
        return escape(text).replace("\n", _BREAK).replace("\t", _TAB)

    def _cleaned(self, text: str) -> str:
        """The text without control characters and halves of characters; all kinds of line ends become line breaks."""
        if _SURROGATE.search(text):
            self.note("要印的内容里有无法写入的残缺字符", "在台账里重新输入这个单元格", self.here(), text)
            text = _SURROGATE.sub("", text)
        return _DROPPED.sub("", _LINE_END.sub("\n", text))

    def _refused(self, value: object) -> str:
        shown = f"{value!r}" if len(repr(value)) <= 40 else f"{repr(value)[:40]}…"
        if isinstance(value, str):
            message, fix = f"这里会印出“{value}”", "查台账里对应的单元格，空着的不要写字"
        elif isinstance(value, str | int | float | date | time | Decimal | None):
            message, fix = f"这里会印出未整理的值 {shown}", "请在程序里先把它变成文字"
        else:
            message, fix = f"“{type(value).__name__}”不能直接印出", "在名称后面加“.数”，或用“|简称|顿号”等过滤器"
        self.note(message, fix, self.here(), shown)
        return ""

    def here(self) -> str:
        """The text of the template's paragraph that is being printed, empty where nothing is."""
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename != "<template>":
            frame = frame.f_back
        return self.source.paragraph_of(frame) if self.source else ""


class _Missing(Undefined):
    """The value of a name that does not exist: whatever a template does with it is noted, and prints nothing."""

    __slots__ = ()
    _gate: ClassVar[Gate]

    def _noted(self, *_: Any, **__: Any) -> Any:
        name, gate = self._undefined_name, self._gate
        gate.note(f"没有“{name}”这个名称", "照模板说明里的名称改写（可能是错字）", gate.here(), str(name))
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._noted()

    def __str__(self) -> str:
        self._noted()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(())

    def __bool__(self) -> bool:
        self._noted()
        return False

    def __len__(self) -> int:
        self._noted()
        return 0

    _fail_with_undefined_error = _noted
    __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _noted
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _noted
    __lt__ = __le__ = __gt__ = __ge__ = __pow__ = __rpow__ = __neg__ = __pos__ = __call__ = _noted


def missing_names(gate: Gate) -> type[Undefined]:
    """The class of undefined values for one rendering. They are noted and the rendering goes on: one run finds all."""

    class Missing(_Missing):
        __slots__ = ()
        _gate = gate

    return Missing
