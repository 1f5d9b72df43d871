"""Which figures of a check fit together, and what a decision has to be backed by."""

from __future__ import annotations

from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.domain.wording import effect_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.effect_suggestion import MONTHS


def fitting(verification: Verification) -> Verification:
    """The check as it is; RuleBroken where its figures or months contradict one another."""
    size, allowed, failing = verification.size, verification.allowed, verification.failing
    population = verification.population
    is_wrong = (
        (population is not None and population < (size or 1))
        or (size is not None and size < 1)
        or (allowed is not None and allowed < 0)
        or (failing is not None and failing < 0)
        or (size is not None and allowed is not None and allowed >= size)
        or (size is not None and failing is not None and failing > size)
    )
    if is_wrong:
        raise RuleBroken(
            _("These figures of the sample do not fit together."),
            code="verification.figures",
            way_out=_(
                "Draw at least one record and no more than there are, allow fewer failing ones than drawn, and count no more than drawn."
            ),
        )
    months = [getattr(verification, name) for name in MONTHS]
    known = [month for month in months if month is not None]
    if known != sorted(known) or (len(known) == len(MONTHS) and months[1] >= months[2]):
        raise RuleBroken(
            _("The months before must lie before the months after."),
            code="verification.months",
            way_out=_("Choose months before the action was done, and months after it."),
        )
    return verification


def check_decision(
    verification: Verification, decided: Effect | None, suggested: Effect | None, words: str, reason: str
) -> None:
    """RuleBroken where nothing was decided, or where a decision lacks the reason or the words it needs."""
    if decided is None:
        raise RuleBroken(
            _("The figures do not say whether it worked."),
            code="verification.effect-missing",
            way_out=_("Decide: effective, not shown or worse."),
        )
    if suggested is not None and decided is not suggested and not reason.strip():
        raise RuleBroken(
            _("The figures speak for “{effect}”; another decision needs its reason.").format(
                effect=effect_title(suggested)
            ),
            code="verification.reason-missing",
            way_out=_("Write why you decide otherwise."),
        )
    needs_words = verification.kind is VerificationKind.DOCUMENT or (
        verification.kind is VerificationKind.LOOK and verification.points is None
    )
    if needs_words and not words.strip():
        raise RuleBroken(
            _("A check by looking or by document needs words."),
            code="verification.words-missing",
            way_out=_("Write what was seen, or which document shows it."),
        )
