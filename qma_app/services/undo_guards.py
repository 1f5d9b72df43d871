"""What a step back or forward must not do to a finding: leave it closed on what was taken back, or its causes in a ring."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding
from qma_app.domain.finding_reading import obstacles_of
from qma_app.domain.ids import FindingId
from qma_app.domain.record import Changes, Record
from qma_app.domain.verification import Verification
from qma_app.storage.scopes import WritingScope

_LIFE: Final = ("finding.", "action.", "actions.", "cause.", "verification.", "undone", "redone")


def finding_left_closed(
    work: WritingScope, pairs: Sequence[tuple[Record, Record]], of: Changes
) -> FindingId | None:
    """A finding that this step would leave closed although its effect is not shown, where something newer than the edit says so.

    One that stood so before the edit may stand so again: it was closed before the rule, or by what the step restores.
    """
    concerned = (id for expected, wanted in pairs for id in _concerned(work, expected, wanted))
    for id in dict.fromkeys(concerned):
        finding = work.find(Finding, id)
        if finding is None or finding.is_open or not obstacles_of(work, finding):
            continue
        if _has_newer(work, finding, of):
            return id
    return None


def is_in_ring(work: WritingScope, cause: Cause) -> bool:
    """Whether a cause hangs below itself."""
    above, seen = cause.parent_id, set[str]()
    while above is not None and above not in seen:
        if above == cause.id:
            return True
        seen.add(above)
        one = work.find(Cause, above)
        above = one.parent_id if one is not None else None
    return False


def _concerned(work: WritingScope, expected: Record, wanted: Record) -> list[FindingId]:
    """Findings that are closed or weighed anew, or whose effect is taken back."""
    match expected, wanted:
        case Finding(), Finding() if not wanted.is_open and (
            expected.is_open or expected.grade is not wanted.grade
        ):
            return [wanted.id]
        case Action(), Action() if expected.effective_on is not None and wanted.effective_on is None:
            return [link.finding_id for link in work.all(ActionLink, action_id=wanted.id)]
        case Verification(), _ if expected.finding_id is not None and expected.is_made:
            return [expected.finding_id]
        case _:
            return []


def _has_newer(work: WritingScope, finding: Finding, of: Changes) -> bool:
    links = work.all(ActionLink, finding_id=finding.id)
    about: set[str] = {finding.id, *(link.id for link in links), *(link.action_id for link in links)}
    about |= {cause.id for cause in work.all(Cause, finding_id=finding.id)}
    return any(
        entry.seq > of.seq and json.loads(entry.body)["what"].get("entry") != str(of.seq)
        for entry in work.log_entries_about(about, _LIFE)
    )
