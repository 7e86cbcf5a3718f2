"""What is said of the checked copies, on screen and on the command line alike."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import N_, NN_
from app.language import Words
from app.records.copies.anchor import AHEAD, Ahead
from app.records.copies.comparison import Cut
from app.records.missing import Missed

if TYPE_CHECKING:
    from app.records.copies.second_place import LeftElsewhere

_AHEAD_HERE = N_(
    "These records end on {end}, but a copy goes on to {further}. Put that copy back, or go on "
    "without it and say why."
)

_MISSED = NN_(
    "{count} change that this machine wrote in these records, on {further}, is not there, and no "
    "copy has it. Please look at that day, then go on without it and say why.",
    "{count} changes that this machine wrote in these records, the last on {further}, are not "
    "there, and no copy has them. Please look at that day, then go on without them and say why.",
)


def ahead_words(ahead: Ahead, words: Words) -> str:
    """Return what to say where a copy holds what the records do not, and what can be done."""
    return words(
        AHEAD,
        end=words.moment(ahead.end),
        copy=ahead.copy.path.name,
        further=words.moment(ahead.further),
    )


def missed_words(missed: Missed, words: Words) -> str:
    """Return what to say where changes are nowhere any more, and what can be done."""
    return words.plural(_MISSED, missed.count, further=words.moment(missed.further))


def cut_words(cut: Cut, words: Words) -> str:
    """Say that the last part of a copy is damaged, and how far it is sound."""
    visits = words.plural(NN_("{count} visit", "{count} visits"), cut.visits)
    if cut.end is None:
        told = N_(
            "The last part of this copy is damaged. What stands before it is sound, with "
            "{visits}; what was written after that is lost in it."
        )
        return words(told, visits=visits)
    told = N_(
        "The last part of this copy is damaged. It is sound up to {when}, with {visits}; what was "
        "written after that is lost in it."
    )
    return words(told, when=words.moment(cut.end.moment), visits=visits)


_LEFT = N_(
    "These do not open with the key of today: they are damaged or were set aside. Whoever has a "
    "passphrase or code of their day may still read them. Remove each of them once nobody needs "
    "it."
)
_THERE = N_(
    "An older key opens copies in the second place. Those that these records hold whole go with "
    "the next copy that is carried there; one that holds more stays until you remove it."
)
_AWAY = N_(
    "The second place is not there: {path}. What an older key opens in it is renewed or removed "
    "with the next copy that goes there."
)


def left_behind_words(
    left: Collection[Path], words: Words, elsewhere: "LeftElsewhere | None" = None
) -> str:
    """Return what to say above the names of what an older key still opens; empty without any.

    ``left`` lies in the data folder, ``elsewhere`` in the second place; its names come last.
    """
    told = [words(_LEFT)] if left else []
    if elsewhere is not None and elsewhere.is_there:
        told.append(words(_THERE))
    elif elsewhere is not None:
        told.append(words(_AWAY, path=str(elsewhere.place)))
    return "\n".join(told)


def ahead_here_words(ahead: Ahead, words: Words) -> str:
    """Return the same where both ways on stand beside the sentence."""
    return words(_AHEAD_HERE, end=words.moment(ahead.end), further=words.moment(ahead.further))
