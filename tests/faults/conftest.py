"""The same workspaces as the services' tests, on whichever disk a fault needs."""

from __future__ import annotations

from tests.services.conftest import programme, workspace

__all__ = ["programme", "workspace"]
