"""What is photographed because of what is written on it: orders, envelopes, maps and charts."""

from __future__ import annotations

from qma_app.services.sample.pictures.easel import (
    BLUE_INK,
    GREEN,
    INK,
    PAPER,
    RED,
    STEEL,
    YELLOW,
    Easel,
    Point,
)


def order(*, number: str, is_signed: bool) -> Easel:
    """A repair order on its clipboard; what matters is the lowest line."""
    easel = Easel("#7f6a52", "#66543f")
    easel.box((330, 40, 1270, 1180), "#4c3a28", radius=24)
    easel.box((380, 110, 1220, 1150), PAPER)
    easel.box((660, 20, 940, 130), STEEL, edge="#5c646b", radius=18)
    easel.words((430, 165), "Repair order", 58, face="Inter-Bold")
    easel.words((1170, 178), number, 46, anchor="ra")
    for row, title in enumerate(("Customer", "Car, plate", "Odometer")):
        y = 270 + row * 66
        easel.words((430, y), title, 30, "#5c646b")
        easel.scribble((640, y + 28), 300 - 60 * row)
        easel.stroke([(630, y + 44), (1170, y + 44)], "#c9cdd1", 3)
    easel.box((430, 490, 1170, 770), None, edge="#c9cdd1")
    easel.words((450, 505), "Work ordered", 30, "#5c646b")
    for row in range(4):
        easel.scribble((460, 585 + row * 48), (560, 480, 610, 300)[row], height=11)
    easel.words((430, 800), "Not more than, with tax", 30, "#5c646b")
    easel.words((430, 870), "Ready on, at", 30, "#5c646b")
    if is_signed:
        easel.words((850, 792), "480,–", 46, BLUE_INK, face="Inter-Italic")
        easel.words((850, 862), "21 Oct, 16:30", 46, BLUE_INK, face="Inter-Italic")
    else:
        easel.words((850, 792), "as required", 44, BLUE_INK, face="Inter-Italic")
        easel.words((850, 862), "24 June", 44, BLUE_INK, face="Inter-Italic")
    easel.stroke([(430, 1060), (800, 1060)], INK, 3)
    easel.words((430, 1072), "Customer’s signature", 28, "#5c646b")
    easel.stroke([(850, 1060), (1170, 1060)], INK, 3)
    easel.words((850, 1072), "Advisor", 28, "#5c646b")
    easel.scribble((870, 1045), 190, height=30)
    if is_signed:
        easel.scribble((450, 1040), 280, height=40, width=4)
    else:
        easel.shape([(440, 960), (560, 950), (570, 1050), (452, 1056)], "#f5e27a")
        easel.words((505, 1003), "?", 70, RED, face="Inter-Bold", anchor="mm")
    return easel


def key_drop() -> Easel:
    """The key drop in the wall with the envelope that asks for a signature before it closes."""
    easel = Easel("#d5cdbf", "#bcb2a1")
    for row in range(8):
        easel.stroke([(0, 150 * row), (1600, 150 * row)], "#c6bcab", 6)
        for column in range(6):
            x = column * 320 + 160 * (row % 2)
            easel.stroke([(x, 150 * row), (x, 150 * row + 150)], "#c6bcab", 6)
    easel.box((180, 150, 760, 1050), "#434c55", edge="#2d343b", width=14, radius=18)
    easel.words((470, 230), "KEY DROP", 64, PAPER, face="Inter-Bold", anchor="mm")
    easel.words((470, 300), "day and night", 36, "#cdd3d8", anchor="mm")
    easel.box((270, 400, 670, 450), "#121517", radius=10)
    easel.box((250, 620, 690, 970), "#39424a", edge="#2d343b", radius=8)
    easel.disc((640, 800), 22, STEEL)
    easel.box((860, 330, 1500, 960), "#f1e2bd", edge="#b59f6d")
    easel.shape([(860, 330), (1500, 330), (1340, 190), (1020, 190)], "#e8d5a6", edge="#b59f6d")
    easel.stroke([(960, 310), (1400, 310)], INK, 4)
    easel.scribble((1010, 292), 300, height=34, width=4)
    easel.words((1180, 352), "sign here, then fold and close", 28, anchor="mm")
    for row, title in enumerate(("Plate", "What we shall do", "Not more than", "Telephone today")):
        y = 420 + row * 125
        easel.words((900, y), title, 30, "#6d5f3d")
        easel.scribble((910, y + 76), (260, 470, 150, 330)[row])
        easel.stroke([(900, y + 92), (1460, y + 92)], "#b59f6d", 3)
    easel.box((900, 915, 928, 943), None, edge=INK, width=3)
    easel.stroke([(903, 928), (913, 940), (932, 908)], BLUE_INK, 5)
    easel.words((945, 912), "data notice read", 26)
    return easel


