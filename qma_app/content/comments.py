"""Finds the comments in a YAML file, which the parser passes over and rewriting would lose."""

from __future__ import annotations

from collections.abc import Iterable

from yaml.events import ScalarEvent

MOST = 100
"""So many comments are told; nobody needs the others to know what to do."""


def span_of(event: ScalarEvent, text: str) -> tuple[int, int]:
    """Where a text of the file begins and ends; behind the mark of a text in block form a comment may follow."""
    assert event.start_mark is not None
    assert event.end_mark is not None
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in {"|", ">"}:
        start += len(text[start:end].split("\n", 1)[0])
    return start, end


def comment_lines(text: str, spans: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """The lines with a `#` outside of all `spans`, which must be in order; MOST of them at most."""
    found: list[int] = []
    position = counted = 0
    line = 1
    for start, end in [*spans, (len(text), 0)]:
        while len(found) < MOST and (mark := text.find("#", position, start)) >= 0:
            line += text.count("\n", counted, mark)
            counted = mark
            found.append(line)
            line_end = text.find("\n", mark, start)
            position = start if line_end < 0 else line_end
        position = end
    return tuple(found)
