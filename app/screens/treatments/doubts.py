"""What is asked back before it is stored: a slip of the keys, a start ahead, what a stop cuts."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.declaration import DoseFacts, TreatmentFacts
from app.records.doses import is_ahead, runs_of
from app.records.lists import code_list
from app.records.model import DoseStep, Treatment
from app.screens.treatments.form_values import Submission
from app.screens.typing_limits import measure_doubt
from app.wording.spans import run_span_words
from app.wording.treatments import agent_title, amount_words, given_words


def doubts_of(
    facts: TreatmentFacts,
    submission: Submission,
    stored: Treatment | None,
    words: Words,
    today: date,
) -> tuple[str, ...]:
    """Return what is unusual about a treatment as it would be stored, and was not so before."""
    limits = (*_dose_doubts(facts, submission.steps, stored, words), *_weight(submission, words))
    why = N_("These limits catch slips of typing. They are no recommendation.")
    return (
        *_plans(facts, stored, words, today),
        *_undated(submission.steps, stored, words),
        *_begun_alike(facts, submission, stored, words),
        *limits,
        *([words(why)] if limits else []),
    )


def cut_words(
    treatment: Treatment, steps: Sequence[DoseStep], words: Words, today: date
) -> tuple[str, ...]:
    """Return the dose steps of a treatment that a stop cuts or takes out, each on a line."""
    beyond = {step.id for step in steps}
    return tuple(
        words(
            N_("{dose}, {dates}"),
            dose=given_words(run.step, words),
            dates=run_span_words(run, today, words),
        )
        for run in runs_of(treatment)
        if run.step.id in beyond
    )


def _plans(
    facts: TreatmentFacts, stored: Treatment | None, words: Words, today: date
) -> Iterator[str]:
    """Ask once about a start ahead: it may be a slip in the year."""
    was = None if stored is None else stored.facts.start
    if facts.start != was and is_ahead(facts.start, today):
        agent = agent_title(Treatment("", "", facts), words)
        text = N_("{agent} begins on {date}, which is still to come. Is it planned?")
        yield words(text, agent=agent, date=words.short_date(facts.start))


def _undated(steps: Sequence[DoseStep], stored: Treatment | None, words: Words) -> Iterator[str]:
    """Ask about a next step without a start: it would run beside what it should end."""
    if stored is None or len(steps) == 1:
        return
    for step in steps:
        if not step.id and step.facts.start is None:
            text = N_("{dose}: no day is written from which on. Is it not known?")
            yield words(text, dose=given_words(step, words))


def _begun_alike(
    facts: TreatmentFacts, submission: Submission, stored: Treatment | None, words: Words
) -> Iterator[str]:
    """Ask about a running step that begins on the day of another: neither would end the other."""
    typed = submission.steps
    known = {} if stored is None else {step.id: step for step in stored.doses}
    gone = {*submission.taken_away, *(step.id for step in typed)}
    others = [step for step in known.values() if step.id not in gone]
    for step in typed:
        for other in others:
            is_new = step != known.get(step.id) or other != known.get(other.id)
            if is_new and _begins_with(step.facts, other.facts, facts.start):
                text = N_("{other} and {dose} both begin on {date}. Are both given?")
                told = {"other": given_words(other, words), "dose": given_words(step, words)}
                yield words(text, **told, date=words.short_date(step.facts.start))
        others.append(step)


def _begins_with(dose: DoseFacts, other: DoseFacts, start: PartialDate | None) -> bool:
    when = dose.start
    if when is None or not when.is_full or dose.is_single or other.is_single:
        return False
    is_meant = bool(dose.together) and dose.together == other.together
    return not is_meant and when == (other.start or start)


def _dose_doubts(
    facts: TreatmentFacts,
    steps: Sequence[DoseStep],
    stored: Treatment | None,
    words: Words,
) -> Iterator[str]:
    known = {} if stored is None else {step.id: step.facts for step in stored.doses}
    for step in steps:
        before = known.get(step.id)
        is_same = before is not None and (before.dose, before.unit) == (
            step.facts.dose, step.facts.unit,
        )  # fmt: skip
        if not is_same and not step.facts.is_pause:
            yield from dose_doubts(facts, step.facts, words)


def dose_doubts(facts: TreatmentFacts, dose: DoseFacts, words: Words) -> Iterator[str]:
    """Ask about a dose outside the typing limits: with the reading that would lie within them."""
    agent = code_list("agents").get(facts.agent)
    if not agent.asks_back(dose.dose, dose.unit):
        return
    name = agent_title(Treatment("", "", facts), words)
    given = given_words(DoseStep("", dose), words)
    others = [each.unit for each in agent.limits if each.low <= dose.dose <= each.high]
    if others:
        other = amount_words(dose.dose, others[0], words)
        text = N_("{agent}: {given}? Or {other}?")
        yield words(text, agent=name, given=given, other=other)
    else:
        text = N_("{agent}: {given}? That is outside the usual typing limits.")
        yield words(text, agent=name, given=given)


def _weight(submission: Submission, words: Words) -> Iterator[str]:
    if submission.weighing is not None:
        doubt = measure_doubt("weight_kg", submission.weighing.weight, words)
        if doubt:
            yield doubt
