"""The reasons most often given, so that leaving something out takes one key and still says why."""

from __future__ import annotations

from collections import Counter

from qma_app.domain.rating import Outcome
from qma_app.i18n import _
from ui.checklists.sheet import Sheet

MOST = 4


def usual_reasons(sheet: Sheet, outcome: Outcome) -> tuple[str, ...]:
    """What was given before in this assessment, the most frequent first, then what is given everywhere."""
    given = Counter(
        row.rating.reason
        for row in sheet.rows.values()
        if row.rating is not None and row.rating.outcome is outcome and row.rating.reason
    )
    usual = {
        Outcome.NOT_APPLICABLE: (
            _("Not offered at this dealership"),
            _("No such case in the period looked at"),
            _("Done by another company"),
        ),
        Outcome.NOT_SEEN: (
            _("No time in this visit"),
            _("The person who knows was not there"),
            _("Records could not be shown"),
        ),
    }[outcome]
    own = [reason for reason, _count in given.most_common(MOST - 1)]
    return tuple(dict.fromkeys([*own, *usual]))[:MOST]
