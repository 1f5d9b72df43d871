"""What tests of the steps after the signature are given: a house to certify, and a way to show a step of it."""

from __future__ import annotations

from collections.abc import Callable

from qma_app.domain.result import Verdict
from tests.services.certified import Certified
from ui.audit.part import AuditPart

Certify = Callable[[Verdict], Certified]
Show = Callable[[type[AuditPart], Certified], AuditPart]
