"""What the rules say about an audit, each with its numbers, and how far a recommendation or a decision may differ: downwards only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from qma_app.domain.certification import DecisionOutcome
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import Ratings, bounds_of, outcome_of, shown_level
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import Result, RuleAnswer, Verdict
from qma_app.domain.scoring import score
from qma_app.domain.wording import verdict_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _, level_text, number_text

_FROM_THE_BEST: Final = (Verdict.PASS, Verdict.CONDITIONAL, Verdict.FAIL)
_OUTCOMES: Final = {
    DecisionOutcome.GRANTED: Verdict.PASS,
    DecisionOutcome.CONDITIONAL: Verdict.CONDITIONAL,
    DecisionOutcome.REFUSED: Verdict.FAIL,
}


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a recommendation rests on: the audit's own ratings and findings, and the areas it looked at.

    `findings` are those the report carries, without the withdrawn ones; for a follow-up also the majors it came to verify, as they
    stand now.
    """

    edition: Edition
    ratings: Ratings
    applicable: tuple[CheckpointId, ...]
    findings: tuple[Finding, ...]
    scope: tuple[AreaId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleNumbers:
    """One rule with what was reached and what is needed, exact and as people read it.

    `reached` is None where there is no figure yet. `shown` never seems to reach a bound that `reached` does not.
    """

    code: str
    title: str
    holds: bool
    reason: str
    reached: Fraction | None
    needed: Fraction
    shown: str
    shown_needed: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommended:
    """What the rules say: the result, its verdict, and every rule with its numbers."""

    result: Result
    rules: tuple[RuleNumbers, ...]

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict

    @property
    def missed(self) -> tuple[RuleNumbers, ...]:
        """The rules that stand in the way."""
        return tuple(rule for rule in self.rules if not rule.holds)


def recommended(basis: Basis) -> Recommended:
    """What the rules of the edition say about this audit, computed on exact figures."""
    result = score(basis.edition, basis.ratings, basis.applicable, basis.findings, scope=basis.scope)
    return Recommended(result=result, rules=rules_with_numbers(basis, result))


def rules_with_numbers(basis: Basis, result: Result) -> tuple[RuleNumbers, ...]:
    """Every rule in the order people read them, with the numbers behind its answer."""
    figures = _figures(basis, result)
    return tuple(_with_numbers(basis, figures[answer.code], answer) for answer in result.rules)


def looked_again(then: Mapping[CheckpointId, Rating], now: Ratings) -> dict[CheckpointId, Rating]:
    """The ratings a follow-up is judged on: those of the audit it follows, and where points were given again, these."""
    again = {id: one for id, one in now.items() if outcome_of(one) is Outcome.RATED}
    return {**then, **again}


def is_better(one: Verdict, other: Verdict) -> bool:
    """Whether one verdict is better for the dealership than another."""
    return _FROM_THE_BEST.index(one) < _FROM_THE_BEST.index(other)


def verdicts_open(computed: Verdict) -> tuple[Verdict, ...]:
    """What an auditor may recommend where the rules say this: the same or worse, best first."""
    return tuple(one for one in _FROM_THE_BEST if not is_better(one, computed))


def check_recommendation(computed: Verdict, chosen: Verdict, words: str) -> None:
    """RuleBroken where more is recommended than the rules give, or less without words that say why."""
    if is_better(chosen, computed):
        raise RuleBroken(
            _("The rules say “{computed}”; “{chosen}” cannot be recommended.").format(
                computed=verdict_title(computed), chosen=verdict_title(chosen)
            ),
            code="audit.recommendation-better",
            way_out=_("Recommend what the rules say, or less with your reasons."),
            computed=computed.value,
            chosen=chosen.value,
        )
    if chosen is not computed and not words.strip():
        raise RuleBroken(
            _("The rules say “{computed}”; recommending “{chosen}” needs a reason.").format(
                computed=verdict_title(computed), chosen=verdict_title(chosen)
            ),
            code="audit.recommendation-words",
            way_out=_("Write why you recommend less than the rules give."),
            computed=computed.value,
            chosen=chosen.value,
        )


def verdict_behind(outcome: DecisionOutcome) -> Verdict:
    """The least an audit must have recommended for a decision like this."""
    return _OUTCOMES[outcome]


def outcomes_open(recommendation: Verdict) -> tuple[DecisionOutcome, ...]:
    """What may be decided on a recommendation: what it says or less, best first."""
    return tuple(one for one, verdict in _OUTCOMES.items() if not is_better(verdict, recommendation))


def check_outcome(recommendation: Verdict, outcome: DecisionOutcome, words: str) -> None:
    """RuleBroken where more is decided than the signed report recommends, or less without words that say why."""
    verdict = verdict_behind(outcome)
    if is_better(verdict, recommendation):
        raise RuleBroken(
            _("The signed report recommends “{recommended}”; nothing better can be decided.").format(
                recommended=verdict_title(recommendation)
            ),
            code="decision.better",
            way_out=_("Decide what the report recommends, or less with your reasons."),
            recommended=recommendation.value,
            outcome=outcome.value,
        )
    if verdict is not recommendation and not words.strip():
        raise RuleBroken(
            _("The signed report recommends “{recommended}”; deciding less needs a reason.").format(
                recommended=verdict_title(recommendation)
            ),
            code="decision.words",
            way_out=_("Write why less is decided than was recommended."),
            recommended=recommendation.value,
            outcome=outcome.value,
        )


def count_criticals(basis: Basis) -> int:
    """The critical checkpoints that apply in the areas looked at."""
    applying = frozenset(basis.applicable)
    return sum(
        point.is_critical
        and point.id in applying
        and point.area_id in basis.scope
        and outcome_of(basis.ratings.get(point.id)) is not Outcome.NOT_APPLICABLE
        for point in basis.edition.checkpoints.values()
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    title: str
    reached: Fraction | None
    needed: int
    is_level: bool = False


def _figures(basis: Basis, result: Result) -> Mapping[str, _Figures]:
    """What each rule compares, by its code; of the majors their records are exactly what is counted."""
    levels = [area.level for area in result.areas if area.is_rated and area.level is not None]
    rules = basis.edition.rules
    criticals = count_criticals(basis)
    met = criticals - len(result.unmet_criticals) - len(result.open_criticals)
    majors = next((len(answer.records) for answer in result.rules if answer.code == "majors"), 0)
    return {
        "overall": _Figures(_("Overall level"), result.overall, rules.pass_mark, is_level=True),
        "areas-rated": _Figures(_("Areas rated"), Fraction(result.rated_areas), result.counted_areas),
        "area-floor": _Figures(_("Lowest area"), min(levels, default=None), rules.area_floor, is_level=True),
        "criticals": _Figures(_("Critical checkpoints met"), Fraction(met), criticals),
        "majors": _Figures(_("Open majors"), Fraction(majors), 0),
    }


def _with_numbers(basis: Basis, figures: _Figures, answer: RuleAnswer) -> RuleNumbers:
    bounds = bounds_of(basis.edition.rules)
    shown = shown_level(figures.reached, bounds) if figures.is_level else number_text(figures.reached or 0)
    needed = Fraction(figures.needed)
    return RuleNumbers(
        code=answer.code,
        title=figures.title,
        holds=answer.holds,
        reason=answer.reason,
        reached=figures.reached,
        needed=needed,
        shown=shown,
        shown_needed=level_text(needed) if figures.is_level else number_text(needed),
        records=answer.records,
    )
