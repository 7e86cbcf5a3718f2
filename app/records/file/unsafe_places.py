"""Folders in which no records should be kept: on a drive of the network, or in a cloud's folder.

There locks may hold nobody off, and a file may be exchanged for an older one or for a half of
itself while it is open. What can be recognised is told with its reason.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from msgspec import Struct

from app.errors import N_

_NETWORK = N_(
    "{folder} lies on a drive of the network ({kind}). There nothing keeps two machines apart for "
    "certain, and a connection that breaks can damage the records. A folder on this machine's "
    "own disk is safe."
)
_CLOUD = N_(
    "{folder} lies in a folder that {service} synchronises. It copies files while they are "
    "written, and can put an older one in their place. A folder on this machine's own disk "
    "that nothing synchronises is safe."
)
_NETWORK_TYPES = frozenset({
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "gfs2", "glusterfs",
    "gpfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "rclone", "s3fs", "smb", "smb2",
    "smb3", "smbfs", "sshfs", "vboxsf", "vmhgfs", "vmhgfs-fuse", "webdav",
    "google-drive-ocamlfuse", "gvfsd-fuse", "onedriver",
})  # fmt: skip
"""How systems call what lies on another machine; ``fuse.`` may stand in front."""


_SYSTEM: str = sys.platform
_REMOTE = 4
"""What Windows says of a drive that lies on another machine."""


class Service(Struct, frozen=True):
    """Something that synchronises folders: how its folders are called, and what lies in them."""

    name: str
    folders: str = r"(?!)"
    markers: tuple[str, ...] = ()


_SERVICES = (
    Service("Dropbox", r"dropbox( \(.+\))?", (".dropbox", ".dropbox.cache")),
    Service("OneDrive", r"onedrive( ?- ?.+)?"),
    Service("Google Drive", r"google ?drive(-.+)?", (".tmp.driveupload", ".tmp.drivedownload")),
    Service("iCloud Drive", r"mobile documents|com~apple~clouddocs|iclouddrive"),
    Service("Nextcloud", r"nextcloud\d*", (".nextcloudsync.log",)),
    Service("ownCloud", r"owncloud\d*", (".owncloudsync.log",)),
    Service("Syncthing", markers=(".stfolder",)),
    Service("Resilio Sync", markers=(".sync/ID",)),
    Service("Seafile", r"seafile"),
    Service("pCloud", r"pcloud ?drive|pcloud ?sync"),
    Service("MEGA", r"mega ?sync( .+)?", (".megaignore",)),
    Service("Box", r"box sync|box-box"),
)
"""What is known of the services; each name is the service's own and is said as it is."""


class Mount(Struct, frozen=True):
    """Where a file system is mounted, and of which kind it is."""

    place: Path
    kind: str


class Unsafe(Struct, frozen=True):
    """Why a folder is no safe place: a sentence with its places."""

    message: str
    values: dict[str, str]


def unsafe_place(
    folder: Path, mounts: Iterable[Mount], there: Set[Path], drive: str = ""
) -> Unsafe | None:
    """Say why records should not be kept in a folder, or nothing where no reason is known.

    Looks at nothing but what it is given: the whole path, what is mounted (of two at one place the
    later one counts), which markers of services are ``there``, and the kind of a Windows drive.
    """
    above = (folder, *folder.parents)
    kind = drive or _kind_of(folder, mounts)
    if kind.removeprefix("fuse.") in _NETWORK_TYPES or drive:
        return Unsafe(_NETWORK, {"folder": str(folder), "kind": kind})
    for service in _SERVICES:
        is_named = any(re.fullmatch(service.folders, one.name, re.IGNORECASE) for one in above)
        if is_named or any(one / marker in there for one in above for marker in service.markers):
            return Unsafe(_CLOUD, {"folder": str(folder), "service": service.name})
    return None


def looked_at(folder: Path) -> Unsafe | None:
    """Look at this machine and say why a folder, which need not be there yet, is no safe place.

    What cannot be found out is taken as safe.
    """
    whole = folder.resolve()
    markers = (
        one / marker
        for one in (whole, *whole.parents)
        for service in _SERVICES
        for marker in service.markers
    )
    there = {marker for marker in markers if os.path.lexists(marker)}
    return unsafe_place(whole, _mounts(), there, _drive(whole))


def mounts_of_linux(told: str) -> Iterator[Mount]:
    """Read ``/proc/self/mountinfo``."""
    for line in told.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) > 4 and kinds[0]:
            place = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
            is_web = kinds[0] == "fuse" and "://" in after
            yield Mount(Path(place), "davfs" if is_web else kinds[0])


def mounts_of_macos(told: str) -> Iterator[Mount]:
    """Read what the command ``mount`` prints on macOS."""
    for place, kind in re.findall(r" on (/.*) \(([^,)]+)", told):
        yield Mount(Path(place), kind)


def _kind_of(folder: Path, mounts: Iterable[Mount]) -> str:
    """Return the kind of the file system that a folder lies on: the one mounted nearest above."""
    found = Mount(Path(folder.anchor), "")
    for mount in mounts:
        is_nearer = len(mount.place.parts) >= len(found.place.parts)
        if is_nearer and folder.is_relative_to(mount.place):
            found = mount
    return found.kind


def _mounts() -> tuple[Mount, ...]:
    try:
        if _SYSTEM == "linux":
            told = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
            return tuple(mounts_of_linux(told))
        if _SYSTEM == "darwin":  # pragma: no cover - on a Mac
            with os.popen("/sbin/mount") as told_by_mount:  # noqa: S605 - a fixed command
                return tuple(mounts_of_macos(told_by_mount.read()))
    except OSError:  # pragma: no cover - a system that tells nothing
        pass
    return ()


def _drive(whole: Path) -> str:
    """Return what a Windows drive is, where it lies on another machine."""
    return _remote_drive(whole.drive) if _SYSTEM == "win32" else ""


def _remote_drive(drive: str) -> str:  # pragma: no cover - on Windows
    import ctypes  # noqa: PLC0415 - only there

    is_share = drive.startswith("\\\\")
    told = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\")  # type: ignore[attr-defined]
    return drive if is_share or told == _REMOTE else ""
