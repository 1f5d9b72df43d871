"""Lists the steps of an audit as views of its page: adding one is one module and one entry of `VIEWS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qma_app.domain.audit_path import StepCode, step_title
from qma_app.i18n import _
from ui.pages.view_part import ViewEntry

if TYPE_CHECKING:
    from ui.audit.part import AuditPart


def _plan() -> type[AuditPart]:
    from ui.audit.plan_view import PlanView

    return PlanView


def _opening() -> type[AuditPart]:
    from ui.audit.opening_view import OpeningView

    return OpeningView


def _on_site() -> type[AuditPart]:
    from ui.audit.on_site_view import OnSiteView

    return OnSiteView


def _closing() -> type[AuditPart]:
    from ui.audit.closing_view import ClosingView

    return ClosingView


def _report() -> type[AuditPart]:
    from ui.audit.report_view import ReportView

    return ReportView


def _sign() -> type[AuditPart]:
    from ui.audit.sign_view import SignView

    return SignView


def _decision() -> type[AuditPart]:
    from ui.audit.decision_view import DecisionView

    return DecisionView


def _certificate() -> type[AuditPart]:
    from ui.audit.certificate_view import CertificateView

    return CertificateView


VIEWS: tuple[ViewEntry, ...] = tuple(
    ViewEntry(key=str(code), title=step_title(code), letter=letter, meaning=meaning, load=load)
    for code, letter, meaning, load in (
        (StepCode.PLAN, "P", _("Show plan and sample"), _plan),
        (StepCode.OPENING, "O", _("Show the opening meeting"), _opening),
        (StepCode.ON_SITE, "S", _("Show what is done on site"), _on_site),
        (StepCode.CLOSING, "C", _("Show the closing meeting"), _closing),
        (StepCode.REPORT, "R", _("Show the audit report"), _report),
        (StepCode.SIGN, "L", _("Show signing and locking"), _sign),
        (StepCode.DECISION, "D", _("Show the decision"), _decision),
        (StepCode.CERTIFICATE, "E", _("Show the certificate"), _certificate),
    )
)
