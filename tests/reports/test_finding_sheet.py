"""The finding sheet tells the whole way of one finding: seen, answered, understood, acted on, checked, with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qma_app.domain.action import ActionLink
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.evidence import Consent, EvidenceKind, EvidenceLink, PhotoPair
from qma_app.domain.finding import Elsewhere, FindingGrade, Reply
from qma_app.domain.finding_state import FindingState
from qma_app.domain.ids import ActionLinkId, EvidenceLinkId, PhotoPairId, VerificationId
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.reports.actions.causes import category_titles, fitted_fishbone
from qma_app.reports.actions.values import HistoryStep
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from tests.builders import (
    NOW,
    PRICE_AGREED,
    TODAY,
    a_cause,
    a_finding,
    a_rating,
    a_verification,
    an_action,
    an_edition,
)
from tests.reports.houses import a_photo, a_photo_evidence, link_to
from tests.reports.living import a_programme, finding_pdf, the_finding, three_whys
from tests.reports.reading_back import body_text, page_texts, squeezed


def text_of(pdf: bytes) -> str:
    return squeezed(body_text(pdf))


def test_the_grade_stands_beside_what_the_rating_suggests_with_the_reason() -> None:
    finding = a_finding(1, FindingGrade.MINOR, grade_reason="Only one case")
    reader = a_programme(finding, a_rating(4, PRICE_AGREED))
    assert the_finding(reader).suggested is FindingGrade.MAJOR
    assert "minor·theratingsuggestsmajor·because:Onlyonecase" in text_of(finding_pdf(reader))
    agreed = a_programme(replace(finding, grade=FindingGrade.MAJOR), a_rating(4, PRICE_AGREED))
    assert "major·astheratingsuggests" in text_of(finding_pdf(agreed))


def test_correction_and_corrective_action_are_told_apart() -> None:
    finding = a_finding(
        1, reply=Reply.DISAGREED, reply_words="It was a busy day.", reply_by="M. Lindner", replied_on=TODAY,
        correction="The three customers were called.", corrected_on=date(2026, 10, 2),
        elsewhere=Elsewhere.FOUND, elsewhere_words="Second desk",
    )  # fmt: skip
    action = an_action(1)
    link = ActionLink(id=ActionLinkId("l"), action_id=action.id, finding_id=finding.id)
    text = text_of(finding_pdf(a_programme(finding, action, link)))
    places = [
        text.index(words)
        for words in ("disagreed,M.Lindner·21Nov2026", "Correction,thesinglecase2Oct2026:Thethree", "foundelsewheretoo:Seconddesk", "Correctiveactions,thesystem", "A-001")
    ]  # fmt: skip
    assert places == sorted(places)


def test_causes_are_numbered_read_back_and_drawn() -> None:
    text = text_of(finding_pdf(a_programme(a_finding(), *three_whys())))
    assert "1.1.1NotasksayswhoordersRootcause:theownercanchangethis" in text
    chain = "NotasksayswhoordersTherefore:NobodyordersformsTherefore:TheformismissingTherefore:Twooftenorderscarrynoprice."
    assert chain in text
    assert text.count("Nobodyordersforms") == 3


def test_a_major_without_causes_says_what_is_missing_before_it_can_be_closed() -> None:
    text = text_of(finding_pdf(a_programme(a_finding(1, FindingGrade.MAJOR))))
    assert "Stillmissing:Askwhy:amajorneedsitscauses." in text
    assert "Beforeitcanbeclosed" in text


def test_the_fishbone_of_very_many_causes_is_made_smaller_or_left_to_the_list() -> None:
    titles = category_titles(an_edition())
    some = [a_cause(f"Cause {n} " + "and so on " * 4, category="method") for n in range(30)]
    many = [a_cause(f"Cause {n} " + "and so on " * 40, category="method") for n in range(120)]
    drawn = fitted_fishbone(CauseTree(some), "Late", titles)
    assert drawn is not None
    assert drawn.width <= CONTENT_WIDTH + 0.01
    assert drawn.height <= CONTENT_HEIGHT
    assert fitted_fishbone(CauseTree(many), "Late", titles) is None
    assert "toomanycausesforadrawing" in text_of(finding_pdf(a_programme(a_finding(), *many)))


def test_photos_stand_in_pairs_and_alone_as_the_rendition_for_paper() -> None:
    finding = a_finding()
    reader = a_programme(finding)
    before, after, alone = (
        a_photo_evidence(reader, name, a_photo(200, 150, seed))
        for seed, name in enumerate(("b.jpg", "a.jpg", "c.jpg"))
    )
    pair = PhotoPair(
        id=PhotoPairId("p"), engagement_id=finding.engagement_id, before_id=before.id, after_id=after.id,
        finding_id=finding.id, words="The board",
    )  # fmt: skip
    reader.add(before, after, alone, pair, link_to(alone, finding_id=finding.id))
    pdf = finding_pdf(reader)
    for evidence in (before, after, alone):
        assert evidence.paper_digest
        assert reader.evidence_bytes(evidence.paper_digest) in pdf
        assert reader.evidence_bytes(evidence.digest) not in pdf
    text = text_of(pdf)
    assert text.index("Before") < text.index("After") < text.index("Theboard")


def test_a_refused_consent_and_a_missing_file_are_named_with_the_reason() -> None:
    finding = a_finding()
    reader = a_programme(finding)
    refused = a_photo_evidence(reader, "faces.jpg", a_photo(200, 150), consent=Consent.REFUSED)
    lost = a_photo_evidence(reader, "lost.jpg", a_photo(200, 150, 2))
    reader.add(refused, lost, *(link_to(one, finding_id=finding.id) for one in (refused, lost)))
    reader.files.pop(lost.paper_digest or "")
    pdf = finding_pdf(reader)
    text = text_of(pdf)
    assert a_photo(200, 150) not in pdf
    assert "faces.jpgNotshown:noconsent." in text
    assert "Thestoredfileismissingfromthisworkspace." in text
    assert lost.digest in text


def test_files_at_an_action_and_at_a_check_are_on_it_too() -> None:
    finding, action = a_finding(), an_action()
    check = a_verification(action_id=action.id)
    reader = a_programme(
        finding, action, check, ActionLink(id=ActionLinkId("l"), action_id=action.id, finding_id=finding.id)
    )
    for name, target in (
        ("at-action.pdf", {"action_id": action.id}),
        ("at-check.pdf", {"verification_id": check.id}),
    ):
        file = a_photo_evidence(reader, name, name.encode(), kind=EvidenceKind.DOCUMENT, paper_digest=None)
        reader.add(file, EvidenceLink(id=EvidenceLinkId(name), evidence_id=file.id, **target))
    text = text_of(finding_pdf(reader))
    assert "EvidenceE-001at-action.pdf" in text
    assert "Evidence:E-002at-check.pdf" in text


def test_a_check_of_the_finding_itself_shows_its_figures() -> None:
    finding = a_finding()
    check = replace(
        a_verification(Effect.EFFECTIVE, kind=VerificationKind.SAMPLE, finding_id=finding.id),
        id=VerificationId("s"), population=148, size=20, allowed=1, failing=0, seed=4711, drawn=(3, 17, 88),
        drawn_of="repair orders", drawn_by="K. Brandt",
    )  # fmt: skip
    reader = a_programme(finding, check)
    assert the_finding(reader).state is FindingState.EFFECTIVE
    text = text_of(finding_pdf(reader))
    for words in (
        "20drawnof148repairorders,atmost1mayfail,drawnbyK.Brandt", "0of20failed;upto13.9%", "Numbersdrawn:3,17,88", "Seedofthelot:4711",
    ):  # fmt: skip
        assert words in text


def test_history_and_signatures_end_the_sheet() -> None:
    steps = [
        HistoryStep(at=NOW + timedelta(minutes=place), who="Ada", title=f"Step {place}", detail="")
        for place in range(3)
    ]
    pages = page_texts(finding_pdf(a_programme(a_finding()), history=steps))
    last = " ".join(pages[-1].split())
    assert last.index("Step 0") < last.index("Step 2") < last.index("Coach: place, date, signature")


def test_it_is_made_byte_for_byte_and_judges_what_is_late_by_the_day_given() -> None:
    reader = a_programme(a_finding(1, FindingGrade.MAJOR), *three_whys())
    assert finding_pdf(reader) == finding_pdf(reader)
    assert "wasdue21Dec2026" in text_of(finding_pdf(reader, on=date(2027, 1, 1)))


@pytest.mark.parametrize("grade", FindingGrade)
def test_a_bare_finding_of_any_grade_prints(grade: FindingGrade) -> None:
    bare = replace(
        a_finding(1, grade),
        checkpoint_id=None,
        assessment_id=None,
        seen_on=None,
        due_on=None,
        requirement="",
        evidence="",
    )
    text = text_of(finding_pdf(a_programme(bare)))
    assert "none:arequirementofitsown" in text
    assert ("Answerofthedealership" in text) is (grade is not FindingGrade.GOOD_PRACTICE)
