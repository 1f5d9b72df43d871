"""The key an auditor signs with: read from a PKCS#12 file with everything that can be wrong said plainly, or made for trial."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qma_app.errors import ImportTrouble, RuleBroken
from qma_app.i18n import _

if TYPE_CHECKING:  # both libraries are imported where they are used, so that the first paint is early
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate, KeyUsage

LEAST_BITS: Final = 3072
LARGEST_KEY_FILE: Final = 1 << 20
TRIAL_MARK: Final = "TRIAL"
"""The organisational unit that marks a certificate for trial, and the first word of its holder's name."""

TRIAL_YEARS: Final = 2
_LONGEST_NAME: Final = 64
"""Bytes of a name that a certificate can hold."""

_PSS_ONLY: Final = "1.2.840.113549.1.1.10"
"""An RSA key bound to a padding that many PDF programs cannot check."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningKey:
    """A private key with its certificate; `fingerprint` is the SHA-256 of the certificate's DER form, in small hexadecimal.

    Both days of the validity count, in UTC. What is secret is not shown by `repr`.
    """

    name: str
    fingerprint: str
    valid_from: date
    valid_until: date
    is_trial: bool
    certificate: bytes = field(repr=False)
    private: RSAPrivateKey = field(repr=False, compare=False)


def load_key(source: Path | bytes, passphrase: str, *, on: date) -> SigningKey:
    """The key in a PKCS#12 file, fit for signing on that day; ImportTrouble says what is wrong with it and what to do."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    content = _content_of(source)
    private, certificate = _opened(content, passphrase)
    is_plain = certificate.public_key_algorithm_oid.dotted_string != _PSS_ONLY
    if not isinstance(private, RSAPrivateKey) or private.key_size < LEAST_BITS or not is_plain:
        found = f"RSA {private.key_size}" if isinstance(private, RSAPrivateKey) else _kind_of(private)
        found = found if is_plain else "RSASSA-PSS"
        raise ImportTrouble(
            _("The key is {found}; papers are signed with RSA of {bits} bits or more.").format(
                found=found, bits=LEAST_BITS
            ),
            code="key.kind",
            way_out=_("Ask whoever issued it for an RSA key of {bits} bits.").format(bits=LEAST_BITS),
            found=found,
        )
    if private.public_key() != certificate.public_key():
        raise _mismatch()
    key = _key_of(private, certificate)
    _refuse_by_day(key, on)
    return key


def make_trial_key(passphrase: str, *, name: str, at: datetime, serial: int) -> bytes:
    """A PKCS#12 file with a new RSA key and a certificate it vouches for itself, for trial: two years from the day before `at`.

    The certificate's subject says TRIAL twice, so every program that shows it does; `is_trial` is read from there.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    if not passphrase or not passphrase.isprintable():
        raise RuleBroken(
            _("A key needs a passphrase of characters that can be typed."),
            code="key.no-passphrase",
            way_out=_("Choose one and keep it apart from the file."),
        )
    holder = _trial_name(name)
    private = rsa.generate_private_key(public_exponent=65537, key_size=LEAST_BITS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, holder),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TRIAL_MARK),
        ]
    )
    # A day early: the clock of whoever signs may stand west of UTC.
    begin = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    end = _years_later(begin, TRIAL_YEARS) + timedelta(days=1, seconds=-1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(serial)
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    secret = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(holder.encode(), private, certificate, None, secret)


def name_of(certificate: Certificate) -> str:
    """The holder as the certificate names them; without a name of a person, the whole subject."""
    from cryptography.x509.oid import NameOID

    names = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return " ".join((names[0] if names else certificate.subject.rfc4514_string()).split())


def is_for_trial(certificate: Certificate) -> bool:
    """Whether a certificate says of itself that its papers are for trial."""
    from cryptography.x509.oid import NameOID

    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(each.value == TRIAL_MARK for each in units)


def fingerprint_of(der: bytes) -> str:
    """The SHA-256 of a certificate's DER form, by which a signer is known."""
    return hashlib.sha256(der).hexdigest()


def is_known(fingerprint: str, known: frozenset[str]) -> bool:
    """Whether a fingerprint is one of those, however they are written (capitals, colons, blanks)."""
    plain = (each.replace(":", "").replace(" ", "").lower() for each in known)
    return any(hmac.compare_digest(fingerprint.encode(), each.encode()) for each in plain)


