"""What is photographed with people in it: an appraisal in the yard and on the lift, and a talk that is practised."""

from __future__ import annotations

from qma_app.services.sample.pictures.easel import GREEN, INK, PAPER, STEEL, YELLOW, Easel, Point
from qma_app.services.sample.pictures.workshop import FLOOR, WALL, car

_PLATE = "RO XY 000"
"""A number that no car carries."""


def appraisal(*, is_on_lift: bool) -> Easel:
    """A trade-in looked at in the rain under an umbrella, or on the lift with the tester beside it."""
    return _on_lift() if is_on_lift else _in_rain()


def practice() -> Easel:
    """Two colleagues, one of whom plays the annoyed customer, and a chart with four steps."""
    easel = Easel("#e9e4da", "#cfc8ba")
    easel.fade((0, 900, 1600, 1200), "#a98a63", "#856a49")
    easel.box((1010, 140, 1480, 760), PAPER, edge="#858d94", width=12)
    for place, word in enumerate(("listen", "say it back", "act", "ask again")):
        easel.words((1060, 190 + place * 135), f"{place + 1}", 64, GREEN, face="Inter-Bold")
        easel.words((1130, 200 + place * 135), word, 52)
    easel.stroke([(1100, 760), (1040, 1010)], STEEL, 16)
    easel.stroke([(1390, 760), (1450, 1010)], STEEL, 16)
    _person(easel, (330, 420), "#3a5f8a")
    _person(easel, (720, 440), "#8a3a3a")
    easel.shape(
        [(430, 210), (760, 210), (760, 320), (520, 320), (470, 370), (480, 320), (430, 320)], PAPER, edge=INK
    )
    easel.words((595, 265), "Again?!", 56, "#8a3a3a", face="Inter-Bold", anchor="mm")
    return easel


def _in_rain() -> Easel:
    easel = Easel("#9ea8b0", "#7f8a92")
    easel.fade((0, 760, 1600, 1200), "#6a6f73", "#54585c")
    car(easel, (500, 880), "#c9b48a")
    _plate(easel, (1140, 800))
    _person(easel, (300, 470), "#2f4d3a")
    easel.shape([(130, 400), (190, 300), (300, 262), (410, 300), (470, 400)], "#23344f", edge=INK)
    easel.stroke([(420, 400), (430, 800)], INK, 8)
    for place in range(70):
        x, y = place * 211 % 1600, place * 137 % 1100
        easel.stroke([(x, y), (x - 14, y + 60)], "#c3ccd3", 3)
    return easel


def _on_lift() -> Easel:
    easel = Easel(*WALL)
    easel.fade((0, 860, 1600, 1200), *FLOOR)
    easel.words((880, 120), "17:35", 64, INK, face="Inter-Bold", anchor="mm")
    for x in (420, 1250):
        easel.box((x, 110, x + 80, 1010), "#2f5f9e", edge="#234977")
        easel.box((x - 40, 1000, x + 120, 1040), "#234977")
    easel.words((460, 170), "9", 64, PAPER, face="Inter-Bold", anchor="mm")
    easel.box((450, 560, 1290, 590), "#3d444b")
    car(easel, (520, 560), "#c9b48a")
    _plate(easel, (1150, 480))
    _person(easel, (250, 520), "#2f4d3a")
    easel.box((1360, 640, 1520, 1010), "#d9b93a", edge="#8b7521")
    easel.box((1380, 670, 1500, 790), "#14202b")
    easel.words((1440, 715), "0 faults", 26, "#8fd3b0", anchor="mm")
    easel.words((1440, 750), "read out", 26, "#8fd3b0", anchor="mm")
    return easel


def _plate(easel: Easel, at: Point) -> None:
    x, y = at
    easel.box((x, y, x + 210, y + 62), PAPER, edge=INK, width=5, radius=6)
    easel.words((x + 105, y + 31), _PLATE, 38, face="Inter-Bold", anchor="mm")


def _person(easel: Easel, at: Point, coat: str) -> None:
    """Somebody from the front; `at` is the middle of the head."""
    x, y = at
    easel.shape(
        [(x - 110, y + 430), (x - 90, y + 130), (x, y + 90), (x + 90, y + 130), (x + 110, y + 430)],
        coat,
        edge=INK,
    )
    for side in (-1, 1):
        easel.stroke([(x + side * 45, y + 430), (x + side * 50, y + 620)], "#2b2f36", 56)
        easel.stroke([(x + side * 88, y + 150), (x + side * 130, y + 330)], coat, 44)
    easel.disc((x, y), 82, "#d9ae8c", edge="#8f6a4e", width=4)
    easel.shape(
        [(x - 84, y - 16), (x - 60, y - 84), (x + 60, y - 84), (x + 84, y - 16), (x, y - 46)], "#4a3526"
    )
    for side in (-1, 1):
        easel.disc((x + side * 30, y - 4), 8, INK)
    easel.stroke([(x - 26, y + 42), (x, y + 34), (x + 26, y + 42)], "#7a3f33", 6)
    easel.shape([(x - 20, y + 96), (x + 20, y + 96), (x, y + 200)], YELLOW)
