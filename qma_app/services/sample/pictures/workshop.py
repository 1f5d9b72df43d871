"""What is photographed in a workshop: lifts, wrenches, bays, testers and the corner with high voltage."""

from __future__ import annotations

from itertools import pairwise

from qma_app.services.sample.pictures.easel import GREEN, INK, PAPER, RED, STEEL, YELLOW, Easel, Point

WALL = ("#d9dde0", "#c3c9cd")
FLOOR = ("#8f949a", "#73787e")


def lift(*, due: str, is_overdue: bool) -> Easel:
    """A car on a two-post lift, and the inspection sticker on the post in front."""
    easel = _hall(780)
    for x in (300, 1010):
        easel.box((x, 150, x + 80, 1010), "#2f5f9e", edge="#234977")
        easel.box((x - 40, 1000, x + 120, 1040), "#234977")
    easel.box((320, 640, 1070, 668), "#3d444b")
    car(easel, (380, 640), "#a9353a")
    easel.box((1290, 0, 1480, 1200), "#2f5f9e", edge="#234977", width=8)
    easel.words((1385, 170), "LIFT 3", 54, PAPER, face="Inter-Bold", anchor="mm")
    colour = RED if is_overdue else GREEN
    easel.disc((1385, 480), 170, PAPER, edge=colour, width=24)
    easel.words((1385, 415), "inspected", 36, anchor="mm")
    easel.words((1385, 465), "next due", 36, anchor="mm")
    easel.words((1385, 535), due, 58, colour, face="Inter-Bold", anchor="mm")
    if is_overdue:
        easel.shape([(180, 830), (1290, 760), (1290, 830), (180, 900)], YELLOW)
        for x in range(200, 1290, 120):
            y = 900 - (x - 180) * 0.063
            easel.shape([(x, y - 68), (x + 60, y - 72), (x + 20, y - 6), (x - 40, y - 2)], INK)
        easel.box((510, 760, 890, 900), PAPER, edge=RED, width=10)
        easel.words((700, 830), "OUT OF USE", 54, RED, face="Inter-Bold", anchor="mm")
    return easel


def wrench(*, number: str, due: str, is_valid: bool) -> Easel:
    """A torque wrench in the foam of its drawer, with its calibration label."""
    easel = Easel("#3a3f45", "#24282c")
    easel.box((90, 120, 1510, 1080), "#2b2f33", edge="#5d646b", width=18, radius=26)
    easel.box((170, 380, 1440, 640), "#1a1d20", radius=110)
    easel.box((230, 470, 1180, 550), "#c7cdd2", edge="#8a9299", radius=30)
    easel.fade((260, 478, 1150, 506), "#eef1f3", "#c7cdd2")
    easel.disc((1260, 510), 105, "#b4bbc1", edge="#858d94", width=10)
    easel.disc((1260, 510), 48, "#3a3f45", edge="#858d94", width=6)
    easel.box((240, 455, 520, 565), "#1f4f86", radius=34)
    for x in range(270, 500, 34):
        easel.stroke([(x, 462), (x, 558)], "#163a63", 6)
    for place in range(12):
        easel.stroke([(600 + place * 22, 476), (600 + place * 22, 490 + 12 * (place % 4 == 0))], INK, 3)
    colour = GREEN if is_valid else RED
    easel.box((620, 700, 1100, 980), PAPER, edge=colour, width=14, radius=12)
    easel.words((650, 725), number, 72, face="Inter-Bold")
    easel.words((650, 815), "calibrated, next due", 36)
    easel.words((650, 865), due, 78, colour, face="Inter-Bold")
    easel.stroke([(860, 700), (840, 556)], "#d8d2c0", 5)
    for x, width in ((250, 210), (1180, 250)):
        easel.box((x, 760, x + width, 840), "#1a1d20", radius=40)
        easel.box((x + 14, 776, x + width - 14, 824), STEEL, radius=24)
    return easel


def bay(*, is_kept: bool) -> Easel:
    """Bay 5 with its bench, hose and floor, before and after somebody began to score it."""
    easel = _hall(720)
    for x in (180, 1330):
        easel.box((x, 90, x + 90, 900), "#2f5f9e", edge="#234977")
    easel.words((225, 150), "5", 70, PAPER, face="Inter-Bold", anchor="mm")
    easel.box((470, 470, 1130, 510), "#7a5b3c")
    easel.box((500, 510, 1100, 760), "#525a62", edge="#3b4249")
    for x in (520, 715, 910):
        for y in (530, 605, 680):
            easel.box((x, y, x + 170, y + 58), "#67707a", edge="#3b4249", radius=6)
            easel.box((x + 60, y + 24, x + 110, y + 34), "#c5cbd0")
    (_kept_bay if is_kept else _neglected_bay)(easel)
    return easel


