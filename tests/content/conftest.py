"""A small standard without mistakes, and a way to write one mistake into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from qma_app.content.loader import check_edition

STANDARD = """\
id: sample
version: "2026.1"
status: draft
title:
  en: Sample Standard
languages:
  - en
scale:
  - points: 0
    title:
      en: not met
  - points: 6
    title:
      en: partly met
  - points: 10
    title:
      en: met
rules:
  pass_mark: 80
  area_floor: 70
  coverage: 2/3
  critical_points: 10
  critical_sample_cap: 6
  conditional_days: 60
  sample:
    - share: 1/1
      points: 10
    - share: 1/2
      points: 6
    - share: 0/1
      points: 0
  grades:
    a_from: 90
    b_from: 80
    a_element_floor: 80
    c_element_floor: 70
    b_critical_points: 6
  area_weights: {}
phases:
  - id: baseline
    title:
      en: Baseline
features:
  - id: service
    title:
      en: Workshop
  - id: body-shop
    title:
      en: Body shop
roles:
  - id: service-manager
    title:
      en: Service manager
cause_categories:
  - id: people
    title:
      en: People
origins:
  - id: employee
    title:
      en: Employee
areas:
  - srv
"""

SRV = """\
id: service
code: SRV
title:
  en: Service
processes:
  - id: repair-order
    number: SRV-01
    title:
      en: Repair order
    purpose:
      en: Customer and house agree on the work before it begins.
    owner: service-manager
    checkpoints:
      - id: price-agreed
        number: SRV-01.1
        weight: 3
        critical: true
        statement:
          en: The price and the time of completion stand on the signed order.
        guidance:
          en: Draw the signed orders of last month from the archive and read price, time and signature. One of the three missing makes the order fail.
        evidence:
          en: Signed repair orders from the archive.
        failure:
          en: Orders are signed before the price is written on them.
        actions:
          - en: Block the printing of an order without a price.
        sample:
          size: 10
          of:
            en: signed repair orders
        impact: {cx: 3, ex: 0, profit: 2}
        clauses:
          - ISO 9001:2015 8.2.3
        kpis:
          - C15
        when:
          - service
          - {staff: ">= 10"}
        replaces: []
      - id: keys-tagged
        number: SRV-01.2
        weight: 1
        critical: false
        statement:
          en: Each key in the cabinet carries a tag with the order number.
        guidance:
          en: Open the key cabinet together with an advisor at any hour of the day. A single key without its tag makes it a six, several keys make it nothing.
        evidence:
          en: Key cabinet at the reception.
        failure:
          en: Keys hang in the cabinet without a tag.
        actions:
          - en: Print the tag together with the order and hang it up at once.
        impact: {cx: 1, ex: 2, profit: 0}
"""


@dataclass(frozen=True)
class StandardFolder:
    """A standard on disk; `write` puts other words in the place of some."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / name if name == "standard.yaml" else self.folder / "areas" / name

    def write(self, name: str, old: str, new: str) -> None:
        """Write `new` where `old` stands first, at the end of a line if it stands there anywhere."""
        text = self.path(name).read_text(encoding="utf-8")
        start = text.find(f"{old}\n") if f"{old}\n" in text else text.index(old)
        self.path(name).write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")

    def add_area(self, name: str, text: str) -> None:
        """Write another area file and list it."""
        self.path(f"{name}.yaml").write_text(text, encoding="utf-8")
        self.write("standard.yaml", "  - srv", f"  - srv\n  - {name}")

    def problems(self) -> list[str]:
        """Each as a coach reads it, warnings marked."""
        return [
            ("warning: " if problem.is_warning else "") + str(problem)
            for problem in check_edition(self.folder)
        ]


@pytest.fixture
def standard(tmp_path: Path) -> StandardFolder:
    """The standard above, without mistakes."""
    folder = tmp_path / "sample" / "2026.1"
    (folder / "areas").mkdir(parents=True)
    (folder / "standard.yaml").write_text(STANDARD, encoding="utf-8")
    (folder / "areas" / "srv.yaml").write_text(SRV, encoding="utf-8")
    return StandardFolder(folder)
