"""What is photographed because it was agreed: the signed page of a charter, a certificate in its frame."""

from __future__ import annotations

from qma_app.services.sample.pictures.easel import BLUE_INK, GREEN, INK, PAPER, STEEL, Easel

_GREY = "#5c646b"
_RULE = "#c9cdd1"


def charter() -> Easel:
    """The last page of a charter on a table, with two signatures in blue."""
    easel = Easel("#8a6f52", "#6d563d")
    easel.box((330, 50, 1270, 1170), PAPER, edge=_RULE)
    easel.words((400, 110), "Charter", 66, face="Inter-Bold")
    easel.words((1200, 128), "page 2 of 2", 30, _GREY, anchor="ra")
    for place, title in enumerate(("What shall be different", "The principal", "The coach")):
        y = 220 + place * 200
        easel.words((400, y), title, 34, _GREY)
        for row, width in enumerate((760, 700 - 90 * place, 420 + 60 * place)):
            easel.scribble((410, y + 66 + row * 40), width, INK, height=9, width=2)
    for x, name in ((400, "Principal"), (850, "Coach")):
        easel.stroke([(x, 1030), (x + 350, 1030)], INK, 3)
        easel.words((x, 1042), name, 28, _GREY)
    easel.scribble((410, 1000), 300, BLUE_INK, height=54, width=5)
    easel.scribble((880, 1004), 230, BLUE_INK, height=38, width=5)
    easel.words((400, 890), "Rosenheim, 2 June 2025", 36, BLUE_INK, face="Inter-Italic")
    easel.shape([(1010, 1085), (1460, 1010), (1468, 1030), (1018, 1106)], "#2b3d63", edge="#1d2a46")
    return easel


def certificate() -> Easel:
    """A certificate in its frame on a workshop wall, beside the clock."""
    easel = Easel("#c9ced2", "#b3b9be")
    for row in range(6):
        easel.stroke([(0, 200 * row), (1600, 200 * row)], "#bcc2c7", 4)
    easel.box((430, 150, 1170, 1080), "#5b4630", edge="#3e2f1f", width=10)
    easel.box((480, 200, 1120, 1030), PAPER)
    easel.words((800, 300), "Certificate", 72, face="Inter-Bold", anchor="mm")
    easel.words((800, 390), "Autohaus Lindner (invented)", 36, anchor="mm")
    for row, width in enumerate((420, 360, 400)):
        easel.scribble((800 - width // 2, 500 + row * 56), width, INK, height=10, width=2)
    easel.disc((800, 780), 84, GREEN)
    easel.words((800, 780), "2026", 54, PAPER, face="Inter-Bold", anchor="mm")
    easel.scribble((560, 950), 190, BLUE_INK, height=34, width=4)
    easel.scribble((860, 952), 170, BLUE_INK, height=28, width=4)
    easel.disc((1400, 330), 110, PAPER)
    easel.stroke([(1400, 330), (1400, 250)], INK, 8)
    easel.stroke([(1400, 330), (1352, 366)], INK, 8)
    easel.disc((1400, 330), 12, STEEL)
    return easel
