"""The key slots: who opens the records, and what happens to ``keys.json`` when things go wrong."""

import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from inspect import signature
from pathlib import Path

import msgspec
import pytest
from argon2.exceptions import HashingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import AppError, Damage, UserError
from app.paths import ROOT
from app.records.keys import vault
from app.records.keys.keyfile import (
    KEYS,
    STANDARD,
    CodeState,
    Cost,
    OpenSlot,
    SealedSlot,
    read_keys,
    write_keys,
)
from app.records.keys.rawkey import wipe
from app.records.keys.slots import Slots
from app.records.keys.vault import (
    Holder,
    NeedlessSecret,
    WrongSecret,
    change_passphrase,
    code_state,
    needs_secret,
    new_key,
    note_code,
    open_slot,
    passphrase_slot,
    recovery_slot,
    renew_code,
    unlock,
    whose_passphrase,
)
from app.records.model import Role, User
from tests.cheap_keys import CHEAP, SEALING, keys_that_cost

KEY = bytes(range(32))
ANN = Holder("0198-ann", "Ann Öz")
BEN = Holder("0198-ben", "Ben")
PASSPHRASE = "correct horse Größe"  # noqa: S105 - made up for these tests
BENS = "seven grey herons wait"  # made up, too
CODE = "38Z2-S1H5-XSJH-G3TF-2ZPK-FTVN-BS5K-2JKE"
ANOTHERS_CODE = "NAND-W0Y9-DBSJ-E08Z-E94P-R4HF-7MRG-W8K3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that Ann's passphrase and the recovery code open."""
    write_keys(
        tmp_path,
        (passphrase_slot(KEY, PASSPHRASE, ANN, CHEAP), recovery_slot(KEY, CODE, ANN, CHEAP)),
    )
    return tmp_path


def test_whose_passphrase_it_is_among_some_users(folder: Path) -> None:
    """Only slots of those asked for are tried, and a recovery code is nobody's passphrase."""
    slots = read_keys(folder)
    write_keys(folder, (*slots, passphrase_slot(KEY, BENS, BEN, CHEAP)))
    both = {ANN.user, BEN.user}
    assert whose_passphrase(folder, both, BENS) == BEN.user
    assert whose_passphrase(folder, {ANN.user}, BENS) == ""
    for typed in ("", "someone else entirely", CODE):
        assert whose_passphrase(folder, both, typed) == ""


