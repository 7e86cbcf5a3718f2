"""How old somebody is, and whether the unit still sees them: who died grows no older."""

from datetime import date

from app.dates import Age, PartialDate, age_on, corrected_age_on
from app.errors import N_
from app.language import Words
from app.records.model import PatientFacts
from app.wording.spans import age_words

_STATUSES = {
    "transferred": (N_("transferred"), N_("transferred {date}")),
    "discharged": (N_("discharged"), N_("discharged {date}")),
    "died": (N_("died"), N_("died {date}")),
}
_DIED_AT = N_("died {date}, at {age}")


def age_of(facts: PatientFacts, today: date) -> Age | None:
    """Return the age on a day; of who died by then the age at death, if it can be told."""
    if not facts.has_died_by(today):
        return age_on(facts.birth_date, PartialDate.of(today))
    return age_on(facts.birth_date, facts.status_date)


def status_words(facts: PatientFacts, words: Words, today: date) -> str:
    """Return that a patient died, or left the unit’s care, with its date; empty for the active.

    A status that began after ``today`` is not told yet.
    """
    if facts.is_active or not _is_over(facts, today):
        return ""
    bare, dated = _STATUSES[facts.status]
    if facts.status_date is None:
        return words(bare)
    when = words.short_date(facts.status_date)
    age = age_of(facts, today) if facts.has_died else None
    if age is None:
        return words(dated, date=when)
    return words(_DIED_AT, date=when, age=age_words(age, words))


def _is_over(facts: PatientFacts, today: date) -> bool:
    return facts.status_date is None or facts.status_date.first <= today


def age_beside(facts: PatientFacts, age: Age | None, day: PartialDate | None, words: Words) -> str:
    """Return an age on a day, with the corrected one of a child born early beside it.

    “10 m (corrected 8 m)”. Nothing else in the app uses the corrected age.
    """
    text = age_words(age, words)
    corrected = corrected_age_on(facts.birth_date, facts.gestation_weeks, day)
    if corrected is None:
        return text
    told = age_words(corrected, words)
    return words(N_("{age} (corrected {corrected})"), age=text, corrected=told)


def life_words(facts: PatientFacts, words: Words, today: date) -> tuple[str, ...]:
    """Return how old somebody is, and whether the unit still sees them, each told if known.

    Who died has no age of today: it is told at death. Before the birth there is none.
    """
    status, age = status_words(facts, words, today), age_of(facts, today)
    if age is None or (facts.has_died and status):
        return (status,)
    return (age_beside(facts, age, PartialDate.of(today), words), status)
