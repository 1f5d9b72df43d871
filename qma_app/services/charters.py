"""The charter of a programme: written once, signed once, and read-only from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CharterId, EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.workspace import Workspace


class CharterWords(TypedDict, total=False):
    """What stands in a charter; what is left out stays as it was."""

    aim: str
    coach_part: str


def write_charter(
    workspace: Workspace, engagement_id: EngagementId, **words: Unpack[CharterWords]
) -> Changes:
    """Write the charter of a programme, or correct it: its one charter is made when there is none. RuleBroken once it is signed."""
    with workspace.writing("charter.written") as work:
        work.get(Engagement, engagement_id)
        charter = charter_of(work, engagement_id)
        if charter is None:
            charter = Charter(id=CharterId(work.new_id()), engagement_id=engagement_id)
        _check_unsigned(charter)
        work.put(replace(charter, **words))
    return work.changes


def sign_charter(
    workspace: Workspace, engagement_id: EngagementId, *, on: date, by: str, place: str = ""
) -> Changes:
    """The charter was signed on that day; from now on it does not change. Its signed page is evidence tied to it.

    RuleBroken where it is signed already, says nothing yet, nobody is named, or the day lies ahead.
    """
    with workspace.writing("charter.signed") as work:
        work.get(Engagement, engagement_id)
        charter = charter_of(work, engagement_id)
        if charter is None or not charter.aim.strip():
            raise RuleBroken(
                _("The charter does not say yet what shall be different."),
                code="charter.aim-missing",
                way_out=_("Write its aim first."),
            )
        _check_unsigned(charter)
        if not by.strip():
            raise RuleBroken(
                _("Nobody is named who signed."),
                code="charter.signer-missing",
                way_out=_("Write the name of who signed, as a rule the principal."),
            )
        if on > workspace.today():
            raise RuleBroken(
                _("{day} lies ahead.").format(day=day_text(on)),
                code="charter.day-ahead",
                way_out=_("Enter the day on which it was signed."),
            )
        work.put(replace(charter, signed_on=on, signed_by=by.strip(), place=place.strip()))
    return work.changes


def charter_of(reader: Reader, engagement_id: EngagementId) -> Charter | None:
    """The charter of a programme, None while there is none."""
    return next(iter(reader.all(Charter, engagement_id=engagement_id)), None)


def _check_unsigned(charter: Charter) -> None:
    if charter.signed_on is not None:
        raise RuleBroken(
            _("The charter was signed on {day} by {name} and does not change any more.").format(
                day=day_text(charter.signed_on), name=charter.signed_by
            ),
            code="charter.signed",
            way_out=_("Note what is agreed anew as a promise."),
        )
