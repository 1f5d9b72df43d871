"""A signed paper changed in any way: with the register none is called genuine, and every file gets an answer."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from qma_app.domain.certificate_content import certificate_bytes
from qma_app.services.paper_verifying import PaperState, verify_bytes
from tests.exchange.signed_papers import changed, gap_of
from tests.services.issued_papers import Papers, listed, sealed_report
from tests.services.signed import a_key

pytest_plugins = ["tests.services.signed_fixtures"]
EACH = 500
"""So many bytes of each paper are changed, one at a time."""


def states(papers: Papers, pdf: bytes, places: list[int], by: int = 1) -> set[PaperState]:
    return {verify_bytes(changed(pdf, place, by), register=papers.register).state for place in places}


@pytest.mark.parametrize("which", ["report", "certificate"])
def test_no_single_byte_can_change(papers: Papers, which: str) -> None:
    pdf: bytes = getattr(papers, which)
    assert verify_bytes(pdf, register=papers.register).state is PaperState.GENUINE
    spread = [place * len(pdf) // EACH for place in range(EACH)]
    assert states(papers, pdf, spread) <= {PaperState.CHANGED, PaperState.UNREADABLE, PaperState.NOT_OURS}
    assert verify_bytes(pdf, register=papers.register).state is PaperState.GENUINE


def test_no_byte_of_the_signature_itself_can_change(papers: Papers) -> None:
    """Some bytes in there change nothing that is shown: only the SHA-256 of the register finds these."""
    start, end = gap_of(papers.certificate)
    spread = [start + place * (end - start) // 150 for place in range(150)]
    assert PaperState.GENUINE not in states(papers, papers.certificate, spread)
    capital = papers.certificate[:start] + papers.certificate[start:end].upper() + papers.certificate[end:]
    if capital == papers.certificate:
        capital = (
            papers.certificate[:start] + papers.certificate[start:end].lower() + papers.certificate[end:]
        )
    assert capital != papers.certificate
    assert verify_bytes(capital, register=papers.register).state is PaperState.CHANGED


def test_no_cut_and_no_addition_goes_unseen(papers: Papers) -> None:
    pdf = papers.report
    for length in (0, 1, 7, 100, len(pdf) // 2, len(pdf) - 1000, len(pdf) - 6, len(pdf) - 1):
        assert verify_bytes(pdf[:length], register=papers.register).state is not PaperState.GENUINE
    for added in (b"\n", b" ", b"%%EOF\n", b"\0" * 100, pdf):
        assert verify_bytes(pdf + added, register=papers.register).state is PaperState.CHANGED
    assert verify_bytes(b"\n" + pdf, register=papers.register).state is not PaperState.GENUINE
    assert verify_bytes(pdf[:500] + pdf[501:], register=papers.register).state is PaperState.CHANGED


def test_an_update_appended_by_another_program_is_seen(papers: Papers) -> None:
    writer = pypdf.PdfWriter(BytesIO(papers.report), incremental=True)
    writer.add_metadata({"/Title": "Certified"})
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(papers.report)
    assert verify_bytes(out.getvalue(), register=papers.register).state is PaperState.CHANGED


def test_words_laid_over_a_page_are_seen(papers: Papers) -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(100, 500, "100 %")
    canvas.save()
    for is_appended in (True, False):
        writer = pypdf.PdfWriter(BytesIO(papers.certificate), incremental=is_appended)
        if not is_appended:
            writer.append(BytesIO(papers.certificate))
        writer.pages[0].merge_page(pypdf.PdfReader(BytesIO(stream.getvalue())).pages[0])
        out = BytesIO()
        writer.write(out)
        assert verify_bytes(out.getvalue(), register=papers.register).state is not PaperState.GENUINE


def test_signed_anew_by_somebody_else_in_the_same_name_is_an_unknown_signer(papers: Papers) -> None:
    forged = sealed_report(papers, papers.report_content, a_key("Dora  Auditor"))
    verdict = verify_bytes(forged, register=papers.register)
    assert verdict.state is PaperState.UNKNOWN_SIGNER
    assert "TRIAL Dora Auditor" in verdict.lines[0].words
    assert verify_bytes(forged, register=listed(papers.register, forged, papers.register.files[0])).state is (
        PaperState.UNKNOWN_SIGNER
    )


def test_signed_anew_with_the_same_key_is_not_the_file_that_was_issued(papers: Papers) -> None:
    forged = sealed_report(papers, papers.report_content)
    verdict = verify_bytes(forged, register=papers.register)
    assert verdict.state is PaperState.CHANGED
    assert "another SHA-256" in verdict.words


def test_the_data_of_another_paper_are_seen_even_when_it_is_listed(papers: Papers) -> None:
    of_another = papers.report_content.replace(b"R-2027-0001", b"R-2027-0002")
    of_a_certificate = certificate_bytes(papers.certificate_content)
    for content in (of_another, of_a_certificate):
        forged = sealed_report(papers, content)
        register = listed(papers.register, forged, papers.register.files[0])
        assert verify_bytes(forged, register=register).state is PaperState.CONTENTS_DIFFER


def test_a_signature_taken_out_leaves_none_of_our_papers(papers: Papers) -> None:
    verdict = verify_bytes(papers.drawn, register=papers.register)
    assert verdict.state is PaperState.NOT_OURS
    assert "Nobody signed" in verdict.words
