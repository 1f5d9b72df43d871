"""The data inside a paper, of a report or of a certificate, and whether what is printed comes out of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qma_app.domain import audit_content, certificate_content
from qma_app.domain.audit_content import AuditContent
from qma_app.domain.certificate_content import CertificateContent
from qma_app.errors import QmaError
from qma_app.i18n import _
from qma_app.services.paper_words import words_missing

MOST_COMPARED: Final = 2_000_000
"""So many pairs of area and rating are worked out at most; a full standard has some ten thousand, a forged file may have any number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperContents:
    """What is common to both kinds; exactly one of `audit` and `certificate` is there."""

    number: str
    revision: int
    is_trial: bool
    log_seq: int
    log_hash: str
    audit: AuditContent | None = None
    certificate: CertificateContent | None = None

    @property
    def title(self) -> str:
        """`Audit report R-2027-0001, revision 1`"""
        if self.certificate is not None:
            return _("Certificate {number}").format(number=self.number)
        return _("Audit report {number}, revision {revision}").format(
            number=self.number, revision=self.revision
        )


def read_contents(data: bytes) -> PaperContents:
    """The data by the form they name; ReportTrouble where they are in neither."""
    if _schema(data) == certificate_content.SCHEMA:
        held = certificate_content.certificate_from(data)
        return PaperContents(
            number=held.number,
            revision=1,
            is_trial=held.is_trial,
            log_seq=held.log_seq,
            log_hash=held.log_hash,
            certificate=held,
        )
    told = audit_content.content_from(data)
    head = told.head
    return PaperContents(
        number=head.number,
        revision=head.revision,
        is_trial=head.is_trial,
        log_seq=head.log_seq,
        log_hash=head.log_hash,
        audit=told,
    )


def contents_differing(contents: PaperContents, pdf: bytes | None) -> Iterator[str]:
    """Each value that does not come out of the data, and each that stands on no page; without a PDF the pages are left out."""
    if contents.audit is not None:
        if len(contents.audit.areas) * len(contents.audit.ratings) > MOST_COMPARED:
            yield _("There are far more areas and ratings than any standard has.")
            return
        found = audit_content.differences(contents.audit)
        expected = audit_content.printed_words(contents.audit)
    else:
        assert contents.certificate is not None
        found = certificate_content.certificate_differences(contents.certificate)
        expected = certificate_content.certificate_words(contents.certificate)
    for one in found:
        yield _("{what}: stated {stated}, computed {computed}").format(
            what=one.what, stated=one.stated or "–", computed=one.computed or "–"
        )
    if pdf is None:
        return
    try:
        missing = words_missing(pdf, expected)
    except QmaError as error:
        yield error.message
        return
    for word in missing:
        yield _("not printed as the data say: {word}").format(word=word)


def _schema(data: bytes) -> object:
    """What form the data say they are in; read strictly only afterwards."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return said.get("schema") if isinstance(said, dict) else None
