"""Lives what follows from the findings of one house: answers, causes, actions, checks, closing and coming back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from qma_app.domain.action import Action, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.finding_reading import actions_of_finding
from qma_app.domain.finding_state import agreed_actions, is_shown_directly
from qma_app.domain.ids import CauseId, FindingId
from qma_app.domain.people import Role
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.services import actions, causes, findings, readings, reviews, verifying
from qma_app.services.sample.known import Known
from qma_app.services.sample.life import (
    ActionLine,
    AnswerLine,
    CauseLine,
    CheckLine,
    FindingKey,
    ReadingLine,
    SeenAgain,
)
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import House
from qma_app.services.verifying import Target
from qma_app.services.workspace import Workspace

_COUNTED: Final = re.compile(r"\b(\d+) of (\d+)\b")
_FEWEST: Final = 5
"""Of so many records at least one speaks of a sample."""


@dataclass(frozen=True, slots=True)
class Following:
    """What the coach does with the findings of a house from the day they were raised."""

    workspace: Workspace
    house: House
    known: Known

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        life = self.house.life
        for answer in life.answers:
            yield from self._answer_steps(answer)
        for cause in life.causes:
            yield _step(cause.day, Hour.ASK, partial(self._ask, cause))
        for action in life.actions:
            yield from self._action_steps(action)
        for place, check in enumerate(life.checks):
            if check.planned is not None:
                yield _step(check.planned, Hour.AGREE_CHECK, partial(self._agree_check, place, check))
            if check.made is not None:
                yield _step(check.made, Hour.CHECK, partial(self._check, place, check))
        for reading in life.readings:
            for before, day in zip((date.min, *reading.typed), reading.typed, strict=False):
                yield _step(day, Hour.READ, partial(self._read, reading, before, day))
        for line in self.house.findings:
            if line.closed is not None:
                close = partial(self._close, (line.pass_name, line.at), line.closing, line.closed)
                yield _step(line.closed, Hour.CLOSE, close)

    def _answer_steps(self, line: AnswerLine) -> Iterator[Step]:
        yield _step(line.day, Hour.ANSWER, partial(self._answer, line))
        if _is_corrected_later(line):
            yield _step(line.corrected or line.day, Hour.ANSWER, partial(self._correct, line))
        for day in line.accepted:
            accept = partial(self._accept, line.finding, day)
            yield _step(day, Hour.ACCEPT, accept)
        roles = {each.name: each.role for each in self.house.passes}
        for seen in line.again:
            role = roles.get(seen.pass_name, Role.COACH)
            see = partial(self._see_again, line.finding, seen)
            yield Step(day=seen.day, hour=Hour.ANSWER, role=role, do=see)
        if line.closed_again is not None:
            close = partial(self._close, line.finding, line.closing_again, line.closed_again)
            yield _step(line.closed_again, Hour.CLOSE, close)

    def _action_steps(self, line: ActionLine) -> Iterator[Step]:
        yield _step(line.planned, Hour.PLAN, partial(self._plan, line))
        confirmed = _confirmed_later(line)
        if confirmed:
            yield _step(confirmed["money_confirmed_on"], Hour.MOVE, partial(self._confirm, line, confirmed))
        if line.agreed is not None:
            yield _step(line.agreed, Hour.PLAN, partial(self._agree, line))
        if line.anew is not None:
            day, days = line.anew
            yield _step(day, Hour.PLAN, partial(self._set_anew, line, days))
        for stage, day in line.way:
            yield _step(day, Hour.MOVE, partial(self._move, line, stage, day))
        if line.standardised is not None:
            yield _step(line.standardised, Hour.CLOSE, partial(self._standardise, line, line.standardised))
        if line.dropped is not None:
            yield _step(line.dropped, Hour.MOVE, partial(self._drop, line, line.dropped))

    def _answer(self, line: AnswerLine) -> None:
        workspace, finding = self.workspace, self.known.findings[line.finding]
        if line.reply is not None:
            findings.reply_to_finding(
                workspace, finding, reply=line.reply, words=line.words, by=line.by, on=line.day
            )
        is_later = _is_corrected_later(line)
        fields = {
            "correction": "" if is_later else line.correction,
            "corrected_on": None if is_later else line.corrected,
            "elsewhere": line.elsewhere,
            "elsewhere_words": line.elsewhere_words,
            "cost": line.cost,
        }
        said = {name: value for name, value in fields.items() if value not in (None, "")}
        if said:
            findings.change_finding(workspace, finding, **said)

    def _correct(self, line: AnswerLine) -> None:
        findings.change_finding(
            self.workspace,
            self.known.findings[line.finding],
            correction=line.correction,
            corrected_on=line.corrected,
        )

    def _accept(self, finding: FindingKey, day: date) -> None:
        findings.accept_plan(self.workspace, self.known.findings[finding], on=day)

    def _see_again(self, finding: FindingKey, seen: SeenAgain) -> None:
        findings.note_sighting(
            self.workspace,
            self.known.findings[finding],
            words=seen.words,
            place=seen.place,
            seen_on=seen.day,
            assessment_id=self.known.assessments[seen.pass_name] if seen.pass_name else None,
            checkpoint_id=seen.at,
        )
        if seen.due is not None:
            findings.change_finding(self.workspace, self.known.findings[finding], due_on=seen.due)

    def _ask(self, line: CauseLine) -> None:
        """Each why hangs below the last one that is one level less deep."""
        above: list[CauseId] = []
        ids = self.known.causes.setdefault(line.finding, [])
        for why in line.whys:
            del above[why.depth - 1 :]
            made = causes.add_cause(
                self.workspace,
                self.known.findings[line.finding],
                words=why.words,
                parent_id=above[-1] if above else None,
                category=why.category,
                origin=why.origin,
                is_changeable=why.is_changeable,
            ).made(Cause)
            above.append(made.id)
            ids.append(made.id)

    def _plan(self, line: ActionLine) -> None:
        known, later = self.known, _confirmed_later(line)
        fields = {name: value for name, value in line.fields.items() if name not in later}
        if line.counted_in:
            fields["counted_in"] = known.actions[line.counted_in]
        served = [known.findings[each.finding] for each in line.serves]
        if line.name in known.decisions:
            made = reviews.decision_to_action(self.workspace, known.decisions[line.name]).made(Action)
            actions.change_action(self.workspace, made.id, **fields)
            for finding in served:
                actions.link_action(self.workspace, made.id, finding)
        else:
            made = actions.plan_action(
                self.workspace, engagement_id=known.engagement, what=line.what, findings=served, **fields
            ).made(Action)
        known.actions[line.name] = made.id
        for each in line.serves:
            if each.why is not None:
                finding, cause = known.findings[each.finding], known.causes[each.finding][each.why - 1]
                actions.link_action(self.workspace, made.id, finding, cause_id=cause)

    def _agree(self, line: ActionLine) -> None:
        actions.accept_proposal(self.workspace, self.known.actions[line.name])

    def _set_anew(self, line: ActionLine, days: Mapping[str, date]) -> None:
        actions.change_action(self.workspace, self.known.actions[line.name], **days)

    def _confirm(self, line: ActionLine, confirmed: Mapping[str, Any]) -> None:
        actions.change_action(self.workspace, self.known.actions[line.name], **confirmed)

    def _move(self, line: ActionLine, stage: Stage, day: date) -> None:
        actions.move_action(self.workspace, self.known.actions[line.name], stage, on=day)

    def _standardise(self, line: ActionLine, day: date) -> None:
        action = self.known.actions[line.name]
        actions.standardise_action(self.workspace, action, document=line.standardised_in, on=day)

    def _drop(self, line: ActionLine, day: date) -> None:
        action = self.known.actions[line.name]
        actions.drop_action(self.workspace, action, reason=line.dropped_reason, on=day)

    def _read(self, line: ReadingLine, before: date, day: date) -> None:
        """The months that had passed on that day and not on the one before."""
        passed = [one for one in line.months if before <= one.month.plus(1).first_day <= day]
        readings.write_readings(self.workspace, self.known.engagement, line.kpi, passed)

    def _agree_check(self, place: int, line: CheckLine) -> None:
        fields: dict[str, Any] = {
            "kpi": line.kpi,
            "checkpoint_id": line.at,
            "words": line.words if line.made is None else "",
        }
        if line.sample is not None:
            fields |= {"size": line.sample[0], "allowed": line.sample[1]}
        if line.months is not None:
            names = ("before_from", "before_until", "after_from", "after_until")
            fields |= dict(zip(names, line.months, strict=True))
        if line.pass_name:
            fields["assessment_id"] = self.known.assessments[line.pass_name]
        made = verifying.plan_verification(
            self.workspace, self._target(line), kind=line.kind, planned_for=line.planned_for, **fields
        ).made(Verification)
        self.known.checks[place] = made.id
        if line.lots is not None and line.sample is not None:
            population, seed, drawn_of, drawn_by = line.lots
            verifying.draw_sample(
                self.workspace,
                made.id,
                population=population,
                size=line.sample[0],
                seed=seed,
                drawn_of=drawn_of,
                drawn_by=drawn_by,
            )

    def _check(self, place: int, line: CheckLine) -> None:
        said: dict[str, Any] = {
            "effect": line.effect,
            "words": line.words,
            "reason": line.reason,
            "on": line.made,
        }
        said["planned"] = self.known.checks.get(place)
        workspace, target = self.workspace, self._target(line)
        match line.kind:
            case VerificationKind.SAMPLE if line.sample is not None:
                size, allowed, failing = line.sample
                changes = verifying.verify_by_sample(
                    workspace, target, size=size, allowed=allowed, failing=failing or 0, **said
                )
            case VerificationKind.KPI if line.months is not None:
                before, after = line.months[:2], line.months[2:]
                changes = verifying.verify_by_kpi(
                    workspace, target, kpi=line.kpi, before=before, after=after, **said
                )
            case VerificationKind.LOOK:
                changes = verifying.verify_by_look(
                    workspace, target, points=line.points, checkpoint_id=line.at, **said
                )
            case _:
                changes = verifying.verify_by_document(workspace, target, **said)
        if line.action and line.made is not None:
            planned = self.known.checks.get(place)
            self.known.made[line.action, line.made] = planned or changes.made(Verification).id

    def _target(self, line: CheckLine) -> Target:
        if line.finding is not None:
            return Target(finding_id=self.known.findings[line.finding])
        return Target(action_id=self.known.actions[line.action])

    def _close(self, key: FindingKey, note: str, day: date) -> None:
        """A finding without actions is checked itself on the day it is closed, by what its note says was seen."""
        finding = self.known.findings[key]
        with self.workspace.reading() as reader:
            checks = reader.all(Verification, finding_id=finding)
            is_checked = is_shown_directly(checks)
            has_actions = bool(agreed_actions(actions_of_finding(reader, finding)))
        if not has_actions and not is_checked:
            self._see_it_settled(finding, note, day)
        findings.close_finding(self.workspace, finding, note=note, on=day)

    def _see_it_settled(self, finding: FindingId, note: str, day: date) -> None:
        target = Target(finding_id=finding)
        counted = _COUNTED.search(note)
        good, size = (int(counted[1]), int(counted[2])) if counted else (0, 0)
        if size >= _FEWEST and good <= size:
            failing = size - good
            verifying.verify_by_sample(
                self.workspace,
                target,
                size=size,
                allowed=max(failing, 1),
                failing=failing,
                words=note,
                on=day,
            )
        else:
            verifying.verify_by_look(
                self.workspace, target, points=None, effect=Effect.EFFECTIVE, words=note, on=day
            )


def _step(day: date, hour: Hour, do: Any) -> Step:
    return Step(day=day, hour=hour, role=Role.COACH, do=do)


def _is_corrected_later(line: AnswerLine) -> bool:
    """Whether the single case was put right after the day of the answer: it is written down on its own day."""
    return line.corrected is not None and line.corrected > line.day


def _confirmed_later(line: ActionLine) -> dict[str, Any]:
    """Who confirmed the money and when, where that was after the action was planned."""
    day = line.fields.get("money_confirmed_on")
    if day is None or day <= line.planned:
        return {}
    return {
        name: line.fields[name]
        for name in ("money_confirmed_by", "money_confirmed_on")
        if name in line.fields
    }
