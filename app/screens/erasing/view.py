"""What is shown before a patient is erased, and what of the erased lies in copies. Free of Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from app.clock import Moment
from app.errors import N_
from app.language import Words
from app.records.copies.older_copy import OlderCopy
from app.records.erasing import Prospect
from app.screens.ask import Loss
from app.screens.identity import Identity, identity
from app.wording.erasing import (
    ELSEWHERE,
    NO_WAY_BACK,
    ONLY_MARKED,
    WHAT_STAYS,
    aside_words,
    away_words,
    day_words,
    extent_words,
)
from app.wording.people import who_words

_GOES = N_("What goes: {gone}.")


class ErasingView(Struct, frozen=True):
    """A patient who may be erased: ``refusal`` says why not now, and then nothing is asked.

    ``gone`` and ``warning`` are empty then. ``second`` says who else must agree; empty where
    nobody else works here.
    """

    identity: Identity
    refusal: str
    gone: str
    warning: str
    told: tuple[str, ...]
    second: str

    @property
    def can_erase(self) -> bool:
        """Whether the day has come."""
        return not self.refusal


class CopyLine(Struct, frozen=True):
    """A copy that holds somebody erased, or may: one that cannot be read is only removed."""

    copy: OlderCopy
    name: str
    told: str
    is_readable: bool


class CopiesView(Struct, frozen=True):
    """What is left of the erased: ``told`` is the answer, ``beside`` what lies elsewhere."""

    told: str
    lines: tuple[CopyLine, ...]
    beside: tuple[str, ...]


class Beside(Struct, frozen=True):
    """What else may hold somebody erased: what was set aside, and a second place that is away."""

    aside: tuple[Path, ...] = ()
    away: Path | None = None


@dataclass(frozen=True, slots=True)
class TypedErasing:
    """What stands in the fields."""

    identifier: str = ""
    reason: str = ""
    passphrase: str = field(default="", repr=False)


def erasing_view(prospect: Prospect, words: Words, *, has_namesake: bool = False) -> ErasingView:
    """Return what is said and asked before a patient is erased."""
    facts, today = prospect.patient.facts, prospect.today
    who = identity(facts, words, today, has_namesake=has_namesake)
    if prospect.refusal is not None:
        why = words.error(prospect.refusal)
        return ErasingView(who, why, "", "", (words(ONLY_MARKED),), "")
    second = N_(
        "Somebody else who works here agrees by typing a passphrase of their own. Nobody else "
        "learns it."
    )
    return ErasingView(
        identity=who,
        refusal="",
        gone=words(_GOES, gone=extent_words(prospect.extent, words)),
        warning=words(NO_WAY_BACK),
        told=(words(ONLY_MARKED), words(WHAT_STAYS)),
        second=words(second) if prospect.needs_second else "",
    )


def last_question(prospect: Prospect, words: Words) -> Loss:
    """Return the question before the last press, with the day by which it is allowed."""
    lines = (
        who_words(prospect.patient.facts, words),
        words(_GOES, gone=extent_words(prospect.extent, words)),
        day_words(prospect, words),
        words(NO_WAY_BACK),
    )
    return Loss(
        words(N_("Erase this patient for good?")),
        "\n".join(lines),
        words(N_("Erase for good")),
    )


def removing(line: CopyLine, words: Words) -> Loss:
    """Return the question before a copy is removed."""
    text = N_("{copy} is removed for good, with all that it holds of everybody else.")
    return Loss(
        words(N_("Remove this copy?")),
        words(text, copy=line.name),
        words(N_("Remove")),
    )


def copies_view(
    older: Sequence[OlderCopy],
    beside: Beside,
    now: Moment,
    words: Words,
    *,
    is_anybody_erased: bool,
) -> CopiesView:
    """Return the copies that hold somebody erased, and what may elsewhere."""
    if not is_anybody_erased:
        return CopiesView(words(N_("Nobody was erased here.")), (), ())
    told = N_("No copy here holds anybody who was erased.")
    if older:
        told = N_(
            "These copies were made before and hold erased patients still. Renewing makes one "
            "anew without them; everything else stays in it. In the second place the newest copy "
            "takes its place."
        )
    others = (
        aside_words(beside.aside, words),
        away_words(beside.away, words),
        words(ELSEWHERE),
    )
    return CopiesView(
        words(told), tuple(_line(one, now, words) for one in older), tuple(filter(None, others))
    )


def _line(one: OlderCopy, now: Moment, words: Words) -> CopyLine:
    made = words.moment(Moment(one.copy.moment, now.offset_minutes))
    name = one.name
    unread = N_("{copy}: cannot be read, so it may hold them")
    told = name if one.is_readable else words(unread, copy=name)
    return CopyLine(one, words(N_("Copy of {moment}"), moment=made), told, one.is_readable)
