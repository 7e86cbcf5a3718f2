"""What the family page says: plain, short, only facts of the record, and no advice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.errors import N_
from app.language import Words, isolated
from app.records.doses import Standing, is_ahead, paused_since, standing_on
from app.records.model import Treatment, Visit, VisitState
from app.settings import Settings
from app.signs import drawn, unbroken
from app.trends.figure import Figure
from app.trends.model import DatedTotal, Point, Series, Trend
from app.trends.notes import MAY_HAVE_CHANGED, NOT_A_DEVICE
from app.trends.series import series_range
from app.trends.since import first_starts, immune_starts
from app.wording.answers import plain_answer_words
from app.wording.people import born_words, identifier_words, role_words, shortened
from app.wording.treatments import plain_name
from app.wording.visits import next_visit_on
from scales.catalogue import Catalogue
from scales.model import Definition, Item, Missing

_FEATURES = "five_feature"
_LONGEST = 60
"""More letters of a name would crowd the one side that a family gets."""


class FeatureTable(Struct, frozen=True):
    """The five features at up to three visits: headings, and a name with a cell for each visit."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class FamilyWords(Struct, frozen=True):
    """Every text of the family page.

    ``lead`` comes first and is followed by ``sentences``; ``last_label`` stands at the last mark
    of the chart. Empty ``call``, ``phone`` and ``next_visit`` print a line to write on, unless the
    child has died (``is_over``): then nobody is told what to do.
    """

    title: str
    under: str
    name: str
    facts: tuple[str, ...]
    caution: str
    lead: str
    sentences: tuple[str, ...]
    last_label: str
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
    lead, *sentences = _score_sentences(trend, series, catalogue, words)
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
        last_label=_last_label(series, words),
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
    stop = treatment.facts.stop
    return date.min if stop is None else stop.last


def _treatment_line(treatment: Treatment, trend: Trend, words: Words) -> str:
    day = trend.last_day
    match standing_on(treatment, day):
        case Standing.PLANNED:
            return _planned_line(treatment, words)
        case Standing.PAUSED:
            return _paused_line(treatment, day, words)
        case Standing.RUNNING | Standing.ENDED:
            return _begun_line(treatment, trend, words)


def _begun_line(treatment: Treatment, trend: Trend, words: Words) -> str:
    start, stop = treatment.facts.start, treatment.facts.stop
    texts = _PLANNED_STOP if is_ahead(stop, trend.last_day) else _BEGUN
    if start is not None and start == stop:
        text = N_("{name}, {start}.")
    elif start is not None and stop is None and trend.is_over:
        text = N_("{name}, from {start}.")
    else:
        text = texts[start is not None, stop is not None]
    return words(text, **_line_values(treatment, words))


_BEGUN = {
    (False, False): N_("{name}, start date not known."),
    (True, False): N_("{name}, since {start}."),
    (False, True): N_("{name}, until {stop}."),
    (True, True): N_("{name}, {start} to {stop}."),
}
"""A line by whether the start and the stop are known."""
_PLANNED_STOP = {
    (False, True): N_("{name}, planned until {stop}; this may change."),
    (True, True): N_("{name}, since {start}, planned until {stop}; this may change."),
}


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
    return words(text, **_line_values(treatment, words))


def _name(treatment: Treatment, words: Words) -> str:
    return shortened(plain_name(treatment, words), _LONGEST)


def _line_values(treatment: Treatment, words: Words) -> dict[str, str]:
    return {
        "name": _name(treatment, words),
        "start": unbroken(words.long_date(treatment.facts.start)),
        "stop": unbroken(words.long_date(treatment.facts.stop)),
    }


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


def _score_sentences(
    trend: Trend, series: Series | None, catalogue: Catalogue, words: Words
) -> Iterator[str]:
    """Tell the last score first, or that there is none and why; then what the record compares."""
    if series is None:
        yield words(N_("There is no score yet."))
        return
    definition = catalogue.find(series.scale)
    last = series.points[-1]
    yield _lead(last, series_range(definition, series)[1], words)
    if last.total is None:
        yield from _missing_sentences(definition, last, words)
    elif last.total == 0 and not last.typed:
        yield words(N_("Every item of this scale was scored 0."))
        if series.scale != _FEATURES and _visits_with_features(trend):
            yield words(N_("The table below may still show difficulties."))
    before = _before(series)
    if before is not None:
        yield _before_sentence(series, before, words)
    yield from _began_sentences(trend, series, before, words)


