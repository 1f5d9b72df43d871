"""Documents are kept as they are, so only those are let in that are what their name says."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from qma_app.errors import ImportTrouble
from qma_app.exchange import documents, file_kinds
from qma_app.exchange.documents import media_type_of
from qma_app.exchange.file_kinds import FileKind, kind_of
from tests.exchange.pictures import a_photo

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = b"From: coach@example.org\r\nSubject: Visit\r\n\r\nSee you on Monday.\r\n"


def an_office_file(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 21, 0, 0, 0)), "<x/>")
    return stream.getvalue()


WORKBOOK = an_office_file("xl/workbook.xml")
LETTER = an_office_file("word/document.xml")
OUTLOOK = OLE + bytes(500) + "__properties_version1.0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("Invoice.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("INVOICE.PDF", b"junk before\n%PDF-1.4\n", "application/pdf"),
        ("hours.xlsx", WORKBOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("letter.docx", LETTER, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("kpis.csv", "Auftrag;Größe\n1;2\n".encode("cp1252"), "text/csv"),
        ("kpis.csv", "a,b\n".encode("utf-16"), "text/csv"),
        ("notes.txt", "Grüße".encode(), "text/plain"),
        ("mail.msg", OUTLOOK, "application/vnd.ms-outlook"),
        ("mail.eml", MAIL, "message/rfc822"),
    ],
)
def test_kinds_that_are_kept_have_their_media_type(name: str, data: bytes, media_type: str) -> None:
    assert media_type_of(name, data) == media_type


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", "file.empty"),
        ("run.exe", b"MZ", "document.kind"),
        ("page.html", b"<html>", "document.kind"),
        ("macro.xlsm", WORKBOOK, "document.kind"),
        ("all.zip", WORKBOOK, "document.kind"),
        ("README", b"hello", "document.kind"),
        ("invoice.pdf.exe", b"%PDF-1.7", "document.kind"),
        ("fake.pdf", b"MZ\x00\x00", "document.mismatch"),
        ("fake.pdf", b"hello", "document.mismatch"),
        ("letter.docx", WORKBOOK, "document.mismatch"),
        ("macro.xlsx", an_office_file("xl/workbook.xml", "xl/vbaProject.bin"), "document.mismatch"),
        ("cut.xlsx", WORKBOOK[:40], "document.mismatch"),
        ("locked.xlsx", OLE + bytes(100), "document.mismatch"),
        ("old.msg", OLE + bytes(100), "document.mismatch"),
        ("fake.txt", b"\x00\x01\x02", "document.mismatch"),
        ("fake.csv", b"%PDF-1.7", "document.mismatch"),
        ("fake.csv", "a\x00b".encode("utf-16"), "document.mismatch"),
        ("notes.eml", b"no header here", "document.mismatch"),
        ("photo.pdf", a_photo(), "document.mismatch"),
    ],
)
def test_everything_else_is_refused_with_a_way_out(name: str, data: bytes, code: str) -> None:
    with pytest.raises(ImportTrouble) as refused:
        media_type_of(name, data)
    assert refused.value.code == code
    assert name in refused.value.message
    assert refused.value.way_out


def test_limits_of_size_and_of_entries_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_MOST_ENTRIES", 1)
    with pytest.raises(ImportTrouble):
        media_type_of("hours.xlsx", WORKBOOK)
    monkeypatch.setattr(file_kinds, "LARGEST_FILE", 4)
    with pytest.raises(ImportTrouble) as refused:
        media_type_of("notes.txt", b"hello")
    assert refused.value.code == "file.too-large"


def test_the_refusal_shows_the_cleaned_name() -> None:
    with pytest.raises(ImportTrouble, match=r"^evil\.exe is"):
        media_type_of("../../evil\u202e.exe", b"MZ")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF\x00\x00\x00\x00AVI LIST", FileKind.VIDEO),
        (b"RIFF\x00\x00\x00\x00WAVEfmt \x00", FileKind.UNKNOWN),
        (b"\x1aE\xdf\xa3", FileKind.VIDEO),
        (b"BM is how this text begins, with no picture in it", FileKind.TEXT),
        (b"\x00\x00\x00\x00ftyp", FileKind.VIDEO),
        (b"MM\x00*" + bytes(4), FileKind.TIFF),
    ],
)
def test_kinds_are_seen_from_the_first_bytes(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) is kind
