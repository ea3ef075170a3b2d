"""A printed circular drawn in lines, its basis, and what is said of an edited one: the words of the proving tests.

`新增完成[3]项：[甲工程、乙工程]。` marks the traced values: a number, or a list whose members are rows of the ledger in
order. `{甲工程}` marks the name of a row, `{=甲工程|土建完成60%}` other text of that row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongbao.proof.against_ledger.prove import Proof, prove
from tongbao.proof.basis.kept import Basis, LedgerRow, Line, Member, Origin, Printed, PrintedTable, Source
from tongbao.proof.verdicts import Status
from tongbao.word.document import Cell, Paper, Paragraph, Table

_MARK = re.compile(r"\[([^\]]*)\]|\{(=[^|}]*\|)?([^}]*)\}")
UNITS = (
    ("县发展和改革局", "县发改局"), ("县财政局",), ("县自然资源和规划局", "县资规局"), ("县住房和城乡建设局", "县住建局"),
    ("县教育局",), ("青石镇",), ("城关街道",), ("县水利局",), ("云溪县人民政府督查室",),
)  # fmt: skip


class _Draw:
    """Rows are made as their names appear."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.sources: dict[str, Source] = {}

    def row(self, name: str) -> int:
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def line(self, drawn: str) -> Printed:
        text, done, spans, origins = "", 0, [], []
        for mark in _MARK.finditer(drawn):
            text += drawn[done : mark.start()]
            done, start = mark.end(), len(text)
            if mark[1] is not None:
                text += mark[1]
                key = f"值{len(self.sources)}"
                spans.append((start, len(text), key))
                self.sources[key] = self._source(mark[1])
            else:
                text += mark[3]
                name = (mark[2] or "").strip("=|") or mark[3]
                origins.append(Origin(start, len(text), self.row(name), not mark[2]))
        return Printed(text + drawn[done:], tuple(spans), tuple(origins))

    def _source(self, value: str) -> Source:
        if re.fullmatch(r"[\d.]+%?(?:亿元)?", value):
            return Source(value)
        names = [part.strip("“”") for part in re.split("[、；]", value)]
        return Source(value, "逐项列出", members=tuple(Member(n, (self.row(n),)) for n in names))


def printed(
    *lines: str, units: Sequence[Sequence[str]] = UNITS, labels: Sequence[str | Sequence[str]] = (), dates: Sequence[str] = (),
    annex: Sequence[Sequence[str]] = (),
) -> Basis:  # fmt: skip
    """The basis of the drawn paragraphs; `annex` is a header and rows, a row of one cell being a section's title."""
    draw = _Draw()
    paragraphs = tuple(draw.line(line) for line in lines)
    items, numbered = [], 0
    for row in annex[1:]:
        items.append(Line(tuple(row), title=True) if len(row) == 1 else Line(tuple(row), numbered))
        numbered += len(row) > 1
    count = max(len(draw.names), numbered)
    names = [*draw.names, *(f"事项{n}" for n in range(count))][:count]
    return Basis(
        "通报.docx",
        rows=tuple(LedgerRow("台账.xlsx", "台账", n + 3, str(n + 1), name) for n, name in enumerate(names)),
        sources=draw.sources,
        paragraphs=paragraphs,
        units=tuple(tuple(u) for u in units),
        labels=tuple((label,) if isinstance(label, str) else tuple(label) for label in labels),
        dates=tuple(dates),
        tables=(PrintedTable(tuple(annex[0]), tuple(items), annex=True),) if annex else (),
    )


def paper(*lines: str, annex: Sequence[Sequence[str]] = ()) -> Paper:
    """A paper of these paragraphs, and a table where it has an annex."""
    paragraphs = [Paragraph(n, text) for n, text in enumerate(lines)]
    width = max(map(len, annex), default=0)
    rows = []
    for r, row in enumerate(annex, 1):
        cells = []
        for c, text in enumerate(row, 1):
            cells.append(Cell(text, (r, c), (len(paragraphs),)))
            paragraphs.append(Paragraph(len(paragraphs), text, table=1, row=r, column=c))
        rows.append(tuple(cells if len(cells) > 1 else cells * width))
    return Paper("稿.docx", tuple(paragraphs), (Table(1, tuple(rows)),) if annex else ())


def told(basis: Basis, *lines: str, annex: Sequence[Sequence[str]] = ()) -> list[str]:
    """What is said of an edited paper beside what agrees: 不一致 4项→3项, 已删除 …, 无法核对 …."""
    found = proved(basis, *lines, annex=annex)
    return [_shown(v.status, v.said, v.should) for v in found.verdicts if v.status is not Status.AGREES]


def _shown(status: Status, said: str, should: str) -> str:
    return f"{status.value} {said}→{should}" if said and should else f"{status.value} {said or should}"


def proved(basis: Basis, *lines: str, annex: Sequence[Sequence[str]] = ()) -> Proof:
    """The proof of an edited paper."""
    return prove(paper(*lines, annex=annex), basis)
