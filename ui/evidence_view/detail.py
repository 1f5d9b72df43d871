"""The piece of evidence chosen: large, described in place, with where it is used and everything that identifies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app.domain.evidence import Consent, Evidence, EvidenceKind
from qma_app.domain.evidence_use import why_not_shown
from qma_app.domain.wording import consent_title
from qma_app.i18n import _, day_text, instant_text, ngettext
from qma_app.services.evidence_ledger import LedgerLine, Use, file_sentence
from ui import theme
from ui.evidence_view.detail_rows import HashRow, UseChip, grouped
from ui.evidence_view.grid import badges
from ui.evidence_view.picture_view import PictureView, pixmap_of
from ui.evidence_view.reading import EvidenceDetail
from ui.findings.date_field import DateField
from ui.findings.reading_order import set_reading_order
from ui.widgets.buttons import Button
from ui.widgets.cards import clear
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel, plain_tip
from ui.widgets.note_edit import LineEdit, NoteEdit
from ui.widgets.segments import Segments

_NOT_NOTED = ""
_PICTURE_HEIGHT = 236


class EvidencePanel(QWidget):
    """Says what is wanted; storing is the view's."""

    described = Signal(str, object)  # the name of a field of Evidence, its new value
    consent_noted = Signal(object, str)  # Consent or None, words
    opened = Signal()
    mark_wanted = Signal()
    copy_wanted = Signal()
    link_wanted = Signal()
    unlink_wanted = Signal(object)  # Use
    jump_wanted = Signal(object)  # Use
    pair_opened = Signal(object)  # PairShown
    revision_wanted = Signal()
    revision_opened = Signal(object)  # Evidence
    delete_wanted = Signal()
    told = Signal(str)
    field_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: EvidenceDetail | None = None
        self._today = date(2000, 1, 1)
        self._make_fields()
        self._build()
        self._connect()

    @property
    def evidence(self) -> Evidence | None:
        """What is shown."""
        return self._detail.line.evidence if self._detail is not None else None

    def _make_fields(self) -> None:
        self.title = PlainLabel("", role="lead", wrap=True)
        self.badges = QWidget()
        self.picture = PictureView(_("The photo as it leaves the app"))
        self.picture.setFixedHeight(theme.px(_PICTURE_HEIGHT))
        self.document = PlainLabel("", tone="muted", wrap=True)
        self.file_trouble = PlainLabel("", tone="bad", wrap=True, selectable=True)
        self.withheld = PlainLabel("", role="small", tone="bad", wrap=True)
        self.open = Button(_("Open large"), keys="Return", icon_name="expand")
        self.mark = Button(_("Mark"), keys="M", icon_name="pencil")
        self.copy = Button(_("Save copy…"))
        self.name = LineEdit(_("Name of the file"))
        self.caption = NoteEdit(_("Caption"), placeholder=_("What is to be seen"), lines=2)
        self.made_on = DateField(_("Made on"), placeholder=_("not known"))
        self.valid_from = DateField(_("Valid from"), placeholder=_("no day"))
        self.valid_until = DateField(_("Valid until"), placeholder=_("no end"))
        self.taken_in = PlainLabel("", role="small", tone="muted", wrap=True)
        self.consent = Segments(
            _("Consent of the people shown"),
            (
                (_NOT_NOTED, _("not noted"), _("Nobody has looked at it yet.")),
                (Consent.NOBODY.value, _("nobody"), consent_title(Consent.NOBODY)),
                (Consent.GIVEN.value, _("given"), consent_title(Consent.GIVEN)),
                (Consent.REFUSED.value, _("refused"), consent_title(Consent.REFUSED)),
            ),
        )
        self.consent_words = LineEdit(_("Consent in words"), placeholder=_("Who said so, when and how"))
        self.uses = QWidget()
        self.link = Button(_("Link to…"), keys="L", icon_name="link")
        self.pair = PlainLabel(
            _("Choose two photos (Ctrl and click), then P puts them side by side."),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.facts = PlainLabel("", role="small", tone="muted", wrap=True)
        self.stored_hash = HashRow(_("SHA-256 of what is stored"))
        self.original_hash = HashRow(_("SHA-256 of the original"))
        self.revise = Button(_("Take in a newer version…"), icon_name="upload")
        self.delete = Button(_("Delete"), kind="danger")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(8)
        self._badge_row = FlowLayout(self.badges, spacing=4)
        self._use_row = FlowLayout(self.uses, spacing=4)
        self._pair_rows, self._revision_rows = QVBoxLayout(), QVBoxLayout()
        acts = QWidget()
        row = FlowLayout(acts, spacing=6)
        for button in (self.open, self.mark, self.copy):
            row.addWidget(button)
        for widget in (self.title, self.badges, self.picture, self.document, self.file_trouble):
            column.addWidget(widget)
        column.addWidget(self.withheld)
        column.addWidget(acts)
        _section(column, _("Name"), self.name)
        _section(column, _("Caption"), self.caption)
        column.addWidget(PlainLabel(_("Dates"), role="caption"))
        column.addLayout(self._dates())
        column.addWidget(self.taken_in)
        self._consent_title = PlainLabel(_("People in the photo"), role="caption")
        for widget in (self._consent_title, self.consent, self.consent_words):
            column.addWidget(widget)
        _section(column, _("Used at"), self.uses)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._pair_title = PlainLabel(_("Before and after"), role="caption")
        column.addWidget(self._pair_title)
        column.addLayout(self._pair_rows)
        column.addWidget(self.pair)
        column.addWidget(PlainLabel(_("Versions"), role="caption"))
        column.addLayout(self._revision_rows)
        column.addWidget(self.revise, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PlainLabel(_("File"), role="caption"))
        for fact in (self.facts, self.stored_hash, self.original_hash):
            column.addWidget(fact)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _dates(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (words, field) in enumerate(
            (
                (_("Made on"), self.made_on),
                (_("Valid from"), self.valid_from),
                (_("Valid until"), self.valid_until),
            )
        ):
            grid.addWidget(PlainLabel(words, role="small", tone="muted"), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        self.picture.pressed.connect(self.opened)
        for button, signal in (
            (self.open, self.opened),
            (self.mark, self.mark_wanted),
            (self.copy, self.copy_wanted),
            (self.link, self.link_wanted),
            (self.revise, self.revision_wanted),
            (self.delete, self.delete_wanted),
        ):
            button.clicked.connect(signal)
        self.name.settled.connect(self._named)
        self.caption.settled.connect(self._captioned)
        self.made_on.settled.connect(partial(self.described.emit, "made_on"))
        self.valid_from.settled.connect(partial(self.described.emit, "valid_from"))
        self.valid_until.settled.connect(partial(self.described.emit, "valid_until"))
        self.consent.chosen.connect(self._consent_chosen)
        self.consent_words.settled.connect(self._consent_chosen)
        for row in (self.stored_hash, self.original_hash):
            row.copied.connect(self.told)
        for field in (self.name, self.caption, self.consent_words):
            field.left.connect(self.field_left)

    def show_detail(self, detail: EvidenceDetail, today: date) -> None:
        """Show a piece of evidence; what is being typed is left alone when it is the same one."""
        item = detail.line.evidence
        is_same = self.evidence is not None and self.evidence.id == item.id
        if not is_same:
            self.flush()
        self._detail = detail
        self.title.setText(item.caption or item.name)
        self._show_badges(detail.line)
        self._show_picture(detail)
        self._show_fields(item, today, is_same=is_same)
        taken_in = _("Taken in {at}").format(at=instant_text(item.taken_in_at))
        self.taken_in.setText(
            _("{taken_in} by {person}").format(taken_in=taken_in, person=detail.taken_in_by)
            if detail.taken_in_by
            else taken_in
        )
        self._show_uses(detail.line)
        self._show_pairs(detail)
        self._show_revisions(detail)
        self._show_hashes(item)
        set_reading_order(self)  # rows made anew would be the last ones Tab comes to

    def show_again(self) -> None:
        """A change was refused: show what is stored."""
        if self._detail is not None:
            self._show_fields(self._detail.line.evidence, self._today, is_same=False)

    def flush(self) -> None:
        """Give on what is typed."""
        for field in (self.name, self.caption, self.consent_words):
            field.flush()
        for day in (self.made_on, self.valid_from, self.valid_until):
            day.flush()

    def _show_badges(self, line: LedgerLine) -> None:
        self._badge_row.clear()
        words = badges(line)
        for text, tone in words:
            chip = Chip(text, tone=tone)
            self._badge_row.addWidget(chip)
            chip.show()
        self.badges.setVisible(bool(words))

    def _show_picture(self, detail: EvidenceDetail) -> None:
        item = detail.line.evidence
        picture = pixmap_of(detail.picture)
        self.picture.setVisible(not picture.isNull())
        if not picture.isNull():
            self.picture.show_picture(picture)
        is_photo = item.kind is EvidenceKind.PHOTO
        self.document.setText(_("A document, kept as it is. Save a copy to open it."))
        self.document.setVisible(not is_photo)
        trouble = file_sentence(
            replace(detail.line, broken=tuple(grouped(digest) for digest in detail.line.broken))
        )
        self.file_trouble.setText(
            f"{trouble} {_('Restore it from a backup, or take the original in again.')}" if trouble else ""
        )
        self.file_trouble.setVisible(bool(trouble))
        self.withheld.setText(why_not_shown(item))
        self.withheld.setVisible(bool(self.withheld.text()))
        self.mark.setVisible(is_photo)
        self.open.setVisible(is_photo)
        for widget in (self._consent_title, self.consent, self.consent_words, self.pair):
            widget.setVisible(is_photo)

    def _show_fields(self, item: Evidence, today: date, *, is_same: bool) -> None:
        self._today = today
        for field, text in (
            (self.name, item.name),
            (self.caption, item.caption),
            (self.consent_words, item.consent_words),
        ):
            if not (is_same and field.is_pending):
                field.set_text(text)
        for line in (self.name, self.consent_words):
            if not line.hasFocus():
                line.setCursorPosition(0)
        for day, stored in (
            (self.made_on, item.made_on),
            (self.valid_from, item.valid_from),
            (self.valid_until, item.valid_until),
        ):
            if not (is_same and day.is_pending and day.day == stored):
                day.show_day(stored, today)
        self.consent.choose(item.consent.value if item.consent is not None else _NOT_NOTED)

    def _show_uses(self, line: LedgerLine) -> None:
        self._use_row.clear()
        if not line.uses:
            words = (
                _("Nothing: this version was replaced.")
                if line.is_replaced
                else _("Nothing yet: link it to what it shows.")
            )
            label = PlainLabel(words, role="small", tone="muted" if line.is_replaced else "warn")
            self._use_row.addWidget(label)
            label.show()
        for use in _single(line.uses):
            chip = UseChip(use)
            chip.jump_wanted.connect(self.jump_wanted)
            chip.unlink_wanted.connect(self.unlink_wanted)
            self._use_row.addWidget(chip)
            chip.show()
        self.link.setVisible(not line.is_replaced)

    def _show_pairs(self, detail: EvidenceDetail) -> None:
        clear(self._pair_rows)
        for shown in detail.pairs:
            is_before = shown.pair.before_id == detail.line.evidence.id
            other = shown.after if is_before else shown.before
            words = (_("Before; after: {name}") if is_before else _("After; before: {name}")).format(
                name=other.caption or other.name
            )
            button = Button(words, kind="link", icon_name="images")
            button.setToolTip(plain_tip(shown.pair.words or words))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(_emit, self.pair_opened.emit, shown))
            self._pair_rows.addWidget(button)
        self._pair_title.setVisible(detail.line.evidence.kind is EvidenceKind.PHOTO)

    def _show_revisions(self, detail: EvidenceDetail) -> None:
        clear(self._revision_rows)
        own = detail.line.evidence
        if len(detail.revisions) < 2:
            self._revision_rows.addWidget(
                PlainLabel(
                    _("Version {number}, the only one.").format(number=own.revision),
                    role="small",
                    tone="muted",
                )
            )
        for item in detail.revisions if len(detail.revisions) > 1 else ():
            words = _("Version {number}: {name}, {day}").format(
                number=item.revision,
                name=item.name,
                day=day_text(item.taken_in_at.astimezone().date()),
            )
            if item.id == own.id:
                self._revision_rows.addWidget(
                    PlainLabel(_("{version} (shown)").format(version=words), role="small", wrap=True)
                )
                continue
            button = Button(words, kind="link")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(_emit, self.revision_opened.emit, item))
            self._revision_rows.addWidget(button)
        self.revise.setVisible(not detail.line.is_replaced)

    def _show_hashes(self, item: Evidence) -> None:
        facts = [item.media_type, _("{size} kB").format(size=-(-item.size // 1000))]
        if item.width and item.height:
            facts.append(f"{item.width} × {item.height}")
        if item.marks:
            facts.append(
                ngettext("{count} mark", "{count} marks", len(item.marks)).format(count=len(item.marks))
            )
        self.facts.setText(" · ".join(facts))
        self.stored_hash.show_digest(item.digest)
        self.original_hash.show_digest(item.original_digest)

    def _named(self, name: str) -> None:
        if name.strip():
            self.described.emit("name", name.strip())
        else:
            self.show_again()

    def _captioned(self, caption: str) -> None:
        self.described.emit("caption", " ".join(caption.split()))

    def _consent_chosen(self) -> None:
        key = self.consent.current
        self.consent_noted.emit(Consent(key) if key else None, self.consent_words.text().strip())


def _single(uses: Sequence[Use]) -> tuple[Use, ...]:
    """Each place once: linked by itself counts more than through its checkpoint."""
    places = {(use.kind, use.id, use.assessment_id): use for use in sorted(uses, key=_is_own)}
    return tuple(dict.fromkeys(places[use.kind, use.id, use.assessment_id] for use in uses))


def _is_own(use: Use) -> bool:
    return use.is_own


def _emit(emit: Callable[[object], object], value: object, _is_checked: bool = False) -> None:
    """A button says whether it is pressed down; what it opens matters."""
    emit(value)


def _section(column: QVBoxLayout, title: str, widget: QWidget) -> None:
    column.addWidget(PlainLabel(title, role="caption"))
    column.addWidget(widget)
