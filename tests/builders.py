"""Values that many tests need: sheets, and a catalogue with a toy scale beside the real ones."""

import dataclasses
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.records.entries import Body, Entry
from scales.catalogue import DEFINITIONS, Catalogue, load_catalogue
from scales.model import Answer, Declined, Definition, Key, NotTestable, Scored, Side

T = TypeVar("T")
TOY = """\
id = "toy"
order = 9
version = "1"
title = "Toy scale"
short_title = "Toy"
measures = "How well adding a scale works"
lowest = 0
highest = 6
step = 0.5
verified = "own"
caution = "a toy, not a scale"
licence = "Free."
source = { citation = "Nobody, never" }

[[item]]
id = "hop"
title = "Hopping"
plain = "Hopping"
how_to_test = "Hop."
verified = true
levels = [
    { value = 0, label = "hops", criterion = "Hops.", plain = "hops" },
    { value = 1, label = "jumps", criterion = "Jumps.", plain = "jumps" },
    { value = 2, label = "stays", criterion = "Stays.", plain = "stays" },
]

[[item]]
id = "wave"
title = "Waving"
plain = "Waving"
how_to_test = "Wave."
verified = true
sides = "mean"
levels = [
    { value = 0, label = "waves", criterion = "Waves.", plain = "waves" },
    { value = 1, label = "flaps", criterion = "Flaps.", plain = "flaps" },
    { value = 2, label = "twitches", criterion = "Twitches.", plain = "twitches" },
    { value = 3, label = "rests", criterion = "Rests.", plain = "rests" },
    { value = 4, label = "naps", criterion = "Naps.", plain = "naps" },
]

[[subscore]]
id = "arms"
title = "Arms"
items = ["wave"]
lowest = 0
highest = 4

[[question]]
id = "hops_and_naps"
when = [{ key = "hop", levels = [0] }, { key = "wave.left", levels = [4] }]
sentence = "Hopping is {a} and the left wave is {b}: hops, yet naps. Is that right?"

[[vector]]
name = "half"
answers = { hop = 1, wave = { right = 2, left = 1 } }
total = 2.5
subscores = { arms = 1.5 }
"""


def replace(value: T, **changes: Any) -> T:
    """Return a frozen value with some fields changed; those of its facts may be named too."""
    if not isinstance(value, msgspec.Struct):
        return dataclasses.replace(value, **changes)  # type: ignore[type-var]
    own = {name: changes[name] for name in changes if name in value.__struct_fields__}
    told = {name: changes[name] for name in changes.keys() - own.keys()}
    if told:
        own["facts"] = replace(value.facts, **told)  # type: ignore[attr-defined]
    return msgspec.structs.replace(value, **own)


def reason_of(entry: Entry) -> str:
    """Return why an entry was written, as somebody gave it."""
    return Body.decode(entry.body or b"").reason


def toy_folder(folder: Path, toy: str = TOY) -> Path:
    """Copy the real definitions into ``folder/definitions`` and put the toy scale beside them."""
    copy = folder / "definitions"
    shutil.copytree(DEFINITIONS, copy)
    (copy / "toy.toml").write_text(toy, "utf-8")
    return copy


def toy_catalogue(folder: Path) -> Catalogue:
    """Return a catalogue of the real scales and one toy, which is one file more."""
    return load_catalogue(toy_folder(folder))


def sheet(**levels: int | str | Decimal) -> dict[Key, Answer]:
    """Make a sheet: ``sheet(gait=2, heel_shin__left=1, speech="not_testable", mood="declined")``.

    Two underscores stand before a side; a number may be a text such as ``"0.5"``.
    """
    return {_key(name): _answer(level) for name, level in levels.items()}


def full_sheet(definition: Definition, *, worst: bool = False) -> dict[Key, Answer]:
    """Make a complete sheet of a scale: every key at its lowest level, or at its highest."""
    place = -1 if worst else 0
    return {
        key: Scored(item.levels[place].value) for item in definition.items for key in item.keys
    }


def _key(name: str) -> Key:
    item, _, side = name.partition("__")
    return Key(item, Side(side) if side else None)


def _answer(level: int | str | Decimal) -> Answer:
    if level == "not_testable":
        return NotTestable("too tired")
    if level == "declined":
        return Declined()
    return Scored(Decimal(level))
