"""The table twin of the chart: visits with their totals, and what happened among them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.doses import runs_of
from app.records.model import Event, Measure, Sequela, Sheet, Treatment, Visit
from app.trends.changes import change_words, changes_of
from app.trends.model import Point, Series, Trend
from app.trends.series import series_title
from app.wording.answers import answer_words, key_words
from app.wording.findings import finding_words
from app.wording.people import or_not_recorded
from app.wording.spans import event_span_words, treatment_span_words
from app.wording.totals import bare_total, missing_words
from app.wording.treatments import agent_name, dose_words
from app.wording.visits import (
    author_words,
    event_note,
    event_title,
    measure_title,
    measured_words,
    sequela_words,
    version_words,
)
from app.wording.weights import beside_dose, weights_of
from scales.catalogue import Catalogue
from scales.model import Definition

ACROSS = 2
"""The column from which on the words of a row that is no visit reach to the end."""


class TwinRow(Struct, frozen=True):
    """One row of words, a cell for each heading.

    ``visit`` is the internal id of the visit that the row leads to, empty where it leads to none.
    A row that ``is_across`` tells one thing in the cell of ``ACROSS`` and nothing behind it.
    """

    visit: str
    cells: tuple[str, ...]
    is_across: bool = False


class TwinTable(Struct, frozen=True):
    """Headings and rows, the newest last."""

    headings: tuple[str, ...]
    rows: tuple[TwinRow, ...]


NO_TABLE = TwinTable(headings=(), rows=())
"""What stands where nobody reads the table."""


_Dated = tuple[PartialDate, TwinRow]


def twin_table(
    trend: Trend, catalogue: Catalogue, words: Words, *, has_items: bool = False
) -> TwinTable:
    """Return the visits that count, and among them all else that is dated.

    Those are what changed of treatments, events, measures, findings and lasting troubles.
    Rows stand in the order of time; on one day visits come first. A treatment without any date
    that is known stands at the top. With ``has_items`` the levels of each sheet stand below it.
    """
    scales = tuple(series for series in trend.series if series.subscore is None)
    fixed = (N_("Date"), N_("Time"), N_("Recorded"), N_("Rater"))
    titles = (series_title(catalogue, series, words) for series in scales)
    rows = _Rows(trend, catalogue, words, scales)
    dated = [
        *rows.visits(has_items=has_items),
        *rows.measures(),
        *rows.events(),
        *rows.findings(),
        *rows.sequelae(),
        *rows.changes(),
    ]
    dated.sort(key=_when)
    return TwinTable(
        headings=(*map(words, fixed), *titles),
        rows=(*rows.undated(), *(row for _, row in dated)),
    )


def _when(dated: _Dated) -> tuple[int, int]:
    return dated[0].order


class _Rows(Struct, frozen=True):
    """Makes the rows of one course, kind by kind, each with the date that it stands at."""

    trend: Trend
    catalogue: Catalogue
    words: Words
    scales: tuple[Series, ...]

    def visits(self, *, has_items: bool) -> Iterator[_Dated]:
        """Yield each visit with its totals, and below it the levels where they are asked for."""
        columns = [self._totals(series) for series in self.scales]
        for visit in self.trend.record.visits:
            when = visit.facts.date
            yield when, TwinRow(visit.id, self._visit(visit, columns))
            for sheet in visit.sheets if has_items else ():
                if sheet.answers:
                    yield when, self._across(when, self._items(sheet), visit.id)

    def measures(self) -> Iterator[_Dated]:
        """Yield what was measured, one row a day."""
        words = self.words
        for when, group in groupby(self.trend.record.measures, key=_dated_on):
            told = (
                words(
                    N_("{title}: {value}"),
                    title=measure_title(one.facts, words),
                    value=measured_words(one.facts, words),
                )
                for one in group
            )
            yield when, self._across(when, words.dotted(told))

    def events(self) -> Iterator[_Dated]:
        """Yield what happened."""
        for event in self.trend.record.events:
            yield event.facts.date, self._across(event.facts.date, self._event(event))

    def findings(self) -> Iterator[_Dated]:
        """Yield what was looked for and found, with the next look while it is awaited."""
        record, day = self.trend.record, self.trend.as_of
        for finding in record.findings:
            told = finding_words(finding, record, day, self.words)
            yield finding.facts.date, self._across(finding.facts.date, told)

    def sequelae(self) -> Iterator[_Dated]:
        """Yield what was seen of lasting troubles, one row a day."""
        words = self.words
        for when, group in groupby(self.trend.record.sequelae, key=_dated_on):
            told = (sequela_words(one.facts, words) for one in group)
            yield when, self._across(when, words.dotted((words(N_("Lasting troubles")), *told)))

    def changes(self) -> Iterator[_Dated]:
        """Yield what is dated about the treatments, what is planned among it.

        The last weight stands beside a dose that goes by it.
        """
        day, words = self.trend.last_day, self.words
        weights = weights_of(self.trend.record, day)
        for treatment in self.trend.treatments:
            for change in changes_of(treatment):
                weight = beside_dose(change.run, weights, day, words) if change.run else ""
                told = change_words(change, day, words, weight)
                yield change.when, self._across(change.when, told)

    def undated(self) -> Iterator[TwinRow]:
        """Yield the treatments that have a start, or steps, of which no day is known."""
        for treatment in self.trend.treatments:
            if treatment.facts.start is None:
                yield self._across(None, self._undated(treatment))

    def _totals(self, series: Series) -> dict[str, str]:
        definition = self.catalogue.find(series.scale)
        return {point.visit: _total(definition, point, self.words) for point in series.points}

    def _visit(self, visit: Visit, columns: Iterable[dict[str, str]]) -> tuple[str, ...]:
        words = self.words
        return (
            words.short_date(visit.facts.date),
            or_not_recorded(visit.facts.time, words),
            words(N_("Visit")),
            or_not_recorded(visit.facts.rater, words),
            *(column.get(visit.id, words(N_("not scored"))) for column in columns),
        )

    def _items(self, sheet: Sheet) -> str:
        definition, words = self.catalogue.find(sheet.scale), self.words
        told = (
            words(
                N_("{item}: {answer}"),
                item=key_words(definition, key, words),
                answer=answer_words(sheet.answers.get(key), words),
            )
            for key in definition.keys
        )
        scale = words(definition.short_title)
        return words(N_("{scale}, items: {items}"), scale=scale, items=words.clauses(told))

    def _event(self, event: Event) -> str:
        words = self.words
        return words.dotted(
            (
                event_title(event, words),
                event_span_words(event.facts.date, event.facts.stop, words),
                author_words(event, words),
                event_note(event),
            )
        )

    def _undated(self, treatment: Treatment) -> str:
        words, day = self.words, self.trend.last_day
        name, dates = agent_name(treatment, words), treatment_span_words(treatment, day, words)
        doses = (dose_words(run.step, words) for run in runs_of(treatment) if run.start is None)
        return words.dotted((words(N_("{agent}: {dates}"), agent=name, dates=dates), *doses))

    def _across(self, when: PartialDate | None, told: str, visit: str = "") -> TwinRow:
        behind = ("",) * (1 + len(self.scales))
        return TwinRow(visit, (self.words.short_date(when), "", told, *behind), is_across=True)


def _dated_on(one: Measure | Sequela) -> PartialDate:
    return one.facts.date


def _total(definition: Definition, point: Point, words: Words) -> str:
    if point.total is None:
        told = missing_words(definition, point.missing, point.reasons, words)
    else:
        told = bare_total(point.total, words, is_typed=point.typed)
    return words.dotted((told, version_words(point.version, words)))
