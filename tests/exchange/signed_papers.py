"""Papers signed well, and papers signed in every way that must not count."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pypdf
from asn1crypto import keys
from asn1crypto import x509 as plain_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from qma_app.exchange.pdf_library import RepeatableWriter
from qma_app.exchange.pdf_signing import attach_data, sign_pdf
from qma_app.exchange.signing_key import SigningKey, load_key, make_trial_key

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PASSPHRASE = "a long phrase für Proben"
DATA = json.dumps({"schema": "sample", "answers": list(range(200))}).encode()
REASON, PLACE = "Audit report", "Musterstadt"


@cache
def key_file() -> bytes:
    return make_trial_key(PASSPHRASE, name="Ada Muster", at=AT, serial=4711)


@cache
def a_key() -> SigningKey:
    return load_key(key_file(), PASSPHRASE, on=TODAY)


@cache
def another_key() -> SigningKey:
    """Of somebody who calls themselves the same."""
    return load_key(make_trial_key("x", name="Ada Muster", at=AT, serial=4711), "x", on=TODAY)


@cache
def drawn(pages: int = 3) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"Sample page {page + 1}: an invented dealership")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@cache
def with_data() -> bytes:
    return attach_data(drawn(), DATA, at=AT)


@cache
def paper() -> bytes:
    return sign_pdf(with_data(), a_key(), at=AT, reason=REASON, place=PLACE)


def certificate_for(
    private: Any, name: str = "Ada Muster", *, begin: datetime | None = None
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = begin or AT - timedelta(days=1)
    digest = None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(4711)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=365))
        .sign(private, digest)
    )


@cache
def small_private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def curve_private() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def edwards_private() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def signer_of(private: Any, certificate: bytes, **how: Any) -> SimpleSigner:
    """The PDF library's own signer, which signs with anything."""
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=plain_x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
        **how,
    )


def own_signer(**how: Any) -> SimpleSigner:
    return signer_of(a_key().private, a_key().certificate, **how)


def signed_by(signer: SimpleSigner, pdf: bytes | None = None, *, at: datetime = AT, **how: Any) -> bytes:
    """Signed as a paper is but for what is asked for."""
    described: dict[str, Any] = {
        "field_name": "Auditor",
        "md_algorithm": "sha256",
        "certify": True,
        "docmdp_permissions": MDPPerm.NO_CHANGES,
        "subfilter": SigSeedSubFilter.PADES,
    }
    metadata = PdfSignatureMetadata(**(described | how))
    writer = RepeatableWriter(with_data() if pdf is None else pdf, seed=b"")
    return asyncio.run(_signed(PdfSigner(metadata, signer), writer, at))


async def _signed(signer: PdfSigner, writer: RepeatableWriter, at: datetime) -> bytes:
    session = signer.init_signing_session(writer)
    session.system_time = at
    document = session.prepare_tbs_document(
        validation_info=None, bytes_reserved=16384, appearance_text_params=None
    )
    output = BytesIO()
    prepared, _stream = document.digest_tbs_document(output=output)
    await document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes(signing_time=at))
    return output.getvalue()


def gap_of(pdf: bytes) -> tuple[int, int]:
    """Where the signature stands, without its brackets."""
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def changed(pdf: bytes, place: int, by: int = 1) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ by]) + pdf[place + 1 :]


def root_of(pdf: bytes) -> Any:
    """The catalogue as another library reads it."""
    return pypdf.PdfReader(BytesIO(pdf)).root_object
