"""What the program says at the end of a month, as plain text that a person can read and a golden file can hold.

`QMA_WRITE_GOLDEN=1 python -m pytest tests/services/coaching_year` writes the files anew instead of comparing; read the difference
before you keep it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import unified_diff
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.course import ScoreCourse
from qma_app.domain.finding import Finding
from qma_app.domain.gates import GateView, gate_of
from qma_app.domain.next_step import NextStep
from qma_app.domain.people import Qualification
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise
from qma_app.domain.review import ManagementReview
from qma_app.domain.visit import Visit
from qma_app.i18n import rounded
from qma_app.services.journey import journey
from qma_app.services.next_steps import next_steps
from qma_app.services.readiness import readiness
from tests.services.coaching_year.year import Year

FOLDER: Final = Path(__file__).parents[2] / "golden" / "next_steps"
SWITCH: Final = "QMA_WRITE_GOLDEN"
_NUMBERED: Final[tuple[type[Any], ...]] = (Visit, Finding, Action, Promise, Assessment, ManagementReview)
_MARK: Final = {True: "x", False: " ", None: "?"}


def check_month(year: Year, month: int) -> str:
    """The difference of what the program says today to the golden file of a month, "" where there is none; or the file is written."""
    path, said = FOLDER / f"month-{month:02}.txt", month_text(year, month)
    if os.environ.get(SWITCH):
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8", newline="\n")
        return ""
    known = path.read_text(encoding="utf-8") if path.is_file() else ""
    return "\n".join(unified_diff(known.splitlines(), said.splitlines(), path.name, "now", lineterm=""))


def month_text(year: Year, month: int) -> str:
    """The month as text: where the programme stands, its gates, what is expected, and the next steps in their order."""
    with year.workspace.reading() as reader:
        lines = list(_lines(reader, year, month))
    text = "\n".join(lines) + "\n"
    assert not re.search(r"\bid-\d", text), "a golden file names no id"
    return text


def _lines(reader: Reader, year: Year, month: int) -> Iterator[str]:
    on, id = year.today, year.engagement_id
    view = journey(reader, id, on=on)
    yield f"Month {month}, {on.isoformat()}"
    yield view.subtitle
    ready = readiness(reader, id, on=on)
    yield f"If audited today: {ready.verdict}"
    yield from (f"Late: {line.title}, {line.why}" for line in view.late)
    yield ""
    yield "GATES"
    phases = sorted(reader.all(PlannedPhase, engagement_id=id), key=lambda one: one.place)
    for phase in phases:
        yield from _gate(gate_of(reader, id, phase, on=on), is_shown=phase.starts_on <= on)
    yield ""
    yield "FORECAST"
    yield from _course(view.course)
    steps = next_steps(reader, id, on=on)
    yield ""
    yield f"NEXT STEPS ({len(steps)})"
    names = _names(reader, id)
    for place, step in enumerate(steps, 1):
        yield from _step(place, step, names)


def _gate(view: GateView, *, is_shown: bool) -> Iterator[str]:
    phase = view.phase
    days = f"{phase.starts_on.isoformat()} to {phase.ends_on.isoformat()}"
    if phase.passed_on is not None:
        yield f"{view.title}, {days}: passed {phase.passed_on.isoformat()}"
        if phase.passed_open:
            yield f"    all the same: {phase.passed_reason}"
        yield from (f"    was open: {one.condition}, {one.figures}" for one in phase.passed_open)
    elif is_shown:
        yield f"{view.title}, {days}: {'can be passed' if view.is_open else 'open'}"
        for one in view.conditions:
            yield f"    [{_MARK[one.holds]}] {one.check}: {one.figures} ({one.tone.value})"
    else:
        yield f"{view.title}, {days}: ahead"


def _course(course: ScoreCourse) -> Iterator[str]:
    points = [f"{one.label} {_figure(one.overall)}" for one in course.points]
    yield f"assessed whole: {', '.join(points) or '-'}"
    last = course.assessed[-1] if course.assessed else None
    if last is not None:
        yield f"assessed {last.assessed}, passed {last.passed} of {last.total}"
    yield f"audit on {course.audit_on.isoformat()}, pass mark {course.pass_mark}, enough: {course.is_enough}"
    if course.forecast is not None:
        one = course.forecast
        span = f"{_figure(one.low)} to {_figure(one.high)}"
        yield f"expected on {one.on.isoformat()}: {_figure(one.expected)}, {span}"
    if course.burn is not None:
        burn = course.burn
        done = burn.done_on.isoformat() if burn.done_on else "never at this pace"
        yield f"{_figure(burn.rate)} a month, {burn.left} left, done {done}{', late' if burn.is_late else ''}"


def _step(place: int, step: NextStep, names: dict[str, str]) -> Iterator[str]:
    key = step.key
    for id in re.findall(r"id-\d+", key):
        key = key.replace(id, names.get(id, id))
    due = f", due {step.due_on.isoformat()}" if step.due_on else ""
    ticked = f", ticked {step.ticked_on.isoformat()}" if step.ticked_on else ""
    yield f"{place:3} {key} [{step.rule or 'settled'}, {step.kind.value}] {step.minutes} min{due}{ticked}"
    yield f"      {step.title}"
    if step.reason:
        yield f"      {step.reason}"


def _names(reader: Reader, engagement_id: str) -> dict[str, str]:
    """What the ids in keys of steps stand for, in words that stay the same however many records are made."""
    names = {
        one.id: f"{kind.__name__.lower()}-{one.number}"
        for kind in _NUMBERED
        for one in reader.all(kind, engagement_id=engagement_id)
    }
    for phase in reader.all(PlannedPhase, engagement_id=engagement_id):
        names[phase.id] = f"{phase.phase}-{phase.wave}" if phase.wave else phase.phase
    for held in reader.all(Qualification):
        names[held.id] = f"certificate-{held.number}"
    return {str(id): name for id, name in names.items()}


def _figure(value: Fraction) -> str:
    return str(rounded(value, 1))
