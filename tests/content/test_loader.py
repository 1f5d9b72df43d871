"""A folder of YAML becomes an edition."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from qma_app.content.loader import check_edition, load_edition, shipped_editions
from qma_app.domain.edition import EditionStatus, Impact, SampleSpec, StaffCondition, Text
from qma_app.domain.edition_json import edition_from_json, edition_to_json, hash_of
from qma_app.errors import ContentProblems
from qma_app.i18n import in_language

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"


def second_area(srv: str) -> str:
    """A parts department that asks nothing the workshop is asked."""
    return (
        srv.replace("SRV", "PRT")
        .replace("id: service\n", "id: parts\n", 1)
        .replace(
            "en: The price and the time of completion stand on the signed order.",
            "en: Ordered parts lie ready.",
        )
        .replace(
            "en: Each key in the cabinet carries a tag with the order number.",
            "en: Tools hang on their boards.",
        )
    )


def test_what_was_written_stands_in_the_edition(standard) -> None:
    edition = load_edition(standard.folder)
    assert edition.label == "Sample Standard 2026.1"
    assert edition.status is EditionStatus.DRAFT
    assert edition.points == (0, 6, 10)
    assert edition.rules.coverage == Fraction(2, 3)
    assert [step.share for step in edition.rules.sample] == [1, Fraction(1, 2), 0]
    assert edition.rules.grades.a_element_floor == 80
    assert edition.rules.conditional_days == 60
    assert [feature.id for feature in edition.features] == ["service", "body-shop"]
    (area,) = edition.areas
    assert (area.id, area.code, str(area.title)) == ("service", "SRV", "Service")
    (process,) = area.processes
    assert (process.id, process.number, process.owner) == (
        "service.repair-order",
        "SRV-01",
        "service-manager",
    )
    price, keys = process.checkpoints
    assert price.id == "service.repair-order.price-agreed"
    assert (price.number, price.weight, price.is_critical) == ("SRV-01.1", 3, True)
    assert str(price.statement) == "The price and the time of completion stand on the signed order."
    assert str(price.actions[0]) == "Block the printing of an order without a price."
    assert price.impact == Impact(cx=3, ex=0, profit=2)
    assert price.sample == SampleSpec(size=10, of=Text(texts={"en": "signed repair orders"}))
    assert (price.clauses, price.kpis) == (("ISO 9001:2015 8.2.3",), ("C15",))
    assert price.when == ("service",)
    assert price.when_staff == (StaffCondition(sign=">=", count=10),)
    assert (keys.sample, keys.when, keys.clauses, keys.replaces, keys.is_critical) == (
        None,
        (),
        (),
        (),
        False,
    )


def test_what_may_be_left_out_has_its_usual_value(standard) -> None:
    standard.write("standard.yaml", "  conditional_days: 60\n", "")
    standard.write("standard.yaml", "  area_weights: {}\n", "")
    rules = load_edition(standard.folder).rules
    assert (rules.conditional_days, rules.area_weights) == (90, {})


def test_remarks_weights_and_replaced_ids_are_kept(standard) -> None:
    standard.write("standard.yaml", "area_weights: {}", "area_weights:\n    service: 2")
    standard.write("standard.yaml", "areas:", "remark: For the pilot\nareas:")
    standard.write(
        "srv.yaml", "replaces: []", "replaces:\n          - service.old.price\n        remark: Split in two"
    )
    edition = load_edition(standard.folder)
    assert edition.rules.area_weights == {"service": 2}
    assert edition.remark == "For the pilot"
    checkpoint = edition.areas[0].processes[0].checkpoints[0]
    assert (checkpoint.replaces, checkpoint.remark) == (("service.old.price",), "Split in two")


def test_a_mistake_keeps_the_edition_from_loading_and_a_warning_does_not(standard) -> None:
    standard.write("srv.yaml", "with the order number.", "with the order number")
    assert [problem.is_warning for problem in check_edition(standard.folder)] == [True]
    assert load_edition(standard.folder).version == "2026.1"
    standard.write("srv.yaml", "weight: 3", "weight: 4")
    standard.write("srv.yaml", "C15", "X15")
    with pytest.raises(ContentProblems, match="has 2 problems") as caught:
        load_edition(standard.folder)
    assert [problem.code for problem in caught.value.problems] == ["shape.range", "kpi.form"]


def test_the_hash_names_the_content_and_nothing_else(standard) -> None:
    first = load_edition(standard.folder)
    standard.write("srv.yaml", "{cx: 3, ex: 0, profit: 2}", "{ex: 0, profit: 2, cx: 3}")
    assert load_edition(standard.folder).hash == first.hash == hash_of(first)
    standard.write("srv.yaml", "en: Service", "en: Workshop")
    assert load_edition(standard.folder).hash != first.hash


def test_names_are_told_apart_across_files(standard) -> None:
    srv = standard.path("srv.yaml").read_text()
    standard.add_area("prt", second_area(srv).replace("id: parts", "id: service", 1))
    problems = [problem for problem in standard.problems() if not problem.startswith("warning")]
    assert problems == [
        (
            "prt.yaml line 1: “service” is used here a second time, the first is at srv.yaml line 1; give this one another "
            "`id`"
        )
    ]


def test_two_processes_of_one_id_and_number_are_told(standard) -> None:
    srv = standard.path("srv.yaml").read_text()
    process = second_area(srv).split("processes:\n")[1].replace("PRT", "SRV")
    standard.path("srv.yaml").write_text(srv + process)
    errors = [problem.split(";")[0] for problem in standard.problems() if not problem.startswith("warning")]
    assert errors == [
        "srv.yaml line 56: “repair-order” is used here a second time, the first is at srv.yaml line 6",
        "srv.yaml line 57: SRV-01 is used here a second time, the first is at srv.yaml line 7",
    ]


def test_an_area_file_that_nobody_lists_is_told(standard) -> None:
    standard.path("zzz.yaml").write_text("id: nothing")
    assert standard.problems() == [
        (
            "zzz.yaml: the file lies in areas, but standard.yaml does not list it; add `- zzz` under `areas` in "
            "standard.yaml, or move the file away"
        )
    ]


def test_another_ending_of_a_file_is_told(standard) -> None:
    standard.path("srv.yaml").rename(standard.path("srv.yml"))
    assert standard.problems() == [
        "standard.yaml line 63: there is no file areas/srv.yaml; rename srv.yml to srv.yaml"
    ]


def test_hidden_files_beside_the_areas_are_passed_over(standard) -> None:
    standard.path("._srv.yaml").write_bytes(b"\x00")
    assert standard.problems() == []


def test_a_translation_may_be_half_done_and_falls_back(standard) -> None:
    standard.write("standard.yaml", "  - en", "  - en\n  - de")
    standard.write("srv.yaml", "en: Repair order\n", "en: Repair order\n      de: Reparaturauftrag\n")
    assert [problem.split(",")[0] for problem in standard.problems()] == [
        "warning: srv.yaml line 4: 13 of 14 texts are missing in `de`",
        "warning: standard.yaml line 5: 10 of 10 texts are missing in `de`",
    ]
    standard.path("standard.yaml").write_text(
        re.sub(r"( +)en: (.+)", r"\1en: \2\n\1de: \2", standard.path("standard.yaml").read_text())
    )
    assert len(standard.problems()) == 1
    process = load_edition(standard.folder).areas[0].processes[0]
    with in_language("de"):
        assert str(process.title) == "Reparaturauftrag"
        assert str(process.purpose).startswith("Customer and house")


def test_a_long_translation_is_allowed_somewhat_more_room(standard) -> None:
    standard.write("standard.yaml", "  - en", "  - en\n  - de")
    standard.write("srv.yaml", "en: Repair order\n", f"en: Repair order\n      de: {'x' * 112}\n")
    assert not any("characters" in problem for problem in standard.problems())
    standard.write("srv.yaml", "x" * 112, "x" * 113)
    assert "warning: srv.yaml line 10: `title` has 113 characters in `de`; write 1 to 112 characters" in (
        standard.problems()
    )


def test_a_standard_without_english_falls_back_on_its_first_language(standard) -> None:
    for name in ("standard.yaml", "srv.yaml"):
        path = standard.path(name)
        path.write_text(path.read_text().replace("en: ", "fr: "))
    standard.write("standard.yaml", "  - en", "  - fr\n  - de")
    standard.write("srv.yaml", "fr: Repair order\n", "de: Reparaturauftrag\n      fr: Ordre\n")
    edition = load_edition(standard.folder)
    kept = edition_from_json(edition_to_json(edition), edition.hash)
    assert kept == edition
    with in_language("es"):
        assert str(edition.areas[0].processes[0].title) == "Ordre"
        assert str(kept.areas[0].processes[0].title) == "Ordre"


@pytest.mark.parametrize(
    ("conditions", "is_dead"),
    [
        (["> 10", "< 12"], False),
        (["> 10", "< 11"], True),
        (["= 5", "= 6"], True),
        (["<= 5", ">= 5"], False),
        (["< 0"], True),
    ],
)
def test_bounds_on_staff_must_leave_a_number(standard, conditions: list[str], is_dead: bool) -> None:
    lines = "\n          ".join(f'- {{staff: "{condition}"}}' for condition in conditions)
    standard.write("srv.yaml", '- {staff: ">= 10"}', lines)
    assert any("no number of staff fits" in problem for problem in standard.problems()) is is_dead


@pytest.mark.parametrize(
    ("guidance", "count"),
    [
        ("Draw ten of the orders", None),
        ("Draw ten closed repair orders", 10),
        ("Look at 12 invoices", 12),
        ("Two of 20 records may fail", 20),
        ("Watch 3 handovers", None),
        ("Within 10 working days after the orders", None),
        ("Up to 90% orders", None),
        ("Ask for SRV-10 orders", None),
    ],
)
def test_a_number_of_records_in_the_guidance_asks_for_a_sample(
    standard, guidance: str, count: int | None
) -> None:
    standard.write("srv.yaml", "en: Open the key cabinet", f"en: {guidance}. Open the key cabinet")
    expected = [] if count is None else [f"speaks of {count} records"]
    assert [problem.split(", ")[0].split("`guidance` ")[1] for problem in standard.problems()] == expected


def test_editions_are_found_in_a_folder_the_newest_last(tmp_path: Path) -> None:
    for name in ("b/2026.10", "b/2026.9", "a/2027.1", "b/drafts/old"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "standard.yaml").touch()
    (tmp_path / "c" / "2026.1").mkdir(parents=True)
    found = [(one.standard, one.version, one.folder) for one in shipped_editions(tmp_path)]
    assert found == [
        ("a", "2027.1", tmp_path / "a" / "2027.1"),
        ("b", "2026.9", tmp_path / "b" / "2026.9"),
        ("b", "2026.10", tmp_path / "b" / "2026.10"),
    ]
    assert shipped_editions(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    "found", shipped_editions(CHECKLISTS), ids=lambda found: f"{found.standard}-{found.version}"
)
def test_every_shipped_edition_loads(found) -> None:
    assert [str(problem) for problem in check_edition(found.folder) if not problem.is_warning] == []
    edition = load_edition(found.folder)
    assert (edition.standard, edition.version) == (found.standard, found.version)
    assert edition_from_json(edition_to_json(edition), edition.hash) == edition