def _kept_bay(easel: Easel) -> None:
    easel.box((520, 150, 1080, 430), "#e8ebee", edge="#9aa2a9")
    for place, length in enumerate((200, 170, 145, 120, 98)):
        x = 570 + place * 62
        easel.box((x, 180, x + 22, 180 + length), STEEL, edge="#565e65", width=3, radius=10)
        easel.disc((x + 11, 180 + length), 20, STEEL, edge="#565e65", width=3)
    easel.box((900, 175, 1050, 405), PAPER, edge=GREEN, width=5)
    easel.words((975, 205), "5S  bay 5", 30, anchor="mm")
    easel.words((975, 275), "81 %", 56, GREEN, face="Inter-Bold", anchor="mm")
    easel.scribble((920, 335), 110)
    easel.scribble((920, 375), 90)
    easel.disc((1230, 330), 75, "#d0392f", edge="#8f231c", width=10)
    easel.disc((1230, 330), 30, "#3b4249")
    easel.stroke([(320, 1120), (420, 800), (1180, 800), (1290, 1120)], YELLOW, 16)
    easel.oval((650, 880, 950, 940), "#858b92")


def _neglected_bay(easel: Easel) -> None:
    hose: list[Point] = [
        (60, 980),
        (260, 900),
        (430, 1010),
        (640, 930),
        (820, 1050),
        (1010, 960),
        (1240, 1060),
        (1560, 980),
    ]
    easel.stroke(_rounded(hose), "#1d1f22", 22)
    easel.oval((700, 820, 1010, 900), "#3f4144")
    easel.oval((900, 860, 1090, 910), "#46484b")
    easel.box((560, 700, 840, 800), "#2a2c2f", edge="#121314", radius=20)
    easel.oval((580, 705, 820, 745), "#14100c")
    for x, y, colour in (
        (500, 440, "#b8483e"),
        (640, 452, "#c9c2b0"),
        (930, 438, "#9aa7b5"),
        (1040, 446, "#b8483e"),
    ):
        easel.shape([(x, y + 32), (x + 24, y), (x + 88, y + 8), (x + 120, y + 34)], colour)
    for x in (700, 760, 830):
        easel.box((x, 420, x + 16, 472), STEEL, radius=6)
    easel.box((1160, 560, 1290, 800), "#d9b93a", edge="#8b7521")
    easel.shape([(1150, 520), (1300, 545), (1290, 640), (1165, 620)], "#39424b")
    easel.words((1225, 720), "tester", 30, anchor="mm")


def high_voltage() -> Easel:
    """An electric car behind a barrier chain, with the warning sign."""
    easel = _hall(760)
    car(easel, (620, 800), "#e3e7ea")
    easel.stroke(_rounded([(1330, 700), (1400, 620), (1440, 420), (1500, 360)]), "#e07b1f", 16)
    easel.box((1470, 240, 1560, 420), "#39424b", radius=12)
    easel.shape([(330, 170), (540, 530), (120, 530)], YELLOW, edge=INK, width=18)
    easel.shape([(348, 260), (285, 395), (330, 395), (305, 495), (385, 355), (338, 355), (368, 260)], INK)
    easel.box((90, 560, 570, 680), PAPER, edge=INK)
    easel.words((330, 597), "HIGH VOLTAGE", 46, RED, face="Inter-Bold", anchor="mm")
    easel.words((330, 650), "qualified staff only", 36, anchor="mm")
    posts = (140, 560, 980, 1400)
    for x in posts:
        easel.oval((x - 60, 1060, x + 60, 1100), "#3b4046")
        for place in range(6):
            easel.box((x - 14, 720 + place * 58, x + 14, 778 + place * 58), RED if place % 2 else PAPER)
    for left, right in pairwise(posts):
        sag: list[Point] = [
            (left, 740),
            ((left + right) / 2 - 90, 830),
            ((left + right) / 2 + 90, 830),
            (right, 740),
        ]
        for place, link in enumerate(_rounded(sag)[::3]):
            easel.disc(link, 9, None, edge=RED if place % 2 else PAPER, width=6)
    return easel


