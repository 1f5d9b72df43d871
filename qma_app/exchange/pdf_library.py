"""The PDF library as it is used here: reads without mending, writes without clock or chance, signs without exporting the key.

Loads pyHanko (most of a second); import it inside functions.
"""

from __future__ import annotations

import hashlib
import logging
from io import BytesIO
from typing import Final

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from qma_app.exchange.signing_key import SigningKey

_MEGABYTE: Final = 1 << 20
_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * _MEGABYTE),
    document_budget=DocumentDecodeBudget(base_allowance=96 * _MEGABYTE, max_ratio=4),
)

for _library in ("pyhanko", "pyhanko_certvalidator"):
    # What it says of a stranger's file is our finding; its tracebacks belong neither on a screen nor in a log.
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False


def read_carefully(pdf: bytes) -> PdfFileReader:
    """Open a PDF without mending anything and with bounds on what it may unfold to."""
    return PdfFileReader(BytesIO(pdf), strict=True, decode_limits=_LIMITS)


class RepeatableWriter(IncrementalPdfFileWriter):
    """Appends a revision whose identifier is drawn from its content and which leaves author, dates and producer as they are."""

    def __init__(self, pdf: bytes, *, seed: bytes) -> None:
        super().__init__(BytesIO(pdf))
        digest = hashlib.sha256(hashlib.sha256(pdf).digest() + seed).digest()
        first = generic.ByteStringObject(digest[16:])
        if "/ID" in self.prev.trailer:
            first = self._document_id[0]
        self._document_id = generic.ArrayObject([first, generic.ByteStringObject(digest[:16])])

    def _update_meta(self) -> None:
        """The dates of the paper are those of its content; this moment is noted in the signature."""


class HeldKeySigner(Signer):
    """Signs with a key that is open already: RSA with PKCS#1 v1.5 and SHA-256, which every program reads."""

    def __init__(self, key: SigningKey) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(key.certificate),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )
        self._private = key.private

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature over these bytes; for a trial run only something of its size."""
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        if dry_run:
            return bytes(self._private.key_size // 8)
        return self._private.sign(data, PKCS1v15(), hashes.SHA256())
