"""The charter: what a dealership and its coach agree before they begin, on a page or two, to be signed by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.charter import Charter
from qma_app.domain.edition import Area
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.ids import EngagementId, PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.phase_spans import phase_title
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.ports import Reader
from qma_app.i18n import _, day_text, ngettext, percent_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.actions.reading import Programme
from qma_app.reports.actions.values import Frame
from qma_app.reports.blocks import Block
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.progress import Progress
from qma_app.reports.styles import BODY, CELL, CELL_QUIET, CELL_STRONG, LEAD
from qma_app.reports.wording import edition_line
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.promises import PromiseLine, promise_lines, promise_table, promises_of
from qma_app.reports.year.signing import SignatureField, add_signatures
from qma_app.reports.year.targets import TargetPart, target_parts, target_table

_BEFORE = 14.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CharterPaper:
    """Everything the charter shows; `charter` is None while nothing was written, `left_out` are areas with the reason."""

    frame: Frame
    charter: Charter | None
    principal: Person | None
    officer: Person | None
    certificate: Qualification | None
    areas: tuple[Area, ...]
    left_out: tuple[tuple[Area, str], ...]
    phases: tuple[PlannedPhase, ...]
    targets: tuple[TargetPart, ...]
    promises: tuple[PromiseLine, ...]
    pages: tuple[Evidence, ...]

    @property
    def is_draft(self) -> bool:
        """Neither signed, nor so far that it could be: targets that are not locked may still move."""
        is_signed = self.charter is not None and self.charter.signed_on is not None
        return not is_signed and self.frame.engagement.targets_locked_on is None


def title() -> str:
    """What it is called in lists."""
    return _("Charter")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    _of: str | None = None,
    *,
    on: date,
    pages: Sequence[Evidence] | None = None,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> CharterPaper:
    """The agreement of a programme as it stands; promises made elsewhere are not part of it.

    `pages` are the signed pages where they are known; left out, those that `reader` shows.
    """
    frame = Programme(reader, engagement_id, on=on, is_sample=is_sample).frame
    engagement, edition = frame.engagement, frame.edition
    charter = next(iter(reader.all(Charter, engagement_id=engagement_id)), None)
    reasons = {
        one.area_id: one.left_out
        for one in reader.all(PlannedArea, engagement_id=engagement_id)
        if one.is_left_out
    }
    promised = [one for one in promises_of(reader, engagement_id) if charter and one.charter_id == charter.id]
    step(1.0)
    return CharterPaper(
        frame=frame,
        charter=charter,
        principal=_person(reader, engagement.principal_id),
        officer=_person(reader, engagement.officer_id),
        certificate=_certificate(reader, engagement.coach_id, engagement.started_on),
        areas=tuple(area for area in edition.areas if area.id not in reasons),
        left_out=tuple((area, reasons[area.id]) for area in edition.areas if area.id in reasons),
        phases=tuple(sorted(reader.all(PlannedPhase, engagement_id=engagement_id), key=_place)),
        targets=target_parts(reader, engagement_id, edition),
        promises=promise_lines(reader, promised, on=on),
        pages=signed_pages(reader, charter) if pages is None else tuple(pages),
    )


def draw(paper: CharterPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the charter as a PDF."""

    def add(kit: Kit) -> None:
        entry = kit.entry(title(), 0, in_contents=False)
        kit.flow.add(paper_head(kit, paper.frame, title(), title()), entry=entry, keeps=True)
        _add_parties(kit, paper)
        _add_aim(kit, paper)
        _add_scope(kit, paper)
        _add_phases(kit, paper)
        _add_targets(kit, paper)
        _add_promises(kit, paper)
        _add_data(kit)
        _add_signing(kit, paper)
        add_log_end(kit, paper.frame)

    marks = ((_("DRAFT"), LIGHT.warn),) if paper.is_draft else ()
    part = Part(name="", add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress, marks=marks)


