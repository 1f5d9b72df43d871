"""Numbers people cite: SRV-04.2 is the second checkpoint of the fourth process of the area SRV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qma_app.content.address import place, quoted
from qma_app.content.schema import AREA_CODE, CHECKPOINT_NUMBER, PROCESS_NUMBER
from qma_app.content.written import Written, WrittenCheckpoint, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _


def process_number_begins_with_its_area(standard: WrittenStandard) -> Iterator[Problem]:
    """SRV-04 stands in the area SRV."""
    for process in standard.processes:
        code = process.area.code
        if not AREA_CODE.fullmatch(code) or not PROCESS_NUMBER.fullmatch(process.number):
            continue
        if process.number.split("-")[0] != code:
            yield process.problem(
                "number.area",
                "number",
                _("the process {number} stands in the area {code}").format(
                    number=process.number, code=quoted(code)
                ),
                _("let its number begin with {code}").format(code=quoted(f"{code}-")),
            )


def checkpoint_number_begins_with_its_process(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """SRV-04.2 stands in the process SRV-04."""
    process = checkpoint.process.number
    if not PROCESS_NUMBER.fullmatch(process) or not CHECKPOINT_NUMBER.fullmatch(checkpoint.number):
        return
    if checkpoint.number.split(".")[0] != process:
        yield checkpoint.problem(
            "number.process",
            "number",
            _("the checkpoint {number} stands in the process {process}").format(
                number=checkpoint.number, process=process
            ),
            _("let its number begin with {process}").format(process=quoted(f"{process}.")),
        )


def process_numbers_rise(standard: WrittenStandard) -> Iterator[Problem]:
    """The processes of an area stand in the order of their numbers."""
    for area in standard.areas:
        yield from _rise((one for one in area.processes if PROCESS_NUMBER.fullmatch(one.number)), "-")


def checkpoint_numbers_rise(standard: WrittenStandard) -> Iterator[Problem]:
    """The checkpoints of a process stand in the order of their numbers."""
    for process in standard.processes:
        numbered = (one for one in process.checkpoints if CHECKPOINT_NUMBER.fullmatch(one.number))
        yield from _rise(numbered, ".")


def _rise(numbered: Iterable[Written], sign: str) -> Iterator[Problem]:
    """Each number is used once, and the part behind `sign` grows from line to line; gaps are allowed."""
    seen: dict[str, Written] = {}
    highest = 0
    for written in numbered:
        last = int(written.number.rsplit(sign, 1)[1])
        if other := seen.get(written.number):
            yield written.problem(
                "number.twice",
                "number",
                _("{number} is used here a second time, the first is at {place}").format(
                    number=written.number, place=place(other.file, other.node.line_of("number"))
                ),
                _("give this one the next free number"),
            )
        elif last < highest:
            yield written.problem(
                "number.order",
                "number",
                _("{number} comes after a higher number").format(number=written.number),
                _("move it up, or give it the next free number"),
            )
        seen.setdefault(written.number, written)
        highest = max(highest, last)
