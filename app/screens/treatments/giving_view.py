"""What can be recorded of a dose that is given today, or was lately, in words. Free of Qt."""

from datetime import date

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun
from app.records.giving import Due, due_dose, given_lately
from app.records.model import Treatment
from app.wording.treatments import amount_words, given_words


class GivingLine(Struct, frozen=True):
    """``planned`` is the dose that one tap records, ``last`` the one of which more can be told.

    Each is empty where there is none; ``dose`` is the internal id of the last.
    """

    planned: str = ""
    dose: str = ""
    last: str = ""


def giving_line(treatment: Treatment, words: Words, today: date) -> GivingLine | None:
    """Return what can be recorded today of a treatment's doses; nothing where nothing can."""
    due, last = due_dose(treatment, today), given_lately(treatment, today)
    if due is not None and last is not None and due.run.step.id == last.step.id:
        last = None
    if due is None and last is None:
        return None
    return GivingLine(
        planned="" if due is None else due_words(due, words),
        dose="" if last is None else last.step.id,
        last="" if last is None else dated_dose(last, words),
    )


def due_words(due: Due, words: Words) -> str:
    """Return which dose is planned, and for a rhythm what one tap records of it."""
    step, when = due.run.step, words.short_date(due.run.start)
    if not due.is_of_rhythm:
        return words(N_("Planned for {date}: {dose}"), date=when, dose=given_words(step, words))
    amount = amount_words(step.facts.dose, step.facts.unit, words)
    text = N_(
        "Planned: {dose}. This records one dose of {amount}, today; the plan stays as it is."
    )
    return words(text, dose=given_words(step, words), amount=amount)


def dated_dose(run: DoseRun, words: Words) -> str:
    """Return a single dose with its day."""
    when = words.short_date(run.start)
    return words(N_("{dose}, {date}"), dose=given_words(run.step, words), date=when)
