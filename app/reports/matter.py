"""What a page is made from, together, and small words that several parts of it share."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.dates import PartialDate, age_on
from app.errors import N_
from app.language import Words
from app.records.codes import DIAGNOSES, OTHER, title_of
from app.records.model import PatientFacts, Visit
from app.reports.typeset import Typesetter
from app.settings import Settings
from app.trends.figure import Figure
from app.trends.model import Trend
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Matter:
    """The frozen values of one page, the words and type it is set in, and its width in points."""

    trend: Trend
    figure: Figure
    catalogue: Catalogue
    settings: Settings
    words: Words
    typesetter: Typesetter
    width: float

    @property
    def facts(self) -> PatientFacts:
        """Whom the page is about."""
        return self.trend.record.patient.facts

    @property
    def visits(self) -> Sequence[Visit]:
        """The visits that count, oldest first."""
        return self.trend.record.visits


def birth_words(facts: PatientFacts, words: Words) -> str:
    """Return “born 14 March 2023”, or that it is not recorded."""
    if facts.birth_date is None:
        return words(N_("birth date not recorded"))
    return words(N_("born {date}"), date=words.long_date(facts.birth_date))


def age_words(facts: PatientFacts, day: PartialDate, words: Words) -> str:
    """Return the age at the last visit in words; empty where it cannot be told."""
    age = age_on(facts.birth_date, day)
    return "" if age is None else words(N_("{age} at the last visit"), age=words.age(age))


def diagnosis_words(facts: PatientFacts, words: Words) -> str:
    """Return the diagnosis: its own note for “other”, and beside any other that has one."""
    if facts.diagnosis == OTHER:
        return facts.diagnosis_note
    title = words(title_of(DIAGNOSES, facts.diagnosis)) if facts.diagnosis else ""
    if not (title and facts.diagnosis_note):
        return title or facts.diagnosis_note
    return words(N_("{diagnosis} ({note})"), diagnosis=title, note=facts.diagnosis_note)
