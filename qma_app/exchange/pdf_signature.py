"""The signature of a PDF read from its plain bytes, so that no reader's leniency stands between a change and its finding.

Every byte of a file must be either signed, or the only form in which this signature can be written. Then there is no byte
left that could be changed unseen, and a stranger's PDF is not opened before its signature was found to be whole.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qma_app.exchange.pdf_tables import StrangeTables, check_tables
from qma_app.exchange.signing_key import LEAST_BITS, fingerprint_of, is_for_trial, name_of

if TYPE_CHECKING:
    from asn1crypto import cms
    from cryptography.x509 import Certificate

BYTE_RANGE: Final = b"/ByteRange"
_RANGE_TEXT: Final = re.compile(rb"/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\] *\n")
_LARGEST_SIGNATURE: Final = 64 << 10
_HEXADECIMAL: Final = re.compile(rb"(?:[0-9A-F]{2})+")
_SET_OF: Final = b"\x31"
"""Signed attributes are signed as a set, and written with another tag in its place."""


class Doubt(Exception):
    """Why a paper is not whole; the code of a reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainSignature:
    """A signature that is whole: its certificate, who it names, and what it signed."""

    fingerprint: str
    name: str
    is_trial: bool
    byte_range: tuple[int, int, int, int]
    contents: bytes = field(repr=False)
    certificate: Certificate = field(repr=False)


def whole_signature(pdf: bytes) -> PlainSignature:
    """The one signature that covers the file from its first to its last byte; Doubt if there is none like that."""
    byte_range = _byte_range(pdf)
    _zero, first, second, rest = byte_range
    contents, der = _contents(pdf[first:second])
    signed = _only_form(der)
    certificate = _certificate_of(signed)
    digest = hashlib.sha256(memoryview(pdf)[:first])
    digest.update(memoryview(pdf)[second : second + rest])
    _check(signed, certificate, digest.digest())
    fingerprint = fingerprint_of(signed["certificates"][0].chosen.dump())
    return PlainSignature(
        fingerprint=fingerprint,
        name=name_of(certificate),
        is_trial=is_for_trial(certificate),
        byte_range=byte_range,
        contents=contents,
        certificate=certificate,
    )


def _byte_range(pdf: bytes) -> tuple[int, int, int, int]:
    """The range of the only signature, which must leave out nothing but itself."""
    place = pdf.find(BYTE_RANGE)
    if pdf.find(BYTE_RANGE, place + 1) >= 0:
        raise Doubt("several")
    found = _RANGE_TEXT.match(pdf, place)
    if found is None:
        raise Doubt("range")
    first, second, rest = (int(each) for each in found.groups())
    if second + rest != len(pdf):
        raise Doubt("appended" if second + rest < len(pdf) else "cut")
    if not 0 < first < second < found.start() or second - first > _LARGEST_SIGNATURE:
        raise Doubt("range")
    try:
        check_tables(pdf)
    except StrangeTables:
        raise Doubt("structure") from None
    return 0, first, second, rest


def _contents(gap: bytes) -> tuple[bytes, bytes]:
    """What stands between the signed parts, with its padding and without."""
    from asn1crypto import parser

    if gap[:1] != b"<" or gap[-1:] != b">" or not _HEXADECIMAL.fullmatch(gap, 1, len(gap) - 1):
        raise Doubt("gap")
    contents = bytes.fromhex(gap[1:-1].decode("ascii"))
    length = parser.peek(contents)
    if any(contents[length:]):
        raise Doubt("padding")
    return contents, contents[:length]


def _only_form(der: bytes) -> cms.SignedData:
    """The signature, if these bytes are exactly how it is written when made anew from what is signed in it.

    No second signer, no stamp of a time, no certificate but the signer's: what the signature itself does not protect.
    """
    from asn1crypto import cms

    signed = cms.ContentInfo.load(der, strict=True)["content"]
    signer = signed["signer_infos"][0]
    if len(signed["signer_infos"]) != 1 or len(signed["certificates"]) != 1:
        raise Doubt("signers")
    certificate = signed["certificates"][0].chosen
    anew = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": cms.DigestAlgorithms([{"algorithm": "sha256"}]),
                    "encap_content_info": {"content_type": "data"},
                    "certificates": [certificate],
                    "signer_infos": [
                        {
                            "version": "v1",
                            "sid": cms.SignerIdentifier(
                                {
                                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                                        {
                                            "issuer": certificate.issuer,
                                            "serial_number": certificate.serial_number,
                                        }
                                    )
                                }
                            ),
                            "digest_algorithm": {"algorithm": "sha256"},
                            "signature_algorithm": {"algorithm": "sha256_rsa"},
                            "signed_attrs": signer["signed_attrs"],
                            "signature": signer["signature"].native,
                        }
                    ],
                }
            ),
        }
    ).dump()
    if anew != der:
        raise Doubt("form")
    return signed


def _certificate_of(signed: cms.SignedData) -> Certificate:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import load_der_x509_certificate

    certificate = load_der_x509_certificate(signed["certificates"][0].chosen.dump())
    public = certificate.public_key()
    if not isinstance(public, RSAPublicKey) or public.key_size < LEAST_BITS:
        raise Doubt("key")
    return certificate


def _check(signed: cms.SignedData, certificate: Certificate, digest: bytes) -> None:
    """The digest of the file is the one signed, and the signature is that of the certificate's key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    signer = signed["signer_infos"][0]
    public = certificate.public_key()
    assert isinstance(public, RSAPublicKey)
    attributes = _SET_OF + signer["signed_attrs"].dump()[1:]
    try:
        public.verify(signer["signature"].native, attributes, PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise Doubt("signature") from None
    noted = [each["values"] for each in signer["signed_attrs"] if each["type"].native == "message_digest"]
    if len(noted) != 1 or [each.native for each in noted[0]] != [digest]:
        raise Doubt("digest")
