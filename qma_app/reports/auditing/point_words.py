"""Words for the codes an audit is recorded in: what a meeting went through, and how evidence was seen."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.domain.audit import AuditLook
from qma_app.domain.audit_wording import list_source_title, seen_how_title
from qma_app.i18n import _

__all__ = ["list_source_title", "look_lines", "meeting_point_title", "seen_how_title", "seen_words"]


def meeting_point_title(code: str) -> str:
    """A point of the opening or the closing meeting; the code itself where it is not known here."""
    return {
        "people": _("who is there, and in which part"),
        "scope": _("aims, scope and criteria"),
        "method": _("how the team looks, and what counts as evidence"),
        "grading": _("how findings are graded"),
        "sampling": _("that samples are drawn, and what they cannot show"),
        "timetable": _("the timetable"),
        "objection": _("how one objects"),
        "confidentiality": _("confidentiality and personal data"),
        "safety": _("safety in workshop and yard"),
        "thanks": _("thanks"),
        "strengths": _("what was good"),
        "findings": _("every finding with its grade"),
        "result": _("the result and the recommendation"),
        "deadlines": _("until when what is to be closed"),
        "decision": _("who decides, and when"),
    }.get(code, code)


def look_lines(look: AuditLook) -> Iterator[str]:
    """What was said, observed and read at a checkpoint, each apart, and why no sample was drawn."""
    for title, words in (
        (_("Interviews"), look.interviews),
        (_("Observed"), look.observed),
        (_("Records"), look.records),
        (_("No sample"), look.no_sample),
    ):
        if words.strip():
            yield _("{name}: {text}").format(name=title, text=words)


def seen_words(look: AuditLook) -> str:
    """Where and how the evidence was seen; "" where that is not said."""
    how = (
        seen_how_title(look.seen_how) if look.seen_how else "",
        _("watched live") if look.is_live else "",
        _("check made again") if look.is_repeated else "",
    )
    return _("Seen: {how}").format(how=", ".join(filter(None, how))) if any(how) else ""
