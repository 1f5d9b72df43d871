"""What stands on paper of a photo: its marks with it, and of people who refused nothing but the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qma_app.domain.evidence import Consent, Evidence, EvidenceLink, Mark, MarkKind
from qma_app.exchange.photo_marks import marked_renditions
from tests.builders import PRICE_AGREED, an_assessment
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house, a_photo, with_photo
from tests.reports.reading_back import body_text, made, opened, squeezed

BLUR = Mark(kind=MarkKind.BLUR, x=0, y=0, width=9000, height=9000)


def at(reader: FakeReader, place: str, **changes: object) -> Evidence:
    """The photo of the house at a finding or a checkpoint, changed."""
    (evidence,) = reader.all(Evidence)
    changed = replace(evidence, **changes)  # type: ignore[arg-type]
    reader.records = [changed if record is evidence else record for record in reader.records]
    if place == "checkpoint":
        (link,) = reader.all(EvidenceLink)
        there = replace(link, finding_id=None, assessment_id=an_assessment(1).id, checkpoint_id=PRICE_AGREED)
        reader.records = [there if record is link else record for record in reader.records]
    return changed


def pictures(pdf: bytes) -> int:
    return sum(len(page.images) for page in opened(pdf).pages)


@pytest.mark.parametrize("place", ["finding", "checkpoint"])
def test_a_photo_of_people_who_refused_is_named_with_the_reason(place: str) -> None:
    content = a_photo(200, 150)
    reader = with_photo(a_house(), content, name="team.jpg", caption="The team")
    shown = made(reader)
    evidence = at(reader, place, consent=Consent.REFUSED)
    withheld = made(reader)
    assert pictures(withheld) == pictures(shown) - 1
    assert content in shown
    assert content not in withheld
    text = squeezed(body_text(withheld))
    for words in ("Not shown: no consent.", "team.jpg", "The team", evidence.digest):
        assert squeezed(words) in text
    assert squeezed("Not shown") not in squeezed(body_text(shown))


@pytest.mark.parametrize("consent", [Consent.GIVEN, Consent.NOBODY, None])
def test_any_other_photo_is_shown(consent: Consent | None) -> None:
    content = a_photo(200, 150)
    reader = with_photo(a_house(), content)
    at(reader, "finding", consent=consent)
    assert content in made(reader)


@pytest.mark.parametrize("place", ["finding", "checkpoint"])
def test_of_a_marked_photo_only_the_marked_picture_is_printed(place: str) -> None:
    stored = a_photo(1600, 1200)
    reader = with_photo(a_house(), stored)
    drawn = marked_renditions(stored, [BLUR])
    assert drawn.shared is not None
    at(
        reader,
        place,
        marks=(BLUR,),
        paper_digest=reader.put_file(drawn.paper),
        shared_digest=reader.put_file(drawn.shared),
    )
    pdf = made(reader)
    assert drawn.paper in pdf
    assert stored not in pdf


def test_a_marked_photo_without_its_small_picture_prints_the_marked_large_one() -> None:
    stored = a_photo(400, 300)
    reader = with_photo(a_house(), stored)
    drawn = marked_renditions(stored, [BLUR])
    assert drawn.shared is not None
    at(reader, "finding", marks=(BLUR,), paper_digest=None, shared_digest=reader.put_file(drawn.shared))
    pdf = made(reader)
    assert drawn.shared in pdf
    assert stored not in pdf
