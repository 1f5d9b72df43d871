"""The names a house's files may use; one that is not known is noted with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qma_app.content.nodes import MapNode
from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId
from qma_app.services.sample.life import FindingKey
from qma_app.services.sample.sheets import Sheet


@dataclass(slots=True)
class Names:
    """Passes, checkpoints, KPIs and findings with the day they were raised. Each getter answers None or "" for an unknown name."""

    edition: Edition
    passes: Sequence[str]
    raised: Mapping[FindingKey, date]
    findings: Mapping[str, FindingKey] = field(init=False)
    numbers: Mapping[str, CheckpointId] = field(init=False)

    def __post_init__(self) -> None:
        self.findings = {
            f"{name} {self.edition.checkpoint(at).number}": (name, at) for name, at in self.raised
        }
        self.numbers = {each.number: each.id for each in self.edition.checkpoints.values()}

    def finding(self, sheet: Sheet, line: int, name: str) -> FindingKey | None:
        """Nothing is noted where the findings themselves could not be read."""
        if name not in self.findings and self.findings:
            sheet.unknown(line, name, self.findings)
        return self.findings.get(name)

    def pass_name(self, sheet: Sheet, entry: MapNode) -> str:
        """The pass under `pass`."""
        name = entry.text("pass")
        if name and name not in self.passes:
            sheet.unknown(entry.line_of("pass"), name, self.passes)
        return name

    def checkpoint(self, sheet: Sheet, entry: MapNode) -> CheckpointId | None:
        """The checkpoint under `at`."""
        number = entry.text("at")
        if number and number not in self.numbers:
            sheet.unknown(entry.line_of("at"), number, self.numbers)
        return self.numbers.get(number)

    def kpi(self, sheet: Sheet, line: int, code: str) -> str:
        """The code of a KPI of the edition."""
        if code and code not in self.edition.kpis:
            sheet.unknown(line, code, self.edition.kpis)
        return code
