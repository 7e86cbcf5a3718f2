"""Files that are either wholly there or not there at all, and what a disk can answer."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from app.errors import N_, UserError
from app.paths import make_private

HALF_MADE = ".oms-bedside-half-made-"
"""How the name of a file begins that is not whole yet; nothing else is called so."""
_FULL = N_("The disk is full. What was saved before is safe. Free some space, then try again.")
_NOT_WRITABLE = N_(
    "{path} cannot be written to. What was saved before is safe. "
    "Allow writing to it, then try again."
)
_NOT_TAKEN = N_(
    "The disk did not take {path}. What was saved before is safe. "
    "Check that it is connected and has space, then try again."
)
_FILES_AT_ONCE = 8
"""More than SQLite has open at once of one file; it has closed them where one of them failed."""
NO_FILES = N_(
    "This machine cannot open any more files just now. What was saved before is safe. "
    "Close other programs, then try again."
)
_SENTENCES = {
    errno.EMFILE: NO_FILES,
    errno.ENFILE: NO_FILES,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _NOT_WRITABLE,
    errno.EACCES: _NOT_WRITABLE,
    errno.EPERM: _NOT_WRITABLE,
    errno.ENOTDIR: _NOT_WRITABLE,
    errno.EEXIST: _NOT_WRITABLE,
}


class NotTaken(UserError):
    """The disk did not take what was to be written, or not even what reading writes beside it."""


@contextmanager
def disk_guard(path: Path) -> Iterator[None]:
    """Turn a refusal of the disk into one sentence (NotTaken) that names ``path``."""
    try:
        yield
    except OSError as error:
        message = _SENTENCES.get(error.errno or 0, _NOT_TAKEN)
        raise NotTaken(message, path=path) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file so that a crash leaves the old one or the new one, never a half."""
    with disk_guard(path):
        half = path.with_name(HALF_MADE + os.urandom(8).hex())
        try:
            write_private(half, content)
            half.replace(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that is not there yet and have the disk confirm it; OSError if it cannot be.

    Only its owner can read it, from its first byte on. What a failure leaves is for the caller.
    """
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def remove_half_made(folder: Path) -> None:
    """Remove what a killed process left half made in a folder that nobody else writes in."""
    with suppress(OSError):
        for path in folder.glob(f"{HALF_MADE}*"):
            path.unlink()


def has_files_left() -> bool:
    """Say whether this process may open a few files more; some libraries do not tell."""
    with ExitStack() as held:
        try:
            for _ in range(_FILES_AT_ONCE):
                held.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        except OSError as error:
            return error.errno not in (errno.EMFILE, errno.ENFILE)
    return True


def sync_file(path: Path) -> None:
    """Have the disk confirm a file's content."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Have the disk confirm which files a folder holds, where the platform can be asked."""
    if os.name == "nt":  # pragma: no cover - Windows does not open folders
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """Lend an empty private folder at ``path``; whatever still stands in it afterwards goes."""
    with disk_guard(path):
        discard_folder(path)
        make_private(path)
        try:
            yield path
        finally:
            discard_folder(path)


def free_space(path: Path) -> int:
    """Return how many bytes the disk of a folder has free for this user; OSError without it."""
    return shutil.disk_usage(path).free


def discard_folder(path: Path) -> None:
    """Remove a folder of our own with all it holds, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
