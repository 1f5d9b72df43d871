"""Who answers for a process in a dealership, who stands in, and where the process is written down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import EngagementId, PersonId, ProcessId, ProcessOwnerId
from qma_app.domain.record import Record, Typed
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessOwner(Record):
    """One a process and programme; `described_on` is the day the coach saw its description, `described_in` where it is kept."""

    id: ProcessOwnerId
    engagement_id: EngagementId
    process_id: ProcessId
    owner_id: PersonId | None = None
    deputy_id: PersonId | None = None
    described_on: date | None = None
    described_in: Typed = ""

    @property
    def is_complete(self) -> bool:
        """Has an owner and a description."""
        return self.owner_id is not None and self.described_on is not None


def processes_text(numbers: Iterable[str]) -> str:
    """`SRV-01 to SRV-05, SRV-09, SRV-10`: three and more that follow one another are said as one stretch; the order stays."""
    stretches: list[list[str]] = []
    for number in numbers:
        if stretches and _follows(stretches[-1][-1], number):
            stretches[-1].append(number)
        else:
            stretches.append([number])
    said: list[str] = []
    for stretch in stretches:
        is_long = len(stretch) > 2
        said += [_("{first} to {last}").format(first=stretch[0], last=stretch[-1])] if is_long else stretch
    return ", ".join(said)


def _follows(before: str, number: str) -> bool:
    one, other = (re.fullmatch(r"(.*?)(\d{1,9})", words) for words in (before, number))
    return bool(one and other and one[1] == other[1] and int(one[2]) + 1 == int(other[2]))
