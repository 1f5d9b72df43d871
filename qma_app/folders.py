"""Where workspaces, reports and settings lie on this computer, and which places are no home for a live workspace.

A folder that another program copies elsewhere, or that lies on another computer, can mix two states of a database.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath, PureWindowsPath

import platformdirs

from qma_app.design import APP_NAME
from qma_app.i18n import _

# Folder names as the programs choose them, in lower case.
_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
# Beginnings that belong to a firm's or a second account: `OneDrive - Example Ltd`, `Dropbox (Personal)`.
_BEGINNINGS = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox", "google drive (": "Google Drive"}
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
# What the programs leave in the top folder they keep in step. `.dropbox` as a folder is only Dropbox's own settings.
_MARKER_FILES = {
    ".dropbox": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
_MARKER_FOLDERS = {
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".stfolder": "Syncthing",
}
_SYNC_DATABASES = (".sync_*.db", "._sync_*.db")
_MOUNTED_SERVICES = {"fuse.google-drive-ocamlfuse": "Google Drive", "fuse.onedriver": "OneDrive"}
_NETWORK_TYPES = frozenset(
    {
        *("9p", "afpfs", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("smb3", "smbfs", "vboxsf", "webdav"),
        *("fuse.ceph", "fuse.curlftpfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone"),
        *("fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"),
    }
)
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of the Windows function GetDriveTypeW


def workspaces_folder() -> Path:
    """Where a new workspace goes unless the coach chooses: on this computer, never in a roaming profile."""
    return platformdirs.user_data_path(APP_NAME, appauthor=False) / "workspaces"


def reports_folder() -> Path:
    """Where finished papers go: a folder among the coach's documents."""
    return platformdirs.user_documents_path() / APP_NAME


def settings_folder() -> Path:
    """Where the settings of this computer lie."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False)


def synced_place(path: Path) -> str | None:
    """What would copy or carry `path` elsewhere (`OneDrive`, `network share` ...); None where it is safe.

    The path need not exist yet; links are followed.
    """
    named = path.expanduser().absolute()
    mounts = _mounts()
    for place in dict.fromkeys((named, named.resolve())):
        found = (
            place_by_name(place)
            or place_by_variable(place, os.environ)
            or _place_by_marker(place)
            or place_by_mount(place, mounts)
            or _place_by_drive(place)
        )
        if found:
            return found
    return None


def place_by_name(path: PurePath) -> str | None:
    """The service whose folder name stands in `path`, or a share named as `\\\\server\\share`."""
    if _is_share(path):
        return _("network share")
    for part, inner in zip(path.parts, (*path.parts[1:], ""), strict=True):
        name = part.casefold()
        if name in _NAMES:
            return _NAMES[name]
        for beginning, service in _BEGINNINGS.items():
            if name.startswith(beginning):
                return service
        # macOS keeps all services under Library/CloudStorage, each as Service-Account.
        if name == "cloudstorage" and inner:
            service = inner.partition("-")[0]
            return _NAMES.get(service.casefold(), service)
    return None


def place_by_variable(path: PurePath, environment: Mapping[str, str]) -> str | None:
    """OneDrive where `path` lies in the folder it announces to other programs."""
    announced = (environment.get(name) for name in _VARIABLES)
    return "OneDrive" if any(place and path.is_relative_to(place) for place in announced) else None


def place_by_mount(path: PurePath, mounts: Iterable[tuple[str, str]]) -> str | None:
    """What is mounted where `path` lies, from (mount point, type) pairs; later ones cover earlier ones.

    The root is left out: a computer that runs from the network has no other place to offer.
    """
    deepest, kind = "", ""
    for point, of_type in mounts:
        if point != "/" and len(point) >= len(deepest) and path.is_relative_to(point):
            deepest, kind = point, of_type
    if kind in _NETWORK_TYPES:
        return _("network share")
    return _MOUNTED_SERVICES.get(kind)


def mounts_in_table(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of Linux's /proc/mounts, where a blank in a name is written as \\040."""
    rows = (line.split() for line in text.splitlines())
    return tuple((_unescaped(row[1]), row[2]) for row in rows if len(row) > 2)


def mounts_in_listing(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of what macOS's `mount` prints: `//me@server/share on /Volumes/share (smbfs, ...)`."""
    return tuple(re.findall(r"^.+? on (.+) \(([^,)]+)[^)]*\)$", text, flags=re.MULTILINE))


def _place_by_marker(path: Path) -> str | None:
    for folder in (path, *path.parents):
        for name, service in _MARKER_FILES.items():
            if (folder / name).is_file():
                return service
        for name, service in _MARKER_FOLDERS.items():
            if (folder / name).is_dir():
                return service
        if any(True for pattern in _SYNC_DATABASES for _found in folder.glob(pattern)):
            return "Nextcloud"
    return None


def _place_by_drive(path: Path) -> str | None:
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE:
            return _("network share")
    return None


def _is_share(path: PurePath) -> bool:
    if not isinstance(path, PureWindowsPath):
        return False
    drive = path.drive.replace("/", "\\").casefold()
    # `\\?\C:` and `\\.\C:` are spellings of a local drive, `\\?\unc\server\share` is a share.
    return drive.startswith("\\\\") and (
        not drive.startswith(("\\\\?\\", "\\\\.\\")) or drive[4:].startswith("unc\\")
    )


def _unescaped(name: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name)


def _mounts() -> tuple[tuple[str, str], ...]:
    try:
        if sys.platform == "darwin":
            listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
            mounts = mounts_in_listing(listing.stdout)
        else:
            table = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
            mounts = mounts_in_table(table)
    except (OSError, subprocess.SubprocessError):
        return ()
    return mounts
