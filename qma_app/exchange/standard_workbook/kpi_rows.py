"""The sheet of KPIs back into definitions by perspective."""

from __future__ import annotations

from collections import defaultdict

from qma_app.domain.edition import Direction, KpiDefinition, KpiGroup, KpiRange, Text
from qma_app.domain.ids import AreaId
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.standard_workbook.cells import Scribe
from qma_app.exchange.standard_workbook.sheets import RowIn
from qma_app.i18n import _

_LARGEST = 1_000_000


def read_kpis(
    rows: list[RowIn], perspectives: dict[str, tuple[Text, str]], scribe: Scribe
) -> tuple[KpiGroup, ...]:
    """The KPIs of each perspective in the order of the rows; perspectives in the order of the sheet of the standard."""
    found: defaultdict[str, list[KpiDefinition]] = defaultdict(list)
    seen: dict[str, RowIn] = {}
    for row in rows:
        code = row.text("code")
        if not any(text for key, text in row.texts.items() if not key.startswith("@")):
            scribe.notes.error(
                "workbook.only-id",
                row.place(),
                _("of this row only its hidden id is left"),
                _("delete the whole row, or write its texts again"),
            )
            continue
        if code in seen:
            scribe.notes.error(
                "workbook.twice",
                row.place("code"),
                _("{text} stands here a second time, first at {place}").format(
                    text=quoted(code), place=seen[code].place("code")
                ),
                _("give one of the two another code, or delete it"),
            )
            continue
        seen[code] = row
        perspective = scribe.choice(row, "perspective", "perspective", instead="")
        if perspective and perspective not in perspectives:
            scribe.notes.error(
                "workbook.perspective",
                row.place("perspective"),
                _("the sheet of the standard has no row for {text}").format(
                    text=quoted(row.text("perspective"))
                ),
                _("add a row of the kind “KPI perspective” there, or choose another"),
            )
        found[perspective].append(_kpi(row, scribe))
    return tuple(
        KpiGroup(perspective=perspective, title=title, remark=remark, kpis=tuple(found[perspective]))
        for perspective, (title, remark) in perspectives.items()
    )


def _kpi(row: RowIn, scribe: Scribe) -> KpiDefinition:
    return KpiDefinition(
        code=row.text("code"),
        title=scribe.texts(row, "title"),
        purpose=scribe.texts(row, "purpose"),
        numerator=scribe.texts(row, "numerator"),
        denominator=scribe.texts(row, "denominator"),
        calculation=scribe.choice(row, "calculation", "calculation", instead="count"),
        factor=scribe.whole_or_none(row, "factor", least=1, most=_LARGEST) or 1,
        unit=scribe.choice(row, "unit", "unit", instead="count"),
        direction=Direction(scribe.choice(row, "direction", "direction", instead="higher")),
        rhythm=scribe.choice(row, "rhythm", "rhythm", instead="month"),
        area=AreaId(scribe.reference(row, "area", "area")),
        range=_range(row, scribe),
        remark=row.text("remark"),
    )


def _range(row: RowIn, scribe: Scribe) -> KpiRange | None:
    least, most = scribe.decimal(row, "from"), scribe.decimal(row, "to")
    source, note = scribe.texts(row, "source"), scribe.texts(row, "note")
    if not (least or most or source.texts or note.texts):
        return None
    return KpiRange(least=least, most=most, source=source, note=note)
