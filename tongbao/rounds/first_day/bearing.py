"""What a circular bears that changes with every issue: its date, its numbers, who signs; and of which period it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongbao.config.issuing import DATED, ISSUE, NUMBER, SIGNER
from tongbao.model import Period
from tongbao.words.periods import cell_date, find_phrases, parse_period, spell_out

_COUNTED = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,5})"
# 第5期, 2025年第5期（总第30期）: on a line of its own, or behind the name of the bulletin.
_ISSUE = re.compile(
    rf"(?P<before>.*?)(?P<issue>(?:[（(]\s*)?(?:[〔\[]?(?:19|20)\d\d[〕\]]?\s*(?:年度?)?\s*)?第\s*{_COUNTED}\s*[期号辑]"
    rf"(?:\s*[（(]?\s*总\s*第?\s*\d+\s*[期号]\s*[）)]?)?(?:\s*[）)])?)\s*$"
)
# 云政督〔2025〕5号, alone or before 签发人; one that a text cites (根据…号) is in a longer line.
_NUMBER = re.compile(
    rf"^(?P<number>[\u4e00-\u9fffA-Za-z]{{2,14}}\s*[〔\[（(【［]\s*(?:19|20)\d\d\s*[〕\]）)】］]\s*第?\s*{_COUNTED}\s*号)(?=\s|$|签)"
)
_SIGNER = re.compile(
    r"签\s*发\s*人?\s*[:：]\s*(?P<name>[\u4e00-\u9fff·]{1,4}"
    r"(?:[ \u3000、](?![\u4e00-\u9fff]*\s*[:：])[\u4e00-\u9fff·]{1,4})*)"
)
_BULLETIN = re.compile(r"[\u4e00-\u9fff]{2,16}(?:通报|简报|专报|快报|通讯|动态|专刊|要情|督查|督办)")
_OFFICE_AND_DAY = re.compile(r"(?P<office>[\u4e00-\u9fff]{4,28})\s+(?P<day>\d.*日)")
_YEAR_OF_DAYS = 360


@dataclass(frozen=True, slots=True)
class Bearing:
    """The fields of `成文信息` by name; the name of the bulletin and the office in its head; the period it reports on.

    `period` is None where nothing tells it.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    bulletin: str = ""
    office: str = ""
    period: Period | None = None

    @property
    def dated(self) -> date | None:
        """The date under which it was issued."""
        return cell_date(self.fields.get(DATED, ""))


def bearing_of(file: str, head: Sequence[str], title: str, body: Sequence[str], signed: str) -> Bearing:
    """What a circular bears, by the lines above its title, the title as printed, its body, the signature's date."""
    bulletin, issue = _issue(head)
    day_row = next((match for line in head if (match := _OFFICE_AND_DAY.fullmatch(_even(line)))), None)
    day = cell_date(_bare(spell_out(signed))) or (cell_date(_bare(spell_out(day_row["day"]))) if day_row else None)
    found = {
        DATED: day.isoformat() if day else "",
        ISSUE: issue,
        NUMBER: _first(_NUMBER, "number", (*head, *body[:2])),
        SIGNER: _first(_SIGNER, "name", (*head, *body[-8:])),
    }
    fields = {name: text for name, text in found.items() if text}
    return Bearing(fields, bulletin, day_row["office"] if day_row else "", _period(file, title, body, day))


def _first(pattern: re.Pattern[str], group: str, lines: Sequence[str]) -> str:
    return next((_bare(match[group]) for line in lines if (match := pattern.search(line.strip("（() ）\u3000")))), "")


def _issue(head: Sequence[str]) -> tuple[str, str]:
    """The name of the bulletin and its issue: the name stands before the number, or on the line above it."""
    for n, line in enumerate(head):
        if not _NUMBER.match(line) and (match := _ISSUE.fullmatch(_even(line))):
            names = (_bare(match["before"]), *(_bare(above) for above in reversed(head[:n])))
            name = next((it for it in names if _BULLETIN.fullmatch(it)), "")
            if name:
                return name, re.sub(r"^[（(]\s*(.*?)\s*[）)]$", r"\1", _bare(match["issue"]))
    return "", ""


def _bare(text: str) -> str:
    return "".join(text.split())


def _even(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------------------------------------- the period


def _period(file: str, title: str, body: Sequence[str], day: date | None) -> Period | None:
    """The period of the title, of the file, of the first lines (截至7月31日); a year is taken from the date."""
    texts = (title, file.rpartition(".")[0], *body[:4])
    told = [period for text in texts[:2] if (period := parse_period(text))]
    if day:
        told += [period for text in texts[:2] if (period := parse_period(f"{_year_for(text, day)}年{text}"))]
        told += _as_of(texts[2:], day)
    short = [period for period in told if (period.last - period.first).days < _YEAR_OF_DAYS]
    return next((it for it in (*short, *told) if day is None or it.first <= day), None)


def _year_for(text: str, day: date) -> int:
    """The year of a month without one: the last in which it lies before the date."""
    trial = parse_period(f"{day.year}年{text}")
    return day.year - 1 if trial and trial.first > day else day.year


def _as_of(lines: Sequence[str], day: date) -> Iterator[Period]:
    for line in lines:
        spelt = spell_out(line)
        for phrase in find_phrases(spelt):
            if re.search(r"截[至止]$", spelt[: phrase.start].rstrip()):
                text = spelt[phrase.start : phrase.stop]
                said = text if phrase.year else f"{_year_for(text, day)}年{text}"
                if period := parse_period(said):
                    yield period
