"""The next steps of the sample tell their reasons in whole sentences, in each language."""

from __future__ import annotations

from datetime import timedelta

from qma_app.domain.engagement import Engagement
from qma_app.services.sample.light import TAKEN_OVER_ON
from qma_app.storage.scopes import ReadingScope
from tests.whole_sentences import broken_reasons


def test_every_reason_of_all_programmes_is_whole_sentences(reader: ReadingScope) -> None:
    broken = [
        words
        for engagement in reader.all(Engagement)
        for words in broken_reasons(reader, engagement.id, on=TAKEN_OVER_ON)
    ]
    assert not broken, "\n".join(broken)


def test_so_is_every_reason_on_the_way(
    reader: ReadingScope, first: Engagement, second: Engagement, third: Engagement
) -> None:
    days = [TAKEN_OVER_ON + timedelta(days=days) for days in range(-540, 60, 45)]
    broken = [
        words
        for engagement in (first, second, third)
        for day in days
        for words in broken_reasons(reader, engagement.id, on=day)
    ]
    assert not broken, "\n".join(broken)
