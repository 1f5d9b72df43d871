"""Shows the photos and documents of one house on their days, with marks, consent, pairs and later versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EvidenceId
from qma_app.domain.people import Role
from qma_app.services import evidence
from qma_app.services.evidence_marks import mark_photo
from qma_app.services.photo_pairs import pair_photos
from qma_app.services.sample.known import Known
from qma_app.services.sample.papers import DOCUMENTS
from qma_app.services.sample.pictures import PICTURES
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import House, PairLine, ShownLine
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Showing:
    """What the coach takes in as evidence."""

    workspace: Workspace
    house: House
    known: Known
    _files: dict[str, EvidenceId] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        roles = {each.name: each.role for each in self.house.passes}
        for shown in self.house.evidence:
            role = roles[shown.pass_name] if shown.at else Role.COACH
            yield Step(day=shown.taken, hour=Hour.SHOW, role=role, do=partial(self._show, shown))
        for pair in self.house.pairs:
            yield Step(day=pair.day, hour=Hour.CLOSE, role=Role.COACH, do=partial(self._pair, pair))

    def _show(self, shown: ShownLine) -> None:
        data = (
            PICTURES[shown.picture]().finished(shown.taken) if shown.picture else DOCUMENTS[shown.document]()
        )
        made = self._take_in(shown, data)
        self._files[shown.file] = made.id
        dates = {"made_on": shown.made, "valid_from": shown.valid_from, "valid_until": shown.valid_until}
        if any(dates.values()):
            evidence.describe_evidence(self.workspace, made.id, **dates)
        if shown.consent is not None:
            evidence.note_consent(self.workspace, made.id, shown.consent, shown.consent_words)
        if shown.marks:
            mark_photo(self.workspace, made.id, shown.marks)

    def _take_in(self, shown: ShownLine, data: bytes) -> Evidence:
        if shown.revision_of:
            old = self._files[shown.revision_of]
            return evidence.revise_evidence(self.workspace, old, data=data, name=shown.file).made(Evidence)
        known = self.known
        return evidence.add_evidence(
            self.workspace,
            engagement_id=known.engagement,
            data=data,
            name=shown.file,
            assessment_id=known.assessments[shown.pass_name] if shown.at else None,
            checkpoint_id=shown.at,
            finding_id=known.findings[shown.finding] if shown.finding else None,
            action_id=known.actions[shown.action] if shown.action else None,
            verification_id=known.made[shown.action, shown.check] if shown.check else None,
            charter_id=known.charter if shown.on_charter else None,
            visit_id=known.visits[shown.visit] if shown.visit else None,
            caption=shown.caption,
        ).made(Evidence)

    def _pair(self, pair: PairLine) -> None:
        before, after = self._files[pair.before], self._files[pair.after]
        pair_photos(self.workspace, before, after, self.known.findings[pair.finding], pair.words)
