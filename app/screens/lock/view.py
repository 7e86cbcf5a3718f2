"""What stands on the page of a locked window, in words: never anything of the records."""

from enum import Enum

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words
from app.records.model import User


class Stage(Enum):
    """What the locked window asks for."""

    CHOOSE = "choose"
    PIN = "pin"
    PASSPHRASE = "by_passphrase"  # noqa: S105 - the name of a stage
    OPEN = "open"
    LEFT_OVER = "left_over"
    CLOSED = "closed"


class Why(Enum):
    """Why the records were closed."""

    SPENT = "spent"
    OLD = "old"
    SLEPT = "slept"


class LockView(Struct, frozen=True):
    """What stands above what the stage asks for; ``other`` above the passphrase."""

    stage: Stage
    title: str = ""
    text: str = ""
    other_title: str = ""
    other: str = ""


_CLOSED = {
    Why.SPENT: N_("The PIN was wrong five times, so the records were closed."),
    Why.OLD: N_("It is 12 hours since a passphrase was given, so the records were closed."),
    Why.SLEPT: N_("The machine slept, so the records were closed."),
}
_ELSE = N_("Somebody else?")
_ELSE_TOLD = N_("Your own passphrase opens the list of patients, under your name.")
_NOTHING_LOST = N_(
    "Nothing is lost: {name} goes on at the same place, anybody else begins at the list."
)


def choose_view(user: User, words: Words) -> LockView:
    """Offer a PIN to somebody who has just given the passphrase."""
    text = N_(
        "A PIN of 4 digits or more brings {name} back here in place of the passphrase. It opens "
        "nothing else, and the app forgets it when it is closed."
    )
    return LockView(
        Stage.CHOOSE, words(N_("A PIN for the next time?")), words(text, name=user.name)
    )


def pin_view(user: User, words: Words) -> LockView:
    """Ask for the PIN of whoever locked the window, or the passphrase of somebody else."""
    return LockView(
        Stage.PIN,
        words(N_("Locked by {name}"), name=user.name),
        words(
            N_(
                "Your PIN brings you back to where you were. If it is forgotten, your passphrase "
                "does, and you can choose another PIN then."
            )
        ),
        words(_ELSE),
        words(_ELSE_TOLD),
    )


def passphrase_view(user: User, words: Words) -> LockView:
    """Ask for a passphrase: of whoever locked the window, or of somebody else."""
    text = N_("{name} goes on at the same place, anybody else begins at the list of patients.")
    title = words(N_("Locked by {name}"), name=user.name)
    told = words(text, name=user.name)
    return LockView(Stage.PASSPHRASE, other_title=title, other=told)


def closed_view(user: User, why: Why, words: Words) -> LockView:
    """Say why the records were closed, and ask for a passphrase."""
    told = (words(_CLOSED[why]), words(_NOTHING_LOST, name=user.name))
    title = words(N_("The records are closed"))
    return LockView(Stage.CLOSED, other_title=title, other=words.sentences(told))


def open_view(words: Words) -> LockView:
    """Hide records that anyone can open; nothing is asked for."""
    text = N_(
        "These are made-up records without a passphrase: anybody can go on. Records of your own "
        "ask for a PIN or a passphrase here, and lock by themselves."
    )
    return LockView(Stage.OPEN, words(N_("The records are out of view")), words(text))


def left_over_view(user: User, coming: User, words: Words) -> LockView:
    """Ask whether what somebody typed and did not save may go."""
    text = N_(
        "{name} has typed something here that is not saved. It goes if {coming} goes on now; "
        "{name} can come back and save it first."
    )
    title = words(N_("Go on without what {name} typed?"), name=user.name)
    return LockView(Stage.LEFT_OVER, title, words(text, name=user.name, coming=coming.name))


def wrong_pin_words(left: int, words: Words) -> str:
    """Say that a PIN was wrong, and how many more may be."""
    forms = NN_(
        "That is not the PIN. After {count} more wrong one the records are closed.",
        "That is not the PIN. After {count} more wrong ones the records are closed.",
    )
    return words.plural(forms, left)


def unsaved_words(user: User, words: Words) -> str:
    """Say what closing a locked window would lose, without a word of it."""
    text = N_(
        "{name} has typed something here that is not saved, and can come back to save it. To "
        "close without it, close the window once more."
    )
    return words(text, name=user.name)
