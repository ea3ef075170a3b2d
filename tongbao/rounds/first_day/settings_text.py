"""config.yaml as text: a report made of a proposal, put behind the reports that are there; comments are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from tongbao.config.issuing import DATED, ISSUE, NUMBER, SIGNER
from tongbao.rounds.first_day.issues import Issues
from tongbao.rounds.first_day.proposal import Proposal
from tongbao.rounds.first_day.sources import Source, Where
from tongbao.rounds.first_day.ways import Of, Way

ROSTER = "units.xlsx"
_ASK = "问"
_ASKED = {NUMBER: "发文字号，每期问一次，照上期加一", SIGNER: "签发人，每期问一次", DATED: "成文日期，每期问一次"}
# What YAML takes for one text without quotation marks, whatever stands around it in a list or a mapping.
_PLAIN = re.compile(r"[\w《》（）“”、，。；·—√✓✔☑●○△▲★-][\w《》（）“”、，。；·—√✓✔☑●○△▲★/.-]*")
_WORDS_OF_YAML = re.compile(r"(?:true|false|yes|no|on|off|null|~|[\d.:_-]+|-.*)", re.IGNORECASE)


def new_settings(proposal: Proposal, roster: str) -> str:
    """The text of a config.yaml that holds this report alone."""
    lines = [
        "# 本单位的设置，由 setup 照台账写成。井号后面是说明；改了以后直接再运行一次即可。",
        "office:",
        f"  name: {quoted(proposal.office)}".ljust(40) + "# 落款单位",
        "",
    ]
    if roster:
        lines += [f"units: {quoted(roster)}".ljust(40) + "# 单位名册：名称、简称/别名、排序", ""]
    return "\n".join([*lines, "reports:", *report_lines(proposal, "  "), ""])


def with_report(text: str, proposal: Proposal) -> str:
    """The text of a config.yaml with one more report behind the last one; everything else stays as it is."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(r"reports\s*:", line)), None)
    if start is None:
        return "\n".join([*lines, "", "reports:", *report_lines(proposal, "  "), ""])
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#\-]", lines[n])), len(lines))
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    indent = next((re.match(r"\s*", line)[0] for line in lines[start + 1 : end] if re.match(r"\s*- ", line)), "  ")  # type: ignore[index]
    return "\n".join([*lines[:end], "", *report_lines(proposal, indent), *lines[end:]]).rstrip("\n") + "\n"


def report_lines(proposal: Proposal, indent: str) -> Iterator[str]:
    """The lines of a report, those of the first key behind the dash."""
    inner = indent + "  "
    yield f"{indent}- name: {quoted(proposal.name)}"
    kind = f"kind: {proposal.kind.id}"
    yield f"{inner}{kind}".ljust(40) + f"# {proposal.kind.name}：{proposal.choice.why}"
    yield f"{inner}title: {quoted(proposal.title)}"
    if proposal.sheet:
        yield f"{inner}sheet: {quoted(proposal.sheet)}"
    if proposal.by_sheets:
        yield f"{inner}periods: sheets".ljust(40) + "# 一个工作表一期"
    if proposal.closed:
        yield f"{inner}opening: {{closed: {proposal.closed}}}".ljust(40) + "# 第一本台账以前已经办结的"
    for key, value in proposal.extra.items():
        yield f"{inner}{key}: {quoted(value)}"
    yield from (_way(inner, way) for way in proposal.ways if not way.usual and way.of is not Of.ISSUING)
    yield from _issuing(inner, proposal.bears, proposal.office)
    yield from _mapping(inner, "columns", proposal.columns, "本单位的表头")
    yield from _status_from(inner, proposal.source)
    yield from _mapping(inner, "labels", proposal.labels, "本单位的状态词，归入左边的一类")
    yield from _mapping(inner, "wording", proposal.wording, "通报里的用语，可以照本单位的说法改")


def _way(indent: str, way: Way) -> str:
    value = f"{{columns: [{', '.join(map(quoted, way.columns))}]}}" if way.columns else way.value
    return f"{indent}{way.of}: {value}".ljust(40) + f"# {way.choices[way.value]}"


def _issuing(indent: str, issues: Issues, office: str) -> Iterator[str]:
    head = {"name": issues.bulletin, "office": issues.office if issues.office != office else ""}
    head = {name: quoted(text) for name, text in head.items() if text}
    head |= {ISSUE: _ASK} if ISSUE in issues.asked else {}
    if head:
        yield f"{indent}masthead: {{{', '.join(f'{name}: {text}' for name, text in head.items())}}}"
    for name in (NUMBER, SIGNER, DATED):
        if name in issues.asked:
            yield f"{indent}{name}: {_ASK}".ljust(40) + f"# {_ASKED[name]}"


def _mapping(indent: str, name: str, values: Mapping[str, Sequence[str]], said: str) -> Iterator[str]:
    if values:
        yield f"{indent}{name}:".ljust(40) + f"# {said}"
    for key, words in values.items():
        if len(words) == 1 and name == "wording":
            yield f"{indent}  {quoted(key)}: {quoted(words[0])}"
        else:
            yield f"{indent}  {quoted(key)}: [{', '.join(map(quoted, words))}]"


def _status_from(indent: str, source: Source) -> Iterator[str]:
    if source.where in (Where.WORDS, Where.NOWHERE):
        return
    if source.where is Where.DEADLINE:
        yield f"{indent}status_from: deadline".ljust(40) + "# 没有状态一栏，按时限判断"
        return
    yield f"{indent}status_from:".ljust(40) + f"# {source.why}"
    if source.where is Where.HEAD:
        yield f"{indent}  head_of: {source.head_of}"
    elif source.where is Where.TEXT:
        yield f"{indent}  text_of: {source.head_of}"
    elif source.where is Where.SHARE:
        yield f"{indent}  share_of: {quoted(source.share_of)}"
        below = ", ".join(f"{quoted(label)}: {quoted(bound)}" for label, bound in source.labels.items())
        yield f"{indent}  below: {{{below}}}"
    elif source.where is Where.COLUMNS:
        if source.head_of:
            yield f"{indent}  text_of: {source.head_of}"
        yield f"{indent}  columns:"
        for header, answers in source.columns:
            yield f"{indent}    {quoted(header)}: {_answers(answers)}"
    else:
        names = {Where.SHEETS: "sheets", Where.SECTIONS: "sections", Where.FONTS: "fonts"}
        name = names.get(source.where, "fills")
        yield f"{indent}  {name}:"
        for key, label in source.labels.items():
            yield f"{indent}    {quoted(key)}: {quoted(label)}"


def _answers(answers: Mapping[str, str]) -> str:
    if set(answers) == {""}:
        return quoted(answers[""])
    return "{" + ", ".join(f"{quoted(answer)}: {quoted(label)}" for answer, label in answers.items()) + "}"


def quoted(text: str) -> str:
    """A text as YAML takes it for one text."""
    if _PLAIN.fullmatch(text) and not _WORDS_OF_YAML.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
