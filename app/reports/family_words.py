"""What the family page says: plain, short, only facts of the record, and no advice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words, isolated
from app.records.doses import Standing, is_ahead, paused_since, runs_of, standing_on
from app.records.model import Treatment, Visit, VisitState
from app.reports.family_scores import (
    FEATURES,
    at_start,
    item_name,
    named_point,
    score_sentences,
    visits_with_features,
)
from app.settings import Settings
from app.signs import drawn, unbroken
from app.trends.figure import Figure
from app.trends.model import Trend
from app.trends.notes import MAY_HAVE_CHANGED, NOT_A_DEVICE
from app.trends.series import total_of
from app.wording.answers import plain_answer_words
from app.wording.people import born_words, identifier_words, role_words, shortened
from app.wording.treatments import plain_name
from app.wording.visits import next_visit_on
from scales.catalogue import Catalogue
from scales.model import Item

_LONGEST = 60
"""More letters of a name would crowd the one side that a family gets."""


class FeatureTable(Struct, frozen=True):
    """The five features at up to three visits: headings, and a name with a cell for each visit."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class FamilyWords(Struct, frozen=True):
    """Every text of the family page.

    ``lead`` comes first and is followed by ``sentences``; ``last_label`` stands in the chart at
    the mark of ``last_visit``, which ``lead`` tells. Empty ``call``, ``phone`` and ``next_visit``
    print a line to write on, unless the child has died (``is_over``): then nobody is told what to
    do.
    """

    title: str
    under: str
    name: str
    facts: tuple[str, ...]
    caution: str
    lead: str
    sentences: tuple[str, ...]
    last_label: str
    last_visit: str
    features: FeatureTable | None
    recorded: str
    treatments: tuple[str, ...]
    call: str
    phone: str
    next_visit: str
    notes: tuple[str, ...]
    is_over: bool


def family_words(
    trend: Trend,
    figure: Figure,
    catalogue: Catalogue,
    settings: Settings,
    words: Words,
    next_visit: str | None = None,
) -> FamilyWords:
    """Return the texts of the family page; every number in them stands in the record.

    Where ``next_visit`` is not told in words, it is the day that is recorded, if there is one.
    """
    patient = trend.record.patient
    facts = patient.facts
    series = trend.find(figure.panels[0].key) if figure.panels else None
    lead, *sentences = score_sentences(trend, series, catalogue, words)
    named = named_point(series)
    return FamilyWords(
        title=_title(trend, words),
        under=_under(trend, settings, words),
        name=shortened(facts.name, _LONGEST),
        facts=(
            born_words(facts, words, is_long=True),
            shortened(identifier_words(facts, words), _LONGEST),
        ),
        caution=words(patient.caution),
        lead=lead,
        sentences=tuple(sentences),
        last_label="" if named is None else words.number(total_of(named)),
        last_visit="" if named is None else named.visit,
        features=_features(trend, catalogue, words),
        recorded=words(N_("Recorded on {date}"), date=words.long_date(trend.as_of)),
        treatments=_treatment_lines(trend, words),
        call=settings.call_us.strip(),
        phone=settings.phone.strip(),
        next_visit=_next_visit(trend, words) if next_visit is None else next_visit.strip(),
        notes=tuple(_notes(trend, figure, words)),
        is_over=trend.is_over,
    )


def _title(trend: Trend, words: Words) -> str:
    """Return the title; of a child who died nobody asks how it is doing."""
    facts = trend.record.patient.facts
    text = N_("The record of {name}") if trend.is_over else N_("How {name} is doing")
    return words(text, name=shortened(drawn(facts.given_name) or facts.name, _LONGEST))


def _next_visit(trend: Trend, words: Words) -> str:
    day = next_visit_on(trend.record, trend.as_of)
    return "" if day is None else words.long_date(day)


def _under(trend: Trend, settings: Settings, words: Words) -> str:
    parts = [isolated(shortened(settings.site, _LONGEST))]
    if trend.record.visits:
        date = words.long_date(trend.record.visits[-1].facts.date)
        parts.insert(0, words(N_("Visit of {date}"), date=date))
    return words.dotted(parts)


