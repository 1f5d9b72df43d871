"""The points of an agenda with their times, the rule each came from, and the record it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qma_app.domain.promise import Promise
from qma_app.domain.step_rules.titles import rule_title
from qma_app.domain.visit import AgendaItem, Visit
from qma_app.reports.actions.reading import Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemPart:
    """One point: when it begins (minutes after midnight), the sentence of its rule, and the record it is about ("F-014")."""

    item: AgendaItem
    begins: int
    rule: str
    record: str

    @property
    def ends(self) -> int:
        return self.begins + self.item.minutes

    @property
    def title(self) -> str:
        """What is to be done, and the record it is about where the words do not name it themselves."""
        words = self.item.title
        is_named = self.record and re.search(rf"(?<![\w-]){re.escape(self.record)}(?![\w-])", words)
        return " · ".join(filter(None, (words, "" if is_named else self.record)))


def item_parts(programme: Programme, visit: Visit) -> tuple[ItemPart, ...]:
    """The agenda of a visit, each point beginning where the one before ends."""
    items = sorted(programme.reader.all(AgendaItem, visit_id=visit.id), key=_place)
    begins = visit.starts_at.hour * 60 + visit.starts_at.minute
    labels = _labels(programme) if items else {}
    parts = []
    for item in items:
        parts.append(
            ItemPart(
                item=item,
                begins=begins,
                rule=rule_title(item.rule) if item.rule else "",
                record=labels.get(item.step.rpartition(":")[2], ""),
            )
        )
        begins += max(0, item.minutes)
    return tuple(parts)


def _labels(programme: Programme) -> Mapping[str, str]:
    """What the keys of steps may name, as papers call it: findings, actions, promises, and the parts of the standard."""
    edition = programme.edition
    promises = programme.reader.all(Promise, engagement_id=programme.engagement.id)
    return {
        **{area.id: area.code for area in edition.areas},
        **{process.id: process.number for process in edition.processes.values()},
        **{point.id: point.number for point in edition.checkpoints.values()},
        **{one.id: one.label for one in programme.findings},
        **{one.id: one.label for one in programme.actions},
        **{one.id: one.label for one in promises},
    }


def _place(item: AgendaItem) -> tuple[int, str]:
    return item.place, item.id
