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
        "assessment.completed": _("completing the assessment"),
        "assessment.corrected": _("correcting the assessment"),
        "assessment.discarded": _("discarding the assessment"),
        "assessment.remark-written": _("remark"),
        "assessment.reopened": _("reopening the assessment"),
        "assessment.self-imported": _("taking in the self-assessment"),
        "assessment.started": _("starting the assessment"),
        "assessment.summary-written": _("summary"),
        "bin.restored": _("restoring from the bin"),
        "dealership.added": _("new dealership"),
        "dealership.archived": _("archiving the dealership"),
        "dealership.changed": _("dealership"),
        "dealership.deleted": _("deleting the dealership"),
        "dealership.unarchived": _("bringing the dealership back"),
        "engagement.changed": _("programme"),
        "engagement.upgraded": _("change of edition"),
        "evidence.added": _("adding evidence"),
        "evidence.described": _("description of evidence"),
        "evidence.linked": _("linking evidence"),
        "evidence.removed": _("removing evidence"),
        "finding.changed": _("finding"),
        "finding.closed": _("closing the finding"),
        "finding.deleted": _("deleting the finding"),
        "finding.raised": _("new finding"),
        "finding.reopened": _("reopening the finding"),
        "person.added": _("new person"),
        "person.changed": _("person"),
        "person.removed": _("removing the person"),
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
        "site.removed": _("removing the site"),
    }
    return words.get(changes.what, _("last edit"))
