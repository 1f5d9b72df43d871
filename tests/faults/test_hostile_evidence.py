"""A file from outside is taken in whole or refused with a reason; of a refused one nothing remains, wherever it stopped."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from unittest import mock

import pytest

from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.ids import AssessmentId, EngagementId
from qma_app.errors import ImportTrouble, NotFound, QmaError, RuleBroken
from qma_app.exchange import file_kinds
from qma_app.services import assessments, evidence
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
from tests.exchange.pictures import a_photo, a_picture, encoded
from tests.exchange.test_documents import WORKBOOK, an_office_file
from tests.faults.houses import files_in
from tests.services.conftest import PRICE, Programme

CANARY = b"canary: the name of a customer"


def png_of(width: int, height: int) -> bytes:
    """A small file that says it holds a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def jpeg_of(width: int, height: int) -> bytes:
    small = a_photo()
    place = small.index(b"\xff\xc0") + 5
    return small[:place] + struct.pack(">HH", height, width) + small[place + 4 :]


def moving(form: str) -> bytes:
    return encoded(a_picture(), form, save_all=True, append_images=[a_picture(mode="RGB").rotate(90)])


PHOTO = a_photo(400, 300)
REFUSED = {
    "nothing in it": ("a.jpg", b""),
    "of an apple phone": ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)),
    "of an apple phone, renamed": ("a.jpg", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)),
    "film": ("a.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + bytes(100)),
    "moving GIF": ("a.gif", encoded(a_picture(), "GIF")),
    "moving PNG": ("a.png", moving("PNG")),
    "moving WEBP": ("a.webp", moving("WEBP")),
    "cut off JPEG": ("a.jpg", PHOTO[: len(PHOTO) // 2]),
    "only the beginning of a JPEG": ("a.jpg", PHOTO[:20]),
    "cut off PNG": ("a.png", encoded(a_picture(400, 300), "PNG")[:300]),
    "900 million pixels in a small file": ("a.png", png_of(30_000, 30_000)),
    "144 million pixels in a small file": ("a.png", png_of(12_000, 12_000)),
    "4,000 million pixels in a JPEG": ("a.jpg", jpeg_of(65_500, 65_500)),
    "no height at all": ("a.jpg", jpeg_of(100, 0)),
    "noise behind the beginning of a JPEG": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40),
    "a drawing with a script": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'),
    "a page": ("a.html", b"<html><script>x</script></html>"),
    "a program": ("a.exe", b"MZ" + bytes(200)),
    "a program called a photo": ("a.jpg", b"MZ\x90\x00" + bytes(200)),
    "a program called a letter": ("a.docx", b"MZ\x90\x00" + bytes(200)),
    "a program behind two endings": ("invoice.pdf.exe", b"MZ\x90\x00" + bytes(200)),
    "a page called a PDF": ("a.pdf", b"<html><script>x</script></html>"),
    "macros called a workbook": ("a.xlsx", an_office_file("xl/workbook.xml", "xl/vbaProject.bin")),
    "a workbook with macros": ("a.xlsm", WORKBOOK),
    "an archive called a workbook": ("a.xlsx", an_office_file("../../evil", "word/other.xml")),
    "a cut off archive": ("a.docx", an_office_file("word/document.xml")[:60]),
    "an archive": ("a.zip", WORKBOOK),
    "no ending": ("README", b"hello"),
    "binary called a list": ("a.csv", bytes(range(256))),
    "a letter without a header called mail": ("a.eml", b"hello there"),
}
TAKEN = {
    "a photo": ("a.jpg", PHOTO, EvidenceKind.PHOTO),
    "a photo called a letter": ("a.docx", PHOTO, EvidenceKind.PHOTO),
    "a photo with an archive behind it": ("a.jpg", PHOTO + WORKBOOK + CANARY, EvidenceKind.PHOTO),
    "a photo with notes": ("a.jpg", a_photo(400, 300, comment=CANARY), EvidenceKind.PHOTO),
    "see-through": ("a.png", encoded(a_picture(400, 300, "RGBA"), "PNG"), EvidenceKind.PHOTO),
    "a workbook with tricks in its names": (
        "a.xlsx",
        an_office_file("xl/workbook.xml", "../../evil", "C:\\evil", "CON", "/etc/evil"),
        EvidenceKind.DOCUMENT,
    ),
    "a list with a formula": ("a.csv", b'=HYPERLINK("x");1\n', EvidenceKind.DOCUMENT),
    "a mail": ("a.eml", b"From: a@example.org\r\nSubject: x\r\n\r\n<script>\r\n", EvidenceKind.DOCUMENT),
}
NAMES = [
    "CON.csv",
    "nul",
    "trailing dot..csv. ",
    "n" * 255 + ".csv",
    "🚗" * 100 + ".csv",
    "O\u0308l.csv",
    "../../../etc/passwd.csv",
    "..\\..\\evil.csv",
    "\\\\server\\share\\evil.csv",
    "photo\u202evsc.csv",
    "a\0b\nc.csv",
    "half \ud800.csv",
    "<b>&.csv",
    ".csv",
    "",
]


def add(programme: Programme, name: str, data: bytes) -> Evidence:
    return evidence.add_evidence(
        programme.workspace,
        engagement_id=programme.engagement.id,
        data=data,
        name=name,
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
    ).made(Evidence)


def test_what_is_refused_leaves_nothing_behind(programme: Programme, tmp_path: Path) -> None:
    with programme.workspace.reading() as reader:
        head = reader.log_head()
    before = files_in(tmp_path)
    for label, (name, data) in REFUSED.items():
        with pytest.raises(ImportTrouble) as caught:
            add(programme, name, data)
        assert caught.value.way_out, label
        assert name in caught.value.message, label
        assert files_in(tmp_path) == before, label
    with programme.workspace.reading() as reader:
        assert reader.log_head() == head
        assert reader.all(Evidence) == reader.in_bin(Evidence) == ()
    assert programme.workspace.store.evidence.digests() == ()


@pytest.mark.parametrize("label", TAKEN)
def test_what_is_taken_in_is_there_whole_and_nowhere_else(
    programme: Programme, tmp_path: Path, label: str
) -> None:
    name, data, kind = TAKEN[label]
    before = set(files_in(tmp_path))
    item = add(programme, name, data)
    assert item.kind is kind
    store = programme.workspace.store.evidence
    assert set(store.digests()) == set(item.digests())
    assert CANARY not in b"".join(map(store.get, item.digests()))
    if kind is EvidenceKind.DOCUMENT:
        assert store.get(item.digest) == data
    new = set(files_in(tmp_path)) - before
    assert {Path(file).name for file in new} == {f"{digest}.bin" for digest in item.digests()}
    assert not any(data[:64] in (tmp_path / file).read_bytes() for file in new)
    assert verify_workspace(programme.workspace).is_genuine


def test_names_are_only_shown_never_used(programme: Programme, tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        try:
            item = add(programme, name, b"list;%d\n" % number)
        except ImportTrouble as refused:  # a name without an ending says nothing of what is in it
            assert refused.way_out  # noqa: PT017  each name may go either way
            continue
        assert item.name
        assert not set(item.name) & set('/\\<>:"|?*\0\n\u202e\ud800')
        assert len(item.name.encode()) <= 255
    assert {Path(file).suffix for file in files_in(tmp_path / "w" / "evidence")} == {".bin"}
    assert verify_workspace(programme.workspace).faults == ()


def test_a_file_too_large_is_refused_before_it_is_looked_into(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_kinds, "LARGEST_FILE", 10_000)
    for name, data in (("a.jpg", a_photo(900, 900)), ("a.csv", b"x" * 20_000)):
        with pytest.raises(ImportTrouble) as caught:
            add(programme, name, data)
        assert caught.value.code == "file.too-large"
    assert programme.workspace.store.evidence.digests() == ()


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_photo_that_stops_between_its_sizes_is_no_evidence(programme: Programme, failing: int) -> None:
    """Its first sizes are on the disk already; no record names them, and the next start takes them away."""
    store = programme.workspace.store.evidence
    put, count = store.put, 0

    def put_until(content: bytes) -> str:
        nonlocal count
        count += 1
        if count == failing:
            raise KeyboardInterrupt
        return put(content)

    with mock.patch.object(store, "put", put_until), pytest.raises(KeyboardInterrupt):
        add(programme, "a.jpg", a_photo(1800, 1200))
    assert len(store.digests()) == failing - 1
    nothing_is_left(programme)


def test_evidence_for_what_cannot_be_written_is_no_evidence(programme: Programme) -> None:
    workspace = programme.workspace
    assessments.complete_assessment(workspace, programme.assessment.id)
    refusals: list[tuple[type[QmaError], dict[str, str]]] = [
        (RuleBroken, {"engagement_id": programme.engagement.id, "assessment_id": programme.assessment.id}),
        (NotFound, {"engagement_id": EngagementId("nowhere")}),
        (NotFound, {"engagement_id": programme.engagement.id, "assessment_id": AssessmentId("nowhere")}),
    ]
    for error, where in refusals:
        with pytest.raises(error) as caught:
            evidence.add_evidence(workspace, data=PHOTO, name="a.jpg", **where)  # type: ignore[arg-type]
        assert caught.value.way_out
    nothing_is_left(programme)


def nothing_is_left(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        assert reader.all(Evidence) == ()
        assert reader.all(EvidenceLink) == ()
    assert verify_workspace(programme.workspace).is_genuine
    programme.workspace.close()
    with open_workspace(programme.workspace.folder) as again:
        assert again.store.evidence.digests() == ()
    assert [name for name in files_in(programme.workspace.folder) if "evidence" in name] == []


def test_a_photo_taken_in_is_not_larger_than_papers_need(programme: Programme) -> None:
    item = add(programme, "a.jpg", a_photo(4000, 3000))
    assert (item.width, item.height) == (1600, 1200)
