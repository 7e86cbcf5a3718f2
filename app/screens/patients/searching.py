"""What somebody means who types into the search of the list: names, a date, a diagnosis."""

import re
from collections.abc import Mapping
from functools import cache

from app.date_reader import DateReader, TwoDays, month_names
from app.dates import PartialDate
from app.errors import UserError
from app.folding import fold
from app.language import Words
from app.records.lines import Search, diagnosis_sign
from app.records.lists import OTHER, code_list

_LETTERS = re.compile(r"[^\W_]+")


def search_of(typed: str, dates: DateReader, *, with_errors: bool = False) -> Search:
    """Return what the list is narrowed by: a date, or words that must all be there.

    A date finds the births of that day, month or year; one of two meanings finds both. A word
    that begins a month's name finds the births of that month as well, and one that begins a word
    of a diagnosis its patients. Capitals and accents do not matter. Patients entered in error
    come only when they are asked for.
    """
    folded, days = fold(typed), _days(typed, dates)
    if days:
        return Search(((folded.strip(), *map(str, days)),), with_errors)
    names, titles = month_names(dates.words), _diagnosis_titles(dates.words)
    forms = ((word, *_months(word, names), *_diagnoses(word, titles)) for word in folded.split())
    return Search(tuple(forms), with_errors)


def _days(typed: str, dates: DateReader) -> tuple[PartialDate, ...]:
    """Return the dates that a text can mean; none where it is no date.

    A month in letters with a year stays two words: they find its births, and “May” born that year.
    """
    try:
        read = dates.read(typed)
    except TwoDays as either:
        return either.days
    except UserError:
        return ()
    may_be_name = read is not None and not read.is_full and any(map(str.isalpha, typed))
    return () if read is None or may_be_name else (read,)


def _months(word: str, names: Mapping[str, int]) -> tuple[str, ...]:
    """Return the months whose name in a date begins with a word, as birth dates have them."""
    begun = {month for name, month in names.items() if name.startswith(word)}
    return tuple(f"-{month:02}-" for month in sorted(begun))


def _diagnoses(word: str, titles: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the diagnoses with a word in their title that begins so, as lines hold them."""
    return tuple(
        diagnosis_sign(diagnosis)
        for diagnosis, title in titles.items()
        if any(part.startswith(word) for part in title)
    )


@cache
def _diagnosis_titles(words: Words) -> Mapping[str, frozenset[str]]:
    """Return the folded words in the title of each diagnosis."""
    return {
        one.id: frozenset(_LETTERS.findall(fold(words(one.title))))
        for one in code_list("diagnoses").entries
        if one.id != OTHER
    }
