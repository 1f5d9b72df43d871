"""The words a keeper can choose from: a hidden sheet holds the lists, drop-downs on the other sheets point to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from qma_app.design import RAMP
from qma_app.domain.edition import Edition
from qma_app.exchange.standard_workbook.columns import LISTS, Column
from qma_app.exchange.standard_workbook.lines import area_labels, labels
from qma_app.exchange.standard_workbook.words import words_of
from qma_app.exchange.workbook.file import Layout, Value, WorkbookFile
from qma_app.exchange.workbook.looks import HEADER, NAME
from qma_app.i18n import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_ROW: Final = 3
"""Of the records: the keys and the titles stand above."""
_ROOM: Final = 300
"""So many rows below the last one have drop-downs too, for what a keeper adds."""
_OPEN: Final = ("owner", "area")
"""Lists that a keeper may go beyond: a role added on the other sheet is not in them yet."""
_MISSING: Final = RAMP[2].removeprefix("#")

Choices = Mapping[str, tuple[Value, ...]]


def choices_of(edition: Edition) -> Choices:
    """Every list of words, by its name."""
    fixed = (
        "kind",
        "standard-kind",
        "critical",
        "perspective",
        "calculation",
        "unit",
        "direction",
        "rhythm",
        "check",
    )
    return {
        **{name: tuple(words_of(name).values()) for name in fixed},
        "weight": (1, 2, 3),
        "impact": (0, 1, 2, 3),
        "owner": tuple(labels(edition.roles).values()),
        "area": tuple(area_labels(edition).values()),
    }


def write_choices(book: WorkbookFile, title: str, choices: Choices) -> None:
    """The hidden sheet: a list in each column."""
    layout = Layout(widths=[24] * len(choices), finish=_hide)
    with book.sheet(title, layout) as sheet:
        sheet.row(LISTS, *list(choices)[1:], look=HEADER)
        for place in range(max(map(len, choices.values()))):
            sheet.row(
                *(words[place] if place < len(words) else None for words in choices.values()), look=NAME
            )


def add_choices(
    sheet: Worksheet, columns: Sequence[Column], choices: Choices, lists_title: str, rows: int
) -> None:
    """Drop-downs down to some rows below the last, the guard of the ids, and the tint of missing translations."""
    last = rows + _ROOM
    guard = DataValidation(type="custom", formula1="FALSE", allow_blank=True, showErrorMessage=True)
    guard.errorTitle = _("Id")
    guard.error = _("The program keeps this id. Leave it empty in a new row.")
    guard.add(f"A{FIRST_ROW}:A{last}")
    sheet.data_validations.append(guard)
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        if column.choice:
            add_choice(sheet, column.choice, choices, lists_title, [f"{letter}{FIRST_ROW}:{letter}{last}"])
        elif column.key == "size":
            size = DataValidation(
                type="whole", operator="between", formula1="5", formula2="60", allow_blank=True
            )
            size.showErrorMessage = True
            size.error = _("Write a whole number from 5 to 60, or leave the cell empty.")
            size.add(f"{letter}{FIRST_ROW}:{letter}{last}")
            sheet.data_validations.append(size)
    _tint_missing(sheet, columns, last)


def add_choice(
    sheet: Worksheet, name: str, choices: Choices, lists_title: str, places: Iterable[str]
) -> None:
    """A drop-down with one of the lists in the places named."""
    letter = get_column_letter(list(choices).index(name) + 1)
    source = f"{quote_sheetname(lists_title)}!${letter}$2:${letter}${len(choices[name]) + 1}"
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    choice.errorStyle = "warning" if name in _OPEN else "stop"
    choice.error = _("Choose one of the words of the list.")
    for place in places:
        choice.add(place)
    sheet.data_validations.append(choice)


def _tint_missing(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    """A translation is tinted as long as it is empty and the text in the base language is not."""
    places = {column.key: get_column_letter(number) for number, column in enumerate(columns, 1)}
    fill = PatternFill(fill_type="solid", start_color=_MISSING, end_color=_MISSING)
    for column in columns:
        if column.base:
            here, base = places[column.key], places[column.base]
            formula = f"AND(LEN(${base}{FIRST_ROW})>0,LEN(${here}{FIRST_ROW})=0)"
            tint = Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill))
            sheet.conditional_formatting.add(f"{here}{FIRST_ROW}:{here}{last}", tint)


def _hide(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
