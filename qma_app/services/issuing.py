"""How a paper leaves the house: its data attached, signed, looked at with suspicion, its file kept and its record made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from qma_app.domain.certification import IssuedFile, IssuedKind, Signer
from qma_app.domain.ids import AuditId, CertificateId, EngagementId, IssuedFileId, PersonId, SignerId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.errors import ReportTrouble, RuleBroken, StaleEdit
from qma_app.exchange.pdf_signing import attach_data, sign_pdf
from qma_app.exchange.pdf_verifying import verify_pdf
from qma_app.exchange.signing_key import SigningKey, load_key
from qma_app.i18n import _, day_text, instant_text
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "CERTIFICATE_ATTACHMENT",
    "REPORT_ATTACHMENT",
    "SignedPaper",
    "SigningKey",
    "check_clock",
    "check_signer",
    "issuing",
    "keep_paper",
    "load_signing_key",
    "put_issued",
    "ready_to_sign",
    "seal_paper",
]

REPORT_ATTACHMENT: Final = "audit.json"
CERTIFICATE_ATTACHMENT: Final = "certificate.json"
"""What the attached data are called in the two kinds of paper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedPaper:
    """A signed PDF, the SHA-256 of its bytes and of the data attached to it, and the moment it was signed."""

    data: bytes = field(repr=False)
    digest: str
    content_digest: str
    at: datetime


def load_signing_key(path: Path, passphrase: str, *, on: date) -> SigningKey:
    """The key in a PKCS#12 file, fit for signing on that day; ImportTrouble says what is wrong with it."""
    return load_key(path, passphrase, on=on)


def ready_to_sign() -> None:
    """Load what signing needs (most of a second), so that it does not stop in the middle of a progress."""
    import qma_app.exchange.pdf_library  # noqa: F401


def seal_paper(
    pdf: bytes,
    content: bytes,
    key: SigningKey,
    *,
    at: datetime,
    reason: str,
    place: str,
    field: str,
    attachment: str,
) -> SignedPaper:
    """Attach the data, sign, and look at the result as a stranger would; ReportTrouble `signing.not-genuine` if it does not hold."""
    whole = attach_data(pdf, content, name=attachment, at=at)
    data = sign_pdf(whole, key, at=at, reason=reason, place=place, field=field)
    found = verify_pdf(data, known={key.fingerprint}, attachment=attachment)
    if not found.is_genuine or found.attached != content:
        raise ReportTrouble(
            _("The signed paper does not pass its own check; nothing was written."),
            code="signing.not-genuine",
            way_out=_("Try again; if it happens again, make a backup and ask for help."),
            reasons=tuple(one.code for one in found.reasons),
        )
    return SignedPaper(
        data=data, digest=found.digest, content_digest=hashlib.sha256(content).hexdigest(), at=at
    )


def keep_paper(workspace: Workspace, paper: SignedPaper) -> None:
    """Put the file among the evidence files under its digest, read back and proven."""
    workspace.store.evidence.put(paper.data)


@contextmanager
def issuing(workspace: Workspace, what: str, paper: SignedPaper, **about: str) -> Iterator[WritingScope]:
    """One edit that records a signed paper, with its file kept before; where the edit fails the file is gone again."""
    files = workspace.store.evidence
    was_there = files.has(paper.digest)
    try:
        keep_paper(workspace, paper)
        with workspace.writing(what, **about) as work:
            yield work
    except BaseException:
        if not was_there:
            files.remove(paper.digest)
        raise


def check_clock(reader: Reader, now: datetime) -> None:
    """RuleBroken `signing.clock-behind` where this computer's clock stands before the last change: a signature would lie."""
    last = reader.log_head().at
    if last is not None and now < last:
        raise RuleBroken(
            _("The clock of this computer says {now}, but the last change was made on {last}.").format(
                now=instant_text(now), last=instant_text(last)
            ),
            code="signing.clock-behind",
            way_out=_("Set date and time of this computer right, then sign."),
        )


def check_signer(reader: Reader, key: SigningKey, person_id: PersonId | None, *, at: datetime) -> None:
    """RuleBroken for a key that is not valid at that moment, was revoked here, or is known as somebody else's."""
    if not key.valid_from <= at.astimezone(UTC).date() <= key.valid_until:
        raise RuleBroken(
            _("The certificate of {name} is valid from {begin} to {end} only.").format(
                name=key.name, begin=day_text(key.valid_from), end=day_text(key.valid_until)
            ),
            code="signing.not-valid",
            way_out=_("Check the date of this machine, or ask for a new certificate."),
            name=key.name,
        )
    known = _known_signer(reader, key)
    if known is None:
        return
    if known.revoked_on is not None:
        raise RuleBroken(
            _("The key of {name} was revoked on {day}.").format(
                name=known.name, day=day_text(known.revoked_on)
            ),
            code="signing.revoked",
            way_out=_("Sign with another key."),
            name=known.name,
        )
    if None not in (known.person_id, person_id) and known.person_id != person_id:
        holder = reader.find(Person, known.person_id or "", in_bin=True)
        raise RuleBroken(
            _("This key is known as that of {name}.").format(name=holder.name if holder else known.name),
            code="signing.other-person",
            way_out=_("Everybody signs with a key of their own: choose yours."),
            name=known.name,
        )


def put_issued(
    work: WritingScope,
    paper: SignedPaper,
    key: SigningKey,
    *,
    engagement_id: EngagementId,
    audit_id: AuditId,
    kind: IssuedKind,
    number: str,
    revision: int,
    language: str,
    name: str,
    log_seq: int,
    log_hash: str,
    certificate_id: CertificateId | None = None,
    replaces: IssuedFileId | None = None,
    person_id: PersonId | None = None,
) -> IssuedFile:
    """The record of a signed file, and of its signer where the key is new here.

    `log_seq` and `log_hash` are the head printed in it: StaleEdit where something was changed since, so that the paper never tells of
    another state than the one it closes.
    """
    head = work.log_head()
    if (head.seq, head.hash) != (log_seq, log_hash):
        raise StaleEdit(
            _("Something was changed while the paper was made; nothing was signed."),
            code="signing.changed-meanwhile",
            way_out=_("Sign again: the paper then tells of the newer state."),
        )
    check_signer(work, key, person_id, at=paper.at)
    signer = _known_signer(work, key)
    if signer is None:
        signer = Signer(
            id=SignerId(work.new_id()),
            fingerprint=key.fingerprint,
            name=key.name,
            person_id=person_id,
            valid_from=key.valid_from,
            valid_until=key.valid_until,
            is_trial=key.is_trial,
        )
    signer = work.put(signer if signer.person_id else replace(signer, person_id=person_id))
    return work.put(
        IssuedFile(
            id=IssuedFileId(work.new_id()),
            engagement_id=engagement_id,
            audit_id=audit_id,
            kind=kind,
            number=number,
            revision=revision,
            language=language,
            name=name,
            digest=paper.digest,
            content_digest=paper.content_digest,
            size=len(paper.data),
            issued_at=paper.at,
            signer_id=signer.id,
            log_seq=log_seq,
            log_hash=log_hash,
            is_trial=key.is_trial,
            certificate_id=certificate_id,
            replaces=replaces,
        )
    )


def _known_signer(reader: Reader, key: SigningKey) -> Signer | None:
    return next(iter(reader.all(Signer, fingerprint=key.fingerprint)), None)
