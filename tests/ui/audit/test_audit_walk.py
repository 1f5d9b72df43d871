"""An audit from its plan to the certificate in the window: one that passes, one on condition that is settled, and one that fails.

The words of their papers are compared with tests/golden/audits; after a change that is meant, write them anew and read the difference:
`QMA_WRITE_GOLDEN=1 python -m pytest tests/ui/audit/test_audit_walk.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.audit_path import StepCode
from qma_app.domain.certification import Certificate, CertificationDecision, DecisionOutcome
from qma_app.domain.result import Verdict
from qma_app.services.certificate_granting import grant_certificate
from qma_app.services.log import verify_workspace
from tests.services.visiting import refused
from tests.ui.answering import Answer
from tests.ui.audit.golden_papers import check_paper
from tests.ui.audit.walk import KEY, AuditHands, open_window
from tests.ui.audit.walk_end import (
    certify_it,
    check_them,
    decide_it,
    nothing_can_be_changed,
    settle_it,
    sign_it,
    write_and_recommend,
)
from tests.ui.audit.walk_house import (
    DECIDED,
    FOLLOWED,
    SETTLED,
    KeptHouse,
    close_the_major,
    make_house,
    opened,
)
from tests.ui.audit.walk_steps import (
    GOOD,
    ONE_MAJOR,
    TOO_LOW,
    Seen,
    begin_it,
    begin_the_follow_up,
    close_the_meeting,
    draw_the_records,
    look_again,
    look_at_everything,
    open_the_audit,
    plan_scope_and_days,
    raise_a_finding,
    reply_to_the_finding,
)
from tests.ui.hands import CTRL
from ui.audit.certificate_view import CertificateView
from ui.reports_view.pdf_pages import PdfPages
from ui.settings import Settings
from ui.theme import ThemeKeeper
from ui.workbench import Workbench

Begin = Callable[[KeptHouse], AuditHands]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> KeptHouse:
    """A dealership a coach rated, before its audit."""
    return make_house(tmp_path_factory.mktemp("walked") / "w")


@pytest.fixture
def begin(
    qtbot: QtBot, light: ThemeKeeper, settings: Settings, answer: Answer, tmp_path: Path
) -> Iterator[Begin]:
    """`begin(kept)`: the window on a copy of that house."""
    stack, made = ExitStack(), list[AuditHands]()
    crashed = list[object]()

    def start(kept: KeptHouse) -> AuditHands:
        workspace, clock = stack.enter_context(opened(kept, tmp_path / "w"))
        settings.put("reports_folder", str(tmp_path / "papers"))
        bench = Workbench(settings)
        bench.jobs.crashed.connect(crashed.append)
        window = open_window(qtbot, bench, workspace)
        hands = AuditHands(
            qtbot=qtbot, window=window, bench=bench, clock=clock, answer=answer, folder=tmp_path
        )
        made.append(hands)
        return hands

    with stack:
        yield start
        for hands in made:
            hands.bench.jobs.cancel_all()
            for pages in hands.window.findChildren(PdfPages):
                pages.close()
            hands.window.flush()
            hands.window.close()
    assert crashed == []


def come_and_look(hands: AuditHands, seen: Seen) -> None:
    """From the auditor who sits down to the last checkpoint on site."""
    begin_it(hands)
    plan_scope_and_days(hands)
    draw_the_records(hands)
    open_the_audit(hands)
    look_at_everything(hands, seen)


def test_an_audit_passes_from_the_plan_to_the_certificate(house: KeptHouse, begin: Begin) -> None:
    hands = begin(house)
    come_and_look(hands, GOOD)
    raise_a_finding(hands)
    reply_to_the_finding(hands)
    close_the_meeting(hands)
    write_and_recommend(hands, Verdict.PASS)
    report = sign_it(hands)
    nothing_can_be_changed(hands)
    decide_it(hands, DecisionOutcome.GRANTED)
    certificate = certify_it(hands)
    check_them(hands, report, certificate)
    assert verify_workspace(hands.bench.workspace).faults == ()
    check_paper("pass-report", report)
    check_paper("pass-certificate", certificate)


def test_a_condition_is_settled_by_a_follow_up_after_sixty_days(house: KeptHouse, begin: Begin) -> None:
    hands = begin(house)
    workspace, clock = hands.bench.workspace, hands.clock
    come_and_look(hands, ONE_MAJOR)
    reply_to_the_finding(hands, "Seen the same way.")
    close_the_meeting(hands)
    write_and_recommend(hands, Verdict.CONDITIONAL)
    report = sign_it(hands)
    decide_it(hands, DecisionOutcome.CONDITIONAL)
    conditional = certify_it(hands)
    assert hands.step(CertificateView).preview.state.text() == "valid on condition"
    close_the_major(workspace, clock)
    begin_the_follow_up(hands)
    open_the_audit(hands, FOLLOWED)
    look_again(hands)
    close_the_meeting(hands, FOLLOWED)
    write_and_recommend(hands, Verdict.PASS, FOLLOWED)
    follow_up = sign_it(hands)
    settle_it(hands)
    certificate = certify_it(hands)
    assert hands.step(CertificateView).preview.state.text() == "valid"
    assert timedelta(days=60) == SETTLED - DECIDED
    check_them(hands, report, follow_up, certificate)
    assert verify_workspace(workspace).faults == ()
    check_paper("conditional-report", report)
    check_paper("conditional-certificate", conditional)
    check_paper("follow-up-report", follow_up)
    check_paper("settled-certificate", certificate)


def test_below_the_pass_mark_there_is_no_certificate(house: KeptHouse, begin: Begin) -> None:
    hands = begin(house)
    workspace = hands.bench.workspace
    come_and_look(hands, TOO_LOW)
    hands.press(KEY.Key_7, CTRL)
    close_the_meeting(hands)
    write_and_recommend(hands, Verdict.FAIL)
    report = sign_it(hands)
    decide_it(hands, DecisionOutcome.REFUSED)
    view = hands.walk_to(CertificateView, StepCode.CERTIFICATE)
    assert not view.card.grant_button.isVisible()
    with refused("certificate.refused"):
        grant_certificate(workspace, hands.all(CertificationDecision)[-1].id)
    assert hands.all(Certificate) == []
    check_paper("fail-report", report)
