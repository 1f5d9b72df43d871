"""How the seed of a draw is written for people: short enough for paper, and read back the same."""

from __future__ import annotations

import re
from typing import Final

from qma_app.errors import RuleBroken
from qma_app.i18n import _

LARGEST_SEED: Final = 0xFFFFFF
"""Six digits as they are printed."""
_PRINTED: Final = re.compile(r"([0-9A-F]{4,})-([0-9A-F]{2})")
_LETTERS: Final = re.compile(r"(?=.*[A-F])[0-9A-F]{1,6}")


def seed_text(seed: int) -> str:
    """`7F3A-19`: the seed in hexadecimal digits, with leading zeros, the last two behind a hyphen."""
    digits = f"{seed:06X}"
    return f"{digits[:-2]}-{digits[-2:]}"


def read_seed(text: str) -> int:
    """The seed somebody typed, as it is printed or as a plain number; RuleBroken for anything else."""
    typed = "".join(text.split()).upper().replace("\N{EN DASH}", "-").replace("\N{NON-BREAKING HYPHEN}", "-")
    if printed := _PRINTED.fullmatch(typed):
        seed = int(printed[1] + printed[2], 16)
    elif typed.isascii() and typed.isdecimal():
        seed = int(typed) if len(typed) < 12 else LARGEST_SEED + 1
    elif _LETTERS.fullmatch(typed):
        seed = int(typed, 16)
    else:
        raise RuleBroken(
            _("“{text}” is no seed.").format(text=text.strip()),
            code="sample.seed",
            way_out=_("Write it as it is printed, 7F3A-19, or as a whole number."),
        )
    check_seed(seed)
    return seed


def check_seed(seed: int) -> None:
    """RuleBroken for a seed that could not be printed in six digits."""
    if not 0 <= seed <= LARGEST_SEED:
        raise RuleBroken(
            _("A seed is a number from 0 to {largest}.").format(largest=LARGEST_SEED),
            code="sample.seed",
            way_out=_("Leave it empty, and a fresh one is taken."),
            seed=seed,
        )
