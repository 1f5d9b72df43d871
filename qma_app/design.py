"""Colours, sizes and steps as plain values, so that screen and paper cannot drift apart."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

APP_NAME = "QMA Coach"


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """The colour tokens of one appearance, as `#rrggbb`."""

    bg: str
    surface: str
    raised: str
    line: str
    sidebar: str
    sidebar_text: str
    sidebar_selected: str
    control_edge: str
    text: str
    muted: str
    accent: str
    focus: str
    on_accent: str
    ok: str
    warn: str
    bad: str


LIGHT = Palette(
    bg="#F4F6F8",
    surface="#FFFFFF",
    raised="#EAEEF2",
    line="#DDE3E9",
    sidebar="#13202C",
    sidebar_text="#C6D2DC",
    sidebar_selected="#22384A",
    control_edge="#7B8794",
    text="#1B2733",
    muted="#56636F",
    accent="#1F5FA8",
    focus="#1F5FA8",
    on_accent="#FFFFFF",
    ok="#1F6F50",
    warn="#8A5A00",
    bad="#A8321F",
)

DARK = Palette(
    bg="#14191F",
    surface="#1C232B",
    raised="#27303A",
    line="#3A4551",
    sidebar="#0F151B",
    sidebar_text="#C6D2DC",
    sidebar_selected="#22384A",
    control_edge="#7C8996",
    text="#E6EBF0",
    muted="#A3AFBB",
    accent="#7DB3F0",
    focus="#9CC6F7",
    on_accent="#0F1A26",
    ok="#6CC9A1",
    warn="#E3B04B",
    bad="#F08C78",
)

RAMP = ("#B3402E", "#D9825B", "#EBC48A", "#DCE3C4", "#9CC7B0", "#4C9A83", "#1F6F64")
NOT_RATED = "#CBD3DB"
SPACE = (4, 8, 12, 16, 24, 32)
RADIUS_SMALL, RADIUS_CARD = 4, 6
SIZE_SMALL, SIZE_BODY, SIZE_LEAD, SIZE_TITLE, SIZE_FIGURE = 12, 13, 15, 20, 28
MINIMUM_WINDOW = (1024, 640)
FOLD_INSPECTOR_BELOW, FOLD_SIDEBAR_BELOW = 1200, 1100


def level_colour(level: Fraction | None, *, floor: int, pass_mark: int) -> str:
    """The ramp's colour for a level in percent; the grey of "not rated" for None."""
    if level is None:
        return NOT_RATED
    for limit, colour in zip((40, 50, 60, floor, pass_mark, 90), RAMP, strict=False):
        if level < limit:
            return colour
    return RAMP[6]


def points_colour(points: int | None, steps: tuple[int, ...] = (0, 4, 6, 8, 10)) -> str:
    """The ramp's colour for points: five steps take ramp places 1 2 4 6 7, others are spread evenly."""
    if points is None:
        return NOT_RATED
    places = (
        (0, 1, 3, 5, 6)
        if len(steps) == 5
        else tuple(round(i * 6 / (len(steps) - 1)) for i in range(len(steps)))
    )
    return RAMP[places[steps.index(points)]]


def readable_on(background: str) -> str:
    """Black-blue or white, whichever has more contrast on `background` (WCAG relative luminance)."""
    dark, light = LIGHT.text, "#FFFFFF"
    return dark if contrast(dark, background) >= contrast(light, background) else light


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