def test_the_key_that_telling_it_took_is_wiped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asked for it."""
    seen = list[bytearray]()

    def wipe_seen(key: bytearray) -> None:
        seen.append(key)
        wipe(key)

    monkeypatch.setattr(vault, "wipe", wipe_seen)
    assert whose_passphrase(folder, {ANN.user}, PASSPHRASE) == ANN.user
    assert seen == [bytearray()]


def _wide(sign: str) -> str:
    return unicodedata.normalize("NFC", chr(ord(sign) + 0xFEE0))


def _told(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / KEYS).read_bytes())
    return found


def test_keys_are_long_and_random() -> None:
    """A key has 256 bits and is never the same twice."""
    assert len(new_key()) == 32
    assert new_key() != new_key()


def test_the_passphrase_opens(folder: Path) -> None:
    """The right passphrase gives the key and whose it is."""
    assert unlock(folder, PASSPHRASE) == unlock(folder, PASSPHRASE)
    assert unlock(folder, PASSPHRASE).key == KEY
    assert unlock(folder, PASSPHRASE).user == ANN.user


def test_the_passphrase_opens_from_any_keyboard(folder: Path) -> None:
    """An umlaut typed as two signs is the same umlaut."""
    assert unlock(folder, unicodedata.normalize("NFD", PASSPHRASE)).key == KEY


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", " "), f" {CODE}\n"])
def test_the_recovery_code_opens(folder: Path, typed: str) -> None:
    """The code opens as it is printed and as people type it."""
    assert unlock(folder, typed).key == KEY


def test_the_standard_cost_is_that_of_the_rfc(tmp_path: Path) -> None:
    """Without a word about cost a slot asks 64 MiB, three passes and four lanes."""
    with keys_that_cost(STANDARD):
        write_keys(tmp_path, (passphrase_slot(KEY, PASSPHRASE, ANN),))
    assert unlock(tmp_path, PASSPHRASE).key == KEY
    assert Cost(passes=3, memory_kib=65536, lanes=4) == STANDARD
    assert '"memory_kib": 65536' in (tmp_path / KEYS).read_text()


@pytest.mark.parametrize("deed", SEALING)
def test_whatever_seals_asks_the_standard_cost(deed: Callable[..., object]) -> None:
    """Nobody who forgets to say a cost makes a key that is cheap to guess."""
    with keys_that_cost(STANDARD):
        assert [one.default for one in signature(deed).parameters.values()].count(STANDARD) == 1


@pytest.mark.parametrize("typed", ["correct horse Grosse", PASSPHRASE.upper(), PASSPHRASE + " "])
def test_a_wrong_passphrase_is_one_sentence(folder: Path, typed: str) -> None:
    """A wrong passphrase is told without repeating it."""
    with pytest.raises(UserError, match="That passphrase does not open") as told:
        unlock(folder, typed)
    assert typed not in str(told.value)


@pytest.mark.parametrize("typed", [ANOTHERS_CODE, CODE[:-1] + ("2" if CODE[-1] != "2" else "3")])
def test_a_wrong_code_is_told_as_a_code(folder: Path, typed: str) -> None:
    """Whoever typed a recovery code is told about the recovery code."""
    with pytest.raises(UserError, match="recovery code does not open"):
        unlock(folder, typed)


@pytest.mark.parametrize("typed", [None, ""])
def test_no_passphrase_is_one_sentence(folder: Path, typed: str | None) -> None:
    """Nothing typed is told as such."""
    with pytest.raises(UserError, match="open with a passphrase"):
        unlock(folder, typed)


def test_a_passphrase_that_is_no_text_is_only_wrong(folder: Path) -> None:
    """Bytes from the environment that are no text fail without showing themselves."""
    with pytest.raises(UserError, match="That passphrase"):
        unlock(folder, "broken \udcff\ud800 bytes")


@pytest.mark.parametrize("typed", ["", "x", "short one", "password12", "line\nbreak in it"])
def test_a_passphrase_that_protects_too_little_is_never_sealed(typed: str) -> None:
    """Whoever asks for it."""
    with pytest.raises(UserError):
        passphrase_slot(KEY, typed, ANN, CHEAP)


def test_the_name_of_its_user_is_no_passphrase() -> None:
    """Everybody on the ward knows it."""
    with pytest.raises(UserError, match="easy to guess"):
        passphrase_slot(KEY, "mariaokafor", Holder("0198-maria", "Maria Okafor"), CHEAP)


@pytest.mark.parametrize("added", ["\n", "\u200b", "\r\nsecond line"])
def test_what_was_pasted_with_something_unseen_is_told_so(folder: Path, added: str) -> None:
    """The passphrase would be right without it; the sentence does not repeat it."""
    with pytest.raises(UserError, match="cannot be seen, such as a line break") as told:
        unlock(folder, PASSPHRASE + added)
    assert PASSPHRASE not in str(told.value)


@pytest.mark.parametrize("typed", ["x", "😀" * 12, f"{PASSPHRASE} " * 500])
def test_anything_that_is_typed_is_tried_and_only_wrong(folder: Path, typed: str) -> None:
    """One character, emoji, ten thousand characters."""
    with pytest.raises(UserError, match="That passphrase does not open"):
        unlock(folder, typed)


@pytest.mark.parametrize(
    "typed", [f"Recovery code: {CODE}.", f"{CODE.lower()} .", "".join(map(_wide, CODE))]
)
def test_the_recovery_code_opens_with_what_stands_around_it(folder: Path, typed: str) -> None:
    """As copied from a print, at the end of a sentence, or typed in full width."""
    assert unlock(folder, typed).key == KEY


@pytest.mark.parametrize(
    "cost", [("passes", 11), ("memory_kib", 256 * 1024 + 1), ("lanes", 17), ("passes", 10**9)]
)
def test_a_cost_that_would_hang_the_opening_is_damage(folder: Path, cost: tuple[str, int]) -> None:
    """Also where whoever changed it made the file's own digest fit."""
    changed, number = cost
    first, second = read_keys(folder)
    assert not isinstance(first, OpenSlot)
    dear = msgspec.structs.replace(first.cost, **{changed: number})
    write_keys(folder, (msgspec.structs.replace(first, cost=dear), second))
    with pytest.raises(Damage, match=r"keys\.json in .* is damaged"):
        unlock(folder, PASSPHRASE)


