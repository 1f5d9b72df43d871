"""Reads everything an action plan workbook shows through a reader, each kind of record once, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.finding_state import state_of
from qma_app.domain.ids import (
    ActionId,
    AssessmentId,
    CheckpointId,
    EngagementId,
    EvidenceId,
    FindingId,
)
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading
from qma_app.domain.standing import place_of_finding
from qma_app.domain.verification import Verification
from qma_app.errors import NotFound
from qma_app.exchange.action_workbook.plan import (
    OWNER_MARK,
    ActionBook,
    ActionLine,
    CauseLine,
    EvidenceLine,
    FindingLine,
    PairLine,
    Scope,
)
from qma_app.exchange.importing.names import plain
from qma_app.i18n import _


def collect(reader: Reader, engagement_id: EngagementId, of: str | None = None) -> ActionBook:
    """The plan of a programme in the language in force; `of` is an area (`SRV`) or an owner (`owner:Ada Sample`)."""
    return _Gathering(reader, engagement_id).book(of)


def owners_of(reader: Reader, engagement_id: EngagementId) -> tuple[str, ...]:
    """Everybody who owns an action or a finding, each name once, in the order of the alphabet."""
    owners = [one.owner for one in reader.all(Action, engagement_id=engagement_id)]
    owners += [one.owner for one in reader.all(Finding, engagement_id=engagement_id)]
    names: dict[str, str] = {}
    for owner in owners:
        if owner.strip():
            names.setdefault(plain(owner), " ".join(owner.split()))
    return tuple(sorted(names.values(), key=str.casefold))


class _Gathering:
    """Reads each kind of record once, whatever their number."""

    def __init__(self, reader: Reader, engagement_id: EngagementId) -> None:
        self.reader = reader
        self.engagement = reader.get(Engagement, engagement_id)
        self.edition = reader.edition(self.engagement.edition)
        self.dealership = reader.get(Dealership, self.engagement.dealership_id)
        mine = {"engagement_id": engagement_id}
        self.actions = {one.id: one for one in sorted(reader.all(Action, **mine), key=lambda one: one.number)}
        self.findings = {
            one.id: one for one in sorted(reader.all(Finding, **mine), key=lambda one: one.number)
        }
        self.causes = reader.all(Cause, **mine)
        self.verifications = reader.all(Verification, **mine)
        self.numbers = {one.id: one.number for one in reader.all(Assessment, **mine)}
        self.people = {one.id: one.name for one in reader.all(Person)}
        self.evidence = {one.id: one for one in reader.all(Evidence, **mine)}
        self._serving: defaultdict[ActionId, list[ActionLink]] = defaultdict(list)
        self._served: defaultdict[FindingId, list[ActionLink]] = defaultdict(list)
        for link in reader.all(ActionLink):
            if link.action_id in self.actions and link.finding_id in self.findings:
                self._serving[link.action_id].append(link)
                self._served[link.finding_id].append(link)
        self._places: dict[tuple[CheckpointId, AssessmentId | None], tuple[str, Area | None]] = {}

    def book(self, of: str | None) -> ActionBook:
        scope = self._scope(of)
        actions, findings = self._shown(scope)
        checks = tuple(
            one
            for one in self.verifications
            if (one.action_id in actions if one.action_id else one.finding_id in findings)
        )
        kpis = {one.kpi for one in checks} | {self.actions[id].kpi for id in actions}
        mine = {"engagement_id": self.engagement.id}
        return ActionBook(
            dealership=self.dealership,
            engagement=self.engagement,
            edition=self.edition,
            scope=scope,
            actions=tuple(self._action_line(self.actions[id], findings, checks) for id in actions),
            findings=tuple(self._finding_line(self.findings[id], actions) for id in findings),
            causes=tuple(self._cause_lines(findings)),
            verifications=checks,
            readings=tuple(
                one for one in self.reader.all(Reading, **mine) if scope.is_whole or one.kpi in kpis
            ),
            sightings=tuple(one for one in self.reader.all(Sighting, **mine) if one.finding_id in findings),
            evidence=tuple(self._evidence_lines(actions, findings, {one.id for one in checks})),
            pairs=tuple(
                self._pair_line(one)
                for one in self.reader.all(PhotoPair, **mine)
                if one.finding_id in findings or (scope.is_whole and one.finding_id is None)
            ),
            labels=self._labels(),
            people=self.people,
            numbers=self.numbers,
            owners=self._owners(),
            head=self.reader.log_head(),
        )

    def _scope(self, of: str | None) -> Scope:
        wanted = (of or "").strip()
        if not wanted:
            return Scope()
        if wanted.casefold().startswith(OWNER_MARK):
            name = wanted[len(OWNER_MARK) :].strip()
            owners = owners_of(self.reader, self.engagement.id)
            found = next((owner for owner in owners if plain(owner) == plain(name)), None)
            if found is None:
                raise NotFound(
                    _("Nobody called “{name}” owns an action or a finding.").format(name=name),
                    code="actions.owner-unknown",
                    way_out=_("Choose one of: {owners}.").format(owners=", ".join(owners) or "–"),
                    name=name,
                )
            return Scope(owner=found)
        key = wanted.casefold()
        for area in self.edition.areas:
            if key in (area.code.casefold(), area.id.casefold(), str(area.title).casefold()):
                return Scope(area=area)
        codes = ", ".join(area.code for area in self.edition.areas)
        raise NotFound(
            _("{edition} has no area “{name}”.").format(edition=self.edition.label, name=wanted),
            code="area.unknown",
            way_out=_("Choose one of: {codes}, or “{mark}” and a name.").format(codes=codes, mark=OWNER_MARK),
            name=wanted,
        )

    def _shown(self, scope: Scope) -> tuple[dict[ActionId, None], dict[FindingId, None]]:
        """The actions and findings of the scope, in their order."""
        if scope.is_whole:
            return dict.fromkeys(self.actions), dict.fromkeys(self.findings)
        if scope.area is not None:
            own = {id for id, one in self.findings.items() if self._area_of(one) is scope.area}
            actions = {
                id
                for id, one in self.actions.items()
                if any(link.finding_id in own for link in self._serving[id])
                or (not self._serving[id] and (one.from_checkpoint or "").partition(".")[0] == scope.area.id)
            }
        else:
            name = plain(scope.owner)
            actions = {id for id, one in self.actions.items() if plain(one.owner) == name}
            own = {id for id, one in self.findings.items() if plain(one.owner) == name}
            own |= {link.finding_id for id in actions for link in self._serving[id]}
        return (
            {id: None for id in self.actions if id in actions},
            {id: None for id in self.findings if id in own},
        )

    def _action_line(
        self, action: Action, findings: Mapping[FindingId, None], checks: tuple[Verification, ...]
    ) -> ActionLine:
        links = [link for link in self._serving[action.id] if link.finding_id in findings]
        words = {cause.id: cause.words for cause in self.causes}
        other = self.actions.get(action.counted_in) if action.counted_in else None
        kpi = self.edition.kpis.get(action.kpi)
        return ActionLine(
            action=action,
            person=self.people.get(action.owner_id, "") if action.owner_id else "",
            checkpoint=self._checkpoint(action.from_checkpoint),
            kpi=f"{kpi.code} {kpi.title}" if kpi else action.kpi,
            counted_in=other.label if other else action.counted_in or "",
            findings=tuple(
                self.findings[id] for id in sorted({link.finding_id for link in links}, key=self._number)
            ),
            causes=tuple(
                f"{self.findings[link.finding_id].label}: {words.get(link.cause_id, '')}"
                for link in links
                if link.cause_id
            ),
            checks=tuple(one for one in checks if one.action_id == action.id),
        )

    def _finding_line(self, finding: Finding, actions: Mapping[ActionId, None]) -> FindingLine:
        serving = [self.actions[link.action_id] for link in self._served[finding.id]]
        direct = [one for one in self.verifications if one.finding_id == finding.id]
        return FindingLine(
            finding=finding,
            state=state_of(finding, serving, direct),
            checkpoint=self._place(finding)[0],
            assessment=self.numbers.get(finding.assessment_id) if finding.assessment_id else None,
            raised_by=self.people.get(finding.raised_by, finding.raised_by) if finding.raised_by else "",
            accepted_by=self.people.get(finding.plan_accepted_by, finding.plan_accepted_by)
            if finding.plan_accepted_by
            else "",
            actions=tuple(sorted((one for one in serving if one.id in actions), key=lambda one: one.number)),
        )

    def _cause_lines(self, findings: Mapping[FindingId, None]) -> list[CauseLine]:
        categories = {one.id: str(one.title) for one in self.edition.cause_categories}
        origins = {one.id: str(one.title) for one in self.edition.origins}
        below: defaultdict[tuple[FindingId, str | None], list[Cause]] = defaultdict(list)
        known = {cause.id for cause in self.causes}
        for cause in self.causes:
            parent = cause.parent_id if cause.parent_id in known else None
            below[cause.finding_id, parent].append(cause)
        lines: list[CauseLine] = []

        def walk(finding: Finding, parent: str | None, before: str) -> None:
            children = sorted(below.pop((finding.id, parent), ()), key=lambda one: one.place)
            for place, cause in enumerate(children, 1):
                outline = f"{before}{place}"
                lines.append(
                    CauseLine(
                        cause=cause,
                        finding=finding,
                        outline=outline,
                        category=categories.get(cause.category, cause.category),
                        origin=origins.get(cause.origin, cause.origin),
                    )
                )
                walk(finding, cause.id, f"{outline}.")

        for id in findings:
            walk(self.findings[id], None, "")
        return lines

    def _evidence_lines(
        self, actions: Mapping[ActionId, None], findings: Mapping[FindingId, None], checks: set[str]
    ) -> list[EvidenceLine]:
        uses: defaultdict[EvidenceId, list[str]] = defaultdict(list)
        labels = self._labels()
        for link in self.reader.all(EvidenceLink):
            if link.evidence_id not in self.evidence:
                continue
            if link.finding_id in findings:
                uses[link.evidence_id].append(labels[str(link.finding_id)])
            elif link.action_id in actions:
                uses[link.evidence_id].append(labels[str(link.action_id)])
            elif link.verification_id in checks:
                uses[link.evidence_id].append(_("a check"))
        return [
            EvidenceLine(
                evidence=item,
                uses=tuple(dict.fromkeys(uses[id])),
                taken_in_by=self.people.get(item.taken_in_by, item.taken_in_by) if item.taken_in_by else "",
                revises=self._evidence_name(item.revision_of),
            )
            for id, item in self.evidence.items()
            if id in uses
        ]

    def _pair_line(self, pair: PhotoPair) -> PairLine:
        return PairLine(
            pair=pair,
            before=self._evidence_name(pair.before_id),
            after=self._evidence_name(pair.after_id),
            finding=self.findings[pair.finding_id].label if pair.finding_id in self.findings else "",
        )

    def _evidence_name(self, id: EvidenceId | None) -> str:
        if id is None:
            return ""
        return self.evidence[id].name if id in self.evidence else id

    def _labels(self) -> dict[str, str]:
        labels: dict[str, str] = {id: one.label for id, one in self.findings.items()}
        labels.update({id: one.label for id, one in self.actions.items()})
        labels.update({id: one.number for id, one in self.edition.checkpoints.items()})
        return labels

    def _owners(self) -> tuple[str, ...]:
        house = [
            one.name for one in self.reader.all(Person, dealership_id=self.dealership.id) if one.name.strip()
        ]
        known = {plain(name): name for name in house}
        for owner in owners_of(self.reader, self.engagement.id):
            known.setdefault(plain(owner), owner)
        return tuple(known.values())

    def _area_of(self, finding: Finding) -> Area | None:
        return self._place(finding)[1]

    def _place(self, finding: Finding) -> tuple[str, Area | None]:
        """Number of the checkpoint and area in the edition in force."""
        if finding.checkpoint_id is None:
            return "", None
        key = (finding.checkpoint_id, finding.assessment_id)
        if key not in self._places:
            place = place_of_finding(self.reader, finding)
            number = place[1].number if place else finding.checkpoint_id
            area_id = finding.checkpoint_id.partition(".")[0]
            area = next((one for one in self.edition.areas if one.id == area_id), None)
            self._places[key] = (number, area)
        return self._places[key]

    def _checkpoint(self, id: CheckpointId | None) -> str:
        point = self.edition.checkpoints.get(id) if id else None
        return point.number if point else id or ""

    def _number(self, id: FindingId) -> int:
        return self.findings[id].number
