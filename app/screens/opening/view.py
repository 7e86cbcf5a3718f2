"""First run, unlocking, the recovery code and trouble: the cards before the records are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from app.errors import N_, AppError, UserError
from app.language import Words
from app.records.file.unsafe_places import Unsafe
from app.records.keys.passphrase import check_passphrase
from app.screens.offers import offers
from app.screens.recovery import CodeView
from scales.errors import ScaleError
from widgets.values import Choice


class FirstRunView(Struct, frozen=True):
    """The first run: what will be made, where, and who one can be; why not there, if so."""

    title: str
    text: str
    roles: tuple[Choice, ...]
    risk: str = ""


class UnlockView(Struct, frozen=True):
    """Locked records: where they are, and what opens them."""

    title: str
    text: str


class TroubleView(Struct, frozen=True):
    """Why the records cannot be opened, and what to do about it."""

    title: str
    text: str


OpeningView = FirstRunView | UnlockView | CodeView | TroubleView


@dataclass(frozen=True, slots=True)
class FirstUser:
    """The name, the role and the passphrase, twice, of the first user, as typed.

    ``accepts_risk`` is said of a folder that is no safe place.
    """

    name: str
    role: str
    passphrase: str = field(repr=False)  # a struct would show it
    again: str = field(repr=False)  # a struct would show it
    accepts_risk: bool = False


def first_run_view(folder: Path, words: Words, unsafe: Unsafe | None = None) -> FirstRunView:
    """Welcome somebody whose folder holds no data yet; say so where it is no safe place."""
    here = N_(
        "The records will be kept on this computer only, encrypted, in {folder}. "
        "Please say who you are, and choose a passphrase."
    )
    elsewhere = N_(
        "The records will be encrypted. Please say who you are, and choose a passphrase."
    )
    return FirstRunView(
        title=words(N_("Welcome")),
        text=words(here if unsafe is None else elsewhere, folder=folder),
        roles=offers("roles", words),
        risk="" if unsafe is None else words(unsafe.message, **unsafe.values),
    )


def unlock_view(folder: Path, words: Words) -> UnlockView:
    """Ask for what opens the records."""
    text = N_("The records in {folder} open with the passphrase or with the recovery code.")
    return UnlockView(title=words(N_("Open the records")), text=words(text, folder=folder))


def trouble_view(problem: AppError | ScaleError, words: Words) -> TroubleView:
    """Say what stands in the way."""
    return TroubleView(
        title=words(N_("The records are not open")),
        text=words.error(problem),
    )


def no_copy_view(problem: AppError, words: Words) -> TroubleView:
    """Say that the records are closed and safe, but that the last copy could not be made."""
    return TroubleView(
        title=words(N_("The records are closed, without a new copy")),
        text=words.error(problem),
    )


def first_user_problems(
    user: FirstUser, words: Words, *, has_risk: bool = False
) -> Mapping[str, str]:
    """Return one sentence for each field that cannot stay as it is, by the field's name."""
    is_risky = has_risk and not user.accepts_risk
    found = {
        "risk": N_("Start the app with another folder (--data), or accept the risk.")
        if is_risky
        else "",
        "name": "" if user.name else N_("Please give your name. It stands on what you sign."),
        "role": "" if user.role else N_("Please choose what you are."),
        "again": "" if user.passphrase == user.again else N_("The two passphrases differ."),
    }
    problems = {name: words(text) for name, text in found.items() if text}
    try:
        check_passphrase(user.passphrase, (user.name,))
    except UserError as problem:
        problems["passphrase"] = words.error(problem)
    return problems
