"""The documents of the sample that are no photos: certificates, letters and lists."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO, StringIO
from typing import Final

_CERTIFICATE: Final = (
    ("Certificate", "K-2025-0930-04"),
    ("Device", "Torque wrench TW-04, 40 to 200 Nm"),
    ("Owner", "Autohaus Lindner, Rosenheim (invented)"),
    ("Measured on", "30 September 2025 at 21 °C"),
    ("Next due", "30 September 2026"),
)
_MEASURED: Final = (("40 Nm", "40.6", "+1.5 %"), ("120 Nm", "121.1", "+0.9 %"), ("200 Nm", "198.8", "-0.6 %"))
_HOURS: Final = (3, 19, 6, 2, 22, 11, 8, 31, 5, 17, 1, 9, 23, 4, 14, 20, 7, 12, 2, 16)
_LATE_AFTER: Final = 24
_FIRST_CASE: Final = 701
_DAYS_GONE: Final = (351, 322, 290, 244, 211, 180, 133, 97, 52, 19)
_ACCOUNTS: Final = (1, 1, 0, 1, 1, 0, 1, 1, 0, 0)


def calibration_certificate() -> bytes:
    """One page with the measured values of a torque wrench."""
    rows = [("Set", "Measured (Nm)", "Deviation"), *_MEASURED, ("Allowed deviation 4 %. Result: in order.",)]
    return _page("Calibration certificate", _CERTIFICATE, rows)


def insurer_letter(year: int) -> bytes:
    """The insurer says who may drive the demonstrators, from a day in December for a year."""
    facts = (
        ("Letter", f"V-{year}-1211"),
        ("To", "Autohaus Lindner, Rosenheim (invented)"),
        ("Holds from", f"11 December {year - 1}"),
        ("Until", f"10 December {year}"),
    )
    drivers = [("Drivers", "Age", "Excess"), ("Customers", "from 21", "1,000"), ("Staff", "from 18", "500")]
    return _page("Cover for demonstrators", facts, drivers)


def carrier_licence() -> bytes:
    """The licence of the firm that takes away used oil, with its last day."""
    facts = (
        ("Licence", "E-2023-311"),
        ("Carrier", "Sample Carrier for Used Oil (invented)"),
        ("Holds from", "1 November 2023"),
        ("Until", "31 October 2026"),
    )
    return _page("Licence to carry hazardous waste", facts, [("Used oil", "Brake fluid", "Coolant")])


def backup_log() -> bytes:
    """The nights of October 2025, with the minutes each copy took."""
    text = StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(("night", "box", "second copy", "minutes", "invented sample"))
    for night in range(1, 32):
        rows.writerow((f"2025-10-{night:02}", "ok", "ok", 41 + night * 7 % 13, ""))
    return text.getvalue().encode()


def _page(title: str, facts: Sequence[tuple[str, str]], table: Sequence[Sequence[str]]) -> bytes:
    """One sheet of paper: a heading, facts below each other, and a small table."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    # Uncompressed, since how reportlab packs a page is a setting of the whole process.
    page = Canvas(stream, pagesize=A4, invariant=1, pageCompression=0)
    page.setTitle(f"{title} (drawn sample)")
    page.setFont("Helvetica-Bold", 20)
    page.drawString(72, 760, title)
    page.setFont("Helvetica", 11)
    y = 715
    for name, value in facts:
        page.drawString(72, y, name)
        page.drawString(190, y, value)
        y -= 20
    y -= 20
    for row in table:
        for place, cell in enumerate(row):
            page.drawString(72 + place * 118, y, cell)
        y -= 20
    page.setFont("Helvetica-Oblique", 9)
    page.drawString(72, 60, "Drawn sample: firms, devices and values are invented.")
    page.showPage()
    page.save()
    return stream.getvalue()


def case_list() -> bytes:
    """The cases drawn in the audit, with the hours to the first talk."""
    text = StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(("case", "hours to first talk", "within 24 hours", "invented sample"))
    for place, hours in enumerate(_HOURS):
        rows.writerow((f"C-{_FIRST_CASE + place}", hours, "yes" if hours <= _LATE_AFTER else "no", ""))
    return text.getvalue().encode()


def account_list() -> bytes:
    """Ten people who left within a year, and whether their user account was still open at the baseline."""
    text = StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(("leaver", "days since the last day", "account", "invented sample"))
    for place, (days, state) in enumerate(zip(_DAYS_GONE, _ACCOUNTS, strict=True)):
        rows.writerow((f"U-{place + 1:02}", days, "open" if state else "blocked", ""))
    return text.getvalue().encode()


DOCUMENTS: Final[Mapping[str, Callable[[], bytes]]] = {
    "account-list": account_list,
    "backup-log": backup_log,
    "calibration-certificate": calibration_certificate,
    "carrier-licence": carrier_licence,
    "case-list": case_list,
    "insurer-letter-2025": partial(insurer_letter, 2025),
    "insurer-letter-2026": partial(insurer_letter, 2026),
}
