"""The tail of a copy: what is appended counts whole, and no damage of it is silent."""

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app.errors import Damage
from app.records.actions import Action
from app.records.copies import following
from app.records.copies.backup import copies, heads_of, is_as_made, is_copied
from app.records.file.names import RECORDS, SUMMARY, TAIL
from app.records.keys.keyfile import KEYS, write_keys
from app.records.keys.vault import Holder, open_slot
from app.records.model import PatientFacts
from app.records.schema import JOURNAL_COLUMNS
from app.records.shape import ERASED
from tests.records.copies.ward import Ward, everything, heads_in_file
from tests.records.workbench import KEY


def test_what_is_kept_in_a_tail_is_encrypted_and_private(ward: Ward) -> None:
    """Without the key nobody reads a word of it, and on a Unix no other user opens it."""
    ward.bench.store.patients.add(PatientFacts("Quinsberry-0042"))
    tail = ward.keep_up() / TAIL
    assert b"Quinsberry" not in tail.read_bytes()
    if os.name != "nt":
        assert tail.stat().st_mode & 0o777 == 0o600


def test_a_signature_is_appended_and_no_other_copy_is_made(ward: Ward) -> None:
    """The full copy stays as it is; what stands beside it tells the newest entries at once."""
    (full,) = copies(ward.folder)
    before = (full.path / RECORDS).read_bytes()
    copy, ends = ward.sign(3)
    assert copies(ward.folder) == (full,)
    assert ends == sorted(set(ends))
    assert (full.path / RECORDS).read_bytes() == before
    assert heads_of(copy, KEY) == heads_of(ward.copy_in_full(), KEY)


def test_without_a_change_nothing_is_appended(ward: Ward) -> None:
    """Whoever only looked leaves copy and tail as they are."""
    copy, _ = ward.sign(1)
    before = (copy / TAIL).read_bytes()
    ward.bench.store.seen.note(Action.OPEN_PATIENT, "")
    assert ward.keep_up() == copy
    assert (copy / TAIL).read_bytes() == before


def test_no_two_records_are_sealed_alike(ward: Ward) -> None:
    """Each has a nonce of its own, after a record that was cut off, too."""
    copy, ends = ward.sign(3)
    content = (copy / TAIL).read_bytes()
    nonces = {content[start + 4 : start + 16] for start in ends[:-1]}
    assert len(nonces) == 3


def _damages(content: bytes, other: bytes, ends: list[int]) -> Iterator[tuple[str, bytes | None]]:
    """Yield a tail in every way in which somebody or a disk may have changed it."""
    yield "removed", None
    yield "of another copy", other
    records = [content[start:end] for start, end in pairwise(ends)]
    yield "two exchanged", b"".join((records[1], records[0], *records[2:]))
    yield "one left out", b"".join((records[0], *records[2:]))
    yield "the first left out", b"".join(records[1:])
    for end in ends[:-1]:
        yield f"cut at record {end}", content[:end]
    step = max(1, len(content) // 40)
    for at in range(0, len(content), step):
        yield f"cut at {at}", content[:at]
        yield f"turned at {at}", content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        zeroed = bytes(min(512, len(content) - at))
        yield f"zeroed at {at}", content[:at] + zeroed + content[at + len(zeroed) :]


def test_every_damage_of_a_tail_is_named_and_leads_to_a_new_full_copy(ward: Ward) -> None:
    """Never is something else put back in silence; what is sound before the damage can be had."""
    other = ward.folder.parent / "other tail"
    shutil.copyfile(ward.sign(1)[0] / TAIL, other)
    ward.copy_in_full()
    states, ends = [everything(ward.folder)], [0]
    for _ in range(3):
        copy, (_, end) = ward.sign(1)
        states.append(everything(ward.folder))
        ends.append(end)
    content, told = (copy / TAIL).read_bytes(), (copy / SUMMARY).read_bytes()
    assert [ward.fetched(copy)] == states[-1:]
    for harm, damaged in _damages(content, other.read_bytes(), ends):
        _put(copy / TAIL, damaged)
        assert is_as_made(copy, KEY) is False, harm
        with pytest.raises(Damage):
            ward.fetched(copy)
        assert ward.damaged() == (copy.name,), harm
        assert heads_of(copy, KEY) == heads_in_file(ward.folder), harm
        assert not is_copied(ward.folder, KEY), harm
        (copy / SUMMARY).write_bytes(told)
    for place, state in enumerate(states[:-1]):
        _put(copy / TAIL, content[: ends[place] + 9])
        assert ward.fetched(copy, as_far_as_sound=True) == state
    ward.damaged()
    newer = ward.keep_up()
    assert newer != copy
    assert ward.fetched(newer) == states[-1]
    assert (copy / RECORDS).is_file()


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)


