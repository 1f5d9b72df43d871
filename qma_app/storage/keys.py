"""The key of a workspace: one random data key in two copies of a small file, and what is derived from it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage.atomic_files import write_file_atomically

KEY_FILE: Final = "keys.json"
KEY_COPY: Final = "keys.copy.json"
FORMAT: Final = "qma-keys"
FORMAT_VERSION: Final = 1
KEY_BYTES: Final = 32
LARGEST_KEY_FILE: Final = 64 * 1024

_OPEN: Final = "open"
_OPEN_NOTE: Final = "NOT PROTECTED: whoever has this file can read the workspace and its backups."


@dataclass(frozen=True, kw_only=True, slots=True)
class Keys:
    """What opens the parts of a workspace; `is_protected` says whether the key file needs something besides itself."""

    workspace_id: str
    database: bytes = field(repr=False)
    evidence: bytes = field(repr=False)
    backup: bytes = field(repr=False)
    is_protected: bool


def create_key_file(folder: Path, *, workspace_id: str | None = None, data_key: bytes | None = None) -> Keys:
    """Make the key of a new workspace and write both copies; a folder that has one already is refused.

    What is not given is drawn at random.
    """
    for name in (KEY_FILE, KEY_COPY):
        if (folder / name).exists():
            raise StorageTrouble(
                _(
                    "There is a key file in {folder} already; a new one would lock its workspace for ever."
                ).format(folder=folder),
                code="keys.exist",
                way_out=_("Choose an empty folder."),
                folder=str(folder),
            )
    workspace_id = workspace_id or str(UUID(bytes=secrets.token_bytes(16), version=4))
    content = _rendered(workspace_id, data_key or secrets.token_bytes(KEY_BYTES))
    write_key_files(folder, content)
    return keys_from(content, name=KEY_FILE)


def read_key_file(folder: Path, *, workspace_id: str | None = None) -> Keys:
    """The keys of the workspace in `folder`; a damaged or missing copy is replaced from the good one.

    With `workspace_id` only the key of that workspace is accepted.
    """
    return keys_from(key_file_bytes(folder, workspace_id=workspace_id), name=KEY_FILE)


def key_file_bytes(folder: Path, *, workspace_id: str | None = None) -> bytes:
    """The good key file as it lies there, as a backup carries it; see `read_key_file`."""
    found = {name: _read(folder / name) for name in (KEY_FILE, KEY_COPY)}
    if not any(content is not None for content in found.values()):
        raise StorageTrouble(
            _("The key file {name} is missing in {folder}: without it nobody can open the workspace.").format(
                name=KEY_FILE, folder=folder
            ),
            code="keys.missing",
            way_out=_("Take {name} from a backup of this workspace, or restore the newest backup.").format(
                name=KEY_FILE
            ),
            folder=str(folder),
        )
    good: dict[str, Keys] = {}
    troubles: list[StorageTrouble] = []
    for name, content in found.items():
        if content is None:
            continue
        try:
            keys = keys_from(content, name=name)
            _refuse_another(keys, workspace_id, name=name)
            good[name] = keys
        except StorageTrouble as error:
            if error.code == "keys.newer":
                raise
            troubles.append(error)
    if not good:
        raise troubles[0]
    if len({keys.workspace_id for keys in good.values()}) > 1:
        raise StorageTrouble(
            _("{first} and {second} in {folder} are the keys of two different workspaces.").format(
                first=KEY_FILE, second=KEY_COPY, folder=folder
            ),
            code="keys.disagree",
            way_out=_("Remove the one that was put there by mistake, or restore the newest backup."),
            folder=str(folder),
        )
    content = found[next(iter(good))] or b""
    _mend(folder, found, content)
    return content


def keys_from(content: bytes, *, name: str) -> Keys:
    """The keys in a key file's bytes, wherever they lie; `name` is for the sentence when they are not good."""
    document = _checked(content, name)
    if document["version"] > FORMAT_VERSION:
        raise StorageTrouble(
            _("The key file {name} has form {found}; this version of the program knows form {known}.").format(
                name=name, found=document["version"], known=FORMAT_VERSION
            ),
            code="keys.newer",
            way_out=_("Install the newer version of the program; nothing was changed."),
            found=document["version"],
            known=FORMAT_VERSION,
        )
    try:
        workspace_id = str(document["workspace"])
        (slot,) = (slot for slot in document["slots"] if slot["kind"] == _OPEN)
        data_key = base64.b64decode(slot["key"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise _damaged(name) from error
    if len(data_key) != KEY_BYTES:
        raise _damaged(name)
    return _derived(workspace_id, data_key)


def write_key_files(folder: Path, content: bytes) -> None:
    """Write both copies, each readable by its owner only; a cut between the two leaves one that is whole."""
    for name in (KEY_FILE, KEY_COPY):
        write_file_atomically(folder / name, content, is_private=True)


def sub_key(data_key: bytes, *, workspace_id: str, purpose: str) -> bytes:
    """A key for one purpose by HKDF-SHA256 (RFC 5869): it tells nothing about the data key or the other ones.

    Two lines of the standard library, because importing the large crypto library would cost each start 40 ms.
    """
    extracted = hmac.digest(workspace_id.encode(), data_key, "sha256")
    return hmac.digest(extracted, f"qma {purpose} 1".encode() + b"\x01", "sha256")


def stable_json(document: dict[str, Any]) -> bytes:
    """The one spelling of a document that a checksum or seal is taken of."""
    return json.dumps(
        document, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _derived(workspace_id: str, data_key: bytes) -> Keys:
    return Keys(
        workspace_id=workspace_id,
        database=sub_key(data_key, workspace_id=workspace_id, purpose="database"),
        evidence=sub_key(data_key, workspace_id=workspace_id, purpose="evidence"),
        backup=sub_key(data_key, workspace_id=workspace_id, purpose="backup"),
        is_protected=False,
    )


def _rendered(workspace_id: str, data_key: bytes) -> bytes:
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "workspace": workspace_id,
        "slots": [{"kind": _OPEN, "note": _OPEN_NOTE, "key": base64.b64encode(data_key).decode()}],
    }
    return _text_of({**document, "checksum": _checksum(document)})


def _text_of(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=True) + "\n").encode()


def _checksum(document: dict[str, Any]) -> str:
    """The same in every form to come, so that a newer file is told from a damaged one."""
    rest = {name: value for name, value in document.items() if name != "checksum"}
    return hashlib.sha256(stable_json(rest)).hexdigest()


def _checked(content: bytes, name: str) -> dict[str, Any]:
    try:
        document = json.loads(content)
        if (
            not isinstance(document, dict)
            or document["format"] != FORMAT
            or type(document["version"]) is not int
            or document["checksum"] != _checksum(document)
        ):
            raise _damaged(name)
    except (ValueError, KeyError, RecursionError) as error:
        raise _damaged(name) from error
    return document


def _refuse_another(keys: Keys, workspace_id: str | None, *, name: str) -> None:
    if workspace_id is not None and keys.workspace_id != workspace_id:
        raise StorageTrouble(
            _("{name} is the key of another workspace.").format(name=name),
            code="keys.other-workspace",
            way_out=_("Put the key file of this workspace back, or restore the newest backup."),
            found=keys.workspace_id,
            expected=workspace_id,
        )


def _damaged(name: str) -> StorageTrouble:
    return StorageTrouble(
        _("The key file {name} is damaged.").format(name=name),
        code="keys.damaged",
        way_out=_("Take the key file from a backup of this workspace, or restore the newest backup."),
        name=name,
    )


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY_FILE)
    except FileNotFoundError:
        return None
    except OSError:
        return b""  # a bad sector: as good as damaged, the other copy may be whole


def _mend(folder: Path, found: dict[str, bytes | None], good: bytes) -> None:
    """Make both copies the good one; where that fails (a folder that can only be read) the good one still serves."""
    for name, content in found.items():
        if content != good:
            try:
                write_file_atomically(folder / name, good, is_private=True)
            except StorageTrouble:
                continue
