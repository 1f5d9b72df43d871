"""Editions are listed with what uses them, kept and forgotten, checked, and read checkpoint by checkpoint across dealerships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Edition, EditionStatus
from qma_app.domain.edition_json import hash_of
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import DealershipId, EditionHash, EngagementId, SiteId
from qma_app.errors import NotFound, RuleBroken
from qma_app.services.assessments import start_assessment
from qma_app.services.browsing_standards import (
    as_draft,
    edition_by,
    forget_edition,
    keep_edition,
    keep_mapping,
    keep_next_edition,
    kept_mapping,
    list_editions,
    problems_of,
    read_shipped_editions,
    with_hash,
)
from qma_app.services.checkpoint_card import ResultState, checkpoint_card, look_across, mean_of, read_across
from qma_app.services.findings import raise_finding
from qma_app.services.ratings import mark_not_applicable, rate_checkpoint
from qma_app.services.searching import search
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    a_checkpoint,
    a_text,
    an_edition,
    an_id,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "w", clock=lambda: NOW) as workspace:
        yield workspace


def a_programme(
    workspace: Workspace, edition: Edition, name: str, features: tuple[str, ...] = ("service",)
) -> Engagement:
    """A dealership that follows an edition, with an open baseline."""
    dealership = DealershipId(an_id(name))
    with workspace.writing("dealership.added") as work:
        work.put_edition(edition)
        work.put(Dealership(id=dealership, name=name, code=name[:4], country="DE"))
        work.put(
            Site(id=SiteId(an_id(f"site {name}")), dealership_id=dealership, name="Main", features=features)
        )
        engagement = work.put(
            Engagement(
                id=EngagementId(an_id(f"programme {name}")),
                dealership_id=dealership,
                edition=edition.hash,
                started_on=date(2026, 3, 2),
            )
        )
    start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE)
    return engagement


def the_assessment(workspace: Workspace, engagement: Engagement) -> Assessment:
    with workspace.reading() as reader:
        return reader.all(Assessment, engagement_id=engagement.id)[-1]


def test_kept_and_shipped_editions_are_listed_with_what_follows_them(workspace: Workspace) -> None:
    edition = an_edition()
    a_programme(workspace, edition, "Autohaus Beispiel")
    shipped = replace(an_edition(version="2027.1"), hash=EditionHash("shipped"))
    rows = list_editions(workspace, (shipped,))
    assert [(row.version, row.is_shipped, row.is_kept, row.programmes) for row in rows] == [
        ("2027.1", True, False, 0),
        ("2026.1", False, True, 1),
    ]
    assert (rows[1].areas, rows[1].processes, rows[1].checkpoints, rows[1].criticals) == (2, 3, 7, 1)
    assert rows[1].label == "Dealer Quality Standard 2026.1"
    assert {row.origin for row in rows} == {"comes with the program", "kept in this workspace"}


def test_a_dealership_in_the_bin_counts_no_more(workspace: Workspace) -> None:
    engagement = a_programme(workspace, an_edition(), "Autohaus Beispiel")
    with workspace.writing("dealership.deleted") as work:
        work.delete(work.get(Dealership, engagement.dealership_id))
    assert [row.programmes for row in list_editions(workspace, ())] == [0]


def test_the_newest_version_of_a_standard_stands_first(workspace: Workspace) -> None:
    for version in ("2026.9", "2026.10", "2025.12"):
        keep_edition(workspace, an_edition(version=version))
    assert [row.version for row in list_editions(workspace, ())] == ["2026.10", "2026.9", "2025.12"]


def test_the_shipped_editions_are_read_with_their_texts() -> None:
    editions = read_shipped_editions()
    assert editions
    assert editions[-1].languages == ("en", "de")


def test_an_edition_is_found_by_its_hash_kept_or_shipped(workspace: Workspace) -> None:
    keep_edition(workspace, an_edition())
    kept = with_hash(an_edition())
    assert edition_by(workspace, kept.hash).checkpoints.keys() == kept.checkpoints.keys()
    newest = read_shipped_editions()[-1]
    assert edition_by(workspace, newest.hash) is newest
    with pytest.raises(NotFound):
        edition_by(workspace, EditionHash("nowhere"))


def test_a_kept_edition_bears_the_hash_of_its_content_and_is_kept_once(workspace: Workspace) -> None:
    draft = replace(an_edition(), hash=EditionHash(""), status=EditionStatus.DRAFT)
    keep_edition(workspace, draft)
    keep_edition(workspace, draft)
    with workspace.reading() as reader:
        assert reader.editions() == (hash_of(draft),)
        assert not reader.verify_log()


def test_a_draft_nobody_follows_is_forgotten_and_no_longer_found(workspace: Workspace) -> None:
    draft = with_hash(an_edition(status=EditionStatus.DRAFT))
    keep_edition(workspace, draft)
    assert search(workspace, "greeting")
    assert list_editions(workspace, ())[0].is_forgettable
    forget_edition(workspace, draft.hash)
    assert not search(workspace, "greeting")
    assert list_editions(workspace, ()) == ()
    with workspace.reading() as reader:
        assert not reader.verify_log()
    keep_edition(workspace, draft)
    assert search(workspace, "greeting")


def test_an_edition_in_use_stays_also_for_a_dealership_in_the_bin(workspace: Workspace) -> None:
    draft = with_hash(an_edition(status=EditionStatus.DRAFT))
    engagement = a_programme(workspace, draft, "Autohaus Beispiel")
    with workspace.writing("dealership.deleted") as work:
        work.delete(work.get(Dealership, engagement.dealership_id))
        work.delete(work.get(Engagement, engagement.id))
    with pytest.raises(RuleBroken, match="bin"):
        forget_edition(workspace, draft.hash)
    with workspace.reading() as reader:
        assert reader.editions() == (draft.hash,)


def test_a_released_edition_is_never_forgotten(workspace: Workspace) -> None:
    keep_edition(workspace, an_edition())
    with pytest.raises(RuleBroken, match="released"):
        forget_edition(workspace, with_hash(an_edition()).hash)


def test_the_next_edition_is_a_draft_that_says_the_same(workspace: Workspace) -> None:
    keep_next_edition(workspace, an_edition(), version="2026.2")
    (row,) = list_editions(workspace, ())
    assert (row.version, row.status, row.checkpoints) == ("2026.2", EditionStatus.DRAFT, 7)
    with pytest.raises(RuleBroken):
        keep_next_edition(workspace, an_edition(), version="2026.1")


def test_a_released_edition_that_comes_back_changed_is_the_next_draft() -> None:
    base = an_edition(checkpoints=[a_checkpoint(GREETING, replaces=("service.reception.hello",))])
    point = a_checkpoint(
        GREETING, replaces=("service.reception.hello", PRICE_AGREED), statement=a_text("Both in one.")
    )
    draft = as_draft(an_edition(checkpoints=[point]), base)
    assert (draft.version, draft.status) == ("2026.2", EditionStatus.DRAFT)
    assert draft.checkpoints[GREETING].replaces == (PRICE_AGREED,)
    assert as_draft(draft, base) is draft


def test_a_mapping_is_kept_under_the_heads_it_was_made_for(workspace: Workspace) -> None:
    keep_mapping(workspace, fingerprint="abc", mapping="first")
    keep_mapping(workspace, fingerprint="abc", mapping="second")
    with workspace.reading() as reader:
        assert kept_mapping(reader, "abc") == "second"
        assert kept_mapping(reader, "other") == ""


def test_the_shipped_edition_has_no_mistakes() -> None:
    assert [one for one in problems_of(read_shipped_editions()[-1]) if not one.problem.is_warning] == []


def test_a_problem_names_the_checkpoint_it_lies_in() -> None:
    newest = read_shipped_editions()[-1]
    area = newest.areas[1]
    process = area.processes[1]
    wrong = replace(process.checkpoints[1], kpis=("ZZ9",))
    points = (process.checkpoints[0], wrong, *process.checkpoints[2:])
    processes = (area.processes[0], replace(process, checkpoints=points), *area.processes[2:])
    areas = (newest.areas[0], replace(area, processes=processes), *newest.areas[2:])
    found = [one for one in problems_of(replace(newest, areas=areas)) if "ZZ9" in one.problem.found]
    assert {(one.number, one.checkpoint_id, one.area_id) for one in found} == {
        (wrong.number, wrong.id, area.id)
    }


def test_a_released_edition_is_not_told_that_its_guard_lies_elsewhere() -> None:
    released = replace(read_shipped_editions()[-1], status=EditionStatus.RELEASED)
    assert not [one for one in problems_of(released) if one.problem.code.startswith("release.")]


def test_a_checkpoint_is_read_across_all_dealerships(workspace: Workspace) -> None:
    edition = an_edition()
    first = a_programme(workspace, edition, "Autohaus Anfang")
    second = a_programme(workspace, edition, "Autohaus Zweite")
    a_programme(workspace, edition, "Autohaus Dritte")
    for engagement, points in ((first, 10), (second, 4)):
        rate_checkpoint(workspace, the_assessment(workspace, engagement).id, PRICE_AGREED, points=points)
    mark_not_applicable(
        workspace, the_assessment(workspace, first).id, STOCK_COUNT, reason="No parts are kept."
    )
    across = look_across(workspace, edition)
    with workspace.reading() as reader:
        card = checkpoint_card(reader, edition, PRICE_AGREED, across)
        parts = checkpoint_card(reader, edition, STOCK_COUNT)
    assert [(one.name, one.points, one.state) for one in card.results] == [
        ("Autohaus Zweite", 4, ResultState.RATED),
        ("Autohaus Anfang", 10, ResultState.RATED),
        ("Autohaus Dritte", None, ResultState.NOT_YET),
    ]
    assert (card.mean, card.met, card.rated) == (Fraction(7), 1, 2)
    assert (card.results[0].label, card.results[0].on) == ("Base", NOW.date())
    assert parts.results[0].state is ResultState.NOT_APPLICABLE
    assert parts.mean is None
    assert mean_of(edition, PRICE_AGREED, across) == card.mean
    assert mean_of(edition, STOCK_COUNT, across) is None


def test_a_checkpoint_that_does_not_apply_says_so(workspace: Workspace) -> None:
    edition = an_edition()
    a_programme(workspace, edition, "Autohaus Beispiel", features=("used-cars",))
    with workspace.reading() as reader:
        card = checkpoint_card(reader, edition, edition.areas[0].processes[0].checkpoints[1].id)
    assert [one.state for one in card.results] == [ResultState.DOES_NOT_APPLY]


def test_findings_come_with_their_dealership_open_ones_first(workspace: Workspace) -> None:
    edition = an_edition()
    engagement = a_programme(workspace, edition, "Autohaus Beispiel")
    for statement in ("Price missing", "Price still missing"):
        raise_finding(
            workspace,
            engagement_id=engagement.id,
            statement=statement,
            grade=FindingGrade.MINOR,
            checkpoint_id=PRICE_AGREED,
        )
    with workspace.writing("finding.closed") as work:
        work.put(replace(work.all(Finding)[0], closed_on=date(2026, 11, 20)))
    with workspace.reading() as reader:
        card = checkpoint_card(reader, edition, PRICE_AGREED)
        other = checkpoint_card(reader, edition, GREETING)
    assert [(one.finding.label, one.dealership) for one in card.findings] == [
        ("F-002", "Autohaus Beispiel"),
        ("F-001", "Autohaus Beispiel"),
    ]
    assert other.findings == ()


def test_a_result_of_an_earlier_edition_follows_what_the_checkpoint_replaces(workspace: Workspace) -> None:
    old = an_edition()
    engagement = a_programme(workspace, old, "Autohaus Beispiel")
    rate_checkpoint(workspace, the_assessment(workspace, engagement).id, PRICE_AGREED, points=6)
    renamed = a_checkpoint(
        "service.repair-order.price-fixed", replaces=(PRICE_AGREED,), statement=a_text("The price is fixed.")
    )
    new = with_hash(an_edition(checkpoints=[renamed, a_checkpoint("service.other.fresh")], version="2027.1"))
    keep_edition(workspace, new)
    across = look_across(workspace, new)
    with workspace.reading() as reader:
        card = checkpoint_card(reader, new, renamed.id, across)
        fresh = checkpoint_card(reader, new, new.areas[0].processes[1].checkpoints[0].id, across)
        before = checkpoint_card(reader, old, PRICE_AGREED, read_across(reader, old, reader.editions()))
    assert [(one.points, one.seen_as) for one in card.results] == [(6, "SRV-02.1 · 2026.1")]
    assert [(one.number, one.version) for one in card.came_from] == [("SRV-02.1", "2026.1")]
    assert [(one.number, one.version) for one in before.became] == [("SRV-01.1", "2027.1")]
    assert fresh.results == ()


def test_a_forebear_that_is_not_at_hand_keeps_its_id(workspace: Workspace) -> None:
    point = a_checkpoint(GREETING, replaces=("service.reception.hello",), kpis=("C99",))
    edition = an_edition(checkpoints=[point])
    with workspace.reading() as reader:
        card = checkpoint_card(reader, edition, GREETING)
    assert [(one.id, one.number) for one in card.came_from] == [("service.reception.hello", "")]
    assert (card.kpis, card.unknown_kpis) == ((), ("C99",))
