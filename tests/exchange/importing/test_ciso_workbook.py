"""Framework workbooks in the second form of CISO Assistant: tree, groups, levels and translations, broken ones included."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from qma_app.errors import ContentProblems
from tests.exchange.importing.workbooks import (
    Rows,
    a_workbook,
    account_for,
    changed,
    imported,
    left_out,
    outline_of,
)

LIBRARY: Rows = [
    ["type", "library"],
    ["urn", "urn:example:risk:library:house"],
    ["version", 3],
    ["locale", "en"],
    ["ref_id", "HOUSE"],
    ["name", "House rules"],
    ["description", "Rules of an invented house."],
    ["copyright", "Nobody"],
    ["provider", "Example"],
    ["packager", "example"],
]


def a_meta(**more: Any) -> Rows:
    values = {
        "type": "framework",
        "base_urn": "urn:example:risk:req_node:house",
        "urn": "urn:example:risk:framework:house",
        "ref_id": "HOUSE",
        "name": "House rules",
        "description": "Rules of an invented house.",
        **more,
    }
    return [list(pair) for pair in values.items()]


def a_book(content: Rows, **more: Any) -> dict[str, Rows]:
    return {"library_meta": LIBRARY, "house_meta": a_meta(**more), "house_content": content}


HEAD = ["assessable", "depth", "ref_id", "name", "description"]
BOOKS: dict[str, Mapping[str, Rows]] = {
    "three levels": a_book([
        HEAD,
        [None, 1, "1", "Service", None],
        [None, 2, "1.1", "Reception", "How customers arrive."],
        ["x", 3, "1.1.1", "Greeting", "Each customer is greeted within one minute."],
        [None, 2, "1.2", "Repair order", None],
        ["x", 3, "1.2.1", None, "The price stands on the signed order."],
        [None, 1, "2", "Parts", None],
        ["x", 2, "2.1", "Count", None],
    ]),
    "one level": a_book([HEAD, ["x", 1, "A", "Keys", "Each key carries a tag."], ["x", 1, "B", "Cars", "Each car is clean."]]),
    "depths as text and numbers": a_book([HEAD, [None, "1", 1, "Service", None], ["X", "2", 1.1, "Keys", "Each key carries a tag."]]),
    "groups, weights and importance": {
        **a_book([
            [*HEAD, "implementation_groups", "importance", "weight"],
            [None, 1, "1", "Service", None, None, None, None],
            ["x", 2, "1.1", "Keys", "Each key carries a tag.", "B,S", "mandatory", 2],
            ["x", 2, "1.2", "Cars", "Each car is clean.", "S", "undefined", 7],
        ], implementation_groups_definition="groups"),
        "groups_meta": [["type", "implementation_groups"], ["name", "groups"]],
        "groups_content": [["ref_id", "name", "description", "default_selected"], ["B", "Basic", "for all", "x"], ["S", "Strong", None, None]],
    },
    "levels of its own": {
        **a_book([HEAD, ["x", 1, "1", "Keys", "Each key carries a tag."]], min_score=0, max_score=4, scores_definition="maturity"),
        "scores_meta": [["type", "scores"], ["name", "maturity"]],
        "scores_content": [["score", "name", "description"], [0, "none", "nothing"], [1, "begun", None], [2, "half", None], [3, "most", None], [4, "all", None]],
    },
    "translations": a_book([
        [*HEAD, "name[fr]", "description[fr]", "annotation", "annotation[fr]"],
        [None, 1, "1", "Service", None, "Service après-vente", None, None, None],
        ["x", 2, "1.1", "Keys", "Each key carries a tag.", "Clés", "Chaque clé porte une étiquette.", "Look at the board.", "Voir le tableau."],
    ]),
    "questions and evidence": a_book([
        [*HEAD, "typical_evidence", "questions", "answer", "threats", "reference_controls", "depends_on"],
        ["x", 1, "1", "Keys", "Each key carries a tag.", "Photo of the board", "Is there a board?\nIs it locked?", "yesno", "1:T1", "2:C1", "undefined"],
    ]),
    "assessable headings": a_book([
        HEAD,
        ["x", 1, "1", "Service", "The service department is led by one person."],
        ["x", 2, "1.1", "Keys", "Each key carries a tag."],
        [None, 2, "1.2", "Nothing below", "A text that only explains."],
    ]),
    "other objects in the same library": {
        **a_book([HEAD, ["x", 1, "1", "Keys", "Each key carries a tag."]]),
        "threats_meta": [["type", "threats"], ["base_urn", "urn:example:t"]],
        "threats_content": [["ref_id", "name"], ["T1", "Theft"]],
        "prefix_meta": [["type", "urn_prefix"]],
        "prefix_content": [["prefix_id", "prefix_value"], ["1", "urn:example:"]],
        "notes": [["written by hand"]],
    },
    "broken: misspelt columns, odd depths, words nobody knows": a_book([
        ["asessable", "dept", "ref id", "Name", "descripton", "colour"],
        [None, 1, "1", "Service", None, "red"],
        ["maybe", "deep", "1.1", "Keys", "Each key carries a tag.", None],
        ["x", 2, None, None, None, None],
    ]),
    "broken: the content sheet is misspelt": {
        "library_meta": LIBRARY,
        "house_meta": a_meta(),
        "hous_content": [HEAD, ["x", 1, "1", "Keys", "Each key carries a tag."]],
    },
    "a text longer than a list can show": a_book([HEAD, ["x", 1, "1", "Keys", "Each key carries a tag. " * 20], ["x", 1, "2", None, "Each car is clean. " * 30]]),
}  # fmt: skip

OUTLINES = {
    "three levels": [
        "1 Service > 1.1 Reception > SRV-01.1 Greeting: Each customer is greeted within one minute.",
        "1 Service > 1.2 Repair order > SRV-02.1 The price stands on the signed order.",
        "2 Parts > 2 Parts > PRT-01.1 Count",
    ],
    "one level": [
        "House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag.",
        "House checklist > House checklist > HOU-01.2 Cars: Each car is clean.",
    ],
    "depths as text and numbers": ["1 Service > 1 Service > SRV-01.1 Keys: Each key carries a tag."],
    "groups, weights and importance": [
        "1 Service > 1 Service > SRV-01.1 Keys: Each key carries a tag.",
        "1 Service > 1 Service > SRV-01.2 Cars: Each car is clean.",
    ],
    "assessable headings": [
        "House checklist > House checklist > HOU-01.1 Service: The service department is led by one person.",
        "1 Service > 1 Service > SRV-01.1 Keys: Each key carries a tag.",
    ],
    "translations": ["1 Service > 1 Service > SRV-01.1 Keys: Each key carries a tag."],
    "broken: misspelt columns, odd depths, words nobody knows": [
        "House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag.",
    ],
    "a text longer than a list can show": [
        "House checklist > House checklist > HOU-01.1 Keys",
        "House checklist > House checklist > HOU-01.2 " + ("Each car is clean. " * 17).strip(),
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", BOOKS)
def test_a_framework_becomes_a_tree_of_checkpoints(tmp_path: Path, case: str) -> None:
    one_point = ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."]
    assert outline_of(imported(a_workbook(tmp_path, BOOKS[case])).edition) == OUTLINES.get(case, one_point)


@pytest.mark.parametrize("case", BOOKS)
def test_each_cell_has_one_fate_and_what_was_taken_is_there(tmp_path: Path, case: str) -> None:
    path = a_workbook(tmp_path, BOOKS[case])
    account_for(imported(path), path)


def test_groups_weights_and_importance_are_kept(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, BOOKS["groups, weights and importance"]))
    keys, cars = found.edition.checkpoints.values()
    assert (keys.weight, keys.remark) == (2, "Ref. 1.1; Groups: B, S; Importance: mandatory")
    assert (cars.weight, cars.remark) == (3, "Ref. 1.2; Groups: S")
    assert changed(found) == ["H4: weight 3, as ours go from 1 to 3"]
    assert found.edition.remark.endswith("Group B: Basic, for all; Group S: Strong")
    assert "D2: all groups are taken" in left_out(found)


def test_levels_become_the_scale_and_the_rules_follow(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, BOOKS["levels of its own"])).edition
    assert [(step.points, str(step.title)) for step in edition.scale] == [
        (0, "none"),
        (3, "begun"),
        (5, "half"),
        (8, "most"),
        (10, "all"),
    ]
    rules = edition.rules
    assert (rules.critical_points, rules.critical_sample_cap, rules.grades.b_critical_points) == (8, 3, 3)
    assert [rule.points for rule in rules.sample] == [10, 8, 5, 3]


def test_translations_are_kept(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, BOOKS["translations"])).edition
    assert edition.languages == ("en", "fr")
    (point,) = edition.checkpoints.values()
    assert point.statement.in_language("fr") == "Clés: Chaque clé porte une étiquette."
    assert point.guidance.texts == {"en": "Look at the board.", "fr": "Voir le tableau."}
    assert edition.areas[0].title.in_language("fr") == "1 Service après-vente"


def test_questions_go_to_the_guidance_and_evidence_to_the_evidence(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, BOOKS["questions and evidence"]))
    (point,) = found.edition.checkpoints.values()
    assert str(point.guidance) == "Is there a board? Is it locked?"
    assert str(point.evidence) == "Photo of the board"
    assert [line for line in left_out(found) if line[1:3] == "2:" and line[0] in "HIJK"] == [
        "H2: every checkpoint is rated on the scale, answers of its own are not kept",
        "I2: threats are not part of a standard here",
        "J2: reference controls are not part of a standard here",
        "K2: questions do not depend on one another here",
    ]


def test_other_objects_are_left_out_with_their_reason(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, BOOKS["other objects in the same library"]))
    reasons = found.ledger.reasons()
    assert reasons["threats are not part of a standard here"] == 4
    assert reasons["sheets of the type urn_prefix are not taken"] == 4
    assert reasons["the sheet belongs to no `_meta` sheet of a type that is taken"] == 1


def test_everything_that_is_broken_comes_at_once(tmp_path: Path) -> None:
    case = "broken: misspelt columns, odd depths, words nobody knows"
    found = imported(a_workbook(tmp_path, BOOKS[case]))
    assert [str(problem) for problem in found.problems] == [
        "house_content, A1: the column “asessable” is read as “assessable”; correct the heading if that is wrong",
        "house_content, B1: the column “dept” is read as “depth”; correct the heading if that is wrong",
        "house_content, E1: the column “descripton” is read as “description”; correct the heading if that is wrong",
        "house_content, A3: “maybe” says neither yes nor no; write `x` or leave the cell empty; it was read as `x`",
        "house_content, B3: the depth “deep” is no number from 1 to 20; write one; that of the row above was taken",
        "house_content, 4: it is to be assessed, but has neither name nor description; write one of the two; it was left out",
    ]


def test_a_long_description_goes_in_front_of_the_guidance(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, BOOKS["a text longer than a list can show"])).edition
    keys, cars = edition.checkpoints.values()
    assert str(keys.guidance) == ("Each key carries a tag. " * 20).strip()
    assert str(cars.guidance) == ("Each car is clean. " * 30).strip()


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            {"library_content": [["library_urn", "x"]], "controls": [["a"]]},
            "the first form of such workbooks",
        ),
        ({"library_meta": LIBRARY}, "the workbook holds no framework"),
        (a_book([HEAD, [None, 1, "1", "Service", None]]), "the workbook holds no framework"),
        ({"library_meta": LIBRARY, "house_meta": a_meta()}, "there is no sheet “house_content” for it"),
    ],
)
def test_a_workbook_without_requirements_says_what_is_missing(
    tmp_path: Path, sheets: Mapping[str, Rows], said: str
) -> None:
    with pytest.raises(ContentProblems, match=said):
        imported(a_workbook(tmp_path, sheets))
