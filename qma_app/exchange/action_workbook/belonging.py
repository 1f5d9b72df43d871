"""Tells whose action plan workbook it is: made here, for this dealership and its running programme."""

from __future__ import annotations

from collections.abc import Mapping

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement
from qma_app.errors import ImportTrouble
from qma_app.exchange.action_workbook import keys
from qma_app.exchange.importing.names import quoted
from qma_app.i18n import _


def not_ours(name: str, facts: Mapping[str, str], *, has_sheets: bool) -> ImportTrouble:
    """What is said of a file without the facts of this version: newer, without its hidden sheet, or something else."""
    found = facts.get(keys.FORMAT, "")
    if found.isdecimal() and int(found) > keys.VERSION:
        return ImportTrouble(
            _("{name} was made by a newer version of the program.").format(name=name),
            code="actions.newer",
            way_out=_("Update the program, then import it again."),
            name=name,
        )
    if has_sheets:
        return ImportTrouble(
            _("{name} has lost its hidden sheet: what it said when it went out is no longer known.").format(
                name=name
            ),
            code="actions.no-keys",
            way_out=_("Export the plan again, and copy the changes into the new workbook."),
            name=name,
        )
    return ImportTrouble(
        _("{name} is no action plan workbook of this program.").format(name=name),
        code="actions.not-ours",
        way_out=_("Choose the workbook the dealership sent back, saved as XLSX."),
        name=name,
    )


def engagement_meant(
    reader: Reader, facts: Mapping[str, str], name: str, wanted: EngagementId | None
) -> Engagement:
    """The programme the workbook was made for; refused by name where it is another."""
    found = reader.find(Engagement, facts.get(keys.ENGAGEMENT, ""))
    expected = reader.get(Engagement, wanted) if wanted else None
    if found is None or (expected is not None and found.dealership_id != expected.dealership_id):
        known = reader.find(Dealership, facts.get(keys.DEALERSHIP, ""))
        whose = known.name if known else quoted(facts.get(keys.DEALERSHIP_NAME, "") or "?")
        here = reader.get(Dealership, expected.dealership_id).name if expected else ""
        message = _("{name} is the action plan of {found}, not of {expected}.")
        if not here:
            message = _("{name} is the action plan of {found}, which is not in this workspace.")
        elif known is not None and expected is not None and known.id == expected.dealership_id:
            message = _("{name} is the action plan of a programme of {found} that is not in this workspace.")
        raise ImportTrouble(
            message.format(name=name, found=whose, expected=here),
            code="actions.dealership-other",
            way_out=_("Choose the other dealership, or the right file."),
            name=name,
        )
    running = current_engagement(reader, found.dealership_id)
    if (expected or running).id != found.id:
        raise ImportTrouble(
            _("{name} belongs to an earlier programme of {dealership}.").format(
                name=name, dealership=reader.get(Dealership, found.dealership_id).name
            ),
            code="actions.programme-other",
            way_out=_("Make a new workbook for the running programme."),
            name=name,
        )
    return found
