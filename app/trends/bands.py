"""What may stand behind a panel's marks: noise and age marks, only for whom they hold."""

from app.dates import PartialDate
from app.errors import N_
from app.trends.figure import AgeNote, Band
from app.trends.model import Point, Series
from app.trends.naming import signed
from app.trends.noise import qualifies
from app.trends.paper import Paper
from app.trends.ruler import add_months
from scales.model import AgeMark, Definition, Noise

_NO_NORMS_BELOW = 4


def bands_of(series: Series, definition: Definition, paper: Paper) -> tuple[Band, ...]:
    """Return the published noise around the total before the start told from.

    Without such a total it stands around the first one. Nothing is drawn for a subscore, or
    unless the patient was old enough at every visit that has a total.
    """
    totals = [point for point in series.points if point.total is not None]
    if series.subscore is not None or not totals:
        return ()
    birth = paper.trend.record.patient.facts.birth_date
    days = [point.date for point in totals]
    around = _reference(series, totals, paper)
    return tuple(
        _band(noise, around, definition, paper)
        for noise in definition.noise
        if qualifies(noise, birth, *days)
    )


def _reference(series: Series, totals: list[Point], paper: Paper) -> Point:
    for since in paper.trend.since.get(series.key, ()):
        is_chosen = paper.chosen is not None and since.treatment.id == paper.chosen.id
        if is_chosen and since.baseline is not None:
            return next(point for point in totals if point.visit == since.baseline.visit)
    return totals[0]


def _band(noise: Noise, around: Point, definition: Definition, paper: Paper) -> Band:
    words = paper.words
    total = around.total if around.total is not None else definition.lowest
    return Band(
        low=max(definition.lowest, total + noise.low),
        high=min(definition.highest, total + noise.high),
        label=words(
            N_("{low} to {high} around {total} ({date}): {label}"),
            low=signed(noise.low, words),
            high=signed(noise.high, words),
            total=words.number(total),
            date=words.short_date(around.date),
            label=words(noise.label),
        ),
    )


def age_notes_of(series: Series, definition: Definition, paper: Paper) -> tuple[AgeNote, ...]:
    """Return the age marks that lie on the axis, at the day this patient had that age.

    None without a full birth date, none for a subscore, and none below four years, where no
    norms exist.
    """
    birth = paper.trend.record.patient.facts.birth_date
    if birth is None or not birth.is_full or series.subscore is not None:
        return ()
    notes = (_age_note(mark, birth, paper) for mark in definition.age_marks)
    return tuple(
        note
        for mark, note in zip(definition.age_marks, notes, strict=True)
        if mark.age >= _NO_NORMS_BELOW and paper.extent.lowest <= note.x <= paper.extent.highest
    )


def _age_note(mark: AgeMark, birth: PartialDate, paper: Paper) -> AgeNote:
    words = paper.words
    return AgeNote(
        x=paper.ruler.day(add_months(birth.first, mark.age * 12)),
        median=mark.median,
        low=mark.low,
        high=mark.high,
        label=words(
            N_("{label}: median {median}, range {low} to {high}"),
            label=words(mark.label),
            median=words.number(mark.median),
            low=words.number(mark.low),
            high=words.number(mark.high),
        ),
    )
