"""The charter: its aim, what the coach does for it, the promises made on it, and who signed it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.charter import Charter
from qma_app.domain.ids import CharterId
from qma_app.i18n import _, day_text
from ui.agreement.reading import Agreed
from ui.agreement.signed_page import SignedPage
from ui.agreement.words import promise_line
from ui.dialogs.dialog import field
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.places import Place
from ui.today.tick_list import TickList
from ui.visit.words_card import show_words
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class CharterCard(Card):
    """Written as it is typed until it is signed; read-only from then on. `signing` when somebody wants to sign it."""

    going = Signal(object)  # Place
    signing = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Charter"), self.state, parent)
        self._bench = workbench
        self._agreed: Agreed | None = None
        self.aim = GrowingNote(
            _("What shall be different"),
            placeholder=_("In the house's own words: what customers, staff and profit will notice"),
            least=2,
        )
        self.coach_part = GrowingNote(
            _("What the coach does"), placeholder=_("Visits, open words, papers in time"), least=1
        )
        for name, note in (("aim", self.aim), ("coach_part", self.coach_part)):
            note.settled.connect(partial(self._write, name))
            note.left.connect(workbench.close_step)
        self.promises = TickList(
            _("Promises on the charter"), settings=workbench.settings, open_words=_("Open the promise book")
        )
        self.promises.opened.connect(self._open_promise)
        self.nothing = PlainLabel("", tone="muted", wrap=True)
        self.page = SignedPage(workbench)
        self.sign_button = Button(_("Sign charter…"), keys="S")
        self.sign_button.clicked.connect(self.signing)
        self._build()

    def _build(self) -> None:
        self.what = LineEdit(_("What is promised"), placeholder=_("What the principal promises"))
        self.what.returnPressed.connect(self.add_promise)
        self.who = OwnerField()
        self.who.setAccessibleName(_("Who promises it"))
        self.who.words.setAccessibleName(_("Who promises it"))
        self.who.words.setPlaceholderText(_("Who"))
        self.who.words.returnPressed.connect(self.add_promise)
        self.due = DateField(_("Until when"), placeholder=_("Until"))
        self.add_button = Button(_("Add promise"), kind="link")
        self.add_button.clicked.connect(self.add_promise)
        self._adding = QWidget()
        lines = QVBoxLayout(self._adding)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self.what)
        line = QHBoxLayout()
        line.setSpacing(6)
        lines.addLayout(line)
        line.addWidget(self.who, 3)
        line.addWidget(self.due, 3)
        line.addWidget(self.add_button)
        self.body.setSpacing(6)
        self.body.addWidget(field(_("What shall be different"), self.aim))
        self.body.addWidget(field(_("What the coach does"), self.coach_part))
        self.body.addSpacing(2)
        self.body.addWidget(PlainLabel(_("Promises on the charter"), role="caption"))
        self.body.addWidget(self.promises)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self._adding)
        self.body.addSpacing(2)
        self.body.addWidget(self.sign_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._page_caption = PlainLabel(_("Signed page, as PDF or photo"), role="caption")
        self.body.addWidget(self._page_caption)
        self.body.addWidget(self.page)

    def show_agreed(self, agreed: Agreed) -> None:
        """Show the charter; words being typed are left alone."""
        is_same = self._agreed is not None and self._agreed.engagement.id == agreed.engagement.id
        if not is_same:
            self._empty(agreed)
        self._agreed = agreed
        charter = agreed.charter
        for name, note in (("aim", self.aim), ("coach_part", self.coach_part)):
            show_words(note, getattr(charter, name) if charter is not None else "", is_same=is_same)
            note.setReadOnly(agreed.is_signed)
        self.promises.show_lines([promise_line(one, agreed) for one in agreed.promises])
        self.promises.setVisible(bool(agreed.promises))
        self.nothing.setText(
            _("None: attending visits, giving time and money are what a principal usually promises.")
        )
        self.nothing.setVisible(not agreed.promises)
        self.who.show_people(agreed.names)
        self._adding.setVisible(not agreed.is_signed)
        self.sign_button.setVisible(not agreed.is_signed)
        for widget in (self._page_caption, self.page):
            widget.setVisible(charter is not None)
        self.page.show_agreed(agreed)
        self._show_state(charter)

    def add_promise(self) -> None:
        """Write one more down; the charter is begun for it where there is none."""
        from qma_app.services.promises import make_promise

        self.due.flush()
        agreed, what = self._agreed, self.what.text().strip()
        who = " ".join(self.who.words.text().split())
        if agreed is None or not what:
            self.what.setFocus()
            return
        if self.due.is_pending:
            self.due.field.setFocus()
            return
        if not who:
            self.who.words.setFocus()
            self._bench.told.emit(_("Who promises it? Write a name, then Enter."))
            return
        charter_id = self._begun(agreed)
        if charter_id is None:
            return
        done = self._bench.do(
            make_promise,
            agreed.engagement.id,
            what=what,
            who=who,
            due_on=self.due.day,
            charter_id=charter_id,
            is_coachs=agreed.coach is not None and agreed.coach.name.casefold() == who.casefold(),
        )
        if done is not None:
            self._empty(agreed)
            self.what.setFocus()

    def take_focus(self) -> None:
        """The keyboard goes to what can still be done; not into a text, where a letter would no longer turn to another view."""
        (self.sign_button if self.sign_button.isVisibleTo(self) else self.page.strip).setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        self.aim.flush()
        self.coach_part.flush()

    def _begun(self, agreed: Agreed) -> CharterId | None:
        from qma_app.services.charters import write_charter

        if agreed.charter is not None:
            return agreed.charter.id
        made = self._bench.do(write_charter, agreed.engagement.id)
        return made.made(Charter).id if made is not None else None

    def _empty(self, agreed: Agreed) -> None:
        self.what.set_text("")
        principal = agreed.principal
        self.who.set_text(principal.name if principal is not None else "")
        self.due.show_day(None, agreed.on)

    def _show_state(self, charter: Charter | None) -> None:
        if charter is None or charter.signed_on is None:
            self.state.say(_("not signed"), "warn")
            self.state.setToolTip("")
            return
        words = ", ".join(filter(None, (charter.signed_by, charter.place, day_text(charter.signed_on))))
        self.state.say(_("✓ signed by {words}").format(words=words), "ok")
        self.state.setToolTip(_("What is signed does not change any more."))

    def _write(self, name: str, words: str) -> None:
        from qma_app.services.charters import write_charter

        agreed = self._agreed
        if agreed is None or agreed.is_signed:
            return
        key = f"charter {name} {agreed.engagement.id}"
        if self._bench.do(write_charter, agreed.engagement.id, merge_key=key, **{name: words}) is None:
            (self.aim if name == "aim" else self.coach_part).keep_unsaved()

    def _open_promise(self, _key: str) -> None:
        self.going.emit(Place(page="journey", dealership_id=self._bench.dealership_id, view="promises"))
