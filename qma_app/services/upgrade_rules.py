"""When a programme may go over to another edition, and when that may be taken back."""

from __future__ import annotations

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import EngagementId
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.domain.upgrade import Upgrade
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace


def check_may_upgrade(workspace: Workspace) -> None:
    """Raise RuleBroken unless a coach, or nobody named, is working."""
    worker = workspace.worker
    if worker is not None and worker.role is not Role.COACH:
        raise RuleBroken(
            _("Only a coach takes a programme to another edition."),
            code="role.coach-needed",
            way_out=_("Change who is working in the status bar."),
        )


def check_none_open(reader: Reader, engagement_id: EngagementId) -> None:
    """Raise RuleBroken while an assessment is open: it is made in one edition."""
    still_open = [one for one in reader.all(Assessment, engagement_id=engagement_id) if one.is_open]
    if still_open:
        raise RuleBroken(
            _("Assessment {number} is still open.").format(number=still_open[0].number),
            code="upgrade.assessment-open",
            way_out=_("Complete or discard it first: an assessment is made in one edition."),
            assessment=still_open[0].id,
        )


def check_may_put_back(workspace: Workspace, reader: Reader, wanted: Upgrade) -> None:
    """Raise RuleBroken where undo or redo of an upgrade would leave work in an edition the programme does not follow."""
    check_may_upgrade(workspace)
    made = reader.all(Assessment, engagement_id=wanted.engagement_id)
    if wanted.deleted_at is None:
        check_none_open(reader, wanted.engagement_id)
    elif any(assessment.edition == wanted.to_edition for assessment in made):
        raise RuleBroken(
            _("An assessment was started in the new edition meanwhile."),
            code="upgrade.in-use",
            way_out=_("Discard that assessment first, or stay with the new edition."),
        )
