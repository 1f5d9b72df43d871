"""What each rule of the next step says, so that every step can be explained."""

from __future__ import annotations

from qma_app.i18n import _


def rule_title(code: str) -> str:
    """The rule in one sentence; the code itself where this version knows no such rule."""
    titles = {
        "visit-running": _("A visit that was begun is closed with its minutes."),
        "visit-missed": _("A visit that was not held is moved or called off."),
        "visit-unsigned": _("The minutes of the last visit are signed."),
        "visit-prepare": _("A visit is prepared in the week before it."),
        "visit-plan": _("The day of the next visit is always agreed."),
        "certificate": _("The coach's certificate is renewed before it lapses."),
        "charter": _("The charter is signed at the beginning."),
        "targets": _("Targets for customers, staff and profit are agreed and locked before the work begins."),
        "officer": _("A quality officer is named and given time."),
        "owners": _("Every process has an owner and a description."),
        "plan": _("The phases, waves and visits are planned."),
        "plan-accept": _("The principal accepts the plan."),
        "area-plan": _("Every area that applies has its time in the plan, or a reason to be left out."),
        "gate-pass": _("A gate whose conditions all hold is passed."),
        "gate-late": _("A phase that is over is left by its gate."),
        "gate-state": _("What only a person can say about a gate is stated."),
        "critical": _("Critical checkpoints are rated first."),
        "rate": _("What belongs to the visit or the wave is rated, and what was begun is finished."),
        "complete": _("An assessment in which everything is decided is completed."),
        "assessment": _("The house is assessed at least every three months, and when the phase asks for it."),
        "new": _("What applies since the house changed is rated."),
        "wave-rate": _("Every area of the wave is rated again in its time."),
        "wave-lift": _("An area that is still below what the gate asks for gets an action."),
        "verify": _("An action that is done is checked for its effect."),
        "action-late": _("Whoever is late with an action is asked about it."),
        "proposal": _("What the dealership proposes is answered."),
        "major": _("A major finding gets its cause, an action and an accepted plan within two weeks."),
        "finding-owner": _("Every finding has somebody who settles it, and a day."),
        "finding-late": _("A finding that should be settled by now is asked about."),
        "finding-close": _("A finding whose effect was shown is closed."),
        "readings": _("The figures of last month are entered by the tenth."),
        "promise": _("A promise is asked about when its day comes."),
        "sponsor": _("Once a quarter somebody looks whether the principal stands behind the programme."),
        "review": _("A management review is held every quarter."),
        "evidence": _("Evidence that has expired is renewed."),
        "green": _("What stands as met is looked at again when something speaks against it."),
        "audit": _(
            "An audit that was begun is led along its path, and its decision and certificate follow it."
        ),
        "certificate-due": _("What a certificate asks for is done while it counts."),
    }
    return titles.get(code, code)
