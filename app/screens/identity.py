"""Who the patient is, in the words that stand at the top of every screen."""

from datetime import date

from msgspec import Struct

from app.language import Words
from app.records.model import PatientFacts
from app.signs import drawn
from app.wording.life import life_words
from app.wording.people import born_words, identifier_words, namesake_words, referral_words


class Identity(Struct, frozen=True):
    """The name, what tells this patient from others of that name, and whether there are any.

    ``family`` ends the name; ``looked`` says when a tumour was last looked for, where that stands
    in view.
    """

    name: str
    facts: str
    family: str = ""
    mark: str = ""
    looked: str = ""


def identity(
    facts: PatientFacts, words: Words, today: date, *, has_namesake: bool = False
) -> Identity:
    """Return name, birth date, age at ``today`` or status, identifier, diagnosis, and the mark.

    Before the birth no age is told.
    """
    parts = (
        born_words(facts, words),
        *life_words(facts, words, today),
        identifier_words(facts, words),
        referral_words(facts, words),
    )
    mark = namesake_words(words) if has_namesake else ""
    return Identity(facts.name, words.dotted(parts), drawn(facts.family_name), mark)
