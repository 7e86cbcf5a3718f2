"""Who the patient is, in the words that stand at the top of every screen."""

from dataclasses import dataclass
from datetime import date

from app.dates import PartialDate, age_on
from app.errors import N_
from app.language import Words, isolated
from app.records.codes import DIAGNOSES, OTHER, title_of
from app.records.model import PatientFacts


@dataclass(frozen=True, slots=True)
class Identity:
    """The name, and what tells this patient from others of that name."""

    name: str
    facts: str


def identity(facts: PatientFacts, words: Words, today: date) -> Identity:
    """Return name, birth date, age at ``today``, identifier and diagnosis."""
    parts = [
        words(N_("born {date}"), date=words.short_date(facts.birth_date)),
        words.age(age_on(facts.birth_date, PartialDate.of(today))),
        words(N_("ID {identifier}"), identifier=facts.patient_id),
        diagnosis_text(facts, words),
    ]
    if facts.birth_date is None:
        parts[:2] = [words(N_("birth date not recorded"))]
    return Identity(facts.name, " · ".join(part for part in parts if part))


def diagnosis_text(facts: PatientFacts, words: Words) -> str:
    """Return the diagnosis in words: its own note for “other”, nothing for none."""
    if facts.diagnosis == OTHER:
        return isolated(facts.diagnosis_note)
    return words(title_of(DIAGNOSES, facts.diagnosis)) if facts.diagnosis else ""
