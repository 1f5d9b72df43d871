"""Every state and kind of the coaching year has a word of its own, and papers are dated the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest

from qma_app.domain.evidence import EvidenceKind
from qma_app.domain.gate_answers import Tone
from qma_app.domain.ports import LogHead
from qma_app.domain.promise import PromiseState
from qma_app.domain.step_rules.step import StepKind
from qma_app.domain.target import Gain
from qma_app.domain.visit import VisitState
from qma_app.domain.wording import (
    evidence_kind_title,
    gain_title,
    promise_state_title,
    step_kind_title,
    tone_title,
    visit_state_title,
)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (EvidenceKind, evidence_kind_title),
        (Gain, gain_title),
        (PromiseState, promise_state_title),
        (StepKind, step_kind_title),
        (Tone, tone_title),
        (VisitState, visit_state_title),
    ],
)
def test_every_member_has_its_own_word(kind: type[StrEnum], title: Callable[[Any], str]) -> None:
    words = [title(one) for one in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_a_paper_is_dated_by_the_last_change_else_by_the_day_it_all_began() -> None:
    at = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
    head, empty = LogHead(seq=7, hash="ab", at=at), LogHead(seq=0, hash="", at=None)
    began = date(2026, 3, 2)
    assert (head.day, head.changed_at(began)) == (at.astimezone().date(), at)
    assert (empty.day, empty.changed_at(began)) == (None, datetime(2026, 3, 2, tzinfo=UTC))
