"""Which row of the areas' sheets is which record: rows keep their ids, copies and rows added by hand get new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qma_app.domain.edition import Edition
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.standard_workbook.cells import Scribe
from qma_app.exchange.standard_workbook.columns import AREA as AREA_MARK
from qma_app.exchange.standard_workbook.columns import text_key
from qma_app.exchange.standard_workbook.sheets import RowIn
from qma_app.exchange.standard_workbook.words import AREA, CHECKPOINT, PROCESS, key_of
from qma_app.i18n import _

_KINDS = (AREA, PROCESS, CHECKPOINT)


@dataclass(kw_only=True, slots=True)
class Known:
    """A row, what it is, and the id it brings; empty where it is new."""

    row: RowIn
    kind: str
    id: str


def recognise(rows: Iterable[RowIn], scribe: Scribe, base: Edition | None) -> list[Known]:
    """Every row that is a record, with its kind and the id it keeps; what is unclear is noted."""
    known = [one for row in rows if (one := _recognised(row, scribe)) is not None]
    by_id: defaultdict[str, list[Known]] = defaultdict(list)
    for one in known:
        if one.id:
            by_id[one.id].append(one)
    dropped = {id(one) for group in by_id.values() if len(group) > 1 for one in _copies(group, scribe, base)}
    return [one for one in known if id(one) not in dropped]


def _recognised(row: RowIn, scribe: Scribe) -> Known | None:
    ident = row.text(AREA_MARK)
    words = {key: text for key, text in row.texts.items() if key not in (AREA_MARK, "kind", "number")}
    if not words:
        scribe.notes.error(
            "workbook.only-id",
            row.place(),
            _("the row has neither text nor value, only what it is called: {found}").format(
                found=quoted(ident or row.text("number") or row.text("kind"))
            ),
            _("delete the whole row, or write its texts again"),
        )
        return None
    kind = key_of("kind", row.text("kind"), scribe.written_in)
    if not kind and not row.text("kind") and ident:
        kind = _KINDS[min(ident.count("."), 2)]
    if not kind:
        kind = scribe.choice(row, "kind", "kind", instead="")
    if not kind:
        return None
    if ident and ident.count(".") != _KINDS.index(kind):
        scribe.notes.error(
            "workbook.kind-changed",
            row.place("kind"),
            _("the row is a {kind}, but its hidden id {id} is none of that").format(
                kind=row.text("kind"), id=quoted(ident)
            ),
            _("choose the kind it had, or clear the hidden cell in column A: then the row is new"),
        )
        return None
    return Known(row=row, kind=kind, id=ident)


def _copies(group: list[Known], scribe: Scribe, base: Edition | None) -> list[Known]:
    """The rows of one id that are no records: copies that say the same; a copy that says something else loses the id."""
    title = text_key("title", scribe.languages[0])
    words = _words_in(base, group[0].id).get(scribe.languages[0], "")
    first = next((one for one in group if words and one.row.text(title) == words), group[0])
    dropped = []
    for one in group:
        if one is first:
            continue
        if one.row.text(title) == first.row.text(title):
            scribe.notes.error(
                "workbook.copied",
                one.row.place(title),
                _("the row has the same id and text as {place}: {found}").format(
                    place=first.row.place(title), found=quoted(one.row.text(title))
                ),
                _("change the text if it is to be a new row, or delete the row"),
            )
            dropped.append(one)
        else:
            one.id = ""
    return dropped


def _words_in(base: Edition | None, id: str) -> dict[str, str]:
    """What the edition before says under that id, by language."""
    if base is None:
        return {}
    if point := next((one for key, one in base.checkpoints.items() if key == id), None):
        return dict(point.statement.texts)
    titled = next((one for key, one in base.processes.items() if key == id), None)
    return dict(titled.title.texts) if titled else {}
