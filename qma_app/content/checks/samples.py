"""What a text says of drawn records, against the sample that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qma_app.content.written import WrittenCheckpoint
from qma_app.errors import Problem
from qma_app.i18n import _

_NUMBERS = {
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
}
_RECORDS = (
    "actions|appointments|arrivals|bookings|calls|cards|cars|cases|claims|comments|complaints|contracts|customers|"
    "deals|deliveries|devices|documents|employees|entries|estimates|figures|files|forms|handovers|interviews|"
    "invoices|issues|items|jobs|leads|letters|loans|meetings|offers|orders|payments|people|photos|quotations|"
    "receptions|recommendations|records|remarks|repairs|reports|requests|returns|sets|sheets|staff|surveys|targets|"
    "technicians|tickets|tools|transactions|vehicles|visits"
)
_NOT_BETWEEN = (
    "hours?|minutes?|seconds?|days?|weeks?|months?|years?|working|calendar|percent|points?|euros?|"
    "a|an|the|of|per|in|after|before|for|from|to|and|or|than|on|at|with|by|out|no|not"
)
_MENTION = re.compile(
    rf"(?<![\w.,%-])([0-9]{{1,2}}|{'|'.join(_NUMBERS)})\s+"
    rf"(?:(?!(?:{_NOT_BETWEEN})\b)[a-z][a-z-]*\s+){{0,3}}?(?:{_RECORDS})\b",
    re.IGNORECASE,
)
_LEAST = 5
_READ = 2000
"""So much of a text is searched: longer ones are refused for their length anyway."""


def mentioned_sample_is_there(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """Whoever is told to look at ten orders needs ten places to tick."""
    if "sample" in checkpoint.node.entries:
        return
    for key in ("guidance", "evidence"):
        text, line = checkpoint.texts(key).get("en", ("", 0))
        if mentions := _mentions(text):
            yield checkpoint.problem(
                "sample.missing",
                key,
                _("`{key}` speaks of {count} records, but there is no sample").format(
                    key=key, count=mentions[0]
                ),
                _("add `sample:` with `size: {count}` and `of:`").format(count=mentions[0]),
                is_warning=True,
                line=line,
            )
            return


def sample_size_is_the_one_mentioned(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """The text and the sample agree on how many records are drawn."""
    sample = checkpoint.node.child("sample")
    size = sample.whole("size") if sample else None
    if sample is None or size is None:
        return
    text = " ".join(checkpoint.texts(key).get("en", ("", 0))[0] for key in ("guidance", "evidence"))
    mentions = _mentions(text)
    if mentions and size not in mentions:
        yield checkpoint.problem(
            "sample.differs",
            "sample",
            _("the sample has the size {size}, but the text speaks of {count} records").format(
                size=size, count=mentions[0]
            ),
            _("write the same number in both places"),
            is_warning=True,
            line=sample.line_of("size"),
        )


def _mentions(text: str) -> list[int]:
    """The numbers of records a text speaks of, from five on: fewer are examples, not a sample."""
    numbers = (_NUMBERS.get(found[1].lower()) or int(found[1]) for found in _MENTION.finditer(text[:_READ]))
    return [number for number in numbers if number >= _LEAST]
