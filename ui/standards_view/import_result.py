"""The third step of an import: what was taken, changed and left out, each with its address, and the name of the draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition, Text
from qma_app.errors import Problem
from qma_app.i18n import _, ngettext, number_text
from qma_app.services.import_choices import SHOWN, Entry, Fate, Imported, count_of, entries_of
from ui.dialogs.dialog import field
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel

_VERSION = re.compile(r"\d{4}\.\d{1,3}")


class ResultPage(QWidget):
    """`changed` when title or version are."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imported: Imported | None = None
        self._taken: frozenset[tuple[str, str]] = frozenset()
        self.title, self.version = QLineEdit(), QLineEdit()
        self.words = PlainLabel("", wrap=True)
        self.clash = PlainLabel("", role="small", tone="warn", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What became of the cells"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.table = WordTable(_("Cells"), (), is_opening=False)
        self.more = PlainLabel("", role="small", tone="muted")
        self.nothing = EmptyState("circle-check", _("Nothing of this kind."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self._build()
        self.title.textChanged.connect(self._named)
        self.version.textChanged.connect(self._named)
        self.tabs.currentChanged.connect(self._show_rows)

    def _build(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(12)
        names.addWidget(field(_("Title of the standard"), self.title), 3)
        names.addWidget(field(_("Version (year.number)"), self.version), 1)
        card = Card()
        card.body.setSpacing(6)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(names)
        column.addWidget(self.clash)
        column.addWidget(self.words)
        column.addWidget(card, 1)
        self.setFocusProxy(self.title)

    @property
    def is_ready(self) -> bool:
        """Whether the draft can be kept under these names."""
        return (
            self._imported is not None
            and bool(id_of(self.title.text()))
            and bool(_VERSION.fullmatch(self.version.text().strip()))
        )

    def show_imported(self, imported: Imported, taken: Collection[tuple[str, str]]) -> None:
        """Show what a file became; `taken` are the standards and versions there are already."""
        self._imported, self._taken = imported, frozenset(taken)
        edition = imported.edition
        for widget, words in ((self.title, str(edition.title)), (self.version, edition.version)):
            widget.blockSignals(True)
            widget.setText(words)
            widget.blockSignals(False)
        self.words.setText(_made_words(edition))
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for title, count in (
            (_("Left out"), count_of(imported, Fate.LEFT_OUT)),
            (_("Changed"), count_of(imported, Fate.CHANGED)),
            (_("Taken"), count_of(imported, Fate.TAKEN)),
            (_("To look at"), len(imported.problems)),
        ):
            self.tabs.addTab(f"{title} {number_text(count)}")
        self.tabs.blockSignals(False)
        self._show_rows()
        self._named()
        self.title.selectAll()

    def edition(self) -> Edition | None:
        """The draft under the names that stand here now."""
        if self._imported is None or not self.is_ready:
            return None
        edition, title = self._imported.edition, self.title.text().strip()
        language = edition.languages[0] if edition.languages else "en"
        texts = edition.title.texts if str(edition.title) == title else {language: title}
        return replace(
            edition,
            standard=id_of(title),
            title=Text(texts=texts),
            version=self.version.text().strip(),
        )

    def _show_rows(self) -> None:
        if self._imported is None:
            return
        at = max(0, self.tabs.currentIndex())
        self.table.words.show_columns(_columns(has_target=at in (1, 2)))
        count = 0
        if at == 3:
            rows = [
                TableRow(key=place, cells=(one.place, one.advice, one.found), tones={1: _tone(one)})
                for place, one in enumerate(self._imported.problems)
            ]
        else:
            fate = (Fate.LEFT_OUT, Fate.CHANGED, Fate.TAKEN)[at]
            count = count_of(self._imported, fate)
            entries = enumerate(entries_of(self._imported, fate))
            rows = [_row(place, one, has_target=at in (1, 2)) for place, one in entries]
        self.table.show_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.nothing)
        self.more.setVisible(count > SHOWN)
        self.more.setText(
            _("The first {shown} of {count} are listed.").format(
                shown=number_text(SHOWN), count=number_text(count)
            )
        )

    def _named(self) -> None:
        name = (id_of(self.title.text()), self.version.text().strip())
        is_known = name in self._taken
        self.clash.setVisible(is_known)
        self.clash.setText(
            _("There is an edition with this title and version already; this draft will stand beside it.")
        )
        self.changed.emit()


def id_of(title: str) -> str:
    """What a standard is known by in files: its title in small letters."""
    plain = title.casefold()
    for umlaut, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        plain = plain.replace(umlaut, spelled)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
    return words if re.match(r"[a-z]", words) else f"list-{words}" if words else ""


def _columns(*, has_target: bool) -> tuple[TableColumn, ...]:
    """What is left out or only to be looked at went nowhere: no column is empty throughout."""
    target = (TableColumn(title=_("Went to"), width=110),) if has_target else ()
    return (
        TableColumn(title=_("Where"), width=190, is_quiet=True),
        *target,
        TableColumn(title=_("What, how or why"), share=3),
        TableColumn(title=_("Found"), share=2, is_quiet=True),
    )


def _row(place: int, entry: Entry, *, has_target: bool) -> TableRow:
    target = (entry.target,) if has_target else ()
    return TableRow(key=place, cells=(entry.place, *target, entry.detail, entry.found))


def _tone(problem: Problem) -> str:
    return "warn" if problem.is_warning else "bad"


def _made_words(edition: Edition) -> str:
    areas, count = len(edition.areas), len(edition.checkpoints)
    return _("A draft of {areas} with {processes} and {checkpoints}.").format(
        areas=ngettext("{n} area", "{n} areas", areas).format(n=areas),
        processes=ngettext("{n} process", "{n} processes", len(edition.processes)).format(
            n=len(edition.processes)
        ),
        checkpoints=ngettext("{n} checkpoint", "{n} checkpoints", count).format(n=count),
    )
