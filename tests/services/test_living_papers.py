"""Papers of findings and actions are made from a real workspace, by window and command line alike, and say what can be chosen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qma_app import cli
from qma_app.domain.action import Action
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.errors import NotFound
from qma_app.services import actions, causes
from qma_app.services.findings import raise_finding
from qma_app.services.reports import make_report, report_bytes, report_choices, report_name
from tests.reports.reading_back import quick_words
from tests.services.conftest import PRICE, Programme

LIVING = ("actions", "finding", "department")


@pytest.fixture
def house(programme: Programme) -> Programme:
    """Two findings, the first understood and with an action in the works, the other loose."""
    workspace, engagement_id = programme.workspace, programme.engagement.id
    finding = raise_finding(
        workspace, engagement_id=engagement_id, grade=FindingGrade.MAJOR, statement="Orders without a price",
        checkpoint_id=PRICE, owner="E. Kern", due_on=date(2026, 12, 1),
    ).made(Finding)  # fmt: skip
    raise_finding(workspace, engagement_id=engagement_id, grade=FindingGrade.MINOR, statement="Loose end")
    causes.add_cause(
        workspace, finding.id, words="The form has no field", category="method", is_changeable=True
    )
    action = actions.plan_action(
        workspace, engagement_id=engagement_id, what="Print the field", findings=[finding.id], owner="R. Huber",
        due_on=date(2026, 12, 1), proof="Ten of ten orders",
    ).made(Action)  # fmt: skip
    actions.link_action(workspace, action.id, finding.id)
    return programme


def text_of(content: bytes) -> str:
    return quick_words(content)


@pytest.mark.parametrize(
    ("kind", "of", "words"),
    [
        ("actions", None, "A-001 comes first R. Huber due 1 Dec 2026 Print the field"),
        ("actions", "SRV", "SRV Service"),
        ("actions", "by-owner", "R. Huber"),
        ("actions", "owner:r. huber", "Print the field"),
        ("actions", "owners", "Further open findings"),
        ("finding", "F-001", "Orders without a price"),
        ("finding", "1", "1 The form has no field"),
        ("finding", 2, "Loose end"),
        ("department", "SRV", "How we will know: Ten of ten orders"),
        ("department", "service", "R. Huber · by 1 Dec 2026"),
    ],
)  # fmt: skip
def test_each_kind_is_made_of_what_is_named(
    house: Programme, kind: str, of: int | str | None, words: str
) -> None:
    assert words in text_of(report_bytes(house.workspace, kind, of=of))


def test_the_plan_is_listed_by_owner_when_asked(house: Programme) -> None:
    by_area, by_owner = (text_of(report_bytes(house.workspace, "actions", by=by)) for by in ("", "owner"))
    assert "SRV Service" in by_area
    assert "SRV Service" not in by_owner


def test_the_sheet_of_a_finding_tells_its_history_with_who_and_when(house: Programme) -> None:
    text = text_of(report_bytes(house.workspace, "finding", of="F-001"))
    assert text.index("F-001: raised") < text.index("Cause: noted") < text.index("Action A-001: planned")


@pytest.mark.parametrize(("kind", "of"), [("actions", "owners"), ("finding", "F-001"), ("department", "SRV")])
def test_the_same_day_makes_the_same_bytes_and_nothing_is_written_to_the_log(
    house: Programme, kind: str, of: str, tmp_path: Path
) -> None:
    workspace, day = house.workspace, date(2026, 11, 21)
    with workspace.reading() as reader:
        before = reader.log_head()
    target = make_report(workspace, kind, of=of, on=day, target=tmp_path / "x.pdf")
    assert report_bytes(workspace, kind, of=of, on=day) == target.read_bytes()
    with workspace.reading() as reader:
        assert reader.log_head() == before


def test_the_day_decides_what_is_late(house: Programme) -> None:
    assert "was due 1 Dec 2026" in text_of(report_bytes(house.workspace, "actions", on=date(2026, 12, 24)))


@pytest.mark.parametrize(
    ("kind", "of", "code", "way_out"),
    [
        ("actions", "Nowhere", "area.unknown", "owner:NAME"),
        ("actions", "owner:Nobody", "owner.unknown", "E. Kern, R. Huber"),
        ("finding", None, "finding.missing", "F-002, F-001"),
        ("finding", "F-099", "finding.unknown", "F-002, F-001"),
        ("department", None, "area.missing", "SRV"),
        ("department", "Nowhere", "area.unknown", "SRV"),
    ],
)
def test_what_is_not_there_is_refused_with_the_choices(
    house: Programme, kind: str, of: str | None, code: str, way_out: str
) -> None:
    with pytest.raises(NotFound) as refused:
        report_bytes(house.workspace, kind, of=of)
    assert refused.value.code == code
    assert way_out in str(refused.value)


def test_an_unknown_grouping_and_a_house_without_findings_are_refused(programme: Programme) -> None:
    with pytest.raises(NotFound, match="area, owner"):
        report_bytes(programme.workspace, "actions", by="moon")
    with pytest.raises(NotFound, match="no finding yet"):
        report_bytes(programme.workspace, "finding", of="F-001")


def test_the_choices_name_areas_owners_and_findings_and_each_can_be_made(house: Programme) -> None:
    with house.workspace.reading() as reader:
        choices = [one for one in report_choices(reader, house.dealership.id) if one.kind in LIVING]
    by_kind = {kind: [one.of for one in choices if one.kind == kind] for kind in LIVING}
    assert by_kind["actions"][:3] == ["", "by-owner", "owners"]
    assert by_kind["actions"][-2:] == ["owner:E. Kern", "owner:R. Huber"]
    assert by_kind["finding"] == ["F-002", "F-001"]
    assert by_kind["department"] == ["SRV"]
    for one in choices:
        assert report_bytes(house.workspace, one.kind, of=one.of).startswith(b"%PDF")


def test_where_nothing_was_found_none_of_them_is_offered(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        assert [one for one in report_choices(reader, programme.dealership.id) if one.kind in LIVING] == []


def test_file_names_say_what_the_paper_is_about(house: Programme) -> None:
    with house.workspace.reading() as reader:
        names = [report_name(reader, kind, of=of) for kind, of in (("actions", None), ("actions", "owner:E. Kern"), ("finding", "F-001"), ("department", "SRV"))]  # fmt: skip
    assert names == [
        "Autohaus_Beispiel_Action_plan.pdf",
        "Autohaus_Beispiel_Action_plan_E_Kern.pdf",
        "Autohaus_Beispiel_Finding_sheet_F-001.pdf",
        "Autohaus_Beispiel_Department_sheet_Service.pdf",
    ]


def test_the_command_line_makes_them_beside_an_open_window(
    house: Programme, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, paper = str(tmp_path / "w"), str(tmp_path / "p.pdf")
    common = ["-w", folder, "--on", "2026-11-21", "--lang", "de", "-o", paper]
    for words in (["actions", "--by", "owner"], ["finding", "--of", "F-001"], ["department", "--of", "SRV"]):
        assert cli.main(["report", *words, *common]) == 0
        assert capsys.readouterr().out.strip() == paper
        assert "Stand 21.11.2026" in text_of(Path(paper).read_bytes())
    assert cli.main(["report", "finding", *common]) == 1
    assert "F-002, F-001" in capsys.readouterr().err
    assert cli.main(["report", "finding", "--of", "1", "--by", "owner", *common]) == 2
