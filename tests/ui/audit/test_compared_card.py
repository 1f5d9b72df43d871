"""What moved since the audit before, beside the result of a surveillance."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.services.audits import begin_audit
from tests.services.auditing import LAST, Audited
from tests.services.signed import sign
from tests.ui.audit.paging import Shown
from ui.audit.compared_card import ComparedCard
from ui.audit.report_view import ReportView
from ui.widgets.cards import CardRow

pytest_plugins = ["tests.services.signed_fixtures", "tests.ui.audit.page_fixtures"]
YEAR_LATER = LAST + timedelta(days=364)


def the_card(show_page: Shown, audited: Audited) -> ComparedCard:
    page = show_page(audited.house, "report")
    assert isinstance(page.shown, ReportView)
    return page.shown.compared


def test_a_first_audit_is_compared_with_nothing(ready: Audited, show_page: Shown) -> None:
    assert the_card(show_page, ready).isHidden()


def test_a_surveillance_shows_what_has_gone_back_and_leads_there(
    qtbot: QtBot, ready: Audited, show_page: Shown
) -> None:
    sign(ready)
    house = ready.house
    house.clock.put(YEAR_LATER, 8)
    begun = begin_audit(
        house.workspace,
        house.engagement.id,
        AssessmentKind.SURVEILLANCE,
        first_on=YEAR_LATER,
        last_on=YEAR_LATER,
    ).made(Audit)
    again = Audited(house=house, auditor=ready.auditor, audit_id=begun.id, rated=ready.rated)
    first, second = ready.applicable[:2]
    again.rate(first, 4)
    again.rate(second, 10)
    card = the_card(show_page, again)
    assert card.isVisible()
    assert card.before.text() == ready.audit.number
    assert "2 checkpoints were rated in both audits: 0 better, 1 kept, 1 gone back." in card.words.text()
    assert len(card.findChildren(CardRow)) == 1
    (row,) = card.rows
    assert "10 then, 4 now" in row.accessibleName()
    with qtbot.waitSignal(card.opened) as opened:
        qtbot.keyClick(row, Qt.Key.Key_Space)
    assert opened.args == [first]
