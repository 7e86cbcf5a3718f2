"""A copy as one file: records, keys, and a manifest that answers for both.

It is a plain zip without compression, so that any program can at least look into it; what is in it
is encrypted as it is in a data folder. Whatever is read is held to the manifest: its names, its
sizes, its digests, and with the key the seal over all of them and over what the records hold.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from app.clock import Clock
from app.errors import N_, AppError, Damage, UserError
from app.records.copies.backup import check_room, copy_lent, is_as_made
from app.records.copies.fetching import TailDamaged, fetch
from app.records.copies.heads import Heads, heads, tables
from app.records.file.database import connect, guard
from app.records.file.files import disk_guard, write_private
from app.records.file.first_look import PAGE_BYTES, is_sealed_page
from app.records.file.names import RECORDS, SUFFIX, name_of
from app.records.file.outside import temporary_folder, whole_file
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey

_MANIFEST = "manifest.json"
_FORMAT = 1
_MAKER = "oms-bedside"
_PARTS = (RECORDS, KEYS)
_MOST_BESIDE = 1 << 20
"""The most bytes of a manifest and of keys; longer ones are nothing that the app has written."""
_AT_ONCE = 1 << 20
_BEGINS = b"PK\x03\x04"
_FOREIGN = N_("“{path}” is not a copy that OMS Bedside has made.")
_CUT = N_(
    "The copy “{path}” is not whole: its end is missing. Copy it once more from where it came."
)
_DAMAGED = N_("The copy “{path}” is damaged. Nothing was taken from it. Please use another one.")
_NEWER = N_("The copy “{path}” was made by a newer OMS Bedside. Update the app to open it.")


class NotOpened(Damage):
    """The key does not open the copy: it belongs to others, or the copy's beginning is damaged."""


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    size: Annotated[int, Meta(ge=0)]
    sha256: str


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file says of the copy in it: its name, with what it ends, and what answers for it.

    How much the records hold is nobody's business without the key, so it stands in ``seal`` only,
    a keyed digest over all the rest and the count of the rows of each table.
    """

    made_by: str
    format: int
    copy: str
    heads: Heads
    files: Mapping[str, _Part]
    seal: str = ""


class _Header(Struct, frozen=True):
    made_by: str
    format: int


def is_archive(path: Path) -> bool:
    """Say whether a path is a file, so that only a copy as one file can be meant."""
    return path.is_file()


def pack(copy: Path, key: RawKey, place: Path, scratch: Path) -> Path:
    """Write a copy whole into one file of a folder, read it back, and return where it is.

    ``scratch`` is an empty folder of ours on a disk with room for the copy. Damage if the copy or
    what was written is not as it was made, UserError where there is no room or the disk refuses.
    """
    fetch(copy, scratch, key)
    with disk_guard(place):
        _settle(scratch / RECORDS, key)
        return _packed(scratch, copy.name, key, place)


def pack_elsewhere(folder: Path, key: RawKey, clock: Clock, place: Path) -> Path:
    """Write what is saved now into one file of a folder elsewhere, read back, and return it.

    UserError if ``place`` is in the data folder, or none could be made there.
    """
    with copy_lent(folder, key, clock, place) as copy:
        return _packed(copy.path, name_of(copy.moment), key, place)


def _packed(whole: Path, name: str, key: RawKey, place: Path) -> Path:
    target = place / f"{name}{SUFFIX}"
    manifest = _manifest(whole, name, key)
    check_room(place, sum(part.size for part in manifest.files.values()))
    with whole_file(target) as half:
        _write(half, whole, manifest)
        if read_through(half) != manifest:
            raise Damage(_DAMAGED, path=target)
    return target


def read_through(path: Path) -> Manifest:
    """Read a copy's file from end to end, and return what it says of itself.

    UserError where it is not ours or of a newer app, Damage where it is cut or damaged.
    """
    with _opened(path) as (archive, manifest):
        for name in _PARTS:
            with archive.open(name) as part:
                _check_part(path, manifest.files[name], _digest(part))
        return manifest


def glance(path: Path) -> Manifest:
    """Return what a copy's file says of itself, without reading it on; the same errors."""
    with _opened(path) as (_, manifest):
        return manifest


def is_packed_with(path: Path, key: RawKey) -> bool:
    """Say whether the records in a copy's file are sealed with this key; errors as ``glance``."""
    with _opened(path) as (archive, _), archive.open(RECORDS) as part:
        return is_sealed_page(part.read(PAGE_BYTES), key)


def bring(path: Path, scratch: Path, key: RawKey, *, as_far_as_sound: bool = False) -> bool:
    """Bring all that a copy holds, a folder or one file, into a folder of ours, checked whole.

    Damage if it is not as it was made, NotOpened where it may be the key that does not fit. What
    ``as_far_as_sound`` does, and what is returned, is told by ``fetch``; a file has no tail.
    """
    if not is_archive(path):
        try:
            return fetch(path, scratch, key, as_far_as_sound=as_far_as_sound)
        except TailDamaged:
            raise
        except Damage as problem:
            if _opens(scratch / RECORDS, key):
                raise
            raise NotOpened(problem.message, **problem.values) from problem
    with _opened(path) as (archive, manifest):
        for name in _PARTS:
            _take_out(archive, name, scratch / name)
            with (scratch / name).open("rb") as taken:
                _check_part(path, manifest.files[name], _digest(taken))
    if not _opens(scratch / RECORDS, key):
        raise NotOpened(_DAMAGED, path=path)
    if not (is_as_made(scratch, key) and _is_sealed(scratch, manifest, key)):
        raise Damage(_DAMAGED, path=path)
    return True


