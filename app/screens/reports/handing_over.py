"""Handing over one patient: one file with the tables of nobody else."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.errors import N_, UserError
from app.records.actions import Action
from app.screens.desk import Desk
from app.screens.reports.page import ReportsPage
from app.screens.reports.view import safe_name

_DONE = N_(
    "This patient is in the file {name}. It is not encrypted. Another unit reads it in under "
    "Your data."
)


class HandingOver(QObject):
    """Asks for the file, writes it, and notes who took it out."""

    def __init__(self, desk: Desk, page: ReportsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._patient = ""
        page.hand_over_requested.connect(self._on_hand_over_requested)

    def begin(self, patient: str) -> None:
        """Know whose page is shown."""
        self._patient = patient

    @Slot()
    def _on_hand_over_requested(self) -> None:
        desk, words = self._desk, self._desk.words
        facts = desk.store.patients.get(self._patient).facts
        name = words(N_("{identifier}-tables.zip"), identifier=safe_name(facts.patient_id))
        title = words(N_("Hand over this patient as a file"))
        desk.ask.save_path(self._page, title, name, "ZIP (*.zip)", self._write)

    def _write(self, file: Path) -> None:
        from app.exchange.exporting import export_patient  # noqa: PLC0415 - seldom needed

        desk = self._desk
        try:
            desk.store.users.check_may(Action.HAND_OVER)
            export_patient(desk.store, desk.catalogue, file, self._patient)
        except UserError as problem:
            self._page.message.show_problem(desk.words.error(problem))
        else:
            self._page.message.show_note(desk.words(_DONE, name=file.name))
            desk.note_seen(Action.HAND_OVER, self._patient)
