"""The words by which a self-assessment workbook is known again, whatever language it is in; nobody sees them."""

from __future__ import annotations

from typing import Final

FORMAT: Final = "qma-self-assessment"
VERSION: Final = 1

BY: Final = "qma:filled-in-by"
ON: Final = "qma:filled-in-on"
"""Stand in a hidden column beside the two fields of the first sheet."""

ID: Final = "qma:checkpoint"
NUMBER: Final = "qma:number"
RATING: Final = "qma:rating"
COMMENT: Final = "qma:comment"
"""Stand in the hidden first row above the columns that are read."""

DEALERSHIP: Final = "dealership"
ENGAGEMENT: Final = "programme"
EDITION: Final = "edition"
AREA: Final = "area"
CHOICE: Final = "choice"
"""Stand in the first column of the hidden sheet, beside what they name."""
