"""Looks at the machine before or after something goes wrong, and says in a coach's words what to do about it."""

from qma_app.doctor.check import Check, State
from qma_app.doctor.examination import examine, table

__all__ = ["Check", "State", "examine", "table"]
