"""Verifying: the untouched paper is genuine, and nothing anybody did to it is; whatever the file, an answer and no crash."""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from asn1crypto import cms, core, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from qma_app.exchange.pdf_signing import attach_data, sign_pdf
from qma_app.exchange.pdf_verifying import PdfFinding, PdfState, verify_pdf
from tests.exchange import signed_papers as papers


def look(pdf: bytes) -> PdfFinding:
    return verify_pdf(pdf, known={papers.a_key().fingerprint})


def codes(pdf: bytes) -> tuple[PdfState, tuple[str, ...]]:
    found = look(pdf)
    assert found.is_genuine == (not found.reasons)
    assert all(reason.words for reason in found.reasons)
    return found.state, tuple(reason.code for reason in found.reasons)


def test_the_untouched_paper_is_genuine_and_says_everything() -> None:
    found = look(papers.paper())
    assert found == PdfFinding(
        state=PdfState.GENUINE,
        digest=hashlib.sha256(papers.paper()).hexdigest(),
        is_whole=True,
        fingerprint=papers.a_key().fingerprint,
        signer="TRIAL Ada Muster",
        signed_at=papers.AT,
        is_trial=True,
        attached=papers.DATA,
        attached_digest=hashlib.sha256(papers.DATA).hexdigest(),
    )
    assert found.is_genuine


def test_a_paper_stays_genuine_after_its_certificate_has_lapsed() -> None:
    begin = papers.AT - timedelta(days=4000)
    old = papers.certificate_for(papers.a_key().private, begin=begin).public_bytes(Encoding.DER)
    signer = papers.signer_of(papers.a_key().private, old)
    paper = papers.signed_by(signer, at=begin + timedelta(days=3))
    found = verify_pdf(paper, known={hashlib.sha256(old).hexdigest()})
    assert found.is_genuine
    assert found.signed_at == begin + timedelta(days=3)
    assert not found.is_trial


def test_without_a_list_of_signers_nobody_is_known_but_the_paper_is_whole() -> None:
    found = verify_pdf(papers.paper(), known=None)
    assert (found.state, found.is_whole, found.is_genuine) == (PdfState.UNKNOWN_SIGNER, True, False)
    assert found.attached == papers.DATA
    assert [reason.code for reason in found.reasons] == ["no-register"]
    assert verify_pdf(papers.paper(), known=()).state is PdfState.UNKNOWN_SIGNER


def test_signed_by_somebody_of_the_same_name_the_signer_is_unknown() -> None:
    paper = sign_pdf(
        papers.with_data(), papers.another_key(), at=papers.AT, reason=papers.REASON, place=papers.PLACE
    )
    assert codes(paper) == (PdfState.UNKNOWN_SIGNER, ("unknown",))
    assert look(paper).fingerprint == papers.another_key().fingerprint


