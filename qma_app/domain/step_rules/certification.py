"""What audits on their path and the certificate after them ask for; few programmes have any, so their words are imported with the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import NextStep, StepRule


def lead_the_audit(state: EngagementState) -> Iterator[NextStep]:
    """The one thing at hand in each audit."""
    if not state.audits:
        return
    from qma_app.domain.step_rules.audit_steps import steps_of_audit

    for work in state.audits:
        yield from steps_of_audit(work, state.on)


def keep_the_certificate(state: EngagementState) -> Iterator[NextStep]:
    """What falls due while the certificate counts, and what its end asks for."""
    if state.certificate is None:
        return
    from qma_app.domain.step_rules.certificate_steps import steps_of_certificate

    yield from steps_of_certificate(state, state.certificate)


RULES: Final = (
    StepRule(code="audit", apply=lead_the_audit),
    StepRule(code="certificate-due", apply=keep_the_certificate),
)
