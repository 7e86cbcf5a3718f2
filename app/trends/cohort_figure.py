"""What a cohort's drawings show: thin lines with median and quartiles, and steps of a curve."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.cohort import Asked
from app.records.lists import code_list
from app.trends.cohort import Cohort, Line, Value
from app.trends.cohort_words import relapse_time_words, zero_words
from app.trends.survival import Curve
from scales.catalogue import Catalogue

_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 20, 25, 50)
_MOST_TICKS = 4
_MOST_TOLD = 12


class Tick(Struct, frozen=True):
    """A place on an axis with its label; ``below`` stands under it, how many are observed."""

    at: float
    label: str
    below: str = ""


class FanLine(Struct, frozen=True):
    """One patient's values at ``DAYS``; where there is none, the line has a gap."""

    patient: str
    values: tuple[float | None, ...]


class Fan(Struct, frozen=True):
    """Patients as thin lines over ``DAYS``, median and quartiles; ``told`` is it in words."""

    lines: tuple[FanLine, ...]
    median: tuple[float | None, ...]
    q1: tuple[float | None, ...]
    q3: tuple[float | None, ...]
    lowest: float
    highest: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    caption: str
    told: str


class Step(Struct, frozen=True):
    """From a day on, the share without the event, and its interval where there is one."""

    day: int
    share: float
    low: float | None
    high: float | None


class Steps(Struct, frozen=True):
    """A curve that starts at 1 on day 0 and ends with its last step; ``told`` is it in words."""

    steps: tuple[Step, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    caption: str
    told: str


class TimeTold(Struct, frozen=True):
    """How long something took: a heading, sentences, and a curve where patients are enough."""

    heading: str
    told: str
    steps: Steps | None


def fan_of(cohort: Cohort, asked: Asked, catalogue: Catalogue, words: Words) -> Fan:
    """Return the drawing of a cohort's totals over the whole range of the scale."""
    scale = catalogue.find(asked.scale)
    agent = words.within_sentence(words(code_list("agents").get(asked.agent).title))
    return Fan(
        lines=tuple(_line(line) for line in cohort.lines),
        median=tuple(_float(each.median) for each in cohort.summaries),
        q1=tuple(_float(each.q1) for each in cohort.summaries),
        q3=tuple(_float(each.q3) for each in cohort.summaries),
        lowest=float(scale.lowest),
        highest=float(scale.highest),
        across=tuple(_days(cohort, words)),
        up=tuple(_levels(scale.lowest, scale.highest, words)),
        caption=words(N_("days since the first {agent}; below: patients observed"), agent=agent),
        told=words.sentences(_told(cohort, words)),
    )


def times_of(cohort: Cohort, words: Words) -> tuple[TimeTold, ...]:
    """Return the time to the first 0 and to the first relapse."""
    return (
        _time(cohort.to_zero, zero_words(cohort, words), words),
        _time(cohort.to_relapse, relapse_time_words(cohort, words), words),
    )


def _time(curve: Curve, told: tuple[str, ...], words: Words) -> TimeTold:
    heading, *sentences = told
    steps = steps_of(curve, words) if curve.days else None
    # A line that ends before its sign would tell another number.
    return TimeTold(
        heading, words.sentences(sentences).replace(" %", "\N{NO-BREAK SPACE}%"), steps
    )


def steps_of(curve: Curve, words: Words) -> Steps:
    """Return the drawing of those who have not had an event yet."""
    bounds = zip(curve.days, curve.share, curve.low, curve.high, strict=True)
    steps = tuple(
        # Who has not had it: the bounds change places.
        Step(day, float(1 - share), _rest(high), _rest(low))
        for day, share, low, high in bounds
    )
    hundred = (Tick(part / 100, words(N_("{share} %"), share=part)) for part in (0, 50, 100))
    return Steps(
        steps=steps,
        across=tuple(
            Tick(day, words.number(Decimal(day)), words.number(Decimal(count)))
            for day, count in curve.risk_table
        ),
        up=tuple(hundred),
        caption=words(N_("share without it; days since the start; below: patients at risk")),
        told=words.sentences(
            words(
                N_("Day {day}: {share} % without it."),
                day=step.day,
                share=words.number(Decimal(round(step.share * 100))),
            )
            for step in steps[:: len(steps) // _MOST_TOLD + 1]
        ),
    )


def _line(line: Line) -> FanLine:
    return FanLine(line.patient, tuple(map(_float, line.values)))


def _float(value: Value) -> float | None:
    return None if value is None else float(value)


def _rest(value: Value) -> float | None:
    return None if value is None else float(1 - value)


def _days(cohort: Cohort, words: Words) -> Iterator[Tick]:
    for each in cohort.summaries:
        label, below = (words.number(Decimal(one)) for one in (each.day, each.observed))
        yield Tick(each.day, label, below)


def _levels(lowest: Decimal, highest: Decimal, words: Words) -> Iterator[Tick]:
    width = highest - lowest
    few = [one for one in _STEPS if width / one <= _MOST_TICKS]
    step = next((one for one in few if width % one == 0), few[0] if few else _STEPS[-1])
    for number in range(int(width) // step + 1):
        level = lowest + number * step
        yield Tick(float(level), words.number(level))


def _told(cohort: Cohort, words: Words) -> Iterator[str]:
    for each in cohort.summaries:
        if each.median is not None and each.q1 is not None and each.q3 is not None:
            yield words(
                N_("Day {day}: median {median}, quartiles {q1} and {q3}, {count} observed."),
                day=each.day, median=words.number(each.median), q1=words.number(each.q1),
                q3=words.number(each.q3), count=each.observed,
            )  # fmt: skip
