"""Seen before? Realistic pairs in two languages are found, near misses are not, and the ranking says why."""

from __future__ import annotations

import pytest

from qma_app.domain.similar import SimilarFindings
from tests.builders import GREETING, NOW, PRICE_AGREED, a_finding

OLDER = (
    "Two of ten repair orders carry no agreed price.",  # 1
    "Customers wait more than ten minutes at the service reception.",  # 2
    "The torque wrench in bay 4 has no valid calibration.",  # 3
    "Loan cars are handed out without a check of the driving licence.",  # 4
    "Used cars stand longer than 90 days without a price review.",  # 5
    "The final check is signed by the mechanic who did the work.",  # 6
    "Leads from the website are answered after two days.",  # 7
    "Old tyres are stored in front of the emergency exit.",  # 8
    "Drei von zehn Aufträgen tragen keine Unterschrift des Kunden.",  # 9
    "Der Rückruf nach dem Werkstattbesuch findet nicht statt.",  # 10
    "Im Ersatzteillager stimmt der Bestand bei fünf Plätzen nicht.",  # 11
    "Die Schlüssel der Kundenfahrzeuge hängen offen am Empfang.",  # 12
    "Probefahrten werden nicht dokumentiert.",  # 13
    "Die Altölbehälter sind nicht gekennzeichnet.",  # 14
)


def findings() -> SimilarFindings:
    return SimilarFindings(
        [a_finding(n, statement=words, checkpoint_id=GREETING) for n, words in enumerate(OLDER, 1)]
    )


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("No agreed price on four repair orders", 1),
        ("Repair order without agreed prices", 1),
        ("Customer waited 15 minutes at reception", 2),
        ("Calibration of torque wrench expired", 3),
        ("Driving licence not checked before a loan car is handed out", 4),
        ("used car over 90 days in stock, no price review", 5),
        ("Mechanic signs his own final check", 6),
        ("Website lead answered late", 7),
        ("Tyres stored at the emergency exit", 8),
        ("Unterschrift des Kunden fehlt auf dem Auftrag", 9),
        ("Auftraege ohne Unterschrift vom Kunden", 9),
        ("kein Rückruf nach Werkstattbesuch", 10),
        ("Bestand im Ersatzteillager stimmt nicht", 11),
        ("Kundenfahrzeug: Schlüssel hängt offen", 12),
        ("Probefahrt nicht dokumentiert", 13),
        ("Kennzeichnung fehlt: Altölbehälter nicht gekennzeichnet", 14),
    ],
)
def test_the_same_thing_in_other_words_comes_first(words: str, number: int) -> None:
    found = findings().like(words)
    assert found
    assert found[0].finding.number == number


@pytest.mark.parametrize(
    "words",
    [
        "Prices in the showroom are not shown on the cars.",
        "The customer lounge has no coffee.",
        "Orders for parts are placed twice.",
        "The service manager has no deputy.",
        "Check of the fire extinguishers overdue",
        "Kunden werden am Empfang nicht begrüßt.",
        "Das Fahrzeug wird ohne Wäsche übergeben.",
        "Der Auftrag liegt nicht im Fahrzeug.",
        "Kein Bestandsbericht im Monatsgespräch",
        "not in the of",
        "",
    ],
)
def test_another_thing_with_a_common_word_is_not_offered(words: str) -> None:
    assert findings().like(words) == ()


def test_the_shared_words_are_those_that_were_typed() -> None:
    (match,) = findings().like("TORQUE wrenches need calibrations")
    assert match.shared_words == ("TORQUE", "wrenches", "calibrations")
    assert 0.35 < match.score < 1


def test_the_same_words_score_one() -> None:
    (match,) = findings().like(OLDER[7])
    assert match.score == pytest.approx(1.0)


def test_the_same_checkpoint_counts_extra_where_a_word_is_shared() -> None:
    known = SimilarFindings(
        [
            a_finding(1, statement="Price list missing", checkpoint_id=PRICE_AGREED),
            a_finding(2, statement="Price list missing", checkpoint_id=GREETING),
            a_finding(3, statement="Price list missing", checkpoint_id=None),
            a_finding(4, statement="Floor dirty", checkpoint_id=GREETING),
        ]
    )
    found = known.like("price list", checkpoint_id=GREETING)
    assert [match.finding.number for match in found] == [2, 1, 3]
    assert found[0].score == pytest.approx(found[1].score + 0.2)


def test_limit_least_and_the_edited_one_are_obeyed() -> None:
    known = SimilarFindings([a_finding(n, statement="Price list missing") for n in range(9, 0, -1)])
    assert [match.finding.number for match in known.like("price list")] == [1, 2, 3, 4, 5]
    apart = known.like("price list", limit=2, apart_from=a_finding(1).id)
    assert [match.finding.number for match in apart] == [2, 3]
    assert known.like("price list", least=0.99) == ()
    assert len(known.like("price of something never seen", least=0.0, limit=99)) == 9


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common = [a_finding(n, statement="Orders stay unsigned") for n in range(1, 20)]
    known = SimilarFindings([*common, a_finding(50, statement="Carport leaks")])
    assert known.like("orders carport", least=0.0)[0].finding.number == 50


def test_the_bin_and_an_empty_workspace_offer_nothing() -> None:
    assert (
        SimilarFindings([a_finding(statement="Price list missing", deleted_at=NOW)]).like("price list") == ()
    )
    assert SimilarFindings([]).like("price list", checkpoint_id=GREETING) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Auftrag", "Aufträge"),
        ("Aufträgen", "AUFTRAEGE"),
        ("Rechnung", "Rechnungen"),
        ("order", "orders"),
        ("cars", "car"),
        ("checked", "checking"),
        ("prices", "price"),
        ("Gäste", "Gast"),
        ("F-014", "f 014"),
        ("Cafe\u0301", "CAFÉ"),
    ],
)
def test_forms_of_one_word_are_the_same(one: str, other: str) -> None:
    (match,) = SimilarFindings([a_finding(statement=one)]).like(other)
    assert match.score == pytest.approx(1.0)
