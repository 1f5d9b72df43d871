"""What the line above the checkpoints says in an audit: that the second look is blind, and what the auditor's role keeps covered."""

from __future__ import annotations

from typing import NamedTuple

from qma_app.i18n import _
from ui.checklists.sheet import Sheet


class BannerWords(NamedTuple):
    """The sentence (empty: no line), whether the assessment can be reopened from it, and its picture."""

    said: str
    can_reopen: bool
    picture: str


def banner_words(sheet: Sheet, refusal: str) -> BannerWords:
    """What stands above the checkpoints of this sheet; `refusal` says why nothing can be changed."""
    can_reopen = not sheet.assessment.is_open
    if not sheet.is_blind:
        return BannerWords(refusal, can_reopen, "lock")
    if sheet.assessment.is_guided:
        if refusal:
            return BannerWords(refusal, can_reopen, "lock")
        return BannerWords(
            _("Blind second look: the coach's rating is shown after you have rated."), False, "eye-off"
        )
    covered = _("Ratings and findings are covered until you have rated the checkpoint in the audit.")
    return BannerWords(" ".join(filter(None, (refusal, covered))), False, "eye-off")
