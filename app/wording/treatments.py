"""Agents and doses in words. What was typed is told as it was; nothing is computed from it."""

from collections.abc import Iterable
from decimal import Decimal

from app.errors import N_, NN_
from app.language import Words
from app.records.declaration import SESSION, DoseFacts, TreatmentFacts
from app.records.lists import OTHER, Entry, code_list
from app.records.model import DoseStep, Treatment
from app.wording.people import one_line

_COUNTED = {
    SESSION: NN_("{dose} session", "{dose} sessions"),
    "units": NN_("{dose} unit", "{dose} units"),
    "units/m2": NN_("{dose} unit/m²", "{dose} units/m²"),
    "micrograms": NN_("{dose} microgram", "{dose} micrograms"),
    "micrograms/kg": NN_("{dose} microgram/kg", "{dose} micrograms/kg"),
}
DoseOrder = tuple[str, tuple[str, str, str], Decimal, str]
"""What doses of one time are sorted by."""
_SEVERAL_A_DAY = ("twice_daily", "three_times_daily")


def agent_title(treatment: Treatment, words: Words) -> str:
    """Return the agent's full title; the note names what is not in the list."""
    return _own_name(treatment) or words(_agent(treatment).title)


def agent_name(treatment: Treatment, words: Words) -> str:
    """Return the agent's short name, as it stands in a lane or a sentence."""
    return _own_name(treatment) or words(_agent(treatment).short)


def plain_name(treatment: Treatment, words: Words) -> str:
    """Return the agent's name in a family's words."""
    return _own_name(treatment) or words(_agent(treatment).plain)


def _agent(treatment: Treatment) -> Entry:
    return code_list("agents").get(treatment.facts.agent)


def _own_name(treatment: Treatment) -> str:
    return one_line(treatment.facts.note) if treatment.facts.agent == OTHER else ""


def note_words(treatment: Treatment) -> str:
    """Return what a note adds to the agent's name; nothing where it is the name."""
    return "" if treatment.facts.agent == OTHER else one_line(treatment.facts.note)


def names_words(treatments: Iterable[Treatment], words: Words) -> str:
    """Return the agents' names, each once: “Clonazepam, IVIg and Prednisolone”."""
    return words.together(dict.fromkeys(agent_name(each, words) for each in treatments))


def route_words(facts: TreatmentFacts, words: Words) -> str:
    """Return the way it is given; one that is not in the list stands as it was typed."""
    return words(code_list("routes").title_of(facts.route))


def amount_words(dose: Decimal, unit: str, words: Words) -> str:
    """Return a dose with its unit: “2 mg/kg”, “1 session”, “5 sessions”."""
    if unit in _COUNTED:
        is_whole = dose == dose.to_integral_value()
        return words.plural(_COUNTED[unit], int(dose) if is_whole else 2, dose=words.number(dose))
    unit_title = words(code_list("units").title_of(unit))
    return words(N_("{dose} {unit}"), dose=words.number(dose), unit=unit_title)


def given_words(step: DoseStep, words: Words) -> str:
    """Return the dose and how often: “375 mg/m² weekly”, “10 mg twice daily, each time”.

    A single session says that it is one, a rhythm that is not in the list is told by the step's
    note, and a pause is called one.
    """
    if step.facts.is_pause:
        return words(N_("paused"))
    text = amount_words(step.facts.dose, step.facts.unit, words)
    often = often_words(step.facts, words)
    if often and not (step.facts.unit == SESSION and step.facts.is_once):
        text = words(N_("{amount} {often}"), amount=text, often=often)
    return _with_per(step, text, words)


def often_words(facts: DoseFacts, words: Words) -> str:
    """Return the rhythm as its list says it; nothing where only the note tells it."""
    if facts.frequency in {"", OTHER}:
        return ""
    return words(code_list("frequencies").title_of(facts.frequency))


def _with_per(step: DoseStep, text: str, words: Words) -> str:
    per = per_words(step, words)
    return words(N_("{dose}, {per}"), dose=text, per=per) if per else text


def per_words(step: DoseStep, words: Words) -> str:
    """Return what a dose is meant for; that this is not recorded, where it may double the dose."""
    if step.facts.per:
        return words(code_list("dose_per").title_of(step.facts.per))
    if step.facts.frequency in _SEVERAL_A_DAY and not step.facts.is_pause:
        return words(N_("each time or a day in all is not recorded"))
    return ""


def dose_words(step: DoseStep, words: Words) -> str:
    """Return a dose step in words, with its note: “375 mg/m² weekly (day 1 and 15)”."""
    # A step never changes, and a long taper is told by bar, by lane and by card.
    kept = step.__dict__
    if kept.get("told_in") is not words:
        kept["told_in"], kept["told"] = words, noted(step, given_words(step, words), words)
    told: str = kept["told"]
    return told


def either_words(doses: Iterable[str], words: Words) -> str:
    """Return doses of which it is not known which one it was: “2 mg/kg or 1 mg/kg daily”."""
    text = ""
    for dose in doses:
        text = words(N_("{dose} or {other}"), dose=text, other=dose) if text else dose
    return text


def noted(step: DoseStep, dose: str, words: Words) -> str:
    """Return a dose with its note, and with the words that make it one of the plan."""
    told = (one_line(step.facts.note), planned_dose_words(step.facts, words))
    note = words.several(part for part in told if part)
    return words(N_("{dose} ({note})"), dose=dose, note=note) if note else dose


def planned_dose_words(facts: DoseFacts, words: Words) -> str:
    """Return that a dose was given as planned, and so is none beside the plan; else nothing."""
    return words(code_list("dose_given").title_of(facts.given))


def giving_words(facts: DoseFacts, words: Words) -> str:
    """Return what else is known of a dose that was given: “brand Privigen · batch 4711”."""
    told = (
        (N_("brand {text}"), facts.brand),
        (N_("batch {text}"), facts.batch),
        (N_("reaction: {text}"), facts.reaction),
    )
    return words.dotted(words(form, text=one_line(text)) for form, text in told if text)


def like(step: DoseStep) -> tuple[str, str, str]:
    """Return what doses share that compare: unit, frequency, and what they are meant for."""
    return step.facts.unit, step.facts.frequency, step.facts.per


def dose_order(step: DoseStep) -> DoseOrder:
    """Sort doses of one time by what they are, not by how they are stored."""
    return step.facts.together, like(step), step.facts.dose, step.facts.note


def compares(step: DoseStep) -> bool:
    """Whether a dose compares with others like it: no pause, and no word of its own."""
    return not step.facts.is_pause and OTHER not in like(step)
