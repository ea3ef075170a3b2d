"""`new` at the console: which kind, and which of the office's reports the empty ledger is for."""

from __future__ import annotations

from pathlib import Path

from tongbao.config.kind_called import called, kind_id, names_of_kinds
from tongbao.config.kind_file import load_kind
from tongbao.config.kinds import Kind
from tongbao.config.office import Report, Settings, load_settings
from tongbao.ledger.asked import asked_period, kind_for
from tongbao.model import Level, Problem, Refusal
from tongbao.outside.screen import ask
from tongbao.rounds.new_ledger.command import empty_ledger
from tongbao.rounds.written import Written
from tongbao.run.options import Options
from tongbao.words.text import nearest


def begun(options: Options, templates: Path, period: str) -> Written:
    """Writes an empty ledger for the kind, the report and the period that were asked for. Raises Refusal."""
    settings = load_settings(options.config)
    kind = asked_kind(settings, templates, options)
    report = asked_report(settings, kind, options.report)
    own = kind_for(templates, report) if report else kind
    return empty_ledger(settings, own, report, asked_period(period), templates)


def asked_kind(settings: Settings, templates: Path, options: Options) -> Kind:
    """The kind that is typed, that of the report named by -r, or the one chosen on the console.

    Raises Refusal where none is.
    """
    typed = options.given[0] if options.given else ""
    if not typed and options.report:
        typed = _named(settings, options.report).kind
    if not typed:
        names = names_of_kinds(templates)
        chosen = ask("哪一种通报的台账？", list(names.values()))
        if chosen is None:
            known = "、".join(called(id_, name) for id_, name in names.items())
            example = next(iter(names.values()), "种类")
            raise Refusal(Problem(Level.ERROR, "use", "要写明一个种类", f"如 new {example}；可选：{known}"))
        typed = list(names)[chosen]
    return load_kind(templates, kind_id(templates, typed))


def asked_report(settings: Settings, kind: Kind, name: str | None) -> Report | None:
    """The report for which the ledger is made: the one named, the only one of the kind, or the one chosen.

    None where no report is of the kind, or nobody chooses among several.
    """
    if name is not None:
        report = _named(settings, name)
        if report.kind != kind.id:
            message = f"“{name}”不是{kind.name}一种的通报"
            raise Refusal(Problem(Level.ERROR, "use", message, "不写种类就照这份通报的", value=name))
        return report
    reports = [report for report in settings.reports if report.kind == kind.id]
    if len(reports) < 2:
        return reports[0] if reports else None
    chosen = ask("是哪一份通报的台账？", [report.name for report in reports])
    return None if chosen is None else reports[chosen]


def _named(settings: Settings, name: str) -> Report:
    known = [report.name for report in settings.reports]
    if name in known:
        return settings.reports[known.index(name)]
    near = nearest(name, known)
    fix = f"是不是“{near}”？" if near else "配置里有：" + "、".join(known)
    raise Refusal(Problem(Level.ERROR, "use", f"配置里没有名为“{name}”的通报", fix, value=name))
