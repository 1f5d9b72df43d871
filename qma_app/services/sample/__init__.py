"""The sample: two invented dealerships to look at and to try things on, made through the same use cases as real work."""

from __future__ import annotations

from qma_app.services.sample.making import make_sample

__all__ = ["make_sample"]
