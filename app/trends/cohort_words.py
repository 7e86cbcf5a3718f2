"""A cohort in words: who is in it, what they cannot tell, and how long it took."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.errors import N_, NN_
from app.language import Words
from app.records.cohort import Asked
from app.records.lists import code_list
from app.records.narrowing import Only
from app.trends.cohort import LEAST_OBSERVED, Cohort, Summary
from app.trends.survival import LEAST_PATIENTS, Curve
from scales.catalogue import Catalogue

NOT_COMPARED = N_("Described, not compared: who was treated, and when, was chosen.")
"""What stands wherever a cohort is shown."""
RECOGNISABLE = N_(
    "A rare disease stays recognisable: whoever knows a patient may find the course again. Share "
    "this page only with those who may see such data."
)
"""What is said of a page of a cohort, which leaves the app."""
_HOW = N_("Each patient is a thin line; the thick one is the median, the band the quartiles.")
_HOW_FEW = N_("Each patient is a thin line. Fewer than five patients have no median.")
Bounds = tuple[str, str, str]
"""What is said of two bounds, of the first alone, and of the last alone."""
_AGES: Bounds = (
    N_("Age at onset in completed years: {first} to {last}."),
    N_("Age at onset in completed years: {first} and above."),
    N_("Age at onset in completed years: up to {last}."),
)
_STARTS: Bounds = (
    N_("First start from {first} to {last}."),
    N_("First start on {first} or later."),
    N_("First start on {last} or earlier."),
)
_OTHERS = NN_(
    "{others} of {count} patient began another treatment within 14 days of the start.",
    "{others} of {count} patients began another treatment within 14 days of the start.",
)
_UNDATED = NN_(
    "{count} more patient is left out: the first start is not known to the day.",
    "{count} more patients are left out: their first start is not known to the day.",
)
_AGELESS = NN_(
    "{count} more patient is left out: the age at onset is not known well enough.",
    "{count} more patients are left out: their age at onset is not known well enough.",
)
_WITHOUT = NN_(
    "{count} patient without a total above 0 as baseline is left out.",
    "{count} patients without a total above 0 as baseline are left out.",
)
_UNSEEN = NN_(
    "{count} patient has no total after the start.",
    "{count} patients have no total after the start.",
)
_CHANGES = N_("Change from the baseline in points, median and quartiles: {changes}.")
_CHANGE = NN_(
    "day {day}: {median} ({q1} to {q3}), {count} patient",
    "day {day}: {median} ({q1} to {q3}), {count} patients",
)
_FEW = N_("No curve is told of {count} patients; it takes {least}.")
_ENDS = N_(
    "By day {day}, the last event with at least {least} patients at risk, {share} % had it "
    "(95 % interval {low} to {high} %)."
)
_ENDS_BARE = N_(
    "By day {day}, the last event with at least {least} patients at risk, {share} % had it."
)


def cohort_title(asked: Asked, catalogue: Catalogue, words: Words) -> str:
    """Return “OMS scale since the first rituximab”."""
    agent = words.within_sentence(words(code_list("agents").get(asked.agent).title))
    scale = words(catalogue.find(asked.scale).short_title)
    return words(N_("{scale} since the first {agent}"), scale=scale, agent=agent)


def patients_words(cohort: Cohort, words: Words) -> str:
    """Tell how many patients a cohort has."""
    return words.plural(NN_("{count} patient", "{count} patients"), cohort.n)


def narrowed_words(only: Only, words: Words) -> tuple[str, ...]:
    """Tell whom a cohort is narrowed to; empty where it is everybody."""
    told = []
    if only.diagnosis:
        diagnosis = words(code_list("diagnoses").title_of(only.diagnosis))
        told.append(words(N_("Diagnosis: {diagnosis}."), diagnosis=diagnosis))
    if only.asks_age:
        told.append(_bounds_words(_AGES, only.onset_from, only.onset_to, words))
    if only.asks_start:
        told.append(_bounds_words(_STARTS, only.start_from, only.start_to, words))
    return tuple(told)


def _bounds_words(
    texts: Bounds, first: int | date | None, last: int | date | None, words: Words
) -> str:
    both, from_on, up_to = texts
    text = up_to if first is None else from_on if last is None else both
    low, high = (words.short_date(end) if isinstance(end, date) else end for end in (first, last))
    return words(text, first=low, last=high)


def how_words(cohort: Cohort, asked: Asked, catalogue: Catalogue, words: Words) -> str:
    """Say how the drawing is read, and how far the criteria of its scale are checked."""
    how = words(_HOW_FEW if cohort.n < LEAST_OBSERVED else _HOW)
    return words.sentences((how, scale_caution(asked, catalogue, words)))


def scale_caution(asked: Asked, catalogue: Catalogue, words: Words) -> str:
    """Say how far the criteria of the scale are checked; empty where there is no caution."""
    definition = catalogue.find(asked.scale)
    if not definition.caution:
        return ""
    scale, caution = words(definition.short_title), words(definition.caution)
    return words(N_("{scale}: {caution}."), scale=scale, caution=caution)


def cohort_cautions(cohort: Cohort, words: Words) -> tuple[str, ...]:
    """Return what must stand beside a cohort, with the labels that somebody gave its scores."""
    return *plain_cautions(cohort, words), *cohort.cautions


def plain_cautions(cohort: Cohort, words: Words) -> tuple[str, ...]:
    """Return that nothing is compared, and who is not in it, without a word somebody typed."""
    told = [words(NOT_COMPARED)]
    if cohort.with_others:
        told.append(words.plural(_OTHERS, cohort.n, others=cohort.with_others))
    if cohort.undated:
        told.append(words.plural(_UNDATED, cohort.undated))
    if cohort.ageless:
        told.append(words.plural(_AGELESS, cohort.ageless))
    return tuple(told)


def zero_words(cohort: Cohort, words: Words) -> tuple[str, ...]:
    """Tell the time to the first 0, and who is left out of it."""
    left_out = cohort.without_baseline
    return (
        words(N_("Time to the first 0, by the visit that found it")),
        *_curve_words(cohort.to_zero, words),
        *([words.plural(_WITHOUT, left_out)] if left_out else ()),
    )


def relapse_time_words(cohort: Cohort, words: Words) -> tuple[str, ...]:
    """Tell the time to the first relapse, and who is left out of it."""
    unseen = cohort.not_seen_after
    return (
        words(N_("Time to the first relapse that was marked")),
        *_curve_words(cohort.to_relapse, words),
        *([words.plural(_UNSEEN, unseen)] if unseen else ()),
    )


def change_words(cohort: Cohort, words: Words) -> str:
    """Tell the change from the baseline at fixed days; empty where too few are observed."""
    told = []
    for each in cohort.changes:
        if each.median is not None and each.q1 is not None and each.q3 is not None:
            values = {"median": each.median, "q1": each.q1, "q3": each.q3}
            signed = {name: words.signed(value) for name, value in values.items()}
            told.append(words.plural(_CHANGE, each.observed, day=each.day, **signed))
    return words(_CHANGES, changes=words.clauses(told)) if told else ""


def value_cells(summary: Summary, words: Words) -> tuple[str, ...]:
    """Return the day, how many are observed, median and quartiles; a dash where too few are."""
    values = (summary.median, summary.q1, summary.q3)
    return (
        words.number(Decimal(summary.day)),
        words.number(Decimal(summary.observed)),
        *("–" if value is None else words.number(value) for value in values),
    )


def _curve_words(curve: Curve, words: Words) -> Iterator[str]:
    if not curve.is_told:
        yield words(_FEW, count=curve.patients, least=LEAST_PATIENTS)
        return
    yield words(N_("Patients: {count}."), count=curve.patients)
    if not curve.days:
        yield words(N_("Nobody had it while at least 5 were at risk."))
        return
    if curve.median_days is not None:
        yield words(
            N_("Half had it by day {day}, as Kaplan-Meier estimates it."), day=curve.median_days
        )
    yield _end_words(curve, words)


def _end_words(curve: Curve, words: Words) -> str:
    low, high = curve.low[-1], curve.high[-1]
    told = {"day": curve.days[-1], "least": 5, "share": _hundredths(curve.share[-1], words)}
    if low is None or high is None:
        return words(_ENDS_BARE, **told)
    return words(_ENDS, low=_hundredths(low, words), high=_hundredths(high, words), **told)


def _hundredths(share: Decimal, words: Words) -> str:
    return words.number((share * 100).quantize(Decimal(1), ROUND_HALF_UP))
