"""Signing and verifying the report of a full audit with 300 photos, against the bare mathematics on the same bytes.

    python benchmarks/sign.py [ROUNDS]

Signing attaches the data, signs, and looks at the result as strictly as a stranger would; its floor is one SHA-256 and one RSA
signature over the same bytes. The floor of verifying is one SHA-256 and one RSA check. Both are shown beside it and not held: what
is held is half a second each.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from audited_house import make_audited_house
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from measure import interleaved, median, say

from qma_app.exchange.pdf_verifying import verify_pdf
from qma_app.services.issuing import REPORT_ATTACHMENT, SignedPaper, ready_to_sign, seal_paper
from qma_app.services.signing import UnsignedReport, unsigned_report
from tests.services.signed import a_key

HOLD_SECONDS = 0.5
PHOTOS = 300


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        audited = make_audited_house(Path(scratch) / "audited", PHOTOS)
        workspace, key = audited.house.workspace, a_key()
        ready_to_sign()
        report = unsigned_report(
            workspace, audited.audit_id, at=workspace.clock(), by=audited.auditor.id, is_trial=True
        )
        workspace.close()
    bare = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    signed = _sealed(report).data
    signature = _bare_signature(bare, signed)
    sizes = f"{len(report.pdf) / 1e6:.0f} MB with {len(report.content) / 1e3:.0f} kB of data"
    sign, floor = interleaved(
        partial(_sealed, report),
        partial(_bare_signature, bare, signed),
        rounds=rounds,
        clock=time.process_time,
    )
    is_held = _said("signing the report", sign, floor, sizes)
    verify, floor = interleaved(
        partial(verify_pdf, signed, known={key.fingerprint}),
        partial(_bare_check, bare.public_key(), signed, signature),
        rounds=rounds,
        clock=time.process_time,
    )
    is_held &= _said("verifying the report", verify, floor, sizes)
    assert verify_pdf(signed, known={key.fingerprint}).is_genuine
    return 0 if is_held else 1


def _said(name: str, mine: list[float], floor: list[float], sizes: str) -> bool:
    note = f"{sizes}; hashing and RSA alone {median(floor):.3f} s of cpu"
    return say(name, median(mine), HOLD_SECONDS, unit="s", note=note)


def _sealed(report: UnsignedReport) -> SignedPaper:
    assert report.audit.signed_at is not None
    return seal_paper(
        report.pdf,
        report.content,
        a_key(),
        at=report.audit.signed_at,
        reason="benchmark",
        place="",
        field="Auditor",
        attachment=REPORT_ATTACHMENT,
    )


def _bare_signature(key: rsa.RSAPrivateKey, content: bytes) -> bytes:
    return key.sign(hashlib.sha256(content).digest(), padding.PKCS1v15(), Prehashed(SHA256()))


def _bare_check(key: rsa.RSAPublicKey, content: bytes, signature: bytes) -> None:
    key.verify(signature, hashlib.sha256(content).digest(), padding.PKCS1v15(), Prehashed(SHA256()))


if __name__ == "__main__":
    sys.exit(main())
