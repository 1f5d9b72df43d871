"""When a programme may go over to another edition, and when that may be taken back."""

from __future__ import annotations

from itertools import pairwise

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.domain.upgrade import Upgrade
from qma_app.errors import RuleBroken, StaleEdit
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
        _check_nothing_rated_since(reader, wanted)
    elif any(assessment.edition == wanted.to_edition for assessment in made):
        raise RuleBroken(
            _("An assessment was started in the new edition meanwhile."),
            code="upgrade.in-use",
            way_out=_("Discard that assessment first, or stay with the new edition."),
        )


def check_one_way(reader: Reader, engagement_id: EngagementId) -> None:
    """Raise StaleEdit where the upgrades of a programme no longer lead, one after the other, to the edition it follows."""
    upgrades = reader.all(Upgrade, engagement_id=engagement_id)
    edition = reader.get(Engagement, engagement_id).edition
    is_broken = any(one.to_edition != following.from_edition for one, following in pairwise(upgrades))
    if is_broken or (upgrades and upgrades[-1].to_edition != edition):
        raise _changed_since(upgrades[-1])


def check_is_followed(reader: Reader, assessment: Assessment) -> None:
    """Raise RuleBroken for an assessment in an edition its programme was brought back from: it would count nowhere."""
    if assessment.edition is None:
        return
    if assessment.edition not in lineage_of(reader, assessment.engagement_id).editions:
        edition = reader.edition(assessment.edition).label
        raise RuleBroken(
            _("Assessment {number} was made in {edition}, which this programme does not follow.").format(
                number=assessment.number, edition=edition
            ),
            code="assessment.edition-not-followed",
            way_out=_("Take the programme to {edition} first.").format(edition=edition),
            assessment=assessment.id,
        )


def _check_nothing_rated_since(reader: Reader, wanted: Upgrade) -> None:
    """What was decided once was decided on the ratings of then: a later one would be passed over."""
    new = reader.edition(wanted.to_edition)
    standing = reader.standing(wanted.engagement_id)
    named = {carry.checkpoint_id for carry in wanted.carried}
    lost = {carry.rating_id for carry in wanted.carried if carry.rating_id is not None}
    lost -= {rating.id for rating in standing.values()}
    is_newer = any(
        id in new.checkpoints and id not in named and (rating.points is None or rating.points in new.points)
        for id, rating in standing.items()
    )
    if lost or is_newer:
        raise _changed_since(wanted)


def _changed_since(upgrade: Upgrade) -> StaleEdit:
    return StaleEdit(
        _("The standing changed since; this change of edition cannot be made again as it was."),
        code="upgrade.stale",
        way_out=_("Go over to the edition anew, and decide on what stands now."),
        id=upgrade.id,
    )