def _content_of(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with source.open("rb") as file:
                content = file.read(LARGEST_KEY_FILE + 1)
        except OSError as error:
            raise ImportTrouble(
                _("The key file {name} cannot be read: {reason}.").format(
                    name=source.name, reason=error.strerror or type(error).__name__
                ),
                code="key.unreadable",
                way_out=_("Choose the file with your key; its name mostly ends in .p12 or .pfx."),
                name=source.name,
            ) from error
    if len(content) > LARGEST_KEY_FILE or not _is_pkcs12(content):
        raise ImportTrouble(
            _("This is no PKCS#12 file."),
            code="key.not-pkcs12",
            way_out=_("Choose the file with your key; its name mostly ends in .p12 or .pfx."),
        )
    return content


def _is_pkcs12(content: bytes) -> bool:
    """Whether the outermost frame is that of a PKCS#12 file: only then can a refusal be laid to the passphrase."""
    from asn1crypto import pkcs12

    try:
        frame = pkcs12.Pfx.load(content)
        return bool(
            frame["version"].native == "v3"
            and frame["auth_safe"]["content_type"].native in ("data", "signed_data")
            and len(frame["auth_safe"]["content"].contents) > 0
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _opened(content: bytes, passphrase: str) -> tuple[object, Certificate]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        if not passphrase.isprintable():  # a NUL breaks the library off, not only its answer
            raise ValueError
        opened = pkcs12.load_pkcs12(content, passphrase.encode() or None)
    except (ValueError, TypeError) as error:
        raise ImportTrouble(
            _("The passphrase does not open this key file, or the file is damaged."),
            code="key.passphrase",
            way_out=_("Type it again: capitals, the layout of the keyboard and blanks at the end count."),
        ) from error
    except UnsupportedAlgorithm as error:
        raise ImportTrouble(
            _("This key file is locked in a way that cannot be opened here."),
            code="key.locked",
            way_out=_("Export it again with AES-256."),
        ) from error
    if opened.key is None:
        raise ImportTrouble(
            _("This file holds no private key."),
            code="key.no-key",
            way_out=_("Export the certificate again, together with its private key."),
        )
    if opened.cert is None:
        if opened.additional_certs:
            raise _mismatch()
        raise ImportTrouble(
            _("This file holds a key without a certificate."),
            code="key.no-certificate",
            way_out=_("Export the key again, together with its certificate."),
        )
    return opened.key, opened.cert.certificate


def _key_of(private: RSAPrivateKey, certificate: Certificate) -> SigningKey:
    from cryptography.hazmat.primitives.serialization import Encoding

    der = certificate.public_bytes(Encoding.DER)
    return SigningKey(
        name=name_of(certificate),
        fingerprint=fingerprint_of(der),
        valid_from=certificate.not_valid_before_utc.date(),
        valid_until=certificate.not_valid_after_utc.date(),
        is_trial=is_for_trial(certificate),
        certificate=der,
        private=private,
    )


def _refuse_by_day(key: SigningKey, on: date) -> None:
    if on < key.valid_from:
        raise ImportTrouble(
            _("The certificate of {name} is valid from {day} only.").format(
                name=key.name, day=key.valid_from.isoformat()
            ),
            code="key.not-yet",
            way_out=_("Check the date of this machine, or sign from that day on."),
            name=key.name,
            day=key.valid_from,
        )
    if on > key.valid_until:
        raise ImportTrouble(
            _("The certificate of {name} expired on {day}.").format(
                name=key.name, day=key.valid_until.isoformat()
            ),
            code="key.expired",
            way_out=_("Ask for a new one; papers signed before stay valid."),
            name=key.name,
            day=key.valid_until,
        )


def _mismatch() -> ImportTrouble:
    return ImportTrouble(
        _("The certificate in this file does not belong to its private key."),
        code="key.mismatch",
        way_out=_("Export key and certificate again, both of the same person."),
    )


def _kind_of(private: object) -> str:
    """What a key is, as its owner knows it."""
    for kind in ("Ed25519", "Ed448", "DSA"):
        if type(private).__name__.startswith(kind):
            return kind
    return "EC" if "EllipticCurve" in type(private).__name__ else type(private).__name__


def _trial_name(name: str) -> str:
    printable = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    whole = f"{TRIAL_MARK} {printable}".encode(errors="replace")
    return whole[:_LONGEST_NAME].decode(errors="ignore").strip()


def _years_later(day: datetime, years: int) -> datetime:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _signing_only() -> KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
