"""A copy as one file: whole on the way out, looked through on the way in, opened elsewhere."""

import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import AppError, Damage, UserError
from app.records.copies import archive
from app.records.copies.archive import pack, read_through
from app.records.copies.backup import copies
from app.records.copies.restore import restore
from app.records.copies.source import Source, copy_needs_secret
from app.records.file.names import RECORDS
from app.records.keys.keyfile import KEYS
from app.records.keys.vault import unlock
from tests.records.test_folder import CLOCK, PASSPHRASE, Desk, _sign_a_visit, catalogue, desk

__all__ = ["catalogue", "desk"]


@pytest.fixture
def made(desk: Desk, tmp_path: Path) -> Path:
    """Return the newest copy of records with a signed visit, as one file on a stick."""
    desk.create()[0].close()
    store = desk.open()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    (tmp_path / "stick").mkdir()
    return _pack(desk, tmp_path / "stick")


def _pack(desk: Desk, place: Path) -> Path:
    scratch = place.parent / "scratch"
    scratch.mkdir()
    try:
        key = unlock(desk.folder, PASSPHRASE).key
        return pack(copies(desk.folder)[0].path, key, place, scratch)
    finally:
        shutil.rmtree(scratch)


def _restore(desk: Desk, path: Path, place: Path, secret: str | None = PASSPHRASE) -> None:
    restore(Source(path, secret), place, replace=False, clock=CLOCK, catalogue=desk.catalogue)


def test_it_opens_on_another_machine_with_the_passphrase(
    desk: Desk, made: Path, tmp_path: Path
) -> None:
    """Nothing of the data folder is needed, and what is there is all there was."""
    shutil.move(desk.folder, tmp_path / "gone")
    assert copy_needs_secret(made)
    _restore(desk, made, tmp_path / "new")
    store = desk.open(folder=tmp_path / "new")
    assert [line.patient.facts.patient_id for line in store.summaries()] == ["7"]
    assert [found.kind for found in store.check() if found.count] == []


def test_it_opens_with_the_recovery_code(desk: Desk, tmp_path: Path) -> None:
    """Of the day on which it was made."""
    store, code = desk.create()
    store.close()
    _restore(desk, _pack(desk, tmp_path), tmp_path / "new", code)
    assert (tmp_path / "new" / RECORDS).is_file()


def test_it_tells_nobody_how_many_patients_there_are(made: Path) -> None:
    """The manifest holds names, sizes, digests and ends, and no count; the rest is encrypted."""
    with zipfile.ZipFile(made) as whole:
        assert sorted(whole.namelist()) == [KEYS, "manifest.json", RECORDS]
        told = json.loads(whole.read("manifest.json"))
    assert set(told) == {"made_by", "format", "copy", "heads", "files", "seal"}
    assert made.stem == told["copy"]
    assert (made.stat().st_mode & 0o777) == 0o600


def _rewrite(path: Path, change: Callable[[dict[str, bytes]], None], way: int = 0) -> None:
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", way) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _other_keys(path: Path) -> None:
    _rewrite(path, lambda parts: parts.update({KEYS: b"{}" + b" " * (len(parts[KEYS]) - 2)}))


def _longer(path: Path) -> None:
    _rewrite(path, lambda parts: parts.update({RECORDS: parts[RECORDS] + bytes(4096)}))


def _more(path: Path) -> None:
    _rewrite(path, lambda parts: parts.update({"../evil": b"x"}))


def _compressed(path: Path) -> None:
    _rewrite(path, lambda parts: parts.update({RECORDS: bytes(1 << 22)}), zipfile.ZIP_DEFLATED)


def _no_json(path: Path) -> None:
    _rewrite(path, lambda parts: parts.update({"manifest.json": b"{"}))


def _letter(path: Path) -> None:
    path.write_text("Dear colleague, here is the copy.")


