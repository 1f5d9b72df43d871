"""An audit over one area that can be signed, and a key to sign it with: for tests of what a signature does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from qma_app.domain.certification import IssuedFile
from qma_app.domain.result import Verdict
from qma_app.exchange.signing_key import SigningKey, load_key, make_trial_key
from qma_app.services.assessments import write_remark, write_summary
from qma_app.services.audit_conduct import hold_closing, hold_opening, recommend, write_look
from qma_app.services.audits import declare
from qma_app.services.signing import sign_audit
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.visiting import House

SIGNED_ON = LAST + timedelta(days=4)
PASSPHRASE = "a long phrase"


@cache
def key_file(name: str = "Dora Auditor", begins: date = date(2027, 1, 1)) -> bytes:
    """A key for trial in its file, made once in a run of the tests."""
    at = datetime(begins.year, begins.month, begins.day, tzinfo=UTC)
    return make_trial_key(PASSPHRASE, name=name, at=at, serial=4711 + len(name))


@cache
def a_key(name: str = "Dora Auditor") -> SigningKey:
    return load_key(key_file(name), PASSPHRASE, on=SIGNED_ON)


def make_ready(house: House, points: int = 10) -> Audited:
    """An audit over one area with everything done but the signature; the clock stands four days after it."""
    audited = begin(house)
    audited.look_at_one_area()
    house.clock.put(FIRST, 8)
    lead(audited, points)
    return audited


def lead(audited: Audited, points: int = 10) -> None:
    """Live through the days of an audit that has no finding."""
    prepare(audited, points)
    finish(audited)


def prepare(audited: Audited, points: int = 10, *, on: date = FIRST) -> None:
    """Declaration, opening meeting, and every checkpoint rated."""
    workspace = audited.house.workspace
    declare(workspace, audited.audit_id, audited.auditor.id)
    hold_opening(workspace, audited.audit_id, audited.meeting(on))
    audited.rate_all(points)
    view = audited.view()
    for id in audited.applicable:
        point = view.edition.checkpoints[id]
        if point.is_critical and point.sample is not None:
            write_look(workspace, audited.audit_id, id, no_sample="Fewer than ten cases in the year.")


def finish(audited: Audited, verdict: Verdict = Verdict.PASS, *, on: date = LAST) -> None:
    """Closing meeting, and four days later all words and the recommendation."""
    hold_closing(audited.house.workspace, audited.audit_id, audited.meeting(on, 15))
    audited.house.clock.put(on + timedelta(days=4), 10)
    write_words(audited, verdict)


def write_words(audited: Audited, verdict: Verdict = Verdict.PASS) -> None:
    """Summary, remark and recommendation."""
    workspace = audited.house.workspace
    assessment = audited.assessment
    write_summary(workspace, assessment.id, text="The area works as the standard asks.")
    for area_id in assessment.scope:
        write_remark(workspace, assessment.id, area_id=area_id, text="Steady work.")
    recommend(workspace, audited.audit_id, verdict)


def sign(audited: Audited, key: SigningKey | None = None) -> IssuedFile:
    return sign_audit(audited.house.workspace, audited.audit_id, key or a_key(), language="en")
