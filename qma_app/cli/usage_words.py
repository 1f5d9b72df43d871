"""The words argparse puts around ours, so that the command line speaks one language."""

from __future__ import annotations

import argparse

from qma_app.i18n import _, ngettext


def teach_argparse() -> None:
    """Have argparse look its own words up in our catalogue; one it says that is not listed here stays English."""
    # argparse has no other way in: it asks these two names of its own module, for which gettext reads the environment alone.
    setattr(argparse, "_", _usage_word)  # noqa: B010  not part of the typed interface
    setattr(argparse, "ngettext", _usage_words)  # noqa: B010  not part of the typed interface


def _usage_word(text: str) -> str:
    return _words().get(text, text)


def _usage_words(one: str, many: str, number: int) -> str:
    if one == "expected %s argument":
        return ngettext("expected %s argument", "expected %s arguments", number)
    return one if number == 1 else many


def _words() -> dict[str, str]:
    """What argparse says in the Pythons we run on."""
    return {
        "usage: ": _("usage: "),
        "options": _("options"),
        "positional arguments": _("positional arguments"),
        "show this help message and exit": _("show this help message and exit"),
        "show program's version number and exit": _("show program's version number and exit"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "invalid choice: %(value)r (choose from %(choices)s)": _(
            "invalid choice: %(value)r (choose from %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "unknown parser %(parser_name)r (choices: %(choices)s)": _(
            "unknown parser %(parser_name)r (choices: %(choices)s)"
        ),
        "expected one argument": _("expected one argument"),
        "expected at most one argument": _("expected at most one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "ignored explicit argument %r": _("ignored explicit argument %r"),
        "ambiguous option: %(option)s could match %(matches)s": _(
            "ambiguous option: %(option)s could match %(matches)s"
        ),
        "not allowed with argument %s": _("not allowed with argument %s"),
    }
