"""Names edits for undo and redo, as the palette shows them: `Undo: rating`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qma_app.i18n import _

if TYPE_CHECKING:
    from qma_app.domain.record import Changes

NOT_UNDONE = ("working.", "workspace.", "edition.", "standard.")
"""Beginnings of edits that are no work on a record: who is working is changed by saying so, not by undo."""


def edit_words(changes: Changes) -> str:
    """What an edit was about, in one or two words."""
    words = {
        "action.accepted": _("accepting the proposal"),
        "action.changed": _("action"),
        "action.deleted": _("deleting the action"),
        "action.dropped": _("giving up the action"),
        "action.linked": _("tying the action to a finding"),
        "action.moved": _("moving the action"),
        "action.planned": _("new action"),
        "action.standardised": _("writing the action into a document"),
        "action.taken-up": _("taking up the action"),
        "action.unlinked": _("untying the action"),
        "actions.imported": _("taking in the action plan"),
        "assessment.completed": _("completing the assessment"),
        "assessment.corrected": _("correcting the assessment"),
        "assessment.discarded": _("discarding the assessment"),
        "assessment.remark-written": _("remark"),
        "assessment.reopened": _("reopening the assessment"),
        "assessment.self-imported": _("taking in the self-assessment"),
        "assessment.started": _("starting the assessment"),
        "assessment.summary-written": _("summary"),
        "bin.restored": _("restoring from the bin"),
        "cause.added": _("new cause"),
        "cause.changed": _("cause"),
        "cause.moved": _("moving the cause"),
        "cause.removed": _("removing the cause"),
        "dealership.added": _("new dealership"),
        "dealership.archived": _("archiving the dealership"),
        "dealership.changed": _("dealership"),
        "dealership.deleted": _("deleting the dealership"),
        "dealership.unarchived": _("bringing the dealership back"),
        "engagement.changed": _("programme"),
        "engagement.upgraded": _("change of edition"),
        "evidence.added": _("adding evidence"),
        "evidence.consent-noted": _("consent"),
        "evidence.described": _("description of evidence"),
        "evidence.linked": _("linking evidence"),
        "evidence.marked": _("marks on the photo"),
        "evidence.removed": _("removing evidence"),
        "evidence.revised": _("newer version of evidence"),
        "evidence.unlinked": _("unlinking evidence"),
        "finding.changed": _("finding"),
        "finding.closed": _("closing the finding"),
        "finding.deleted": _("deleting the finding"),
        "finding.raised": _("new finding"),
        "finding.plan-accepted": _("accepting the plan"),
        "finding.plan-withdrawn": _("withdrawing the plan"),
        "finding.reopened": _("reopening the finding"),
        "finding.replied": _("reply of the dealership"),
        "finding.seen-again": _("seen again"),
        "finding.sighting-removed": _("removing the sighting"),
        "person.added": _("new person"),
        "person.changed": _("person"),
        "person.removed": _("removing the person"),
        "person.certified": _("certificate of the person"),
        "person.qualification-withdrawn": _("withdrawing the certificate"),
        "photos.pair-changed": _("pair of photos"),
        "photos.paired": _("pairing the photos"),
        "photos.unpaired": _("taking the pair apart"),
        "rating.as-last-time": _("rating as last time"),
        "rating.cleared": _("clearing the rating"),
        "rating.not-applicable": _("not applicable"),
        "rating.not-seen": _("not seen"),
        "rating.note-written": _("note"),
        "rating.process-not-applicable": _("process not applicable"),
        "rating.rated": _("rating"),
        "rating.sample-labelled": _("name of a sample record"),
        "rating.sample-resized": _("size of the sample"),
        "rating.sample-ticked": _("sample tick"),
        "site.added": _("new site"),
        "site.changed": _("site"),
        "reading.removed": _("removing the reading"),
        "reading.written": _("KPI readings"),
        "site.removed": _("removing the site"),
        "verification.changed": _("planned check"),
        "verification.drawn": _("drawing the sample"),
        "verification.made": _("check of the effect"),
        "verification.planned": _("planning a check"),
        "verification.removed": _("removing the planned check"),
    }
    return words.get(changes.what, _("last edit"))