def _photos(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as whole:
        whole.writestr("holiday.jpg", b"photo")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _say(name: str, value: object) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        told = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**told, name: value}).encode()

    return change


def _other_sizes(path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        told = json.loads(parts["manifest.json"])
        told["files"][RECORDS]["size"] = 1
        parts["manifest.json"] = json.dumps(told).encode()

    _rewrite(path, change)


def _newer(path: Path) -> None:
    _rewrite(path, _say("format", 2))


def _by_another(path: Path) -> None:
    _rewrite(path, _say("made_by", "somebody else"))


def _other_seal(path: Path) -> None:
    _rewrite(path, _say("seal", "00" * 32))


def _other_heads(path: Path) -> None:
    _rewrite(path, _say("heads", []))


DAMAGED = (
    _other_sizes,
    _flip,
    _other_keys,
    _longer,
    _more,
    _compressed,
    _no_json,
    _other_seal,
    _other_heads,
)


@pytest.mark.parametrize(
    ("spoil", "kind", "sentence"),
    [
        *((spoil, Damage, "is damaged. Nothing was taken from it") for spoil in DAMAGED),
        (_cut, Damage, "is not whole: its end is missing"),
        (_letter, UserError, "is not a copy that OMS Bedside has made"),
        (_photos, UserError, "is not a copy that OMS Bedside has made"),
        (_empty, UserError, "is not a copy that OMS Bedside has made"),
        (_by_another, UserError, "is not a copy that OMS Bedside has made"),
        (_newer, UserError, "was made by a newer OMS Bedside"),
    ],
)
def test_what_is_not_as_it_was_made_is_refused_in_a_sentence(
    desk: Desk,
    made: Path,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    kind: type[AppError],
    sentence: str,
) -> None:
    """Damaged, cut, foreign or newer: each says so, and no records come of it."""
    spoil(made)
    with pytest.raises(kind, match=sentence):
        _restore(desk, made, tmp_path / "new")
    assert not (tmp_path / "new" / RECORDS).exists()
    assert not (tmp_path / "evil").exists()


def test_every_byte_of_the_records_is_answered_for(desk: Desk, made: Path, tmp_path: Path) -> None:
    """Wherever a bit turns, the file is refused, or what is put back is what was there."""
    whole = made.read_bytes()
    for at in range(0, len(whole), len(whole) // 23):
        content = bytearray(whole)
        content[at] ^= 0x10
        made.write_bytes(content)
        place = tmp_path / str(at)
        try:
            _restore(desk, made, place)
        except AppError:
            continue
        with closing(desk.open(folder=place)) as store:
            assert [line.patient.facts.patient_id for line in store.summaries()] == ["7"]
            assert [found.kind for found in store.check() if found.count] == []


def test_a_wrong_passphrase_leaves_nothing(desk: Desk, made: Path, tmp_path: Path) -> None:
    """Not even the folder is made."""
    with pytest.raises(UserError, match="does not open these records"):
        _restore(desk, made, tmp_path / "new", "wrong horse battery")
    assert not (tmp_path / "new").exists()


def test_what_was_not_written_as_meant_is_not_left_there(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read back before it counts."""
    desk.create()[0].close()
    write = archive._write

    def write_badly(target: Path, *given: object) -> None:
        write(target, *given)  # type: ignore[arg-type] # as it was called
        _flip(target)

    monkeypatch.setattr(archive, "_write", write_badly)
    (tmp_path / "stick").mkdir()
    with pytest.raises(Damage):
        _pack(desk, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_too_little_room_is_said_before_anything_is_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the place, and nothing is left there."""
    desk.create()[0].close()
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    (tmp_path / "stick").mkdir()
    with pytest.raises(UserError, match=r"no room for another checked copy in .*stick"):
        _pack(desk, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_reading_through_returns_what_it_says_of_itself(made: Path) -> None:
    """By name, with the end of each chain."""
    told = read_through(made)
    assert told.copy == made.stem
    assert told.heads
