"""How much of an edition is written in each language is counted text by text, and each missing one has its address."""

from __future__ import annotations

from dataclasses import replace

from qma_app.domain.coverage import field_title, language_coverage, missing_languages
from qma_app.domain.edition import Direction, KpiDefinition, KpiGroup, KpiRange, Text
from qma_app.domain.ids import AreaId
from tests.builders import GREETING, a_checkpoint, a_text, an_edition


def both(en: str = "word", de: str = "Wort") -> Text:
    return a_text(en, de=de)


def test_each_text_of_an_area_counts_once_for_each_language() -> None:
    point = a_checkpoint(
        GREETING,
        statement=both(),
        guidance=both(),
        evidence=both(),
        failure=a_text("no German"),
        actions=(both(), a_text("none either")),
    )
    coverage = language_coverage(an_edition(checkpoints=[point]))
    row = next(row for row in coverage.rows if row.area_id == AreaId("service"))
    assert (row.by_language["en"].filled, row.by_language["en"].total) == (9, 9)
    # Area, process with its purpose, failure and the second action have no German.
    assert (row.by_language["de"].filled, row.by_language["de"].total) == (4, 9)


def test_a_missing_text_is_named_with_number_field_and_other_words() -> None:
    coverage = language_coverage(an_edition(checkpoints=[a_checkpoint(GREETING, failure=a_text("late"))]))
    found = [one for one in coverage.missing if one.field == "failure"]
    assert [(one.number, one.language, one.words, one.checkpoint_id) for one in found] == [
        ("SRV-01.1", "de", "late", GREETING)
    ]
    assert field_title("failure") == "Typical failure"


def test_a_text_that_nobody_wrote_is_not_missing() -> None:
    point = a_checkpoint(
        GREETING, statement=both(), guidance=Text(), evidence=Text(), failure=Text(), actions=()
    )
    coverage = language_coverage(an_edition(checkpoints=[point]))
    assert not [one for one in coverage.missing if one.checkpoint_id == GREETING]
    assert missing_languages(point, ("en", "de")) == ()


def test_a_checkpoint_names_the_languages_it_lacks() -> None:
    assert missing_languages(a_checkpoint(failure=a_text("late")), ("en", "de")) == ("de",)


def test_a_language_without_any_text_is_counted_as_nothing() -> None:
    coverage = language_coverage(an_edition(languages=("en", "de", "fr")))
    assert coverage.total("fr").filled == 0
    assert coverage.total("en").is_complete
    assert not coverage.total("de").is_complete
    assert coverage.total("en").total == sum(row.by_language["en"].total for row in coverage.rows)


def test_kpis_and_the_frame_have_rows_of_their_own() -> None:
    kpi = KpiDefinition(
        code="C1",
        title=both(),
        purpose=both(),
        numerator=both(),
        calculation="count",
        unit="count",
        direction=Direction.HIGHER,
        rhythm="month",
        area=AreaId("service"),
        range=KpiRange(source=a_text("source")),
    )
    group = KpiGroup(perspective="customers", title=both(), kpis=(kpi,))
    coverage = language_coverage(replace(an_edition(), kpi_groups=(group,)))
    row = next(row for row in coverage.rows if row.key == "kpis")
    assert (row.by_language["de"].filled, row.by_language["de"].total) == (4, 5)
    assert coverage.rows[0].key == "standard"
    assert [one.number for one in coverage.missing if one.key == "kpis"] == ["C1"]