@contextmanager
def keys_at_hand(path: Path) -> Iterator[Path]:
    """Lend a folder in which the keys of a copy stand, be it a folder or one file."""
    if not is_archive(path):
        yield path
        return
    with temporary_folder() as place, _opened(path) as (archive, manifest):
        content = archive.read(KEYS)
        _check_part(path, manifest.files[KEYS], hashlib.sha256(content).hexdigest())
        write_private(place / KEYS, content)
        yield place


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Lend a file whose names and sizes are what its manifest says; whatever it is made of."""
    with disk_guard(path):
        _check_is_ours(path)
        try:
            with zipfile.ZipFile(path) as archive:
                yield archive, _checked(path, archive)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise Damage(_DAMAGED, path=path) from error


def _check_is_ours(path: Path) -> None:
    with path.open("rb") as file:
        begins = file.read(len(_BEGINS) + 64)
    if zipfile.is_zipfile(path):
        return
    is_begun = begins.startswith(_BEGINS) and _MANIFEST.encode() in begins
    raise Damage(_CUT, path=path) if is_begun else UserError(_FOREIGN, path=path)


def _checked(path: Path, archive: zipfile.ZipFile) -> Manifest:
    found = archive.infolist()
    if _MANIFEST not in archive.namelist():
        raise UserError(_FOREIGN, path=path)
    if sorted(one.filename for one in found) != sorted((_MANIFEST, *_PARTS)):
        raise Damage(_DAMAGED, path=path)
    # Nothing is compressed, so nothing can grow beyond the file in which it stands.
    if not all(_is_plain(one) for one in found):
        raise Damage(_DAMAGED, path=path)
    manifest = _read_manifest(path, archive)
    sizes = {one.filename: one.file_size for one in found}
    if any(manifest.files[name].size != sizes[name] for name in _PARTS):
        raise Damage(_DAMAGED, path=path)
    return manifest


def _is_plain(one: zipfile.ZipInfo) -> bool:
    is_small = one.filename == RECORDS or one.file_size <= _MOST_BESIDE
    is_stored = one.compress_type == zipfile.ZIP_STORED and one.file_size == one.compress_size
    return is_stored and is_small


def _read_manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    content = archive.read(_MANIFEST)
    try:
        header = msgspec.json.decode(content, type=_Header)
    except ValueError as error:  # damaged, or not even text
        raise Damage(_DAMAGED, path=path) from error
    if header.made_by != _MAKER:
        raise UserError(_FOREIGN, path=path)
    if header.format > _FORMAT:
        raise UserError(_NEWER, path=path)
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except ValueError as error:
        raise Damage(_DAMAGED, path=path) from error
    if set(manifest.files) != set(_PARTS):
        raise Damage(_DAMAGED, path=path)
    return manifest


def _check_part(path: Path, said: _Part, digest: str) -> None:
    if digest != said.sha256:
        raise Damage(_DAMAGED, path=path)


def _take_out(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    write_private(target, b"")
    with archive.open(name) as part, target.open("wb") as file:
        shutil.copyfileobj(part, file, _AT_ONCE)


def _settle(path: Path, key: RawKey) -> None:
    """Bring what stands in a log into the file, so that the file alone says all."""
    with guard(), closing(connect(path, key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def _manifest(scratch: Path, name: str, key: RawKey) -> Manifest:
    files = {}
    for part in _PARTS:
        with (scratch / part).open("rb") as file:
            files[part] = _Part((scratch / part).stat().st_size, _digest(file))
    bare = Manifest(_MAKER, _FORMAT, name, (), files)
    return _sealed(bare, scratch / RECORDS, key)


def _sealed(bare: Manifest, path: Path, key: RawKey) -> Manifest:
    """Return a manifest with the ends of the records and the seal that the key makes of it."""
    with guard(), closing(connect(path, key)) as connection:
        counts = _counts(connection)
        told = msgspec.structs.replace(bare, heads=heads(connection), seal="")
    seal = hashlib.blake2b(msgspec.json.encode((told, counts)), key=key, digest_size=32)
    return msgspec.structs.replace(told, seal=seal.hexdigest())


def _opens(path: Path, key: RawKey) -> bool:
    try:
        with guard(), closing(connect(path, key)) as connection:
            return bool(tables(connection))
    except AppError:
        return False


def _is_sealed(scratch: Path, manifest: Manifest, key: RawKey) -> bool:
    try:
        return _sealed(manifest, scratch / RECORDS, key) == manifest
    except AppError:
        return False


def _counts(connection: Any) -> tuple[int, ...]:  # noqa: ANN401 - sqlcipher3 ships no types
    counts = "SELECT count(*) FROM [{}]"  # the file's own names, not a user's words
    return tuple(
        connection.execute(counts.format(name)).fetchone()[0] for name in tables(connection)
    )


def _write(target: Path, scratch: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(_MANIFEST), msgspec.json.encode(manifest))
        for name in _PARTS:
            info = zipfile.ZipInfo(name)
            info.file_size = manifest.files[name].size
            with archive.open(info, "w") as part, (scratch / name).open("rb") as file:
                shutil.copyfileobj(file, part, _AT_ONCE)


def _digest(file: Any) -> str:  # noqa: ANN401 - a file or a part of a zip
    digest = hashlib.sha256()
    while chunk := file.read(_AT_ONCE):
        digest.update(chunk)
    return digest.hexdigest()