def _add_parties(kit: Kit, paper: CharterPaper) -> None:
    engagement = paper.frame.engagement
    officer = [_named(paper.officer)]
    if engagement.officer_percent is not None:
        share = percent_text(str(engagement.officer_percent))
        officer.append(_("{percent} of the working time for this").format(percent=share))
    coach = [_named(paper.frame.coach), _certificate_line(paper.certificate)]
    rows = (
        (_("Dealer principal"), _named(paper.principal) or _("not named yet")),
        (_("Quality officer"), " · ".join(filter(None, officer)) or _("not named yet")),
        (_("Coach"), " · ".join(filter(None, coach)) or _("not named yet")),
    )
    kit.flow.add(kit.facts(rows, padding=2.2), before=2)


def _add_aim(kit: Kit, paper: CharterPaper) -> None:
    kit.heading(_("What shall be different"), level=1, before=_BEFORE)
    aim = paper.charter.aim if paper.charter else ""
    style = LEAD if len(aim) < 400 else BODY
    kit.paragraph(aim or _("Not written yet."), style, before=1, where=_("Aim"))


def _add_scope(kit: Kit, paper: CharterPaper) -> None:
    kit.heading(_("Scope"), level=1, before=_BEFORE)
    names = ", ".join(f"{area.code} {area.title}" for area in paper.areas)
    of = _("{edition}, in these areas: {areas}").format(
        edition=edition_line(paper.frame.edition), areas=names or "–"
    )
    kit.paragraph(of, CELL, before=1)
    if paper.left_out:
        kit.minor_heading(_("Left out, and why"), before=6)
        rows = [
            (f"{area.code} {area.title}", kit.words(reason, CELL, where=_("Left out, and why")))
            for area, reason in paper.left_out
        ]
        kit.flow.add(kit.facts(rows, label_width=150, padding=2), before=2)


def _add_phases(kit: Kit, paper: CharterPaper) -> None:
    engagement = paper.frame.engagement
    kit.heading(_("Length and phases"), level=1, before=_BEFORE)
    months = ngettext("{count} month", "{count} months", engagement.months).format(count=engagement.months)
    said = _("{months}, from {first} to {last}.").format(
        months=months, first=day_text(engagement.started_on), last=day_text(engagement.audit_due_on)
    )
    if engagement.ended_on is not None:
        said += " " + _("Ended on {day}: {reason}").format(
            day=day_text(engagement.ended_on), reason=engagement.ended_reason or "–"
        )
    kit.paragraph(said, CELL, before=1, where=_("Length and phases"))
    if not paper.phases:
        names = ", ".join(str(phase.title) for phase in paper.frame.edition.phases)
        kit.paragraph(
            _("The days of the phases are planned together: {phases}.").format(phases=names), CELL, before=2
        )
        return
    rows: list[list[Block | None]] = [
        [
            kit.words(phase_title(paper.frame.edition, one.phase, one.wave), CELL),
            kit.words(day_text(one.starts_on), CELL_QUIET),
            kit.words(day_text(one.ends_on), CELL_QUIET),
        ]
        for one in paper.phases
    ]
    widths = (CONTENT_WIDTH - 2 * 110 - 20, 110, 110)
    kit.flow.add(plain_table(kit, (_("Phase"), _("From"), _("To")), widths, rows), before=2)


def _add_targets(kit: Kit, paper: CharterPaper) -> None:
    kit.heading(_("Targets"), level=1, before=_BEFORE)
    if not paper.targets:
        kit.paragraph(_("No target is agreed yet."), CELL, before=1)
        return
    kit.flow.add(target_table(kit, paper.targets), before=1)
    locked = paper.frame.engagement.targets_locked_on
    kit.quiet(
        _("Locked on {day}: from then on they do not change.").format(day=day_text(locked))
        if locked
        else _("Not locked yet: they may still change."),
        before=4,
    )


