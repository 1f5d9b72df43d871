"""Charter, agenda and minutes are made from a real workspace, in the dealership's language, by window and command line alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qma_app import cli
from qma_app.domain.action import Action
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import CharterId, PromiseId, VisitId
from qma_app.domain.promise import Promise
from qma_app.domain.visit import Signature, Stretch, Visit
from qma_app.errors import NotFound
from qma_app.i18n import in_language
from qma_app.services import actions
from qma_app.services.reports import make_report, report_bytes, report_choices, report_name
from tests.builders import NOW
from tests.services.conftest import Programme
from tests.services.test_living_papers import text_of

DAY = date(2026, 11, 21)
YEAR = ("charter", "agenda", "minutes")


@pytest.fixture
def house(programme: Programme) -> Programme:
    """A closed visit of today, one ahead, one called off, a charter and a promise."""
    workspace = programme.workspace
    mine: dict[str, Any] = {"engagement_id": programme.engagement.id}
    signature = Signature(name="P. Principal", function="", strokes=((10, 10, 500, 90),), signed_at=NOW)
    with workspace.writing("test.filled") as work:
        work.put(Charter(id=CharterId("charter"), aim="Every car is ready in time", **mine))
        work.put(
            Promise(id=PromiseId("promise"), number=1, what="A second phone line", who="P. Principal", **mine)
        )
        work.put(
            Visit(
                id=VisitId("held"), number=1, planned_on=DAY, held_on=DAY, closed_at=NOW,
                clock=(Stretch(begun=NOW, ended=NOW),), signatures=(signature,), **mine,
            )
        )  # fmt: skip
        work.put(Visit(id=VisitId("ahead"), number=2, planned_on=date(2026, 12, 17), **mine))
        work.put(Visit(id=VisitId("off"), number=3, planned_on=date(2026, 12, 1), cancelled_on=DAY, **mine))
    return programme


def speak(house: Programme, language: str) -> None:
    with house.workspace.writing("test.language") as work:
        work.put(replace(work.get(Dealership, house.dealership.id), language=language))


def under_way_again(house: Programme) -> Visit:
    """The visit as it was before it was closed and signed: what is agreed afterwards is not in signed minutes."""
    with house.workspace.writing("test.reopened") as work:
        signed = work.get(Visit, "held")
        work.put(replace(signed, closed_at=None, signatures=()))
    return signed


@pytest.mark.parametrize(
    ("kind", "of", "words"),
    [
        ("charter", None, "Every car is ready in time"),
        ("agenda", None, "Visit 2: Thursday, 17 Dec 2026"),
        ("agenda", None, "P-001 A second phone line"),
        ("agenda", "1", "Visit 1: Saturday, 21 Nov 2026"),
        ("minutes", None, "Visit 1: Saturday, 21 Nov 2026"),
        ("minutes", 3, "CALLED OFF"),
        ("minutes", "V-2", "DRAFT"),
    ],
)
def test_each_kind_is_made_of_what_is_named_or_wanted_next(
    house: Programme, kind: str, of: int | str | None, words: str
) -> None:
    assert words in text_of(report_bytes(house.workspace, kind, of=of, on=DAY))


def test_minutes_name_the_actions_written_down_on_the_day_of_the_visit(house: Programme) -> None:
    signed = under_way_again(house)
    planned = actions.plan_action(
        house.workspace, engagement_id=house.engagement.id, what="Print the field", owner="R. Huber",
        due_on=date(2027, 1, 8),
    ).made(Action)  # fmt: skip
    with house.workspace.writing("test.closed") as work:
        now = work.get(Visit, signed.id)
        closed_at = NOW + timedelta(hours=1)
        work.put(replace(now, closed_at=closed_at, signatures=signed.signatures))
    text = text_of(report_bytes(house.workspace, "minutes", on=DAY))
    agreed = text.partition("What was agreed")[2]
    assert all(word in agreed for word in (planned.label, "Print the field", "R. Huber", "8 Jan 2027"))


@pytest.mark.parametrize("kind", YEAR)
def test_the_same_day_makes_the_same_bytes_and_nothing_is_written_to_the_log(
    house: Programme, kind: str, tmp_path: Path
) -> None:
    workspace = house.workspace
    with workspace.reading() as reader:
        before = reader.log_head()
    target = make_report(workspace, kind, on=DAY, target=tmp_path / "x.pdf")
    assert report_bytes(workspace, kind, on=DAY) == target.read_bytes()
    with workspace.reading() as reader:
        assert reader.log_head() == before


def test_papers_speak_the_dealerships_language_unless_another_is_asked_for(house: Programme) -> None:
    def printed_in(language: str | None) -> str:
        return text_of(report_bytes(house.workspace, "minutes", language=language))

    assert "21 Nov 2026" in printed_in(None)
    with in_language("de"):
        assert "21.11.2026" in printed_in(None)
        assert "21 Nov 2026" in printed_in("en")
    speak(house, "de")
    assert "21.11.2026" in printed_in(None)
    assert "21 Nov 2026" in printed_in("en")
    speak(house, "tlh")
    assert "21 Nov 2026" in printed_in(None)


def test_the_choices_name_the_visits_and_each_can_be_made(house: Programme) -> None:
    with house.workspace.reading() as reader:
        choices = [one for one in report_choices(reader, house.dealership.id) if one.kind in YEAR]
    assert [(one.kind, one.of, one.label, one.is_open) for one in choices] == [
        ("charter", "", "Whole programme", False),
        ("agenda", "2", "Visit 2, 17 Dec 2026, planned", True),
        ("agenda", "1", "Visit 1, 21 Nov 2026", False),
        ("minutes", "1", "Visit 1, 21 Nov 2026", False),
    ]
    for one in choices:
        assert report_bytes(house.workspace, one.kind, of=one.of).startswith(b"%PDF")


def test_where_no_visit_is_planned_it_is_said_with_a_way_out(programme: Programme) -> None:
    for kind, code in (("agenda", "visit.none-ahead"), ("minutes", "visit.none-closed")):
        with pytest.raises(NotFound, match="Plan a visit first") as refused:
            report_bytes(programme.workspace, kind)
        assert refused.value.code == code
    with programme.workspace.reading() as reader:
        choices = report_choices(reader, programme.dealership.id)
    assert {one.kind for one in choices} & set(YEAR) == {"charter"}


def test_file_names_say_which_visit_and_day(house: Programme) -> None:
    with house.workspace.reading() as reader:
        names = [
            report_name(reader, kind, of=of)
            for kind, of in (("charter", None), ("agenda", None), ("minutes", "1"))
        ]
    assert names == [
        "Autohaus_Beispiel_Charter.pdf",
        "Autohaus_Beispiel_Agenda_of_a_visit_Visit_2_2026-12-17.pdf",
        "Autohaus_Beispiel_Minutes_of_a_visit_Visit_1_2026-11-21.pdf",
    ]


def test_the_command_line_makes_them_in_the_dealerships_language(
    house: Programme, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(house, "de")
    folder, paper = str(tmp_path / "w"), tmp_path / "p.pdf"
    common = ["-w", folder, "--on", "2026-11-21", "-o", str(paper)]
    for words in (["charter"], ["agenda", "--of", "2"], ["minutes"]):
        assert cli.main(["report", *words, *common]) == 0
        assert capsys.readouterr().out.strip() == str(paper)
        assert "21.11.2026" in text_of(paper.read_bytes())
    assert cli.main(["report", "minutes", "--lang", "en", *common]) == 0
    assert "21 Nov 2026" in text_of(paper.read_bytes())
    assert cli.main(["report", "minutes", "--of", "9", *common]) == 1
    assert "1, 2, 3" in capsys.readouterr().err
