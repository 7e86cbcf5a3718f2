"""Doses in words, as prescribed; the figures are typed facts and nothing is computed from them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.codes import FREQUENCIES, OTHER, UNITS, title_of
from app.records.model import DoseStep, Treatment

ONCE = "once"
SESSION = "session"
_MOST_DOSES = 3


def amount_words(dose: Decimal, unit: str, words: Words) -> str:
    """Return a dose with its unit: “2 mg/kg”, “1 session”, “5 sessions”."""
    if unit == SESSION:
        forms = NN_("{dose} session", "{dose} sessions")
        return words.plural(forms, 1 if dose == 1 else 2, dose=words.number(dose))
    unit_title = words(title_of(UNITS, unit))
    return words(N_("{dose} {unit}"), dose=words.number(dose), unit=unit_title)


def dose_words(step: DoseStep, words: Words) -> str:
    """Return a dose step in words: “375 mg/m² weekly”; the note tells what is not in the lists."""
    text = amount_words(step.facts.dose, step.facts.unit, words)
    is_told = step.facts.unit == SESSION and step.facts.frequency == ONCE
    if step.facts.frequency not in ("", OTHER) and not is_told:
        often = words(title_of(FREQUENCIES, step.facts.frequency))
        text = words(N_("{amount} {often}"), amount=text, often=often)
    if step.facts.note:
        return words(N_("{dose} ({note})"), dose=text, note=step.facts.note)
    return text


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
    listed = ", ".join(told[:_MOST_DOSES])
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


def steps_on(treatment: Treatment, day: PartialDate) -> tuple[DoseStep, ...]:
    """Return the dose steps that certainly ran on the first day of ``day``."""
    return tuple(step for step in treatment.doses if _ran_on(treatment, step, day))


def _ran_on(treatment: Treatment, step: DoseStep, day: PartialDate) -> bool:
    start = step.facts.start or treatment.facts.start
    if start is None or start.last > day.first:
        return False
    if step.facts.frequency == ONCE:
        return start.first == day.first
    later = [
        other.facts.start.first
        for other in treatment.doses
        if other.facts.start is not None and other.facts.start.first > start.first
    ]
    if step.facts.stop is None and any(begin <= day.first for begin in later):
        return False
    stop = step.facts.stop or treatment.facts.stop
    return stop is None or stop.first >= day.first