def journey_map() -> Easel:
    """The customer's way through a workshop visit on brown paper, a waiting time corrected by hand."""
    easel = Easel("#dfe3e5", "#cfd4d7")
    easel.shape([(60, 120), (1540, 90), (1550, 1090), (50, 1110)], "#b98a58", edge="#8f6a42")
    easel.words((120, 150), "Workshop visit", 64, INK, face="Inter-Bold")
    steps = (
        "call",
        "booking",
        "arrival",
        "desk",
        "walk-around",
        "waiting",
        "call on price",
        "ready",
        "return",
        "invoice",
    )
    mood = (520, 560, 700, 760, 480, 820, 690, 540, 430, 610)
    way: list[Point] = [(150 + place * 143, y) for place, y in enumerate(mood)]
    easel.dashes((110, 620), (1500, 620), "#7a5632", 4, 40)
    easel.stroke(way, "#5a2f16", 10)
    for place, ((x, y), step) in enumerate(zip(way, steps, strict=True)):
        note = YELLOW if y < 620 else "#f09a7b"
        top = y - 190 if y < 620 else y + 50
        easel.disc((x, y), 18, "#5a2f16")
        easel.shape([(x - 66, top), (x + 64, top - 6), (x + 68, top + 120), (x - 62, top + 126)], note)
        easel.words((x, top + 30), step, 20, anchor="mm")
        easel.scribble((x - 46, top + 74), 88, INK, height=8, width=2)
        easel.scribble((x - 46, top + 102), 40 + 9 * (place % 5), INK, height=7, width=2)
    x = way[5][0]
    easel.words((x + 60, 1030), "12 min", 40, INK, anchor="lm")
    easel.stroke([(x + 55, 1032), (x + 200, 1026)], RED, 7)
    easel.words((x + 215, 1026), "17 min", 46, RED, face="Inter-Italic", anchor="lm")
    easel.words((x + 375, 1030), "12 May", 30, RED, face="Inter-Italic", anchor="lm")
    for at in ((90, 140), (1510, 120), (80, 1070), (1515, 1060)):
        easel.disc(at, 16, "#3b6ea5")
    return easel


def control_chart() -> Easel:
    """The chart in the meeting room: limits from twelve months, one signal since."""
    easel = Easel("#e5e2dc", "#d2cec6")
    easel.box((120, 90, 1480, 1080), PAPER, edge="#6a5038", width=26)
    easel.words((190, 150), "Customers who would come again, by month", 42, face="Inter-SemiBold")
    easel.stroke([(230, 250), (230, 940), (1420, 940)], INK, 5)
    for y, title in ((360, "upper limit"), (560, "mean of 12 months"), (760, "lower limit")):
        easel.dashes((230, y), (1420, y), GREEN if y == 560 else RED, 5, 40)
        easel.words((1415, y - 40), title, 26, "#5c646b", anchor="ra")
    values = (590, 640, 540, 600, 500, 570, 620, 520, 560, 610, 510, 550, 530, 480, 520, 470, 330, 460, 440)
    points: list[Point] = [(270 + place * 61, y) for place, y in enumerate(values)]
    easel.stroke(points, BLUE_INK, 6)
    for point in points:
        easel.disc(point, 12, BLUE_INK)
    easel.disc(points[16], 34, None, edge=RED, width=7)
    easel.words((points[16][0], 270), "call-back since June?", 34, RED, face="Inter-Italic", anchor="mm")
    easel.words((290, 965), "March 2025", 28, "#5c646b")
    easel.words((1400, 965), "September 2026", 28, "#5c646b", anchor="ra")
    return easel
