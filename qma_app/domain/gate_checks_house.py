"""Conditions of gates that the house fulfils: charter, targets, people with time, figures, owners, an accepted plan."""

from __future__ import annotations

from qma_app.domain.gate_answers import Answer, Question, Spots, done_on, share
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.spot import Spot
from qma_app.domain.target import Gain
from qma_app.i18n import _, day_text, percent_text


def charter_signed(ask: Question) -> Answer:
    """The charter bears a day of signature that has come."""
    charter = ask.reading.charter
    spot = ((_("Charter"), Spot(page="journey", view="charter")),)
    return done_on(charter.signed_on if charter else None, ask.reading.on, _("not signed"), spot)


def targets_locked(ask: Question) -> Answer:
    """The targets are locked; until then the figures say for how many of the three gains one is agreed."""
    spot = ((_("Targets"), Spot(page="journey", view="targets")),)
    agreed = len({target.gain for target in ask.reading.targets})
    return done_on(ask.reading.engagement.targets_locked_on, ask.reading.on, share(agreed, len(Gain)), spot)


def quality_officer_named(ask: Question) -> Answer:
    """Somebody is named, and the share of working time is agreed."""
    engagement, spot = ask.reading.engagement, ((_("People"), Spot(page="people")),)
    officer = ask.reading.reader.find(Person, engagement.officer_id) if engagement.officer_id else None
    if officer is None:
        return Answer(holds=False, figures=_("nobody named"), spots=spot)
    if not engagement.officer_percent:
        words = _("{name}, no time agreed").format(name=officer.name)
        return Answer(holds=False, figures=words, spots=spot)
    share_of_time = percent_text(str(engagement.officer_percent))
    words = _("{name}, {share} of the time").format(name=officer.name, share=share_of_time)
    return Answer(holds=True, figures=words, spots=spot)


def kpi_months(ask: Question) -> Answer:
    """So many months of figures lie before the month of the start, for each KPI of a target.

    Without targets the KPI with the most months counts, since nobody said yet which ones matter.
    """
    start, reading = Month.of(ask.reading.engagement.started_on), ask.reading
    wanted = sorted({target.kpi for target in reading.targets})
    months = reading.months_read
    counts = {kpi: sum(month < start for month in months.get(kpi, ())) for kpi in wanted or tuple(months)}
    reached = (min if wanted else max)(counts.values(), default=0)
    short = [kpi for kpi in wanted if counts[kpi] < ask.at_least]
    spots = tuple(
        (_title_of(ask, kpi), Spot(page="findings", view="readings", kpi=kpi)) for kpi in short or wanted[:1]
    )
    spots = spots or ((_("KPI readings"), Spot(page="findings", view="readings")),)
    return Answer(
        holds=reached >= ask.at_least and bool(counts),
        figures=share(min(reached, ask.at_least), ask.at_least),
        spots=spots,
    )


def process_owners_named(ask: Question) -> Answer:
    """Every process with an applicable checkpoint in an area worked on has an owner and a description the coach saw."""
    wanted, described, on = ask.reading.processes, ask.reading.described, ask.reading.on
    missing = [
        one.process for one in wanted if (since := described.get(one.process.id)) is None or since > on
    ]

    def processes_missing() -> Spots:
        return tuple(
            (f"{one.number} {one.title}", Spot(page="people", view="owners", process_id=one.id))
            for one in missing
        )

    return Answer(
        holds=bool(wanted) and not missing,
        figures=share(len(wanted) - len(missing), len(wanted)),
        spots=processes_missing,
    )


def plan_accepted(ask: Question) -> Answer:
    """The principal accepted the plan."""
    accepted_on, spot = ask.reading.engagement.plan_accepted_on, Spot(page="journey", view="plan")
    if accepted_on is not None and accepted_on <= ask.reading.on:
        by = ask.reading.engagement.plan_accepted_by
        words = f"{day_text(accepted_on)}, {by}" if by else day_text(accepted_on)
        return Answer(holds=True, figures=words, spots=((_("Plan"), spot),))
    return Answer(holds=False, figures=_("not yet"), spots=((_("Plan"), spot),))


def _title_of(ask: Question, kpi: str) -> str:
    definition = ask.reading.edition.kpis.get(kpi)
    return f"{kpi} {definition.title}" if definition is not None else kpi
