"""The file itself: the same bytes from the same input, fonts inside, photos untouched, reachable by outline and links."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest

from qma_app.domain.ports import LogHead
from qma_app.errors import ReportTrouble
from qma_app.i18n import in_language
from qma_app.reports.progress import Progress
from tests.builders import NOW, an_assessment
from tests.reports.houses import a_house, a_large_edition, a_large_house, a_photo, with_photo
from tests.reports.reading_back import made, opened, page_texts, squeezed, the_paper, the_report


@pytest.fixture(scope="module")
def audit() -> bytes:
    return made(a_large_house(edition=a_large_edition(2, 3), photos=4, findings=4), "audit")


@pytest.fixture(scope="module")
def audit_pages(audit: bytes) -> list[str]:
    return page_texts(audit)


def test_the_same_input_gives_the_same_bytes() -> None:
    one, other = (
        made(a_large_house(edition=a_large_edition(2, 2), photos=2, findings=4)) for _time in range(2)
    )
    assert one == other


def test_another_head_of_the_log_gives_another_file() -> None:
    reader = a_house()
    before = made(reader)
    reader.head = LogHead(seq=43, hash=hashlib.sha256(b"later").hexdigest(), at=NOW)
    after = made(reader)
    assert opened(before).trailer["/ID"] != opened(after).trailer["/ID"]


def test_every_font_is_embedded_as_a_subset(audit: bytes) -> None:
    pdf = opened(audit)
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("+" in name for name in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts.values())
    assert not any("Helvetica" in name for name in fonts)


def test_photos_are_in_the_file_byte_for_byte() -> None:
    photo = a_photo(400, 300)
    pdf = opened(made(with_photo(a_house(), photo)))
    found = [
        image.get_object() for page in pdf.pages for image in page["/Resources"].get("/XObject", {}).values()
    ]
    assert [image._data for image in found] == [photo]
    assert [(image["/Filter"], image["/Width"], image["/Height"]) for image in found] == [
        ("/DCTDecode", 400, 300)
    ]


def test_a_photo_used_twice_is_stored_once() -> None:
    photo = a_photo(400, 300)
    reader = with_photo(with_photo(a_house(), photo, name="a.jpg"), photo, name="b.jpg")
    pdf = made(reader)
    assert pdf.count(photo) == 1


def test_the_document_says_what_it_is_and_in_which_language(audit: bytes) -> None:
    pdf = opened(audit)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Certification audit report · Autohaus Beispiel"
    assert pdf.metadata.author == "Dana Muster"
    assert pdf.metadata.creation_date == NOW.replace(microsecond=0)
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_report_speaks_the_language_asked_for() -> None:
    with in_language("de"):
        pdf = made(a_house())
    assert opened(pdf).trailer["/Root"]["/Lang"] == "de"
    assert "Qualitätsstandard für Autohäuser" in "".join(page_texts(pdf))


def test_the_outline_leads_to_the_page_the_contents_name(audit: bytes) -> None:
    pdf = opened(audit)
    contents = squeezed(pdf.pages[1].extract_text())
    top = [entry for entry in pdf.outline if not isinstance(entry, list)]
    assert len(top) > 15
    for entry in top[1:]:
        page = pdf.get_destination_page_number(entry)
        assert page is not None
        assert squeezed(f"{entry.title}{page + 1}") in contents
        assert squeezed(str(entry.title)) in squeezed(pdf.pages[page].extract_text())


def test_findings_are_in_the_outline_below_their_section(audit: bytes) -> None:
    names = [str(entry.title) for entry in _flat(opened(audit).outline)]
    assert any(name.startswith("F-002 ") for name in names)


def test_no_link_leaves_the_document(audit: bytes) -> None:
    annotations = [note.get_object() for page in opened(audit).pages for note in page.get("/Annots", [])]
    assert annotations
    assert all("/A" not in note and "/Dest" in note for note in annotations)


def test_every_page_says_its_number_the_log_head_and_that_it_is_no_certificate(
    audit_pages: list[str],
) -> None:
    for number, text in enumerate(audit_pages, 1):
        assert f"{number} / {len(audit_pages)}" in text
        assert "log head 836f f184 e7b4" in text
        assert "Not a certificate" in text


def test_no_page_is_empty(audit_pages: list[str]) -> None:
    assert min(len(text) for text in audit_pages) > 200


def test_a_draft_says_so_on_every_page_with_how_much_is_rated() -> None:
    reader = a_house(an_assessment(1, completed_at=None))
    texts = page_texts(made(reader))
    assert all("DRAFT · 1 of 6 rated" in text for text in texts)


def test_a_completed_assessment_is_no_draft(audit_pages: list[str]) -> None:
    assert not any("DRAFT" in text for text in audit_pages)


@pytest.mark.parametrize("by", ["dealership", "workspace"])
def test_a_sample_says_so_on_every_page(by: str) -> None:
    reader = a_house(is_sample=by == "dealership")
    texts = page_texts(made(reader, is_sample=by == "workspace"))
    assert all("SAMPLE" in text for text in texts)


def test_progress_runs_from_start_to_end_without_turning_back() -> None:
    shares: list[float] = []

    def hear(share: float) -> bool:
        shares.append(share)
        return True

    made(a_house(), heard=hear)
    assert shares == sorted(shares)
    assert shares[0] < 0.15
    assert shares[-1] == pytest.approx(1)
    assert len(shares) > 50


@pytest.mark.parametrize("until", [0.0, 0.2, 0.4, 0.6, 0.9])
def test_nobody_wanting_it_any_more_stops_the_work_at_the_next_step(until: float) -> None:
    heard: list[float] = []

    def hear(share: float) -> bool:
        heard.append(share)
        return share < until

    with pytest.raises(ReportTrouble) as stopped:
        made(a_house(), heard=hear)
    assert stopped.value.code == "report.cancelled"
    assert [share for share in heard if share >= until] == heard[-1:]


def test_the_file_is_written_piece_by_piece() -> None:
    sizes: list[int] = []

    class Watched(BytesIO):
        def write(self, content: object) -> int:
            sizes.append(len(bytes(content)))  # type: ignore[call-overload]  # any bytes
            return super().write(content)  # type: ignore[arg-type]  # any bytes

    reader = with_photo(a_house(), a_photo(1000, 750))
    the_report("assessment").draw(
        the_paper(reader), Watched(), pictures=reader.evidence_bytes, progress=Progress()
    )
    assert max(sizes) < 300_000
    assert len(sizes) > 30


def _flat(entries: object) -> list:
    found = []
    for entry in entries if isinstance(entries, list) else ():
        found += _flat(entry) if isinstance(entry, list) else [entry]
    return found
