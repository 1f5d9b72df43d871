"""The rules a dealership must hold to pass, each answered with its figures and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.finding import Finding
from qma_app.domain.levels import bounds_of, shown_level, sum_of
from qma_app.domain.result import AreaResult, RuleAnswer, Tally, Verdict
from qma_app.i18n import _, level_text, ngettext

NAMES_IN_A_SENTENCE = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """What the rules are judged on.

    `areas` are those in which something applies; `criticals` counts the critical checkpoints that apply, of which `unmet` have
    too few points and `unknown` none at all; `majors` are the open major findings, in the order of their numbers.
    """

    edition: Edition
    areas: tuple[AreaResult, ...]
    overall: Fraction | None
    criticals: int
    unmet: tuple[Checkpoint, ...]
    unknown: tuple[Checkpoint, ...]
    majors: tuple[Finding, ...]

    @property
    def rated(self) -> tuple[AreaResult, ...]:
        return tuple(area for area in self.areas if area.is_rated)

    @property
    def no_level(self) -> str:
        return no_level_sentence(sum_of(area.tally for area in self.areas))

    def title(self, area: AreaResult) -> str:
        return str(self.edition.areas_by_id[area.area_id].title)

    def shown(self, level: Fraction | None) -> str:
        return shown_level(level, bounds_of(self.edition.rules))


def rule_answers(grounds: Grounds) -> tuple[RuleAnswer, ...]:
    """All rules in the order people read them.

    `records` of `overall` are the areas the mean is made of; of every other rule what stands in its way, and so nothing where it
    holds: areas for `areas-rated` and `area-floor`, checkpoints for `criticals`, for `majors` the findings and, of unmet critical
    checkpoints that have no open major finding of their own, the checkpoints.
    """
    return (
        _overall(grounds),
        _areas_rated(grounds),
        _area_floor(grounds),
        _criticals(grounds),
        _majors(grounds),
    )


def no_level_sentence(tally: Tally) -> str:
    """Why there is no overall level: nothing is rated, or too little in every area; for screen and paper alike."""
    if not tally.rated:
        return _("No area is rated yet.")
    return _("No area has enough ratings yet ({rated} of {count}).").format(
        rated=tally.rated, count=tally.applicable
    )


def verdict_of(answers: Sequence[RuleAnswer], *, is_critical_unknown: bool) -> Verdict:
    """Pass when every rule holds; conditional when only majors stand in the way, unmet criticals among them; else fail."""
    missed = {answer.code for answer in answers if not answer.holds}
    if not missed:
        return Verdict.PASS
    if missed <= {"majors", "criticals"} and not is_critical_unknown:
        return Verdict.CONDITIONAL
    return Verdict.FAIL


def _overall(grounds: Grounds) -> RuleAnswer:
    mark = grounds.edition.rules.pass_mark
    if grounds.overall is None:
        return RuleAnswer(code="overall", holds=False, reason=grounds.no_level)
    reason = ngettext(
        "{level} overall; at least {mark} is needed.",
        "{level} overall ({rated} of {count} areas); at least {mark} is needed.",
        len(grounds.areas),
    )
    return RuleAnswer(
        code="overall",
        holds=grounds.overall >= mark,
        reason=reason.format(
            level=grounds.shown(grounds.overall),
            rated=len(grounds.rated),
            count=len(grounds.areas),
            mark=level_text(Fraction(mark)),
        ),
        records=tuple(area.area_id for area in grounds.rated),
    )


def _areas_rated(grounds: Grounds) -> RuleAnswer:
    unrated = [area for area in grounds.areas if not area.is_rated]
    count = len(grounds.areas)
    if not grounds.areas:
        reason = _("No area applies.")
    elif not unrated:
        reason = ngettext("The area is rated.", "All {count} areas are rated.", count).format(count=count)
    else:
        parts = [
            _("{area} ({rated} of {count})").format(
                area=grounds.title(area), rated=area.tally.rated, count=area.tally.applicable
            )
            for area in unrated
        ]
        reason = ngettext(
            "Fewer than {share} of the checkpoints are rated in: {areas}.",
            "{rated} of {count} areas are rated. Fewer than {share} of the checkpoints are rated in: {areas}.",
            count,
        ).format(
            rated=len(grounds.rated), count=count, share=grounds.edition.rules.coverage, areas=_listed(parts)
        )
    return RuleAnswer(
        code="areas-rated",
        holds=bool(grounds.areas) and not unrated,
        reason=reason,
        records=tuple(area.area_id for area in unrated),
    )


def _area_floor(grounds: Grounds) -> RuleAnswer:
    floor = grounds.edition.rules.area_floor
    levels = [(area.level, area) for area in grounds.rated if area.level is not None]
    if not levels:
        return RuleAnswer(code="area-floor", holds=False, reason=grounds.no_level)
    low = [area for level, area in levels if level < floor]
    if low:
        parts = [
            _("{area} {level}").format(area=grounds.title(area), level=grounds.shown(area.level))
            for area in low
        ]
        reason = ngettext(
            "{count} area is below {floor}: {areas}.", "{count} areas are below {floor}: {areas}.", len(low)
        ).format(count=len(low), floor=level_text(Fraction(floor)), areas=_listed(parts))
    else:
        level, lowest = min(levels, key=_level_first)
        reason = _("Every rated area reaches {floor}; the lowest is {area} with {level}.").format(
            floor=level_text(Fraction(floor)), area=grounds.title(lowest), level=grounds.shown(level)
        )
    return RuleAnswer(
        code="area-floor", holds=not low, reason=reason, records=tuple(area.area_id for area in low)
    )


def _level_first(pair: tuple[Fraction, AreaResult]) -> Fraction:
    return pair[0]


def _criticals(grounds: Grounds) -> RuleAnswer:
    unmet, unknown = grounds.unmet, grounds.unknown
    sentences = []
    if unmet:
        sentences.append(
            ngettext(
                "{count} critical checkpoint is below {points} points: {numbers}.",
                "{count} critical checkpoints are below {points} points: {numbers}.",
                len(unmet),
            ).format(
                count=len(unmet),
                points=grounds.edition.rules.critical_points,
                numbers=_listed(_numbers(unmet)),
            )
        )
    if unknown:
        sentences.append(
            ngettext(
                "{count} critical checkpoint has no points yet: {numbers}.",
                "{count} critical checkpoints have no points yet: {numbers}.",
                len(unknown),
            ).format(count=len(unknown), numbers=_listed(_numbers(unknown)))
        )
    if not grounds.criticals:
        sentences.append(_("No critical checkpoint applies."))
    elif not sentences:
        sentences.append(
            ngettext(
                "The critical checkpoint is met.",
                "All {count} critical checkpoints are met.",
                grounds.criticals,
            ).format(count=grounds.criticals)
        )
    return RuleAnswer(
        code="criticals",
        holds=not unmet and not unknown,
        reason=" ".join(sentences),
        records=tuple(point.id for point in (*unmet, *unknown)),
    )


def _majors(grounds: Grounds) -> RuleAnswer:
    """An unmet critical is a major of its own, unless an open major finding says the same."""
    known = {finding.checkpoint_id for finding in grounds.majors}
    implied = [point for point in grounds.unmet if point.id not in known]
    count = len(grounds.majors) + len(implied)
    if not count:
        return RuleAnswer(code="majors", holds=True, reason=_("No major finding is open."))
    names = [finding.label for finding in grounds.majors]
    names += [_("{number} (critical)").format(number=point.number) for point in implied]
    return RuleAnswer(
        code="majors",
        holds=False,
        reason=ngettext("{count} major is open: {names}.", "{count} majors are open: {names}.", count).format(
            count=count, names=_listed(names)
        ),
        records=(*(finding.id for finding in grounds.majors), *(point.id for point in implied)),
    )


def _numbers(checkpoints: Sequence[Checkpoint]) -> list[str]:
    return [point.number for point in checkpoints]


def _listed(names: Sequence[str]) -> str:
    """The names in one line; a long list is cut, since all of them stand in the records."""
    if len(names) <= NAMES_IN_A_SENTENCE:
        return ", ".join(names)
    shown = ", ".join(names[:NAMES_IN_A_SENTENCE])
    return _("{names} and {count} more").format(names=shown, count=len(names) - NAMES_IN_A_SENTENCE)
