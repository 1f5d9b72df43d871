"""A live workspace must never lie where another program copies it or another computer holds it."""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from qma_app import folders


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\kim\OneDrive\QMA"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\kim\OneDrive - Example Ltd\QMA"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\kim\DROPBOX\QMA"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\kim\Dropbox (Example Ltd)\QMA"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\kim\iCloudDrive\QMA"), "iCloud"),
        (PureWindowsPath(r"G:\My Drive\QMA"), "Google Drive"),
        (PureWindowsPath(r"\\server\share\QMA"), "network share"),
        (PureWindowsPath(r"\\?\UNC\server\share\QMA"), "network share"),
        (PurePosixPath("/Users/kim/Library/Mobile Documents/com~apple~CloudDocs/QMA"), "iCloud"),
        (PurePosixPath("/Users/kim/Library/CloudStorage/OneDrive-ExampleLtd/QMA"), "OneDrive"),
        (PurePosixPath("/Users/kim/Library/CloudStorage/GoogleDrive-kim@example.org/QMA"), "Google Drive"),
        (PurePosixPath("/Users/kim/Library/CloudStorage/Shelf-kim/QMA"), "Shelf"),
        (PurePosixPath("/home/kim/Nextcloud/QMA"), "Nextcloud"),
        (PurePosixPath("/home/kim/ownCloud/QMA"), "ownCloud"),
    ],
)
def test_a_folder_of_a_service_is_known_by_its_name(path: PurePath, service: str) -> None:
    assert folders.place_by_name(path) == service


@pytest.mark.parametrize(
    "path",
    [
        PureWindowsPath(r"C:\Users\kim\AppData\Local\QMA Coach\workspaces"),
        PureWindowsPath(r"\\?\C:\Users\kim\QMA"),
        PureWindowsPath(r"D:\dropbox-moved-away\QMA"),
        PurePosixPath("/home/kim/.local/share/QMA Coach/workspaces"),
        PurePosixPath("/home/kim/notes on onedrive/QMA"),
        PurePosixPath("/Users/kim/Library/CloudStorage"),
    ],
)
def test_an_ordinary_folder_is_left_alone(path: PurePath) -> None:
    assert folders.place_by_name(path) is None


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"D:\Firm files\QMA"), "OneDrive"),
        (PureWindowsPath(r"d:\firm FILES"), "OneDrive"),
        (PureWindowsPath(r"D:\Firm files 2\QMA"), None),
    ],
)
def test_a_renamed_onedrive_is_known_by_what_it_announces(path: PurePath, service: str | None) -> None:
    environment = {"OneDriveCommercial": r"D:\Firm files", "OneDrive": ""}
    assert folders.place_by_variable(path, environment) == service


MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/kim/local ext4 rw 0 0
//server/share /mnt/the\\040share cifs rw 0 0
kim@server: /media/server fuse.sshfs rw 0 0
drive /media/drive fuse.google-drive-ocamlfuse rw 0 0
half a line
"""


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/kim/QMA", "network share"),
        ("/home/kim/local/QMA", None),
        ("/home2/kim/QMA", None),
        ("/mnt/the share/QMA", "network share"),
        ("/media/server", "network share"),
        ("/media/drive/QMA", "Google Drive"),
        ("/var/QMA", None),
    ],
)
def test_the_deepest_mount_decides_whether_a_folder_is_on_another_computer(
    path: str, service: str | None
) -> None:
    assert folders.place_by_mount(PurePosixPath(path), folders.mounts_in_table(MOUNTS)) == service


def test_a_later_mount_on_the_same_point_covers_the_earlier_one() -> None:
    mounts = (("/srv", "nfs"), ("/srv", "ext4"))
    assert folders.place_by_mount(PurePosixPath("/srv/QMA"), mounts) is None


def test_a_computer_that_runs_from_the_network_is_not_refused_everywhere() -> None:
    assert folders.place_by_mount(PurePosixPath("/home/kim"), (("/", "nfs"),)) is None


def test_the_mounts_of_macos_are_read_from_its_listing() -> None:
    listing = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//kim@server/share on /Volumes/the share (smbfs, nodev, nosuid, mounted by kim)\n"
        "map auto_home on /System/Volumes/Data/home (autofs)\n"
    )
    mounts = folders.mounts_in_listing(listing)
    assert mounts == (("/", "apfs"), ("/Volumes/the share", "smbfs"), ("/System/Volumes/Data/home", "autofs"))
    assert folders.place_by_mount(PurePosixPath("/Volumes/the share/QMA"), mounts) == "network share"


@pytest.mark.parametrize(
    ("marker", "is_folder", "service"),
    [
        (".dropbox", False, "Dropbox"),
        (".dropbox.cache", True, "Dropbox"),
        (".sync_0a1b2c.db", False, "Nextcloud"),
        (".owncloudsync.log", False, "ownCloud"),
        (".tmp.driveupload", True, "Google Drive"),
        (".stfolder", True, "Syncthing"),
    ],
)
def test_a_renamed_service_is_known_by_what_it_leaves_in_its_folder(
    tmp_path: Path, marker: str, is_folder: bool, service: str
) -> None:
    left = tmp_path / marker
    left.mkdir() if is_folder else left.touch()
    assert folders.synced_place(tmp_path / "clients" / "not made yet") == service


def test_the_settings_of_dropbox_do_not_make_the_home_folder_a_synced_one(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert folders.synced_place(tmp_path / "QMA") is None


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right that Windows users seldom have")
def test_a_link_into_a_synced_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "QMA").mkdir(parents=True)
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox" / "QMA")
    assert folders.synced_place(tmp_path / "plain") == "Dropbox"


def test_the_folders_carry_the_name_of_the_app_and_are_safe() -> None:
    assert folders.workspaces_folder().parts[-2:] == ("QMA Coach", "workspaces")
    assert folders.reports_folder().name == "QMA Coach"
    assert folders.settings_folder().name == "QMA Coach"
    assert folders.synced_place(folders.workspaces_folder()) is None