def test_the_dearest_cost_that_is_allowed_is_no_damage(folder: Path) -> None:
    """256 MiB and ten passes are within the bounds."""
    first, second = read_keys(folder)
    assert not isinstance(first, OpenSlot)
    dear = msgspec.structs.replace(first, cost=Cost(passes=10, memory_kib=256 * 1024, lanes=16))
    write_keys(folder, (dear, second))
    assert read_keys(folder) == (dear, second)


def test_more_slots_than_any_clinic_has_are_damage(folder: Path) -> None:
    """Each is tried in turn, so their number too could hang the opening."""
    write_keys(folder, read_keys(folder)[:1] * 101)
    with pytest.raises(Damage, match=r"keys\.json in .* is damaged"):
        unlock(folder, "another passphrase")


def test_dear_slots_together_are_damage(folder: Path) -> None:
    """Each within the bounds, all of them would keep the opening busy for minutes."""
    first, _ = read_keys(folder)
    assert not isinstance(first, OpenSlot)
    dear = msgspec.structs.replace(first, cost=Cost(passes=10, memory_kib=256 * 1024, lanes=1))
    write_keys(folder, (first, *[dear] * 7))
    assert unlock(folder, PASSPHRASE).key == KEY
    write_keys(folder, (first, *[dear] * 8))
    with pytest.raises(Damage, match=r"keys\.json in .* is damaged"):
        unlock(folder, PASSPHRASE)


