"""`qma import people` and `qma import visits`: lists compared with what is known, then taken in as a whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app.i18n import _, day_text, ngettext

if TYPE_CHECKING:
    from qma_app.domain.ids import DealershipId
    from qma_app.errors import Problem
    from qma_app.services.people_lists import PersonDifference
    from qma_app.services.visit_lists import VisitDifference
    from qma_app.services.workspace import Workspace

DONE, REFUSED = 0, 1
VCARD_ENDINGS = (".vcf", ".vcard")


def take_people(workspace: Workspace, path: Path, dealership_id: DealershipId, *, is_dry: bool) -> int:
    """The people of a workbook, a CSV file or business cards; refused whole where a row does not hold."""
    from qma_app.services.people_lists import (
        PersonState,
        people_list_difference,
        read_people_list,
        read_vcards,
        take_in_people,
    )

    read = read_vcards if path.suffix.casefold() in VCARD_ENDINGS else read_people_list
    people = read(path)
    with workspace.reading() as reader:
        difference = people_list_difference(reader, dealership_id, people)
    changing = [line for line in difference.lines if line.state is not PersonState.SAME]
    for line in changing:
        for words in _person_lines(line):
            print(words)
    _show(difference.problems)
    if difference.errors:
        return _refused(len(difference.errors))
    if not changing:
        print(_("Nothing differs from what is known."))
    elif not is_dry:
        take_in_people(workspace, dealership_id, people)
        print(_taken(len(changing)))
    return DONE


def take_visits(
    workspace: Workspace, path: Path, dealership_id: DealershipId, *, is_dry: bool, despite: bool
) -> int:
    """The visits of a workbook or CSV file; days that something speaks against only with `despite`."""
    from qma_app.domain.standing import current_engagement
    from qma_app.services.visit_lists import (
        VisitListState,
        read_visit_list,
        take_in_visits,
        visit_list_difference,
    )

    visits = read_visit_list(path)
    with workspace.reading() as reader:
        engagement = current_engagement(reader, dealership_id)
        difference = visit_list_difference(reader, engagement.id, visits)
    changing = [
        line for line in difference.lines if line.state in (VisitListState.NEW, VisitListState.CHANGED)
    ]
    for line in difference.lines:
        words = _visit_line(line)
        if words:
            print(words)
    _show(difference.problems)
    if difference.errors:
        return _refused(len(difference.errors))
    if difference.doubtful and not despite:
        print(_doubtful(len(difference.doubtful)), file=sys.stderr)
        return REFUSED
    if not changing:
        print(_("Nothing differs from what is known."))
    elif not is_dry:
        take_in_visits(workspace, engagement.id, visits, despite=despite)
        print(_taken(len(changing)))
    return DONE


def _person_lines(line: PersonDifference) -> list[str]:
    """Who it is and what changes, a line each."""
    if line.person is None:
        row = line.row
        said = ", ".join(part for part in (row.name, row.function, row.email, row.phone) if part)
        lines = [_("new: {words}").format(words=said)]
    else:
        lines = [_("changed: {words}").format(words=line.person.name)]
        lines += [
            f"  {one.title}: {one.before or '–'} → {one.after}"
            for one in line.fields
            if one.before != one.after
        ]
    lines += [
        f"  {_('answers for {process}').format(process=one.title)}"
        + (f" ({_('so far {name}').format(name=one.before.name)})" if one.before is not None else "")
        for one in line.processes
    ]
    return lines


def _visit_line(line: VisitDifference) -> str:
    from qma_app.services.visit_lists import VisitListState

    row = line.row
    said = ", ".join(part for part in (day_text(row.planned_on), " ".join(row.areas), row.purpose) if part)
    return {
        VisitListState.NEW: _("new: {words}").format(words=said),
        VisitListState.CHANGED: _("changed: {words}").format(words=said),
        VisitListState.HELD: _("has begun, stays as it is: {words}").format(words=said),
        VisitListState.SAME: "",
    }[line.state]


def _show(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)


def _refused(count: int) -> int:
    print(
        ngettext(
            "Nothing was taken in: mend {count} place, then import it again.",
            "Nothing was taken in: mend {count} places, then import it again.",
            count,
        ).format(count=count),
        file=sys.stderr,
    )
    return REFUSED


def _doubtful(count: int) -> str:
    return ngettext(
        "Nothing was taken in: something speaks against {count} day. Choose another one, or add --despite.",
        "Nothing was taken in: something speaks against {count} days. Choose others, or add --despite.",
        count,
    ).format(count=count)


def _taken(count: int) -> str:
    return ngettext("{count} row taken in.", "{count} rows taken in.", count).format(count=count)
