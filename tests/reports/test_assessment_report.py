"""The report a coach leaves behind says how it stands, why, and what to mend first."""

from __future__ import annotations

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.reports.blocks import Gap
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_HEIGHT, Piece, paginate
from qma_app.reports.sections.scoring_rules import add_scoring_rules
from qma_app.reports.text import Typesetter
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_checkpoint,
    a_finding,
    a_rating,
    a_rating_not_applicable,
    a_sample,
    an_assessment,
    an_edition,
    some_rules,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house, a_large_edition, a_large_house, a_photo, with_photo
from tests.reports.reading_back import body_text, made, opened, page_text, page_texts, squeezed, the_paper

SCOPE = tuple(area.id for area in an_edition().areas)
REST = tuple(
    id for id in an_edition().checkpoints if id not in (GREETING, "service.repair-order.parts-ready")
)


def text_of(reader: FakeReader, key: str = "assessment", **how: object) -> str:
    return " ".join(body_text(made(reader, key, **how)).split())  # type: ignore[arg-type]  # named arguments


def a_rated_house(**points: int) -> FakeReader:
    """All applicable checkpoints at 10 points, the greeting at 8, others as named."""
    reader = a_house()
    reader.add(*(a_rating(points.get(id.rsplit(".", 1)[-1].replace("-", "_"), 10), id) for id in REST))
    return reader


def test_the_cover_names_result_house_days_and_who_assessed() -> None:
    cover = page_text(made(a_rated_house()), 1)
    for words in ("Baseline report", "Autohaus Beispiel, Musterstadt · AB1", "97.5%", "By the rules: pass", "21 Nov 2026", "Ada Sample", "DEALER QUALITY STANDARD 2026.1", "all 2 areas of the standard"):  # fmt: skip
        assert words in cover


def test_the_summary_stands_on_one_page_with_the_authors_words() -> None:
    reader = a_large_house(edition=a_large_edition(2, 3), photos=0, kind=AssessmentKind.PROGRESS, skill=0.5)
    summary = page_text(made(reader), 3)
    for words in ("Summary", "The house has found its rhythm", "Strengths", "Most urgent gaps", "The rules, one by one", "Overall level", "Coverage of the areas", "Floor of each area", "Critical checkpoints", "Major findings", "floor 70", "pass mark 80", "Overall level over the assessments", "IT and data protection"):  # fmt: skip
        assert words in summary


def test_every_rule_is_answered_with_its_reason() -> None:
    text = text_of(a_rated_house(price_agreed=4))
    assert "1 critical checkpoint is below 8 points: SRV-02.1." in text
    assert "By the rules: conditional, only majors stand in the way" in text


def test_the_grade_comes_with_its_reasons() -> None:
    text = text_of(a_rated_house(old_stock=0))
    assert "Grade C" in text
    assert "Parts is at 66.7%, below 70%." in text


def test_the_grade_never_stands_alone_at_the_top_of_a_page() -> None:
    kit = Kit(Typesetter(PaperFonts()))
    add_scoring_rules(kit, the_paper(a_rated_house(old_stock=0)))
    pieces = kit.flow.pieces
    place = next(
        place
        for place, piece in enumerate(pieces)
        if str(vars(piece.block).get("_text")).startswith("Grade of this assessment")
    )
    for used in range(int(CONTENT_HEIGHT) - 120, int(CONTENT_HEIGHT), 4):
        pages = paginate([Piece(Gap(used)), *pieces[place - 1 : place + 2]], lambda _share: None)
        assert all(page.placed[0].block is not pieces[place].block for page in pages)


def test_a_level_short_of_the_pass_mark_is_never_shown_as_reaching_it() -> None:
    heavy, light = (
        a_checkpoint(f"service.reception.{name}", weight=weight)
        for name, weight in (("heavy", 399), ("light", 1))
    )
    edition = an_edition(checkpoints=[heavy, light])
    only = an_assessment(1, scope=(AreaId("service"),), completed_at=NOW, completed_on=TODAY)
    reader = a_house(only, edition=edition)
    reader.add(a_rating(8, heavy.id), a_rating(6, light.id))
    cover = page_text(made(reader), 1)
    assert "79.95%" in cover
    assert "80.0%" not in cover


def test_an_assessment_without_a_single_rating_still_prints() -> None:
    reader = a_house(an_assessment(1, scope=SCOPE))
    reader.records = [record for record in reader.records if type(record).__name__ != "Rating"]
    pages = page_texts(made(reader))
    assert "No area is rated yet." in pages[0]
    assert all("DRAFT · 0 of 6 rated" in page for page in pages)


def test_a_few_ratings_in_no_area_enough_are_not_called_none() -> None:
    text = text_of(a_house(an_assessment(1, scope=SCOPE)))
    assert "No area has enough ratings yet (1 of 6)." in text
    assert "No area is rated yet." not in page_text(made(a_house(an_assessment(1, scope=SCOPE))), 1)


