"""Reads the findings and actions of a programme once, and puts together what papers say of each action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Checkpoint, KpiDefinition
from qma_app.domain.effect import Change, compare_readings, is_share
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.finding_state import action_is_overdue, wants_check
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import ActionId, AssessmentId, CheckpointId, EngagementId, FindingId, PersonId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.priority import action_order, heavy_actions, priority_of
from qma_app.domain.standing import place_of_finding
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.reports.actions.values import ActionPart, CheckPart, Frame, ServedFinding
from qma_app.reports.paper import EvidenceEntry

Files = Mapping[str, tuple[EvidenceEntry, ...]]
"""What is known to hang on an action or a check, by its id."""
NO_FILES: Final[Files] = {}


class Programme:
    """The findings, actions and checks of one programme."""

    def __init__(
        self, reader: Reader, engagement_id: EngagementId, *, on: date, is_sample: bool = False
    ) -> None:
        self.reader = reader
        self.engagement = reader.get(Engagement, engagement_id)
        self.edition = reader.edition(self.engagement.edition)
        self.on = on
        self._is_sample = is_sample
        mine = {"engagement_id": engagement_id}
        self.findings = tuple(sorted(reader.all(Finding, **mine), key=_number))
        self.actions = tuple(sorted(reader.all(Action, **mine), key=_number))
        self._findings = {finding.id: finding for finding in self.findings}
        self._actions = {action.id: action for action in self.actions}
        self.links = tuple(
            link
            for link in reader.all(ActionLink)
            if link.action_id in self._actions and link.finding_id in self._findings
        )
        self._links: dict[ActionId, list[ActionLink]] = defaultdict(list)
        for link in self.links:
            self._links[link.action_id].append(link)
        self._checks: dict[str, list[Verification]] = defaultdict(list)
        for check in sorted(reader.all(Verification, **mine), key=_when):
            self._checks[check.action_id or check.finding_id or ""].append(check)
        self._names: dict[PersonId, str] = {}
        self._places: dict[tuple[CheckpointId | None, AssessmentId | None], Checkpoint | None] = {}

    @cached_property
    def frame(self) -> Frame:
        """The programme and the moment."""
        head = self.reader.log_head()
        dealership = self.reader.get(Dealership, self.engagement.dealership_id)
        coach = self.engagement.coach_id
        return Frame(
            dealership=dealership,
            engagement=self.engagement,
            edition=self.edition,
            coach=self.reader.find(Person, coach, in_bin=True) if coach else None,
            on=self.on,
            log_head=head,
            shown_at=head.changed_at(self.engagement.started_on),
            is_sample=dealership.is_sample or self._is_sample,
        )

    @cached_property
    def causes(self) -> Mapping[FindingId, tuple[Cause, ...]]:
        """The causes of each finding that has any."""
        found: dict[FindingId, list[Cause]] = defaultdict(list)
        for cause in self.reader.all(Cause, engagement_id=self.engagement.id):
            found[cause.finding_id].append(cause)
        return {id: tuple(causes) for id, causes in found.items()}

    @cached_property
    def heavy(self) -> frozenset[ActionId]:
        return heavy_actions(self.actions, self.links, self.findings, self.edition)

    @cached_property
    def all_parts(self) -> tuple[ActionPart, ...]:
        """Every action, proposals and dropped ones too, those that matter most first."""
        return self.parts(self.actions)

    def actions_of(self, finding: Finding) -> tuple[Action, ...]:
        """The actions that serve a finding, by number."""
        ids = {link.action_id for link in self.links if link.finding_id == finding.id}
        return tuple(action for action in self.actions if action.id in ids)

    def checks_of(self, id: str) -> tuple[Verification, ...]:
        """The checks of an action or of a finding itself, in the order of their days."""
        return tuple(self._checks.get(id, ()))

    def parts(self, actions: Iterable[Action], files: Files = NO_FILES) -> tuple[ActionPart, ...]:
        """What papers say of these, those that matter most first, settled ones last."""
        ordered = action_order(actions, self.heavy)
        ordered = (
            *(one for one in ordered if one.effective_on is None),
            *(one for one in ordered if one.effective_on),
        )
        return tuple(self.part(action, files) for action in ordered)

    def part(self, action: Action, files: Files = NO_FILES) -> ActionPart:
        """One action with everything it stands in."""
        served = self._served(action)
        own_area = self.area_of(action.from_checkpoint)
        area = next((each.area for each in served if each.area), own_area)
        name = self.owner_name(action)
        held = self._actions.get(action.counted_in) if action.counted_in else None
        return ActionPart(
            action=action,
            owner=name,
            owner_key=owner_key(name),
            area=area,
            served=served,
            checks=tuple(self.check(one, files) for one in self.checks_of(action.id)),
            priority=priority_of(action),
            is_heavy=action.id in self.heavy,
            is_overdue=action_is_overdue(action, self.on),
            wants_check=wants_check(action, self.on),
            counted_in=held.label if held else "",
            from_checkpoint=self.checkpoint(action.from_checkpoint),
            kpi=self.kpi(action.kpi),
            evidence=files.get(action.id, ()),
        )

    def check(self, check: Verification, files: Files = NO_FILES) -> CheckPart:
        """One check with what its figures say."""
        kpi = self.kpi(check.kpi)
        return CheckPart(
            verification=check,
            who=self.name(check.verified_by),
            checkpoint=self.checkpoint(check.checkpoint_id),
            assessment=self.assessment_name(check.assessment_id),
            kpi=kpi,
            change=_change_of(check, kpi),
            evidence=files.get(check.id, ()),
        )

    def owner_name(self, action: Action) -> str:
        """The owner as the house knows the person, else as written."""
        return (self.name(action.owner_id) or action.owner).strip()

    def owners(self) -> tuple[str, ...]:
        """Everybody who owns an action, or a finding that wants work, each once, by name."""
        return _by_name((*map(self.owner_name, self.actions), *_owners_of_findings(self.findings)))

    def name(self, id: PersonId | None) -> str:
        """The name of a person, "" for nobody."""
        if id is None:
            return ""
        if id not in self._names:
            person = self.reader.find(Person, id, in_bin=True)
            self._names[id] = person.name if person else ""
        return self._names[id]

    def kpi(self, code: str) -> KpiDefinition | None:
        return self.edition.kpis.get(code) if code else None

    def checkpoint(self, id: CheckpointId | None) -> Checkpoint | None:
        """A checkpoint of the edition in force."""
        return self.edition.checkpoints.get(id) if id else None

    def place(self, finding: Finding) -> Checkpoint | None:
        """The checkpoint of a finding in the words of its time."""
        key = (finding.checkpoint_id, finding.assessment_id)
        if key not in self._places:
            found = place_of_finding(self.reader, finding)
            self._places[key] = found[1] if found else None
        return self._places[key]

    def area_of(self, id: CheckpointId | None) -> Area | None:
        """The area a checkpoint belongs to, None where the edition in force has none of that name."""
        return next((area for area in self.edition.areas if id and area.id == id.split(".", 1)[0]), None)

    def assessment_name(self, id: AssessmentId | None) -> str:
        """`A5 Audit`, "" for none."""
        found = self.reader.find(Assessment, id, in_bin=True) if id else None
        if found is None:
            return ""
        return _("{number} {title}").format(
            number=f"A{found.number}", title=assessment_label(self.engagement, found)
        )

    def _served(self, action: Action) -> tuple[ServedFinding, ...]:
        causes: dict[FindingId, list[Cause]] = {}
        for link in self._links.get(action.id, ()):
            known = causes.setdefault(link.finding_id, [])
            known += [cause for cause in self.causes.get(link.finding_id, ()) if cause.id == link.cause_id]
        findings = sorted((self._findings[id] for id in causes), key=_number)
        return tuple(
            ServedFinding(
                finding=finding,
                checkpoint=self.place(finding),
                area=self.area_of(finding.checkpoint_id),
                causes=tuple({cause.id: cause for cause in causes[finding.id]}.values()),
            )
            for finding in findings
        )


def owners_of(reader: Reader, actions: Iterable[Action], findings: Iterable[Finding]) -> tuple[str, ...]:
    """The owners of these, each once, by name."""
    names = {person.id: person.name for person in reader.all(Person)}
    owners = [names.get(one.owner_id, one.owner) if one.owner_id else one.owner for one in actions]
    return _by_name((*owners, *_owners_of_findings(findings)))


def _owners_of_findings(findings: Iterable[Finding]) -> list[str]:
    return [finding.owner for finding in findings if finding.wants_work]


def _by_name(names: Sequence[str]) -> tuple[str, ...]:
    by_key = {owner_key(name): name.strip() for name in reversed(names) if name.strip()}
    return tuple(by_key[key] for key in sorted(by_key))


def owner_key(name: str) -> str:
    """The same for the same person, however the name was typed."""
    return " ".join(name.split()).casefold()


def _change_of(check: Verification, kpi: KpiDefinition | None) -> Change | None:
    """What the figures kept with a check say; None for a check without them."""
    before = _span(check.before_from, check.before_until)
    after = _span(check.after_from, check.after_until)
    if check.kind is not VerificationKind.KPI or kpi is None or not check.readings or not (before and after):
        return None
    try:
        return compare_readings(check.readings, before, after, is_share=is_share(kpi))
    except RuleBroken:
        return None


def _span(first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    return (first, last) if first and last else None


def _number(record: Finding | Action) -> tuple[int, str]:
    return record.number, record.id


def _when(check: Verification) -> tuple[date, str]:
    return check.verified_on or check.planned_for or date.max, check.id
