"""The top of an action plan: how many, how late, what it is worth, and which causes stand behind the findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.charts.ageing import AgePart, AgeRow, ageing_bars
from qma_app.charts.pareto import ParetoBar, pareto_chart
from qma_app.design import LIGHT
from qma_app.domain.ageing import AgeBand, Ageing
from qma_app.domain.finding import FindingGrade
from qma_app.domain.pareto import CauseCounts, Pareto
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, ngettext, number_text, percent_text
from qma_app.reports.actions.blocks import figures_row, label_above
from qma_app.reports.actions.values import PlanSheet, Totals
from qma_app.reports.actions.words import money_sentences, money_text
from qma_app.reports.blocks import Block, Chart, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import QUIET
from qma_app.reports.tables import side_by_side
from qma_app.reports.wording import GRADE_COLOURS

_HALF: Final = (CONTENT_WIDTH - 24) / 2
_FEW_BARS: Final = 5


def add_summary(kit: Kit, sheet: PlanSheet) -> None:
    """Figures, money, causes and ageing; the last two not on a personal sheet."""
    kit.flow.add(figures_row(kit, _figures(sheet)), before=4)
    kit.quiet(_findings_sentence(sheet.totals))
    if sheet.totals.money.counted:
        _add_money(kit, sheet.totals)
    if sheet.causes is not None and sheet.causes.findings:
        _add_causes(kit, sheet.causes)
    if sheet.ageing is not None and sheet.totals.findings_open:
        _add_ageing(kit, sheet.ageing)


def _figures(sheet: PlanSheet) -> list[tuple[str, str, str]]:
    totals = sheet.totals
    figures = [
        (str(totals.open), LIGHT.text, ngettext("open action", "open actions", totals.open)),
        (str(totals.overdue), LIGHT.bad if totals.overdue else LIGHT.text, _("overdue")),
        (
            str(totals.to_verify),
            LIGHT.accent if totals.to_verify else LIGHT.text,
            _("done, effect to verify"),
        ),
        (str(totals.settled), LIGHT.ok if totals.settled else LIGHT.text, _("effect shown")),
    ]
    if not sheet.is_personal:
        days = "–" if totals.median_days is None else number_text(totals.median_days)
        figures.append((days, LIGHT.text, _("days until half of the findings are closed")))
    return figures


def _findings_sentence(totals: Totals) -> str:
    said = ngettext("{count} finding is open.", "{count} findings are open.", totals.findings_open)
    sentence = said.format(count=totals.findings_open)
    if totals.findings_overdue:
        late = ngettext(
            "{count} of them is overdue.", "{count} of them are overdue.", totals.findings_overdue
        )
        sentence += " " + late.format(count=totals.findings_overdue)
    return sentence


def _add_money(kit: Kit, totals: Totals) -> None:
    money = totals.money
    kit.minor_heading(_("What it should bring in a year"), before=16)
    figures = [
        (money_text(money.low), LIGHT.text, _("low")),
        (money_text(money.likely), LIGHT.text, _("likely")),
        (money_text(money.high), LIGHT.text, _("high")),
    ]
    kit.flow.add(figures_row(kit, figures), before=2, keeps=True)
    kit.quiet(" ".join(money_sentences(money)))


def _add_causes(kit: Kit, causes: CauseCounts) -> None:
    kit.minor_heading(_("Causes behind the open findings"), before=18)
    charts = [
        (counted, title)
        for counted, title in (
            (causes.by_count, _("By number of findings")),
            (causes.by_cost, _("By cost a year")),
        )
        if counted.bars
    ]
    # Names of categories are long: only a few of them can be read in half the width.
    is_wide = len(charts) == 1 or any(len(counted.bars) > _FEW_BARS for counted, _title in charts)
    width = CONTENT_WIDTH * 0.86 if is_wide else _HALF
    blocks = [_chart(kit, causes, counted, title, width) for counted, title in charts]
    if is_wide:
        for block in blocks:
            kit.flow.add(block, before=6, keeps=True)
    elif blocks:
        kit.flow.add(side_by_side(blocks, (_HALF, _HALF)), before=4, keeps=True)
    kit.quiet(" ".join(cause_sentences(causes)))


def cause_sentences(causes: CauseCounts) -> Iterator[str]:
    """What the charts count, and where they should not be trusted."""
    yield ngettext(
        "Root causes of {count} open finding by category; dark bars are the vital few, up to 80 percent.",
        "Root causes of {count} open findings by category; dark bars are the vital few, up to 80 percent.",
        causes.findings,
    ).format(count=causes.findings)
    if causes.without_cause:
        yield ngettext(
            "{count} has no root cause with a category yet and is not in the charts.",
            "{count} have no root cause with a category yet and are not in the charts.",
            causes.without_cause,
        ).format(count=causes.without_cause)
    if causes.by_count.is_other_large or causes.by_cost.is_other_large:
        yield _(
            "“{other}” stands for more than 15 percent: name these causes, they hide what to mend."
        ).format(other=causes.other)
    if causes.do_disagree:
        yield _("What is frequent is not what is dear: look at both before choosing.")


def _chart(kit: Kit, causes: CauseCounts, counted: Pareto, title: str, width: float) -> Block:
    bars = [
        ParetoBar(
            label=bar.label,
            value=bar.value,
            figure=number_text(bar.value),
            cumulative=bar.cumulative,
            percent=percent_text(number_text(bar.cumulative * 100)),
            is_vital=bar.is_vital,
            is_other=bar.label == causes.other,
        )
        for bar in counted.bars
    ]
    mark = percent_text("80")
    drawing = pareto_chart(
        bars,
        width=width,
        height=124 if width > _HALF else 150,
        mark_label=_("Dashed: {mark} of all").format(mark=mark),
    )
    return label_above(kit, title, Chart(kit.setter, drawing))


def _add_ageing(kit: Kit, found: Ageing) -> None:
    kit.minor_heading(_("How long they have been open"), before=18)
    rows = [AgeRow(label=band_title(band), parts=_parts(band)) for band in found.bands]
    blocks: list[Block] = [Chart(kit.setter, ageing_bars(rows, width=CONTENT_WIDTH * 0.7))]
    if found.undated:
        words = ngettext(
            "For {count} nobody noted when it was seen.",
            "For {count} nobody noted when they were seen.",
            found.undated,
        )
        blocks += [Gap(2), kit.words(words.format(count=found.undated), QUIET)]
    kit.flow.add(Stack(blocks), before=4)


def band_title(band: AgeBand) -> str:
    """`31 to 60 days`"""
    if band.last is None:
        return _("more than {days} days").format(days=band.first - 1)
    return _("{first} to {last} days").format(first=band.first, last=band.last)


def _parts(band: AgeBand) -> tuple[AgePart, ...]:
    return tuple(
        AgePart(name=grade_title(grade), count=band.by_grade.get(grade, 0), colour=GRADE_COLOURS[grade])
        for grade in FindingGrade
    )
