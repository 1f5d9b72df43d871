"""The records of a sample one by one: what was drawn, what came in whose place and why, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.audit import AuditSample, DrawnRecord, Replaced
from qma_app.domain.rating import Rating
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordLine:
    """One record to look at; `instead_of` are those it came in the place of, the first drawn first.

    `conforms` is what was seen: None while it was not looked at.
    """

    number: int
    record: DrawnRecord
    instead_of: tuple[Replaced, ...]
    conforms: bool | None

    @property
    def is_looked_at(self) -> bool:
        return self.conforms is not None

    @property
    def seen_words(self) -> str:
        """What was seen, in a word or two."""
        return {True: _("conforms"), False: _("does not conform"), None: _("not looked at")}[self.conforms]

    @property
    def instead_words(self) -> str:
        """`for 1017: sold to another dealership`; empty for a record drawn first."""
        return "; ".join(
            _("for {record}: {reason}").format(record=one.label, reason=one.reason) for one in self.instead_of
        )


def record_lines(sample: AuditSample, rating: Rating | None) -> tuple[RecordLine, ...]:
    """The records in the order drawn, each with what the rating says of it; of two marks on one label the worse counts."""
    marks: dict[str, bool] = {}
    for seen in rating.sample.records if rating is not None and rating.sample is not None else ():
        if seen.conforms is not None:
            marks[seen.label] = marks.get(seen.label, True) and seen.conforms
    lines = []
    for number, now in enumerate(sample.drawn, 1):
        instead: list[Replaced] = []
        for exchange in sample.replaced:
            if exchange.place == now.place:
                instead.append(exchange)
                now = exchange.by
        lines.append(
            RecordLine(number=number, record=now, instead_of=tuple(instead), conforms=marks.get(now.label))
        )
    return tuple(lines)
