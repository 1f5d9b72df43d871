"""What is photographed between reception and yard: desks, boards, screens and dashboards."""

from __future__ import annotations

from qma_app.services.sample.pictures.easel import (
    BLUE_INK,
    GREEN,
    PAPER,
    RED,
    STEEL,
    YELLOW,
    Easel,
    Point,
)


def desk(*, has_card: bool) -> Easel:
    """A service desk as the customer sees it, with or without a card that asks for a ten."""
    easel = Easel("#e6e1d8", "#cfc8bc")
    easel.fade((980, 60, 1540, 560), "#dcebf5", "#f3f6f8")
    easel.stroke([(1260, 60), (1260, 560)], "#b8b0a2", 12)
    easel.box((980, 60, 1540, 560), None, edge="#b8b0a2", width=14)
    easel.fade((0, 700, 1600, 1200), "#9c7650", "#6f5136")
    easel.box((0, 690, 1600, 730), "#b78d62")
    easel.box((190, 300, 690, 630), "#23272b", radius=16)
    easel.box((212, 322, 668, 606), "#2f6fa8")
    easel.words((440, 464), "service desk 2", 48, PAPER, anchor="mm")
    easel.box((410, 630, 470, 690), "#23272b")
    easel.box((300, 678, 580, 700), "#23272b", radius=8)
    easel.shape([(250, 790), (700, 790), (740, 850), (210, 850)], "#d9dcdf", edge="#9aa0a6")
    for row in range(3):
        for column in range(14):
            x = 262 + column * 31 - row * 8
            easel.box((x, 798 + row * 17, x + 22, 808 + row * 17), "#aab0b6")
    easel.box((1290, 640, 1470, 800), "#f2efe6", edge="#a79f8e")
    easel.box((1310, 590, 1450, 760), "#7fa35a", edge="#56723b")
    easel.words((1380, 675), "winter check", 22, PAPER, anchor="mm")
    if has_card:
        easel.shape([(800, 880), (1240, 880), (1290, 1120), (750, 1120)], "#5d4630")
        easel.shape([(800, 610), (1210, 610), (1260, 1080), (750, 1080)], "#fffdf2", edge="#b9b19a")
        easel.words((1005, 690), "Only a ten", 70, RED, face="Inter-Bold", anchor="mm")
        easel.words((1005, 770), "helps us!", 70, RED, face="Inter-Bold", anchor="mm")
        for place in range(10):
            x, y = 800 + place * 45, 880
            easel.shape(
                [
                    (x, y - 20),
                    (x + 6, y - 6),
                    (x + 20, y - 6),
                    (x + 9, y + 4),
                    (x + 13, y + 19),
                    (x, y + 10),
                    (x - 13, y + 19),
                    (x - 9, y + 4),
                    (x - 20, y - 6),
                    (x - 6, y - 6),
                ],
                YELLOW,
            )
        easel.words((1005, 960), "Thank you for your survey", 32, anchor="mm")
    else:
        easel.shape([(930, 930), (1090, 930), (1070, 1090), (950, 1090)], "#c0603a")
        for dx, dy in ((-90, -170), (-50, -240), (0, -270), (55, -235), (95, -165), (-20, -190), (30, -180)):
            easel.stroke(
                [(1010, 935), (1010 + dx * 0.6, 935 + dy * 0.6), (1010 + dx, 935 + dy)], "#3f7a3d", 12
            )
            easel.oval((1010 + dx - 34, 935 + dy - 20, 1010 + dx + 34, 935 + dy + 20), "#4f9150")
    return easel


def board(*, is_kept: bool) -> Easel:
    """The board behind the workshop team: last autumn's, or kept by the team."""
    easel = Easel("#c9cdd1", "#aeb4b9")
    easel.box((110, 90, 1490, 1080), "#f6f7f7", edge="#858d94", width=22, radius=8)
    easel.words((170, 135), "Workshop team", 64, face="Inter-Bold")
    (_kept_board if is_kept else _old_board)(easel)
    easel.box((600, 1060, 1000, 1100), "#70787f", radius=6)
    return easel


def _kept_board(easel: Easel) -> None:
    easel.words((1430, 150), "Mon 10 November", 46, BLUE_INK, face="Inter-Italic", anchor="ra")
    easel.stroke([(150, 240), (1450, 240)], STEEL, 4)
    for place, (title, level, colour) in enumerate(
        (
            ("first visit", 0.82, GREEN),
            ("on time", 0.66, YELLOW),
            ("hours sold", 0.9, GREEN),
            ("rework", 0.3, RED),
        )
    ):
        x = 190 + place * 170
        easel.words((x + 55, 285), title, 28, anchor="mm")
        easel.box((x, 320, x + 110, 620), "#e4e8eb")
        easel.box((x, 620 - 300 * level, x + 110, 620), colour)
        easel.words((x + 55, 655), f"{level:.0%}", 36, face="Inter-Bold", anchor="mm")
    easel.box((900, 280, 1440, 690), PAPER, edge=STEEL, width=3)
    easel.words((920, 292), "on time, 12 weeks", 30)
    weeks = (48, 52, 50, 55, 58, 54, 60, 63, 61, 66, 64, 68)
    points: list[Point] = [(930 + place * 44, 670 - (level - 40) * 10) for place, level in enumerate(weeks)]
    easel.dashes((930, 420), (1420, 420), GREEN)
    easel.stroke(points, BLUE_INK, 6)
    for point in points:
        easel.disc(point, 8, BLUE_INK)
    for x, title in ((170, "away today"), (600, "difficult cars"), (1040, "who helps whom")):
        easel.words((x, 740), title, 36, face="Inter-SemiBold")
        for row in range(3):
            easel.scribble((x, 840 + row * 70), 250 + 40 * ((row * 2 + x) % 3))


