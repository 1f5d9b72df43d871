"""Kill -9 while a coach rates and types: every rating that was acknowledged must be there afterwards.

python benchmarks/kill.py [RUNS]
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, say

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.log import verify_workspace
from qma_app.services.ratings import rate_checkpoint, write_note
from qma_app.services.workspace import create_workspace, open_workspace


def work_for_ever(folder: Path, assessment_id: AssessmentId, start: int) -> None:
    """The coach: rates and notes checkpoint after checkpoint, and says so once each is saved."""
    with open_workspace(folder) as workspace:
        with workspace.reading() as reader:
            engagement = reader.get(Engagement, reader.get(Assessment, assessment_id).engagement_id)
            checkpoints = [c.id for c in reader.edition(engagement.edition).checkpoints.values()]
        print("ready", flush=True)
        number = start
        while True:
            number += 1
            checkpoint = checkpoints[number % len(checkpoints)]
            points = (0, 4, 6, 8, 10)[number // len(checkpoints) % 5]
            print(f"{checkpoint} begun -", flush=True)
            rate_checkpoint(workspace, assessment_id, checkpoint, points=points)
            print(f"{checkpoint} points {points}", flush=True)
            write_note(workspace, assessment_id, checkpoint, text=f"seen {number}")
            print(f"{checkpoint} note seen {number}", flush=True)


def one_run(folder: Path, assessment_id: AssessmentId, chance: random.Random, start: int) -> tuple[int, int]:
    """Let the coach work, kill the process, and compare; gives (acknowledged, lost or damaged)."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--work", str(folder), assessment_id, str(start)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(0, 0.15))
    child.send_signal(signal.SIGKILL)
    told = child.stdout.read().splitlines()
    child.wait()
    said: dict[tuple[str, str], str] = {}
    whole = [line for line in told if len(line.split(" ", 2)) == 3]
    for line in whole:
        checkpoint, field, value = line.split(" ", 2)
        if (
            field == "begun"
        ):  # an edit under way may or may not be there: what it replaces was not promised any more
            said = {key: kept for key, kept in said.items() if key[0] != checkpoint}
        else:
            said[(checkpoint, field)] = value
    with open_workspace(folder) as workspace:
        with workspace.reading() as reader:
            ratings = reader.ratings(assessment_id)
        lost = 0
        for (checkpoint, field), value in said.items():
            rating = ratings[CheckpointId(checkpoint)]
            lost += value != (str(rating.points) if field == "points" else rating.note)
        lost += not verify_workspace(workspace).is_genuine
    return len([line for line in whole if " begun " not in line]), lost


def main(runs: int) -> int:
    """Kill so many times and count; the seed is fixed so that a failure can be had again."""
    chance = random.Random(20261121)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        with create_workspace(folder) as workspace:
            engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
            assessment = start_assessment(
                workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE
            ).made(Assessment)
        acknowledged = lost = 0
        for run in range(runs):
            seen, gone = one_run(folder, assessment.id, chance, run * 100_000)
            acknowledged, lost = acknowledged + seen, lost + gone
    print(f"{runs} runs killed, {acknowledged} edits acknowledged")
    return 0 if say("acknowledged edits lost or damaged after kill -9", lost, 0, unit="") else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work_for_ever(Path(sys.argv[2]), AssessmentId(sys.argv[3]), int(sys.argv[4]))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
