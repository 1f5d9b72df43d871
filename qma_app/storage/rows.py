"""How each record becomes a row and a row becomes the record again."""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import InvalidOperation
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Any, Generic, get_type_hints

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.cause import Cause
from qma_app.domain.certification import (
    Appeal,
    Certificate,
    CertificationDecision,
    IssuedFile,
    Seal,
    Signer,
)
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay, Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.people import Person, Qualification
from qma_app.domain.plan import GateStatement, PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.rating import Rating
from qma_app.domain.reading import Reading
from qma_app.domain.record import R, Record, utc
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.setting import Setting
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Target
from qma_app.domain.tie import Tie
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.verification import Verification
from qma_app.domain.visit import AgendaItem, Visit, VisitNote
from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage.field_forms import FieldForm, Pack, field_form, storable_value

TABLES: Mapping[type[Record], str] = {
    Dealership: "dealerships",
    Site: "sites",
    Person: "people",
    Qualification: "qualifications",
    Engagement: "engagements",
    Assessment: "assessments",
    Rating: "ratings",
    Finding: "findings",
    Evidence: "evidence",
    EvidenceLink: "evidence_links",
    Setting: "settings",
    Upgrade: "upgrades",
    Sighting: "sightings",
    Cause: "causes",
    Action: "actions",
    ActionLink: "action_links",
    Verification: "verifications",
    Reading: "readings",
    PhotoPair: "photo_pairs",
    ClosingDay: "closing_days",
    Target: "targets",
    Charter: "charters",
    PlannedPhase: "planned_phases",
    PlannedArea: "planned_areas",
    GateStatement: "gate_statements",
    ProcessOwner: "process_owners",
    Visit: "visits",
    AgendaItem: "agenda_items",
    VisitNote: "visit_notes",
    Promise: "promises",
    SponsorCheck: "sponsor_checks",
    ManagementReview: "management_reviews",
    Decision: "decisions",
    StepMark: "step_marks",
    Audit: "audits",
    AuditSlot: "audit_slots",
    AuditSample: "audit_samples",
    AuditLook: "audit_looks",
    Tie: "ties",
    Seal: "seals",
    CertificationDecision: "certification_decisions",
    Appeal: "appeals",
    Certificate: "certificates",
    Signer: "signers",
    IssuedFile: "issued_files",
}
"""The table of each kind; declared in `tables`, which is not imported here because SQLAlchemy would slow every start."""

_BAD_VALUES = (AttributeError, InvalidOperation, LookupError, TypeError, ValueError)
"""What a value that can be none of ours raises when it is read."""
_FORMS: dict[type[Record], RowForm[Any]] = {}


