"""Good and hostile files in one go: each is taken in or named, and of none more is kept than the picture."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.errors import ImportTrouble
from qma_app.services.evidence import add_evidence, revise_evidence
from qma_app.services.evidence_intake import NamedFile, add_evidence_files
from qma_app.services.log import verify_workspace
from tests.exchange.pictures import a_photo, a_picture, encoded
from tests.exchange.test_photos import exif
from tests.faults.test_hostile_evidence import CANARY, REFUSED, TAKEN
from tests.services.conftest import Programme

MAIL = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(600)
    + "__properties_version1.0".encode("utf-16-le")
    + bytes(100)
)
OLD_LETTER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_all_of_them_at_once(programme: Programme) -> None:
    offered = [("refused", *one) for one in REFUSED.values()]
    offered += [("taken", name, data) for name, data, _kind in TAKEN.values()]
    offered.sort(key=lambda one: hashlib.sha256(one[2] + one[1].encode()).hexdigest())
    files = [NamedFile(name=name, data=data) for _fate, name, data in offered]
    result = add_evidence_files(
        programme.workspace, engagement_id=programme.engagement.id, files=files, workers=2
    )
    assert [one.name for one in result.refused] == [
        name for fate, name, _data in offered if fate == "refused"
    ]
    assert all(one.error.way_out for one in result.refused)
    distinct = {data for fate, _name, data in offered if fate == "taken"}
    assert len(result.taken) == len(distinct)
    assert len(result.taken) + len(result.known) == len(TAKEN)
    assert result.left == ()
    store = programme.workspace.store.evidence
    assert set(store.digests()) == {digest for item in result.taken for digest in item.digests()}
    assert CANARY not in b"".join(map(store.get, store.digests()))
    assert verify_workspace(programme.workspace).is_genuine


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_while_day_and_original_hash_are_kept(
    programme: Programme, form: str
) -> None:
    noted = exif(turn=6, taken="2026:03:02 10:11:12")
    data = encoded(a_picture(900, 600), form, exif=noted) + b"tail of something else"
    item = add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=data, name="a.jpg"
    ).made(Evidence)
    assert item.made_on == date(2026, 3, 2)
    assert item.original_digest == hashlib.sha256(data).hexdigest()
    assert (item.width, item.height) == (600, 900)
    for digest in item.digests():
        content = programme.workspace.store.evidence.get(digest)
        assert b"canary" not in content
        assert b"tail of something" not in content
        with Image.open(BytesIO(content)) as picture:
            assert len(picture.getexif()) == 0
            assert "exif" not in picture.info


def test_the_largest_photo_allowed_comes_in(programme: Programme) -> None:
    data = encoded(Image.new("L", (8160, 6120), 120), quality=60)
    item = add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=data, name="a.jpg"
    ).made(Evidence)
    assert (item.width, item.height) == (1600, 1200)


def test_a_mail_is_known_by_what_is_in_it(programme: Programme) -> None:
    files = [
        NamedFile(name="agreed.msg", data=MAIL),
        NamedFile(name="letter.msg", data=OLD_LETTER),
        NamedFile(name="agreed.doc", data=MAIL),
        NamedFile(name="photo.msg", data=a_photo()),
    ]
    result = add_evidence_files(programme.workspace, engagement_id=programme.engagement.id, files=files)
    assert [(item.name, item.kind) for item in result.taken] == [
        ("agreed.msg", EvidenceKind.DOCUMENT),
        ("photo.msg", EvidenceKind.PHOTO),
    ]
    assert programme.workspace.store.evidence.get(result.taken[0].digest) == MAIL
    assert [one.name for one in result.refused] == ["letter.msg", "agreed.doc"]


def test_a_newer_version_is_looked_at_with_the_same_suspicion(programme: Programme) -> None:
    item = add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=b"a;b\n", name="a.csv"
    ).made(Evidence)
    before = programme.workspace.store.evidence.digests()
    for name, data in REFUSED.values():
        with pytest.raises(ImportTrouble) as refused:
            revise_evidence(programme.workspace, item.id, data=data, name=name)
        assert refused.value.way_out
    assert programme.workspace.store.evidence.digests() == before
    with programme.workspace.reading() as reader:
        assert reader.all(Evidence) == (item,)
