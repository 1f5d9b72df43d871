"""Whether a signed PDF is as it left its signer: anything that cannot be proved, or cannot even be read, is not genuine."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from qma_app.exchange.pdf_signature import BYTE_RANGE, Doubt, PlainSignature, whole_signature
from qma_app.exchange.pdf_signing import ATTACHMENT
from qma_app.exchange.signing_key import is_known
from qma_app.i18n import _

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature

LARGEST_PAPER: Final = 128 << 20
_BEGINNING: Final = b"%PDF-"
_TAIL: Final = 4096
_PADES: Final = "/ETSI.CAdES.detached"


class PdfState(StrEnum):
    """What can be said of a file that claims to be a signed paper."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN_SIGNER = "unknown-signer"
    NOT_SIGNED = "not-signed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One reason why a paper is not called genuine: a code that never changes, and a sentence."""

    code: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfFinding:
    """What was found. `is_whole`: nothing was changed since somebody signed, whoever that was.

    What is said of signer, moment and attachment is there only if the paper is whole; `digest` is the file's SHA-256, empty for
    a file too large to be a paper. `attached` is None if there is not exactly one attachment of the name asked for.
    """

    state: PdfState
    digest: str
    reasons: tuple[Reason, ...] = ()
    is_whole: bool = False
    fingerprint: str = ""
    signer: str = ""
    signed_at: datetime | None = None
    is_trial: bool = False
    attached: bytes | None = field(default=None, repr=False)
    attached_digest: str = ""

    @property
    def is_genuine(self) -> bool:
        return self.state is PdfState.GENUINE


def verify_pdf(pdf: bytes, *, known: Collection[str] | None, attachment: str = ATTACHMENT) -> PdfFinding:
    """Look at a PDF with suspicion; never raises for what is in the file, asks nobody outside.

    `known` are the fingerprints of the signers who count; without them nobody is known and the best is UNKNOWN_SIGNER.
    """
    refused = _first_look(pdf)
    if refused is not None:
        return refused
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        signature = whole_signature(pdf)
        found = _second_look(pdf, signature, attachment)
    except Doubt as doubt:
        return _not_genuine(PdfState.CHANGED, doubt.code, digest)
    # A forged file must neither get past by raising nor end the program.
    except Exception:  # noqa: BLE001  a stranger's bytes: three libraries raise what none of them promises
        return _not_genuine(PdfState.CHANGED, "damaged", digest)
    found = replace(found, digest=digest)
    if known is None or not is_known(signature.fingerprint, frozenset(known)):
        code = "no-register" if known is None else "unknown"
        return replace(found, state=PdfState.UNKNOWN_SIGNER, reasons=(_reason(code),))
    return found


def _first_look(pdf: bytes) -> PdfFinding | None:
    """What needs no reading: no PDF at all, far too large, nobody signed."""
    if len(pdf) > LARGEST_PAPER:
        return _not_genuine(PdfState.UNREADABLE, "too-large", "")
    digest = hashlib.sha256(pdf).hexdigest()
    if not pdf:
        return _not_genuine(PdfState.UNREADABLE, "empty", digest)
    if not pdf.startswith(_BEGINNING):
        return _not_genuine(PdfState.UNREADABLE, "no-pdf", digest)
    if BYTE_RANGE not in pdf:
        if b"/Encrypt" in pdf[-_TAIL:]:
            return _not_genuine(PdfState.UNREADABLE, "encrypted", digest)
        return _not_genuine(PdfState.NOT_SIGNED, "not-signed", digest)
    return None


def _second_look(pdf: bytes, plain: PlainSignature, attachment: str) -> PdfFinding:
    """The same asked of a PDF library, which knows the paper's structure: both must agree."""
    from qma_app.exchange.pdf_library import read_carefully

    reader = read_carefully(pdf)
    if reader.encrypted:
        raise Doubt("encrypted")
    signatures = list(reader.embedded_signatures)
    if len(signatures) != 1 or list(reader.embedded_timestamp_signatures):
        raise Doubt("several")
    signature = signatures[0]
    if tuple(signature.byte_range) != plain.byte_range or signature.pkcs7_content != plain.contents:
        raise Doubt("range")
    if signature.sig_object.get("/SubFilter") != _PADES:
        raise Doubt("form")
    signed_at = _moment(signature, plain)
    asyncio.run(_check_strictly(reader, signature, signed_at))
    attached = _attached(reader, attachment)
    return PdfFinding(
        state=PdfState.GENUINE,
        digest="",
        is_whole=True,
        fingerprint=plain.fingerprint,
        signer=plain.name,
        signed_at=signed_at,
        is_trial=plain.is_trial,
        attached=attached,
        attached_digest=hashlib.sha256(attached).hexdigest() if attached is not None else "",
    )