def _lead(last: Point, highest: Decimal, words: Words) -> str:
    date, is_full = words.long_date(last.date), last.date.is_full
    if last.total is None:
        text = N_("In {date} there is no score.")
        if is_full:
            text = N_("On {date} there is no score.")
        return words(text, date=date)
    text = N_("In {date} the score was {total} out of {highest}.")
    if is_full:
        text = N_("On {date} the score was {total} out of {highest}.")
    total = words.number(last.total)
    return words(text, date=date, total=total, highest=words.number(highest))


def _missing_sentences(definition: Definition, point: Point, words: Words) -> Iterator[str]:
    texts = {
        Missing.OPEN: N_("Not scored: {items}."),
        Missing.NOT_TESTABLE: N_("Could not be tested: {items}."),
        Missing.DECLINED: N_("Declined: {items}."),
    }
    for why, text in texts.items():
        items = dict.fromkeys(
            _item_name(definition.item(key.item), words)
            for key in point.missing
            if point.reasons.get(key, Missing.OPEN) is why
        )
        if items:
            yield words(text, items=words.several(items))


def _item_name(item: Item, words: Words) -> str:
    """Return an item's name in a family's words."""
    return words(item.plain or item.title)


def _before(series: Series) -> Point | None:
    """Return the last point before the last visit that has a total."""
    earlier = [point for point in series.points[:-1] if point.total is not None]
    return earlier[-1] if earlier else None


def _before_sentence(series: Series, before: Point, words: Words) -> str:
    is_full = before.date.is_full
    if series.points[-1].total is not None and before is series.points[-2]:
        text = N_("Last time, on {date}, it was {total}.")
        if not is_full:
            text = N_("Last time, in {date}, it was {total}.")
    else:
        text = N_("The score before that, on {date}, was {total}.")
        if not is_full:
            text = N_("The score before that, in {date}, was {total}.")
    total = words.number(before.total) if before.total is not None else ""
    return words(text, date=words.long_date(before.date), total=total)


def _first_treatment(trend: Trend) -> Treatment | None:
    treatments = trend.begun
    starts = immune_starts(treatments) or first_starts(treatments)
    return starts[0] if starts else None


def _reading_at_start(trend: Trend, key: str) -> DatedTotal | None:
    """Return the total of a series when treatment began, if there is one."""
    first = _first_treatment(trend)
    for since in trend.since.get(key, ()):
        if first is not None and since.treatment.id == first.id:
            return since.baseline
    return None


def _began_sentences(
    trend: Trend, series: Series, before: Point | None, words: Words
) -> Iterator[str]:
    baseline = _reading_at_start(trend, series.key)
    told = {series.points[-1].visit, before.visit if before else ""}
    if baseline is not None and baseline.visit not in told:
        yield words(
            N_("When treatment began, it was {total}."), total=words.number(baseline.total)
        )


def _last_label(series: Series | None, words: Words) -> str:
    """Return what stands at the last mark of the chart; empty without a total."""
    last = None if series is None else series.points[-1]
    if last is None or last.total is None:
        return ""
    return words.number(last.total)


def _visits_with_features(trend: Trend) -> tuple[Visit, ...]:
    """Return the visits whose five features were scored one by one."""
    sheets = ((visit, visit.sheet(_FEATURES)) for visit in trend.record.visits)
    return tuple(visit for visit, sheet in sheets if sheet is not None and sheet.answers)


def _features(trend: Trend, catalogue: Catalogue, words: Words) -> FeatureTable | None:
    """Return the table; ``None`` where the five features were never scored one by one."""
    visits = _visits_with_features(trend)
    if not visits:
        return None
    last = visits[-1]
    columns = [(words.long_date(last.facts.date), last)]
    columns += [(words.long_date(visit.facts.date), visit) for visit in visits[-2:-1]]
    began = _began_visit(trend, visits[:-2])
    if began is not None:
        columns.append((words(N_("When treatment began")), began))
    rows = tuple(
        (
            _item_name(item, words),
            tuple(_feature_words(item, visit, words) for _, visit in columns),
        )
        for item in catalogue.find(_FEATURES).items
    )
    return FeatureTable(tuple(heading for heading, _ in columns), rows)


def _began_visit(trend: Trend, visits: Sequence[Visit]) -> Visit | None:
    """Return the visit when treatment began; a sheet without a total may still have a part."""
    keys = [series.key for series in trend.series if series.scale == _FEATURES]
    for key in keys:
        baseline = _reading_at_start(trend, key)
        for visit in visits:
            if baseline is not None and visit.id == baseline.visit:
                return visit
    return None


def _feature_words(item: Item, visit: Visit, words: Words) -> str:
    sheet = visit.sheet(_FEATURES)
    return plain_answer_words(item, sheet.answers.get(item.keys[0]) if sheet else None, words)