def test_of_a_thousand_changed_bytes_none_passes_not_even_without_the_register() -> None:
    paper, chance = papers.paper(), random.Random(6)
    issued = {hashlib.sha256(paper).hexdigest()}
    places = {place * len(paper) // 1000 for place in range(1000)}
    assert len(places) == 1000
    found = [look(papers.changed(paper, place, chance.randrange(1, 256))) for place in sorted(places)]
    with_register = [each for each in found if each.is_genuine and each.digest in issued]
    without = [each for each in found if each.is_genuine or each.is_whole]
    assert (len(found), len(with_register), len(without)) == (1000, 0, 0)
    assert look(paper).is_genuine


def test_no_byte_of_the_signature_can_be_written_otherwise() -> None:
    """Where a signature does not protect itself: its frame, its certificates, its padding, capitals, blanks."""
    paper = papers.paper()
    start, end = papers.gap_of(paper)
    used = len(paper[start:end].rstrip(b"0"))
    assert end - start - used > 500
    places = [
        *range(start - 1, start + used, 7),
        *range(start, start + 300),
        *range(start + used, end + 1, 50),
    ]
    passed = [place for place in places if look(papers.changed(paper, place)).is_whole]
    small = [place for place in places if paper[place : place + 1].isalpha()]
    passed += [place for place in small if look(papers.changed(paper, place, 0x20)).is_whole]
    assert (len(passed), len(small) > 50) == (0, True), passed


def appended_revision(alter: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(papers.paper()))
    alter(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def lay_over(writer: IncrementalPdfFileWriter) -> None:
    content = generic.StreamObject(stream_data=b"BT /F1 40 Tf 72 600 Td (PASS) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(content))


def change_catalogue(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = generic.pdf_string("xx")
    writer.update_root()


def attach_another(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = names[1]["/EF"]["/F"]
    stream._data, stream._encoded_data = b'{"verdict": "pass"}', None
    writer.update_container(stream)


def resaved() -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(papers.paper()))
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def signature_taken_out() -> bytes:
    paper = papers.paper()
    return paper[: paper.rindex(b"%%EOF", 0, paper.index(b"/ByteRange")) + 6]


def with_contents(content: bytes) -> bytes:
    """The paper with another signature written where its own stands."""
    paper = papers.paper()
    start, end = papers.gap_of(paper)
    hexadecimal = content.hex().upper().encode()
    return paper[:start] + hexadecimal + b"0" * (end - start - len(hexadecimal)) + paper[end:]


def parsed() -> cms.ContentInfo:
    paper = papers.paper()
    start, end = papers.gap_of(paper)
    return cms.ContentInfo.load(bytes.fromhex(paper[start:end].decode()))


def with_a_stamp() -> bytes:
    """Something put beside the signature that it does not protect."""
    info = parsed()
    signer = info["content"]["signer_infos"][0]
    signer["unsigned_attrs"] = cms.CMSAttributes([{"type": "1.2.3.4", "values": [core.Null()]}])
    return with_contents(info.dump(force=True))


def with_a_second_certificate() -> bytes:
    info = parsed()
    stranger = x509.Certificate.load(
        papers.certificate_for(papers.small_private()).public_bytes(Encoding.DER)
    )
    certificates = [info["content"]["certificates"][0].chosen, stranger]
    info["content"]["certificates"] = cms.CertificateSet(
        [cms.CertificateChoices("certificate", each) for each in certificates]
    )
    return with_contents(info.dump(force=True))


def with_the_certificate_of_another() -> bytes:
    info = parsed()
    stranger = x509.Certificate.load(papers.another_key().certificate)
    info["content"]["certificates"] = cms.CertificateSet([cms.CertificateChoices("certificate", stranger)])
    return with_contents(info.dump(force=True))


def hidden_in_the_padding() -> bytes:
    paper = papers.paper()
    end = papers.gap_of(paper)[1]
    return paper[: end - 8] + b"DEADBEEF" + paper[end:]


def range_widened() -> bytes:
    """The gap made to begin before the signature, the numbers kept as long as they were."""
    paper = papers.paper()
    place = paper.index(b"/ByteRange [")
    end = paper.index(b"]", place)
    numbers = paper[place + 12 : end].split()
    numbers[1] = b"%d" % (int(numbers[1]) - 1)
    return paper[: place + 12] + b" ".join(numbers) + paper[end:]


ATTACKS: dict[str, tuple[Callable[[], bytes], PdfState, str]] = {
    "a word changed": (lambda: papers.changed(papers.paper(), 500), PdfState.CHANGED, "digest"),
    "data changed": (
        lambda: papers.changed(papers.paper(), papers.with_data().index(b"/EmbeddedFile") + 200),
        PdfState.CHANGED,
        "digest",
    ),
    "cut by one byte": (lambda: papers.paper()[:-1], PdfState.CHANGED, "cut"),
    "cut in the signature": (
        lambda: papers.paper()[: papers.gap_of(papers.paper())[0] + 90],
        PdfState.NOT_SIGNED,
        "not-signed",
    ),
    "cut at the beginning": (lambda: papers.paper()[1:], PdfState.UNREADABLE, "no-pdf"),
    "a line added": (lambda: papers.paper() + b"\n", PdfState.CHANGED, "appended"),
    "a second end added": (lambda: papers.paper() + b"startxref\n9\n%%EOF\n", PdfState.CHANGED, "appended"),
    "put before": (lambda: b"\n" + papers.paper(), PdfState.UNREADABLE, "no-pdf"),
    "text laid over": (lambda: appended_revision(lay_over), PdfState.CHANGED, "appended"),
    "catalogue changed": (lambda: appended_revision(change_catalogue), PdfState.CHANGED, "appended"),
    "other attachment": (lambda: appended_revision(attach_another), PdfState.CHANGED, "appended"),
    "saved again": (resaved, PdfState.CHANGED, "range"),
    "signature taken out": (signature_taken_out, PdfState.NOT_SIGNED, "not-signed"),
    "stamp beside": (with_a_stamp, PdfState.CHANGED, "form"),
    "second certificate": (with_a_second_certificate, PdfState.CHANGED, "signers"),
    "certificate of another": (with_the_certificate_of_another, PdfState.CHANGED, "signature"),
    "hidden in the padding": (hidden_in_the_padding, PdfState.CHANGED, "padding"),
    "range widened": (range_widened, PdfState.CHANGED, "gap"),
    "drawn only": (papers.drawn, PdfState.NOT_SIGNED, "not-signed"),
    "two files in one": (lambda: papers.paper() + papers.paper(), PdfState.CHANGED, "several"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_paper_that_was_meddled_with_is_not_genuine(attack: str) -> None:
    make, state, code = ATTACKS[attack]
    assert codes(make()) == (state, (code,))
    assert not look(make()).is_whole


def by_stranger(private: object, **how: object) -> bytes:
    certificate = papers.certificate_for(private).public_bytes(Encoding.DER)
    return papers.signed_by(papers.signer_of(private, certificate), **how)  # type: ignore[arg-type]


def signed_twice() -> bytes:
    first = papers.signed_by(papers.own_signer(), docmdp_permissions=MDPPerm.FILL_FORMS)
    other = papers.another_key()
    second = papers.signer_of(other.private, other.certificate)
    return papers.signed_by(second, first, certify=False, field_name="Second")


FORGERIES: dict[str, tuple[Callable[[], bytes], str]] = {
    "curve": (lambda: by_stranger(papers.curve_private()), "form"),
    "Ed25519": (lambda: by_stranger(papers.edwards_private(), md_algorithm="sha512"), "form"),
    "short key": (lambda: by_stranger(papers.small_private()), "key"),
    "other padding": (lambda: papers.signed_by(papers.own_signer(prefer_pss=True)), "form"),
    "other digest": (lambda: papers.signed_by(papers.own_signer(), md_algorithm="sha512"), "form"),
    "no certifying": (lambda: papers.signed_by(papers.own_signer(), certify=False), "certified"),
    "changes allowed": (
        lambda: papers.signed_by(papers.own_signer(), docmdp_permissions=MDPPerm.FILL_FORMS),
        "certified",
    ),
    "older form": (
        lambda: papers.signed_by(papers.own_signer(), subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        "form",
    ),
    "before its certificate": (
        lambda: papers.signed_by(papers.own_signer(), at=papers.AT - timedelta(days=3)),
        "validity",
    ),
    "after its certificate": (
        lambda: papers.signed_by(papers.own_signer(), at=papers.AT + timedelta(days=800)),
        "validity",
    ),
    "two signers": (signed_twice, "several"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_signature_made_otherwise_does_not_count_even_by_a_known_key(forgery: str) -> None:
    make, code = FORGERIES[forgery]
    assert codes(make()) == (PdfState.CHANGED, (code,))


def test_a_paper_without_data_or_with_two_of_one_name_has_none() -> None:
    bare = sign_pdf(papers.drawn(), papers.a_key(), at=papers.AT, reason="", place="")
    assert (look(bare).state, look(bare).attached, look(bare).attached_digest) == (PdfState.GENUINE, None, "")
    twice = attach_data(papers.with_data(), b"{}", at=papers.AT)
    double = sign_pdf(twice, papers.a_key(), at=papers.AT, reason="", place="")
    assert (look(double).state, look(double).attached) == (PdfState.GENUINE, None)
    beside = attach_data(papers.with_data(), b"{}", name="other.json", at=papers.AT)
    two = sign_pdf(beside, papers.a_key(), at=papers.AT, reason="", place="")
    assert look(two).attached == papers.DATA
    named = verify_pdf(two, known={papers.a_key().fingerprint}, attachment="other.json")
    assert named.attached == b"{}"


def test_an_attachment_that_unfolds_without_end_is_no_paper() -> None:
    bomb = attach_data(papers.drawn(), bytes(40 << 20), at=papers.AT)
    assert len(bomb) < 100_000
    assert not look(sign_pdf(bomb, papers.a_key(), at=papers.AT, reason="", place="")).is_whole


def locked() -> bytes:
    writer = pypdf.PdfWriter(BytesIO(papers.drawn()))
    writer.encrypt("secret", algorithm="AES-256")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


STRANGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (bytes, "empty"),
    "one byte": (lambda: b"%", "no-pdf"),
    "zeros without end": (lambda: bytes(200 << 20), "too-large"),
    "zeros behind a head": (lambda: b"%PDF-1.7\n" + bytes(60 << 20), "not-signed"),
    "ranges without end": (lambda: b"%PDF-1.7\n" + b"/ByteRange " * 4_000_000, "several"),
    "a picture": (lambda: b"\xff\xd8\xff\xe0" + bytes(1000), "no-pdf"),
    "a locked file": (locked, "encrypted"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_files_get_an_answer(kind: str) -> None:
    make, code = STRANGE[kind]
    state, found = codes(make())
    assert found == (code,)
    assert state in (PdfState.UNREADABLE, PdfState.NOT_SIGNED, PdfState.CHANGED)


def framed(table: bytes) -> bytes:
    """A file with a range that fits, a gap that parses, and the table of an attacker behind it."""
    head = b"%PDF-1.7\n1 0 obj\n<</Contents "
    gap = b"<3000" + b"0" * 60 + b">"
    middle = b"\n/ByteRange [0 %d %d %d]       \n>>\nendobj\n"
    start, rest = len(head) + len(gap), 0
    while True:
        filled = middle % (len(head), start, rest)
        tail = table + b"\nstartxref\n%d\n%%%%EOF\n" % (start + len(filled))
        if len(filled) + len(tail) == rest:
            return head + gap + filled + tail
        rest = len(filled) + len(tail)


@pytest.mark.parametrize(
    "table",
    [
        b"xref\n0 9999999999\ntrailer\n<</Size 1>>",
        b"xref\n0 300000\n" + b"0000000009 00000 n \n" * 300_000 + b"trailer\n<</Size 300000>>",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 999999>>",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Pr#65v 9>>",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev\n9>>",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/XRefStm 9>>",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Encrypt 2 0 R>>",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1" + b" " * 5000 + b">>",
        b"7 0 obj\n<</Type/XRef/W[0 0 0]/Size 2000000000/Filter/FlateDecode/Length 8>>stream\n"
        + zlib.compress(b"")
        + b"\nendstream\nendobj",
    ],
    ids=["endless", "long", "forward", "escaped", "broken", "hybrid", "locked", "padded", "stream"],
)
def test_tables_that_would_keep_a_reader_busy_are_refused_before_it_sees_them(table: bytes) -> None:
    assert codes(framed(table)) == (PdfState.CHANGED, ("structure",))


def test_two_hundred_random_files_with_the_marks_of_a_paper_raise_nothing() -> None:
    chance, paper = random.Random(7), papers.paper()
    for _turn in range(200):
        pieces = [
            paper[place : place + chance.randrange(1, 3000)] for place in chance.sample(range(len(paper)), 6)
        ]
        found = look(b"%PDF-1.7\n" + b"".join(pieces) + paper[-chance.randrange(1, 900) :])
        assert not found.is_whole
        assert found.reasons