def _treatment_lines(trend: Trend, words: Words) -> tuple[str, ...]:
    """Return what runs or is paused on the day of the page, what is planned, then what ended.

    The latest that ended comes first. Two that read alike are told once.
    """
    parts: dict[Standing, list[Treatment]] = {each: [] for each in Standing}
    for treatment in trend.treatments:
        standing = standing_on(treatment, trend.last_day)
        parts[Standing.RUNNING if standing is Standing.PAUSED else standing].append(treatment)
    begun = (*parts[Standing.RUNNING], *parts[Standing.PLANNED])
    told = (*begun, *_latest_first(parts[Standing.ENDED]))
    return tuple(dict.fromkeys(_treatment_line(each, trend, words) for each in told))


def _latest_first(ended: Iterable[Treatment]) -> Sequence[Treatment]:
    return sorted(ended, key=_last_given, reverse=True)


def _last_given(treatment: Treatment) -> date:
    _start, stop = _ends(treatment)
    return date.min if stop is None else stop.last


def _ends(treatment: Treatment) -> tuple[PartialDate | None, PartialDate | None]:
    """Return when a treatment that ended began and ended.

    What has no stop of its own, as an operation or drips, ended with its last dose, or on its day.
    """
    start, stop = treatment.facts.start, treatment.facts.stop
    if stop is not None:
        return start, stop
    runs = runs_of(treatment)
    starts = [run.start for run in runs if run.start is not None]
    stops = [run.stop for run in runs if run.stop is not None]
    start = start or min(starts, key=_first_day, default=None)
    return start, max(stops, key=_last_day, default=start)


def _first_day(when: PartialDate) -> date:
    return when.first


def _last_day(when: PartialDate) -> date:
    return when.last


def _treatment_line(treatment: Treatment, trend: Trend, words: Words) -> str:
    day = trend.last_day
    match standing_on(treatment, day):
        case Standing.PLANNED:
            return _planned_line(treatment, words)
        case Standing.PAUSED:
            return _paused_line(treatment, day, words)
        case Standing.ENDED:
            return _ended_line(treatment, words)
        case Standing.RUNNING:
            return _running_line(treatment, trend, words)


def _ended_line(treatment: Treatment, words: Words) -> str:
    start, stop = _ends(treatment)
    return _line(_begun_text(start, stop), treatment, start, stop, words)


def _running_line(treatment: Treatment, trend: Trend, words: Words) -> str:
    start, stop = treatment.facts.start, treatment.facts.stop
    if start is not None and stop is None and trend.is_over:
        text = N_("{name}, from {start}.")
    elif is_ahead(stop, trend.last_day):
        text = _PLANNED_STOP[start is not None]
    else:
        text = _begun_text(start, stop)
    return _line(text, treatment, start, stop, words)


def _begun_text(start: PartialDate | None, stop: PartialDate | None) -> str:
    if start is not None and start == stop:
        return N_("{name}, on {start}.") if start.is_full else N_("{name}, {start}.")
    return _BEGUN[start is not None, stop is not None]


_BEGUN = {
    (False, False): N_("{name}, start date not known."),
    (True, False): N_("{name}, since {start}."),
    (False, True): N_("{name}, until {stop}."),
    (True, True): N_("{name}, {start} to {stop}."),
}
"""A line by whether the start and the stop are known."""
_PLANNED_STOP = {
    False: N_("{name}, planned until {stop}; this may change."),
    True: N_("{name}, since {start}, planned until {stop}; this may change."),
}
"""A line by whether the start is known."""


def _paused_line(treatment: Treatment, day: date, words: Words) -> str:
    since = paused_since(treatment, day)
    if since is None:
        return words(N_("{name}, paused."), name=_name(treatment, words))
    values = {"name": _name(treatment, words), "pause": unbroken(words.long_date(since))}
    return words(N_("{name}, paused since {pause}."), **values)


def _planned_line(treatment: Treatment, words: Words) -> str:
    start, stop = treatment.facts.start, treatment.facts.stop
    text = N_("{name}, planned from {start} to {stop}; this may change.")
    if stop is None:
        text = N_("{name}, planned from {start}; this may change.")
    elif start == stop:
        text = N_("{name}, planned for {start}; this may change.")
    return _line(text, treatment, start, stop, words)


