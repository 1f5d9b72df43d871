"""Export and import without edits give the same edition and the same bytes of YAML, whatever the texts are."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qma_app.content.writing import edition_files
from qma_app.domain.edition import (
    Edition,
    GateCondition,
    Phase,
    ReportedArea,
    SampleSpec,
    Span,
    StaffCondition,
    Text,
)
from qma_app.domain.edition_json import hash_of
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.exchange.workbook.words import Losses, shown
from qma_app.services.standards import newest_shipped_edition, newest_shipped_folder
from tests.builders import GREETING, a_checkpoint, a_text, an_edition
from tests.exchange.standard_workbook.desk import (
    a_kpi,
    an_edition_with_kpis,
    edited,
    read_bytes,
    workbook_of,
)

ODD = (
    "=1+1", "+49 30 1234", "-2 to 3", "@home", "'quoted", '"quoted"', "1.10", "0042", "1E5", "TRUE", "no", "2/3", "1-2",
    "#REF!", "_x0041_ is no A", "<b>R&D</b>", "a, b; c [d]", "🙂 done 👩🏽‍🔧", "x" * 480, "Zoë – “ß”", "{=SUM(1)}", "null",
    "two  spaces", "not\u00a0broken", "\u05de\u05d7\u05d9\u05e8",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_shipped_edition_comes_back_byte_for_byte(language: str, tmp_path: Path) -> None:
    edition = newest_shipped_edition()
    reading = read_bytes(workbook_of(edition, language), tmp_path, edition)
    assert reading.problems == ()
    assert reading.edition == edition
    folder = newest_shipped_folder()
    files = {path: text.encode() for path, text in edition_files(reading.draft).items()}
    assert files == {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_a_workbook_says_all_by_itself(tmp_path: Path) -> None:
    edition = newest_shipped_edition()
    assert read_bytes(workbook_of(edition), tmp_path, None).edition == edition


def test_saving_in_another_program_changes_nothing(tmp_path: Path) -> None:
    edition = an_edition_with_kpis()
    content = edited(workbook_of(edition, "de"), lambda book: None)
    assert read_bytes(content, tmp_path, edition).edition == edition


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert workbook_of(an_edition_with_kpis()) == workbook_of(an_edition_with_kpis())


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_come_back_as_they_are(odd: str, tmp_path: Path) -> None:
    edition = with_words(odd)
    content = workbook_of(edition)
    assert read_bytes(content, tmp_path, edition).edition == edition
    assert read_bytes(edited(content, lambda book: None), tmp_path, edition).edition == edition
    for sheet in load_workbook(BytesIO(content)):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_every_kind_of_record_comes_back(tmp_path: Path) -> None:
    edition = everything()
    reading = read_bytes(workbook_of(edition), tmp_path, edition)
    assert reading.edition == edition
    assert edition_files(reading.draft) == edition_files(edition)


def test_a_text_may_lack_any_language_but_the_first(tmp_path: Path) -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint(GREETING, statement=a_text("Only English."), guidance=Text(), actions=())],
        languages=("en", "de", "fr"),
    )
    assert read_bytes(workbook_of(edition), tmp_path, edition).edition == edition


def _may_stand_in_a_standard(text: str) -> bool:
    losses = Losses()
    return bool(text) and shown(text, losses) == text and not losses.replaced and text == text.strip()


TEXTS = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffd"),
        min_size=1,
        max_size=60,
    )
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(_may_stand_in_a_standard)
)
PREFIXED = st.tuples(st.sampled_from(["", "=", "+", "-", "@", "'", "''", '"']), TEXTS).map("".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PREFIXED, min_size=8, max_size=8), st.booleans())
def test_any_words_come_back(tmp_path: Path, words: list[str], is_german: bool) -> None:
    en, de, *rest = words
    text = Text(texts={"en": en, "de": de})
    point = a_checkpoint(
        GREETING,
        statement=text,
        guidance=a_text(rest[0]),
        evidence=a_text(rest[1], de=rest[2]),
        failure=a_text(rest[3]),
        actions=(text, a_text(rest[4])),
        remark=de,
    )
    point = replace(point, sample=SampleSpec(size=7, of=a_text(rest[5])))
    edition = an_edition(checkpoints=[point], remark=en, title=text)
    edition = replace(edition, hash=hash_of(edition))
    reading = read_bytes(workbook_of(edition, "de" if is_german else "en"), tmp_path, edition)
    assert reading.edition == edition
    assert edition_files(reading.draft) == edition_files(edition)


def with_words(words: str) -> Edition:
    text = Text(texts={"en": words, "de": words})
    point = a_checkpoint(GREETING, statement=text, guidance=text, actions=(text,), remark=words)
    kpi = a_kpi(title=text, range=None, remark=words)
    edition = an_edition(checkpoints=[point], title=text)
    groups = tuple(replace(group, title=text, kpis=(kpi,)) for group in an_edition_with_kpis().kpi_groups)
    roles = tuple(replace(role, title=text) for role in edition.roles)
    edition = replace(edition, kpi_groups=groups, roles=roles)
    return replace(edition, hash=hash_of(edition))


def everything(**changes: Any) -> Edition:
    point = a_checkpoint(
        GREETING,
        critical=True,
        weight=3,
        sample=10,
        clauses=("ISO 9001:2015 8.2.3", "ISO 9001:2015 7.5"),
        kpis=("C15", "C16"),
        when=("service", "not-body-shop"),
        when_staff=(StaffCondition(sign=">=", count=10), StaffCondition(sign="<", count=200)),
        replaces=(CheckpointId("service.reception.hello"),),
        actions=(a_text("One."), a_text("Two."), a_text("Three.", de="Drei.")),
        remark="For keepers",
    )
    gate = GateCondition(id="covered", check="coverage", title=a_text("Two thirds"), at_least=67, at_most=100)
    phase = Phase(
        id="baseline",
        title=a_text("Baseline"),
        purpose=a_text("To know.", de="Zu wissen."),
        spans=(Span(length=12, first=0, last=2), Span(length=24, first=1, last=3)),
        gate=(gate, replace(gate, id="decided", check="decision-made", at_least=None, at_most=None)),
    )
    edition = an_edition_with_kpis(
        checkpoints=[point],
        phases=(phase, Phase(id="audit", title=a_text("Audit"))),
        reported_under=(ReportedArea(id="workshop", title=a_text("Workshop"), areas=(AreaId("service"),)),),
        remark="Of the whole",
    )
    rules = replace(edition.rules, area_weights={AreaId("service"): 2})
    area = replace(edition.areas[0], remark="Of the area")
    area = replace(area, processes=tuple(replace(one, remark="Of the process") for one in area.processes))
    groups = tuple(replace(group, remark="Of the group") for group in edition.kpi_groups)
    edition = replace(edition, rules=rules, areas=(area,), kpi_groups=groups, **changes)
    return replace(edition, hash=hash_of(edition))
