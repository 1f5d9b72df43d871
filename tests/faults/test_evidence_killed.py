"""Killed anywhere between the file and its row: afterwards there are both or neither, and no file that nobody names."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
from tests.exchange.pictures import a_photo
from tests.services.conftest import PRICE, Programme
from tests.storage.faults import child

# The child forks for each point: what it forked works on until that point and kills itself there the hard way.
KILLED = """
import json, os, signal, sys
from pathlib import Path
from qma_app.domain.evidence import Evidence, EvidenceLink, Mark, MarkKind
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, EvidenceId
from qma_app.services import evidence, evidence_intake, evidence_marks, evidence_places
from qma_app.services.workspace import open_workspace
from qma_app.storage.evidence_files import EvidenceFiles
from qma_app.storage.scopes import WritingScope
import PIL.Image, PIL.JpegImagePlugin
folder, engagement, assessment, checkpoint, what, *photos = sys.argv[1:]
place = {"assessment_id": AssessmentId(assessment), "checkpoint_id": CheckpointId(checkpoint)}
passed = 0

def guarded(owner, name, last):
    real = getattr(owner, name)
    def watched(*arguments, **named):
        reach(last)
        result = real(*arguments, **named)
        reach(last)
        return result
    setattr(owner, name, watched)

def reach(last):
    global passed
    if passed == last:
        os.kill(os.getpid(), signal.SIGKILL)
    passed += 1

def work(last):
    workspace = open_workspace(Path(folder))
    for owner, name in ((os, "fsync"), (os, "replace"), (EvidenceFiles, "put"), (WritingScope, "put"), (WritingScope, "finish")):
        guarded(owner, name, last)
    data = Path(photos[last % len(photos)]).read_bytes() + bytes([last])
    if what == "one":
        evidence.add_evidence(workspace, engagement_id=EngagementId(engagement), data=data, name="a.jpg", **place)
    elif what == "several":
        evidence_intake.add_evidence_files(
            workspace, engagement_id=EngagementId(engagement), workers=1, place=evidence_places.Place(**place),
            files=[evidence_intake.NamedFile(name=f"{n}.jpg", data=data + bytes([n])) for n in range(2)])
    else:
        mark = Mark(kind=MarkKind.BLUR, x=100 + last, y=100, width=5000, height=5000)
        evidence_marks.mark_photo(workspace, EvidenceId(what), [mark])
    os._exit(0)

for last in range(200):
    child = os.fork()
    if child == 0:
        work(last)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with open_workspace(Path(folder)) as workspace:
        with workspace.reading() as reader:
            rows, links = reader.all(Evidence), reader.all(EvidenceLink)
        named = {digest for item in rows for digest in item.digests()}
        kept = workspace.store.evidence
        print(json.dumps({
            "killed": killed, "rows": len(rows), "links": len(links),
            "lost": sorted(named - set(kept.digests())), "orphans": sorted(set(kept.digests()) - named),
            "broken": sorted(kept.verify()), "marks": [len(item.marks) for item in rows],
            "half": [p.name for p in Path(folder).rglob("*.tmp")],
        }), flush=True)
    if not killed:
        break
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="killed where a process can be forked")


def killed_at_each_point(programme: Programme, tmp_path: Path, what: str) -> list[dict[str, Any]]:
    photos = [tmp_path / f"{number}.jpg" for number in range(3)]
    for number, path in enumerate(photos):
        path.write_bytes(a_photo(400 + number, 300))
    programme.workspace.close()
    with child(
        KILLED,
        programme.workspace.folder,
        programme.engagement.id,
        programme.assessment.id,
        PRICE,
        what,
        *photos,
    ) as process:
        said, _error = process.communicate(timeout=120)
    states: list[dict[str, Any]] = [json.loads(line) for line in said.splitlines()]
    assert states[-1]["killed"] is False
    assert len(states) > 10
    for point, state in enumerate(states):
        assert (state["lost"], state["orphans"], state["broken"], state["half"]) == ([], [], [], []), point
    with open_workspace(programme.workspace.folder) as again:
        assert verify_workspace(again).is_genuine
        with again.reading() as reader:
            assert len(reader.all(Evidence)) == states[-1]["rows"]
            assert all(link.assessment_id for link in reader.all(EvidenceLink))
    return states


def test_a_photo_has_its_row_and_its_files_or_neither(programme: Programme, tmp_path: Path) -> None:
    states = killed_at_each_point(programme, tmp_path, "one")
    assert all(state["rows"] == state["links"] for state in states)
    assert [state["rows"] for state in states[:-1]] == [0] * (len(states) - 1)
    assert states[-1]["rows"] == 1


def test_of_several_those_that_were_stored_stay(programme: Programme, tmp_path: Path) -> None:
    states = killed_at_each_point(programme, tmp_path, "several")
    gained = [later["rows"] - sooner["rows"] for sooner, later in pairwise(states)]
    assert set(gained[:-1]) == {0, 1}
    assert gained[-1] == 2
    assert all(state["rows"] == state["links"] for state in states)


def test_a_photo_is_marked_in_every_rendition_or_in_none(programme: Programme, tmp_path: Path) -> None:
    from qma_app.services.evidence import add_evidence

    item = add_evidence(
        programme.workspace,
        engagement_id=programme.engagement.id,
        data=a_photo(500, 400),
        name="a.jpg",
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
    ).made(Evidence)
    states = killed_at_each_point(programme, tmp_path, item.id)
    assert [state["marks"] for state in states[:-1]] == [[0]] * (len(states) - 1)
    assert states[-1]["marks"] == [1]
