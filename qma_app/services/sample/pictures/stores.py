"""What is photographed in the stores: wheels, replaced parts and tomorrow's boxes."""

from __future__ import annotations

from qma_app.services.sample.pictures.easel import (
    INK,
    PAPER,
    Easel,
    Point,
)


def wheels(*, is_labelled: bool) -> Easel:
    """A row of the wheel store: chalk on rubber, or a printed label on each set."""
    easel = Easel("#b9bec3", "#8e949a")
    for row in range(3):
        y = 100 + row * 350
        easel.box((60, y + 292, 1540, y + 322), "#c4702c", edge="#8a4d1c")
        for column in range(5):
            x = 200 + column * 300
            easel.disc((x, y + 150), 138, "#25272a", edge="#121314", width=6)
            easel.disc((x, y + 150), 112, "#303338", edge="#1b1d20", width=4)
            easel.disc((x, y + 150), 80, "#a7aeb5", edge="#6d757c", width=8)
            for turn in ((0, -70), (66, -22), (41, 57), (-41, 57), (-66, -22)):
                easel.stroke([(x, y + 150), (x + turn[0], y + 150 + turn[1])], "#757d84", 16)
            easel.disc((x, y + 150), 20, "#5c646b")
            if is_labelled:
                _wheel_label(easel, (x, y + 236), f"R-3{row + 1}{column}")
            else:
                easel.scribble(
                    (x - 62, y + 40 + (column % 2) * 14), 110 + 12 * row, "#e9ecee", height=15, width=6
                )
    for x in (60, 1510):
        easel.box((x, 40, x + 30, 1180), "#c4702c", edge="#8a4d1c")
    return easel


def _wheel_label(easel: Easel, at: Point, number: str) -> None:
    x, y = at
    easel.box((x - 88, y - 34, x + 88, y + 44), PAPER, edge="#9aa2a9", width=3, radius=4)
    easel.words((x - 76, y - 28), number, 32, face="Inter-Bold")
    easel.words((x + 76, y - 24), "FL", 26, anchor="ra")
    for place, thick in enumerate((5, 2, 3, 6, 2, 4, 2, 5, 3, 2, 6, 3)):
        easel.box((x - 74 + place * 12, y + 12, x - 74 + place * 12 + thick, y + 36), INK)


def shelf() -> Easel:
    """The shelf of replaced warranty parts, one board a month of return."""
    easel = Easel("#cfd4d8", "#b3b9be")
    for row, month in enumerate(("return in March", "return in April", "return in May")):
        y = 60 + row * 370
        easel.box((80, y + 300, 1520, y + 335), "#6d757d", edge="#4b5259")
        easel.box((100, y + 304, 520, y + 332), PAPER)
        easel.words((310, y + 318), month, 24, anchor="mm")
        for column in range(5):
            height = 150 + (column * 53 + row * 37) % 90
            x = 130 + column * 280
            easel.box(
                (x, y + 300 - height, x + 210, y + 300),
                ("#c8a878", "#b89463", "#d6bd93")[(row + column) % 3],
                edge="#7d6240",
            )
            easel.box(
                (x + 35, y + 250 - height // 2, x + 175, y + 280 - height // 4),
                PAPER,
                edge="#9aa2a9",
                width=2,
            )
            easel.words(
                (x + 105, y + 265 - height // 2.7), f"W26-0{row + 1}{column * 7 + 11:02d}", 24, anchor="mm"
            )
    for x in (60, 1500):
        easel.box((x, 20, x + 36, 1190), "#6d757d", edge="#4b5259")
    return easel


def rack() -> Easel:
    """The pre-pick rack in the evening: a box for each order of tomorrow."""
    easel = Easel("#d3d7da", "#a9afb5")
    easel.words((800, 70), "tomorrow", 56, face="Inter-Bold", anchor="mm")
    numbers = iter((8804, 8811, 8815, 8820, 8827, 8833, 8838, 8846, 8851, 8859, 8862, 8866))
    for row in range(3):
        y = 130 + row * 340
        easel.box((90, y + 270, 1510, y + 300), "#4f6b86", edge="#364b60")
        for column in range(4):
            x = 125 + column * 350
            easel.shape(
                [(x, y + 90), (x + 290, y + 90), (x + 265, y + 270), (x + 25, y + 270)],
                "#2f7fb5",
                edge="#1f5a83",
            )
            for place in range(2 + (row + column) % 3):
                left = x + 40 + place * 62
                easel.box(
                    (left, y + 40 - 14 * (place % 2), left + 52, y + 96),
                    ("#e9e4d6", "#c75b39", "#efefef", "#5a5f66")[place],
                    edge="#6d6a60",
                    width=2,
                )
            easel.box((x + 60, y + 140, x + 230, y + 220), PAPER, edge="#9aa2a9", width=2)
            easel.words((x + 145, y + 180), f"B-{next(numbers)}", 36, face="Inter-Bold", anchor="mm")
    for x in (70, 1500):
        easel.box((x, 110, x + 32, 1190), "#4f6b86", edge="#364b60")
    return easel
