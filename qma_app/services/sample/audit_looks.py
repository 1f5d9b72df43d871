"""What the auditor of the sample gives at a checkpoint and how it was looked at, drawn around what the file tells."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from qma_app.domain.audit import SeenHow
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.services.sample.audit_story import AuditTold

_LEAST: Final = 6
"""A checkpoint that falls deeper stands among the findings."""
_AROUND: Final = (-2.2, 2.0)
"""How far a checkpoint may be harder or easier than its area, in points."""
_AS_COACH, _ASKED, _WATCHED, _READ, _AGAIN = 0.62, 0.3, 0.22, 0.45, 0.2
"""How often the auditor comes to the coach's points; asked, watched and read; how often what was watched was done again."""
_WHERE: Final = ((0.8, SeenHow.ON_SITE), (0.93, SeenHow.ON_PAPER), (1.0, SeenHow.REMOTE))


def points_at(
    point: Checkpoint, edition: Edition, told: AuditTold, before: int | None, chance: Random
) -> int:
    """Those of its finding; else often the coach's, or around the level of the area, and a critical checkpoint is met."""
    found = next((one.points for one in told.findings if one.at == point.id), None)
    least = edition.rules.critical_points if point.is_critical else _LEAST
    aim = told.levels[point.area_id] / 10 + chance.uniform(*_AROUND)
    is_alike = chance.random() < _AS_COACH
    if found is not None:
        return found
    if is_alike and before is not None and before >= least:
        return before
    steps = [step for step in edition.points if step >= least]
    distances = {abs(step - aim): step for step in steps}
    return distances[min(distances)]


def look_at(point: Checkpoint, told: AuditTold, chance: Random) -> dict[str, Any] | None:
    """The fields of the look; None where nothing was written down beside the points."""
    words = told.looks[point.area_id]
    asked = chance.choice(words.asked) if chance.random() < _ASKED else ""
    watched = chance.choice(words.watched) if chance.random() < _WATCHED else ""
    read = str(point.evidence) if chance.random() < _READ or point.sample is not None else ""
    where, is_again = chance.random(), chance.random() < _AGAIN
    no_sample = told.no_sample.get(point.id, "")
    if point.id in told.not_seen or not (asked or watched or read or no_sample):
        return None
    return {
        "interviews": asked,
        "observed": watched,
        "records": read,
        "seen_how": next(how for share, how in _WHERE if where <= share),
        "is_live": bool(watched),
        "is_repeated": bool(watched) and is_again,
        "no_sample": no_sample,
    }
