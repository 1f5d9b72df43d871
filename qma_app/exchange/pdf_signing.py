"""Data put into a PDF, and the signature that closes it: certified, with no change allowed afterwards."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from qma_app.errors import ReportTrouble, RuleBroken
from qma_app.exchange.pdf_signature import BYTE_RANGE, Doubt, whole_signature
from qma_app.exchange.signing_key import SigningKey
from qma_app.i18n import _

if TYPE_CHECKING:
    from pyhanko.sign.signers import PdfSigner

    from qma_app.exchange.pdf_library import RepeatableWriter

ATTACHMENT: Final = "audit.json"
_DIGEST: Final = "sha256"


def attach_data(pdf: bytes, data: bytes, *, name: str = ATTACHMENT, at: datetime) -> bytes:
    """The PDF with data as an associated file of that name (relationship Data); the same input gives the same bytes.

    `at` is noted as the moment the data were made, and must carry its zone.
    """
    from pyhanko.pdf_utils import embed, generic, misc

    from qma_app.exchange.pdf_library import RepeatableWriter

    _refuse_without_zone(at)
    _refuse_signed(pdf)
    try:
        writer = RepeatableWriter(pdf, seed=b"attach" + name.encode() + b"\0" + data)
        stream = embed.EmbeddedFileObject.from_file_data(
            writer,
            data,
            mime_type="application/json",
            params=embed.EmbeddedFileParams(creation_date=at, modification_date=at),
        )
        embed.embed_file(
            writer,
            embed.FileSpec(
                file_spec_string=name,
                file_name=name,
                embedded_data=stream,
                af_relationship=generic.pdf_name("/Data"),
            ),
        )
        writer.update_container(writer.root["/AF"])  # the library forgets it where there was one before
        return _written(writer)
    except (misc.PdfError, ValueError, KeyError, TypeError, NotImplementedError) as error:
        raise _not_a_paper() from error


def sign_pdf(
    pdf: bytes, key: SigningKey, *, at: datetime, reason: str, place: str, field: str = "Auditor"
) -> bytes:
    """The PDF with a PAdES signature that certifies it and allows no change; nothing is fetched from anywhere.

    RSA with PKCS#1 v1.5 and SHA-256: read by every program, and the same input gives the same bytes. RuleBroken if the key
    was not valid at that moment, ReportTrouble if the PDF cannot be read or is certified already.
    """
    from pyhanko.pdf_utils import misc

    from qma_app.exchange.pdf_library import RepeatableWriter

    _refuse_without_zone(at)
    _refuse_outside(key, at)
    _refuse_signed(pdf)
    try:
        writer = RepeatableWriter(pdf, seed=b"sign" + key.fingerprint.encode() + at.isoformat().encode())
        output = BytesIO()
        asyncio.run(_sign(writer, _signer(key, reason, place, field), at, output))
        signed = output.getvalue()
        whole_signature(signed)  # nothing leaves here that the verifying would doubt
    except Doubt as doubt:
        raise _not_a_paper() from doubt
    except (misc.PdfError, ValueError, KeyError, TypeError, NotImplementedError) as error:
        raise _not_a_paper() from error
    return signed


def _written(writer: RepeatableWriter) -> bytes:
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


async def _sign(writer: RepeatableWriter, signer: PdfSigner, at: datetime, output: BytesIO) -> None:
    """pyHanko's own steps one by one, since only so the moment of signing can be given.

    It gives nothing back: asyncio spells out what a task gave when it puts the signal handler back, half a second for a long report.
    """
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    session = signer.init_signing_session(writer)
    session.system_time = at
    reserved = await session.estimate_signature_container_size(validation_info=None)
    document = session.prepare_tbs_document(
        validation_info=None, bytes_reserved=reserved, appearance_text_params=None
    )
    prepared, _stream = document.digest_tbs_document(output=output)
    await document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes(signing_time=at))


def _signer(key: SigningKey, reason: str, place: str, field: str) -> PdfSigner:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    from qma_app.exchange.pdf_library import HeldKeySigner

    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=_DIGEST,
        name=key.name,
        reason=reason or None,
        location=place or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    return PdfSigner(metadata, HeldKeySigner(key))


def _refuse_signed(pdf: bytes) -> None:
    if BYTE_RANGE in pdf:
        raise ReportTrouble(
            _("This paper is signed already."),
            code="signing.signed",
            way_out=_("Draw it anew and sign that."),
        )


def _refuse_without_zone(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")


def _refuse_outside(key: SigningKey, at: datetime) -> None:
    if not key.valid_from <= at.astimezone(UTC).date() <= key.valid_until:
        raise RuleBroken(
            _("The certificate of {name} is valid from {begin} to {end} only.").format(
                name=key.name, begin=key.valid_from.isoformat(), end=key.valid_until.isoformat()
            ),
            code="signing.not-valid",
            way_out=_("Check the date of this machine, or ask for a new certificate."),
            name=key.name,
        )


def _not_a_paper() -> ReportTrouble:
    return ReportTrouble(
        _("This file is no PDF that can be signed."),
        code="signing.pdf",
        way_out=_("Draw the report again; a PDF with a password cannot be signed."),
    )