def test_too_little_memory_is_told_as_that(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is neither a wrong passphrase nor a fault of ours."""

    def fail(*_given: object, **_named: object) -> bytes:
        raise HashingError

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", fail)
    with pytest.raises(UserError, match="not enough free memory"):
        unlock(folder, PASSPHRASE)


@pytest.mark.parametrize("secret", [PASSPHRASE, CODE, "anything"])
def test_a_secret_is_never_given_to_records_that_anyone_can_open(
    folder: Path, secret: str
) -> None:
    """Whoever types one means protected records: a slot slipped in, or put beside, is refused."""
    for beside in ((), read_keys(folder)):
        write_keys(folder, (open_slot(KEY, ANN), *beside))
        with pytest.raises(NeedlessSecret, match="anyone can open"):
            unlock(folder, secret)


def test_a_mistyped_code_cannot_be_sealed() -> None:
    """A slot is never made for a code that could not be typed again."""
    with pytest.raises(UserError, match="recovery code"):
        recovery_slot(KEY, "not a code", ANN, CHEAP)


def test_each_user_opens_with_their_own_passphrase(tmp_path: Path) -> None:
    """Slots stand side by side; the one that opens says who it is."""
    slots = (passphrase_slot(KEY, "passphrase of Ann", ANN, CHEAP),
             passphrase_slot(KEY, "passphrase of Ben", BEN, CHEAP))  # fmt: skip
    write_keys(tmp_path, slots)
    assert unlock(tmp_path, "passphrase of Ann").user == ANN.user
    assert unlock(tmp_path, "passphrase of Ben").user == BEN.user


def test_the_file_gives_nothing_away(folder: Path) -> None:
    """Neither key nor passphrase nor code stands in the file."""
    content = (folder / KEYS).read_bytes()
    assert PASSPHRASE.encode() not in content
    assert CODE.encode() not in content
    assert KEY.hex().encode() not in content
    assert b"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" not in content


def test_a_value_with_a_key_does_not_print_it(folder: Path) -> None:
    """What holds the key can stand in a log without telling it."""
    assert "key" not in repr(unlock(folder, PASSPHRASE))
    assert repr(open_slot(KEY, ANN)) == "OpenSlot(…)"


def test_an_open_folder_needs_no_secret_and_says_so(tmp_path: Path) -> None:
    """The demo's key is there for everyone, and the file says that it protects nothing."""
    write_keys(tmp_path, (open_slot(KEY, ANN),))
    assert not needs_secret(tmp_path)
    assert unlock(tmp_path, None).key == KEY
    assert "Not protected" in (tmp_path / KEYS).read_text()
    with pytest.raises(UserError, match="have no passphrase"):
        change_passphrase(tmp_path, "", "a new passphrase", CHEAP)


def test_a_sealed_folder_needs_a_secret(folder: Path) -> None:
    """Whoever opens the window is asked first."""
    assert needs_secret(folder)


@pytest.mark.parametrize("secret", [PASSPHRASE, CODE])
def test_a_passphrase_is_changed_with_the_old_one_or_the_code(folder: Path, secret: str) -> None:
    """The new one opens, the old one no longer, the recovery code still does."""
    change_passphrase(folder, secret, "a new passphrase", CHEAP)
    assert unlock(folder, "a new passphrase").key == KEY
    assert unlock(folder, "a new passphrase").user == ANN.user
    assert unlock(folder, CODE).key == KEY
    with pytest.raises(UserError):
        unlock(folder, PASSPHRASE)


def _opens(folder: Path, secret: str) -> bool:
    try:
        return unlock(folder, secret).key == KEY
    except UserError:
        return False


def test_a_code_is_made_then_shown_then_kept(folder: Path) -> None:
    """What is noted of it changes nothing of what it opens."""
    told = [code_state(folder)]
    for state in (CodeState.SHOWN, CodeState.KEPT):
        note_code(folder, state)
        told.append(code_state(folder))
        assert (_opens(folder, CODE), _opens(folder, PASSPHRASE)) == (True, True)
    assert told == [CodeState.MADE, CodeState.SHOWN, CodeState.KEPT]


@pytest.mark.parametrize("state", [CodeState.SHOWN, CodeState.KEPT])
def test_a_code_that_was_seen_opens_until_the_new_one_is_kept(
    folder: Path, state: CodeState
) -> None:
    """So whoever is interrupted holds the old one or the new one, never neither."""
    note_code(folder, state)
    fresh = renew_code(folder, PASSPHRASE, CHEAP)
    opened = [(_opens(folder, CODE), _opens(folder, fresh))]
    for next_state in (CodeState.SHOWN, CodeState.KEPT):
        note_code(folder, next_state)
        opened.append((_opens(folder, CODE), _opens(folder, fresh)))
    assert opened == [(True, True), (True, True), (False, True)]
    assert _opens(folder, PASSPHRASE)


def test_a_code_that_nobody_saw_ends_where_a_new_one_is_made(folder: Path) -> None:
    """It was of no use to anybody, and slots do not pile up."""
    fresh = renew_code(folder, PASSPHRASE, CHEAP)
    assert (_opens(folder, CODE), _opens(folder, fresh)) == (False, True)
    assert len(read_keys(folder)) == 2


def test_a_new_code_can_be_made_with_the_one_before(folder: Path) -> None:
    """The passphrase may be forgotten by then."""
    note_code(folder, CodeState.KEPT)
    assert _opens(folder, renew_code(folder, CODE, CHEAP))


@pytest.mark.parametrize("failing", ["renew", "note"])
def test_a_disk_that_refuses_leaves_the_codes_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """The file is written whole or not at all, whichever step is interrupted."""
    note_code(folder, CodeState.KEPT)
    fresh = renew_code(folder, PASSPHRASE, CHEAP)

    def _full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", _full)
    steps: dict[str, Callable[[], object]] = {
        "renew": lambda: renew_code(folder, PASSPHRASE, CHEAP),
        "note": lambda: note_code(folder, CodeState.KEPT),
    }
    with pytest.raises(UserError, match="disk is full"):
        steps[failing]()
    assert (_opens(folder, CODE), _opens(folder, fresh)) == (True, True)


RENEWING = """
import sys
from pathlib import Path

from app.records.keys.keyfile import CodeState, Cost
from app.records.keys.vault import note_code, renew_code

folder, secret = Path(sys.argv[1]), sys.argv[2]
while True:
    code = renew_code(folder, secret, Cost(passes=1, memory_kib=128, lanes=1))
    print("made", code, flush=True)
    note_code(folder, CodeState.SHOWN)
    note_code(folder, CodeState.KEPT)
    print("kept", code, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("lines", [1, 2, 5, 8])
def test_a_kill_leaves_the_old_code_or_the_new_one(folder: Path, lines: int) -> None:
    """Whatever somebody wrote down last, one of the codes that were told opens the records."""
    note_code(folder, CodeState.KEPT)
    command = [sys.executable, "-c", RENEWING, str(folder), PASSPHRASE]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    codes = {"kept": CODE} | dict(line.split() for line in told if line.endswith("\n"))
    assert any(_opens(folder, code) for code in codes.values())
    assert _opens(folder, PASSPHRASE)


def test_a_wrong_secret_makes_no_new_code(folder: Path) -> None:
    """The file stays as it is."""
    before = (folder / KEYS).read_bytes()
    with pytest.raises(UserError, match="does not open"):
        renew_code(folder, "wrong horse", CHEAP)
    assert (folder / KEYS).read_bytes() == before


def test_open_records_have_no_code_and_get_none(tmp_path: Path) -> None:
    """There is nothing to recover."""
    write_keys(tmp_path, (open_slot(KEY, ANN),))
    note_code(tmp_path, CodeState.KEPT)
    assert code_state(tmp_path) is None
    with pytest.raises(UserError, match="have no passphrase"):
        renew_code(tmp_path, "", CHEAP)


def test_changing_ones_passphrase_leaves_the_others_theirs(tmp_path: Path) -> None:
    """Ann's change is Ann's alone."""
    slots = (passphrase_slot(KEY, "passphrase of Ann", ANN, CHEAP),
             passphrase_slot(KEY, "passphrase of Ben", BEN, CHEAP))  # fmt: skip
    write_keys(tmp_path, slots)
    change_passphrase(tmp_path, "passphrase of Ann", "a new passphrase", CHEAP)
    assert unlock(tmp_path, "passphrase of Ben").user == BEN.user
    assert len(read_keys(tmp_path)) == 2


def test_ones_own_passphrase_is_changed_by_ones_own_or_a_code(tmp_path: Path) -> None:
    """Ben's is wrong for Ann; with a code Ann gets a new one, and Ben keeps his."""
    slots = (recovery_slot(KEY, CODE, BEN, CHEAP),
             passphrase_slot(KEY, BENS, BEN, CHEAP),
             passphrase_slot(KEY, PASSPHRASE, ANN, CHEAP))  # fmt: skip
    write_keys(tmp_path, slots)
    with pytest.raises(WrongSecret):
        change_passphrase(tmp_path, BENS, "a new passphrase", CHEAP, user=ANN.user)
    change_passphrase(tmp_path, CODE, "a new passphrase", CHEAP, user=ANN.user)
    assert unlock(tmp_path, "a new passphrase").user == ANN.user
    assert unlock(tmp_path, BENS).user == BEN.user
    with pytest.raises(WrongSecret):
        unlock(tmp_path, PASSPHRASE)


def test_a_passphrase_is_tried_on_everybody_at_the_cost_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of one folder share a salt, so that ten people wait no longer than one."""
    write_keys(tmp_path, (passphrase_slot(KEY, PASSPHRASE, ANN, CHEAP),))
    given = Slots(tmp_path, KEY, CHEAP)
    for number in range(10):
        user = User(f"0198-{number}", f"Somebody {number}", frozenset({Role.NURSE}))
        given.give(user, f"passphrase of {number}")
    assert len({slot.salt for slot in read_keys(tmp_path) if isinstance(slot, SealedSlot)}) == 1
    tried: list[bytes] = []
    derive = vault._derived

    def count(secret: bytes, slot: SealedSlot) -> bytes:
        tried.append(secret)
        return derive(secret, slot)

    monkeypatch.setattr(vault, "_derived", count)
    assert unlock(tmp_path, "passphrase of 7").user == "0198-7"
    with pytest.raises(WrongSecret):
        unlock(tmp_path, "passphrase of nobody")
    assert whose_passphrase(tmp_path, ["0198-3"], "passphrase of 3") == "0198-3"
    assert len(tried) == 3


def test_a_changed_passphrase_keeps_the_salt_of_the_others(tmp_path: Path) -> None:
    """Or a change would have everybody wait longer; alone, one gets a fresh salt."""
    slots = (passphrase_slot(KEY, PASSPHRASE, ANN, CHEAP),
             passphrase_slot(KEY, BENS, BEN, CHEAP, salt=bytes(16)))  # fmt: skip
    write_keys(tmp_path, slots)
    change_passphrase(tmp_path, PASSPHRASE, "a new passphrase", CHEAP)
    assert [one.salt for one in read_keys(tmp_path) if isinstance(one, SealedSlot)] == [
        bytes(16)
    ] * 2
    write_keys(tmp_path, slots[1:])
    change_passphrase(tmp_path, BENS, "a new passphrase", CHEAP)
    (alone,) = read_keys(tmp_path)
    assert isinstance(alone, SealedSlot)
    assert alone.salt != bytes(16)


@pytest.mark.parametrize(("old", "new"), [("wrong wrong", "a new passphrase"), (PASSPHRASE, "x")])
def test_a_change_that_is_refused_changes_nothing(folder: Path, old: str, new: str) -> None:
    """A wrong old or a weak new passphrase leaves the file as it was."""
    before = (folder / KEYS).read_bytes()
    with pytest.raises(UserError):
        change_passphrase(folder, old, new, CHEAP)
    assert (folder / KEYS).read_bytes() == before


def test_a_change_that_the_disk_refuses_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old file stands until the new one is wholly written, and no half is left beside it."""

    def _full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(UserError, match="disk is full"):
        change_passphrase(folder, PASSPHRASE, "a new passphrase", CHEAP)
    assert unlock(folder, PASSPHRASE).key == KEY
    assert [path.name for path in folder.iterdir()] == [KEYS]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_file_is_private(folder: Path) -> None:
    """Other users of the machine cannot read the slots."""
    assert (folder / KEYS).stat().st_mode & 0o777 == 0o600


def test_missing_keys_are_one_sentence(tmp_path: Path) -> None:
    """The sentence names the file and the folder."""
    with pytest.raises(Damage, match=r"no keys\.json in "):
        unlock(tmp_path, PASSPHRASE)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[]", b"{}", b'{"format": 0}', b'{"format": "1"}', b'{"format": 1}',
     b'{"format": 1, "slots": [], "sha256": ""}', b'{"format": 1, "slots": [\xff]}'],
)  # fmt: skip
def test_damaged_keys_are_one_sentence(tmp_path: Path, content: bytes) -> None:
    """Whatever the bytes are, the sentence says that keys.json is damaged."""
    (tmp_path / KEYS).write_bytes(content)
    with pytest.raises(Damage, match=r"keys\.json in .* is damaged"):
        unlock(tmp_path, PASSPHRASE)


