"""Finds what is no whole sentence in the reasons of next steps, in each language the program speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.i18n import LANGUAGES, in_language
from qma_app.services.next_steps import next_steps

_BREAK: Final = re.compile(r"(?<=[.!?…]) ")
_MARKS: Final = (".", "!", "?", "…")


def is_whole(reason: str) -> bool:
    """Whether a text is one or more sentences: each begins with no small letter, and the last one ends with one mark."""
    parts = _BREAK.split(reason)
    is_ended = reason.endswith(_MARKS) and not re.search(r"[.,;:]\.$", reason)
    return is_ended and reason == reason.strip() and not any(part[:1].islower() for part in parts)


def broken_reasons(reader: Reader, engagement_id: EngagementId, *, on: date) -> Iterator[str]:
    """The reasons on a day that are no whole sentences, with their rule, in every language; what was settled today has none."""
    for code, _name in LANGUAGES:
        with in_language(code):
            for step in next_steps(reader, engagement_id, on=on):
                if step.rule and not is_whole(step.reason):
                    yield f"{code} {step.rule}: {step.reason}"
