"""Checkpoints that stand as met although something speaks against it since then; read by the domain, so that papers can print it too."""

from __future__ import annotations

from qma_app.domain.green import GreenLine, green_on_paper

__all__ = ["GreenLine", "green_on_paper"]
