"""The standard that comes with the program is clean, canonical and complete, in each of its languages."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qma_app.assets import checklists_folder
from qma_app.content.formatting import format_standard
from qma_app.content.loader import check_edition, load_edition
from qma_app.content.releasing import HASH_FILE
from qma_app.content.writing import edition_files
from qma_app.domain.edition import Checkpoint, Edition, Text
from qma_app.domain.edition_words import GATE_CHECKS

FOLDER = checklists_folder() / "dealer-quality" / "2026.1"
LANGUAGES = ("en", "de")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(FOLDER)


def test_it_has_no_problem_and_no_warning() -> None:
    """Near-duplicates, vague words, lengths, samples and weights among them."""
    assert check_edition(FOLDER) == ()


def test_it_stands_in_the_canonical_form(edition: Edition, tmp_path: Path) -> None:
    """So that a change shows as that change alone, and writing what was loaded gives the same bytes."""
    shutil.copytree(FOLDER, tmp_path / "2026.1")
    (tmp_path / "2026.1" / HASH_FILE).unlink(missing_ok=True)
    assert format_standard(tmp_path / "2026.1") == ()
    for path, text in edition_files(edition).items():
        assert (FOLDER / path).read_text(encoding="utf-8") == text, path


def test_every_area_is_there(edition: Edition) -> None:
    assert edition.label == "Dealer Quality Standard 2026.1"
    assert edition.languages == LANGUAGES
    counts = {area.code: (len(area.processes), sum(1 for _ in area.checkpoints())) for area in edition.areas}
    assert counts == {
        "MGT": (5, 28),
        "ORG": (5, 28),
        "ADM": (4, 20),
        "NCS": (11, 63),
        "UCS": (7, 38),
        "FNI": (4, 20),
        "SRV": (15, 90),
        "PRT": (6, 33),
        "MKT": (4, 20),
        "CXM": (5, 29),
        "HRM": (7, 37),
        "ACC": (6, 31),
        "ITD": (4, 21),
        "HSE": (5, 26),
    }
    assert (len(edition.processes), len(edition.checkpoints)) == (88, 484)


def texts_of(checkpoint: Checkpoint) -> Iterator[tuple[str, Text]]:
    yield "statement", checkpoint.statement
    yield "guidance", checkpoint.guidance
    yield "evidence", checkpoint.evidence
    yield "failure", checkpoint.failure
    for number, action in enumerate(checkpoint.actions):
        yield f"action {number}", action
    if checkpoint.sample:
        yield "sample", checkpoint.sample.of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_filled(edition: Edition, language: str) -> None:
    for checkpoint in edition.checkpoints.values():
        assert 1 <= len(checkpoint.actions) <= 2, checkpoint.number
        assert checkpoint.clauses, checkpoint.number
        assert max(checkpoint.impact.cx, checkpoint.impact.ex, checkpoint.impact.profit) == 3
        for name, text in texts_of(checkpoint):
            assert not text.is_missing_in(language), f"{checkpoint.number} {name}"
    for process in edition.processes.values():
        assert not process.title.is_missing_in(language), process.number
        assert not process.purpose.is_missing_in(language), process.number
    for kpi in edition.kpis.values():
        for text in (kpi.title, kpi.purpose, kpi.numerator):
            assert not text.is_missing_in(language), kpi.code


def test_a_translation_is_another_text(edition: Edition) -> None:
    same = [
        (checkpoint.number, name)
        for checkpoint in edition.checkpoints.values()
        for name, text in texts_of(checkpoint)
        if text.texts["de"] == text.texts["en"]
    ]
    assert same == []


def test_no_two_texts_are_the_same(edition: Edition) -> None:
    """Statements are compared word by word in the check; the other texts of checkpoints at least differ."""
    for language in LANGUAGES:
        for wanted in ("guidance", "failure"):
            counted = Counter(
                str(text.texts[language]).casefold()
                for checkpoint in edition.checkpoints.values()
                for name, text in texts_of(checkpoint)
                if name == wanted
            )
            assert [text for text, count in counted.items() if count > 1] == []


def test_about_forty_are_critical(edition: Edition) -> None:
    """Law, safety and fraud only, and in every area where these can go wrong."""
    counted = Counter(c.number[:3] for c in edition.checkpoints.values() if c.is_critical)
    assert counted == {
        "MGT": 1,
        "ADM": 3,
        "NCS": 3,
        "UCS": 3,
        "FNI": 3,
        "SRV": 6,
        "PRT": 1,
        "MKT": 2,
        "CXM": 1,
        "HRM": 4,
        "ACC": 3,
        "ITD": 3,
        "HSE": 6,
    }


def test_every_condition_is_used(edition: Edition) -> None:
    """Each feature switches something, and so does the number of staff."""
    used = {name.removeprefix("not-") for c in edition.checkpoints.values() for name in c.when}
    assert {feature.id for feature in edition.features} - used == set()
    assert any(c.when_staff for c in edition.checkpoints.values())


def test_kpis_are_defined_and_named(edition: Edition) -> None:
    counted = Counter(code[0] for code in edition.kpis)
    assert counted == {"C": 23, "E": 16, "P": 35, "O": 43}
    named = {code for c in edition.checkpoints.values() for code in c.kpis}
    assert named <= edition.kpis.keys()
    assert len(named) > 90
    assert {kpi.area for kpi in edition.kpis.values()} <= set(edition.areas_by_id)


def test_phases_lead_from_the_charter_to_the_certificate(edition: Edition) -> None:
    assert [phase.id for phase in edition.phases] == [
        "commitment",
        "baseline",
        "plan",
        "improve",
        "pre-audit",
        "audit",
        "hold-the-gains",
    ]
    for phase in edition.phases:
        assert {span.length for span in phase.spans} == {12, 24}
        assert phase.gate, phase.id
    assert {condition.check for phase in edition.phases for condition in phase.gate} <= set(GATE_CHECKS)


def test_results_can_be_shown_under_the_eleven_published_areas(edition: Edition) -> None:
    assert len(edition.reported_under) == 11
    reported = [area for one in edition.reported_under for area in one.areas]
    assert sorted(reported) == sorted(area.id for area in edition.areas)


def test_no_text_names_a_manufacturer(edition: Edition) -> None:
    """Names and marks belong to others."""
    marks = re.compile(
        r"\b(bmw|mini|mercedes|benz|audi|volkswagen|vw|skoda|seat|porsche|toyota|lexus|honda|mazda|nissan|ford|opel|"
        r"renault|peugeot|fiat|hyundai|kia|volvo|tesla|tüv|tuv|dekra|gtü|adac|vda|zdk|dgsv|dguv)\b",
        re.IGNORECASE,
    )
    for path, text in edition_files(edition).items():
        # "Seat" and "mini" are words too: of the seat of a motorcycle, of a mini-meeting.
        found = [word for word in marks.findall(text) if word.casefold() not in ("seat", "mini")]
        assert found == [], path
