"""The editions a programme went through, and what a checkpoint was called in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CheckpointId, EditionHash, EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.upgrade import Upgrade


@dataclass(frozen=True, kw_only=True, slots=True)
class Lineage:
    """`editions` from the first to the one in force; between two of them stands one of `upgrades`."""

    editions: tuple[EditionHash, ...]
    upgrades: tuple[Upgrade, ...]

    def of(self, assessment: Assessment) -> EditionHash:
        """The edition an assessment is made in."""
        return assessment.edition or self.editions[0]

    def is_before(self, one: EditionHash, other: EditionHash) -> bool:
        """Whether the programme left the first edition before it came to the other."""
        return self._place(one) < self._place(other)

    def before(
        self, ids: Iterable[CheckpointId], *, at: EditionHash, to: EditionHash
    ) -> dict[CheckpointId, CheckpointId]:
        """For checkpoints of the edition `at` what they come from in the older edition `to`; those without origin are left out."""
        steps = self.upgrades[self._place(to) : self._place(at)]
        found = {id: id for id in ids}
        for step in reversed(steps):
            sources = sources_in(step)
            found = {
                id: source for id, then in found.items() if (source := sources.get(then, then)) is not None
            }
        return found

    def after(self, id: CheckpointId, *, at: EditionHash, to: EditionHash) -> tuple[CheckpointId, ...]:
        """What a checkpoint of the edition `at` became in the newer edition `to`, as far as the upgrades say; it may be gone there."""
        ids: tuple[CheckpointId, ...] = (id,)
        for step in self.upgrades[self._place(at) : self._place(to)]:
            sources = sources_in(step)
            ids = tuple(
                dict.fromkeys(
                    follower
                    for then in ids
                    for follower in (
                        *(new for new, source in sources.items() if source == then),
                        *((then,) if then not in sources else ()),
                    )
                )
            )
        return ids

    def _place(self, edition: EditionHash) -> int:
        return self.editions.index(edition) if edition in self.editions else len(self.editions) - 1


def sources_in(upgrade: Upgrade) -> Mapping[CheckpointId, CheckpointId | None]:
    """Where the checkpoints named in an upgrade come from; the others go on under their own id."""
    return {carry.checkpoint_id: carry.source for carry in upgrade.carried}


def lineage_of(reader: Reader, engagement_id: EngagementId) -> Lineage:
    """The way of a programme through the editions; one edition while it was never upgraded."""
    upgrades = reader.all(Upgrade, engagement_id=engagement_id)
    if not upgrades:
        return Lineage(editions=(reader.get(Engagement, engagement_id).edition,), upgrades=())
    return Lineage(
        editions=(upgrades[0].from_edition, *(upgrade.to_edition for upgrade in upgrades)), upgrades=upgrades
    )
