"""Commands on one patient's course: numbers, picture, pages."""

from pathlib import Path

from msgspec.structs import replace

from app.cli.answer import Answer, check_suffix, lines, write_file
from app.cli.given import Given
from app.cli.opening import opened
from app.cli.window import start
from app.errors import N_, UserError
from app.exchange.trend_json import trend_json
from app.language import isolated, words
from app.palette import load_palette
from app.records.actions import Action
from app.reports.making import PageChoice, PageKind, page_pdf
from app.reports.picture import SIZE, PictureKind, kind_of, vector_picture
from app.reports.visit_text import VisitContent, visit_text
from app.screens.identity import identity
from app.settings import Paper
from app.trends.compose import FigureOptions, compose
from app.trends.figure import AxisKind
from app.trends.model import Trend


def trend(given: Given, patient_id: str) -> Answer:
    """Tell a patient's series and what happened since each treatment start, as JSON."""
    records = opened(given)
    course = records.trend(patient_id)
    records.note(Action.OPEN_PATIENT, course.record.patient.id)
    return Answer(trend_json(course))


def chart(given: Given, patient_id: str, out: Path, axis: str) -> Answer:
    """Draw the screen's figure into a picture: as dots, or as lines and letters."""
    kind = kind_of(out)
    records = opened(given)
    course = records.trend(patient_id)
    catalogue = records.catalogue
    _check_drawable(course)
    records.note(Action.PRINT, course.record.patient.id)
    figure = compose(course, catalogue, words(), _options(axis))
    light = load_palette("light")
    if kind is PictureKind.PNG:
        picture = start().chart_picture(figure, light, *SIZE, _heading(course))
    else:
        picture = vector_picture(kind, figure, light, _heading(course))
    write_file(out, picture)
    return _written(out)


def report(given: Given, kind: str, patient_id: str, out: Path, paper: str | None) -> Answer:
    """Make a page as PDF, on the unit's paper unless another is named."""
    check_suffix(out, ".pdf")
    records = opened(given)
    course = records.trend(patient_id)
    settings = records.store.settings.load()
    catalogue = records.catalogue
    patient = course.record.patient.id
    choice = PageChoice(PageKind(kind), entry=records.store.history.newest(patient))
    records.note(Action.PRINT, patient)
    if paper is not None:
        settings = replace(settings, paper=Paper(paper))
    write_file(out, page_pdf(choice, course, catalogue, settings, words()))
    return _written(out)


def visit(given: Given, visit_id: str) -> Answer:
    """Tell a visit as plain lines, the latest signed version, or the draft where none is."""
    records = opened(given)
    store = records.store
    found = store.visits.by_visit_id(visit_id)
    # Who is marked as entered in error is refused as everywhere.
    patient = store.patients.by_patient_id(store.patients.get(found.patient).facts.patient_id)
    content = VisitContent(
        visit=found,
        measures=store.measures.of_visit(found.id),
        record=store.record(patient.id),
        catalogue=records.catalogue,
    )
    records.note(Action.PRINT, patient.id)
    return Answer(visit_text(content, words()))


def _options(axis: str) -> FigureOptions:
    if axis in (AxisKind.DATE, AxisKind.AGE):
        return FigureOptions(axis=AxisKind(axis))
    if not axis:
        raise UserError(N_("--axis is date, age or a treatment id."))
    return FigureOptions(axis=AxisKind.SINCE, treatment_id=axis)


def _heading(course: Trend) -> str:
    who = identity(course.record.patient.facts, words(), course.as_of)
    return words().dotted((isolated(who.name), who.facts))


def _check_drawable(course: Trend) -> None:
    record = course.record
    if not (record.visits or record.treatments or record.events):
        raise UserError(N_("There is nothing to draw yet for this patient."))


def _written(out: Path) -> Answer:
    return Answer(lines(words()(N_("Written: {path}"), path=out)))
