"""Damages and harmless edits of a circular, as people make them: the words of the tests that prove edited circulars.

An edit takes a draft apart (its paragraphs and the annex's cells) and gives another one, or None where it finds nothing
to do. Those of `DAMAGES` change a fact; those of `HARMLESS` change words, order and spelling only.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tongbao.proof.basis.kept import Basis
from tongbao.word.document import Cell, Paper, Paragraph, Table
from tongbao.word.package import BODY
from tongbao.words.text import chinese_number

Edit = Callable[["Draft", random.Random], "Draft | None"]
_ENUMERATOR = re.compile(
    r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.(?!\d)|第[一二三四五六七八九十]+个议题)+"
)


Rows = tuple[tuple[str, ...], ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Draft:
    """The texts of the paragraphs outside tables, and the cells of the printed tables; `basis` for names."""

    texts: tuple[str, ...]
    tables: tuple[Rows, ...]
    basis: Basis

    @classmethod
    def of(cls, paper: Paper, basis: Basis) -> Draft:
        """The draft of a paper as made; other tables (the print row) are read as text."""
        printed = paper.tables[: len(basis.tables)]
        inside = {table.number for table in printed}
        body = (p for p in paper.paragraphs if p.where == BODY and p.table not in inside)
        return cls(tuple(p.text for p in body), tuple(map(_rows, printed)), basis)

    def paper(self) -> Paper:
        """A paper that reads so."""
        paragraphs = [Paragraph(n, text) for n, text in enumerate(self.texts)]
        tables = []
        for number, rows in enumerate(self.tables, 1):
            width, table = max(map(len, rows)), []
            for r, row in enumerate(rows, 1):
                cells = []
                for c, text in enumerate(row, 1):
                    cells.append(Cell(text, (r, c), (len(paragraphs),)))
                    paragraphs.append(Paragraph(len(paragraphs), text, table=number, row=r, column=c))
                table.append(tuple(cells if len(cells) > 1 else cells * width))
            tables.append(Table(number, tuple(table)))
        return Paper("稿.docx", tuple(paragraphs), tuple(tables))

    def with_text(self, n: int, text: str) -> Draft:
        """The draft with one paragraph changed."""
        return replace(self, texts=(*self.texts[:n], text, *self.texts[n + 1 :]))

    def row(self, at: Place) -> tuple[str, ...]:
        """A row of a table."""
        return self.tables[at[0]][at[1]]

    def with_cell(self, at: Place, c: int, text: str) -> Draft:
        """The draft with one cell changed."""
        row = self.row(at)
        return self.with_rows(at[0], at[1], (*row[:c], text, *row[c + 1 :]))

    def with_rows(self, t: int, r: int, *rows: tuple[str, ...]) -> Draft:
        """The draft with other rows in the place of one."""
        table = (*self.tables[t][:r], *rows, *self.tables[t][r + 1 :])
        return replace(self, tables=(*self.tables[:t], table, *self.tables[t + 1 :]))

    def find(self, pattern: str, rng: random.Random) -> tuple[int, re.Match[str]] | None:
        """A random place in the text (enumerators aside) where a pattern is."""
        found = []
        for n, text in enumerate(self.texts):
            head = _ENUMERATOR.match(text)
            found += [(n, m) for m in re.finditer(pattern, text) if m.start() >= (head.end() if head else 0)]
        return rng.choice(found) if found else None

    def replaced(self, pattern: str, new: Callable[[re.Match[str]], str | None], rng: random.Random) -> Draft | None:
        """One random match of a pattern replaced."""
        found = self.find(pattern, rng)
        if found is None:
            return None
        n, match = found
        words = new(match)
        if words is None or words == match[0]:
            return None
        return self.with_text(n, self.texts[n][: match.start()] + words + self.texts[n][match.end() :])

    def facts(self, text: str) -> bool:
        """Does a text hold anything that could be wrong?"""
        return bool(re.search(r"\d", text)) or any(names[0] in text for names in self.basis.units)

    def items(self) -> list[Place]:
        """The rows of tables that are neither header nor title."""
        return [(t, r) for t, rows in enumerate(self.tables) for r, row in enumerate(rows) if r and len(row) > 1]


def _rows(table: Table) -> Rows:
    """The cells of a table; a title over the full width is a row of one."""
    return tuple(tuple(c.text for c in row) if len({id(c) for c in row}) > 1 else (row[0].text,) for row in table.rows)


# ---------------------------------------------------------------------------------------------- damages


def other_digit(draft: Draft, rng: random.Random) -> Draft | None:
    """One digit of one number is another one."""

    def change(match: re.Match[str]) -> str:
        return str(rng.choice([d for d in range(1, 10) if str(d) != match[0]]))

    return draft.replaced(r"\d", change, rng)


def lost_digit(draft: Draft, rng: random.Random) -> Draft | None:
    """The first digit of a longer number is gone."""
    return draft.replaced(r"(?<![\d.])\d(?=[1-9])", lambda m: "", rng)


def other_figure(draft: Draft, rng: random.Random) -> Draft | None:
    """A traced figure is another one."""
    spans = [(p.text, s, e) for p in draft.basis.paragraphs for s, e, key in p.spans if p.text[s:e].isdigit()]
    text, start, end = rng.choice(spans)
    n = draft.texts.index(text)
    return draft.with_text(n, text[:start] + str(int(text[start:end]) + rng.choice([1, 2, 10])) + text[end:])


def exchanged_figures(draft: Draft, rng: random.Random) -> Draft | None:
    """Two figures of one sentence have changed places."""
    found = []
    for p in draft.basis.paragraphs:
        spans = [s for s in p.spans if p.text[s[0] : s[1]].isdigit()]
        found += [(p.text, a, b) for a in spans for b in spans if a < b and p.text[a[0] : a[1]] != p.text[b[0] : b[1]]]
    if not found:
        return None
    text, (s, e, _), (t, f, _) = rng.choice(found)
    return draft.with_text(draft.texts.index(text), text[:s] + text[t:f] + text[e:t] + text[s:e] + text[f:])


def other_share(draft: Draft, rng: random.Random) -> Draft | None:
    """A share is a little more."""
    return draft.replaced(r"\d+(?:\.\d+)?(?=%)", lambda m: f"{float(m[0]) + 1.1:.{len(m[0].partition('.')[2])}f}", rng)


def other_date(draft: Draft, rng: random.Random) -> Draft | None:
    """A month or a day is another one."""
    return draft.replaced(r"(?<!\d)\d{1,2}(?=[月日])", lambda m: str(int(m[0]) % 9 + 1), rng)


def other_year(draft: Draft, rng: random.Random) -> Draft | None:
    """The year is the one before."""
    return draft.replaced(r"\d{4}(?=年)", lambda m: str(int(m[0]) - 1), rng)


def other_unit(draft: Draft, rng: random.Random) -> Draft | None:
    """A unit's name is that of another unit."""
    names = [n[0] for n in draft.basis.units]
    used = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return draft.replaced(used, lambda m: rng.choice([n for n in names if n not in m[0] and m[0] not in n]), rng)


