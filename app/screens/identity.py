"""Who the patient is, in the words that stand at the top of every screen."""

from datetime import date

from msgspec import Struct

from app.dates import PartialDate, age_on
from app.language import Words
from app.records.model import PatientFacts
from app.wording.people import born_words, diagnosis_words, identifier_words
from app.wording.spans import age_words


class Identity(Struct, frozen=True):
    """The name, and what tells this patient from others of that name."""

    name: str
    facts: str


def named(facts: PatientFacts, words: Words) -> str:
    """Return who a patient is where no banner says it: name, birth date and identifier."""
    return words.dotted((facts.name, born_words(facts, words), identifier_words(facts, words)))


def identity(facts: PatientFacts, words: Words, today: date) -> Identity:
    """Return name, birth date, age at ``today``, identifier and diagnosis."""
    age = age_on(facts.birth_date, PartialDate.of(today))
    parts = (
        born_words(facts, words),
        age_words(age, words) if facts.birth_date is not None else "",
        identifier_words(facts, words),
        diagnosis_words(facts, words),
    )
    return Identity(facts.name, words.dotted(parts))
