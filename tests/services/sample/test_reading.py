"""Slips of the pen in the sample's files are named, all at once, with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qma_app.assets import resources_folder
from qma_app.errors import ContentProblems
from qma_app.services.sample.pictures import PICTURES
from qma_app.services.sample.reading import read_story
from qma_app.services.sample.story import Story
from qma_app.services.standards import newest_shipped_edition

SLIPS = (
    ("lindner/ratings.yaml", "  MGT-01.1: ", "  MGT-99.1: ", "“MGT-99.1” is not known here"),
    ("lindner/ratings.yaml", "MGT-01.2: 4 6 . . 8 8 .", "MGT-01.2: 4 6 . . 8 8", "MGT-01.2 has another number of columns"),
    ("lindner/ratings.yaml", "MGT-01.6: 6", "MGT-01.6: 5", "“5” is not known here"),
    ("lindner/1-baseline.yaml", "reasons:\n  MGT-03.4: The", "reasons:\n  MGT-03.5: The", "MGT-03.4 is left out without a reason"),
    ("lindner/4-month-9.yaml", "2026-02-09 2026-02-10", "2026-02-09 2026-02-30", "`service` holds no day"),
    ("lindner/2-month-6.yaml", "  MGT-01.2: \"Staff", "  MGT-01.22: \"Staff", "“MGT-01.22” is not known here"),
    ("lindner/7-gains.yaml", "  SRV-05.2: \"Plates", "  SRV-05.4: \"Plates", "“SRV-05.4” is not known here"),
    ("lindner/findings.yaml", "  pass: month-9", "  pass: month-8", "“month-8” is not known here"),
    ("wendelin/findings.yaml", "  grade: major", "  grade: huge", "“huge” is not a valid `grade`"),
    ("lindner/evidence.yaml", "  picture: rack", "  picture: rock", "“rock” is not known here"),
    ("lindner/evidence.yaml", "  finding: baseline SRV-13.5", "  finding: baseline SRV-13.4", "“baseline SRV-13.4” is not known here"),
    ("wendelin/house.yaml", "staff: 11", "staff: eleven", "`staff` holds the text “eleven”"),
    ("lindner/levels.yaml", "  parts: 59 72/3 .", "  parts: 59 72/3", "parts has another number of columns"),
    ("lindner/levels.yaml", "  marketing: 51", "  marketing: five", "“five” is not known here"),
    ("lindner/levels.yaml", "  it-data: 48", "  it-date: 48", "“it-date” is not known here"),
    ("wendelin/levels.yaml", "passes: baseline month-5", "passes: baseline month-6", "`passes` are others than those of the ratings"),
    ("wendelin/levels.yaml", "  administration: 54 .", "  administration: 54 60", "administration has a level in month-5 and no day"),
    ("lindner/causes.yaml", "    - 2 material organisation The envelope", "    - 4 material organisation The envelope", "a why of level 4 hangs in the air"),
    ("lindner/causes.yaml", "    - 1 people organisation On Saturdays", "    - 1 peeple organisation On Saturdays", "“peeple” is not known here"),
    ("lindner/causes.yaml", "baseline SRV-14.1:", "baseline SRV-14.9:", "“baseline SRV-14.9” is not known here"),
    ("lindner/actions.yaml", "  serves: baseline SRV-14.6/2", "  serves: baseline SRV-14.6/9", "“baseline SRV-14.6/9” is not known here"),
    ("lindner/actions.yaml", "  planned: 2025-06-30", "  planned: 2025-06-03", "baseline NCS-01.2 was not known before 2025-06-17"),
    ("lindner/actions.yaml", "  counted_in: overflow", "  counted_in: overflaw", "“overflaw” is not known here"),
    ("lindner/actions.yaml", "  kpi: P29", "  kpi: P92", "“P92” is not known here"),
    ("lindner/actions.yaml", "  standard: 1\n  serves: baseline ADM-03.1", "  standard: 3\n  serves: baseline ADM-03.1", "“3” is not known here"),
    ("lindner/actions.yaml", "  planned: 2026-11-20\n  standard: 2\n", "  planned: 2026-11-20\n", "an action needs either `what` or `standard`"),
    ("lindner/checks.yaml", "- action: walk-around", "- action: walk-aroond", "“walk-aroond” is not known here"),
    ("lindner/checks.yaml", "- finding: baseline SRV-07.1", "- finding: baseline SRV-07.9", "“baseline SRV-07.9” is not known here"),
    ("lindner/checks.yaml", "- action: survey-cards\n  kind: sample\n  made:", "- action: survey-cards\n  kind: sample\n  for:", "a check needs an action or a finding, and the day"),
    ("lindner/readings.yaml", "  figures: >-\n    8/25 11/27", "  figures: >-\n    8/25 11:27", "“11:27” is not known here"),
    ("lindner/readings.yaml", "    2025-08: Third desk", "    2024-08: Third desk", "“2024-08” is not known here"),
    ("lindner/answers.yaml", "      pass: month-9\n", "      pass: month-8\n", "“month-8” is not known here"),
    ("lindner/evidence.yaml", "  check: 2025-11-17", "  check: 2025-11-18", "“2025-11-18” is not known here"),
    ("lindner/evidence.yaml", "  revision_of: insurer-letter-2025.pdf", "  revision_of: insurer-letter-2024.pdf", "“insurer-letter-2024.pdf” is not known here"),
    ("lindner/pairs.yaml", "  after: ro-li-14-full.jpg", "  after: ro-li-14-empty.jpg", "“ro-li-14-empty.jpg” is not known here"),
    ("wendelin/actions.yaml", "  figures: 3 to 0 of", "  figures: three to none of", "“three to none of 10 orders without a signature” is not a valid `figures`"),
    ("wendelin/checks.yaml", "  sample: 1 failing of 10, 0 allowed", "  sample: 1 in 10", "“1 in 10” is not a valid `sample`"),
    ("people.yaml", "  number: QC-0417\n", "", "`number` is missing"),
    ("lindner/agreement.yaml", "principal: G. Lindner", "principal: G. Linder", "“G. Linder” is not known here"),
    ("wendelin/agreement.yaml", "  C15: \"customers, from 78 to 92", "  C15: \"customers, 78 to 92", "is not a valid `C15`"),
    ("lindner/agreement.yaml", "  P17: ", "  P71: ", "“P71” is not known here"),
    ("lindner/owners.yaml", "  parts: 2025-09-09 A. Moser", "  parts: 2025-09-09 A. Mosel", "“A. Mosel” is not known here"),
    ("lindner/owners.yaml", "  SRV-11: ", "  SRV-99: ", "“SRV-99” is not known here"),
    ("lindner/plan.yaml", "  pre-audit: 2026-08-24", "  pre-adit: 2026-08-24", "“pre-adit” is not known here"),
    ("lindner/plan.yaml", "  it-data: 2\n", "  it-dada: 2\n", "“it-dada” is not known here"),
    ("lindner/visits.yaml", "  areas: service customer-relations\n  purpose: Start", "  areas: servis customer-relations\n  purpose: Start", "“servis” is not known here"),
    ("lindner/visits.yaml", "    - finding: baseline HSE-01.5", "    - finding: baseline HSE-01.9", "“baseline HSE-01.9” is not known here"),
    ("lindner/visits.yaml", "    review: Planned for", "    revew: Planned for", "“revew” is not known here"),
    ("lindner/visits.yaml", "- on: 2026-07-28", "- on: 2026-06-08", "the visit on 2026-06-08 stands behind a later one"),
    ("lindner/promises.yaml", "  who: D. Hartl", "  who: D. Hartel", "“D. Hartel” is not known here"),
    ("lindner/reviews.yaml", "      - action: arrival-stamp", "      - action: arrival-stomp", "“arrival-stomp” is not known here"),
    ("lindner/reviews.yaml", "      - action: parts-rack", "      - action: survey-cards", "survey-cards was planned on 2025-06-24"),
    ("lindner/reviews.yaml", "    rule: assessment", "    rule: assesment", "“assesment” is not known here"),
    ("lindner/reviews.yaml", "  2026-Q2:", "  2026-Q5:", "“2026-Q5” is not known here"),
    ("wendelin/reviews.yaml", "    yes: attends_opening", "    yes: attends_openin", "is not a valid `yes`"),
    ("audit.yaml", "\n  SRV-12.2: loan", "\n  SRV-12.9: loan", "“SRV-12.9” is not known here"),
    ("audit.yaml", "risks: mature-system", "risks: mature-sistem", "“mature-sistem” is not known here"),
    ("audit.yaml", "\n  2026-11-17: >-", "\n  2026-11-27: >-", "“2026-11-27” is not known here"),
    ("audit.yaml", "  - at: PRT-02.5", "  - at: PRT-02.8", "“PRT-02.8” is not known here"),
    ("audit.yaml", "    picture: rack", "    picture: rock", "“rock” is not known here"),
    ("audit.yaml", "levels:\n  management: 88\n", "levels:\n", "management is neither in `levels` nor left out"),
    ("portfolio.yaml", " third-coach, month 6", " fourth-coach, month 6", "“fourth-coach” is not known here"),
)  # fmt: skip


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story(resources_folder() / "sample", newest_shipped_edition())


def test_every_slip_is_named_at_once_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    shutil.copytree(resources_folder() / "sample", folder)
    expected = [_slip(folder / name, *words) for name, *words in SLIPS]
    with pytest.raises(ContentProblems) as trouble:
        read_story(folder, newest_shipped_edition(), portfolio=True)
    said = [str(problem) for problem in trouble.value.problems]
    unsaid = [
        (place, found) for place, found in expected if not any(_says(line, place, found) for line in said)
    ]
    assert unsaid == []
    assert len(set(said)) == len(said)


def test_every_picture_that_can_be_drawn_is_shown(story: Story) -> None:
    shown = [line.picture for house in story.houses for line in house.evidence if line.picture]
    assert sorted(shown) == sorted(PICTURES)


@pytest.mark.parametrize("draw", [PICTURES["planner"], PICTURES["lift-overdue"]])
def test_a_picture_is_the_same_bytes_each_time(draw: Callable[[], object], story: Story) -> None:
    day = story.houses[0].started
    assert draw().finished(day) == draw().finished(day)  # type: ignore[attr-defined]  # an Easel


def _slip(file: Path, old: str, new: str, found: str) -> tuple[str, str]:
    """Make one mistake; gives the place it should be named at."""
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    line = text[: text.index(old)].count("\n") + 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return f"{file.parent.name}/{file.name} line {line}" if file.parent.name != "sample" else file.name, found


def _says(line: str, place: str, found: str) -> bool:
    at, _colon, rest = line.partition(": ")
    return at.startswith(place) and found in rest
