"""The words by which an action plan workbook is known again, whatever language it is in; nobody sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

FORMAT: Final = "qma-action-plan"
VERSION: Final = 1


class Part(StrEnum):
    """The two sheets that are read back."""

    ACTIONS = "action"
    FINDINGS = "finding"


DEALERSHIP: Final = "dealership"
DEALERSHIP_NAME: Final = "dealership-name"
ENGAGEMENT: Final = "programme"
LANGUAGE: Final = "language"
OWNER: Final = "owner"
SEQ: Final = "log-seq"
HEAD: Final = "log-head"
"""Stand in the first column of the hidden sheet, beside what they name."""

ID: Final = "id"
ROW_VERSION: Final = "version"
NUMBER: Final = "number"
PROGRESS: Final = "progress"
"""Columns that are no field of a record, or not only."""

_MARK: Final = "qma"
_DIGITS: Final = 12


def column_key(part: Part, key: str) -> str:
    """What stands in the hidden first row above a column: `qma:action.due_on`."""
    return f"{_MARK}:{part}.{key}"


def parted(text: str) -> tuple[Part, str] | None:
    """Sheet and key of a text of the hidden first row; None for any other text."""
    mark, colon, rest = text.strip().partition(":")
    part, dot, key = rest.partition(".")
    if mark != _MARK or not colon or not dot or part not in tuple(Part):
        return None
    return Part(part), key


def print_of(id: str, key: str, text: str) -> str:
    """What is kept of a cell that went out, to see later whether somebody wrote in it."""
    content = f"{FORMAT}\0{id}\0{key}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def prints_text(prints: Mapping[str, str]) -> str:
    """The prints of a row as one cell."""
    return ";".join(f"{key}={mark}" for key, mark in prints.items())


def prints_from(text: str) -> dict[str, str]:
    """The prints of a row by key; what is no print is left out."""
    pairs = (pair.partition("=") for pair in text.split(";"))
    return {key: mark for key, equals, mark in pairs if key and equals and len(mark) == _DIGITS}
