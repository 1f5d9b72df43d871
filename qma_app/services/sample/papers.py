"""The documents of the sample that are no photos: a calibration certificate, a list of cases and a list of user accounts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
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
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    # Uncompressed, since how reportlab packs a page is a setting of the whole process.
    page = Canvas(stream, pagesize=A4, invariant=1, pageCompression=0)
    page.setTitle("Calibration certificate TW-04 (drawn sample)")
    page.setFont("Helvetica-Bold", 20)
    page.drawString(72, 760, "Calibration certificate")
    page.setFont("Helvetica", 11)
    y = 715
    for title, value in _CERTIFICATE:
        page.drawString(72, y, title)
        page.drawString(190, y, value)
        y -= 20
    y -= 20
    for row in (("Set", "Measured (Nm)", "Deviation"), *_MEASURED):
        for place, cell in enumerate(row):
            page.drawString(72 + place * 118, y, cell)
        y -= 20
    page.drawString(72, y - 10, "Allowed deviation 4 %. Result: in order.")
    page.setFont("Helvetica-Oblique", 9)
    page.drawString(72, 60, "Drawn sample: laboratory, device and values are invented.")
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
    "calibration-certificate": calibration_certificate,
    "case-list": case_list,
}
