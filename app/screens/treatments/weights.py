"""The last weight beside a dose. Nothing is multiplied or divided by it."""

from datetime import date

from app.errors import N_
from app.language import Words
from app.records.model import PatientRecord
from app.trends.day import record_on
from app.trends.measures import latest_measures

RECENT_DAYS = 90
"""After so many days a weight is not called recent any more."""


def weight_words(
    record: PatientRecord, words: Words, today: date, recent_days: int = RECENT_DAYS
) -> str:
    """Return the last weight with its date; of one day that has several, each of them.

    One that may be older than ``recent_days`` is not told: a dose must not be held against it.
    """
    weights = latest_measures(record_on(record, today), "weight_kg")
    if not weights:
        return words(N_("no weight recorded"))
    day = weights[0].facts.date
    if (today - day.first).days > recent_days:
        return words(N_("no recent weight"))
    told = dict.fromkeys(each.facts.value for each in weights)
    return words(
        N_("last weight {weights}, {date}"),
        weights=words.together(
            words(N_("{weight} kg"), weight=words.number(value)) for value in sorted(told)
        ),
        date=words.short_date(day),
    )
