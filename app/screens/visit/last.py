"""The sheets of the visit before: what "last time" and "since" mean while scoring."""

from dataclasses import dataclass

from app.language import Words
from app.records.model import Visit
from scales.model import Answers


@dataclass(frozen=True, slots=True)
class LastSheet:
    """The answers of the last signed sheet of a scale, and its day in words."""

    day: str
    answers: Answers


def last_sheet(before: Visit | None, scale: str, words: Words) -> LastSheet | None:
    """Return the sheet of a scale in the visit before; a typed total tells no items."""
    sheet = None if before is None else before.sheet(scale)
    if before is None or sheet is None or sheet.is_typed:
        return None
    return LastSheet(words.short_date(before.facts.date), sheet.answers)
