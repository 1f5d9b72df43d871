"""The SEQUENCE of calendar entries, read from the change log: it rises with each change and with each backup put back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from qma_app.domain.record import Record
from qma_app.storage.change_log import LogEntry
from qma_app.storage.scopes import ReadingScope

_SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2085, 1, 1, tzinfo=UTC)
"""Seconds from one to the other fit into the whole numbers calendars know; a clock outside tells nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SequenceNumbers:
    """Each entry of the log has a number, that of its second or one more than the entry before: `by_record` is that of a record's last change.

    A count of versions falls back with a backup that is put back, and another calendar then takes what comes for older than
    what it has. So nothing lies below `least`, the entry that put the last backup back: that one stands above all it left behind.
    """

    by_record: Mapping[str, int]
    least: int = 0

    def of(self, *records: Record) -> int:
        """The number of an entry that takes its words and days from these."""
        return max(self.least, *(self.by_record.get(record.id, 0) for record in records))


def sequence_numbers(reader: ReadingScope) -> SequenceNumbers:
    """The numbers as the log stands; the same log gives the same ones."""
    by_record: dict[str, int] = {}
    number = least = 0
    for entry in reader.log_entries():
        number = max(number + 1, _second(entry.at))
        told = _told(entry)
        if entry.what == "workspace.restored":
            least = number = number + _lost(told)
        for item in told.get("records", ()):
            by_record[item["id"]] = number
    return SequenceNumbers(by_record=by_record, least=least)


def _second(at: datetime) -> int:
    return int((at - _SINCE).total_seconds()) if _SINCE <= at < _LAST else 0


def _told(entry: LogEntry) -> Mapping[str, Any]:
    """What an entry says; nothing where it was damaged, which `qma verify` names."""
    try:
        told = json.loads(entry.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _lost(told: Mapping[str, Any]) -> int:
    """How many entries the backup left behind, as far as it was known."""
    lost = str(told.get("what", {}).get("lost", ""))
    return int(lost) if lost.isdecimal() else 0
