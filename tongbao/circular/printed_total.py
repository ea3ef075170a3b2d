"""The check that a paper prints one total: that of its base, which the screen and `figures.json` have too.

Templates are the office's own, and there are several numbers of which one may think that they are the total: the rows
or the items of the ledger, a list over all. Looked at is what was printed, with the figure behind it.

The total on the page is the first number of one that counts everything (`_WHOLE`, and lists of the kind that take all).
Its sentence must print 总数 as well, where it is not 总数 itself; so must the note of the annex. Numbers of a part
(未完成, a group, a meeting) are no totals, whatever words stand before them. Only where no such number is printed at
all is a typed one looked for (`共39项`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tongbao.circular.choices import Figure
from tongbao.config.kinds import UNREPORTED, Kind
from tongbao.model import Level, Place, Problem
from tongbao.word.template import Printed

# 大项 and 分项 are units of their own where both are printed: `共48大项56项`.
_WHOLE = ("总数", "全部.数", "全部.大项数", "大项数", "分项数")
_UNITS = {"大项数": "大项", "全部.大项数": "大项", "分项数": "分项"}
_CLAIM = re.compile(
    r"(?:累计(?:交办|督办|下达|安排)?|总计|合计|共(?:计|有|交办|督办|督查|安排|确定)?)[^，。；：、\d]{0,12}?(\d+)[项件个]"
)
_NOTE = re.compile(r"附件\d*[：:]")
# 事项台账（共37项）: a count in the title of the annex, typed into the settings. 10件民生实事 is a name, not a count.
_TYPED = re.compile(r"[（(]共?(\d+)[项个件条][）)]|共(\d+)[项个件条]")
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")


class Paragraph(Protocol):
    """A printed paragraph, as rendering gives it or as the basis of a paper keeps it."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """The traced values in it: first character, end, key."""


def total_key(printed: Iterable[Paragraph], kind: Kind) -> str | None:
    """The key of the first number of a paper that counts everything; None where it prints none."""
    first = next(_totals((one for one in printed if not _NOTE.match(one.text)), _wholes(kind)), None)
    return first[2] if first else None


def printed_totals(
    printed: Sequence[Printed], sources: Mapping[str, Figure], total: int, kind: Kind, rows: int
) -> list[Problem]:
    """A problem for a first total, in the body or in the note of the annex, that is not `total`.

    `sources`: the figures of the printed values by key. `rows`: how many rows the annex has.
    """
    body = [one for one in printed if not _NOTE.match(one.text)]
    notes = [one for one in printed if _NOTE.match(one.text)]
    names = _wholes(kind)
    first = next(_totals(body, names), None)
    wrong = [
        _another_total(sentence, sources[key], total, kind)
        for sentence, keys, key in [*([first] if first else []), *_totals(notes, names)]
        if all(sources[one].value != total for one in keys)
    ]
    typed = [] if first else _untraced(body, total, kind)
    return [*wrong, *typed, *_typed_totals(notes, total, rows)]


def unsaid_silence(printed: Iterable[Paragraph], unreported: int, kind: Kind) -> Iterator[Problem]:
    """A warning where a paper, made by a template of the office's own, says nothing of what was not reported."""
    if unreported and not any(UNREPORTED in key for one in printed for _, _, key in one.spans):
        message = f"本期有{unreported}项未报送，模板里没有说到它们的句子，印出的各类加起来不到总数"
        fix = "在模板里加一句：{% if 未报送.数 %}{{ 未报送|单位名|顿号 }}的{{ 未报送.数 }}项未报送进展。{% endif %}"
        yield Problem(Level.WARNING, "silence_unsaid", message, fix, place=_template(kind))


def _wholes(kind: Kind) -> set[str]:
    """The keys of the numbers that count everything."""
    every = [s.name for s in kind.lists if s.of == ("全部",) and not (s.where or s.within or s.without or s.take)]
    return {*_WHOLE, *(f"{name}.数" for name in every)}


def _totals(printed: Iterable[Paragraph], names: set[str]) -> Iterator[tuple[str, list[str], str]]:
    """Each printed number that counts everything: its sentence, the keys of all such numbers in that, its key."""
    for one in printed:
        for found in _SENTENCE.finditer(one.text):
            inside = [(end, key) for start, end, key in one.spans if found.start() <= start < found.end()]
            keys = [key for _, key in inside if key in names]
            for end, key in inside:
                if key in names and not one.text.startswith(_UNITS.get(key, "\0"), end):
                    yield found.group().strip(), keys, key


def _another_total(sentence: str, figure: Figure, total: int, kind: Kind) -> Problem:
    message = f"“{sentence}”一句把{figure.value}当作总数，按统计口径总数是{total}"
    fix = f"模板里印总数的地方用 {{{{ 总数 }}}}；要印 {{{{ {figure.id} }}}} 的，写在印出总数以后"
    return Problem(Level.ERROR, "another_total", message, fix, place=_template(kind), value=str(figure.value))


def _untraced(body: Iterable[Printed], total: int, kind: Kind) -> Iterator[Problem]:
    """A warning for a number typed into a template, or counted there, that stands where the total is expected."""
    for one in body:
        for found in _CLAIM.finditer(one.text):
            traced = any(start < found.end(1) and found.start(1) < end for start, end, _ in one.spans)
            if not traced and int(found[1]) != total:
                message = f"“{found.group()}”里的{found[1]}不是统计出的数，按统计口径总数是{total}"
                fix = "模板里印总数的地方用 {{ 总数 }}；说的不是总数的可以不管"
                yield Problem(Level.WARNING, "another_total", message, fix, place=_template(kind), value=found[1])
            if not traced:
                return


def _template(kind: Kind) -> Place:
    return Place(f"{kind.id}/{kind.template.name}")


def _typed_totals(notes: Iterable[Printed], total: int, rows: int) -> Iterator[Problem]:
    for note in notes:
        if (typed := _TYPED.search(note.text)) and int(typed[1] or typed[2]) not in (total, rows):
            message = f"附件标题“{_NOTE.sub('', note.text)}”里写的数，不是总数{total}，也不是附件的行数{rows}"
            fix = "在 config.yaml 的 annex_title 里改正，或不写数"
            yield Problem(Level.WARNING, "annex_total", message, fix, value=typed[0])
