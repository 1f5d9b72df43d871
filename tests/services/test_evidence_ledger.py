"""The ledger: where evidence is used, how long it counts, which version it is, and whether its files are whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageChops

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Consent, Evidence, EvidenceKind, EvidenceLink, Mark, MarkKind, PhotoPair
from qma_app.domain.evidence_use import (
    Expiry,
    evidence_at,
    evidence_of_action,
    evidence_of_finding,
    evidence_of_verification,
    expiry_of,
    pairs_of_finding,
    paper_picture,
    revisions_of,
    shared_bytes,
    unlinked_evidence,
    why_not_shown,
)
from qma_app.domain.finding import Finding
from qma_app.domain.ids import ActionId, ActionLinkId, AreaId, VerificationId
from qma_app.domain.ports import Reader
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.errors import RuleBroken, StorageTrouble
from qma_app.services import assessments, evidence, findings
from qma_app.services.bin import restore_from_bin
from qma_app.services.dealerships import add_dealership
from qma_app.services.evidence_ledger import (
    FileState,
    LedgerLine,
    UseKind,
    evidence_ledger,
    file_sentence,
    filtered,
)
from qma_app.services.evidence_marks import mark_photo, marked_picture
from qma_app.services.log import verify_workspace
from qma_app.services.photo_pairs import change_pair, pair_photos, unpair
from qma_app.services.undoing import redo, undo
from tests.builders import TODAY
from tests.exchange.pictures import a_photo, decoded
from tests.services.conftest import PRICE, Programme

BLUR = Mark(kind=MarkKind.BLUR, x=2000, y=2000, width=3000, height=3000)


def add(programme: Programme, name: str = "a.csv", data: bytes = b"", **where: Any) -> Evidence:
    return evidence.add_evidence(
        programme.workspace,
        engagement_id=programme.engagement.id,
        data=data or f"{name};1\n".encode(),
        name=name,
        **where,
    ).made(Evidence)


def a_picture_in(programme: Programme, width: int = 600, **where: Any) -> Evidence:
    return add(programme, f"photo {width}.jpg", a_photo(width, 400), **where)


def at_price(programme: Programme) -> dict[str, Any]:
    return {"assessment_id": programme.assessment.id, "checkpoint_id": PRICE}


def raised(programme: Programme) -> Finding:
    return findings.raise_from_checkpoint(programme.workspace, programme.assessment.id, PRICE).made(Finding)


def planned(programme: Programme, finding: Finding) -> tuple[Action, Verification]:
    with programme.workspace.writing("test.planned") as work:
        action = work.put(
            Action(
                id=ActionId(work.new_id()),
                engagement_id=programme.engagement.id,
                number=41,
                what="Price on each order",
            )
        )
        work.put(ActionLink(id=ActionLinkId(work.new_id()), action_id=action.id, finding_id=finding.id))
        check = work.put(
            Verification(
                id=VerificationId(work.new_id()),
                engagement_id=programme.engagement.id,
                kind=VerificationKind.DOCUMENT,
                action_id=action.id,
            )
        )
    return action, check


def ledger(programme: Programme, *, look: bool = False, days: int = 0) -> dict[str, LedgerLine]:
    with programme.workspace.reading() as reader:
        lines = evidence_ledger(reader, programme.engagement.id, TODAY + timedelta(days=days), look=look)
    return {line.evidence.name: line for line in lines}


def read(programme: Programme, ask: Callable[..., Any], *arguments: object) -> Any:
    with programme.workspace.reading() as reader:
        return ask(reader, *arguments)


def test_each_place_is_named_with_its_area(programme: Programme) -> None:
    finding = raised(programme)
    action, check = planned(programme, finding)
    add(programme, "checkpoint.csv", **at_price(programme))
    add(programme, "finding.csv", finding_id=finding.id)
    add(programme, "action.csv", action_id=action.id)
    add(programme, "check.csv", verification_id=check.id)
    add(programme, "loose.csv")
    lines = ledger(programme)
    with programme.workspace.reading() as reader:
        price = reader.edition(programme.engagement.edition).checkpoint(PRICE).number
    assert {name: [use.label for use in line.uses] for name, line in lines.items()} == {
        "checkpoint.csv": [f"{price} Base", "F-001"],
        "finding.csv": ["F-001"],
        "action.csv": ["A-041"],
        "check.csv": ["check of A-041"],
        "loose.csv": [],
    }
    assert [use.is_own for use in lines["checkpoint.csv"].uses] == [True, False]
    assert {line.areas for name, line in lines.items() if name != "loose.csv"} == {("service",)}
    assert [name for name, line in lines.items() if line.is_unlinked] == ["loose.csv"]
    assert {line.file for line in lines.values()} == {FileState.UNREAD}


def test_what_supports_a_finding_is_its_own_and_its_checkpoints_and_nothing_else(
    programme: Programme,
) -> None:
    finding = raised(programme)
    action, check = planned(programme, finding)
    here = add(programme, "here.csv", **at_price(programme))
    own = add(programme, "own.csv", finding_id=finding.id)
    of_action = add(programme, "action.csv", action_id=action.id)
    of_check = add(programme, "check.csv", verification_id=check.id)
    add(programme, "beside.csv", assessment_id=programme.assessment.id, checkpoint_id=programme.first)
    with programme.workspace.reading() as reader:
        assert evidence_of_finding(reader, finding.id) == (own, here)
        assert evidence_of_action(reader, action.id) == (of_action,)
        assert evidence_of_verification(reader, check.id) == (of_check,)


def test_areas_stand_in_the_order_of_the_edition(programme: Programme) -> None:
    first_of = {point.id.split(".", 1)[0]: point.id for point in reversed(programme.checkpoints)}
    with programme.workspace.reading() as reader:
        order = [area.id for area in reader.edition(programme.engagement.edition).areas]
    item = add(programme)
    for area in reversed(order[:4]):
        evidence.link_evidence(
            programme.workspace,
            item.id,
            assessment_id=programme.assessment.id,
            checkpoint_id=first_of[area],
        )
    assert ledger(programme)["a.csv"].areas == tuple(order[:4])
    lines = ledger(programme).values()
    assert len(filtered(lines, area=order[2])) == 1
    assert filtered(lines, area=AreaId(order[5])) == ()


def test_a_place_in_the_bin_is_no_place(programme: Programme) -> None:
    finding = raised(programme)
    item = add(programme, finding_id=finding.id)
    deleted = findings.delete_finding(programme.workspace, finding.id)
    assert ledger(programme)["a.csv"].is_unlinked
    assert read(programme, unlinked_evidence, programme.engagement.id) == (item,)
    undo(programme.workspace, deleted)
    assert not ledger(programme)["a.csv"].is_unlinked
    assert read(programme, unlinked_evidence, programme.engagement.id) == ()


class TestTying:
    """To any place of the same programme, once, and loose again."""

    def test_to_an_action_and_a_check_and_loose_again(self, programme: Programme) -> None:
        action, check = planned(programme, raised(programme))
        item = add(programme)
        for where in ({"action_id": action.id}, {"verification_id": check.id}):
            linked = evidence.link_evidence(programme.workspace, item.id, **where)
            assert not evidence.link_evidence(programme.workspace, item.id, **where)
            undo(programme.workspace, linked)
            redo(programme.workspace, linked)
        evidence.unlink_evidence(programme.workspace, item.id, action_id=action.id)
        assert [use.kind for use in ledger(programme)["a.csv"].uses] == [UseKind.VERIFICATION]
        assert not evidence.unlink_evidence(programme.workspace, item.id, action_id=action.id)
        assert not evidence.unlink_evidence(programme.workspace, item.id)

    def test_not_loose_from_a_completed_assessment(self, programme: Programme) -> None:
        item = add(programme, **at_price(programme))
        assessments.complete_assessment(programme.workspace, programme.assessment.id)
        with pytest.raises(RuleBroken):
            evidence.unlink_evidence(programme.workspace, item.id, **at_price(programme))

    def test_not_to_another_dealership(self, programme: Programme) -> None:
        finding = raised(programme)
        action, _check = planned(programme, finding)
        other = add_dealership(programme.workspace, name="Autohaus Nachbar", country="DE").made(Engagement)
        strange = evidence.add_evidence(
            programme.workspace, engagement_id=other.id, data=b"a;b\n", name="a.csv"
        ).made(Evidence)
        for where in ({"finding_id": finding.id}, {"action_id": action.id}, at_price(programme)):
            with pytest.raises(RuleBroken, match="another programme"):
                evidence.link_evidence(programme.workspace, strange.id, **where)


class TestExpiry:
    """The last day counts."""

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (-1, Expiry.EXPIRED),
            (0, Expiry.SOON),
            (30, Expiry.SOON),
            (31, Expiry.VALID),
            (None, None),
        ],
    )
    def test_by_the_day(self, programme: Programme, days: int | None, expected: Expiry | None) -> None:
        until = None if days is None else TODAY + timedelta(days=days)
        item = replace(add(programme), valid_until=until)
        assert expiry_of(item, TODAY) is expected
        assert expiry_of(item, TODAY, warn_days=0) is (
            Expiry.VALID if days == 30 else expiry_of(item, TODAY, 0)
        )

    def test_expired_ones_can_be_looked_for(self, programme: Programme) -> None:
        item = add(programme)
        add(programme, "b.csv")
        evidence.describe_evidence(programme.workspace, item.id, valid_from=TODAY, valid_until=TODAY)
        assert ledger(programme)["a.csv"].expiry is Expiry.SOON
        lines = ledger(programme, days=1).values()
        assert [line.evidence.name for line in filtered(lines, expired=True)] == ["a.csv"]
        assert [line.evidence.name for line in filtered(lines, expired=True, unlinked=True)] == ["a.csv"]
        assert len(filtered(lines)) == 2

    def test_the_last_day_does_not_lie_before_the_first(self, programme: Programme) -> None:
        item = add(programme)
        with pytest.raises(RuleBroken, match="before the first"):
            evidence.describe_evidence(
                programme.workspace, item.id, valid_from=TODAY, valid_until=TODAY - timedelta(days=1)
            )


class TestMarks:
    """They change what leaves the app, never what is stored."""

    def test_every_rendition_that_leaves_is_another(self, programme: Programme) -> None:
        item = a_picture_in(programme)
        (marked,) = mark_photo(programme.workspace, item.id, [BLUR]).of(Evidence)
        assert (marked.digest, marked.size, marked.width) == (item.digest, item.size, item.width)
        assert marked.paper_digest != item.paper_digest
        assert marked.thumbnail_digest != item.thumbnail_digest
        assert marked.shared_digest not in (None, item.digest)
        with programme.workspace.reading() as reader:
            content = shared_bytes(reader, marked)
            assert content == reader.evidence_bytes(marked.shared_digest or "")
            assert decoded(content).size == (600, 400)
            assert reader.get(Evidence, item.id).marks == (BLUR,)
        assert verify_workspace(programme.workspace).is_genuine

    def test_without_them_it_is_the_plain_picture_again(self, programme: Programme) -> None:
        item = a_picture_in(programme)
        mark_photo(programme.workspace, item.id, [BLUR])
        (plain,) = mark_photo(programme.workspace, item.id, []).of(Evidence)
        assert (plain.marks, plain.shared_digest, plain.digest) == ((), None, item.digest)
        with programme.workspace.reading() as reader:
            before = decoded(reader.evidence_bytes(item.paper_digest or ""))
            again = decoded(reader.evidence_bytes(plain.paper_digest or ""))
            assert shared_bytes(reader, plain) == reader.evidence_bytes(item.digest)
        assert before.size == again.size
        assert max(ImageChops.difference(before, again).tobytes()) < 12

    def test_the_same_again_changes_nothing_and_undo_brings_back(self, programme: Programme) -> None:
        item = a_picture_in(programme)
        changes = mark_photo(programme.workspace, item.id, [BLUR])
        assert not mark_photo(programme.workspace, item.id, [BLUR])
        undo(programme.workspace, changes)
        assert ledger(programme, look=True)["photo 600.jpg"].file is FileState.OK
        redo(programme.workspace, changes)
        with programme.workspace.reading() as reader:
            assert reader.get(Evidence, item.id).marks == (BLUR,)

    @pytest.mark.parametrize(
        ("marks", "match"),
        [
            ([replace(BLUR, width=9000)], "beyond"),
            ([replace(BLUR, x=-1)], "beyond"),
            ([replace(BLUR, height=0)], "no height"),
            ([Mark(kind=MarkKind.CROP, x=0, y=0, width=10, height=9000)], "too small"),
            ([Mark(kind=MarkKind.CROP, x=0, y=0, width=5000, height=5000)] * 2, "once"),
            ([Mark(kind=MarkKind.TEXT, x=0, y=0, words=" ")], "characters"),
            ([Mark(kind=MarkKind.TEXT, x=0, y=0, words="x" * 201)], "characters"),
            ([Mark(kind=MarkKind.NUMBER, x=0, y=0, words="1000")], "characters"),
            ([Mark(kind=MarkKind.ARROW, x=5, y=5)], "begins where it ends"),
            ([BLUR] * 101, "at most"),
        ],
    )
    def test_what_cannot_be_drawn_is_named(self, programme: Programme, marks: list[Mark], match: str) -> None:
        item = a_picture_in(programme)
        with pytest.raises(RuleBroken, match=match) as refused:
            mark_photo(programme.workspace, item.id, marks)
        assert refused.value.way_out
        with programme.workspace.reading() as reader:
            assert reader.get(Evidence, item.id) == item

    def test_they_can_be_looked_at_before_they_are_set(self, programme: Programme) -> None:
        item = a_picture_in(programme)
        with programme.workspace.reading() as reader:
            seen = marked_picture(reader, item, [BLUR])
            assert marked_picture(reader, item, []) == reader.evidence_bytes(item.digest)
        (marked,) = mark_photo(programme.workspace, item.id, [BLUR]).of(Evidence)
        assert read(programme, shared_bytes, marked) == seen

    def test_a_document_is_not_marked(self, programme: Programme) -> None:
        with pytest.raises(RuleBroken, match="only photos"):
            mark_photo(programme.workspace, add(programme).id, [BLUR])

    def test_nothing_is_marked_on_a_damaged_picture(self, programme: Programme) -> None:
        item = a_picture_in(programme)
        damage(programme, item.digest)
        with pytest.raises(StorageTrouble):
            mark_photo(programme.workspace, item.id, [BLUR])
        assert ledger(programme)["photo 600.jpg"].evidence == item


class TestConsent:
    """A photo of people who refused leaves neither on paper nor as a copy."""

    def test_refused_is_not_shown_and_says_so(self, programme: Programme) -> None:
        item = a_picture_in(programme)
        assert paper_picture(item) == item.paper_digest
        assert why_not_shown(item) == ""
        changes = evidence.note_consent(programme.workspace, item.id, Consent.REFUSED, " said no ")
        (refused,) = changes.of(Evidence)
        assert refused.consent_words == "said no"
        assert paper_picture(refused) is None
        assert "no consent" in why_not_shown(refused)
        with programme.workspace.reading() as reader, pytest.raises(RuleBroken) as kept_back:
            shared_bytes(reader, refused)
        assert kept_back.value.code == "evidence.no-consent"
        for consent in (Consent.GIVEN, Consent.NOBODY, None):
            (again,) = evidence.note_consent(programme.workspace, item.id, consent).of(Evidence)
            assert paper_picture(again) == item.paper_digest

    def test_is_not_asked_of_a_document(self, programme: Programme) -> None:
        item = add(programme)
        with pytest.raises(RuleBroken, match="document"):
            evidence.note_consent(programme.workspace, item.id, Consent.REFUSED)
        assert paper_picture(item) is None
        assert read(programme, shared_bytes, item) == b"a.csv;1\n"


class TestRevisions:
    """A newer version takes the place of the old one, which stays readable."""

    def test_the_links_move_and_the_old_one_stays(self, programme: Programme) -> None:
        finding = raised(programme)
        old = add(programme, caption="The list", finding_id=finding.id, **at_price(programme))
        new = revise(programme, old, b"newer;1\n")
        assert (new.revision, new.revision_of, new.caption) == (2, old.id, "The list")
        third = revise(programme, new, b"newest;1\n")
        assert third.revision == 3
        with programme.workspace.reading() as reader:
            assert [one.id for one in evidence_of_finding(reader, finding.id)] == [third.id]
            for one in (old, new, third):
                assert [each.id for each in revisions_of(reader, one.id)] == [old.id, new.id, third.id]
            assert reader.evidence_bytes(old.digest) == b"a.csv;1\n"
            assert unlinked_evidence(reader, programme.engagement.id) == ()
        lines = read(programme, evidence_ledger, programme.engagement.id, TODAY)
        assert [line.is_replaced for line in lines] == [True, True, False]
        assert not any(line.is_unlinked for line in lines)

    def test_an_old_version_does_not_expire_any_more(self, programme: Programme) -> None:
        old = add(programme)
        evidence.describe_evidence(programme.workspace, old.id, valid_until=TODAY - timedelta(days=9))
        revise(programme, old, b"newer;1\n", name="b.csv")
        assert ledger(programme)["a.csv"].expiry is None
        assert ledger(programme)["b.csv"].expiry is None

    def test_in_a_completed_assessment_stands_what_was_looked_at(self, programme: Programme) -> None:
        old = add(programme, **at_price(programme))
        finding = raised(programme)
        evidence.link_evidence(programme.workspace, old.id, finding_id=finding.id)
        assessments.complete_assessment(programme.workspace, programme.assessment.id)
        new = revise(programme, old, b"newer;1\n")
        with programme.workspace.reading() as reader:
            assert evidence_at(reader, programme.assessment.id, PRICE) == (old,)
            assert [link.evidence_id for link in reader.all(EvidenceLink, finding_id=finding.id)] == [new.id]

    def test_only_the_newest_is_replaced_and_only_by_another_file(self, programme: Programme) -> None:
        old = add(programme)
        with pytest.raises(RuleBroken, match="same file"):
            revise(programme, old, b"a.csv;1\n")
        revise(programme, old, b"newer;1\n")
        with pytest.raises(RuleBroken, match="newer version already"):
            revise(programme, old, b"another;1\n")

    def test_undo_gives_the_old_one_its_places_back(self, programme: Programme) -> None:
        old = add(programme, **at_price(programme))
        changes = evidence.revise_evidence(programme.workspace, old.id, data=b"newer;1\n", name="b.csv")
        undo(programme.workspace, changes)
        with programme.workspace.reading() as reader:
            assert [one.id for one in evidence_at(reader, programme.assessment.id, PRICE)] == [old.id]
            assert revisions_of(reader, old.id) == (old,)

    def test_a_pair_shows_the_newer_photo(self, programme: Programme) -> None:
        before, after = a_picture_in(programme, 600), a_picture_in(programme, 601)
        pair_photos(programme.workspace, before.id, after.id)
        new = revise(programme, after, a_photo(700, 500))
        (pair,) = read(programme, lambda reader: reader.all(PhotoPair))
        assert (pair.before_id, pair.after_id) == (before.id, new.id)
        assert new.kind is EvidenceKind.PHOTO


class TestPairs:
    """Two different photos of one programme, tied to the finding they stand at."""

    def test_both_are_tied_to_the_finding_once(self, programme: Programme) -> None:
        finding = raised(programme)
        before = a_picture_in(programme, 600, **at_price(programme))
        after = a_picture_in(programme, 601)
        pair = pair_photos(programme.workspace, before.id, after.id, finding.id, " swept ").made(PhotoPair)
        assert pair.words == "swept"
        assert not pair_photos(programme.workspace, before.id, after.id, finding.id)
        with programme.workspace.reading() as reader:
            assert pairs_of_finding(reader, finding.id) == (pair,)
            assert {one.id for one in evidence_of_finding(reader, finding.id)} == {before.id, after.id}
            assert len(reader.all(EvidenceLink)) == 2
        assert ledger(programme)["photo 600.jpg"].pairs == (pair,)

    def test_it_can_be_changed_and_taken_apart(self, programme: Programme) -> None:
        finding = raised(programme)
        before, after, later = (a_picture_in(programme, width) for width in (600, 601, 602))
        pair = pair_photos(programme.workspace, before.id, after.id, finding.id).made(PhotoPair)
        change_pair(programme.workspace, pair.id, after_id=later.id, words="two weeks on")
        with programme.workspace.reading() as reader:
            assert [one.after_id for one in pairs_of_finding(reader, finding.id)] == [later.id]
            assert later.id in {one.id for one in evidence_of_finding(reader, finding.id)}
        apart = unpair(programme.workspace, pair.id)
        assert read(programme, pairs_of_finding, finding.id) == ()
        assert not ledger(programme)["photo 600.jpg"].is_unlinked
        undo(programme.workspace, apart)
        assert len(read(programme, pairs_of_finding, finding.id)) == 1

    def test_what_makes_no_pair_is_refused(self, programme: Programme) -> None:
        photo, document = a_picture_in(programme), add(programme)
        other = add_dealership(programme.workspace, name="Autohaus Nachbar", country="DE").made(Engagement)
        strange = evidence.add_evidence(
            programme.workspace, engagement_id=other.id, data=a_photo(), name="a.jpg"
        ).made(Evidence)
        for second in (photo, document, strange):
            with pytest.raises(RuleBroken) as refused:
                pair_photos(programme.workspace, photo.id, second.id)
            assert refused.value.way_out
        pair = pair_photos(programme.workspace, photo.id, a_picture_in(programme, 601).id).made(PhotoPair)
        with pytest.raises(RuleBroken):
            change_pair(programme.workspace, pair.id, before_id=document.id)

    def test_it_goes_with_a_photo_and_comes_back_with_it(self, programme: Programme) -> None:
        finding = raised(programme)
        before, after = a_picture_in(programme, 600), a_picture_in(programme, 601)
        pair_photos(programme.workspace, before.id, after.id, finding.id)
        evidence.remove_evidence(programme.workspace, after.id)
        assert read(programme, pairs_of_finding, finding.id) == ()
        restore_from_bin(programme.workspace, Evidence, after.id)
        assert len(read(programme, pairs_of_finding, finding.id)) == 1


class TestFiles:
    """A missing or changed file is named with its hash, never passed over."""

    @pytest.mark.parametrize("which", ["digest", "paper_digest", "thumbnail_digest", "shared_digest"])
    def test_each_file_is_looked_at(self, programme: Programme, which: str) -> None:
        item = a_picture_in(programme)
        (item,) = mark_photo(programme.workspace, item.id, [BLUR]).of(Evidence)
        add(programme, "whole.csv")
        digest = getattr(item, which)
        damage(programme, digest)
        lines = ledger(programme, look=True)
        line = lines["photo 600.jpg"]
        assert (line.file, line.broken) == (FileState.CHANGED, (digest,))
        assert digest in file_sentence(line)
        file_of(programme, digest).unlink()
        line = ledger(programme, look=True)["photo 600.jpg"]
        assert (line.file, line.broken) == (FileState.MISSING, (digest,))
        assert digest in file_sentence(line)
        assert lines["whole.csv"].file is FileState.OK
        assert file_sentence(lines["whole.csv"]) == ""

    def test_no_file_is_opened_unless_asked_for(
        self, programme: Programme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_picture_in(programme)
        monkeypatch.setattr(
            programme.workspace.store.evidence, "get", lambda digest: pytest.fail(f"{digest} was opened")
        )
        assert len(ledger(programme)) == 1

    def test_looking_can_be_ended_early(self, programme: Programme) -> None:
        for number in range(4):
            add(programme, f"{number}.csv")
        with programme.workspace.reading() as reader:
            lines = evidence_ledger(
                reader, programme.engagement.id, TODAY, look=True, progress=lambda share: share < 0.5
            )
        assert [line.file for line in lines] == [FileState.OK] * 2 + [FileState.UNREAD] * 2


def test_the_ledger_asks_the_same_few_questions_however_much_there_is(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def questions() -> int:
        count = 0
        with programme.workspace.reading() as reader:
            asked = reader._where

            def counted(*arguments: Any) -> object:
                nonlocal count
                count += 1
                return asked(*arguments)

            monkeypatch.setattr(reader, "_where", counted)
            monkeypatch.setattr(reader, "find", never(reader))
            evidence_ledger(reader, programme.engagement.id, TODAY)
        return count

    def never(reader: Reader) -> Callable[..., object]:
        found = reader.find

        def only_the_programme(kind: type, id: str, **options: bool) -> object:
            assert kind is Engagement, f"one {kind.__name__} was asked for alone"
            return found(kind, id, **options)

        return only_the_programme

    add(programme, "first.csv", **at_price(programme))
    few = questions()
    for number in range(20):
        add(programme, f"{number}.csv", **at_price(programme))
    assert questions() == few


def revise(programme: Programme, item: Evidence, data: bytes, name: str = "") -> Evidence:
    return evidence.revise_evidence(programme.workspace, item.id, data=data, name=name or item.name).made(
        Evidence
    )


def file_of(programme: Programme, digest: str) -> Path:
    return programme.workspace.store.evidence.folder / digest[:2] / f"{digest}.bin"


def damage(programme: Programme, digest: str) -> None:
    path = file_of(programme, digest)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
