"""Whether a workspace or a backup is genuine: chain, records, evidence files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import LogHead
from qma_app.domain.setting import Setting
from qma_app.errors import NotFound, StorageTrouble
from qma_app.i18n import _, ngettext
from qma_app.services.backups import RESTORED_SETTING, list_backups
from qma_app.services.workspace import Workspace, is_workspace, open_to_read
from qma_app.storage.backup_file import SUFFIX, verify_backup
from qma_app.storage.scopes import ReadingScope

_NO_RECORDS = ("change_log", "log_values", "search_rows", "alembic_version", "rollups", "rollup_areas")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What was looked at, and every place where it does not hold; `notes` say what differs in figures that are only derived."""

    head: LogHead
    records: int
    evidence: int
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_genuine(self) -> bool:
        return not self.faults

    def lines(self) -> tuple[str, ...]:
        """The verdict as a person reads it, each fault on a line."""
        if self.faults:
            count = len(self.faults)
            first = ngettext("NOT genuine: {count} fault.", "NOT genuine: {count} faults.", count).format(
                count=count
            )
            return (first, *(f"  {fault}" for fault in (*self.faults, *self.notes)))
        return (
            _(
                "Genuine: {entries} entries of the change log, {records} records, {files} evidence files."
            ).format(entries=self.head.seq, records=self.records, files=self.evidence),
            _("Log head {hash}").format(hash=self.head.hash or "–"),
            *(f"  {note}" for note in self.notes),
        )


def verify_path(path: Path) -> Verification:
    """Verify a workspace folder against its chain and the anchors in its own backups, or a backup file against its manifest."""
    if is_workspace(path):
        with open_to_read(path) as workspace:
            return verify_workspace(workspace, *_anchors(workspace))
    if path.is_file() and path.suffix == SUFFIX:
        manifest = verify_backup(path)
        head = LogHead(seq=manifest.log_seq, hash=manifest.log_hash, at=manifest.made_at)
        return Verification(
            head=head,
            records=sum(count for name, count in manifest.counts.items() if name not in _NO_RECORDS),
            evidence=sum(part.name.startswith("evidence/") for part in manifest.parts),
            faults=tuple(
                _("evidence {digest} was damaged before the backup was made").format(digest=digest)
                for digest in manifest.damaged_evidence
            ),
        )
    raise NotFound(
        _("{path} is neither a workspace nor a backup.").format(path=path),
        code="verify.unknown",
        way_out=_("Name the folder of a workspace, or a file that ends in {suffix}.").format(suffix=SUFFIX),
    )


def verify_workspace(workspace: Workspace, *anchors: LogHead) -> Verification:
    """Verify the change log, every record against it, every page of the database and every evidence file.

    Anchors are heads known from outside. StorageTrouble where the database is too damaged to be read.
    """
    with workspace.reading() as reader:
        faults = [
            _("entry {seq}: {reason}").format(seq=fault.seq, reason=fault.reason)
            if fault.seq is not None
            else fault.reason
            for fault in reader.verify_log(*anchors)
        ]
        if not reader.is_sound():
            faults.append(_("the database is damaged"))
        faults += [
            _("the guard {name} of signed audits is missing").format(name=name)
            for name in reader.missing_guards()
        ]
        evidence: tuple[Evidence, ...] = ()
        try:
            evidence = reader.all(Evidence)
        except StorageTrouble as trouble:
            faults.append(trouble.message)
        head, counts = reader.log_head(), reader.counts()
        notes = _notes(reader, workspace.folder) if not faults else ()
    names = {digest: item.name for item in evidence for digest in item.digests()}
    for digest, reason in workspace.store.evidence.verify(names).items():
        faults.append(
            _("evidence {name} ({digest}): {reason}").format(
                name=names.get(digest, "–"), digest=digest, reason=reason.message
            )
        )
    rows = sum(count for name, count in counts.items() if name not in _NO_RECORDS)
    return Verification(head=head, records=rows, evidence=len(names), faults=tuple(faults), notes=notes)


def rebuild_figures(workspace: Workspace) -> tuple[str, ...]:
    """Work out anew from the records what the portfolio is read from, where it differs; gives the dealerships it was wrong for.

    No record is touched, and nothing is written to the change log: these figures are derived.
    """
    with workspace.writing("rollup.rebuilt") as work:
        return _houses(work, work.rebuild_rollups())


def _notes(reader: ReadingScope, folder: Path) -> tuple[str, ...]:
    """Programmes whose kept figures are not those of their records, and the way out; looked for only where the records are sound."""
    words = _("what the portfolio shows of {dealership} is not what its records say")
    wrong = [words.format(dealership=name) for name in _houses(reader, reader.rollups_differing())]
    way_out = _('the records are whole; work these figures out anew from them: qma rebuild "{folder}"')
    return (*wrong, way_out.format(folder=folder)) if wrong else ()


def _houses(reader: ReadingScope, ids: Sequence[EngagementId]) -> tuple[str, ...]:
    """The names of the dealerships of these programmes, each once."""
    engagements = (reader.find(Engagement, id, in_bin=True) for id in ids)
    houses = (
        reader.find(Dealership, one.dealership_id, in_bin=True) for one in engagements if one is not None
    )
    return tuple(dict.fromkeys(house.name for house in houses if house is not None))


def _anchors(workspace: Workspace) -> tuple[LogHead, ...]:
    """The heads kept in this workspace's own backups; those of entries that a restore left behind do not count."""
    with workspace.reading() as reader:
        restored = reader.find(Setting, RESTORED_SETTING)
        entries = [e for e in reader.log_entries() if e.what == "workspace.restored"] if restored else []
    since = entries[-1].at if entries else None
    first = restored.value.partition(" ")[0] if restored else ""
    reached = int(first) if first.isdecimal() else 0
    return tuple(
        LogHead(seq=row.seq, hash=row.hash, at=row.made_at)
        for row in list_backups(workspace.folder)
        if since is None or row.made_at > since or row.seq <= reached
    )
