"""Small facts of a workspace: who is working, which dealership was open last."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.ids import SettingId
from qma_app.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting(Record):
    """`id` is the name of the setting (`working.person`), `value` plain text."""

    id: SettingId
    value: str