def _old_board(easel: Easel) -> None:
    easel.shape([(210, 290), (700, 270), (720, 700), (225, 715)], "#efe3b8", edge="#b7a877")
    easel.words((250, 305), "September", 44, "#8a7d52")
    heights = (90, 150, 120, 200, 170, 140)
    for place, height in enumerate(heights):
        easel.box((270 + place * 70, 650 - height, 315 + place * 70, 650), "#b8aa78")
    easel.shape([(840, 330), (1120, 345), (1100, 620), (830, 600)], "#f0ead6", edge="#b7a877")
    for row in range(4):
        easel.scribble((865, 400 + row * 48), 180 - 20 * row, "#8f8a78", height=9)
    easel.shape([(1080, 560), (1100, 620), (1030, 612)], "#d8cfae")
    easel.shape([(1230, 760), (1400, 740), (1410, 900), (1240, 905)], "#e9d26a")
    easel.scribble((1255, 830), 110, "#7d7245")
    for at in ((300, 860), (640, 930), (980, 780)):
        easel.disc(at, 14, RED)
    easel.stroke([(420, 800), (560, 800)], "#e3e5e6", 40)


def planner() -> Easel:
    """The workshop planner on its screen: hours by person, everything beginning at half past seven."""
    easel = Easel("#5c6268", "#44494e")
    easel.box((90, 60, 1510, 1010), "#15181b", radius=24)
    easel.box((120, 90, 1480, 960), "#f4f6f7")
    easel.box((700, 1010, 900, 1120), "#15181b")
    easel.box((540, 1110, 1060, 1150), "#15181b", radius=16)
    easel.words((150, 110), "Wednesday 12 November, saleable hours", 38, face="Inter-SemiBold")
    for place in range(9):
        x = 400 + place * 120
        easel.words((x, 180), f"{7 + place}:30", 24, "#5c646b", anchor="ma")
        easel.stroke([(x, 215), (x, 940)], "#dfe3e6", 3)
    rows = (
        "Technician 1",
        "Technician 2",
        "Technician 3",
        "Technician 4",
        "Apprentice",
        "Diagnosis",
        "Saturday",
    )
    jobs = ((2.5, 1.5, 2), (1, 3, 2.5), (4, 2), (1.5, 1.5, 1, 2), (3,), (2, 2.5), ())
    for row, (title, hours) in enumerate(zip(rows, jobs, strict=True)):
        y = 235 + row * 102
        easel.words((150, y + 22), title, 28)
        start = 400.0
        for place, length in enumerate(hours):
            easel.box(
                (start, y, start + length * 120 - 8, y + 74),
                "#c96a3c" if title == "Diagnosis" else ("#2f7fb5", "#4f9bb8", "#6cae9b", "#8bb07a")[place],
                radius=8,
            )
            easel.words((start + 16, y + 22), f"{length:g} h", 28, PAPER)
            start += length * 120
    easel.stroke([(400, 210), (400, 940)], RED, 6)
    return easel


def fuel_gauge(*, is_full: bool) -> Easel:
    """The dashboard of a loan car that stands ready, with a quarter of a tank or a full one."""
    easel = Easel("#1c2024", "#0e1012")
    easel.oval((60, 120, 1540, 1400), "#15181b", edge="#2d3338", width=16)
    for x, title, marks in (
        (480, "km/h", ("0", "40", "80", "120", "160", "200")),
        (1120, "fuel", ("E", "", "½", "", "", "F")),
    ):
        easel.disc((x, 560), 300, "#0b0d0f", edge="#5d656c", width=10)
        for place, mark in enumerate(marks):
            dx, dy = ((-190, 150), (-240, -10), (-130, -200), (130, -200), (240, -10), (190, 150))[place]
            if title == "fuel" and mark == "½":
                dx = 0
            easel.words((x + dx, 560 + dy), mark, 48, "#e8ecef", face="Inter-SemiBold", anchor="mm")
            easel.stroke([(x + dx * 1.12, 560 + dy * 1.12), (x + dx * 1.2, 560 + dy * 1.2)], "#e8ecef", 8)
        easel.words((x, 720), title, 36, "#9aa3aa", anchor="mm")
    easel.stroke([(480, 560), (300, 705)], RED, 12)
    easel.stroke([(1120, 560), (1290, 680) if is_full else (912, 520)], RED, 12)
    for x in (480, 1120):
        easel.disc((x, 560), 34, "#2d3338", edge="#5d656c")
    easel.box((620, 920, 980, 1020), "#0b0d0f", edge="#5d656c", radius=12)
    easel.words((800, 970), "23 618 km" if is_full else "18 204 km", 52, "#8fd0e8", anchor="mm")
    if is_full:
        easel.words((1070, 912), "range 640 km", 36, "#8fd0e8", anchor="lm")
        return easel
    easel.box((1070, 880, 1120, 940), YELLOW, radius=6)
    easel.stroke([(1120, 895), (1140, 905), (1140, 935)], YELLOW, 8)
    easel.words((1160, 912), "range 140 km", 36, YELLOW, anchor="lm")
    return easel
