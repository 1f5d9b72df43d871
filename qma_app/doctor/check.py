"""One thing the doctor looked at, as a plain value for the command line and the window alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How much a finding matters: nothing to do, works with a risk, does not work."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What was looked at, how it stands, what was found, and what to do (empty where nothing is)."""

    name: str
    state: State
    found: str
    advice: str = ""
