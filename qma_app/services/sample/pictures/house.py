"""What is photographed where everybody passes: the place of the keys and the way out."""

from __future__ import annotations

from qma_app.services.sample.pictures.easel import GREEN, INK, PAPER, RED, STEEL, YELLOW, Easel

_GONE = (4, 9, 13)
_WALL = ("#e9e6df", "#d3cec3")


def keys(*, are_locked: bool) -> Easel:
    """The place of the car keys behind sales: an open board with empty hooks, or a cabinet that knows who took which."""
    easel = Easel(*_WALL)
    easel.box((0, 1090, 1600, 1200), "#b9b0a1")
    (_cabinet if are_locked else _board)(easel)
    return easel


def _board(easel: Easel) -> None:
    easel.box((260, 140, 1340, 980), "#a57d52", edge="#7b5a37", width=16)
    for place in range(18):
        x, y = 350 + place % 6 * 160, 220 + place // 6 * 250
        easel.words((x + 20, y - 22), str(place + 1), 28, anchor="mm")
        easel.box((x + 14, y, x + 26, y + 30), STEEL)
        if place in _GONE:
            continue
        easel.disc((x + 20, y + 48), 20, None, edge=STEEL, width=6)
        easel.box((x - 6, y + 68, x + 46, y + 150), "#2b2f33", radius=18)
        easel.box((x + 4, y + 80, x + 36, y + 94), "#5d646b", radius=6)
        easel.shape([(x + 50, y + 70), (x + 76, y + 84), (x + 66, y + 150), (x + 42, y + 140)], YELLOW)


def _cabinet(easel: Easel) -> None:
    easel.box((260, 140, 1340, 980), "#5f6b75", edge="#434c54", width=16, radius=14)
    easel.box((300, 180, 860, 940), "#6f7b86", edge="#434c54", width=8)
    for row in range(5):
        easel.stroke([(340, 240 + row * 26), (820, 240 + row * 26)], "#57626c", 8)
    easel.disc((800, 580), 34, STEEL, edge="#2c3339", width=8)
    easel.box((920, 220, 1280, 560), "#14202b", edge="#2c3339", width=10, radius=12)
    easel.words((950, 250), "LAST ISSUES", 34, PAPER, face="Inter-Bold")
    for place, line in enumerate(("14:02  key 31  out", "14:20  key 08  back", "14:41  key 17  out")):
        easel.words((950, 320 + place * 60), line, 32, "#8fd3b0")
    for place in range(12):
        x, y = 960 + place % 3 * 105, 620 + place // 3 * 78
        easel.box((x, y, x + 84, y + 58), "#d8dde1", edge="#2c3339", radius=8)
        easel.words((x + 42, y + 29), "123456789C0E"[place], 34, anchor="mm")


def way_out(*, is_free: bool) -> Easel:
    """The back exit of the parts store, with or without what was only put there for a moment."""
    easel = Easel("#dadcd8", "#bfc3bf")
    easel.fade((0, 860, 1600, 1200), "#8f949a", "#73787e")
    easel.box((560, 250, 1040, 900), "#7d8a84", edge="#545f5a", width=16)
    easel.box((590, 560, 1010, 600), RED, edge="#74231e", radius=16)
    easel.box((600, 90, 1000, 210), GREEN, radius=12)
    easel.words((800, 150), "EXIT", 84, PAPER, face="Inter-Bold", anchor="mm")
    easel.box((1180, 470, 1290, 830), RED, edge="#74231e", radius=44)
    easel.box((1210, 430, 1260, 480), INK)
    easel.stroke([(1235, 450), (1330, 470), (1340, 640)], INK, 14)
    easel.disc((1235, 640), 48, PAPER, edge=GREEN if is_free else RED, width=10)
    easel.words((1235, 640), "07/27" if is_free else "01/25", 28, GREEN if is_free else RED, anchor="mm")
    if is_free:
        easel.stroke([(500, 1150), (560, 920), (1040, 920), (1100, 1150), (500, 1150)], YELLOW, 18)
        return easel
    for left, top in ((450, 620), (830, 540)):
        easel.box((left, 1060, left + 340, 1100), "#8a6a45", edge="#5f4729")
        for x in (left + 10, left + 150, left + 290):
            easel.box((x, 1100, x + 40, 1140), "#6f5435")
        for row in range((1060 - top) // 110):
            for column in range(2):
                x, y = left + column * 170, 950 - row * 110
                easel.box((x, y, x + 168, y + 108), "#c59f6d", edge="#94724a")
                easel.box((x + 50, y + 30, x + 118, y + 70), PAPER)
    return easel
