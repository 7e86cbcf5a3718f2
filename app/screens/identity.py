"""Who the patient is, in the words that stand at the top of every screen."""

from datetime import date

from msgspec import Struct

from app.language import Words
from app.records.model import PatientFacts
from app.wording.life import life_words
from app.wording.people import born_words, diagnosis_words, identifier_words


class Identity(Struct, frozen=True):
    """The name, and what tells this patient from others of that name."""

    name: str
    facts: str


def identity(facts: PatientFacts, words: Words, today: date) -> Identity:
    """Return name, birth date, age at ``today`` or status, identifier and diagnosis."""
    parts = (
        born_words(facts, words),
        *life_words(facts, words, today),
        identifier_words(facts, words),
        diagnosis_words(facts, words),
    )
    return Identity(facts.name, words.dotted(parts))
