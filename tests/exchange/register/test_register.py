"""The register: what was written comes back, what was tampered with is refused with every place named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.domain.certification import CertificateEvent, CertificateStep, IssuedFile, IssuedKind, Signer
from qma_app.domain.ids import IssuedFileId, SignerId
from qma_app.errors import ContentProblems, ImportTrouble
from qma_app.exchange.register.json_file import LARGEST, register_bytes, register_from, register_from_file
from qma_app.exchange.register.register import Register
from qma_app.exchange.register.workbook import write_register
from qma_app.i18n import in_language
from qma_app.services.register import register_of
from tests.builders import NOW, an_engagement
from tests.reports.certificate_house import ON, a_certificate, a_certified_house, an_audit

PRINT = "ab12" * 16
WITHDRAWN = CertificateEvent(step=CertificateStep.WITHDRAWN, on=date(2027, 7, 20), reason="=Closed for good")


def a_signer(**changes: Any) -> Signer:
    return replace(Signer(id=SignerId("signer"), fingerprint=PRINT, name="Dora Decker"), **changes)


def a_file(**changes: Any) -> IssuedFile:
    file = IssuedFile(
        id=IssuedFileId("file"), engagement_id=an_engagement().id, audit_id=an_audit().id,
        kind=IssuedKind.CERTIFICATE, number="C-2027-0012", revision=1, language="en", name="c.pdf",
        digest="1" * 64, content_digest="2" * 64, size=9000, issued_at=NOW, signer_id=SignerId("signer"),
        log_seq=7, log_hash="3" * 64, certificate_id=a_certificate().id,
    )  # fmt: skip
    return replace(file, **changes)


def a_register(*, on: date = ON, **changes: Any) -> Register:
    reader = a_certified_house(**changes)
    old = a_file(
        id=IssuedFileId("old"), digest="4" * 64, revoked_on=date(2027, 7, 5), revoked_reason="wrong holder"
    )
    reader.add(a_signer(), old, a_file(replaces=IssuedFileId("old")))
    return register_of(reader, on=on)


def said(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(register_bytes(a_register()))
    return found | changes


def problems(found: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ContentProblems) as refused:
        register_from(json.dumps(found).encode())
    return {one.place: one.code for one in refused.value.problems}


def test_it_holds_what_was_decided_issued_and_revoked() -> None:
    register = a_register(events=(WITHDRAWN,))
    held = register.certificate("C-2027-0012")
    assert held is not None
    assert (held.state, held.since, held.scope, held.left_out) == (
        "withdrawn",
        date(2027, 7, 20),
        ("SRV",),
        ("PRT",),
    )
    assert (held.report_number, held.report_digest) == ("R-2027-0093", "c" * 64)
    file = register.file("1" * 64)
    assert file is not None
    assert (file.signer, file.replaces, file.certificate) == (PRINT, "4" * 64, "C-2027-0012")
    assert [(one.what, one.key[:6]) for one in register.revocations] == [
        ("file", "444444"),
        ("certificate", "C-2027"),
    ]


def test_what_was_written_comes_back_in_one_form(tmp_path: Path) -> None:
    register = a_register(is_conditional=True)
    path = tmp_path / "register.json"
    path.write_bytes(register_bytes(register))
    assert register_from_file(path) == register
    assert register_bytes(register_from_file(path)) == register_bytes(a_register(is_conditional=True))


def test_every_mistake_is_named_with_its_place() -> None:
    found = said()
    found["extra"] = 1
    found["log_seq"] = "7"
    found["certificates"][0]["valid_until"] = "soon"
    del found["certificates"][0]["number"]
    found["files"][1]["size"] = True
    assert problems(found) == {
        "extra": "json.unknown",
        "log_seq": "json.type",
        "certificates[0].valid_until": "json.type",
        "certificates[0].number": "json.missing",
        "files[1].size": "json.type",
    }


def test_values_that_cannot_be_are_named_too() -> None:
    found = said()
    found["certificates"][0] |= {
        "state": "fine",
        "level": "120",
        "valid_until": "2020-01-01",
        "report_digest": "C" * 64,
    }
    found["files"][0] |= {
        "kind": "letter",
        "size": 0,
        "issued_at": "2027-99-01T09:30:00.000Z",
        "signer": "9" * 64,
        "certificate": "C-0",
    }
    found["signers"][0]["fingerprint"] = "x"
    assert set(problems(found)) >= {
        *(f"certificates[0].{name}" for name in ("state", "level", "valid_until", "report_digest")),
        *(f"files[0].{name}" for name in ("kind", "size", "issued_at", "signer", "certificate")),
        "signers[0].fingerprint",
    }


@pytest.mark.parametrize("part", ["certificates", "files", "signers"])
def test_nothing_may_stand_twice(part: str) -> None:
    found = said()
    found[part].append(found[part][0])
    assert problems(found)[part] == "register.twice"


def test_many_mistakes_end_somewhere() -> None:
    assert len(problems(said(signers=[7] * 5000))) == 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"schema":"qma-register-2"}',
        b'{"schema":"qma-register-1","schema":"qma-register-1"}',
    ],
)
def test_what_is_no_register_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ImportTrouble) as refused:
        register_from(data, name="r.json")
    assert refused.value.code == "register.not-one"
    assert "r.json" in str(refused.value)


def test_a_file_beyond_the_limit_is_not_read_and_a_missing_one_is_named(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ImportTrouble) as refused:
        register_from_file(large)
    assert refused.value.code == "register.too-large"
    with pytest.raises(ImportTrouble) as missing:
        register_from_file(tmp_path / "none.json")
    assert missing.value.code == "register.unreadable"


def workbook(register: Register) -> bytes:
    file = BytesIO()
    write_register(register, file)
    return file.getvalue()


def test_the_workbook_shows_the_same_and_computes_nothing() -> None:
    book = load_workbook(BytesIO(workbook(a_register(events=(WITHDRAWN,)))))
    assert book.sheetnames == ["Certificates", "Issued files", "Signers", "Revocations"]
    sheet = book["Certificates"]
    row = dict(zip([cell.value for cell in sheet[2]], sheet[3], strict=True))
    assert (row["Number"].value, row["State"].value) == ("C-2027-0012", "withdrawn")
    assert (row["Reason"].value, row["Reason"].data_type) == ("=Closed for good", "s")
    assert book["Signers"]["B3"].value == PRINT
    assert [cell.value for cell in book["Revocations"]["C"]][2:] == ["4" * 64, "C-2027-0012"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_same_register_gives_the_same_workbook(language: str) -> None:
    with in_language(language):
        assert workbook(a_register()) == workbook(a_register())


def test_a_level_in_the_workbook_keeps_its_side_of_the_pass_mark() -> None:
    sheet = load_workbook(BytesIO(workbook(a_register(level="7999/100"))))["Certificates"]
    assert sheet["F3"].number_format == "0.00%"