def test_keys_of_a_newer_app_are_one_sentence(folder: Path) -> None:
    """A later format is refused in words and not called damage."""
    (folder / KEYS).write_text(json.dumps({"format": 2, "new": "things"}))
    with pytest.raises(UserError, match="newer OMS Bedside"):
        unlock(folder, PASSPHRASE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_byte_never_opens_quietly_wrong(folder: Path, data: st.DataObject) -> None:
    """With any byte changed the file opens to the same key or is refused in a sentence."""
    whole = (folder / KEYS).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    (folder / KEYS).write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    with suppress(AppError):
        assert unlock(folder, PASSPHRASE).key == KEY
    (folder / KEYS).write_bytes(whole)


def test_damage_inside_a_slot_is_not_called_a_wrong_passphrase(folder: Path) -> None:
    """A slot that lost a bit is damage, whatever was typed."""
    file = _told(folder)
    slots = file["slots"]
    assert isinstance(slots, list)
    slots[0]["name"] = "Ann"
    (folder / KEYS).write_text(json.dumps(file))
    with pytest.raises(Damage):
        unlock(folder, PASSPHRASE)


def test_a_slot_of_somebody_else_does_not_open(folder: Path) -> None:
    """The seal vouches for whose slot it is: a slot cannot be given another name."""
    first, second = read_keys(folder)
    assert not isinstance(first, OpenSlot)
    write_keys(folder, (msgspec.structs.replace(first, user=BEN.user), second))
    with pytest.raises(UserError):
        unlock(folder, PASSPHRASE)


def test_keys_written_long_ago_still_open(tmp_path: Path) -> None:
    """A file of the first format opens with today's code."""
    (tmp_path / KEYS).write_text(_FIRST_FORMAT)
    assert unlock(tmp_path, "correct horse battery").key == KEY
    assert unlock(tmp_path, "0000-0000-0000-0000-0000-0000-0000-000G").key == KEY
    assert code_state(tmp_path) is CodeState.KEPT


def test_unlocked_is_frozen(folder: Path) -> None:
    """Nobody swaps a key in passing."""
    with pytest.raises(AttributeError, match="immutable"):
        unlock(folder, PASSPHRASE).user = "x"  # type: ignore[misc] # the point of the test


_FIRST_FORMAT = """{
  "format": 1,
  "slots": [
    {
      "kind": "passphrase",
      "user": "0198-ann",
      "name": "Ann Öz",
      "cost": {
        "passes": 1,
        "memory_kib": 128,
        "lanes": 1
      },
      "salt": "R9SzZn14wEeMMdgNeqga1A==",
      "nonce": "ZE7amRIL2tKECH0y",
      "wrapped": "fGBTfCSO8gYctp6fPPEi8SUmk37MBqGxnpWwUcV12aooA4OEM9L2so44AI6vnjiD",
      "public": "G3GTPdgCwHh53b/OGyYdNntbNTJYBVdnexj3JERyQg8=",
      "sender": "DT9pBG1wAN2nu/hFZHGej3Tho1HLCMzBbmqWJqdEMjM=",
      "sealed": "0A4cWtSGxQ3qfT48xdHYJpWb0KqNOOaYEHetauN8uKmCUriOx72hS577l/W5ocmP",
      "proof": "eCa0yOxQIkwXfEw/wlmJobWfBe9oA9tF9Nt89OM2QYw="
    },
    {
      "kind": "recovery",
      "user": "0198-ann",
      "name": "Ann Öz",
      "cost": {
        "passes": 1,
        "memory_kib": 128,
        "lanes": 1
      },
      "salt": "OaJDkImOuKhOc9M471DHbA==",
      "nonce": "ROdKRJmOKsTj+8b3",
      "wrapped": "X/D9GgvgP7wdE0xVg6LbtX5p5x2/ygEKFemhnU2ustVL8pkWktk159MQJ1nU4Gkt"
    }
  ],
  "sha256": "71e4078deed9123f98e961eb200f90baf16f435850858b2d58b6301c29bcc3bb"
}
"""


def test_keys_that_cannot_be_read_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It speaks of reading, as nothing was to be written."""

    def read_bytes(_path: Path) -> bytes:
        raise PermissionError

    (tmp_path / KEYS).write_bytes(b"{}")
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(UserError, match=r"keys\.json cannot be read"):
        unlock(tmp_path, PASSPHRASE)
