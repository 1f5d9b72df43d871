"""Ready if audited today; read by the domain, so that papers can print it too."""

from __future__ import annotations

from qma_app.domain.blockers import Blocker
from qma_app.domain.readiness import ReadinessView, readiness

__all__ = ["Blocker", "ReadinessView", "readiness"]
