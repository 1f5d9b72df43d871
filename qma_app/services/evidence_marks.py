"""Marking a photo: blurred, cropped and pointed at in everything that leaves the app, untouched in what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qma_app.domain.evidence import FULL_SIDE, Evidence, EvidenceKind, Mark, MarkKind
from qma_app.domain.ids import EvidenceId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.exchange.photo_marks import marked_renditions
from qma_app.i18n import _
from qma_app.services.workspace import Workspace

MOST_MARKS: Final = 100
LONGEST_WORDS: Final = 200
LONGEST_NUMBER: Final = 3
SMALLEST_CROP: Final = FULL_SIDE // 50

_AREAS: Final = (MarkKind.CROP, MarkKind.BLUR, MarkKind.BOX)


def mark_photo(workspace: Workspace, evidence_id: EvidenceId, marks: Sequence[Mark]) -> Changes:
    """Set the marks of a photo, all of them; with none the renditions are again those of the plain picture.

    The stored picture stays as it is. StorageTrouble or NotFound where it can no longer be read; then nothing is changed.
    """
    with workspace.reading() as reader:
        evidence = reader.get(Evidence, evidence_id)
        if evidence.kind is not EvidenceKind.PHOTO:
            raise RuleBroken(
                _("{name} is a document; only photos can be marked.").format(name=evidence.name),
                code="marks.document",
                way_out=_("Take a picture of the page in as a photo and mark that."),
            )
        kept = _checked(marks)
        if kept == evidence.marks:
            return Changes(what="evidence.marked")
        stored = reader.evidence_bytes(evidence.digest)
    drawn = marked_renditions(stored, kept)
    put = workspace.store.evidence.put
    shared = put(drawn.shared) if drawn.shared is not None else None
    paper, thumbnail = put(drawn.paper), put(drawn.thumbnail)
    with workspace.writing("evidence.marked") as work:
        work.put(
            replace(
                evidence,
                marks=kept,
                shared_digest=shared,
                paper_digest=paper,
                thumbnail_digest=thumbnail,
            )
        )
    return work.changes


def marked_picture(reader: Reader, evidence: Evidence, marks: Sequence[Mark]) -> bytes:
    """What would leave the app in full size with these marks, before they are stored.

    NotFound or StorageTrouble name a stored picture that is missing or changed, RuleBroken a mark that cannot be drawn.
    """
    stored = reader.evidence_bytes(evidence.digest)
    return marked_renditions(stored, _checked(marks)).shared or stored


def _checked(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    if len(marks) > MOST_MARKS:
        raise _refused(_("A photo holds at most {count} marks.").format(count=MOST_MARKS), "marks.too-many")
    if sum(mark.kind is MarkKind.CROP for mark in marks) > 1:
        raise _refused(_("A photo is cropped once."), "marks.crop-twice")
    for number, mark in enumerate(marks, 1):
        wrong = _what_is_wrong(mark)
        if wrong:
            raise _refused(_("Mark {number}: {wrong}").format(number=number, wrong=wrong), "marks.wrong")
    return tuple(replace(mark, words=mark.words.strip()) for mark in marks)


def _what_is_wrong(mark: Mark) -> str:
    """A sentence on the first thing wrong with a mark; empty when it can be drawn."""
    ends = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
    words = mark.words.strip()
    if not all(0 <= end <= FULL_SIDE for end in ends):
        return _("it reaches beyond the picture.")
    if mark.kind in _AREAS and (mark.width <= 0 or mark.height <= 0):
        return _("it has no width or no height.")
    if mark.kind is MarkKind.CROP and min(mark.width, mark.height) < SMALLEST_CROP:
        return _("what it leaves of the picture is too small.")
    if mark.kind is MarkKind.ARROW and not (mark.width or mark.height):
        return _("the arrow begins where it ends.")
    if mark.kind is MarkKind.TEXT and not 0 < len(words) <= LONGEST_WORDS:
        return _("its text has 1 to {count} characters.").format(count=LONGEST_WORDS)
    if mark.kind is MarkKind.NUMBER and not 0 < len(words) <= LONGEST_NUMBER:
        return _("its number has 1 to {count} characters.").format(count=LONGEST_NUMBER)
    return ""


def _refused(sentence: str, code: str) -> RuleBroken:
    return RuleBroken(sentence, code=code, way_out=_("Draw it again; the photo keeps the marks it had."))
