"""Other people's checklists in: each format a module, each seen by its content, all of them named here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qma_app.i18n import _

if TYPE_CHECKING:
    from qma_app.domain.edition import Edition
    from qma_app.errors import Problem
    from qma_app.exchange.importing.ledger import ImportLedger
    from qma_app.exchange.importing.mapping import Mapping
    from qma_app.exchange.importing.reading import OutsideFile
    from qma_app.exchange.importing.tables import FirstLook


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What the caller wants of the new standard: its names, and the edition that lends scale, rules, phases and roles."""

    base: Edition
    title: str
    standard_id: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """The draft of an edition, what became of every cell, and what a person should look at."""

    edition: Edition
    ledger: ImportLedger
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportKind:
    """One format: `recognise` says by content whether a file is of it, `read` makes a draft of it or raises QmaError."""

    key: str
    title: Callable[[], str]
    suffixes: tuple[str, ...]
    recognise: Callable[[FirstLook], bool]
    read: Callable[[OutsideFile, FirstLook, Mapping | None, Wish], Imported]
    is_mapped: bool = False


def _is_library(look: FirstLook) -> bool:
    from qma_app.exchange.importing.ciso_library import recognise

    return recognise(look)


def _read_library(file: OutsideFile, look: FirstLook, _mapping: Mapping | None, wish: Wish) -> Imported:
    from qma_app.exchange.importing.ciso_library import read

    return read(file, look, wish)


def _is_framework(look: FirstLook) -> bool:
    from qma_app.exchange.importing.ciso_workbook import recognise

    return recognise(look)


def _read_framework(file: OutsideFile, look: FirstLook, _mapping: Mapping | None, wish: Wish) -> Imported:
    from qma_app.exchange.importing.ciso_workbook import read

    return read(file, look, wish)


def _is_form(look: FirstLook) -> bool:
    from qma_app.exchange.importing.xlsform import recognise

    return recognise(look)


def _read_form(file: OutsideFile, look: FirstLook, _mapping: Mapping | None, wish: Wish) -> Imported:
    from qma_app.exchange.importing.xlsform import read

    return read(file, look, wish)


def _is_list(look: FirstLook) -> bool:
    return look.form in ("xlsx", "csv")


def _read_list(file: OutsideFile, look: FirstLook, mapping: Mapping | None, wish: Wish) -> Imported:
    from qma_app.exchange.importing.lists import read

    return read(file, look, mapping, wish)


IMPORTS = (
    ImportKind(
        key="ciso-library",
        title=lambda: _("CISO Assistant library (YAML)"),
        suffixes=(".yaml", ".yml"),
        recognise=_is_library,
        read=_read_library,
    ),
    ImportKind(
        key="ciso-workbook",
        title=lambda: _("CISO Assistant framework workbook (v2)"),
        suffixes=(".xlsx",),
        recognise=_is_framework,
        read=_read_framework,
    ),
    ImportKind(
        key="xlsform",
        title=lambda: _("XLSForm"),
        suffixes=(".xlsx",),
        recognise=_is_form,
        read=_read_form,
    ),
    ImportKind(
        key="list",
        title=lambda: _("Excel or CSV list"),
        suffixes=(".xlsx", ".xlsm", ".csv", ".txt"),
        recognise=_is_list,
        read=_read_list,
        is_mapped=True,
    ),
)
"""Every format that is read, the most particular first; a new one is a module and an entry here."""
