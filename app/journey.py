"""The demo journey for a machine without a display: one visit, from the list to the pages.

Everything is done as a person would do it, by clicks and keys on what the screens show, and a
picture of every screen is kept.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from app.clock import SystemClock
from app.data_folder import data_folder
from app.errors import N_, Bug
from app.journey_stage import SIZE, Answering, Stage, unhurried
from app.language import words
from app.palette import load_palette
from app.paths import make_private
from app.running import Running, application
from app.screens.identity import identity
from app.screens.places import ReportsPlace, SettingsPlace, TreatmentsPlace
from app.start import chart_picture
from app.trends.compose import FigureOptions, compose
from app.trends.since import trend_of

PATIENT = "DEMO-1"
CHART_SIZE = (1600, 1000)


def play(out: Path) -> int:
    """Play the journey into a folder and name each file on standard output; return 0."""
    make_private(out)
    with TemporaryDirectory(prefix="oms-bedside-new-") as name, _stage(Path(name), out) as stage:
        stage.picture("opening")
    with data_folder(None, SystemClock(), is_demo=True) as folder, _stage(folder, out) as stage:
        _score(stage)
        _print(stage)
        _draw(stage)
    return 0


@contextmanager
def _stage(folder: Path, out: Path) -> Iterator[Stage]:
    app = application(is_unseen=True)
    ask = Answering(words(), out)
    running = Running(app, folder, SystemClock(), is_demo=True, ask=ask)
    running.guard.ticks = unhurried()
    running.start()
    running.window.resize(SIZE)
    running.window.show()
    try:
        yield Stage(app, running, ask, out)
    finally:
        running.stop()


def _score(stage: Stage) -> None:
    """Find the published case, score a visit, sign it, and come back to the chart."""
    before = _visits(stage)
    stage.picture("patients")
    stage.type_into("Search patients", PATIENT)
    stage.press(Qt.Key.Key_Return)
    stage.click("Start visit")
    stage.click("Eyes (opsoclonus) 0")
    stage.click("Jerks (myoclonus) 0")
    for _ in range(3):
        stage.press(Qt.Key.Key_0)
    stage.picture("sheet")
    stage.click("+ OMS scale")
    stage.picture("guided")
    stage.click("Summary")
    stage.picture("summary")
    stage.click("Sign visit")
    stage.picture("chart")
    if _visits(stage) != before + 1:
        raise Bug(N_("The journey's visit was not signed."))


def _visits(stage: Stage) -> int:
    store = stage.running.desk.store
    return len(store.record(store.patients.by_patient_id(PATIENT).id).visits)


def _print(stage: Stage) -> None:
    """Show the other screens and save both pages."""
    desk = stage.running.desk
    patient = desk.store.patients.by_patient_id(PATIENT).id
    desk.navigation.go(TreatmentsPlace(patient))
    stage.picture("treatments")
    for kind in ("physician", "family"):
        desk.navigation.go(ReportsPlace(patient, kind))
        stage.save("Save as PDF", f"{kind}.pdf")
        stage.picture(f"reports-{kind}")
    desk.navigation.go(SettingsPlace())
    stage.picture("settings")


def _draw(stage: Stage) -> None:
    """Draw the course as the chart screen shows it."""
    desk = stage.running.desk
    record = desk.store.record(desk.store.patients.by_patient_id(PATIENT).id)
    trend = trend_of(record, desk.catalogue, desk.clock.today(), desk.settings().baseline_days)
    figure = compose(trend, desk.catalogue, desk.words, FigureOptions())
    who = identity(record.patient.facts, desk.words, trend.as_of)
    heading = desk.words.dotted((who.name, who.facts))
    stage.keep(
        "chart.png", chart_picture(figure, load_palette("light"), *CHART_SIZE, heading=heading)
    )


if __name__ == "__main__":
    sys.exit(play(Path(sys.argv[1])))
