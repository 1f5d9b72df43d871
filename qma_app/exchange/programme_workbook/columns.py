"""How the fields of records become columns of the programme workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any, Final

from qma_app.domain.field_titles import field_title
from qma_app.domain.record import Record
from qma_app.exchange.workbook.columns import Column
from qma_app.exchange.workbook.file import Value
from qma_app.exchange.workbook.looks import COUNT, NAME, TYPED, Look
from qma_app.i18n import _

FIGURE: Final = Look(align="right", is_wrapped=False)
"""A figure in the unit of its KPI, with the decimals it was typed with."""
_ID_WIDTH: Final = 38


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One sheet of records: what it is called, its columns, its rows."""

    title: str
    columns: list[Column[Any]]
    rows: tuple[Any, ...]


def field(
    kind: type[Record],
    name: str,
    width: float,
    look: Look = TYPED,
    *,
    value: Callable[[Any], Value] | None = None,
    of: Callable[[Any], Any] | None = None,
    is_hidden: bool = False,
) -> Column[Any]:
    """A field under its own title: as it is, or what `value` makes of the row; `of` leads from the row to the record."""

    def plain(row: Any) -> Value:
        return plain_value(getattr(of(row) if of is not None else row, name))

    return Column(
        title=field_title(kind, name), width=width, look=look, value=value or plain, is_hidden=is_hidden
    )


def hidden(title: str, value: Callable[[Any], Value], look: Look = NAME) -> Column[Any]:
    """What only a program wants to know."""
    return Column(title=title, width=_ID_WIDTH, look=look, is_hidden=True, value=value)


def hidden_id(of: Callable[[Any], Any] | None = None) -> Column[Any]:
    """The id of the record of a row."""

    def id_of(row: Any) -> Value:
        record = of(row) if of is not None else row
        return None if record is None else str(record.id)

    return hidden(_("Id"), id_of)


def hidden_count(title: str, value: Callable[[Any], Value]) -> Column[Any]:
    """A number that orders rows."""
    return hidden(title, value, COUNT)


def plain_value(value: Any) -> Value:
    """What a cell can hold of a field: times of day as text, yes and no as words."""
    match value:
        case bool():
            return yes(holds=value)
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            # A cell keeps fifteen digits of a number, and no decimals of our kind.
            return float(value)
    found: Value = value
    return found


def yes(*, holds: bool) -> str:
    """Yes, or nothing."""
    return _("yes") if holds else ""


def answered(answer: bool | None) -> str:
    """An answer that may not have been given."""
    return "" if answer is None else _("yes") if answer else _("no")