def unknown_unit(draft: Draft, rng: random.Random) -> Draft | None:
    """A unit's name is one that nobody knows."""
    names = "|".join(sorted((re.escape(n[0]) for n in draft.basis.units), key=len, reverse=True))
    return draft.replaced(names, lambda m: "县档案馆" if m[0] != "县档案馆" else None, rng)


def _lists(draft: Draft, least: int) -> list[tuple[int, int, int, list[str]]]:
    """Printed lists: paragraph, span, members."""
    found = []
    for p in draft.basis.paragraphs:
        for start, end, key in p.spans:
            members = [m.text for m in draft.basis.sources[key].members]
            if len(members) >= least and p.text in draft.texts:
                found.append((draft.texts.index(p.text), start, end, members))
    return found


def _relisted(draft: Draft, at: tuple[int, int, int, list[str]], members: list[str]) -> Draft:
    """A list with other members, joined and quoted as it was."""
    n, start, end, old = at
    listed = draft.texts[n][start:end]
    quoted = listed.startswith("“")
    sign = "；" if "；" in listed.replace(old[0], "") else "、"
    joined = sign.join(f"“{m}”" if quoted else m for m in members)
    return draft.with_text(n, draft.texts[n][:start] + joined + draft.texts[n][end:])


def member_lost(draft: Draft, rng: random.Random) -> Draft | None:
    """A list has lost a member."""
    lists = _lists(draft, 2)
    if not lists:
        return None
    at = rng.choice(lists)
    gone = rng.randrange(len(at[3]))
    return _relisted(draft, at, [m for n, m in enumerate(at[3]) if n != gone])


