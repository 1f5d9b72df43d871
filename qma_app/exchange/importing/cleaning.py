"""The one visible rule by which texts from outside are cleaned."""

from __future__ import annotations

import re
from typing import Final

from qma_app.domain.plain_text import composed, storable
from qma_app.i18n import _

_SPACES: Final = re.compile(r"\s+")
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_TAG: Final = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|p|br|h[1-6]|a|sub|sup|small|div)\b[^<>]{0,300}>", re.IGNORECASE
)


def cleaned(text: str) -> str:
    """One line in NFC, without markup for looks, invisible characters, and spaces at the ends or in a row."""
    if not text.isascii():
        text = composed(storable(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = _SPACES.sub(" ", text)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def how_cleaned(before: str, after: str) -> str:
    """What cleaning did to a text; empty where the words stayed as they were."""
    if before.strip() == after:
        return ""
    if _TAG.search(before):
        return _("markup left out")
    if "\n" in before.strip() or "\r" in before.strip():
        return _("line breaks became spaces")
    return _("spaces or invisible characters put right")