def _add_promises(kit: Kit, paper: CharterPaper) -> None:
    """First the dealership's, then the coach's."""
    own = [line for line in paper.promises if not line.promise.is_coachs]
    coachs = [line for line in paper.promises if line.promise.is_coachs]
    kit.heading(_("What the dealership promises"), level=1, before=_BEFORE)
    if own:
        kit.flow.add(promise_table(kit, own, with_made=False, with_state=False), before=1)
    else:
        kit.paragraph(_("Nothing is promised yet."), CELL, before=1)
    part = paper.charter.coach_part if paper.charter else ""
    if part or coachs:
        kit.heading(_("What the coach does for it"), level=1, before=_BEFORE)
        kit.paragraph(part, BODY, before=1, where=_("The coach's part"))
        if coachs:
            kit.flow.add(promise_table(kit, coachs, with_made=False, with_state=False), before=4)


def _add_data(kit: Kit) -> None:
    kit.heading(_("Data and staff"), level=1, before=_BEFORE)
    for line in _data_lines():
        kit.paragraph(f"• {line}", CELL, before=2)
    rows = (
        (
            _("Works council or other staff representation"),
            _("☐ informed on ______________ by ____________________     ☐ there is none"),
        ),
    )
    kit.flow.add(kit.facts(rows, label_width=150, padding=3, rule=None), before=4)


def _data_lines() -> Iterator[str]:
    yield _(
        "The coach sees the figures named above, month by month, and the records looked at for checkpoints; what was looked at is noted."
    )
    yield _(
        "It is kept encrypted on the coach's computer. The program sends nothing to anybody; backups and papers go where coach and dealership take them."
    )
    yield _(
        "A photo of people who refused stands on no paper. The name of a person can be erased; that it was erased stays on record."
    )
    yield _("Processes are assessed, not the performance of single employees.")


def _add_signing(kit: Kit, paper: CharterPaper) -> None:
    charter, coach = paper.charter, paper.frame.coach
    kit.heading(_("Signatures"), level=1, before=_BEFORE)
    signer = paper.principal.name if paper.principal else ""
    if charter is not None and charter.signed_on is not None:
        said = _("Signed on {day}").format(day=day_text(charter.signed_on))
        line = ", ".join(filter(None, (said, charter.place, charter.signed_by)))
        kit.paragraph(line, CELL_STRONG, before=1, where=_("Signatures"))
        signer = charter.signed_by or signer
    for page in paper.pages:
        words = _("Signed page: {name}, SHA-256 {digest}").format(name=page.name, digest=page.digest)
        kit.paragraph(words, CELL_QUIET, before=2, where=_("Signed page"))
    caption = _("place, date, signature")
    fields = [
        SignatureField(name=signer, caption=f"{_('For the dealership')}: {caption}"),
        SignatureField(name=coach.name if coach else "", caption=f"{_('Coach')}: {caption}"),
    ]
    add_signatures(kit, fields, before=4)


def _named(person: Person | None) -> str:
    if person is None:
        return ""
    return ", ".join(filter(None, (person.name, person.function)))


def _certificate_line(held: Qualification | None) -> str:
    if held is None or not held.number:
        return ""
    said = _("certificate {number}").format(number=held.number)
    if held.valid_until is None:
        return said
    return f"{said}, {_('valid until {day}').format(day=day_text(held.valid_until))}"


def _person(reader: Reader, id: PersonId | None) -> Person | None:
    return reader.find(Person, id, in_bin=True) if id else None


def _certificate(reader: Reader, coach_id: PersonId | None, on: date) -> Qualification | None:
    """The coach's certificate that covers the start, else the newest one."""
    if coach_id is None:
        return None
    held = [one for one in reader.all(Qualification, person_id=coach_id) if one.role is Role.COACH]
    valid = [one for one in held if one.is_valid_on(on)]
    found = valid or held
    return found[-1] if found else None


def signed_pages(reader: Reader, charter: Charter | None) -> tuple[Evidence, ...]:
    """The evidence taken in as the signed charter."""
    if charter is None:
        return ()
    links = reader.all(EvidenceLink, charter_id=charter.id)
    found = (reader.find(Evidence, id) for id in dict.fromkeys(link.evidence_id for link in links))
    return tuple(one for one in found if one is not None)


def _place(phase: PlannedPhase) -> tuple[int, date, str]:
    return phase.place, phase.starts_on, phase.id
