"""`qma import`: taking in what came back from a dealership, with the difference shown first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app.i18n import _, ngettext

if TYPE_CHECKING:
    from qma_app.domain.ids import DealershipId
    from qma_app.services.action_workbook import PlanDifference, Side
    from qma_app.services.workspace import Workspace

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
SELF_ASSESSMENT, ACTIONS, PEOPLE, VISITS = "self-assessment", "actions", "people", "visits"
FindDealership = Callable[["Workspace", str | None], "DealershipId"]


def add_taking(parser: argparse.ArgumentParser, find: FindDealership) -> None:
    """The words of the command; `find` leads from a code to its dealership."""
    parser.add_argument("kind", choices=[SELF_ASSESSMENT, ACTIONS, PEOPLE, VISITS])
    parser.add_argument(
        "files", type=Path, nargs="+", metavar=_("FILE"), help=_("several files of an action plan at once")
    )
    parser.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    parser.add_argument(
        "-d",
        "--dealership",
        metavar=_("CODE"),
        help=_(
            "whose people or visits these are; any other file is refused where it is of another dealership"
        ),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would be taken in"))
    parser.add_argument(
        "--take",
        choices=["theirs", "ours"],
        help=_("actions: whose word holds where both sides changed a cell; without it such cells stay"),
    )
    parser.add_argument(
        "--despite",
        action="store_true",
        help=_("visits: plan them also on days that something speaks against"),
    )
    parser.set_defaults(run=_run_take, find=find)


def _run_take(chosen: argparse.Namespace) -> int:
    from qma_app.services.workspace import open_workspace

    if len(chosen.files) > 1 and chosen.kind != ACTIONS:
        print(_("Only action plans are taken in several at once; take these in one by one."), file=sys.stderr)
        return WRONG_USAGE
    with open_workspace(chosen.workspace, is_for_reading=chosen.dry_run) as workspace:
        if chosen.kind in (PEOPLE, VISITS):
            return _take_list(workspace, chosen, chosen.find(workspace, chosen.dealership))
        about = chosen.find(workspace, chosen.dealership) if chosen.dealership else None
        if chosen.kind == ACTIONS:
            return _take_actions(workspace, chosen, about)
        return _take_self_assessment(workspace, chosen, about)


def _take_list(workspace: Workspace, chosen: argparse.Namespace, about: DealershipId) -> int:
    from qma_app.cli.taking_lists import take_people, take_visits

    path, is_dry = chosen.files[0], chosen.dry_run
    if chosen.kind == PEOPLE:
        return take_people(workspace, path, about, is_dry=is_dry)
    return take_visits(workspace, path, about, is_dry=is_dry, despite=chosen.despite)


def _take_self_assessment(
    workspace: Workspace, chosen: argparse.Namespace, about: DealershipId | None
) -> int:
    from qma_app.services.self_assessments import read_self_assessment, take_in_self_assessment

    with workspace.reading() as reader:
        reading = read_self_assessment(chosen.files[0], reader, dealership_id=about)
    for line in reading.lines():
        print(line)
    if chosen.dry_run or reading.errors:
        return REFUSED if reading.errors else DONE
    take_in_self_assessment(workspace, reading)
    print(_("Taken in as a self-assessment."))
    return DONE


def _take_actions(workspace: Workspace, chosen: argparse.Namespace, about: DealershipId | None) -> int:
    """Refused where something was left out: a conflict nobody decided, or a cell that cannot be understood."""
    from qma_app.domain.standing import current_engagement
    from qma_app.services.action_workbook import Side, Taking, compare_action_plans, take_over_action_plans

    engagement_id = None
    if about is not None:
        with workspace.reading() as reader:
            engagement_id = current_engagement(reader, about).id
    difference = compare_action_plans(workspace, chosen.files, engagement_id=engagement_id)
    for line in difference.lines():
        print(line)
    side = Side(chosen.take) if chosen.take else None
    if not chosen.dry_run and not difference.is_empty:
        taking = Taking.of(difference, side or Side.OURS)
        take_over_action_plans(workspace, difference, taking)
        print(
            ngettext("{count} change taken over.", "{count} changes taken over.", taking.count).format(
                count=taking.count
            )
        )
    left = _left_out(difference, side)
    if left and not chosen.dry_run:
        print(left, file=sys.stderr)
    return REFUSED if left else DONE


def _left_out(difference: PlanDifference, side: Side | None) -> str:
    """What was not taken, in one sentence each; empty where everything was decided."""
    told = []
    if difference.conflicts and side is None:
        count = len(difference.conflicts)
        told.append(
            ngettext(
                "{count} conflict was not taken: add --take theirs or --take ours.",
                "{count} conflicts were not taken: add --take theirs or --take ours.",
                count,
            ).format(count=count)
        )
    if difference.errors:
        count = len(difference.errors)
        told.append(
            ngettext(
                "{count} place was left out: mend it in the workbook, then import it again.",
                "{count} places were left out: mend them in the workbook, then import it again.",
                count,
            ).format(count=count)
        )
    return "\n".join(told)
