"""Forms written as XLSForm: groups become areas and processes, questions become checkpoints, the rest has its reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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

YES_NO: Rows = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
GREET = "Is each customer greeted within one minute?"
KEYS = "Does each key carry a tag?"

FORMS: dict[str, Mapping[str, Rows]] = {
    "groups, choices and hints": {
        "survey": [
            ["type", "name", "label", "hint", "required"],
            ["begin_group", "service", "Service", None, None],
            ["begin_group", "reception", "Reception", None, None],
            ["select_one yn", "greeting", GREET, "Watch three arrivals", "yes"],
            ["end_group", None, None, None, None],
            ["begin_group", "workshop", "Workshop", None, None],
            ["select_multiple yn", "keys", KEYS, None, "no"],
            ["end_group", None, None, None, None],
            ["end_group", None, None, None, None],
        ],
        "choices": YES_NO,
        "settings": [["form_title", "form_id", "version"], ["Garage walk", "garage_walk", 20260301]],
    },
    "without groups": {
        "survey": [["type", "name", "label"], ["text", "a", "Who opens the workshop?"], ["integer", "b", "How many bays are in use?"]],
    },
    "two languages": {
        "survey": [
            ["type", "name", "label::English (en)", "label::Deutsch (de)", "hint::English (en)", "hint::Deutsch (de)"],
            ["select_one yn", "g", GREET, "Wird jeder Kunde begrüßt?", "At the door", "An der Tür"],
        ],
        "choices": [["list_name", "name", "label::English (en)", "label::Deutsch (de)"], ["yn", "1", "Yes", "Ja"], ["yn", "0", "No", "Nein"]],
    },
    "default language in the settings": {
        "survey": [["type", "name", "label::French (fr)", "label::English (en)"], ["text", "q", "Qui ouvre l'atelier ?", "Who opens the workshop?"]],
        "settings": [["default_language"], ["English (en)"]],
    },
    "conditions and bounds": {
        "survey": [
            ["type", "name", "label", "relevant", "constraint", "constraint_message"],
            ["begin group", "tyres", "Tyre storage", "${sells_tyres} = 'yes'", None, None],
            ["decimal", "depth", "What is the least tread depth in store?", "${count} > 0", ". >= 0", "A depth is not negative"],
            ["end group", None, None, None, None, None],
        ],
    },
    "helpers that fill themselves": {
        "survey": [
            ["type", "name", "label", "calculation"],
            ["start", "start", None, None],
            ["today", "today", None, None],
            ["calculate", "score", None, "${a} + 1"],
            ["geopoint", "where", "Where is the site?", None],
            ["date", "a", "When was the lift inspected last?", None],
        ],
    },
    "a note and a photo": {
        "survey": [
            ["type", "name", "label", "media::image", "appearance"],
            ["begin_group", "bay", "Wash bay", None, None],
            ["note", "why", "A clean car is the last thing a customer sees.", None, None],
            ["image", "photo", "The wash bay is dry and tidy.", "bay.png", "new-front"],
            ["end_group", None, None, None, None],
        ],
    },
    "other answers and unused lists": {
        "survey": [["type", "name", "label"], ["select_one place or_other", "p", "Where are the keys kept?"]],
        "choices": [["list_name", "name", "label", "order"], ["place", "board", "Key board", 1], ["place", "desk", "Desk", 2], ["colours", "red", "Red", 3]],
    },
    "names in other case and misspelt": {
        "Survy": [
            ["Type", "Name", "Lable", "Requierd"],
            ["selct_one yn", "g", GREET, "Yes"],
            ["SELECT ONE FROM yn", "k", KEYS, "TRUE"],
            ["intger", "n", "How many keys hang on the board?", None],
        ],
        "Choises": [["List Name", "Name", "Label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]],
    },
    "broken: groups that do not end, lists that are not there, types nobody knows": {
        "survey": [
            ["type", "name", "label"],
            ["end_group", None, None],
            ["begin_group", "g", "Service"],
            ["select_one yess_no", "q", GREET],
            ["hologram", "h", "What is it?"],
            ["text", None, None],
            [None, "stray", "No type here"],
            ["text", "no_label_here", None],
        ],
        "choices": [["list_name", "name", "label"], ["yes_no", "y", "Yes"], [None, "n", "No"]],
    },
    "a repeat and an empty group": {
        "survey": [
            ["type", "name", "label"],
            ["begin_repeat", "car", "For each car"],
            ["acknowledge", "ok", "The protocol is signed."],
            ["end_repeat", None, None],
            ["begin_group", "empty", "Nothing in it"],
            ["end_group", None, None],
        ],
    },
    "a language nobody knows": {
        "survey": [["type", "name", "label", "label::Klingon"], ["text", "q", "Who opens the workshop?", "qIb"]],
    },
}  # fmt: skip

OUTLINES = {
    "groups, choices and hints": [f"Service > Reception > SRV-01.1 {GREET}", f"Service > Workshop > SRV-02.1 {KEYS}"],
    "without groups": [
        "House checklist > House checklist > HOU-01.1 Who opens the workshop?",
        "House checklist > House checklist > HOU-01.2 How many bays are in use?",
    ],
    "two languages": [f"House checklist > House checklist > HOU-01.1 {GREET}"],
    "default language in the settings": ["House checklist > House checklist > HOU-01.1 Who opens the workshop?"],
    "conditions and bounds": ["Tyre storage > Tyre storage > TYR-01.1 What is the least tread depth in store?"],
    "helpers that fill themselves": ["House checklist > House checklist > HOU-01.1 When was the lift inspected last?"],
    "a note and a photo": ["Wash bay > Wash bay > WAS-01.1 The wash bay is dry and tidy."],
    "other answers and unused lists": ["House checklist > House checklist > HOU-01.1 Where are the keys kept?"],
    "names in other case and misspelt": [
        f"House checklist > House checklist > HOU-01.1 {GREET}",
        f"House checklist > House checklist > HOU-01.2 {KEYS}",
        "House checklist > House checklist > HOU-01.3 How many keys hang on the board?",
    ],
    "broken: groups that do not end, lists that are not there, types nobody knows": [
        f"Service > Service > SRV-01.1 {GREET}",
        "Service > Service > SRV-01.2 no label here",
    ],
    "a repeat and an empty group": ["For each car > For each car > FEC-01.1 The protocol is signed."],
    "a language nobody knows": ["House checklist > House checklist > HOU-01.1 Who opens the workshop?"],
}  # fmt: skip

LEFT_OUT = {
    "groups, choices and hints": [
        "B2: the name inside the form; its label is taken",
        "B3: the name inside the form; its label is taken",
        "E7: every checkpoint that applies is rated anyway",
    ],
    "helpers that fill themselves": [
        "A2: it fills itself: nothing to be rated",
        "B2: it fills itself: nothing to be rated",
        "A3: it fills itself: nothing to be rated",
        "B3: it fills itself: nothing to be rated",
        "A4: it fills itself: nothing to be rated",
        "B4: it fills itself: nothing to be rated",
        "D4: it fills itself: nothing to be rated",
        "A5: a question of the type geopoint cannot be rated here",
        "B5: a question of the type geopoint cannot be rated here",
        "C5: a question of the type geopoint cannot be rated here",
    ],
    "a note and a photo": [
        "B3: only names the note inside the form",
        "D4: it only steers the form",
        "E4: it only steers the form",
    ],
    "other answers and unused lists": [
        "D1: a form knows no such column",
        "B2: the name inside the form; its label is taken",
        "D2: it only steers the form",
        "B3: the name inside the form; its label is taken",
        "D3: it only steers the form",
        "A4: no question uses this list",
        "B4: no question uses this list",
        "C4: no question uses this list",
        "D4: no question uses this list",
    ],
    "a repeat and an empty group": [
        "A5: a heading with nothing to check below it",
        "B5: a heading with nothing to check below it",
        "C5: a heading with nothing to check below it",
    ],
    "a language nobody knows": ["D2: its language is not known"],
}


@pytest.mark.parametrize("case", FORMS)
def test_a_form_becomes_a_tree_of_checkpoints(tmp_path: Path, case: str) -> None:
    assert outline_of(imported(a_workbook(tmp_path, FORMS[case])).edition) == OUTLINES[case]


@pytest.mark.parametrize("case", FORMS)
def test_each_cell_has_one_fate_and_what_was_taken_is_there(tmp_path: Path, case: str) -> None:
    path = a_workbook(tmp_path, FORMS[case])
    account_for(imported(path), path)


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_not_in_the_draft_is_named_with_its_reason(tmp_path: Path, case: str) -> None:
    assert left_out(imported(a_workbook(tmp_path, FORMS[case]))) == LEFT_OUT[case]


def test_answers_hints_and_conditions_stand_beside_the_question(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, FORMS["groups, choices and hints"])).edition
    greeting, keys = edition.checkpoints.values()
    assert str(greeting.guidance) == "Watch three arrivals (Yes / No)"
    assert greeting.remark == "Required in the form"
    assert keys.id == "service.workshop.keys"
    assert edition.remark == "Source: Garage walk; garage_walk; 20260301"
    bounded = imported(a_workbook(tmp_path, FORMS["conditions and bounds"])).edition
    (depth,) = bounded.checkpoints.values()
    assert depth.remark == (
        "Asks for: decimal; Only if: ${sells_tyres} = 'yes' and ${count} > 0; Answer must fit: . >= 0"
    )


def test_languages_stay_apart(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, FORMS["two languages"])).edition
    (point,) = edition.checkpoints.values()
    assert edition.languages == ("en", "de")
    assert point.guidance.texts == {"en": "At the door (Yes / No)", "de": "An der Tür (Ja / Nein)"}
    first = imported(a_workbook(tmp_path, FORMS["default language in the settings"])).edition
    assert first.languages == ("en", "fr")


def test_a_note_says_what_the_process_is_for(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, FORMS["a note and a photo"])).edition
    (process,) = edition.processes.values()
    assert str(process.purpose) == "A clean car is the last thing a customer sees."
    assert process.checkpoints[0].remark == "Asks for a photo"


def test_an_open_answer_is_marked_and_a_repeat_is_told(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, FORMS["other answers and unused lists"])).edition
    (point,) = edition.checkpoints.values()
    assert str(point.guidance) == "(Key board / Desk / …)"
    found = imported(a_workbook(tmp_path, FORMS["a repeat and an empty group"]))
    assert changed(found) == [f"{column}2: a group that repeats is asked once" for column in "ABC"]


def test_misspelt_names_are_understood_and_told(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, FORMS["names in other case and misspelt"]))
    assert [str(problem) for problem in found.problems] == [
        "Sheet Survy: it is read as “survey”; call it so",
        "Sheet Choises: it is read as “choices”; call it so",
        "Sheet Survy, C1: the column “Lable” is read as “label”; correct the heading if that is wrong",
        "Sheet Survy, D1: the column “Requierd” is read as “required”; correct the heading if that is wrong",
        "Sheet Survy, A2: the type “selct_one yn” is read as “select_one”; correct it if that is wrong",
        "Sheet Survy, A4: the type “intger” is read as “integer”; correct it if that is wrong",
    ]


def test_everything_that_is_broken_comes_at_once(tmp_path: Path) -> None:
    case = "broken: groups that do not end, lists that are not there, types nobody knows"
    found = imported(a_workbook(tmp_path, FORMS[case]))
    assert [str(problem) for problem in found.problems] == [
        "Sheet survey, A2: a group ends that never began; delete the row",
        "Sheet survey, A4: there is no list of choices called “yess_no”; did you mean “yes_no”?",
        "Sheet survey, A5: the type “hologram” is not known; the row was left out; see the types of XLSForm",
        "Sheet survey, A8: the question has no label; write one; its name was taken",
        "Sheet survey: 1 groups are never ended; write `end_group` below their last question",
    ]


def test_a_form_that_asks_nothing_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, {"survey": [["type", "name"], ["start", "start"], ["end", "end"]]})
    with pytest.raises(ContentProblems) as refused:
        imported(path)
    assert str(refused.value).splitlines()[1] == (
        "Sheet survey: none of its 2 rows is a question that can be rated; questions have a type such as "
        "select_one, text, integer or image, and a label"
    )
