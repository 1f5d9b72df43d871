"""`qma next`, `qma portfolio`, `qma calendar`: what the coaching year asks for, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qma_app.cli import typed
from qma_app.i18n import _, day_text, ngettext, number_text

if TYPE_CHECKING:
    from qma_app.domain.edition import ResultRules
    from qma_app.domain.ids import DealershipId
    from qma_app.domain.next_step import NextStep
    from qma_app.services.portfolio import PortfolioLine
    from qma_app.services.workspace import Workspace

DONE = 0
FindDealership = Callable[["Workspace", str | None], "DealershipId"]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_INDENT = " " * 10


def add_programme(commands: Commands, find: FindDealership) -> None:
    """The three commands; `find` leads from a code to its dealership."""
    steps = _command(
        commands, "next", _run_next, _("list the next steps of a programme, with reasons and minutes")
    )
    _about(steps, find)
    _on(steps)

    portfolio = _command(
        commands,
        "portfolio",
        _run_portfolio,
        _("show every dealership in one line: phase, score, visits, what is late"),
    )
    portfolio.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    _on(portfolio)

    calendar = _command(
        commands,
        "calendar",
        _run_calendar,
        _("write visits, reviews, milestones and due dates as a calendar file"),
    )
    _about(calendar, find, left_out=_("every dealership if left out"))
    calendar.add_argument("-o", "--output", type=Path, required=True, metavar=_("FILE.ics"))


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _about(parser: argparse.ArgumentParser, find: FindDealership, *, left_out: str = "") -> None:
    parser.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    parser.add_argument(
        "-d",
        "--dealership",
        metavar=_("CODE"),
        help=left_out or _("may be left out when there is one dealership"),
    )
    parser.set_defaults(find=find)


def _on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on",
        type=typed.day,
        metavar=_("DATE"),
        help=_("the day it speaks of, such as 2026-11-21; today if left out"),
    )


def _run_next(chosen: argparse.Namespace) -> int:
    from qma_app.domain.standing import current_engagement
    from qma_app.services.next_steps import next_steps
    from qma_app.services.workspace import open_to_read

    with open_to_read(chosen.workspace) as workspace:
        dealership_id = chosen.find(workspace, chosen.dealership)
        day = chosen.on or workspace.today()
        with workspace.reading() as reader:
            engagement = current_engagement(reader, dealership_id)
            steps = next_steps(reader, engagement.id, on=day)
    for line in step_lines(steps, day):
        print(line)
    return DONE


def step_lines(steps: Sequence[NextStep], day: date) -> list[str]:
    """Two lines a step: minutes and what, then why and until when; at the end how many there are and how long they take."""
    wanted = [step for step in steps if step.ticked_on is None]
    if not wanted:
        return [_("Nothing is to be done on {day}.").format(day=day_text(day))]
    lines = []
    for step in wanted:
        lines.append(f"{_('{count} min').format(count=step.minutes):>8}  {step.title}")
        day_due = day_text(step.due_on) if step.due_on is not None else ""
        is_told = day_due in step.reason  # a reason that names the day needs it no second time
        due = "" if is_told else _("due {day}").format(day=day_due)
        why = "; ".join(part for part in (step.reason.rstrip(" ."), due) if part)
        if why:
            lines.append(f"{_INDENT}{why}")
    minutes = sum(step.minutes for step in wanted)
    count = len(wanted)
    lines.append("")
    lines.append(
        ngettext(
            "{count} step, {minutes} minutes", "{count} steps, {minutes} minutes together", count
        ).format(count=count, minutes=number_text(minutes))
    )
    return lines


def _run_portfolio(chosen: argparse.Namespace) -> int:
    from qma_app.services.portfolio import portfolio
    from qma_app.services.workspace import open_to_read

    with open_to_read(chosen.workspace) as workspace, workspace.reading() as reader:
        view = portfolio(reader, on=chosen.on or workspace.today())
        rows = [_cells(line, reader.edition(line.engagement.edition).rules) for line in view.lines]
    if not view.lines:
        print(_("No dealership has a programme yet."))
        return DONE
    heads = (
        _("Dealership"),
        _("Phase"),
        _("Month"),
        _("Score"),
        _("Trend"),
        _("Next visit"),
        _("Overdue"),
        _("Majors"),
        _("Certificate"),
        _("Gate at risk"),
    )
    for line in in_columns([heads, *rows]):
        print(line)
    return DONE


def in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as plain text, each column as wide as its longest cell, without spaces at the end."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _cells(line: PortfolioLine, rules: ResultRules) -> tuple[str, ...]:
    phase = line.phase_title
    return (
        f"{line.dealership.code} {line.dealership.name}".strip(),
        _("{phase} (late)").format(phase=phase) if line.phase_is_late else phase,
        f"{line.month}/{line.months}",
        _score(line, rules),
        _trend(line.trend),
        day_text(line.next_visit) if line.next_visit is not None else "–",
        str(line.overdue_actions),
        str(line.open_majors),
        _certificate(line),
        " ".join(line.why_at_risk.split()) or (_("yes") if line.gate_at_risk else ""),
    )


def _certificate(line: PortfolioLine) -> str:
    """`to 29 Jun 2030, surveillance 1 by 30 Jun 2028`"""
    held = line.certificate
    return ", ".join(filter(None, (held.state_words, held.next_words))) if held is not None else "–"


def _score(line: PortfolioLine, rules: ResultRules) -> str:
    """The level as every screen shows it; a part of the areas is not the whole and says so."""
    from qma_app.domain.levels import bounds_of, shown_level

    shown = shown_level(line.overall, bounds_of(rules))
    if line.overall is None or line.is_whole:
        return shown
    return _("{score} ({rated} of {count} areas)").format(
        score=shown, rated=line.rated_areas, count=line.counted_areas
    )


def _trend(trend: Fraction | None) -> str:
    if trend is None:
        return "–"
    words = number_text(trend, 1)
    return f"+{words}" if trend > 0 else words


def _run_calendar(chosen: argparse.Namespace) -> int:
    from qma_app.services.calendars import write_calendar
    from qma_app.services.workspace import open_to_read

    with open_to_read(chosen.workspace) as workspace:
        about = chosen.find(workspace, chosen.dealership) if chosen.dealership else None
        print(write_calendar(workspace, chosen.output, dealership_id=about))
    return DONE
