"""Every rule a standard must keep: one small function each, gathered here in two tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from qma_app.content.checks import (
    completeness,
    conditions,
    identity,
    kpis,
    languages,
    numbers,
    programme,
    samples,
    scoring,
    similarity,
    weights,
    wording,
)
from qma_app.content.written import WrittenCheckpoint, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

CheckpointRule = Callable[[WrittenCheckpoint], Iterator[Problem]]
StandardRule = Callable[[WrittenStandard], Iterator[Problem]]

MAX_PROBLEMS = 500
"""Of one rule: nobody reads more in one go, and a hostile standard cannot fill the memory with complaints."""

CHECKPOINT_RULES: tuple[CheckpointRule, ...] = (
    completeness.checkpoint_is_complete,
    conditions.nothing_is_said_twice,
    conditions.condition_can_hold,
    conditions.staff_condition_can_hold,
    numbers.checkpoint_number_begins_with_its_process,
    samples.mentioned_sample_is_there,
    samples.sample_size_is_the_one_mentioned,
    weights.critical_weighs_most,
    weights.impact_is_somewhere,
    wording.statement_can_be_judged,
    wording.actions_are_few,
)
"""Each looks at one checkpoint."""

STANDARD_RULES: tuple[StandardRule, ...] = (
    identity.area_file_bears_its_code,
    identity.areas_differ,
    identity.processes_differ,
    identity.checkpoints_differ,
    identity.named_things_differ,
    identity.features_are_not_negations,
    identity.replaced_checkpoints_are_gone,
    kpis.kpi_files_bear_their_perspective,
    kpis.kpi_codes_fit,
    kpis.named_kpis_are_defined,
    kpis.kpi_areas_exist,
    kpis.kpi_formulas_hold,
    languages.codes_exist,
    languages.translations_are_there,
    numbers.process_number_begins_with_its_area,
    numbers.process_numbers_rise,
    numbers.checkpoint_numbers_rise,
    programme.phases_follow_each_other,
    programme.gates_can_be_computed,
    programme.every_area_is_reported_once,
    scoring.scale_rises_from_nothing_to_ten,
    scoring.points_are_on_the_scale,
    scoring.bounds_fit_together,
    scoring.grades_fit_together,
    scoring.fractions_are_shares,
    scoring.sample_rule_falls,
    scoring.area_weights_name_areas,
    similarity.statements_differ,
    conditions.features_are_known,
    conditions.owners_are_known,
    weights.most_checkpoints_weigh_less,
    wording.statements_are_sentences,
    wording.checkpoint_texts_fit,
    wording.process_texts_fit,
    wording.titles_fit,
)
"""Each looks at the whole standard."""


def find_problems(standard: WrittenStandard) -> Iterator[Problem]:
    """Everything wrong with what a standard says; what is wrong with its form stands elsewhere."""
    for standard_rule in STANDARD_RULES:
        yield from _first(standard_rule(standard))
    for checkpoint_rule in CHECKPOINT_RULES:
        yield from _first(chain.from_iterable(map(checkpoint_rule, standard.checkpoints)))


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    """The first MAX_PROBLEMS of one rule; a last one says that there are more."""
    for count, problem in enumerate(problems):
        if count == MAX_PROBLEMS:
            yield replace(
                problem,
                code="checks.many-problems",
                found=_("from here on there are more problems of a kind told {count} times already").format(
                    count=count
                ),
                advice=_("mend those first, then check again"),
            )
            return
        yield problem
