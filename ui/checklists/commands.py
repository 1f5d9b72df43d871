"""What the command palette offers on the Checklists screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from qma_app.i18n import _
from ui.checklists.card import CardContext
from ui.checklists.keys import Verb, key_lines
from ui.shortcuts import Command


def rating_commands(context: CardContext, rate: Callable[[int], object]) -> tuple[Command, ...]:
    """One for each step of the scale."""
    return tuple(
        Command(
            title=_("Rate {points}: {word}").format(points=points, word=context.words.step(points)),
            run=partial(rate, points),
            keys=str(place),
        )
        for place, points in enumerate(context.steps, 1)
    )


def verb_commands(
    acts: Mapping[Verb, Callable[[], object]], *, is_audit: bool = False
) -> tuple[Command, ...]:
    """One for each verb that has an act."""
    return tuple(
        Command(title=line.title, run=acts[line.verb], keys=line.keys.split(", ")[0], icon=line.icon)
        for line in key_lines(is_audit=is_audit)
        if line.verb in acts
    )


def assessment_commands(deeds: Sequence[tuple[str, str, Callable[[], object]]]) -> tuple[Command, ...]:
    """One for each thing that can be done with the assessment now: icon, title, act."""
    return tuple(Command(title=title, run=act, icon=picture) for picture, title, act in deeds)
