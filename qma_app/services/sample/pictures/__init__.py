"""Every picture of the sample by the name its data uses; drawn, not photographed, and the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from qma_app.services.sample.pictures import agreement, house, office, paper, people, stores, workshop
from qma_app.services.sample.pictures.easel import Easel

PICTURES: Final[Mapping[str, Callable[[], Easel]]] = {
    "appraisal-lift": partial(people.appraisal, is_on_lift=True),
    "appraisal-rain": partial(people.appraisal, is_on_lift=False),
    "bay-after": partial(workshop.bay, is_kept=True),
    "bay-before": partial(workshop.bay, is_kept=False),
    "board-kept": partial(office.board, is_kept=True),
    "board-old": partial(office.board, is_kept=False),
    "certificate-framed": agreement.certificate,
    "charter-signed": agreement.charter,
    "control-chart": paper.control_chart,
    "desk-with-card": partial(office.desk, has_card=True),
    "desk-without-card": partial(office.desk, has_card=False),
    "exit-blocked": partial(house.way_out, is_free=False),
    "exit-free": partial(house.way_out, is_free=True),
    "fuel-full": partial(office.fuel_gauge, is_full=True),
    "fuel-low": partial(office.fuel_gauge, is_full=False),
    "high-voltage": workshop.high_voltage,
    "journey-map": paper.journey_map,
    "key-drop": paper.key_drop,
    "keys-locked": partial(house.keys, are_locked=True),
    "keys-open": partial(house.keys, are_locked=False),
    "lift-inspected": partial(workshop.lift, due="07/2026", is_overdue=False),
    "lift-overdue": partial(workshop.lift, due="03/2025", is_overdue=True),
    "order-signed": partial(paper.order, number="56320", is_signed=True),
    "order-unsigned": partial(paper.order, number="48377", is_signed=False),
    "planner": office.planner,
    "practice": people.practice,
    "rack": stores.rack,
    "shelf-labelled": stores.shelf,
    "terminal-locked": partial(workshop.terminal, has_note=False),
    "terminal-note": partial(workshop.terminal, has_note=True),
    "tester-sticker": workshop.tester,
    "wheels-chalk": partial(stores.wheels, is_labelled=False),
    "wheels-labelled": partial(stores.wheels, is_labelled=True),
    "wrench-expired": partial(workshop.wrench, number="TW-04", due="02/2025", is_valid=False),
    "wrench-valid": partial(workshop.wrench, number="TW-04", due="09/2026", is_valid=True),
}
