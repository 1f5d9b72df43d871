"""Library files of CISO Assistant in YAML: tree, groups, levels and translations, broken and hostile ones included."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from qma_app.errors import ContentProblems, ImportTrouble
from qma_app.exchange.importing import Imported
from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.ledger import Fate
from tests.exchange.importing.workbooks import (
    STRUCTURE_ONLY,
    a_text,
    all_words,
    changed,
    imported,
    left_out,
    outline_of,
)

HEAD = """\
urn: urn:example:risk:library:house
locale: en
ref_id: HOUSE
name: House rules
description: Rules of an invented house.
version: 3
provider: Example
packager: example
objects:
  framework:
    urn: urn:example:risk:framework:house
    ref_id: HOUSE
    name: House rules
"""
KEYS = """\
    requirement_nodes:
    - urn: urn:example:node:1
      assessable: true
      depth: 1
      ref_id: '1'
      name: Keys
      description: Each key carries a tag.
"""
TREE = """\
    requirement_nodes:
    - urn: urn:example:node:1
      assessable: false
      depth: 1
      ref_id: '1'
      name: Service
    - urn: urn:example:node:1.1
      assessable: false
      depth: 2
      parent_urn: urn:example:node:1
      ref_id: '1.1'
      name: Reception
      description: How customers arrive.
    - urn: urn:example:node:1.1.1
      assessable: true
      depth: 3
      parent_urn: urn:example:node:1.1
      ref_id: 1.1.1
      description: Each customer is greeted within one minute.
"""
TRANSLATED = """\
    requirement_nodes:
    - urn: urn:example:node:1
      assessable: true
      depth: 1
      name: Keys
      description: Each key carries a tag.
      annotation: Look at the board.
      typical_evidence: A photo.
      translations:
        fr:
          name: Clés
          description: Chaque clé porte une étiquette.
        pt-BR:
          name: Chaves
"""
GROUPS = """\
    implementation_groups_definition:
    - ref_id: B
      name: Basic
      description: for all
    - ref_id: S
      name: Strong
    requirement_nodes:
    - urn: urn:example:node:1
      assessable: true
      depth: 1
      name: Keys
      description: Each key carries a tag.
      weight: 4
      importance: recommended
      implementation_groups:
      - B
      - S
"""
LEVELS = """\
    min_score: 1
    max_score: 3
    scores_definition:
    - score: 1
      name: none
      description: Nothing is there.
    - score: 2
      name: some
      translations:
        fr:
          name: un peu
    - score: 3
      name: all
"""
QUESTIONS = """\
    requirement_nodes:
    - urn: urn:example:node:1
      assessable: true
      depth: 1
      name: Keys
      questions:
        urn:example:node:1:question:1:
          type: unique_choice
          text: Is there a board?
          choices:
          - urn: urn:example:node:1:question:1:choice:1
            value: Yes it is
          - urn: urn:example:node:1:question:1:choice:2
            value: No
      threats:
      - urn:example:threat:1
"""
LONG = """\
    requirement_nodes:
    - urn: urn:example:node:1
      assessable: true
      depth: 1
      name: Keys
      description: "Each key carries a tag.\\n\\
        \\ Each key hangs on the board.\\u2028 {}"
