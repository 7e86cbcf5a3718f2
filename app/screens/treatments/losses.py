"""What goes when something is removed or dropped here, by name."""

from collections.abc import Sequence

from app.errors import N_, NN_
from app.language import Words
from app.records.model import PatientRecord, Treatment
from app.screens.ask import Loss
from app.screens.offers import ERROR_REASONS, ready_reasons
from app.screens.treatments.form_values import Wish
from app.screens.treatments.form_view import event_of, finding_of, measure_of, treatment_of
from app.wording.findings import finding_title
from app.wording.treatments import agent_title, dose_words
from app.wording.visits import event_title, measure_title, measured_words


def removal_loss(wish: Wish, record: PatientRecord, words: Words) -> Loss:
    """Return the question before something recorded is removed; UserError if it is gone."""
    text = N_("This goes: {what}. The journal keeps it. Why is it removed?")
    return Loss(
        words(N_("Remove from the record?")),
        words(text, what=_removed(wish, record, words)),
        words(N_("Remove")),
        ready_reasons(ERROR_REASONS, words),
    )


def rows_loss(stored: Treatment, taken_away: Sequence[str], words: Words) -> Loss:
    """Return the question before rows of a table are taken out."""
    text = N_("This goes: {what}. The journal keeps it. Why is it removed?")
    gone = (dose_words(step, words) for step in stored.doses if step.id in taken_away)
    return Loss(
        words(N_("Take doses out?")),
        words(text, what=words.several(gone)),
        words(N_("Take out")),
        ready_reasons(ERROR_REASONS, words),
    )


def typed_loss(told: str, words: Words) -> Loss:
    """Return the question before what was typed and not saved is dropped; ``told`` is whose."""
    return Loss(words(N_("Drop what you typed?")), told, words(N_("Drop it")))


def _removed(wish: Wish, record: PatientRecord, words: Words) -> str:
    if wish.finding:
        finding = finding_of(wish, record)
        when = words.short_date(finding.facts.date)
        return words(N_("{event}, {date}"), event=finding_title(finding, words), date=when)
    if wish.measure:
        facts = measure_of(wish, record).facts
        values = {"title": measure_title(facts, words), "value": measured_words(facts, words)}
        when = words.short_date(facts.date)
        return words(N_("{title}: {value}, {date}"), date=when, **values)
    if wish.event:
        event = event_of(wish, record)
        when = words.short_date(event.facts.date)
        return words(N_("{event}, {date}"), event=event_title(event, words), date=when)
    treatment = treatment_of(wish, record)
    agent, count = agent_title(treatment, words), len(treatment.doses)
    forms = NN_("{agent} with {count} dose step", "{agent} with {count} dose steps")
    return words.plural(forms, count, agent=agent) if count else agent