def _name(treatment: Treatment, words: Words) -> str:
    return shortened(plain_name(treatment, words), _LONGEST)


def _line(
    text: str,
    treatment: Treatment,
    start: PartialDate | None,
    stop: PartialDate | None,
    words: Words,
) -> str:
    return words(
        text,
        name=_name(treatment, words),
        start=unbroken(words.long_date(start)),
        stop=unbroken(words.long_date(stop)),
    )


def _notes(trend: Trend, figure: Figure, words: Words) -> Iterator[str]:
    patient_caution = words(trend.record.patient.caution)
    yield from (note for note in figure.notes if note != patient_caution)
    if not trend.is_over:
        yield words(N_("A score cannot tell how the coming weeks will be."))
    yield words(N_("Small changes can come from the day or the person who looked."))
    if trend.record.visits:
        yield _source(trend.record.visits[-1], words)
    yield words(MAY_HAVE_CHANGED)
    yield words(NOT_A_DEVICE)
    yield unbroken(words(N_("Page {page} of {pages}."), page=1, pages=1))


def _source(visit: Visit, words: Words) -> str:
    when = words.long_date(visit.facts.date)
    if visit.state is VisitState.IMPORTED or visit.signature is None:
        if not visit.facts.rater:
            return words(N_("The visit of {date} was brought in from another record."), date=when)
        text = N_("The visit of {date} was brought in from another record; {rater} scored it.")
        return words(text, date=when, rater=shortened(visit.facts.rater, _LONGEST))
    signed = visit.signature
    role = role_words(signed.role, words)
    date = words.long_date(signed.moment.local.date())
    text = N_("This page comes from the record signed on {date} by {name}, {role}.")
    return words(text, date=date, name=shortened(signed.name, _LONGEST), role=role)


def _features(trend: Trend, catalogue: Catalogue, words: Words) -> FeatureTable | None:
    """Return the table; ``None`` where the five features were never scored one by one.

    A visit whose version of the features does not compare with the last one's has no column.
    """
    visits = visits_with_features(trend)
    if not visits:
        return None
    definition, version = catalogue.find(FEATURES), _version(visits[-1])
    columns = [
        (heading, visit)
        for heading, visit in _feature_columns(trend, visits, words)
        if definition.compares(_version(visit), version)
    ]
    rows = tuple(
        (
            item_name(item, words),
            tuple(_feature_words(item, visit, words) for _, visit in columns),
        )
        for item in definition.items
    )
    return FeatureTable(tuple(heading for heading, _ in columns), rows)


def _version(visit: Visit) -> str:
    sheet = visit.sheet(FEATURES)
    return "" if sheet is None else sheet.version


_BEGAN_HEADINGS = {
    True: N_("{date}, when treatment began"),
    False: N_("{date}, before treatment began"),
}
"""By whether the visit has the date of the start."""


def _feature_columns(
    trend: Trend, visits: Sequence[Visit], words: Words
) -> Iterator[tuple[str, Visit]]:
    """Yield the last visit, the one before, and the one when treatment began, with headings."""
    last, *before = reversed(visits[-2:])
    is_one_day = any(each.facts.date == last.facts.date for each in before)
    for visit in (last, *before):
        date, time = words.long_date(visit.facts.date), visit.facts.time
        is_timed = is_one_day and bool(time)
        yield (words(N_("{date}, {time}"), date=date, time=time) if is_timed else date), visit
    for series in trend.series:
        began = at_start(trend, series.key) if series.scale == FEATURES else None
        for visit in visits[:-2]:
            if began is not None and visit.id == began.total.visit:
                heading = _BEGAN_HEADINGS[began.is_on_start]
                yield words(heading, date=words.long_date(visit.facts.date)), visit
                return


def _feature_words(item: Item, visit: Visit, words: Words) -> str:
    sheet = visit.sheet(FEATURES)
    return plain_answer_words(item, sheet.answers.get(item.keys[0]) if sheet else None, words)
