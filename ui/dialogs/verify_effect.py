"""Checking the effect of an action or a finding: by a sample, a KPI, looking again or a document; now, or planned for later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qma_app.domain.ids import VerificationId
from qma_app.domain.record import Changes
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.domain.wording import verification_title
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text
from qma_app.services import verifying
from qma_app.services.effect_suggestion import suggested_effect_of
from qma_app.services.readings import readings_of
from qma_app.services.verifying import Target
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.dialogs.kpi_readings import KpiReadings
from ui.key_names import keys_text
from ui.verification.document_way import DocumentWay
from ui.verification.kpi_way import KpiWay
from ui.verification.look_way import LookWay
from ui.verification.outcome import Outcome
from ui.verification.sample_way import SampleWay
from ui.verification.subject import Subject, read_subject
from ui.verification.way import Way
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments
from ui.workbench import Workbench

_WIDTH: Final = 960
_HEIGHT: Final = 620
_BESIDE: Final = 300
_TO_REASON: Final = ("verification.reason-missing", "verification.before-check-day")
_TO_WORDS: Final = ("verification.words-missing",)


class VerifyEffect(Dialog):
    """Alt+1 to Alt+4 choose the way. What is refused is said above the buttons; nothing typed is lost."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        target: Target,
        *,
        planned: Verification | None = None,
        kind: VerificationKind | None = None,
    ) -> None:
        who = workbench.workspace.store.who
        subject = workbench.read(read_subject, target, planned.id if planned is not None else None, who)
        super().__init__(
            parent,
            _("Check the effect"),
            f"{subject.label}  {subject.words}",
            accept=_("Save check"),
            width=_WIDTH,
        )
        self._bench, self._subject = workbench, subject
        self._planned_id: VerificationId | None = planned.id if planned is not None else None
        self._made_id: VerificationId | None = None
        self._is_stored = False
        self._today = workbench.workspace.today()
        self._build()
        workbench.failed.connect(self._refused)
        self._fit(parent)
        self._show_subject(kind or (planned.kind if planned is not None else VerificationKind.SAMPLE))

    @property
    def is_stored(self) -> bool:
        """Whether anything was stored: a check, a plan or a drawn sample."""
        return self._is_stored

    @property
    def kind(self) -> VerificationKind:
        return VerificationKind(self.segments.current)

    @property
    def way(self) -> Way:
        """The way that is shown."""
        return self._ways[self.kind]

    def _build(self) -> None:
        self.segments = Segments(
            _("How the effect is checked"),
            [
                (kind.value, verification_title(kind), keys_text(f"Alt+{place}"))
                for place, kind in enumerate(VerificationKind, 1)
            ],
        )
        self.segments.chosen.connect(self._way_chosen)
        for place, button in enumerate(self.segments.buttons.values(), 1):
            button.setShortcut(f"Alt+{place}")
        self.sample, self.by_kpi = SampleWay(), KpiWay()
        self.look, self.document = LookWay(), DocumentWay()
        self._ways: dict[VerificationKind, Way] = {
            VerificationKind.SAMPLE: self.sample,
            VerificationKind.KPI: self.by_kpi,
            VerificationKind.LOOK: self.look,
            VerificationKind.DOCUMENT: self.document,
        }
        ways = QWidget()
        column = QVBoxLayout(ways)
        column.setContentsMargins(0, 0, 10, 0)
        for way in self._ways.values():
            column.addWidget(way)
            way.changed.connect(self._edited)
        self.sample.drawing_wanted.connect(self._draw)
        self.by_kpi.kpi_picked.connect(self._kpi_picked)
        self.by_kpi.months_wanted.connect(self._open_months)
        self.outcome = Outcome(self._today)
        self.outcome.changed.connect(self._edited)
        self.expected = PlainLabel("", role="small", tone="muted", wrap=True)
        self.room = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setWidget(ways)
        self.outcome.setFixedWidth(theme.px(_BESIDE))
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.room, 1)
        both.addWidget(self.outcome)
        self.body.setSpacing(10)
        self.body.addWidget(self.expected)
        self.body.addWidget(self.segments)
        self.body.addLayout(both, 1)
        self._add_plan_choice()

    def _add_plan_choice(self) -> None:
        self.plan_only = QCheckBox(_("Only plan it, to be checked on"))
        self.plan_only.toggled.connect(self._edited)
        self.plan_day = DateEdit(self._today)
        self.plan_day.setAccessibleName(_("Day of the planned check"))
        self.buttons.insertWidget(0, self.plan_only)
        self.buttons.insertWidget(1, self.plan_day)

    def _fit(self, parent: QWidget | None) -> None:
        place = parent.window().size() if parent is not None else None
        height = theme.px(_HEIGHT) if place is None else min(theme.px(_HEIGHT), place.height() - 40)
        self.resize(theme.px(_WIDTH), max(theme.px(460), height))

    def _show_subject(self, kind: VerificationKind) -> None:
        subject = self._subject
        self.expected.setText(_expected_words(subject))
        self.expected.setVisible(bool(self.expected.text()))
        for way in self._ways.values():
            way.show_subject(subject)
        self.outcome.show_subject(subject)
        plan = subject.planned
        day = (plan.planned_for if plan is not None else None) or subject.checked_from or self._today
        self.plan_day.show_day(max(day, self._today))
        self._show_kpi(subject.kpi, is_new=True)
        self.choose(kind)

    def choose(self, kind: VerificationKind) -> None:
        """Turn to a way of checking."""
        self.segments.choose(kind.value)
        self._way_chosen()

    def _way_chosen(self) -> None:
        for way in self._ways.values():
            way.setVisible(way is self.way)
        self.way.setFocus()
        self._edited()

    def _show_kpi(self, code: str, *, is_new: bool) -> None:
        found = self._bench.read(readings_of, self._subject.engagement_id, code) if code else ()
        self.by_kpi.show_readings(code, found, self._today, is_new=is_new)
        self._edited()

    def _kpi_picked(self, code: str) -> None:
        self._show_kpi(code, is_new=True)

    def _open_months(self) -> None:
        kpi = self.by_kpi.kpi.kpi
        if kpi is None:
            return
        had_months = bool(self.by_kpi.readings())
        if KpiReadings.ask(self._bench, self._subject.engagement_id, kpi.code, self):
            self._show_kpi(kpi.code, is_new=not had_months)

    def _edited(self) -> None:
        self.show_problem("")
        is_plan = self.plan_only.isChecked()
        self.outcome.show_plan_only(is_plan=is_plan)
        self.plan_day.setEnabled(is_plan)
        self.accept_button.say(_("Save plan") if is_plan else _("Save check"))
        self.outcome.show_suggestion(self._suggestion(), self.kind)

    def _suggestion(self) -> Any:
        """What the figures speak for, by the very rule that judges them when they are stored."""
        if self.way.missing():
            return None
        target = self._subject.target
        draft = Verification(
            id=VerificationId(""),
            engagement_id=self._subject.engagement_id,
            kind=self.kind,
            action_id=target.action_id,
            finding_id=target.finding_id,
            readings=self.way.readings(),
            **self.way.made_fields(),
        )
        try:
            return self._bench.read(suggested_effect_of, draft)
        except QmaError:
            return None  # figures that do not fit together are named when they are to be stored

    def _draw(self) -> None:
        """Seed and numbers are kept with the planned check before anybody sees them: a lot is not drawn until it pleases."""
        self.show_problem("")
        if self._planned_id is None and not self._keep_plan():
            return
        fields = self.sample.planned_fields()
        seed = self.sample.seed.value() if not self.sample.ticks.numbers else 0
        changes = self._do(
            verifying.draw_sample,
            self._planned_id,
            population=fields["population"],
            size=fields["size"],
            seed=seed or verifying.offered_seed(self._bench.workspace),
            drawn_of=fields["drawn_of"],
            drawn_by=fields["drawn_by"],
        )
        if changes is not None:
            drawn = changes.of(Verification)[0]
            self.sample.show_drawn(drawn.drawn, drawn.seed)
            self.sample.ticks.setFocus()
            self._edited()

    def _keep_plan(self, **fields: Any) -> bool:
        """Store what is agreed beforehand, as a new planned check or in the one there is."""
        agreed = self.way.planned_fields() | fields
        if self._planned_id is not None:
            return (
                self._do(verifying.change_verification, self._planned_id, kind=self.kind, **agreed)
                is not None
            )
        changes = self._do(verifying.plan_verification, self._subject.target, kind=self.kind, **agreed)
        if changes is not None:
            self._planned_id = changes.made(Verification).id
        return changes is not None

    def accept(self) -> None:
        if self.plan_only.isChecked():
            words = self.outcome.words.toPlainText().strip()
            if self._keep_plan(planned_for=self.plan_day.day, words=words):
                super().accept()
            return
        missing = self.way.missing() or self.outcome.missing()
        if missing:
            self.show_problem(missing)
            if not self.way.missing() and self.outcome.needs_reason:
                self.outcome.reason.setFocus()
            return
        if (self._made_id is not None or self._make()) and self._attach():
            super().accept()

    def _make(self) -> bool:
        """Store the check with what follows from it."""
        fields = self.way.made_fields()
        if self.kind is VerificationKind.KPI:
            names = ("before_from", "before_until", "after_from", "after_until")
            months = [fields.pop(name) for name in names]
            fields |= {"before": tuple(months[:2]), "after": tuple(months[2:])}
        changes = self._do(
            _USE_CASES[self.kind],
            self._subject.target,
            effect=self.outcome.effect,
            words=self.outcome.words.toPlainText(),
            reason=self.outcome.reason.text() if self.outcome.needs_reason else "",
            on=self.outcome.day.day,
            planned=self._planned_id,
            **fields,
        )
        if changes is None:
            return False
        self._made_id = changes.of(Verification)[0].id
        return True

    def _attach(self) -> bool:
        """Take the files in, one after the other; one that cannot be used stays on the list and is named."""
        from qma_app.services.evidence import add_evidence

        while self.kind is VerificationKind.DOCUMENT and self.document.things:
            thing = self.document.things[0]
            try:
                data = thing.read()
            except QmaError as error:
                self.show_problem(error)
                return False
            changes = self._do(
                add_evidence,
                engagement_id=self._subject.engagement_id,
                data=data,
                name=thing.name,
                verification_id=self._made_id,
            )
            if changes is None:
                return False
            self.document.remove(0)
        return True

    def _do(self, use_case: Callable[..., Changes], *args: Any, **kwargs: Any) -> Changes | None:
        changes = self._bench.do(use_case, *args, **kwargs)
        self._is_stored = self._is_stored or bool(changes)
        return changes

    def _refused(self, error: object) -> None:
        if not isinstance(error, QmaError):
            return
        self.show_problem(error)
        if error.code in _TO_REASON:
            self.outcome.reason.setVisible(True)
            self.outcome.reason.setFocus()
        elif error.code in _TO_WORDS:
            self.outcome.words.setFocus()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        target: Target,
        planned: Verification | None = None,
        kind: VerificationKind | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody check an effect, or plan to; whether anything was stored."""
        dialog = cls(parent, workbench, target, planned=planned, kind=kind)
        dialog.exec()
        is_stored = dialog.is_stored
        dialog.deleteLater()
        return is_stored


_USE_CASES: Final[dict[VerificationKind, Callable[..., Changes]]] = {
    VerificationKind.SAMPLE: verifying.verify_by_sample,
    VerificationKind.KPI: verifying.verify_by_kpi,
    VerificationKind.LOOK: verifying.verify_by_look,
    VerificationKind.DOCUMENT: verifying.verify_by_document,
}


def _expected_words(subject: Subject) -> str:
    """What should be seen, and from which day on."""
    action = subject.action
    if action is None:
        return ""
    due = action.checked_from
    parts = (
        _("Goal: {goal}").format(goal=action.goal) if action.goal else "",
        _("How we will know: {proof}").format(proof=action.proof) if action.proof else "",
        _("Done {day}").format(day=day_text(action.done_on)) if action.done_on else _("Not yet done"),
        _("to be checked from {day} on").format(day=day_text(due)) if due else "",
    )
    return " · ".join(filter(None, parts))