def _moment(signature: EmbeddedPdfSignature, plain: PlainSignature) -> datetime:
    """When the signer says it was signed, which must be while the certificate was valid."""
    signed_at = signature.self_reported_timestamp
    if signed_at is None or signed_at.tzinfo is None:
        raise Doubt("moment")
    certificate = plain.certificate
    if not certificate.not_valid_before_utc <= signed_at <= certificate.not_valid_after_utc:
        raise Doubt("validity")
    return signed_at


async def _check_strictly(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, signed_at: datetime
) -> None:
    """Whole, trusted as itself, certified with no change allowed, over the whole file, with nothing after it."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import (
        SignatureCoverageLevel,
        async_validate_pdf_signature,
        read_certification_data,
    )
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    # Who signed is settled by the fingerprint, so the certificate vouches for itself here.
    context = ValidationContext(
        trust_roots=[signature.signer_cert],
        allow_fetching=False,
        moment=signed_at,
        best_signature_time=signed_at,
    )
    status = await async_validate_pdf_signature(
        signature, context, key_usage_settings=KeyUsageConstraints(key_usage=set())
    )
    certified = read_certification_data(reader)
    demands = (
        ("bottom-line", status.bottom_line),
        ("coverage", status.coverage is SignatureCoverageLevel.ENTIRE_FILE),
        ("modified", status.modification_level is ModificationLevel.NONE),
        ("certified", certified is not None and certified.permission is MDPPerm.NO_CHANGES),
        ("certified", signature.docmdp_level is MDPPerm.NO_CHANGES),
    )
    for code, holds in demands:
        if not holds:
            raise Doubt(code)


def _attached(reader: PdfFileReader, name: str) -> bytes | None:
    """The bytes of the one associated file of that name; None if there is none or another beside it."""
    root = reader.root
    if "/AF" not in root or "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return None
    tree = root["/Names"]["/EmbeddedFiles"]
    listed = list(tree["/Names"]) if "/Names" in tree else []
    if "/Kids" in tree or len(listed) % 2:
        return None
    specs: list[Any] = [spec.get_object() for spec in listed[1::2]]
    named = [spec for spec in specs if name in (spec.get("/F"), spec.get("/UF"))]
    associated = [spec for spec in (each.get_object() for each in root["/AF"]) if spec in named]
    if len(named) != 1 or len(associated) != 1 or associated[0].get("/AFRelationship") != "/Data":
        return None
    return bytes(named[0]["/EF"]["/F"].data)


def _not_genuine(state: PdfState, code: str, digest: str) -> PdfFinding:
    return PdfFinding(state=state, digest=digest, reasons=(_reason(code),))


def _reason(code: str) -> Reason:
    return Reason(code=code, words=_words()[code])


def _words() -> dict[str, str]:
    return {
        "empty": _("The file is empty."),
        "too-large": _("The file is far larger than a signed paper can be."),
        "no-pdf": _("The file is no PDF."),
        "encrypted": _("The file is locked with a password; signed papers never are."),
        "not-signed": _("Nobody signed this PDF, or its signature was taken out."),
        "several": _("The file holds more than one signature; a signed paper has exactly one."),
        "range": _("The signature does not say which part of the file it covers."),
        "appended": _("Something was added after the signature."),
        "cut": _("The end of the file is missing."),
        "structure": _("The file is not built as a signed paper is."),
        "gap": _("The place of the signature was written over."),
        "padding": _("Something was hidden behind the signature."),
        "signers": _("The signature holds more than its one signer."),
        "form": _("The signature was written over."),
        "key": _("The signature was made with another kind of key than papers are signed with."),
        "signature": _("The signature is not that of the certificate it names."),
        "digest": _("The content was changed after it was signed."),
        "moment": _("The signature does not say when it was made."),
        "validity": _("The certificate was not valid when the paper was signed."),
        "bottom-line": _("The signature does not hold."),
        "coverage": _("The signature does not cover the whole file."),
        "modified": _("The file was changed after it was signed."),
        "certified": _("The signature does not forbid changes, as that of a signed paper does."),
        "damaged": _("The file cannot be read as a signed paper; it is damaged or forged."),
        "unknown": _("The paper is whole, but its signer is not among those known."),
        "no-register": _("The paper is whole; without a list of known signers nobody can say who signed it."),
    }
