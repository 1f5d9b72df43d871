"""The controls of a settings row; each one shows a setting, changes it at once, and follows when it is changed elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QSizePolicy, QSlider, QWidget

from qma_app.i18n import LANGUAGES, _, percent_text
from ui import theme
from ui.files import nearest_folder, open_file
from ui.settings import Settings
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit


class Switch(QCheckBox):
    """On or off."""

    def __init__(self, settings: Settings, name: str, title: str, *, default: bool) -> None:
        super().__init__()
        self._settings, self._name = settings, name
        self.setAccessibleName(title)
        self.setChecked(settings.flag(name, default=default))
        self._tell(self.isChecked())
        self.toggled.connect(self._toggled)

    def _toggled(self, is_on: bool) -> None:
        self._settings.put(self._name, is_on)
        self._tell(is_on)

    def _tell(self, is_on: bool) -> None:
        self.setText(_("On") if is_on else _("Off"))


class Choice(QComboBox):
    """One of a few values, each with its name."""

    def __init__(
        self, settings: Settings, name: str, title: str, options: Sequence[tuple[str, str]], chosen: str
    ) -> None:
        super().__init__()
        self._settings, self._name = settings, name
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(170))
        for value, words in options:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.activated.connect(self._chosen)

    def _chosen(self) -> None:
        self._settings.put(self._name, str(self.currentData()))


class LanguageChoice(Choice):
    """A language a standard can be read in, or that of the window; `offer` says which there are."""

    def __init__(self, settings: Settings, name: str, title: str) -> None:
        super().__init__(settings, name, title, (), "")
        self.offer([code for code, _name in LANGUAGES])
        settings.changed.connect(self._changed_elsewhere)

    def offer(self, codes: Sequence[str]) -> None:
        """Have these languages to choose from; one chosen earlier stays, known here or not."""
        chosen = self._settings.text(self._name, "")
        self.clear()
        self.addItem(_("As the window"), "")
        for code in dict.fromkeys([*codes, *([chosen] if chosen else [])]):
            self.addItem(language_name(code), code)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def _changed_elsewhere(self, name: str) -> None:
        if name == self._name:
            self.setCurrentIndex(max(0, self.findData(self._settings.text(name, ""))))


def language_name(code: str) -> str:
    """A language by its own name, as those who speak it look for it."""
    own = QLocale(code).nativeLanguageName()
    return dict(LANGUAGES).get(code) or (own[:1].upper() + own[1:] if own else code)


class Percent(QWidget):
    """A size from 90 to 200 %, in steps of ten."""

    def __init__(self, settings: Settings, name: str, title: str, value: int) -> None:
        super().__init__()
        self._settings, self._name = settings, name
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(title)
        self.slider.setRange(9, 20)
        self.slider.setPageStep(1)
        self.slider.setTracking(False)
        self.slider.setFixedWidth(theme.px(170))
        self.slider.setValue(round(value / 10))
        self._label = PlainLabel("", tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider)
        row.addWidget(self._label)
        self._show(self.slider.value())
        self.slider.sliderMoved.connect(self._show)
        self.slider.valueChanged.connect(self._changed)

    def _changed(self, tens: int) -> None:
        self._show(tens)
        self._settings.put(self._name, tens * 10)

    def _show(self, tens: int) -> None:
        self._label.setText(percent_text(str(tens * 10)))


class Words(LineEdit):
    """A line of text, stored as it is typed."""

    def __init__(self, settings: Settings, name: str, title: str, *, placeholder: str = "") -> None:
        super().__init__(title, placeholder=placeholder)
        self._settings, self._name = settings, name
        self.setMinimumWidth(theme.px(240))
        self.set_text(settings.text(name, ""))
        self.settled.connect(self._settled)

    def _settled(self, text: str) -> None:
        self._settings.put(self._name, text.strip())


class Folder(QWidget):
    """A folder, to change and to show."""

    def __init__(self, settings: Settings, name: str, title: str, folder: Path) -> None:
        super().__init__()
        self._settings, self._name, self._title, self._folder = settings, name, title, folder
        self._path = PlainLabel(str(folder), role="small", tone="muted", elide=True)
        self._path.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._path.setMinimumWidth(120)
        self._path.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        change, show = Button(_("Change…")), Button(_("Show"))
        change.setAccessibleName(_("Change: {title}").format(title=title))
        show.setAccessibleName(_("Show: {title}").format(title=title))
        change.clicked.connect(self._change)
        show.clicked.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._path, 1)
        row.addWidget(change)
        row.addWidget(show)

    def _change(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._title, str(nearest_folder(self._folder)))
        if name:
            self._folder = Path(name)
            self._path.setText(name)
            self._settings.put(self._name, name)

    def _show(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        open_file(self._folder)
