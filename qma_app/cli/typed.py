"""Words of a command that must be a day or a language, and how to write them where they are not."""

from __future__ import annotations

import argparse
from datetime import date

from qma_app.i18n import _


def day(text: str) -> date:
    """The day written as `2026-11-21`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day; write it like 2026-11-21").format(text=text)
        ) from None


def spoken(text: str) -> str:
    """The code of a language that is known."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(text)
    except (ValueError, UnknownLocaleError):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a language; write a code such as en or de").format(text=text)
        ) from None
    return text
