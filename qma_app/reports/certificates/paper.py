"""What a certificate says, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qma_app.domain.audit import Audit
from qma_app.domain.certificate_content import (
    BasisContent,
    CertificateContent,
    EventContent,
    ScopeContent,
    SignatoryContent,
    days_ahead,
)
from qma_app.domain.certificate_life import CertificateLife
from qma_app.domain.certification import Certificate, CertificationDecision
from qma_app.domain.edition import Area, Edition
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.ports import LogHead
from qma_app.i18n import language


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """Somebody named on it, with the number of the certificate that was valid for them then."""

    name: str
    certificate: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningLine:
    """Whose key signs the file: the name in its certificate, the SHA-256 of that, and whether it is a key for trial."""

    name: str
    fingerprint: str
    is_trial: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificatePaper:
    """A certificate as it stands on the day `on`; without `signing` it is a draft nobody can rely on."""

    certificate: Certificate
    decision: CertificationDecision
    audit: Audit
    edition: Edition
    scope: tuple[Area, ...]
    left_out: tuple[Area, ...]
    lead_auditor: Signatory
    decision_maker: Signatory
    replaces: str
    replaced_by: Certificate | None
    life: CertificateLife
    on: date
    log_head: LogHead
    is_sample: bool
    signing: SigningLine | None = None

    @property
    def level_shown(self) -> str:
        """The overall level in the language in force, on its own side of every bound."""
        return shown_level(Fraction(self.certificate.level), bounds_of(self.edition.rules))

    @property
    def is_trial(self) -> bool:
        return self.signing is not None and self.signing.is_trial

    @property
    def majors_due(self) -> date | None:
        """The last day to close the majors, None where none are open."""
        return days_ahead(self.life)[0]

    @property
    def surveillances(self) -> tuple[date, ...]:
        """The last days of the surveillances not done yet."""
        return days_ahead(self.life)[1]


def content_of(paper: CertificatePaper) -> CertificateContent:
    """The data to be attached to this paper, in the language in force."""
    certificate, edition, successor = paper.certificate, paper.edition, paper.replaced_by
    has_successor = successor is not None and successor.valid_from <= paper.on
    return CertificateContent(
        number=certificate.number,
        replaces=paper.replaces,
        language=language(),
        holder=certificate.holder,
        address=certificate.address,
        standard=str(edition.title),
        edition=edition.version,
        edition_hash=certificate.edition,
        scope=tuple(map(_area, paper.scope)),
        left_out=tuple(map(_area, paper.left_out)),
        level=certificate.level,
        level_shown=paper.level_shown,
        pass_mark=edition.rules.pass_mark,
        bounds=bounds_of(edition.rules),
        audited_from=certificate.audited_from,
        audited_to=certificate.audited_to,
        decided_on=certificate.decided_on,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        is_conditional=certificate.is_conditional,
        conditional_days=edition.rules.conditional_days,
        events=tuple(
            EventContent(step=event.step.value, on=event.on, reason=event.reason)
            for event in certificate.events
            if event.on <= paper.on
        ),
        replaced_by=successor.number if successor is not None and has_successor else "",
        replaced_on=successor.valid_from if successor is not None and has_successor else None,
        as_of=paper.on,
        state=paper.life.state.value,
        majors_due=paper.majors_due,
        surveillances=paper.surveillances,
        lead_auditor=_signatory(paper.lead_auditor),
        decision_maker=_signatory(paper.decision_maker),
        basis=BasisContent(
            report_number=paper.audit.number,
            report_revision=paper.audit.revision,
            report_digest=paper.decision.report_digest,
            outcome=paper.decision.outcome.value,
        ),
        log_seq=paper.log_head.seq,
        log_hash=paper.log_head.hash,
        is_trial=paper.is_trial,
        is_sample=paper.is_sample,
    )


def _area(area: Area) -> ScopeContent:
    return ScopeContent(id=area.id, code=area.code, title=str(area.title))


def _signatory(one: Signatory) -> SignatoryContent:
    return SignatoryContent(name=one.name, certificate=one.certificate)
