"""Chooses what to make: the kind of paper, the assessment it is about, and the language."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.reports_view.papers import Choice, Papers
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class WhatCard(Card):
    """`changed` when anything else was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._papers: Papers | None = None
        self._kinds: tuple[tuple[str, str], ...] = ()
        self._preferred = ""
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._kind_toggled)
        self.kinds: dict[str, QRadioButton] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.assessment = QComboBox()
        self.assessment.setAccessibleName(_("Assessment"))
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language of the paper"))
        self._language_caption = PlainLabel(_("Language"), role="caption")
        for box in (self.assessment, self.language):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self.changed)
        self.body.setSpacing(5)
        self.body.addWidget(PlainLabel(_("What"), role="caption"))
        self.body.addLayout(self._lines)
        self.body.addSpacing(6)
        self._about_caption = PlainLabel(_("Assessment"), role="caption")
        self.body.addWidget(self._about_caption)
        self.body.addWidget(self.assessment)
        self.body.addSpacing(6)
        self.body.addWidget(self._language_caption)
        self.body.addWidget(self.language)

    @property
    def kind(self) -> str:
        """The kind chosen; "" while there is none."""
        button = self._group.checkedButton()
        return next((kind for kind, known in self.kinds.items() if known is button), "")

    @property
    def choice(self) -> Choice | None:
        """What is chosen; None while there is nothing to make."""
        found = self.assessment.currentData()
        return found if isinstance(found, Choice) else None

    @property
    def language_code(self) -> str:
        return str(self.language.currentData() or "en")

    def choose_language(self, code: str) -> None:
        """Have papers in this language, where they can be in it; says nothing."""
        place = self.language.findData(code)
        if place >= 0:
            blocker = QSignalBlocker(self.language)
            self.language.setCurrentIndex(place)
            blocker.unblock()

    def show_papers(self, papers: Papers, *, language: str) -> None:
        """Offer these; what was chosen stays chosen where it still can be."""
        kept, self._papers = self.choice, papers
        if papers.kinds() != self._kinds:
            self._show_kinds(papers.kinds())
        self._show_languages(papers, language)
        self.choose(kept.kind if kept else "", kept.about if kept else None)

    def choose(self, kind: str, about: str | None) -> None:
        """Choose a kind ("" = the first) of an assessment, area or process (None = the first listed); says nothing."""
        if self._papers is None or not self.kinds:
            self._show_assessments("", None)
            return
        kind = kind if kind in self.kinds else next(iter(self.kinds))
        choice = self._papers.find(kind, about)
        blocker = QSignalBlocker(self._group)
        self.kinds[kind].setChecked(True)
        blocker.unblock()
        self._show_assessments(kind, choice)

    def _show_kinds(self, kinds: tuple[tuple[str, str], ...]) -> None:
        self._kinds = kinds
        for old in self.kinds.values():
            self._group.removeButton(old)
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.kinds = {}
        for kind, title in kinds:
            button = QRadioButton(title.replace("&", "&&"))
            button.setAccessibleName(title)
            self.kinds[kind] = button
            self._group.addButton(button)
            self._lines.addWidget(button)

    def _show_assessments(self, kind: str, chosen: Choice | None) -> None:
        if self._papers is None:
            return
        blocker = QSignalBlocker(self.assessment)
        self.assessment.clear()
        for choice in self._papers.of_kind(kind):
            self.assessment.addItem(choice.label, choice)
            if choice == chosen:
                self.assessment.setCurrentIndex(self.assessment.count() - 1)
        blocker.unblock()
        caption = _("Assessment") if chosen is None or chosen.assessment_id else _about_caption(kind)
        self._about_caption.setText(caption)
        self.assessment.setAccessibleName(caption)

    def _show_languages(self, papers: Papers, language: str) -> None:
        from babel import Locale

        # Another dealership may have another language; what was chosen by hand stays for this one.
        kept = self.language.currentData() if language == self._preferred else None
        self._preferred = language
        wanted = str(kept or language)
        blocker = QSignalBlocker(self.language)
        self.language.clear()
        for code in papers.languages:
            self.language.addItem(str(Locale.parse(code).get_display_name(code)).capitalize(), code)
        self.language.setCurrentIndex(max(0, self.language.findData(wanted)))
        blocker.unblock()
        for widget in (self.language, self._language_caption):
            widget.setVisible(len(papers.languages) > 1)

    def _kind_toggled(self, button: QRadioButton, is_checked: bool) -> None:
        if not is_checked or self._papers is None:
            return
        kept = self.choice
        self._show_assessments(self.kind, self._papers.find(self.kind, kept.about if kept else None))
        self.changed.emit()


def _about_caption(kind: str) -> str:
    """What a paper without an assessment is chosen by."""
    return {
        "actions": _("Whole programme, area or owner"),
        "finding": _("Finding"),
        "department": _("Area"),
        "agenda": _("Visit"),
        "minutes": _("Visit"),
        "review": _("Management review"),
        "charter": _("Programme"),
        "principal": _("Programme"),
        "quick-wins": _("Programme"),
        "handover": _("Programme"),
    }.get(kind, _("Area or process"))