@dataclass(frozen=True, kw_only=True)
class RowForm(Generic[R]):
    """Table, statements and field forms of one kind of record; statements take values in the order of `fields`."""

    kind: type[R]
    name: str
    fields: tuple[FieldForm, ...]
    select: str
    insert: str
    update: str

    def values(self, record: R) -> list[Any]:
        """The row's values in the order of the fields, ready for the driver."""
        row = list(self._attributes(record))
        for place, pack in self._packs:
            if row[place] is not None:
                row[place] = pack(row[place])
        return row

    def record(self, row: tuple[Any, ...]) -> R:
        """The record a row stands for; StorageTrouble where a value in it can be none of ours."""
        values = list(row)
        if len(values) != len(self.fields):
            raise ValueError(f"a row of {self.name} has {len(self.fields)} values, not {len(values)}")
        try:
            for place, unpack in self._unpacks:
                value = values[place]
                if value is not None:
                    values[place] = unpack(value)
        except _BAD_VALUES as error:
            raise _damaged(self.name, row[0]) from error
        return self._made(values)

    def picked(self, names: Sequence[str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Rows of only these fields with their values as a record would hold them; StorageTrouble as for a record."""
        unpacks = [
            (place, unpack) for place, name in enumerate(names) if (unpack := self.column(name).unpack)
        ]
        if not unpacks or not rows:
            return rows
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        try:
            for place, unpack in unpacks:
                column = columns[place]
                if unpack is utc:
                    columns[place] = [None if value is None else utc(value) for value in column]
                    continue
                # The same few months, days and outcomes stand in hundreds of rows; instants differ.
                known = {value: None if value is None else unpack(value) for value in set(column)}
                columns[place] = [known[value] for value in column]
        except _BAD_VALUES as error:
            raise _damaged(self.name, "") from error
        return list(zip(*columns, strict=True))

    def storable(self, record: R, before: R | None = None) -> R:
        """The record with its words as they can be kept: the very same one, unless something in them cannot.

        Words it took over from what is stored, `before`, are not looked at again.
        """
        changed = {}
        for name in self._wordy:
            words = getattr(record, name)
            if words is not getattr(before, name, None):
                kept = storable_value(words)
                if kept is not words:
                    changed[name] = kept
        return replace(record, **changed) if changed else record

    def column(self, name: str) -> FieldForm:
        """The form of one field; KeyError for a name the record does not have."""
        return self._by_name[name]

    def with_version(self, record: R, version: int) -> R:
        """The same record under another version."""
        values = list(self._attributes(record))
        values[self._version] = version
        return self._made(values)

    def _made(self, values: list[Any]) -> R:
        """The record that holds these values, in the order of the fields.

        All fields are there, so no default has to be looked for: filling the slots is twice as quick as calling the class.
        """
        if not self._slots:
            return self.kind(**dict(zip(self._names, values, strict=True)))
        record = object.__new__(self.kind)
        deque(map(operator.call, self._slots, repeat(record), values), 0)
        return record

    # Every edit goes through here several times, so only the fields that need it are touched one by one.

    @cached_property
    def _slots(self) -> tuple[Callable[[R, Any], None], ...]:
        """What fills each slot; empty for a kind that has its own word to say when one is made."""
        if hasattr(self.kind, "__post_init__"):
            return ()
        return tuple(getattr(self.kind, name).__set__ for name in self._names)

    @cached_property
    def _version(self) -> int:
        return self._names.index("version")

    @cached_property
    def _by_name(self) -> Mapping[str, FieldForm]:
        return {field.name: field for field in self.fields}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @cached_property
    def _attributes(self) -> Callable[[R], tuple[Any, ...]]:
        return attrgetter(*self._names)

    @cached_property
    def _wordy(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.holds_words)

    @cached_property
    def _packs(self) -> tuple[tuple[int, Pack], ...]:
        return tuple((place, field.pack) for place, field in enumerate(self.fields) if field.pack)

    @cached_property
    def _unpacks(self) -> tuple[tuple[int, Pack], ...]:
        return tuple((place, field.unpack) for place, field in enumerate(self.fields) if field.unpack)


def _damaged(table: str, id: str) -> StorageTrouble:
    return StorageTrouble(
        _("A record of this workspace is damaged and cannot be read."),
        code="workspace.damaged",
        way_out=_("Restore the newest backup; the damaged files are kept beside it."),
        table=table,
        id=id,
    )


def row_form(kind: type[R]) -> RowForm[R]:
    """The form of a kind; KeyError for a class that is no stored record."""
    known = _FORMS.get(kind)
    if known is None:
        known = _FORMS[kind] = _form_of(kind)
    return known


def _form_of(kind: type[R]) -> RowForm[R]:
    table = TABLES[kind]
    hints = get_type_hints(kind, include_extras=True)
    forms = tuple(field_form(one.name, hints[one.name], one.default) for one in fields(kind))
    names = [form.name for form in forms]
    assignments = ", ".join(f'"{name}" = ?' for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return RowForm(
        kind=kind,
        name=table,
        fields=forms,
        select=f'SELECT {columns} FROM "{table}"',
        insert=f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})',
        update=f'UPDATE "{table}" SET {assignments} WHERE id = ? AND version = ?',
    )
