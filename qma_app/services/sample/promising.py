"""Keeps what was promised in one house, who stood behind the programme, and what its management reviews decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from qma_app.domain.ids import PromiseId, ReviewId
from qma_app.domain.people import Role
from qma_app.domain.promise import Promise
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.visit import Participant
from qma_app.services import promises, reviews
from qma_app.services.sample.known import Known
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import House
from qma_app.services.sample.year import PromiseLine, ReviewLine, SponsorLine
from qma_app.services.sponsoring import write_sponsor_check
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Promising:
    """Promises, sponsor checks and reviews of a house."""

    workspace: Workspace
    house: House
    known: Known

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        for line in self.house.year.promises:
            yield from self._promise_steps(line)
        for check in self.house.year.sponsor:
            yield _step(check.day, Hour.SHOW, partial(self._check_sponsor, check))
        for review in self.house.year.reviews:
            ids: list[ReviewId] = []
            yield _step(review.planned, Hour.AGREE, partial(self._plan_review, review, ids))
            if review.held is not None:
                yield _step(review.held, Hour.REVIEW, partial(self._hold_review, review, ids))

    def _promise_steps(self, line: PromiseLine) -> Iterator[Step]:
        ids: list[PromiseId] = []
        start = self.house.started
        hour = Hour.AGREE if line.on_charter else Hour.SHOW
        yield _step(max(line.made, start), hour, partial(self._make, line, ids))
        settled = line.kept or line.broken
        if settled is not None:
            yield _step(settled, Hour.CLOSE, partial(self._settle, line, ids))

    def _make(self, line: PromiseLine, ids: list[PromiseId]) -> None:
        made = promises.make_promise(
            self.workspace,
            self.known.engagement,
            what=line.what,
            who=line.who,
            due_on=line.due,
            made_on=line.made,
            is_coachs=line.is_coachs,
            visit_id=None if line.on_charter else self.known.visits.get(line.made),
            charter_id=self.known.charter if line.on_charter else None,
        )
        ids.append(made.made(Promise).id)

    def _settle(self, line: PromiseLine, ids: list[PromiseId]) -> None:
        if line.kept is not None:
            promises.keep_promise(self.workspace, ids[0], on=line.kept, outcome=line.outcome)
        else:
            promises.break_promise(self.workspace, ids[0], on=line.broken, outcome=line.outcome)

    def _check_sponsor(self, line: SponsorLine) -> None:
        write_sponsor_check(
            self.workspace,
            self.known.engagement,
            line.quarter,
            on=line.day,
            words=line.words,
            **line.answers,
        )

    def _plan_review(self, line: ReviewLine, ids: list[ReviewId]) -> None:
        made = reviews.plan_review(self.workspace, self.known.engagement, planned_on=line.due)
        ids.append(made.made(ManagementReview).id)

    def _hold_review(self, line: ReviewLine, ids: list[ReviewId]) -> None:
        reviews.hold_review(
            self.workspace,
            ids[0],
            on=line.held or line.due,
            led_by=line.led_by,
            participants=[
                Participant(
                    name=one.name,
                    function=one.function or self.house.people.get(one.name, ""),
                    person_id=self.known.people.get(one.name, ""),
                    at_opening=one.at_opening,
                    at_closing=one.at_closing,
                )
                for one in line.present
            ],
            remarks=[ReviewRemark(input=code, words=words) for code, words in line.remarks.items()],
            conclusion=line.conclusion,
        )
        actions = {each.name: each for each in self.house.life.actions}
        for decision in line.decisions:
            words, owner, due = decision.words, decision.owner, decision.due
            if decision.action:
                action = actions[decision.action]
                words, owner = action.what, str(action.fields.get("owner", ""))
                due = action.fields.get("due_on")
            made = reviews.decide(self.workspace, ids[0], words=words, owner=owner, due_on=due).made(Decision)
            if decision.action:
                self.known.decisions[decision.action] = made.id


def _step(day: date, hour: Hour, do: Callable[[], object]) -> Step:
    return Step(day=day, hour=hour, role=Role.COACH, do=do)
