"""Data put into a paper and the signature over it: repeatable, certified, accepted by another program."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from qma_app.errors import ReportTrouble, RuleBroken
from qma_app.exchange.pdf_signing import attach_data, sign_pdf
from tests.exchange import signed_papers as papers


def signed(pdf: bytes, **how: object) -> bytes:
    asked = {"at": papers.AT, "reason": papers.REASON, "place": papers.PLACE} | how
    return sign_pdf(pdf, papers.a_key(), **asked)  # type: ignore[arg-type]


def identifier(pdf: bytes) -> tuple[Any, Any]:
    pair: Any = pypdf.PdfReader(BytesIO(pdf)).trailer["/ID"]
    return pair[0], pair[1]


def test_data_travel_in_the_paper_as_an_associated_file() -> None:
    reader = pypdf.PdfReader(BytesIO(papers.with_data()))
    assert reader.attachments["audit.json"] == [papers.DATA]
    (associated,) = papers.root_of(papers.with_data())["/AF"]
    spec = associated.get_object()
    assert spec["/AFRelationship"] == "/Data"
    assert spec["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"


def test_what_was_drawn_is_left_as_it_is() -> None:
    assert papers.with_data().startswith(papers.drawn())
    assert papers.paper().startswith(papers.with_data())
    before, after = (pypdf.PdfReader(BytesIO(pdf)).metadata for pdf in (papers.drawn(), papers.paper()))
    assert before == after


def test_the_same_input_gives_the_same_bytes() -> None:
    assert attach_data(papers.drawn(), papers.DATA, at=papers.AT) == papers.with_data()
    assert signed(papers.with_data()) == papers.paper()


def test_other_data_give_another_identifier() -> None:
    other = attach_data(papers.drawn(), papers.DATA + b" ", at=papers.AT)
    (first, one), (second, two) = (identifier(pdf) for pdf in (papers.with_data(), other))
    assert first == second
    assert one != two


def test_the_signature_says_who_when_where_and_why_and_forbids_changes() -> None:
    root = papers.root_of(papers.paper())
    signature = root["/Perms"]["/DocMDP"].get_object()
    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature["/Name"] == "TRIAL Ada Muster"
    assert (signature["/Reason"], signature["/Location"]) == (papers.REASON, papers.PLACE)
    assert signature["/M"].startswith("D:20261122103000")
    assert signature["/Reference"][0]["/TransformParams"]["/P"] == 1
    assert root["/AcroForm"]["/Fields"][0].get_object()["/T"] == "Auditor"


def test_the_field_may_have_another_name_and_words_any_script() -> None:
    paper = signed(papers.with_data(), field="Decision", reason="Prüfung (zweite) 完", place="")
    root = papers.root_of(paper)
    assert root["/AcroForm"]["/Fields"][0].get_object()["/T"] == "Decision"
    assert root["/Perms"]["/DocMDP"].get_object()["/Reason"] == "Prüfung (zweite) 完"
    assert "/Location" not in root["/Perms"]["/DocMDP"].get_object()


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not installed")
def test_another_program_calls_the_signature_valid(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers.paper())
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    file.write_bytes(papers.changed(papers.paper(), 500))
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." not in said


@pytest.mark.parametrize("pdf", [b"", b"no paper", b"%PDF-1.7\n", papers.drawn()[:-300], bytes(1000)])
def test_what_is_no_pdf_is_neither_signed_nor_filled(pdf: bytes) -> None:
    with pytest.raises(ReportTrouble):
        signed(pdf)
    with pytest.raises(ReportTrouble):
        attach_data(pdf, b"{}", at=papers.AT)


def test_a_locked_pdf_is_neither_signed_nor_filled() -> None:
    writer = pypdf.PdfWriter(BytesIO(papers.drawn()))
    writer.encrypt("secret", algorithm="AES-256")
    stream = BytesIO()
    writer.write(stream)
    with pytest.raises(ReportTrouble):
        signed(stream.getvalue())
    with pytest.raises(ReportTrouble):
        attach_data(stream.getvalue(), b"{}", at=papers.AT)


def test_a_signed_paper_is_neither_signed_again_nor_filled() -> None:
    with pytest.raises(ReportTrouble) as caught:
        signed(papers.paper())
    assert caught.value.code == "signing.signed"
    with pytest.raises(ReportTrouble) as caught:
        attach_data(papers.paper(), b"{}", at=papers.AT)
    assert caught.value.code == "signing.signed"


@pytest.mark.parametrize("days", [-2, 731])
def test_a_key_signs_only_while_it_is_valid(days: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        signed(papers.with_data(), at=papers.AT + timedelta(days=days))
    assert caught.value.code == "signing.not-valid"


def test_a_moment_without_its_zone_is_a_mistake_and_with_another_zone_the_same_moment() -> None:
    naive = datetime(2026, 11, 22, 10, 0, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        signed(papers.with_data(), at=naive)
    east = signed(papers.with_data(), at=papers.AT.astimezone(timezone(timedelta(hours=2))))
    root = papers.root_of(east)
    assert root["/Perms"]["/DocMDP"].get_object()["/M"] == "D:20261122123000+02'00'"


def test_the_libraries_for_signing_are_not_loaded_before_they_are_used() -> None:
    code = (
        "import sys, qma_app.exchange.pdf_signing, qma_app.exchange.pdf_verifying\n"
        "sys.exit(any(each.split('.')[0] in ('pyhanko', 'asn1crypto', 'cryptography') for each in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_key_and_no_passphrase_stands_in_the_paper() -> None:
    prime = papers.a_key().private.private_numbers().p
    secret = prime.to_bytes(192, "big")
    assert secret not in papers.paper()
    assert secret.hex().upper().encode() not in papers.paper()
    assert hashlib.sha256(papers.DATA).digest() not in secret
