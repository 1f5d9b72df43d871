"""The whole way of a finding, from the change log: what happened, when, by whom, with the words and days of that moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.field_titles import field_title
from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply, Sighting
from qma_app.domain.finding_reading import edition_of_finding
from qma_app.domain.ids import CheckpointId, FindingId
from qma_app.domain.people import Person
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import Record
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.domain.wording import (
    effect_title,
    elsewhere_title,
    grade_title,
    outcome_title,
    reply_title,
    verification_title,
)
from qma_app.i18n import _, day_text, exact_number_text
from qma_app.storage.change_log import LogEntry
from qma_app.storage.scopes import ReadingScope

_KINDS: Final = (
    "finding.",
    "cause.",
    "action.",
    "actions.",
    "verification.",
    "evidence.",
    "bin.",
    "undone",
    "redone",
)
_AMOUNTS: Final = frozenset(
    {"cost", "money_low", "money_likely", "money_high", "problem_figure", "goal_figure"}
)
_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "grade": lambda value: grade_title(FindingGrade(value)),
    "outcome": lambda value: outcome_title(Outcome(value)),
    "reply": lambda value: reply_title(Reply(value)),
    "elsewhere": lambda value: elsewhere_title(Elsewhere(value)),
    "effect": lambda value: effect_title(Effect(value)),
}
_TABLES: Final = {
    "findings": Finding,
    "ratings": Rating,
    "sightings": Sighting,
    "causes": Cause,
    "actions": Action,
    "action_links": ActionLink,
    "verifications": Verification,
    "evidence_links": EvidenceLink,
}
_QUIET: Final = frozenset(
    {
        "id",
        "engagement_id",
        "finding_id",
        "action_id",
        "number",
        "raised_by",
        "plan_accepted_by",
        "verified_by",
        "seen_by",
        "owner_id",
        "parent_id",
        "assessment_id",
        "checkpoint_id",
        "evidence_id",
        "verification_id",
        "cause_id",
        "readings",
        "drawn",
        "counted_in",
        "rated_at",
        "rated_by",
        "sample",
        "is_as_last_time",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """One step: `title` says what was done (`Action A-041: done`), `detail` which fields changed to what; `who` is "" if nobody said."""

    seq: int
    at: datetime
    who: str
    title: str
    detail: str


def finding_history(reader: ReadingScope, finding_id: FindingId) -> tuple[HistoryLine, ...]:
    """Every step of a finding, its causes, actions, checks, sightings and evidence, the first one first."""
    finding = reader.find(Finding, finding_id, in_bin=True)
    if finding is None:
        return ()
    told = _Told(reader, finding)
    return tuple(told.lines())


class _Told:
    """Reads the entries about one finding and knows what they speak of."""

    def __init__(self, reader: ReadingScope, finding: Finding) -> None:
        self._reader = reader
        self._finding = finding
        self._records = {record.id: record for record in _cluster(reader, finding)}
        self._people = {person.id: person.name for person in reader.all(Person)}
        self._words: dict[str, Mapping[str, str]] = {}

    def lines(self) -> Iterator[HistoryLine]:
        """One line for each record that an entry changed, in the order of the log."""
        for entry in self._entries():
            for item in json.loads(entry.body)["records"]:
                record = self._records.get(item["id"])
                if record is None or item["type"] not in _TABLES:
                    continue
                detail = "; ".join(self._details(record, item))
                if isinstance(record, Rating) and not detail:
                    continue  # ticks and labels of its sample are no step of the finding
                yield HistoryLine(
                    seq=entry.seq,
                    at=entry.at,
                    who=self._people.get(entry.who, "") if entry.who else "",
                    title=self._title(entry.what, record, item),
                    detail=detail,
                )

    def _entries(self) -> list[LogEntry]:
        """Those about the finding and what belongs to it, and the ratings of its checkpoint that it came from."""
        found = list(self._reader.log_entries_about(self._records, _KINDS))
        rating = _rating_behind(self._reader, self._finding)
        if rating is not None:
            self._records[rating.id] = rating
            found += self._reader.log_entries_about((rating.id,), ("rating.", "undone", "redone"))
        return sorted({entry.seq: entry for entry in found}.values(), key=lambda entry: entry.seq)

    def _title(self, what: str, record: Record, item: Mapping[str, Any]) -> str:
        changed = item["set"]
        subject = self._subject(record)
        if what in ("undone", "redone"):
            return (
                _("{what}: taken back").format(what=subject)
                if what == "undone"
                else _("{what}: done again").format(what=subject)
            )
        if changed.get("deleted_at", [None, None])[1]:
            return _("{what}: removed").format(what=subject)
        step = self._step(record, changed)
        return f"{subject}: {step}" if step else subject

    def _subject(self, record: Record) -> str:
        match record:
            case Finding():
                return record.label
            case Action():
                return _("Action {label}").format(label=record.label)
            case ActionLink():
                action = self._records.get(record.action_id)
                label = action.label if isinstance(action, Action) else "–"
                return _("Action {label} for this finding").format(label=label)
            case Cause():
                return _("Cause")
            case Sighting():
                return _("Seen again")
            case Rating():
                return _("Rating")
            case Verification():
                action = self._records.get(record.action_id or "")
                kind = verification_title(record.kind)
                if isinstance(action, Action):
                    return _("Check of {label}, {kind}").format(label=action.label, kind=kind)
                return _("Check, {kind}").format(kind=kind)
            case _:
                return _("Evidence")

    def _step(self, record: Record, changed: Mapping[str, list[Any]]) -> str:
        """What the change means on the way of the record; "" where it only corrects it."""

        def became(name: str) -> bool:
            return name in changed and changed[name][1] is not None

        def went(name: str) -> bool:
            return name in changed and changed[name][0] is not None and changed[name][1] is None

        is_new = "engagement_id" in changed
        steps: tuple[tuple[bool, str], ...]
        match record:
            case Finding():
                steps = (
                    (is_new, _("raised")),
                    (became("closed_on"), _("closed")),
                    (went("closed_on"), _("reopened")),
                    (became("plan_accepted_on"), _("plan accepted")),
                    (went("plan_accepted_on"), _("plan no longer accepted")),
                    (became("reply"), _("reply of the dealership")),
                )
            case Action():
                steps = (
                    (is_new, _("planned")),
                    (became("dropped_on"), _("given up")),
                    (went("dropped_on"), _("taken up again")),
                    (became("effective_on"), _("effect shown")),
                    (became("standardised_on"), _("written into a document")),
                    ("reopened" in changed, _("no effect, back to plan")),
                    (became("done_on"), _("done")),
                    (became("started_on"), _("started")),
                    (went("done_on") or went("started_on"), _("put back")),
                )
            case Rating():
                steps = ((is_new, ""),)
            case Verification():
                effect = changed.get("effect", [None, None])[1]
                steps = (
                    (effect is not None, effect_title(Effect(effect)) if effect else ""),
                    (is_new, _("planned")),
                    ("drawn" in changed, _("sample drawn")),
                )
            case _:
                steps = ((is_new, _("noted")),)
        return next((words for holds, words in steps if holds), "")

    def _details(self, record: Record, item: Mapping[str, Any]) -> Iterator[str]:
        for name, (_before, after) in item["set"].items():
            if (
                name in _QUIET
                or name == "deleted_at"
                or after in (None, "", "[]")
                or (after == 0 and name not in ("points", "failing"))
            ):
                continue
            yield f"{field_title(type(record), name)}: {self._value(record, name, after)}"

    def _value(self, record: Record, name: str, value: Any) -> str:
        if isinstance(value, str) and value.startswith("#"):
            if record.id not in self._words:
                self._words[record.id] = self._reader.log_words(record.id)
            return self._words[record.id].get(value, _("(erased)"))
        if name.endswith("_on") or name == "planned_for":
            return day_text(date.fromisoformat(value))
        if name in _WORDS:
            return _WORDS[name](value)
        if name in _AMOUNTS:
            return exact_number_text(Decimal(value))
        match name:
            case "category" | "origin" | "from_checkpoint":
                return self._in_edition(name, str(value))
            case "kind" if isinstance(record, Verification):
                return verification_title(VerificationKind(value))
            case "is_changeable" | "is_proposal":
                return _("yes")
            case _:
                return str(value)

    def _in_edition(self, name: str, id: str) -> str:
        """What the edition calls it; the id where it knows it no more."""
        edition = edition_of_finding(self._reader, self._finding)
        if name == "from_checkpoint":
            point = edition.checkpoints.get(CheckpointId(id))
            return point.number if point is not None else id
        named = edition.cause_categories if name == "category" else edition.origins
        return next((str(one.title) for one in named if one.id == id), id)


def _cluster(reader: ReadingScope, finding: Finding) -> Iterable[Record]:
    """The finding and everything that belongs to it, what lies in the bin too."""
    yield finding
    for kind in (Sighting, Cause, ActionLink, Verification, EvidenceLink):
        yield from _both(reader, kind, finding_id=finding.id)
    for action_id in dict.fromkeys(
        link.action_id for link in _both(reader, ActionLink, finding_id=finding.id)
    ):
        action = reader.find(Action, action_id, in_bin=True)
        if action is not None:
            yield action
            yield from _both(reader, Verification, action_id=action_id)
            yield from _both(reader, EvidenceLink, action_id=action_id)


def _rating_behind(reader: ReadingScope, finding: Finding) -> Rating | None:
    if finding.assessment_id is None or finding.checkpoint_id is None:
        return None
    found = reader.all(Rating, assessment_id=finding.assessment_id, checkpoint_id=finding.checkpoint_id)
    return found[0] if found else None


def _both(reader: ReadingScope, kind: type[Any], **equal: object) -> tuple[Any, ...]:
    return reader.all(kind, **equal) + reader.in_bin(kind, **equal)
