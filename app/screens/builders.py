"""Which control is built for which place, at the first visit to the place.

What a screen needs is imported then, so that the window opens fast; what the first chart needs
is the most, and is loaded beside the painted list.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from app.screens.desk import Desk
from app.screens.patients.control import PatientsControl
from app.screens.places import (
    ChartPlace,
    CohortPlace,
    ComparisonPlace,
    DataPlace,
    DuePlace,
    ErasingPlace,
    FamilyReportPlace,
    HelpPlace,
    HistoryPlace,
    MarkedPlace,
    NewKeyPlace,
    PatientFormPlace,
    PatientsPlace,
    PeoplePlace,
    ReportsPlace,
    SettingsPlace,
    SignedVisitPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.screen import Screen
from app.signs import CAUTION


def _due(desk: Desk) -> Screen:
    from app.screens.due.control import DueControl  # noqa: PLC0415 - when needed

    return DueControl(desk)


def _cohort(desk: Desk) -> Screen:
    from app.screens.cohort.control import CohortControl  # noqa: PLC0415 - when needed

    return CohortControl(desk)


def load_for_charts() -> None:
    """Load what the first chart needs, so that it does not wait; safe on any thread."""
    import_module("app.screens.chart.control")
    lettering = import_module("app.lettering")
    for weight in (lettering.Weight.REGULAR, lettering.Weight.BOLD):
        lettering.width_of(CAUTION, 1.0, weight)  # reads the tables of the fonts


def _chart(desk: Desk) -> Screen:
    from app.screens.chart.control import ChartControl  # noqa: PLC0415 - at the first chart

    return ChartControl(desk)


def _visit(desk: Desk) -> Screen:
    from app.screens.visit.control import VisitControl  # noqa: PLC0415 - at the first visit

    return VisitControl(desk)


def _signed_visit(desk: Desk) -> Screen:
    from app.screens.signed_visit.control import SignedVisitControl  # noqa: PLC0415 - as above

    return SignedVisitControl(desk)


def _comparison(desk: Desk) -> Screen:
    from app.screens.comparison.control import ComparisonControl  # noqa: PLC0415 - when needed

    return ComparisonControl(desk)


def _treatments(desk: Desk) -> Screen:
    from app.screens.treatments.control import TreatmentsControl  # noqa: PLC0415 - when needed

    return TreatmentsControl(desk)


def _family_report(desk: Desk) -> Screen:
    from app.screens.family_report.control import FamilyReportControl  # noqa: PLC0415 - as above

    return FamilyReportControl(desk)


def _reports(desk: Desk) -> Screen:
    from app.screens.reports.control import ReportsControl  # noqa: PLC0415 - at the first page

    return ReportsControl(desk)


def _patient_form(desk: Desk) -> Screen:
    from app.screens.patient_form.control import PatientFormControl  # noqa: PLC0415 - as above

    return PatientFormControl(desk)


def _history(desk: Desk) -> Screen:
    from app.screens.history.control import HistoryControl  # noqa: PLC0415 - when needed

    return HistoryControl(desk)


def _settings(desk: Desk) -> Screen:
    from app.screens.settings.control import SettingsControl  # noqa: PLC0415 - when needed

    return SettingsControl(desk)


def _your_data(desk: Desk) -> Screen:
    from app.screens.your_data.control import DataControl  # noqa: PLC0415 - when needed

    return DataControl(desk)


def _people(desk: Desk) -> Screen:
    from app.screens.people.control import PeopleControl  # noqa: PLC0415 - when needed

    return PeopleControl(desk)


def _marked(desk: Desk) -> Screen:
    from app.screens.marked.control import MarkedControl  # noqa: PLC0415 - when needed

    return MarkedControl(desk)


def _new_key(desk: Desk) -> Screen:
    from app.screens.new_key.control import NewKeyControl  # noqa: PLC0415 - when needed

    return NewKeyControl(desk)


def _erasing(desk: Desk) -> Screen:
    from app.screens.erasing.control import ErasingControl  # noqa: PLC0415 - once in many years

    return ErasingControl(desk)


def _help(desk: Desk) -> Screen:
    from app.screens.help.control import HelpControl  # noqa: PLC0415 - when needed

    return HelpControl(desk)


BUILDERS: Mapping[type, Callable[[Desk], Screen]] = {
    PatientsPlace: PatientsControl,
    DuePlace: _due,
    CohortPlace: _cohort,
    PatientFormPlace: _patient_form,
    ChartPlace: _chart,
    VisitPlace: _visit,
    SignedVisitPlace: _signed_visit,
    ComparisonPlace: _comparison,
    TreatmentsPlace: _treatments,
    FamilyReportPlace: _family_report,
    ReportsPlace: _reports,
    HistoryPlace: _history,
    SettingsPlace: _settings,
    DataPlace: _your_data,
    PeoplePlace: _people,
    MarkedPlace: _marked,
    NewKeyPlace: _new_key,
    ErasingPlace: _erasing,
    HelpPlace: _help,
}
"""Which control shows which place; what a screen needs is imported when it is first shown."""
