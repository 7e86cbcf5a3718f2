"""What is wrong with damaged records, what is left, and the ways on, in words."""

from pathlib import Path

from msgspec import Struct

from app.clock import Moment
from app.errors import N_, NN_, AppError
from app.language import Words
from app.records.copies.after_damage import Left
from app.records.copies.comparison import Cut
from app.records.copies.inventory import CopyState
from app.records.rescue import Rescued
from app.screens.your_data.putting_view import LackView, compared_text, sides
from app.screens.your_data.view import held_words, made_words
from app.wording.copies import cut_words

_PARTS = {
    "visits": N_("visits"),
    "treatments": N_("treatments"),
    "events": N_("events"),
    "measures": N_("measures"),
    "sequelae": N_("lasting troubles"),
    "findings": N_("findings"),
}
_MOST = 12


class DamageView(Struct, frozen=True):
    """The card: what is wrong, then what a look found. ``best`` is the copy that can be put back.

    ``is_asking`` where a secret is needed to look at all.
    """

    title: str
    text: str
    is_asking: bool = False
    is_looking: bool = False
    problem: str = ""
    found: str = ""
    sides: tuple[LackView, ...] = ()
    best: Path | None = None
    put_back: str = ""
    can_save: bool = False


def damage_view(
    problem: AppError, words: Words, *, is_asking: bool, refused: str = ""
) -> DamageView:
    """Say what is wrong, and ask for what opens the copies; ``refused`` is why it did not."""
    return DamageView(
        title=words(N_("The records are damaged")),
        text=words.sentences((words.error(problem), words(N_("Nothing is written to them.")))),
        is_asking=is_asking,
        is_looking=not is_asking,
        problem=refused,
        found="" if is_asking else words(N_("Looking at what is left…")),
    )


def found_view(problem: AppError, left: Left, now: Moment, words: Words) -> DamageView:
    """Tell what is left, which copy is good, and what would be missing with it."""
    view = damage_view(problem, words, is_asking=True)
    best, compared = left.best, left.comparison
    told = [
        words(_readable(left)),
        _copies(left, words),
        "" if best is None else _best(best, now, words),
        "" if compared is None else compared_text(compared, words),
    ]
    return DamageView(
        title=view.title,
        text=view.text,
        found=words.sentences(told),
        sides=() if compared is None else sides(compared, words),
        best=None if best is None else best.path,
        put_back="" if best is None else words(N_("Put that copy back…")),
        can_save=left.is_readable,
    )


def rescued_words(found: Rescued, folder: Path, words: Words) -> str:
    """Say what was saved, where, and what could not be read."""
    saved = words.plural(
        NN_(
            "Saved: what could be read of {count} patient",
            "Saved: what could be read of {count} patients",
        ),
        len(found.records),
    )
    told = [words(N_("{saved}, in {folder}."), saved=saved, folder=str(folder))]
    if found.lost:
        several = words.several(_lost(found, words))
        told.append(words(N_("Not all could be read of: {those}."), those=several))
    if found.unknown:
        forms = NN_(
            "Of {count} more patient nothing could be read.",
            "Of {count} more patients nothing could be read.",
        )
        told.append(words.plural(forms, found.unknown))
    told.append(words(N_("These tables are not encrypted and are not checked. They are no copy.")))
    return words.sentences(told)


def _lost(found: Rescued, words: Words) -> list[str]:
    lost = [
        words(N_("{identifier} ({part})"), identifier=identifier, part=words(_PARTS[part]))
        for identifier, part in found.lost[:_MOST]
    ]
    return [*lost, "…"] if len(found.lost) > _MOST else lost


def _readable(left: Left) -> str:
    compared = left.comparison
    if not left.is_readable:
        return N_("Nothing of the records themselves can be read.")
    if compared is not None and compared.is_whole:
        return N_("What was written can be read in the records, as far as was looked.")
    return N_("Some of the records can be read, not all.")


def _copies(left: Left, words: Words) -> str:
    if not left.states:
        return words(N_("There is no copy beside them."))
    bad = sum(1 for state in left.states if not state.is_verified)
    if left.best is None:
        return words(N_("All copies beside them are damaged, or open with another passphrase."))
    if not bad:
        return ""
    forms = NN_("{count} copy is damaged.", "{count} copies are damaged.")
    return words.plural(forms, bad)


def cut_of(best: CopyState, words: Words) -> str:
    """Say how far a copy that can be put back is sound; nothing where that is all of it."""
    return cut_words(Cut(best.end, best.visits), words) if best.is_cut else ""


def _best(best: CopyState, now: Moment, words: Words) -> str:
    if best.is_cut:
        made = made_words(best.path, now, words)
        told = words(N_("The copy that goes furthest was made {when}."), when=made)
        return words.sentences((told, cut_of(best, words)))
    return words(
        N_("The newest good copy was made {when}. It holds {what}."),
        when=made_words(best.path, now, words),
        what=held_words(best, words),
    )
