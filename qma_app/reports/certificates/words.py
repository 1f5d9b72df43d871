"""The sentences of a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qma_app.domain.certificate_life import LifeState, life_title
from qma_app.i18n import _, day_text, percent_text
from qma_app.reports.certificates.paper import CertificatePaper


def statement(paper: CertificatePaper) -> str:
    """What is certified; a condition is said in the same breath."""
    standard = paper.edition.label
    if paper.certificate.is_conditional and paper.life.state is LifeState.CONDITIONAL:
        return _(
            "was audited by independent auditors against {standard} and meets its rules in the scope named here, on condition that the major findings are closed in time."
        ).format(standard=standard)
    if paper.life.state.may_be_shown or paper.life.state is LifeState.NOT_YET:
        return _(
            "was audited by independent auditors against {standard} and meets its rules in the scope named here."
        ).format(standard=standard)
    if paper.life.state.is_over:
        return _(
            "was audited by independent auditors against {standard} and was certified in the scope named here. The certificate may not be shown any more."
        ).format(standard=standard)
    return _(
        "was audited by independent auditors against {standard} and was certified in the scope named here. While it is suspended, the certificate may not be shown."
    ).format(standard=standard)


def state_words(paper: CertificatePaper) -> str:
    """The state as the page shows it large; a condition with its day."""
    title = life_title(paper.life.state)
    if paper.majors_due is not None:
        return _("{state}: majors closed by {day}").format(state=title, day=day_text(paper.majors_due))
    if paper.life.state in (LifeState.SUSPENDED, LifeState.WITHDRAWN, LifeState.EXPIRED):
        return _("{state} since {day}").format(state=title, day=day_text(paper.life.since))
    return title


def days(first: date, last: date) -> str:
    """A span of days, or the one day."""
    return day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"


def facts(paper: CertificatePaper) -> Iterator[tuple[str, str]]:
    """The dates, each with its name."""
    certificate = paper.certificate
    yield _("Audited"), days(certificate.audited_from, certificate.audited_to)
    yield _("Decided"), day_text(certificate.decided_on)
    yield _("Valid"), days(certificate.valid_from, certificate.valid_until)
    if paper.majors_due is not None:
        yield _("Majors closed by"), day_text(paper.majors_due)
    if paper.surveillances:
        yield _("Surveillance by"), " · ".join(map(day_text, paper.surveillances))
    report = paper.audit.number
    if paper.audit.revision > 1:
        report = _("{number}, revision {revision}").format(number=report, revision=paper.audit.revision)
    yield _("Audit report"), report
    if paper.replaces:
        yield _("Replaces"), paper.replaces
    yield _("State shown as of"), day_text(paper.on)


def left_out_line(paper: CertificatePaper) -> str:
    """The areas the audit did not look at, by name."""
    if not paper.left_out:
        return _("No area of the standard is left out.")
    names = ", ".join(f"{area.code} {area.title}" for area in paper.left_out)
    return _("Not in the scope: {areas}").format(areas=names)


def pass_mark_line(paper: CertificatePaper) -> str:
    """What stands below the level."""
    return _("pass mark {percent}").format(percent=percent_text(str(paper.edition.rules.pass_mark)))


def certified_as(number: str) -> str:
    """The certificate of a person by its number; nothing without one."""
    return _("certificate {number}").format(number=number) if number else ""


def limits_line() -> str:
    """What a reader must not take it for."""
    return _(
        "This certificate speaks of how the dealership works in the scope named, as seen by sample on the audit days. It says nothing about single repairs, vehicles or invoices."
    )


def checking_line() -> str:
    """How it is checked."""
    return _(
        "Only the signed file counts. The code holds the number and the SHA-256 of the data attached to it."
    )


def code_words(paper: CertificatePaper, content_digest: str) -> str:
    """What stands in the QR code, the same in every language."""
    return f"{paper.certificate.number} {content_digest}"


def grouped(fingerprint: str) -> str:
    """A fingerprint in eights, so that it can be compared by eye."""
    return " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8))
