"""What lies in the folder 退回: sheets that were sent, the same pasted into other workbooks, and what is no sheet.

Every file is a return, or is told of with its true reason, and with the unit that sent it where that can be known: a
unit whose file cannot be used has answered, and is not to be asked why it has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from tongbao.excel.grid import Book
from tongbao.model import LAST_PROGRESS, Problem
from tongbao.rounds.collect.returns import Return, read_return
from tongbao.rounds.collect.sent import Copy, copy_of, hidden_copy
from tongbao.words.text import key

_AGAIN = "请让该单位在发给它的表上填写后退回；内容要用的，请手工抄入台账"
# What units send instead of their sheet, by suffix: what it is.
_OTHER_FORMS = {
    **dict.fromkeys((".docx", ".doc", ".wps", ".rtf", ".odt", ".docm"), "是 Word 文件"),
    **dict.fromkeys((".pdf", ".ofd"), "是 PDF 或版式文件"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".gif", ".heic"), "是图片"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "是压缩包"),
    **dict.fromkeys((".pptx", ".ppt"), "是演示文稿"),
}
OLDER = "“上期进展”和发给它的不一样，像是以前一期的表"
_NOTHING = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that cannot be used: why, from which unit (empty: not known), what the clerk can do."""

    file: str
    why: str
    unit: str = ""
    code: str = "not_a_return"
    fix: str = _AGAIN

    @property
    def told(self) -> str:
        """The reason with the name of the file."""
        return self.why if self.file in self.why else f"{self.why}（{self.file}）"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sheets that went out: their copies by unit, what the columns hold by key of header, all
    units, and under which name a sheet went to a unit by that which it has now."""

    copies: Mapping[str, Copy]
    fields: Mapping[str, str]
    units: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def is_nothing(name: str) -> bool:
    """Is this a file that programs leave behind: the mark of an open workbook, a folder's settings?"""
    return name.startswith(("~$", ".")) or name.lower() in _NOTHING


def other_form(name: str, known: Known) -> Unusable | None:
    """What is wrong with a file that is no workbook by its name; None for one that may be one."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _OTHER_FORMS:
        return None
    unpack = "请解压后把里面的表放进来" if "压缩包" in _OTHER_FORMS[suffix] else _AGAIN
    return Unusable(name, _OTHER_FORMS[suffix], unit_in(name, known.units), "return_form", unpack)


def unreadable(name: str, problems: Sequence[Problem], known: Known) -> Unusable:
    """A workbook that cannot be opened, for the reason that the reader gives."""
    return Unusable(name, problems[0].message, unit_in(name, known.units), problems[0].code, problems[0].fix)


def arrived(book: Book, known: Known) -> Return | Unusable:
    """A workbook that came back, as a return or with the reason why it is none."""
    lines = hidden_copy(book)
    copy = copy_of(lines, known.fields)
    if copy is None:
        return _pasted(book, known)
    found = read_return(book, copy)
    return found if isinstance(found, Return) else Unusable(book.file, found, copy.stamp.unit, "return_header")


# ---------------------------------------------------------------------------------------------- without a hidden copy


def _pasted(book: Book, known: Known) -> Return | Unusable:
    """A sheet without its hidden copy, by what was sent: as the unit's in the name of the file, else as the only one's
    whose rows these are."""
    unit = unit_in(book.file, known.units)
    unit = known.names.get(unit, unit)
    if unit and unit not in known.copies:
        return Unusable(book.file, "不是由本程序分发出去的表，也没有分发时的底稿可以对照", unit)
    read = {name: read_return(book, copy, whole=True) for name, copy in known.copies.items() if unit in ("", name)}
    if unit:
        one = read[unit]
        return (
            _of_this_period(one) if isinstance(one, Return) else Unusable(book.file, f"不是发给它的原表，{one}", unit)
        )
    fitting = {name: one for name, one in read.items() if isinstance(one, Return)}
    certain = [one for one in fitting.values() if not one.added]
    if len(certain) == 1:
        return _of_this_period(certain[0])
    told = f"，看不出是哪个单位退回的（里面的事项发给过{'、'.join(fitting)}）" if fitting else ""
    fix = "请在文件名里写明单位，再汇总一次" if fitting else _AGAIN
    return Unusable(book.file, f"这不是由本程序分发出去的表{told}", fix=fix)


def _of_this_period(one: Return) -> Return:
    """The return without the rows that show another progress of last period than was sent: those are of an older sheet.

    Nothing else tells the period of a sheet that lost its hidden copy.
    """
    kept = (s for s in one.copy.sent if s.id and key(s.header) == LAST_PROGRESS and s.address in one.found)
    older = [(s.sheet, s.id) for s in kept if key(one.found[s.address].value) != key(s.value)]
    return replace(one, strange={**one.strange, **dict.fromkeys(older, OLDER)})


def unit_in(name: str, units: Iterable[str]) -> str:
    """The unit that a file's name names, with or without the place in front; empty where it names none, or several."""
    stem = key(PurePath(name).stem)
    spelt = {unit: [n for n in (key(unit), key(_without_place(unit))) if len(n) >= 3 and n in stem] for unit in units}
    found = {unit: max(map(len, names)) for unit, names in spelt.items() if names}
    best = [unit for unit, length in found.items() if length == max(found.values())]
    return best[0] if len(best) == 1 else ""


def _without_place(unit: str) -> str:
    """`县卫健委` → `卫健委`, as units call themselves. The cost: 云溪县财政局 is known by its whole name only."""
    return unit[1:] if unit[:1] in "县区市旗州" and unit[1:2] not in "委直" else unit
