"""What the register holds: certificates with their state, the files issued, whose signatures are known, what was revoked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisteredCertificate:
    """A certificate as it stands on the day of the register.

    `level` is exact, as a fraction in text, `bounds` are the levels of the edition that decide something; `scope` and `left_out` are
    codes of areas. `since` is the first day of its state, `reason` what was written when it was suspended or withdrawn;
    `majors_due` and `surveillance_due` are empty where nothing is due.
    """

    number: str
    holder: str
    address: str
    edition: str
    edition_hash: str
    scope: tuple[str, ...]
    left_out: tuple[str, ...]
    level: str
    bounds: tuple[int, ...]
    audited_from: date
    audited_to: date
    decided_on: date
    valid_from: date
    valid_until: date
    is_conditional: bool
    state: str
    since: date
    until: date
    report_number: str
    report_digest: str
    reason: str = ""
    majors_due: date | None = None
    surveillance_due: date | None = None
    replaces: str = ""
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisteredFile:
    """A signed file that left the house; `certificate` and `replaces` (a digest) are empty where there is none.

    `issued_at` is an instant as ISO text in UTC, `signer` the fingerprint of whoever signed.
    """

    kind: str
    number: str
    revision: int
    language: str
    name: str
    digest: str
    content_digest: str
    size: int
    issued_at: str
    signer: str
    log_seq: int
    log_hash: str
    is_trial: bool
    certificate: str = ""
    replaces: str = ""
    revoked_on: date | None = None
    revoked_reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisteredSigner:
    """A known signing certificate by the SHA-256 of its DER form."""

    fingerprint: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    is_trial: bool = False
    revoked_on: date | None = None
    revoked_reason: str = ""


class RevokedWhat(StrEnum):
    """What can be taken back."""

    CERTIFICATE = "certificate"
    FILE = "file"
    SIGNER = "signer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Revocation:
    """Something that does not count any more from that day on; `key` is a number, a digest or a fingerprint."""

    what: RevokedWhat
    key: str
    name: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Register:
    """All of it on the day `as_of`; `log_seq` and `log_hash` are the head of the change log it was made from."""

    as_of: date
    log_seq: int
    log_hash: str
    certificates: tuple[RegisteredCertificate, ...]
    files: tuple[RegisteredFile, ...]
    signers: tuple[RegisteredSigner, ...]

    @property
    def revocations(self) -> tuple[Revocation, ...]:
        """What was withdrawn or revoked, earliest first."""
        return tuple(sorted(self._revocations(), key=_order))

    def file(self, digest: str) -> RegisteredFile | None:
        """The file issued under that SHA-256."""
        return next((one for one in self.files if one.digest == digest), None)

    def signer(self, fingerprint: str) -> RegisteredSigner | None:
        """The signer known by that fingerprint, revoked or not."""
        return next((one for one in self.signers if one.fingerprint == fingerprint), None)

    def certificate(self, number: str) -> RegisteredCertificate | None:
        """The certificate of that number."""
        return next((one for one in self.certificates if one.number == number), None)

    def _revocations(self) -> Iterator[Revocation]:
        for held in self.certificates:
            if held.state == "withdrawn":
                yield Revocation(
                    what=RevokedWhat.CERTIFICATE, key=held.number, name=held.holder, on=held.since, reason=held.reason,
                )  # fmt: skip
        for file in self.files:
            if file.revoked_on is not None:
                yield Revocation(
                    what=RevokedWhat.FILE, key=file.digest, name=file.name,
                    on=file.revoked_on, reason=file.revoked_reason,
                )  # fmt: skip
        for signer in self.signers:
            if signer.revoked_on is not None:
                yield Revocation(
                    what=RevokedWhat.SIGNER, key=signer.fingerprint, name=signer.name,
                    on=signer.revoked_on, reason=signer.revoked_reason,
                )  # fmt: skip


def _order(one: Revocation) -> tuple[date, str, str]:
    return one.on, one.what.value, one.key