def member_added(draft: Draft, rng: random.Random) -> Draft | None:
    """A list has a member that is not in it."""
    lists = _lists(draft, 1)
    if not lists:
        return None
    at = rng.choice(lists)
    number = at[3][0].isdigit()
    strange = str(rng.randrange(200, 300)) if number else rng.choice(["城南客运站迁建工程", "县档案馆"])
    place = rng.randrange(len(at[3]) + 1) if len(at[3]) > 1 else len(at[3])
    return _relisted(draft, at, [*at[3][:place], strange, *at[3][place:]])


def member_exchanged(draft: Draft, rng: random.Random) -> Draft | None:
    """A member of one list stands in another list instead of its own."""
    lists = _lists(draft, 1)
    pairs = [
        (a, b)
        for a in lists
        for b in lists
        if a[3][0].isdigit() == b[3][0].isdigit() and not set(a[3]) & set(b[3]) and a[0] != b[0]
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    x, y = rng.randrange(len(a[3])), rng.randrange(len(b[3]))
    return _relisted(draft, a, [b[3][y] if n == x else m for n, m in enumerate(a[3])])


def sentence_lost(draft: Draft, rng: random.Random) -> Draft | None:
    """A sentence with facts in it is gone."""
    return draft.replaced(
        "[^。\n]+。", lambda m: "" if draft.facts(_ENUMERATOR.sub("", m[0])) and len(m[0]) > 6 else None, rng
    )


def negated(draft: Draft, rng: random.Random) -> Draft | None:
    """What is said to be done, of so many, is said not to be done."""
    return draft.replaced(
        r"(?:已(?=开工|完成|赶上)|(?<!未)达到(?=序时)|新增(?=完成))(?=[^，。；：]*\d)",
        lambda m: "未" if m[0] == "已" else "未" + m[0],
        rng,
    )


def other_label(draft: Draft, rng: random.Random) -> Draft | None:
    """A figure is said of another status."""
    labels = [w for w in draft.basis.statuses if any(f"“{w}”" in t for t in draft.texts)]
    if len(labels) < 2:
        return None
    pattern = "(?<=“)(?:" + "|".join(labels) + r")(?=”的?\d)"
    return draft.replaced(pattern, lambda m: rng.choice([w for w in labels if w != m[0]]), rng)


def texts_exchanged(draft: Draft, rng: random.Random) -> Draft | None:
    """What is told of two ledger rows has changed places."""
    own = []
    for p in draft.basis.paragraphs:
        if p.text in draft.texts:
            cells = [(o, p.text[o.start : o.end]) for o in p.origins if not o.name and o.end - o.start > 8]
            own += [(draft.texts.index(p.text), o, t) for o, t in cells]
    pairs = [(a, b) for a in own for b in own if a[1].row != b[1].row and a[2] != b[2] and a[0] != b[0]]
    if not pairs:
        return None
    (n, o, t), (m, q, u) = rng.choice(pairs)
    changed = draft.with_text(n, draft.texts[n][: o.start] + u + draft.texts[n][o.end :])
    return changed.with_text(m, changed.texts[m][: q.start] + t + changed.texts[m][q.end :])


def sections_exchanged(draft: Draft, rng: random.Random) -> Draft | None:
    """Two sentences that say the like of two sections have changed places."""
    heads: dict[str, list[int]] = {}
    for n, text in enumerate(draft.texts):
        if re.search(r"\d", text):
            heads.setdefault(re.sub(r"\d+", "#", text), []).append(n)
    twins = [t for t in heads.values() if len({draft.texts[n] for n in t}) > 1]
    if not twins:
        return None
    a, b = rng.sample(rng.choice(twins), 2)
    if draft.texts[a] == draft.texts[b]:
        return None
    return draft.with_text(a, draft.texts[b]).with_text(b, draft.texts[a])


def row_lost(draft: Draft, rng: random.Random) -> Draft | None:
    """A table has lost a row."""
    return draft.with_rows(*rng.choice(draft.items())) if draft.items() else None


def row_added(draft: Draft, rng: random.Random) -> Draft | None:
    """A row of a table is there twice."""
    if not draft.items():
        return None
    at = rng.choice(draft.items())
    return draft.with_rows(*at, draft.row(at), draft.row(at))


def cell_damaged(draft: Draft, rng: random.Random) -> Draft | None:
    """A digit of a cell is another one."""
    cells = [(at, c) for at in draft.items() for c, text in enumerate(draft.row(at)) if re.search(r"\d", text)]
    if not cells:
        return None
    at, c = rng.choice(cells)
    text = draft.row(at)[c]
    m = rng.choice(list(re.finditer(r"\d", text)))
    return draft.with_cell(at, c, text[: m.start()] + str((int(m[0]) + rng.randrange(1, 9)) % 10) + text[m.end() :])


def cell_exchanged(draft: Draft, rng: random.Random) -> Draft | None:
    """Two cells of one column have changed places."""
    if not draft.items():
        return None
    a = rng.choice(draft.items())
    b = rng.choice([at for at in draft.items() if at[0] == a[0]])
    c = rng.randrange(len(draft.row(a)))
    mine, other = draft.row(a)[c], draft.row(b)[c]
    return None if mine == other else draft.with_cell(a, c, other).with_cell(b, c, mine)


def cell_relabelled(draft: Draft, rng: random.Random) -> Draft | None:
    """The last cell of a row of the annex, its status, is another one."""
    items = [at for at in draft.items() if draft.basis.tables[at[0]].annex]
    if not items:
        return None
    at = rng.choice(items)
    c = len(draft.row(at)) - 1
    return draft.with_cell(at, c, rng.choice([w for w in draft.basis.statuses if w != draft.row(at)[c]]))


def row_strayed(draft: Draft, rng: random.Random) -> Draft | None:
    """A row stands under the title of another section."""
    titles = [(t, r) for t, rows in enumerate(draft.tables) for r, row in enumerate(rows) if len(row) == 1]
    if len(titles) < 2:
        return None
    (t, first), (_, second) = titles[:2]
    at = rng.choice([at for at in draft.items() if at[0] == t and at[1] > second])
    return draft.with_rows(*at).with_rows(t, first, draft.tables[t][first], draft.row(at))


DAMAGES: tuple[Edit, ...] = (
    other_digit, lost_digit, other_figure, exchanged_figures, other_share, other_date, other_year, other_unit,
    unknown_unit, member_lost, member_added, member_exchanged, sentence_lost, negated, other_label, texts_exchanged,
    sections_exchanged, row_lost, row_added, cell_damaged, cell_exchanged, cell_relabelled, row_strayed,
)  # fmt: skip


# ---------------------------------------------------------------------------------------------- harmless edits


def in_chinese(draft: Draft, rng: random.Random) -> Draft | None:
    """A count is written in Chinese numerals."""
    return draft.replaced(r"(?<![\d.第、])[1-9]\d{0,2}(?=[项个家户处名])", lambda m: chinese_number(int(m[0])), rng)


def full_width(draft: Draft, rng: random.Random) -> Draft | None:
    """A number is typed in full-width digits."""
    return draft.replaced(r"\d+", lambda m: "".join(chr(ord(c) + 0xFEE0) for c in m[0]), rng)


def spaced(draft: Draft, rng: random.Random) -> Draft | None:
    """Spaces around a number."""
    return draft.replaced(r"\d+", lambda m: f" {m[0]} ", rng)


def repunctuated(draft: Draft, rng: random.Random) -> Draft | None:
    """Another punctuation mark."""
    return draft.replaced("[；，](?!\\d)", lambda m: {"；": "，", "，": "；"}[m[0]], rng)


def share_in_words(draft: Draft, rng: random.Random) -> Draft | None:
    """百分之三十九 for 39%, or one more zero behind the point."""
    return draft.replaced(
        r"(?<![\d.])\d{1,2}(?:\.\d+)?%",
        lambda m: f"百分之{chinese_number(int(m[0][:-1]))}" if "." not in m[0] else m[0][:-1] + "0%",
        rng,
    )


def amount_in_wan(draft: Draft, rng: random.Random) -> Draft | None:
    """308300万元 for 30.83亿元."""
    return draft.replaced(r"\d+(?:\.\d+)?亿元", lambda m: f"{float(m[0][:-2]) * 10000:.0f}万元", rng)


def date_respelt(draft: Draft, rng: random.Random) -> Draft | None:
    """A date with dashes, in Chinese numerals, or without its year."""

    def respell(match: re.Match[str]) -> str:
        year, month, day = match.groups()
        spoken = "".join("〇一二三四五六七八九"[int(d)] for d in year)
        return rng.choice(
            [
                f"{year}-{int(month):02}-{int(day):02}",
                f"{spoken}年{chinese_number(int(month))}月{chinese_number(int(day))}日",
                f"{month}月{day}日",
            ]
        )

    return draft.replaced(r"(\d{4})年(\d{1,2})月(\d{1,2})日", respell, rng)


def unit_shortened(draft: Draft, rng: random.Random) -> Draft | None:
    """A unit without the place in front."""
    return draft.replaced(
        "县(?=(?:住建|财政|教育|发改|人社|交通|城管|水利|工信|统计|林业|商务|文旅|司法)局)", lambda m: "", rng
    )


def reordered_list(draft: Draft, rng: random.Random) -> Draft | None:
    """The members of a list in another order."""
    lists = _lists(draft, 2)
    if not lists:
        return None
    at = rng.choice(lists)
    members = at[3][:]
    rng.shuffle(members)
    return _relisted(draft, at, members) if members != at[3] else None


_WORDINGS = {
    "现将有关情况通报如下": "现将进展情况予以通报", "现通报如下": "现将情况通报如下", "截至": "截止", "分别为": "分别是",
    "累计交办": "共计交办", "按会议要求推进": "按会议要求有序推进", "占年度计划的": "为年度计划的", "涉及": "共涉及",
    "现将": "现把", "逐项登记建账": "逐条登记建账", "的单位有": "的单位共有", "具体如下": "具体情况如下", "共督查": "一共督查",
    "本次会议确定": "这次会议共确定", "影响进度的原因是": "制约进度的主要原因是", "目前进展": "进展情况", "下一步": "下步",
    "是：": "有：", "推进较快": "推进明显较快", "概算总投资": "总投资概算", "负责的": "牵头负责的",
    "要查明原因、加快落实": "要找准症结、抓紧落实", "项重点工作任务中": "项重点任务中", "承担的任务": "承担任务", "没有": "没",
}  # fmt: skip


def reworded(draft: Draft, rng: random.Random) -> Draft | None:
    """Words that say the same."""
    pattern = "|".join(sorted(map(re.escape, _WORDINGS), key=len, reverse=True))
    return draft.replaced(pattern, lambda m: _WORDINGS[m[0]], rng)


def heavily_reworded(draft: Draft, rng: random.Random) -> Draft | None:
    """Several wordings and an opening phrase in one paragraph."""
    found = [n for n, t in enumerate(draft.texts) if re.search(r"\d", t) and sum(w in t for w in _WORDINGS) > 1]
    if not found:
        return None
    n = rng.choice(found)
    pattern = "|".join(sorted(map(re.escape, _WORDINGS), key=len, reverse=True))
    head = _ENUMERATOR.match(draft.texts[n])
    begin = head.end() if head else 0
    text = re.sub(pattern, lambda m: _WORDINGS[m[0]], draft.texts[n][begin:])
    return draft.with_text(n, draft.texts[n][:begin] + rng.choice(["总体看，", "据统计，", "从督查情况看，"]) + text)


def introduced(draft: Draft, rng: random.Random) -> Draft | None:
    """A sentence of words put in front."""
    n = rng.choice([n for n, t in enumerate(draft.texts) if t.endswith("。")])
    more = rng.choice(["县委、县政府对此高度重视。", "各单位要引以为戒。", "这项工作时间紧、任务重。"])
    return draft.with_text(n, draft.texts[n] + more)


def paragraphs_joined(draft: Draft, rng: random.Random) -> Draft | None:
    """Two paragraphs made one."""
    found = [
        n for n in range(len(draft.texts) - 1)
        if draft.texts[n].endswith("。") and draft.texts[n + 1].endswith("。") and not _ENUMERATOR.match(draft.texts[n + 1])
    ]  # fmt: skip
    if not found:
        return None
    n = rng.choice(found)
    texts = (*draft.texts[:n], draft.texts[n] + draft.texts[n + 1], *draft.texts[n + 2 :])
    return replace(draft, texts=texts)


def paragraph_cut(draft: Draft, rng: random.Random) -> Draft | None:
    """One paragraph made two at a full stop or a semicolon."""
    found = draft.find("[。；](?=[^”])", rng)
    if found is None:
        return None
    n, m = found
    text = draft.texts[n]
    return replace(draft, texts=(*draft.texts[:n], text[: m.end()], text[m.end() :], *draft.texts[n + 1 :]))


def clauses_reordered(draft: Draft, rng: random.Random) -> Draft | None:
    """The ；-parts of a sentence in another order."""

    def reorder(match: re.Match[str]) -> str:
        parts = match[0].rstrip("。").split("；")
        rng.shuffle(parts)
        return "；".join(parts) + "。"

    part = r"[^。；：]*\d[^。；：]*"
    return draft.replaced(f"(?<=[：日中]，)(?:{part}；)+{part}。|(?<=：)(?:{part}；)+{part}。", reorder, rng)


def paragraph_moved(draft: Draft, rng: random.Random) -> Draft | None:
    """Two neighbouring paragraphs that name their own subject have changed places."""
    found = [
        n for n in range(2, len(draft.texts) - 1)
        if all(re.match("由“|存在“|承担|新增完成的|需加快|已完成年度|上期未完成", t) for t in draft.texts[n : n + 2])
    ]  # fmt: skip
    if not found:
        return None
    n = rng.choice(found)
    return replace(draft, texts=(*draft.texts[:n], draft.texts[n + 1], draft.texts[n], *draft.texts[n + 2 :]))


def item_moved(draft: Draft, rng: random.Random) -> Draft | None:
    """Two neighbouring numbered items have changed places, with all that belongs to them, and were renumbered."""
    starts = [
        n for n, t in enumerate(draft.texts) if re.match(r"\d+\.(?!\d)", t) or (t.startswith("第") and "项“" in t)
    ]
    blocks = [
        (a, b, c)
        for a, b, c in zip(starts, starts[1:], [*starts[2:], len(draft.texts)], strict=False)
        if not any(re.match("[一二三四五六七八九]、|（[一二三四五六七八九]）", t) for t in draft.texts[a:c])
    ]
    if not blocks:
        return None
    a, b, c = rng.choice(blocks)
    if c - b != b - a:
        return None
    first, second = list(draft.texts[a:b]), list(draft.texts[b:c])
    numbers = [m[0] if (m := re.match(r"\d+\.(?!\d)", t[0])) else "" for t in (first, second)]
    first[0] = numbers[1] + first[0].removeprefix(numbers[0])
    second[0] = numbers[0] + second[0].removeprefix(numbers[1])
    return replace(draft, texts=(*draft.texts[:a], *second, *first, *draft.texts[c:]))


def rows_reordered(draft: Draft, rng: random.Random) -> Draft | None:
    """Two neighbouring rows of one section have changed places."""
    pairs = [(t, r) for t, r in draft.items() if (t, r + 1) in draft.items()]
    if not pairs:
        return None
    t, r = rng.choice(pairs)
    mine, next_one = draft.row((t, r)), draft.row((t, r + 1))
    return draft.with_rows(t, r, next_one).with_rows(t, r + 1, mine)


def columns_reordered(draft: Draft, rng: random.Random) -> Draft | None:
    """The columns of a table in another order."""
    if not draft.tables:
        return None
    t = rng.randrange(len(draft.tables))
    order = list(range(len(draft.tables[t][0])))
    rng.shuffle(order)
    table = tuple(tuple(row[c] for c in order) if len(row) > 1 else row for row in draft.tables[t])
    return replace(draft, tables=(*draft.tables[:t], table, *draft.tables[t + 1 :]))


def cells_respelt(draft: Draft, rng: random.Random) -> Draft | None:
    """Line breaks, spaces and full-width digits in a cell."""
    if not draft.items():
        return None
    at = rng.choice(draft.items())
    c = rng.randrange(len(draft.row(at)))
    text = draft.row(at)[c]
    spelt = text[: len(text) // 2] + rng.choice(["\n", " ", "\u3000"]) + text[len(text) // 2 :]
    return draft.with_cell(at, c, re.sub(r"\d", lambda m: chr(ord(m[0]) + 0xFEE0), spelt))


def cell_reworded(draft: Draft, rng: random.Random) -> Draft | None:
    """A long cell with some words put in."""
    cells = [(at, c) for at in draft.items() for c, t in enumerate(draft.row(at)) if len(t) > 25 and "，" in t]
    if not cells:
        return None
    at, c = rng.choice(cells)
    return draft.with_cell(at, c, draft.row(at)[c].replace("，", "，目前", 1))


HARMLESS: tuple[Edit, ...] = (
    in_chinese, full_width, spaced, repunctuated, share_in_words, amount_in_wan, date_respelt, unit_shortened,
    reordered_list, reworded, heavily_reworded, introduced, paragraphs_joined, paragraph_cut, clauses_reordered,
    paragraph_moved, item_moved, rows_reordered, columns_reordered, cells_respelt, cell_reworded,
)  # fmt: skip
