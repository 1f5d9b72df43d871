"""The inputs of a management review, filled from the data, and what it has to answer."""

from __future__ import annotations

from qma_app.domain.review_inputs import ReviewInput, ReviewOutput, review_inputs, review_outputs

__all__ = ["ReviewInput", "ReviewOutput", "review_inputs", "review_outputs"]
