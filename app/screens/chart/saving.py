"""Takes out what the chart shows: as a picture in a file, or as text on the clipboard."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice

from app.drawing.sheet import Stretch
from app.errors import N_, UserError
from app.exchange.course_text import course_text
from app.language import isolated
from app.palette import load_palette
from app.records.actions import Action
from app.records.file.files import disk_guard
from app.records.file.outside import write_outside
from app.reports.picture import SIZE, PictureKind, kind_of, vector_picture
from app.screens.chart.page import ChartPage
from app.screens.chart.view import ChartView
from app.screens.desk import Desk
from app.screens.identity import identity
from app.trends.figure import Figure
from app.trends.model import Trend
from widgets import clipboard
from widgets.plot import picture

_COPIED = N_(
    "Copied as a table. The clipboard is not encrypted, and is emptied when this window is "
    "locked or closed."
)
_KINDS = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"


class _Wanted(Struct, frozen=True):
    """What is saved: whose course, its figure, and the stretch in view."""

    patient: str
    figure: Figure
    heading: str
    stretch: Stretch


class PictureSaving:
    """Asks for a file's name and writes the picture: every scale in full, the stretch in view."""

    def __init__(self, desk: Desk, page: ChartPage) -> None:
        self._desk = desk
        self._page = page
        self._wanted: _Wanted | None = None

    def ask(self, patient: str) -> None:
        """Ask where; the picture is of what is shown now, whatever comes meanwhile."""
        desk, view = self._desk, self._page.plot.view
        facts = desk.store.patients.get(patient).facts
        if view is None:
            self._page.message.show_problem(desk.words(N_("There is nothing to draw yet.")))
            return
        who = identity(facts, desk.words, desk.clock.today())
        heading = desk.words.dotted((isolated(who.name), who.facts))
        figure, stretch = replace(view.figure, chosen=()), Stretch(view.window, view.ticks)
        self._wanted = _Wanted(patient, figure, heading, stretch)
        name = f"course-{desk.clock.today().isoformat()}.png"
        title = desk.words(N_("Save a picture"))
        desk.ask.save_path(self._page, title, name, _KINDS, self._save)

    def _save(self, path: Path) -> None:
        words, message = self._desk.words, self._page.message
        if self._wanted is None:
            return
        try:
            content = _content(kind_of(path), self._wanted)
            with disk_guard(path):
                write_outside(path, content)
        except UserError as problem:
            message.show_problem(words.error(problem))
            return
        note = N_("Saved as {name}. The file is not encrypted.")
        message.show_note(words(note, name=path.name))
        self._desk.note_seen(Action.PRINT, self._wanted.patient)


def _content(kind: PictureKind, wanted: _Wanted) -> bytes:
    light = load_palette("light")
    if kind is not PictureKind.PNG:
        return vector_picture(kind, wanted.figure, light, wanted.heading, wanted.stretch)
    image = picture(wanted.figure, light, SIZE, wanted.heading, wanted.stretch)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes a str, its stubs bytes
    return bytes(buffer.data().data())


def copy_course(desk: Desk, page: ChartPage, trend: Trend, view: ChartView) -> None:
    """Put the table as it stands on the clipboard; that it was taken out is noted."""
    if view.table is None:
        return
    clipboard.put(course_text(trend, view.table, view.notes, desk.words))
    desk.note_seen(Action.PRINT, trend.record.patient.id)
    page.message.show_note(desk.words(_COPIED))
