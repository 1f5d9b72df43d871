"""What a site offers, as boxes to tick: it decides which checkpoints apply there."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget


class FeatureList(QWidget):
    """The features of the standard in two columns; without `chosen` the usual ones are ticked."""

    changed = Signal()

    def __init__(self, chosen: Collection[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from qma_app.services.dealerships import USUAL_FEATURES
        from qma_app.services.standards import newest_shipped_edition

        ticked = USUAL_FEATURES if chosen is None else chosen
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        self._boxes: dict[str, QCheckBox] = {}
        # Several sites are known from the sites themselves.
        features = [feature for feature in newest_shipped_edition().features if feature.id != "multi-site"]
        rows = (len(features) + 1) // 2
        for place, feature in enumerate(features):
            box = QCheckBox(str(feature.title))
            box.setChecked(feature.id in ticked)
            box.toggled.connect(self.changed)
            self._boxes[feature.id] = box
            grid.addWidget(box, place % rows, place // rows)

    def chosen(self) -> tuple[str, ...]:
        """The ids ticked, in the order of the standard."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())