def test_a_damaged_tail_is_noticed_at_the_next_signature_already(ward: Ward) -> None:
    """Nothing is appended behind it: another full copy is made, and the check still names it."""
    copy, ends = ward.sign(2)
    content = bytearray((copy / TAIL).read_bytes())
    content[ends[1] // 2] ^= 1
    (copy / TAIL).write_bytes(content)
    newer, _ = ward.sign(1)
    assert newer != copy
    assert ward.fetched(newer) == everything(ward.folder)
    assert ward.damaged() == (copy.name,)


@pytest.mark.parametrize("left", [1, 3, 9, 40, -1, "zeros"])
def test_half_a_record_is_no_damage_and_goes_at_the_next_appending(
    ward: Ward, left: int | str
) -> None:
    """It was never counted, wherever the interruption left it; a power cut may leave zeros."""
    copy, ends = ward.sign(2)
    told, whole = (copy / SUMMARY).read_bytes(), everything(ward.folder)
    copy, (_, end) = ward.sign(1)[0], (0, ends[-1])
    content = (copy / TAIL).read_bytes()
    (copy / SUMMARY).write_bytes(told)
    if isinstance(left, str):
        (copy / TAIL).write_bytes(content[:end] + bytes(50_000))
    else:
        (copy / TAIL).write_bytes(content[: end + left] if left > 0 else content[:left])
    assert ward.damaged() == ()
    assert ward.fetched(copy) == whole
    assert not is_copied(ward.folder, KEY)
    assert ward.keep_up() == copy
    assert ward.fetched(copy) == everything(ward.folder)


def test_a_whole_record_that_was_not_counted_yet_counts(ward: Ward) -> None:
    """Killed before it was told that it stands: it is put back, and known to whoever asks."""
    copy, _ = ward.sign(1)
    told = (copy / SUMMARY).read_bytes()
    ward.sign(1)
    (copy / SUMMARY).write_bytes(told)
    assert ward.damaged() == ()
    assert heads_of(copy, KEY) == heads_in_file(ward.folder)
    assert ward.fetched(copy) == everything(ward.folder)
    size = (copy / TAIL).stat().st_size
    assert ward.keep_up() == copy
    assert (copy / TAIL).stat().st_size == size
    assert is_copied(ward.folder, KEY)


def test_a_copy_without_what_it_says_in_short_is_still_put_back_with_its_tail(ward: Ward) -> None:
    """Only one that ends within a record is then called damaged: nobody knows what counted."""
    copy, ends = ward.sign(2)
    (copy / SUMMARY).unlink()
    assert ward.fetched(copy) == everything(ward.folder)
    assert heads_of(copy, KEY) == heads_in_file(ward.folder)
    (copy / TAIL).write_bytes((copy / TAIL).read_bytes()[: ends[1] + 50])
    with pytest.raises(Damage):
        ward.fetched(copy)


def test_a_tail_of_records_that_lost_something_is_left_as_it_is(ward: Ward) -> None:
    """What the copy holds and the records do not stays in it; the next copy is a full one."""
    older = (ward.folder / RECORDS).with_name("older")
    ward.opened.pop().close()
    shutil.copyfile(ward.folder / RECORDS, older)
    ward.open()
    copy, _ = ward.sign(1)
    content, whole = (copy / TAIL).read_bytes(), everything(ward.folder)
    ward.opened.pop().close()
    shutil.copyfile(older, ward.folder / RECORDS)
    ward.open()
    assert ward.sign(1)[0] != copy
    assert (copy / TAIL).read_bytes() == content
    assert ward.fetched(copy) == whole


@pytest.mark.parametrize("kept_pages", [0, 1, 2, 12])
def test_a_full_copy_that_is_damaged_under_its_tail_is_never_in_the_way(
    ward: Ward, kept_pages: int
) -> None:
    """The check names the copy at the latest, and then another full one is made."""
    copy, _ = ward.sign(1)
    content = (copy / RECORDS).read_bytes()
    kept = content[: kept_pages * 4096]
    (copy / RECORDS).write_bytes(kept + bytes(len(content) - len(kept)))
    newer, _ = ward.sign(1)
    assert ward.damaged() == (copy.name,)
    newer = ward.keep_up()
    assert newer != copy
    assert ward.fetched(newer) == everything(ward.folder)


def test_other_keys_make_a_full_copy(ward: Ward) -> None:
    """After a change of passphrase a copy holds the keys that open it."""
    copy, _ = ward.sign(1)
    write_keys(ward.folder, (open_slot(KEY, Holder("u", "Ann Other")),))
    newer = ward.keep_up()
    assert newer != copy
    assert (newer / KEYS).read_bytes() == (ward.folder / KEYS).read_bytes()


def test_too_much_for_a_tail_makes_a_full_copy(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as an import: a tail stays short enough to be read at each signature."""
    monkeypatch.setattr(following, "MOST_ENTRIES", 5)
    copy, _ = ward.sign(1)
    assert copies(ward.folder)[0].path == copy
    assert not (copy / TAIL).exists()
    assert len(copies(ward.folder)) == 2


def test_an_erased_patient_makes_a_full_copy(ward: Ward) -> None:
    """What is copied from then on holds nothing about that patient any more."""
    copy, _ = ward.sign(1)
    bench = ward.bench
    cells = bench.store._database.execute("SELECT * FROM journal ORDER BY id DESC LIMIT 1")
    last = list(cells.fetchone())
    last[0], last[JOURNAL_COLUMNS.index("kind")] = last[0] + 1, ERASED
    bench.raw(f"INSERT INTO journal VALUES ({', '.join('?' * len(last))})", *last)
    assert ward.keep_up() != copy
