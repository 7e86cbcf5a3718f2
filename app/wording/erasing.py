"""What erasing a patient takes along and leaves behind, in words."""

from collections.abc import Iterable
from pathlib import Path

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.copies.older_copy import OlderCopy
from app.records.erasing import Extent, Prospect

NO_WAY_BACK = N_("This cannot be undone: nobody can bring the patient back, and neither can we.")
ONLY_MARKED = N_(
    "Whoever is here twice, or by mistake, is not erased but marked as entered in error."
)
WHAT_STAYS = N_(
    "What stays says that a patient was erased, when, by whom and why, and of each entry when and "
    "by whom it was written, without its words. What was printed or exported is not in our hands, "
    "nor is what was noted about this patient with another one."
)
ELSEWHERE = N_(
    "Other copies that were made elsewhere hold erased patients still; remove them there, and "
    "make new ones."
)
_AWAY = N_(
    "The second place is not there: {path}. Its copies may hold them, too; look here again when "
    "it is."
)
_PARTS = (
    ("visits", NN_("{count} visit", "{count} visits")),
    ("treatments", NN_("{count} treatment", "{count} treatments")),
    ("events", NN_("{count} event", "{count} events")),
    ("measures", NN_("{count} measure", "{count} measures")),
    ("sequelae", NN_("{count} lasting trouble", "{count} lasting troubles")),
    ("findings", NN_("{count} finding", "{count} findings")),
    ("entries", NN_("the words of {count} journal entry", "the words of {count} journal entries")),
)


def extent_words(extent: Extent, words: Words) -> str:
    """Return how much goes: “3 visits, 1 treatment, the words of 60 journal entries”."""
    counts = ((forms, int(getattr(extent, name))) for name, forms in _PARTS)
    return words.several(words.plural(forms, count) for forms, count in counts if count)


def day_words(prospect: Prospect, words: Words) -> str:
    """Return the day by which the time of keeping is over, to be held against the calendar."""
    told = N_(
        "By this machine's clock it is {today}, and the newest entry of these records is of "
        "{newest}: please look whether the clock is right."
    )
    today, newest = (
        words.short_date(PartialDate.of(day)) for day in (prospect.today, prospect.newest)
    )
    return words(told, today=today, newest=newest)


def copy_words(one: OlderCopy, words: Words) -> str:
    """Return which copy it is, and that it cannot be read where that is so."""
    name = one.name
    if one.is_readable:
        return name
    return words(N_("{copy} (cannot be read, so it may hold them)"), copy=name)


def away_words(place: Path | None, words: Words) -> str:
    """Return that the second place is not there, with what it may hold; empty where it is."""
    return "" if place is None else words(_AWAY, path=str(place))


def aside_words(places: Iterable[Path], words: Words) -> str:
    """Return what was set aside and may hold erased patients; empty where nothing was."""
    names = [place.name for place in places]
    if not names:
        return ""
    told = N_(
        "What was set aside may hold them, too, and is not touched here; remove it by hand: "
        "{names}."
    )
    return words(told, names=words.several(names))
