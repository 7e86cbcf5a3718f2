"""The command on all patients side by side: numbers, a table to read, tables without names."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from app.cli.answer import Answer, check_suffix, columns, lines, write_file
from app.cli.given import Given, full_day
from app.cli.opening import Open, opened
from app.errors import N_, UserError
from app.exchange.cohort_json import cohort_json
from app.language import words
from app.numbers import read_cell
from app.records.actions import Action
from app.records.cohort import Aligned, Asked
from app.records.narrowing import Only, whole_years
from app.settings import Paper
from app.trends.cohort import Cohort, cohort_of
from app.trends.cohort_words import (
    RECOGNISABLE,
    cohort_cautions,
    cohort_title,
    narrowed_words,
    relapse_time_words,
    scale_caution,
    value_cells,
    zero_words,
)

_NOBODY = N_("Nobody in these records has a first start of “{agent}” that is known to the day.")
_NOBODY_SO = N_(
    "Nobody in these records with the diagnosis “{diagnosis}” has a first start of “{agent}” that "
    "is known to the day."
)
_NOBODY_SUCH = N_(
    "Nobody in these records fits what was asked, with a first start of “{agent}” that is known "
    "to the day. Might have fitted, were the start known to the day: {undated}; were the age at "
    "onset known: {ageless}."
)


class Way(Struct, frozen=True):
    """How a cohort is told: as a table to read, or as one of these; ``paper`` is the page's."""

    is_json: bool
    out: Path | None
    page: Path | None
    paper: str | None

    def check(self) -> None:
        """Refuse two ways at once, and what goes with none of them."""
        if self.is_json + (self.out is not None) + (self.page is not None) > 1:
            raise UserError(N_("Please give only one of --json, --out and --page."))
        if self.page is not None:
            check_suffix(self.page, ".pdf")
        elif self.paper is not None:
            raise UserError(N_("--paper goes with --page."))


def cohort(
    given: Given, agent: str, scale: str, only: Mapping[str, str | None], way: Way
) -> Answer:
    """Describe the patients who began an agent; without names where it is written to a file."""
    way.check()
    narrowed = _narrowed(only)
    records = opened(given)
    aligned = records.store.cohorts.read(Asked(agent, scale, records.today, narrowed))
    if not aligned.members:
        raise _nobody(aligned)
    if way.out is not None:
        return _exported(records, aligned, way.out)
    found = cohort_of(aligned, records.store.settings.load().baseline_days)
    if way.page is not None:
        return _paged(records, aligned.asked, found, way.page, way.paper)
    return Answer(cohort_json(found) if way.is_json else _table(records, aligned.asked, found))


def _narrowed(given: Mapping[str, str | None]) -> Only:
    """Return whom the options name; UserError where one cannot be read."""
    youngest, oldest = (_years(given[name]) for name in ("onset_from", "onset_to"))
    first, last = given["start_from"], given["start_to"]
    return Only(
        diagnosis=given["diagnosis"] or "",
        onset_from=youngest,
        onset_to=oldest,
        start_from=None if first is None else full_day("--from", first),
        start_to=None if last is None else full_day("--to", last),
    )


def _years(text: str | None) -> int | None:
    return None if text is None else whole_years(read_cell(text))


def _nobody(aligned: Aligned) -> UserError:
    """Return why nobody is in a cohort, and who might have been."""
    agent, only = aligned.asked.agent, aligned.asked.only
    if only.asks_age or only.asks_start:
        return UserError(
            _NOBODY_SUCH, agent=agent, undated=aligned.undated, ageless=aligned.ageless
        )
    diagnosis = only.diagnosis
    return UserError(_NOBODY_SO if diagnosis else _NOBODY, agent=agent, diagnosis=diagnosis)


def _exported(records: Open, aligned: Aligned, out: Path) -> Answer:
    from app.exchange.cohort_tables import CAUTION, export_cohort  # noqa: PLC0415 - only here

    records.store.users.check_may(Action.EXPORT_COHORT)
    export_cohort(aligned, out, words())
    records.note(Action.EXPORT_COHORT)
    done = words()(N_("The tables without names are in {folder}."), folder=out)
    return Answer(lines(done, words()(CAUTION)))


def _paged(records: Open, asked: Asked, found: Cohort, out: Path, paper: str | None) -> Answer:
    from app.reports.cohort import cohort_pdf  # noqa: PLC0415 - reportlab is heavy

    store, told = records.store, words()
    store.users.check_may(Action.EXPORT_COHORT)
    chosen = store.settings.load().paper if paper is None else Paper(paper)
    write_file(out, cohort_pdf(found, asked, records.catalogue, chosen, told))
    records.note(Action.EXPORT_COHORT)
    return Answer(lines(told(N_("Written: {path}"), path=out), told(RECOGNISABLE)))


def _table(records: Open, asked: Asked, found: Cohort) -> str:
    told = words()
    title = cohort_title(asked, records.catalogue, told)
    heads = (N_("Day"), N_("Observed"), N_("Median"), N_("Lower quartile"), N_("Upper quartile"))
    head = tuple(told(each) for each in heads)
    caution = scale_caution(asked, records.catalogue, told)
    cautions = (*cohort_cautions(found, told), *([caution] if caution else ()))
    return "\n".join(
        (
            lines(title, *narrowed_words(asked.only, told), *cautions),
            columns((head, *(value_cells(each, told) for each in found.summaries))),
            told(N_("Change from the baseline, in points")),
            columns((head, *(value_cells(each, told) for each in found.changes))),
            lines(*zero_words(found, told)),
            lines(*relapse_time_words(found, told)),
        )
    )
