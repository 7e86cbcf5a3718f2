"""Agents and doses in words. What was typed is told as it was; nothing is computed from it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.errors import N_, NN_
from app.language import Words
from app.records.lists import OTHER, Entry, code_list
from app.records.model import DoseStep, Treatment
from app.wording.people import one_line

ONCE = "once"
SESSION = "session"
_MOST_DOSES = 3


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
    return "" if treatment.facts.agent == OTHER else treatment.facts.note


def names_words(treatments: Iterable[Treatment], words: Words) -> str:
    """Return the agents' names, each once: “Clonazepam, IVIg and Prednisolone”."""
    return words.together(dict.fromkeys(agent_name(each, words) for each in treatments))


def route_words(route: str, words: Words) -> str:
    """Return a route; one that is not in the list stands as it was typed."""
    return words(code_list("routes").title_of(route))


def amount_words(dose: Decimal, unit: str, words: Words) -> str:
    """Return a dose with its unit: “2 mg/kg”, “1 session”, “5 sessions”."""
    if unit == SESSION:
        forms = NN_("{dose} session", "{dose} sessions")
        return words.plural(forms, 1 if dose == 1 else 2, dose=words.number(dose))
    unit_title = words(code_list("units").title_of(unit))
    return words(N_("{dose} {unit}"), dose=words.number(dose), unit=unit_title)


def given_words(step: DoseStep, words: Words) -> str:
    """Return the dose and how often: “375 mg/m² weekly”.

    A single session says that it is one, and a rhythm that is not in the list is told by the
    step's note.
    """
    text = amount_words(step.facts.dose, step.facts.unit, words)
    is_told = step.facts.unit == SESSION and step.facts.frequency == ONCE
    if step.facts.frequency in ("", OTHER) or is_told:
        return text
    often = words(code_list("frequencies").title_of(step.facts.frequency))
    return words(N_("{amount} {often}"), amount=text, often=often)


def dose_words(step: DoseStep, words: Words) -> str:
    """Return a dose step in words, with its note: “375 mg/m² weekly (day 1 and 15)”."""
    given = given_words(step, words)
    return (
        words(N_("{dose} ({note})"), dose=given, note=one_line(step.facts.note))
        if step.facts.note
        else given
    )


def agree(steps: Iterable[DoseStep]) -> bool:
    """Whether doses compare: one unit and one frequency, and neither is a word of its own."""
    kinds = {(step.facts.unit, step.facts.frequency) for step in steps}
    return len(kinds) == 1 and not any(OTHER in kind for kind in kinds)


def lane_words(steps: Sequence[DoseStep], words: Words) -> str:
    """Return a lane's doses in a few words; where they do not compare, each one in words."""
    told = tuple(dict.fromkeys(dose_words(step, words) for step in steps))
    if not told:
        return ""
    if len(told) == 1:
        return _repeated(told[0], steps, words)
    if agree(steps):
        last = words.number(steps[-1].facts.dose)
        text = N_("{first}, then {last}") if len(told) == 2 else N_("{first}, in steps to {last}")
        return words(text, first=told[0], last=last)
    listed = words.several(told[:_MOST_DOSES])
    rest = len(told) - _MOST_DOSES
    if rest <= 0:
        return listed
    forms = NN_("{doses} and {count} more", "{doses} and {count} more")
    return words.plural(forms, rest, doses=listed)


def _repeated(dose: str, steps: Sequence[DoseStep], words: Words) -> str:
    if steps[0].facts.frequency != ONCE or len(steps) == 1:
        return dose
    amount = amount_words(steps[0].facts.dose, steps[0].facts.unit, words)
    return words(N_("{amount} × {count}"), amount=amount, count=len(steps))
