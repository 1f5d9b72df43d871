"""Words for the codes of audits and certificates, the same on paper, in workbooks and on screen."""

from __future__ import annotations

from qma_app.domain.audit import ListSource, SeenHow, TeamPart
from qma_app.domain.certification import AppealOutcome, CertificateStep, DecisionOutcome, IssuedKind
from qma_app.domain.tie import TieKind
from qma_app.i18n import _


def part_title(part: TeamPart) -> str:
    """What somebody does in the audit."""
    return {
        TeamPart.LEAD: _("Lead auditor"),
        TeamPart.AUDITOR: _("Auditor"),
        TeamPart.EXPERT: _("Expert, does not grade"),
        TeamPart.OBSERVER: _("Observer, does not grade"),
    }[part]


def seen_how_title(how: SeenHow) -> str:
    """Where the auditor was when the evidence was seen."""
    return {
        SeenHow.ON_SITE: _("on site"),
        SeenHow.REMOTE: _("remote"),
        SeenHow.ON_PAPER: _("on paper"),
    }[how]


def list_source_title(source: ListSource) -> str:
    """What kind of list a sample was drawn of."""
    return {
        ListSource.WORKBOOK: _("Excel workbook"),
        ListSource.CSV: _("CSV file"),
        ListSource.NUMBERS: _("range of numbers"),
    }[source]


def decided_title(outcome: DecisionOutcome) -> str:
    """What was decided on a certificate."""
    return {
        DecisionOutcome.GRANTED: _("granted"),
        DecisionOutcome.CONDITIONAL: _("granted on condition"),
        DecisionOutcome.REFUSED: _("refused"),
    }[outcome]


def appeal_title(outcome: AppealOutcome) -> str:
    """How an appeal ended."""
    return {AppealOutcome.UPHELD: _("upheld"), AppealOutcome.REJECTED: _("rejected")}[outcome]


def certificate_step_title(step: CertificateStep) -> str:
    """What happened to a certificate."""
    return {
        CertificateStep.CONFIRMED: _("confirmed"),
        CertificateStep.SUSPENDED: _("suspended"),
        CertificateStep.RESTORED: _("restored"),
        CertificateStep.WITHDRAWN: _("withdrawn"),
    }[step]


def issued_kind_title(kind: IssuedKind) -> str:
    """What a signed file is."""
    return {IssuedKind.REPORT: _("Audit report"), IssuedKind.CERTIFICATE: _("Certificate")}[kind]


def tie_title(kind: TieKind) -> str:
    """What ties somebody to a dealership."""
    return {
        TieKind.COACHED: _("Coached this dealership"),
        TieKind.OWNED_ACTIONS: _("Owned actions of this dealership"),
        TieKind.EMPLOYED: _("Worked at this dealership"),
        TieKind.PAID: _("Was paid by this dealership"),
    }[kind]
