"""`qma audit`: signing an audit, deciding on it and issuing its certificate, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app.cli import typed
from qma_app.cli.signing_keys import (
    DONE,
    Commands,
    add_keys_and_register,
    ask_passphrase,
    command,
    group,
    key_of,
    verify_paper_file,
)
from qma_app.errors import NotFound
from qma_app.i18n import _, ngettext

if TYPE_CHECKING:
    from qma_app.domain.audit import Audit
    from qma_app.domain.certification import Certificate
    from qma_app.domain.ids import DealershipId
    from qma_app.domain.people import Role
    from qma_app.services.workspace import Workspace

__all__ = ["add_certifying", "verify_paper_file"]
FindDealership = Callable[["Workspace", str | None], "DealershipId"]


def add_certifying(commands: Commands, find: FindDealership) -> None:
    """The commands of the end of a programme; `find` leads from a code to its dealership."""
    audit = group(
        commands, "audit", _("see where an audit stands, sign it, decide on it and issue its certificate")
    )
    show = command(audit, "show", _run_show, _("say where the audit stands, and what each step misses"))
    _about(show, find)

    sign = command(
        audit,
        "sign",
        _run_sign,
        _("sign the report: the audit and all it rests on is read-only from then on"),
    )
    _about(sign, find)
    _by(sign)
    _with_key(sign)
    sign.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE.pdf"),
        help=_("where the signed report is written as well"),
    )

    decide = command(
        audit,
        "decide",
        _run_decide,
        _("decide on the signed audit; a granted one gets its certificate's number"),
    )
    _about(decide, find)
    _by(decide)
    decide.add_argument("outcome", choices=["granted", "conditional", "refused"])
    decide.add_argument(
        "--words", default="", metavar=_("TEXT"), help=_("why, where it is less than recommended")
    )

    certificate = command(
        audit, "certificate", _run_certificate, _("issue the certificate with the decision maker's own key")
    )
    _about(certificate, find)
    _by(certificate)
    _with_key(certificate)
    certificate.add_argument(
        "-o", "--output", type=Path, metavar=_("FILE.pdf"), help=_("where the certificate is written as well")
    )

    copy = command(audit, "copy", _run_copy, _("write a paper that was signed before into a file once more"))
    copy.add_argument("paper", choices=["report", "certificate"])
    _about(copy, find)
    copy.add_argument("-o", "--output", type=Path, required=True, metavar=_("FILE.pdf"))
    add_keys_and_register(commands)


def _about(parser: argparse.ArgumentParser, find: FindDealership) -> None:
    parser.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    parser.add_argument(
        "-d", "--dealership", metavar=_("CODE"), help=_("may be left out when there is one dealership")
    )
    parser.add_argument(
        "--of",
        metavar=_("NUMBER"),
        help=_("which audit, by its report (R-2027-0093); the one under way if left out"),
    )
    parser.set_defaults(find=find)


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as",
        dest="person",
        metavar=_("NAME"),
        help=_("who does it; whoever is working in the workspace if left out"),
    )


def _with_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key", type=Path, required=True, metavar=_("FILE.p12"), help=_("the key as PKCS#12")
    )
    ask_passphrase(parser)
    parser.add_argument(
        "--lang",
        type=typed.spoken,
        metavar=_("LANG"),
        help=_("language of the paper; that of the audit if left out"),
    )


def _run_show(chosen: argparse.Namespace) -> int:
    from qma_app.domain.audit_path import StepState
    from qma_app.services.audit_standing import audit_path
    from qma_app.services.workspace import open_to_read

    marks = {StepState.DONE: "+", StepState.CURRENT: ">", StepState.BLOCKED: "!", StepState.WAITING: " "}
    with open_to_read(chosen.workspace) as workspace:
        audit = _audit(workspace, chosen)
        with workspace.reading() as reader:
            steps = audit_path(reader, audit.id, on=workspace.today())
    print(audit.label)
    for step in steps:
        print(f"{marks[step.state]} {step.title}: {step.words}")
        for check in step.missing:
            if check.words != step.words:
                print(f"    {check.words}")
    return DONE


def _run_sign(chosen: argparse.Namespace) -> int:
    from qma_app.domain.people import Role
    from qma_app.services.signing import save_issued, sign_audit
    from qma_app.services.workspace import open_workspace

    with open_workspace(chosen.workspace) as workspace:
        audit = _audit(workspace, chosen)
        _sit_down(workspace, chosen.person, Role.AUDITOR)
        issued = sign_audit(workspace, audit.id, key_of(workspace, chosen), language=chosen.lang)
        print(_("Signed: {name}, SHA-256 {digest}").format(name=issued.name, digest=issued.digest))
        if chosen.output is not None:
            print(save_issued(workspace, issued.id, chosen.output))
    return DONE


def _run_decide(chosen: argparse.Namespace) -> int:
    from qma_app.domain.certification import DecisionOutcome
    from qma_app.domain.people import Role
    from qma_app.services.certificate_granting import grant_certificate
    from qma_app.services.deciding import decide
    from qma_app.services.workspace import open_workspace

    with open_workspace(chosen.workspace) as workspace:
        audit = _audit(workspace, chosen)
        _sit_down(workspace, chosen.person, Role.DECISION_MAKER)
        decision = decide(workspace, audit.id, DecisionOutcome(chosen.outcome), words=chosen.words)
        print(_("Decided on the report with SHA-256 {digest}").format(digest=decision.report_digest))
        if decision.outcome is not DecisionOutcome.REFUSED:
            certificate = grant_certificate(workspace, decision.id)
            print(_("Certificate {number}").format(number=certificate.number))
    return DONE


def _run_certificate(chosen: argparse.Namespace) -> int:
    from qma_app.domain.people import Role
    from qma_app.services.certificate_issuing import issue_certificate
    from qma_app.services.signing import save_issued
    from qma_app.services.workspace import open_workspace

    with open_workspace(chosen.workspace) as workspace:
        audit = _audit(workspace, chosen)
        _sit_down(workspace, chosen.person, Role.DECISION_MAKER)
        certificate = _certificate(workspace, audit)
        issued = issue_certificate(workspace, certificate.id, key_of(workspace, chosen), language=chosen.lang)
        print(_("Issued: {name}, SHA-256 {digest}").format(name=issued.name, digest=issued.digest))
        if chosen.output is not None:
            print(save_issued(workspace, issued.id, chosen.output))
    return DONE


def _run_copy(chosen: argparse.Namespace) -> int:
    from qma_app.services.audit_standing import audit_state
    from qma_app.services.signing import issued_report, save_issued
    from qma_app.services.workspace import open_to_read

    with open_to_read(chosen.workspace) as workspace:
        audit = _audit(workspace, chosen)
        with workspace.reading() as reader:
            issued = (
                issued_report(reader, audit.id)
                if chosen.paper == "report"
                else audit_state(reader, audit.id, on=workspace.today()).certificate_file
            )
        if issued is None:
            raise NotFound(
                _("This paper was not signed yet."),
                code="issued.none",
                way_out=_("Sign it first: qma audit sign, or qma audit certificate."),
            )
        print(save_issued(workspace, issued.id, chosen.output))
    return DONE


def _certificate(workspace: Workspace, audit: Audit) -> Certificate:
    """The certificate on an audit; one that was decided on and not written yet is granted now."""
    from qma_app.domain.certification import DecisionOutcome
    from qma_app.services.audit_standing import audit_state
    from qma_app.services.certificate_granting import grant_certificate

    with workspace.reading() as reader:
        state = audit_state(reader, audit.id, on=workspace.today())
    if state.certificate is not None:
        return state.certificate
    if state.decision is None or state.decision.outcome is DecisionOutcome.REFUSED:
        raise NotFound(
            _("No certificate was granted on this audit."),
            code="certificate.none",
            way_out=_("Decide on the audit first: qma audit decide."),
        )
    return grant_certificate(workspace, state.decision.id)


def _audit(workspace: Workspace, chosen: argparse.Namespace) -> Audit:
    from qma_app.services.audit_papers import audit_meant

    dealership_id = chosen.find(workspace, chosen.dealership)
    with workspace.reading() as reader:
        return audit_meant(reader, dealership_id, chosen.of)


def _sit_down(workspace: Workspace, name: str | None, role: Role) -> None:
    """Work as that person for this one command; who is named in the workspace stays as it is."""
    from qma_app.domain.people import Person, Qualification, Worker
    from qma_app.domain.wording import role_title

    if name is None:
        return
    with workspace.reading() as reader:
        held = {one.person_id for one in reader.all(Qualification, role=role)}
        people = [one for one in reader.all(Person) if one.id in held]
    found = [one for one in people if one.name.casefold() == name.strip().casefold()]
    if len(found) != 1:
        known = ", ".join(sorted({one.name for one in people})) or _("nobody")
        raise NotFound(
            _("Nobody of that name holds a certificate for it: {name}.").format(name=name)
            if not found
            else ngettext(
                "{count} person bears the name {name}.", "{count} people bear the name {name}.", len(found)
            ).format(count=len(found), name=name),
            code="person.not-found",
            way_out=_("{role}: {known}.").format(role=role_title(role), known=known),
        )
    workspace.set_worker(Worker(person_id=found[0].id, role=role))
