"""Folders on the network or in a cloud are recognised, without such a drive being there."""

import os
from pathlib import Path, PurePath

import pytest

from app.records.file.unsafe_places import (
    Mount,
    Unsafe,
    looked_at,
    mounts_of_linux,
    mounts_of_macos,
    unsafe_place,
)

HOME = Path("/home/ann")
_MOUNTINFO = r"""
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
40 27 0:50 / /mnt/ward\040share rw,relatime shared:7 - cifs //ward/share rw,vers=3.0
41 27 0:51 / /mnt/web rw - fuse https://cloud.example/dav rw
42 27 0:52 / /mnt/ssh rw - fuse.sshfs ann@ward:/data rw
no line of the kind
"""
_MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ann@ward/share on /Volumes/share (1) (smbfs, nodev, nosuid, mounted by ann)
"""


def _told(
    folder: Path, mounts: tuple[Mount, ...] = (), there: frozenset[Path] = frozenset()
) -> str:
    unsafe = unsafe_place(folder, mounts, there)
    return "" if unsafe is None else unsafe.message.format(**unsafe.values)


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "smbfs"]
)
def test_a_drive_of_the_network_is_told_with_its_kind(kind: str) -> None:
    """Only what lies on it: a folder beside is safe, and so is one mounted inside it."""
    mounts = (Mount(Path("/"), "ext4"), Mount(Path("/mnt"), kind), Mount(Path("/mnt/usb"), "ext4"))
    assert f"a drive of the network ({kind})" in _told(Path("/mnt/ward/data"), mounts)
    assert _told(HOME / "data", mounts) == ""
    assert _told(Path("/mnt/usb/data"), mounts) == ""


def test_of_two_drives_at_one_place_the_later_counts() -> None:
    """It lies over the other."""
    mounts = (Mount(Path("/mnt"), "ext4"), Mount(Path("/mnt"), "nfs"))
    assert "(nfs)" in _told(Path("/mnt"), mounts)
    assert _told(Path("/mnt"), mounts[::-1]) == ""


@pytest.mark.parametrize(
    "kind", ["", "ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "apfs"]
)
def test_a_disk_of_this_machine_is_safe(kind: str) -> None:
    """And so is one of which nothing is known."""
    assert _told(HOME / "data", (Mount(Path("/"), kind),)) == ""


def test_a_drive_of_windows_is_told() -> None:
    """A share without a letter is its own kind."""
    unsafe = unsafe_place(Path("data"), (), frozenset(), drive=r"\\ward\share")
    assert unsafe is not None
    assert unsafe.values["kind"] == r"\\ward\share"


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("Dropbox/data", "Dropbox"),
        ("Dropbox (Ward 3)/oms", "Dropbox"),
        ("OneDrive/data", "OneDrive"),
        ("OneDrive - University Hospital/data", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/data", "Google Drive"),
        ("Google Drive/data", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/data", "iCloud Drive"),
        ("Nextcloud2/data", "Nextcloud"),
        ("ownCloud/a/b/data", "ownCloud"),
        ("MEGAsync Uploads/data", "MEGA"),
    ],
)
def test_a_folder_of_a_cloud_is_known_by_its_name(path: str, service: str) -> None:
    """In any case of letters, and however deep the records lie in it."""
    for folder in (HOME / path, HOME / path.upper()):
        assert f"that {service} synchronises" in _told(folder)


@pytest.mark.parametrize(
    "path", ["data", "one drive/data", "Dropboxes/data", "boxes/data", "not Nextcloud/data"]
)
def test_a_name_that_only_looks_alike_is_no_cloud(path: str) -> None:
    """Nobody is refused for a word in a name."""
    assert _told(HOME / path) == ""


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync/ID", "Resilio Sync"),
    ],
)
def test_a_folder_of_a_cloud_is_known_by_what_lies_in_it(marker: str, service: str) -> None:
    """Whatever it is called; what lies beside it says nothing."""
    there = frozenset({HOME / "ward" / marker})
    assert f"that {service} synchronises" in _told(HOME / "ward" / "deep" / "data", (), there)
    assert _told(HOME / "other" / "data", (), there) == ""


def test_what_is_mounted_is_read_on_linux() -> None:
    """Spaces in a place, and web folders, which call themselves only “fuse”."""
    assert list(mounts_of_linux(_MOUNTINFO)) == [
        Mount(Path("/"), "ext4"),
        Mount(Path("/mnt/ward share"), "cifs"),
        Mount(Path("/mnt/web"), "davfs"),
        Mount(Path("/mnt/ssh"), "fuse.sshfs"),
    ]


def test_what_is_mounted_is_read_on_a_mac() -> None:
    """A place may hold brackets itself."""
    assert list(mounts_of_macos(_MAC)) == [
        Mount(Path("/"), "apfs"),
        Mount(Path("/Volumes/share (1)"), "smbfs"),
    ]


def test_this_machine_is_looked_at(tmp_path: Path) -> None:
    """A marker is found above a folder that is not there yet, and through a link to it."""
    safe = looked_at(tmp_path / "ward" / "data")
    (tmp_path / "ward").mkdir()
    (tmp_path / "ward" / ".stfolder").mkdir()
    os.symlink(tmp_path / "ward", tmp_path / "link")
    for name in ("ward", "link"):
        unsafe = looked_at(tmp_path / name / "data")
        assert unsafe != safe
        assert isinstance(unsafe, Unsafe)
        assert unsafe.values["service"] == "Syncthing"
        assert PurePath(unsafe.values["folder"]).parts[-2:] == ("ward", "data")