def test_an_assessment_in_which_nothing_applies_still_prints() -> None:
    reader = a_house()
    reader.records = [record for record in reader.records if type(record).__name__ != "Rating"]
    reader.add(
        *(a_rating_not_applicable(id, reason="The house gave this up.") for id in an_edition().checkpoints)
    )
    text = text_of(reader)
    assert "No area is rated yet." in text
    assert text.count("The house gave this up.") == len(an_edition().checkpoints)
    assert "set aside: no checkpoint applies" in text


def test_an_assessment_of_one_area_still_prints() -> None:
    reader = a_house(an_assessment(1, scope=(AreaId("parts"),), completed_at=NOW, completed_on=TODAY))
    text = text_of(reader)
    assert "1 area of the standard was not in the scope." in text


def test_a_checkpoint_shows_figure_word_and_what_it_had_before() -> None:
    reader = a_house(an_assessment(2, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(an_assessment(1, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(a_rating(4, GREETING, assessment_id=an_assessment(2).id))
    text = text_of(reader)
    assert "SRV-01.1 The greeting is as agreed. 4 poorly met 8" in text


def test_a_sample_is_given_with_its_exact_interval_and_each_record() -> None:
    reader = a_house()
    reader.add(a_rating(6, PRICE_AGREED, sample=a_sample(8, 2)))
    text = text_of(reader)
    assert (
        "Sample: 10 repair orders drawn, 8 of 10 looked at conform: 80.0%, interval 44.4% to 97.5%." in text
    )
    assert "✓ RO-8, ✗ RO-9" in text


def test_what_was_left_untouched_is_listed_among_the_limits() -> None:
    text = text_of(a_house())
    assert "5 applicable checkpoints were not seen:" in text
    assert "Not seen: untouched when the assessment was completed." in text


def test_a_finding_brings_its_photo_with_number_and_caption() -> None:
    pdf = made(with_photo(a_house(), a_photo(200, 150), caption="Order board"))
    page = next(page for page in opened(pdf).pages if "E-001 · Order board" in page.extract_text())
    assert len(page.images) == 1


@pytest.mark.parametrize(
    ("broken", "said"),
    [("missing", "The stored file is missing"), ("changed", "The stored file was changed or damaged")],
)
def test_a_broken_photo_is_named_with_its_hash_and_never_left_out(broken: str, said: str) -> None:
    reader = with_photo(a_house(), a_photo(80, 60), caption="Order board")
    (evidence,) = reader.all(Evidence)
    assert evidence.paper_digest
    if broken == "missing":
        del reader.files[evidence.paper_digest]
    else:
        reader.files[evidence.paper_digest] += b"x"
    text = body_text(made(reader))
    assert squeezed(said) in squeezed(text)
    assert squeezed(text).count(evidence.digest) == 2
    assert "1 file of the evidence is missing or not what was taken in" in " ".join(text.split())


def test_the_record_names_log_edition_and_counts() -> None:
    reader = a_house()
    text = squeezed(body_text(made(reader)))
    for words in (
        reader.head.hash,
        an_edition().hash,
        "42entries",
        "6applicable,1rated,0notapplicable,5notseen",
    ):
        assert words in text


def test_the_rules_of_the_edition_are_told_with_its_own_figures() -> None:
    edition = an_edition(rules=some_rules(pass_mark=77, area_floor=61, conditional_days=45))
    text = text_of(a_house(edition=edition))
    for words in (
        "the overall level is at least 77%",
        "at least 61%",
        "within 45 days",
        "weigh 1, 2 or 3",
        "pass mark 77",
    ):
        assert words in text


def test_the_most_urgent_gap_comes_first() -> None:
    reader = a_rated_house(price_agreed=6, old_stock=0)
    summary = page_text(made(reader), 3)
    assert summary.index("SRV-02.1 · critical") < summary.index("PRT-01.2")


def test_a_closed_finding_of_before_is_there_in_short_with_its_closing_note() -> None:
    reader = a_house(an_assessment(2, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(an_assessment(1, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(a_finding(1, FindingGrade.MAJOR, closed_on=TODAY, closing_note="Ten of ten are right."))
    text = text_of(reader)
    assert "From before, no longer open" in text
    assert "21 Nov 2026: Ten of ten are right." in text


def test_an_extract_says_so_and_calls_nothing_a_pass() -> None:
    text = text_of(a_rated_house(), areas=(AreaId("parts"),))
    assert "Baseline, extract" in text
    assert "only Parts" in text
    assert "whether it is a pass is said of the whole assessment alone" in text
    assert "By the rules: pass" not in text
    assert "This is an extract" in text


def test_a_good_practice_is_never_called_open() -> None:
    reader = a_house(an_assessment(2, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(an_assessment(1, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    for number in (1, 2):
        reader.add(a_finding(number, FindingGrade.GOOD_PRACTICE, assessment_id=an_assessment(number).id))
    text = text_of(reader)
    assert "open, due" not in text
    assert "From before, no longer open" in text


def test_the_files_of_a_finding_closed_before_are_named_but_not_shown_again() -> None:
    reader = a_house(an_assessment(2, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(an_assessment(1, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(a_finding(1, closed_on=TODAY))
    pdf = made(with_photo(reader, a_photo(80, 60), name="board.jpg"))
    assert "Evidence: E-001 board.jpg" in " ".join(body_text(pdf).split())
    assert b"/Subtype /Image" not in pdf