def tester() -> Easel:
    """A brake tester's cabinet with a sticker that is years old."""
    easel = _hall(860)
    easel.box((300, 120, 1300, 1080), "#3f6d57", edge="#2b4c3d", width=10, radius=20)
    for x in (560, 1040):
        easel.disc((x, 390), 180, PAPER, edge="#20262b", width=14)
        for place, (dx, dy) in enumerate(
            ((-120, 70), (-135, -30), (-75, -115), (25, -137), (110, -85), (138, 15), (105, 95))
        ):
            easel.words((x + dx, 390 + dy), str(place), 30, anchor="mm")
        easel.stroke([(x, 390), (x - 88, 462)], RED, 8)
        easel.disc((x, 390), 16, INK)
    easel.words((800, 650), "BRAKE TESTER", 50, PAPER, face="Inter-Bold", anchor="mm")
    easel.disc((800, 860), 150, "#d8d2bd", edge="#8b8468", width=20)
    easel.words((800, 815), "calibrated", 34, "#5d5a4c", anchor="mm")
    easel.words((800, 865), "next due", 34, "#5d5a4c", anchor="mm")
    easel.words((800, 920), "05/2023", 46, RED, face="Inter-Bold", anchor="mm")
    easel.shape([(905, 740), (960, 790), (930, 815), (870, 760)], "#3f6d57")
    return easel


def _hall(horizon: float) -> Easel:
    easel = Easel(*WALL)
    for x in range(100, 1600, 420):
        easel.fade((x, 40, x + 300, 250), "#eef4f8", "#dbe6ee")
        easel.stroke([(x + 150, 40), (x + 150, 250)], "#a9b2b9", 8)
    easel.fade((0, horizon, 1600, 1200), *FLOOR)
    return easel


def car(easel: Easel, at: Point, colour: str) -> None:
    """A car from the side; `at` is below its sill, at the left."""
    x, y = at
    easel.shape(
        [
            (x - 30, y - 30),
            (x - 20, y - 120),
            (x + 90, y - 150),
            (x + 190, y - 250),
            (x + 430, y - 255),
            (x + 540, y - 155),
            (x + 660, y - 125),
            (x + 680, y - 30),
        ],
        colour,
        edge=INK,
        width=3,
    )
    easel.shape([(x + 120, y - 150), (x + 205, y - 232), (x + 300, y - 236), (x + 300, y - 150)], "#41505c")
    easel.shape([(x + 320, y - 150), (x + 320, y - 236), (x + 420, y - 234), (x + 505, y - 150)], "#41505c")
    easel.stroke([(x + 310, y - 150), (x + 310, y - 40)], INK, 3)
    for wheel in (x + 110, x + 540):
        easel.disc((wheel, y - 20), 78, "#1f2124")
        easel.disc((wheel, y - 20), 46, "#aeb5bb", edge="#6d757c", width=6)
    easel.oval((x + 640, y - 110, x + 676, y - 80), "#f4efcf")


def terminal(*, has_note: bool) -> Easel:
    """The screen at bay 3 with a note on its frame, or locked."""
    easel = _hall(820)
    easel.box((330, 160, 1270, 800), "#23282d", edge="#0f1215", width=10, radius=26)
    easel.box((370, 200, 1230, 760), "#2f6fa8" if has_note else "#14202b")
    easel.box((740, 800, 860, 900), "#23282d")
    easel.box((560, 890, 1040, 930), "#23282d", radius=12)
    easel.box((420, 960, 1180, 1090), "#3a4148", edge="#15181b", radius=14)
    for row in range(3):
        for column in range(16):
            easel.box((440 + column * 45, 975 + row * 37, 474 + column * 45, 1003 + row * 37), "#8d969e")
    if has_note:
        easel.words((420, 230), "Job 48188, wheel change", 40, PAPER, face="Inter-SemiBold")
        for row in range(6):
            easel.box((420, 320 + row * 66, 1120 - 90 * (row % 3), 350 + row * 66), "#5b93c4")
        easel.shape([(1130, 610), (1420, 590), (1436, 850), (1146, 872)], YELLOW, edge="#b79624")
        easel.words((1170, 640), "password:", 40)
        easel.words((1170, 710), "Bay3-Bay3", 50, "#24408e", face="Inter-Italic")
    else:
        easel.disc((800, 430), 70, None, edge=PAPER, width=22)
        easel.box((690, 430, 910, 600), PAPER, radius=20)
        easel.disc((800, 505), 24, "#14202b")
        easel.words((800, 680), "locked", 56, PAPER, anchor="mm")
    return easel


def _rounded(points: list[Point]) -> list[Point]:
    """Points along a curve that begins and ends where `points` do, by cutting the corners four times."""
    for _round in range(4):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            cut += [
                (0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1),
                (0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1),
            ]
        points = [*cut, points[-1]]
    return points