""".format("It is locked. " * 40)
FILES = {
    "one requirement": (HEAD + KEYS, ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."]),
    "three levels": (HEAD + TREE, ["1 Service > 1.1 Reception > SRV-01.1 Each customer is greeted within one minute."]),
    "translations": (HEAD + TRANSLATED, ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."]),
    "groups and weights": (HEAD + GROUPS, ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."]),
    "levels of its own": (HEAD + LEVELS + KEYS, ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."]),
    "questions": (HEAD + QUESTIONS, ["House checklist > House checklist > HOU-01.1 Keys"]),
    "long texts in several lines": (HEAD + LONG, ["House checklist > House checklist > HOU-01.1 Keys"]),
    "depths only by parents": (
        HEAD + "".join(line + "\n" for line in TREE.splitlines() if "depth" not in line),
        ["1 Service > 1.1 Reception > SRV-01.1 Each customer is greeted within one minute."],
    ),
    "two frameworks and other objects": (
        HEAD.replace("  framework:\n", "  threats:\n  - ref_id: T1\n    name: Theft\n  frameworks:\n  - \n").replace(
            "    urn: urn:example:risk:framework:house", "    urn: urn:example:risk:framework:house"
        )
        + KEYS
        + "  - requirement_nodes:\n    - assessable: true\n      depth: 1\n      description: Each car is clean.\n",
        [
            "House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag.",
            "House checklist > House checklist > HOU-01.2 Each car is clean.",
        ],
    ),
    "in another language": (
        (HEAD + KEYS).replace("locale: en", "locale: fr").replace("Each key carries a tag.", "Chaque clé porte une étiquette."),
        ["House checklist > House checklist > HOU-01.1 Keys: Chaque clé porte une étiquette."],
    ),
    "broken: misspelt keys and empty nodes": (
        HEAD
        + KEYS.replace("requirement_nodes", "requirment_nodes")
        + "    - assessable: true\n      depth: 1\n      annotation: Only a remark.\n      colour: red\n",
        ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."],
    ),
    "assessable said as words": (
        HEAD + KEYS.replace("assessable: true", "assessable: 'yes'"),
        ["House checklist > House checklist > HOU-01.1 Keys: Each key carries a tag."],
    ),
}  # fmt: skip


def read(folder: Path, case: str) -> Imported:
    return imported(a_text(folder, FILES[case][0], name="house.yaml"))


def leaves_of(node: object, path: str = "") -> dict[str, str]:
    """Every value as another loader reads it."""
    if isinstance(node, dict):
        found: dict[str, str] = {}
        for key, value in node.items():
            found |= leaves_of(value, f"{path}.{key}" if path else str(key))
        return found
    if isinstance(node, list):
        found = {}
        for place, value in enumerate(node):
            found |= leaves_of(value, f"{path}[{place}]")
        return found
    return {path: str(node)} if node is not None and str(node).strip() else {}


@pytest.mark.parametrize("case", FILES)
def test_a_library_becomes_a_tree_of_checkpoints(tmp_path: Path, case: str) -> None:
    edition = read(tmp_path, case).edition
    assert outline_of(edition, edition.languages[0]) == FILES[case][1]


@pytest.mark.parametrize("case", FILES)
def test_each_value_has_one_fate_and_what_was_taken_is_there(tmp_path: Path, case: str) -> None:
    found = read(tmp_path, case)
    values = leaves_of(yaml.load(FILES[case][0], yaml.BaseLoader))
    entries = {entry.column: entry for entry in found.ledger.entries()}
    assert set(entries) == set(values)
    assert sum(map(found.ledger.count, Fate)) == found.ledger.met == len(values)
    words = all_words(found.edition)
    missing = [
        str(entry)
        for entry in entries.values()
        if entry.fate is Fate.TAKEN
        and entry.detail not in STRUCTURE_ONLY
        and cleaned(values[entry.column]) not in words
    ]
    assert missing == []


def test_translations_keep_their_languages(tmp_path: Path) -> None:
    edition = read(tmp_path, "translations").edition
    (point,) = edition.checkpoints.values()
    assert edition.languages == ("en", "fr", "pt")
    assert point.statement.texts == {
        "en": "Keys: Each key carries a tag.",
        "fr": "Clés: Chaque clé porte une étiquette.",
        "pt": "Chaves",
    }
    assert (str(point.guidance), str(point.evidence)) == ("Look at the board.", "A photo.")
    french = read(tmp_path, "in another language").edition
    assert french.languages == ("fr",)
    assert all("fr" in phase.title.texts for phase in french.phases)


def test_groups_and_weights_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path, "groups and weights")
    (point,) = found.edition.checkpoints.values()
    assert (point.weight, point.remark) == (3, "Importance: recommended; Groups: B, S")
    assert found.edition.remark == (
        "Source: House rules; HOUSE; 3; Example; Rules of an invented house.; Group B: Basic, for all; Group S: Strong"
    )
    assert [line for line in changed(found) if "weight" in line] == [
        "objects.framework.requirement_nodes[0].weight26: weight 3, as ours go from 1 to 3"
    ]


def test_levels_become_the_scale(tmp_path: Path) -> None:
    edition = read(tmp_path, "levels of its own").edition
    assert [(step.points, str(step.title)) for step in edition.scale] == [
        (0, "none"),
        (5, "some"),
        (10, "all"),
    ]
    assert (edition.rules.critical_points, edition.rules.critical_sample_cap) == (10, 0)


def test_broken_keys_are_understood_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, "broken: misspelt keys and empty nodes")
    assert [str(problem) for problem in found.problems] == [
        "line 15: the key “requirment_nodes” is read as “requirement_nodes”; did you mean “requirement_nodes”?",
        "line 21: it is to be assessed, but has neither name nor description; write one of the two; it was left out",
    ]
    assert [line for line in left_out(found) if "colour" in line] == [
        "objects.framework.requirment_nodes[1].colour24: the format knows no such entry"
    ]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("a: &x [1]\nb: *x\n", "import.yaml-trap", "line 1: `&` gives a place a name"),
        ("objects: *x\n", "import.yaml-trap", "line 1: `*` points to another place"),
        ("objects: !!python/object:os.system {}\n", "import.yaml-trap", "line 1: `!` says how a value is to be read"),
        ("name: a\nname: b\n", "import.yaml-trap", "line 2: the key “name” stands here a second time"),
        ("objects:\n  <<: {a: b}\n", "import.yaml-trap", "`<<` takes keys over"),
        ("a: " + "[" * 25 + "]" * 25, "import.yaml-trap", "nested more than 20 deep"),
        ("a: [unfinished\n", "import.yaml", "this is no valid YAML"),
        ("a: 1\n---\nb: 2\n", "import.yaml-trap", "a second document begins"),
        ("? [a, b]\n: c\n", "import.yaml-trap", "a list or a group stands where a key is expected"),
        ("urn: x\nname: |\n  " + "y" * 100_001, "import.yaml-trap", "more than 100000 characters"),
        ("urn: x\nname: y\nobjects: [" + "1," * 50_001 + "1]", "import.too-much", "more than 50000 values"),
        ("title: a list of ours\n", "import.unknown", "no checklist in a format that is known here"),
    ],
)  # fmt: skip
def test_what_could_be_a_trap_is_refused_with_its_line(
    tmp_path: Path, text: str, code: str, said: str
) -> None:
    with pytest.raises(ImportTrouble) as refused:
        imported(a_text(tmp_path, text, name="house.yaml"))
    assert refused.value.code == code
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "the library holds no framework with requirements"),
        (
            "urn: urn:x\nname: Threats\nobjects:\n  threats:\n  - name: Theft\n",
            "the library holds no framework",
        ),
        (HEAD + KEYS.replace("true", "false"), "none of its requirements is marked as assessable"),
    ],
)
def test_a_library_without_requirements_says_so(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ContentProblems, match=said):
        imported(a_text(tmp_path, text, name="house.yaml"))
