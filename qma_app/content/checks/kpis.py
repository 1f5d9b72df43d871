"""KPI definitions, and the checkpoints and areas that name them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath

from qma_app.content.address import did_you_mean, place, quoted
from qma_app.content.written import Written, WrittenStandard
from qma_app.domain.edition_words import KPI_LETTERS
from qma_app.errors import Problem
from qma_app.i18n import _


def kpi_files_bear_their_perspective(standard: WrittenStandard) -> Iterator[Problem]:
    """`customers.yaml` holds the KPIs of customers."""
    for file in standard.kpi_files:
        perspective = file.node.text("perspective")
        if perspective in KPI_LETTERS and perspective != PurePath(file.file).stem:
            yield file.problem(
                "kpi-file.name",
                "perspective",
                _("the perspective {perspective} stands in {file}").format(
                    perspective=quoted(perspective), file=file.file
                ),
                _("call the file {name}, or correct the perspective").format(name=f"{perspective}.yaml"),
            )


def kpi_codes_fit(standard: WrittenStandard) -> Iterator[Problem]:
    """A code begins with the letter of its perspective and is used once."""
    first: dict[str, Written] = {}
    for file in standard.kpi_files:
        letter = KPI_LETTERS.get(file.node.text("perspective"), "")
        for node in file.node.children("kpis"):
            kpi, code = Written(file.file, node), node.text("code")
            if letter and code and not code.startswith(letter):
                yield kpi.problem(
                    "kpi.letter",
                    "code",
                    _("the code {code} does not begin with {letter}").format(
                        code=quoted(code), letter=letter
                    ),
                    _("give it a code of this perspective, or move it to the file of its own"),
                )
            if other := first.get(code):
                yield kpi.problem(
                    "kpi.twice",
                    "code",
                    _("{code} is used here a second time, the first is at {place}").format(
                        code=quoted(code), place=place(other.file, other.node.line_of("code"))
                    ),
                    _("give this one another code"),
                )
            elif code:
                first[code] = kpi


def named_kpis_are_defined(standard: WrittenStandard) -> Iterator[Problem]:
    """A checkpoint names KPIs that the standard defines; a standard without definitions is not asked."""
    known = sorted({kpi.node.text("code") for kpi in standard.kpis})
    if not known:
        return
    for checkpoint in standard.checkpoints:
        for code, line in checkpoint.node.words("kpis"):
            if code not in known:
                yield checkpoint.problem(
                    "kpi.unknown",
                    "kpis",
                    _("the standard has no KPI {code}").format(code=quoted(code)),
                    did_you_mean(code, known),
                    line=line,
                )


def kpi_areas_exist(standard: WrittenStandard) -> Iterator[Problem]:
    """The owner of a KPI is an area of the standard."""
    known = [area.id for area in standard.areas]
    for kpi in standard.kpis:
        area = kpi.node.text("area")
        if area and area not in known:
            yield kpi.problem(
                "kpi.area-unknown",
                "area",
                _("the standard has no area {area}").format(area=quoted(area)),
                did_you_mean(area, known),
            )


def kpi_formulas_hold(standard: WrittenStandard) -> Iterator[Problem]:
    """A ratio has a denominator, a range rises and a band has both ends."""
    for kpi in standard.kpis:
        node = kpi.node
        if node.text("calculation") == "ratio" and "denominator" not in node.key_lines:
            yield kpi.problem(
                "kpi.denominator",
                "calculation",
                _("a ratio has no denominator"),
                _("say what the numerator is divided by, or call it count or median"),
            )
        span = node.child("range")
        low, high = (span.text("from"), span.text("to")) if span else ("", "")
        if span and not low and not high and "note" not in span.key_lines:
            yield kpi.problem(
                "kpi.range-empty",
                "range",
                _("the range has neither end"),
                _("write `from`, `to` or both, or say in `note` what to compare with"),
            )
        if _is_decimal(low) and _is_decimal(high) and Decimal(low) > Decimal(high):
            yield kpi.problem(
                "kpi.range",
                "range",
                _("the range runs from {low} to {high}").format(low=low, high=high),
                _("write the lower bound under `from`"),
            )


def _is_decimal(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()
