"""Handing a programme over to another coach: its history, read by the domain, so that the paper can print it too."""

from __future__ import annotations

from qma_app.domain.handover import (
    HandoverView,
    PhaseLine,
    PromiseLine,
    StoryLine,
    TriedLine,
    WhoLine,
)
from qma_app.domain.handover_reading import handover

__all__ = ["HandoverView", "PhaseLine", "PromiseLine", "StoryLine", "TriedLine", "WhoLine", "handover"]
