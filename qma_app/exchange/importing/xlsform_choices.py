"""The lists of answers of an XLSForm: they are named in the guidance of the questions that offer them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.drafting import Texts
from qma_app.exchange.importing.ledger import RowFates
from qma_app.exchange.importing.names import closest
from qma_app.exchange.importing.tables import Row
from qma_app.exchange.importing.xlsform_columns import FormColumn
from qma_app.i18n import _


@dataclass(kw_only=True, slots=True)
class Choice:
    """One answer, with the row it stands in; its label without a language stands under the empty one."""

    name: str
    label: Texts
    fates: RowFates
    columns: Mapping[int, FormColumn]


@dataclass(slots=True)
class ChoiceLists:
    """The answers by the name of their list."""

    by_name: dict[str, list[Choice]] = field(default_factory=dict)

    def take(self, row: Row, fates: RowFates, columns: Mapping[int, FormColumn]) -> None:
        """The next row of the sheet."""
        found = {meant.key: row.text(column).strip() for column, meant in columns.items()}
        name = found.get("list_name", "")
        if not name:
            fates.leave_out_rest(_("the row names no list"))
            return
        label: Texts = {}
        for column, meant in columns.items():
            if meant.key == "label" and not meant.unknown_language and (words := cleaned(row.text(column))):
                label.setdefault(meant.language, words)
        choice = Choice(name=found.get("name", ""), label=label, fates=fates, columns=columns)
        self.by_name.setdefault(name, []).append(choice)

    def called(self, name: str) -> tuple[list[Choice], bool]:
        """The answers of that list, or of the one probably meant; and whether it was exactly that."""
        if name in self.by_name or not name:
            return self.by_name.get(name, []), True
        meant = closest(name, self.by_name)
        return (self.by_name[meant] if meant else []), False

    def leave_out_unused(self) -> None:
        """No question offered what still waits."""
        for choices in self.by_name.values():
            for choice in choices:
                choice.fates.leave_out_rest(_("no question uses this list"))


def said_choices(choices: list[Choice], main: str, *, has_other: bool) -> Texts:
    """`(Yes / No / …)` in each language in which an answer is worded."""
    languages = dict.fromkeys(
        language or main for choice in choices for language in (choice.label or {"": ""})
    )
    said = {}
    for language in languages:
        words = [_word(choice, language, main) for choice in choices]
        said[language] = f"({' / '.join([*words, '…'] if has_other else words)})"
    return said


def settle_choices(choices: list[Choice], number: str, main: str, spoken: Collection[str]) -> None:
    """Tell the ledger where the answers went."""
    for choice in choices:
        for column, meant in choice.columns.items():
            if meant.key == "list_name":
                choice.fates.taken(column, number, _("name of the list"))
            elif meant.key == "label" and (meant.unknown_language or (meant.language or main) not in spoken):
                choice.fates.left_out(column, _("the questions are not worded in that language"))
            elif meant.key == "label" or (meant.key == "name" and not choice.label):
                choice.fates.taken(column, number, _("answer, named in the guidance"))
            elif meant.key == "name":
                choice.fates.left_out(column, _("the name inside the form; its label is taken"))
        choice.fates.leave_out_rest(_("it only steers the form"))


def _word(choice: Choice, language: str, main: str) -> str:
    return choice.label.get(language) or (choice.label.get("") if language == main else "") or choice.name
