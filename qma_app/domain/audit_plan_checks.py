"""What makes a plan of an audit whole: areas in and out with reasons, a timetable, and that it was sent in good time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_check import PathCheck
from qma_app.domain.audit_state import AuditState
from qma_app.domain.spot import Spot
from qma_app.i18n import _, day_text, ngettext

SENT_DAYS: Final = 14
"""So many days before its first one a plan goes out."""
_PLAN: Final = Spot(page="audit", view="plan")
_WHOLE: Final = frozenset(
    (AssessmentKind.PRE_AUDIT, AssessmentKind.CERTIFICATION_AUDIT, AssessmentKind.RECERTIFICATION)
)
"""Kinds that look at the whole house: each area they leave out needs a reason."""


def scope_explained(state: AuditState) -> PathCheck:
    """Each area the audit leaves out has its reason; audits of a part need none for the rest of the house."""
    reasons = {one.area_id: one.reason for one in state.audit.left_out}
    asked = [
        area.id
        for area in state.edition.areas
        if area.id not in state.assessment.scope and (state.kind in _WHOLE or area.id in reasons)
    ]
    bare = [id for id in asked if not reasons.get(id, "").strip()]
    titles = [str(state.edition.areas_by_id[id].title) for id in bare]
    count = len(state.assessment.scope)
    words = ngettext("{count} area is looked at.", "{count} areas are looked at.", count).format(count=count)
    if bare:
        words = _("Left out without a reason: {areas}.").format(areas=", ".join(titles))
    spots = tuple(
        (title, Spot(page="audit", view="plan", area_id=id)) for title, id in zip(titles, bare, strict=True)
    )
    return PathCheck(
        code="scope",
        holds=not bare,
        words=words,
        records=tuple(bare),
        where=spots[0][1] if spots else None,
        spots=spots,
    )


def timetable_made(state: AuditState) -> PathCheck:
    """The days were worked out, and each area to be looked at has its time."""
    if state.audit.days is None:
        words = _("The days of the audit are not worked out yet.")
        return PathCheck(code="timetable", holds=False, words=words, records=(state.audit.id,), where=_PLAN)
    planned = {slot.area_id for slot in state.slots}
    wanted = list(dict.fromkeys(point.area_id for point in state.to_rate))
    missing = [id for id in wanted if id not in planned]
    titles = [str(state.edition.areas_by_id[id].title) for id in missing]
    words = _("Each area has its time.")
    if missing:
        words = _("No time yet for: {areas}.").format(areas=", ".join(titles))
    return PathCheck(
        code="timetable",
        holds=not missing,
        words=words,
        records=tuple(missing),
        where=_PLAN if missing else None,
        spots=tuple((title, _PLAN) for title in titles),
    )


def plan_sent(state: AuditState) -> PathCheck:
    """The plan was sent; one on short notice is not announced. Sent late is said, and holds."""
    audit = state.audit
    if state.kind is AssessmentKind.SHORT_NOTICE:
        return PathCheck(code="sent", holds=True, words=_("An audit on short notice is not announced."))
    by = send_by(audit.first_on)
    if audit.sent_on is None:
        words = _("The plan was not sent yet.")
        if by is not None:
            words = _("The plan was not sent yet; it should be with the dealership by {day}.").format(
                day=day_text(by)
            )
        return PathCheck(code="sent", holds=False, words=words, records=(audit.id,), where=_PLAN)
    words = _("The plan was sent on {day}.").format(day=day_text(audit.sent_on))
    if by is not None and audit.sent_on > by:
        words = _("The plan was sent on {day}, less than two weeks ahead.").format(
            day=day_text(audit.sent_on)
        )
    return PathCheck(code="sent", holds=True, words=words)


def send_by(first_on: date | None) -> date | None:
    """The last day to send the plan two weeks ahead."""
    return None if first_on is None else first_on - timedelta(days=SENT_DAYS)
