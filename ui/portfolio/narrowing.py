"""Which dealerships are shown: those of a coach, those that match some words, the archived ones too or not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from qma_app.i18n import _
from ui.people.filter_line import FilterLine
from ui.portfolio.reading import NOBODY, Portfolio
from ui.settings import Settings
from ui.widgets.buttons import MenuButton

_COACH, _ARCHIVED = "portfolio_coach", "portfolio_archived"


class Narrowing(QWidget):
    """The coach is remembered and the same in every view; `narrowed` when rows change, `reading_wanted` when others must be read."""

    narrowed = Signal()
    reading_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._names: dict[str, str] = {}
        self.words = FilterLine(_("Filter dealerships"))
        self.coach_button = MenuButton("")
        self.archived = QCheckBox(_("Archived too"))
        self.archived.setChecked(settings.flag(_ARCHIVED, default=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.coach_button)
        row.addWidget(self.archived)
        row.addStretch(1)
        self.words.narrowed.connect(self._narrowed)
        self.coach_button.choices.aboutToShow.connect(self._offer)
        self.archived.clicked.connect(self._archived_turned)

    @property
    def coach(self) -> str:
        """The key of the coach whose dealerships are shown; "" for all, and where that coach has none any more."""
        wanted = self._settings.text(_COACH, "")
        return wanted if wanted in self._names else ""

    @property
    def with_archived(self) -> bool:
        return self._settings.flag(_ARCHIVED, default=False)

    def show_portfolio(self, portfolio: Portfolio) -> None:
        """Offer the coaches there are."""
        self._names = {id or NOBODY: name or _("Without a coach") for id, name in portfolio.coaches}
        self.archived.setChecked(self.with_archived)
        self.coach_button.setVisible(len(self._names) > 1)
        self._say()

    def choose(self, coach: str, _is_on: bool = True) -> None:
        """Show the dealerships of one coach; of all with ""."""
        self._settings.put(_COACH, coach)
        self._say()
        self.narrowed.emit()

    def _say(self) -> None:
        words = self._names.get(self.coach, _("All coaches"))
        self.coach_button.say(words)
        self.coach_button.setAccessibleName(_("Coach: {name}").format(name=words))

    def _offer(self) -> None:
        menu = self.coach_button.choices
        menu.clear()
        for key, name in (("", _("All coaches")), *self._names.items()):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self.coach)
            action.triggered.connect(partial(self.choose, key))

    def _narrowed(self) -> None:
        self.narrowed.emit()

    def _archived_turned(self, is_on: bool) -> None:
        self._settings.put(_ARCHIVED, is_on)
        self.reading_wanted.emit()
