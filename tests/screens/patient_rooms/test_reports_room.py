"""Pages on a real store: the preview is the document, and print and save are never stale."""

import errno
import os
import weakref
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter

from app.clock import shown_on
from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.model import Changes, EventFacts, TreatmentFacts
from app.reports.making import PageKind
from app.reports.preview import page_pixels
from app.screens.places import PatientsPlace, ReportsPlace
from app.screens.reports import control as control_module
from app.screens.reports.control import ReportsControl
from app.settings import Paper, Settings
from tests.builders import replace
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts


@pytest.fixture
def room(rooms: RoomBench) -> Iterator[ReportsControl]:
    """Return a reports screen that is shown; it is gone after the test."""
    control = ReportsControl(rooms.desk)
    rooms.show(control)
    yield control
    control.page.close()
    control.page.deleteLater()


def _words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def _made(room: ReportsControl) -> bytes:
    assert room._made is not None
    return room._made.pdf


def _is_blank(image: QImage) -> bool:
    small = image.scaled(60, 80)
    return len({small.pixel(x, y) for x in range(60) for y in range(80)}) < 3


def test_the_preview_is_the_document(rooms: RoomBench, room: ReportsControl) -> None:
    """As many pictures as pages, none of them blank."""
    room.open(ReportsPlace(rooms.course().id))
    assert "Making the page…" in texts(room.page)
    rooms.tasks.finish()
    assert room.page.preview.page_count == len(PdfReader(BytesIO(_made(room))).pages)
    assert not any(_is_blank(image) for _label, image in room.page.preview._pages)
    assert "Amira Haddad" in _words(_made(room))


def test_the_pages_stand_on_the_day_that_is_asked_for(rooms: RoomBench) -> None:
    """What lies after it is not on them."""
    desk = replace(rooms.desk, clock=shown_on(date(2026, 1, 10), rooms.clock))
    room = ReportsControl(desk)
    rooms.show(room)
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    told = _words(_made(room))
    assert "As of 10 January 2026" in told
    assert "5 Jan 2026" in told
    assert "20 Jan 2026" not in told
    room.page.deleteLater()


def test_the_pages_fit_the_room_and_stay_still(rooms: RoomBench, room: ReportsControl) -> None:
    """The pictures are as wide as there is room, at every width of the window."""
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    settle()
    label = room.page.preview._pages[0][0]
    narrow = label.pixmap().width()
    assert label.isVisibleTo(room.page)
    room.page.resize(1920, 1080)
    settle()
    assert room.page.preview._pages[0][0] is label
    assert label.pixmap().width() > narrow


def test_kind_and_paper_are_chosen(rooms: RoomBench, room: ReportsControl) -> None:
    """Each choice makes the page anew."""
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    physician = _made(room)
    room.page.kind_chosen.emit(PageKind.FAMILY)
    room.page.paper_chosen.emit(Paper.LETTER)
    rooms.tasks.finish()
    box = PdfReader(BytesIO(_made(room))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)
    assert "How Amira is doing" in _words(_made(room))
    assert _made(room) != physician


def test_the_family_page_is_opened_straight(rooms: RoomBench, room: ReportsControl) -> None:
    """A place can name the kind of page."""
    room.open(ReportsPlace(rooms.course().id, "family"))
    rooms.tasks.finish()
    assert room.page.kind.value == "family"
    assert room.page.next_visit.isVisibleTo(room.page)


def test_saving_waits_for_the_next_visit_just_typed(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path
) -> None:
    """Typing and pressing Save at once saves what was typed."""
    rooms.ask.path = tmp_path / "page.pdf"
    room.open(ReportsPlace(rooms.course().id, "family"))
    rooms.tasks.finish()
    room.page.next_visit.edit.setText("25 February 2026, 10:00")
    room.page.save_button.click()
    assert not rooms.ask.path.exists()
    rooms.tasks.finish()
    assert "25 February 2026, 10:00" in _words(rooms.ask.path.read_bytes())
    assert rooms.ask.path.read_bytes() == _made(room)
    assert room.page.message.text == "Saved as page.pdf. The file is not encrypted."
    assert rooms.ask.offered_name == "40-1187-family-2026-01-28.pdf"


def test_saving_while_the_page_is_being_made_waits_for_it(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path
) -> None:
    """One press is enough, and the page is made once."""
    rooms.ask.path = tmp_path / "page.pdf"
    room.open(ReportsPlace(rooms.course().id))
    room.page.save_button.click()
    assert len(rooms.tasks.begun) == 1
    rooms.tasks.finish()
    assert rooms.ask.path.exists()


def test_a_typed_next_visit_is_shown_once_it_is_finished(
    rooms: RoomBench, room: ReportsControl
) -> None:
    """Leaving the field without a change makes nothing anew."""
    room.open(ReportsPlace(rooms.course().id, "family"))
    rooms.tasks.finish()
    room.page.next_visit.finished.emit("")
    assert rooms.tasks.begun == []
    room.page.next_visit.set_text("Monday")
    room.page.next_visit.finished.emit("Monday")
    rooms.tasks.finish()
    assert "Monday" in _words(_made(room))


@pytest.mark.parametrize("place", ["missing/page.pdf", "."])
def test_a_place_that_takes_no_file_is_told(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path, place: str
) -> None:
    """One sentence, and the page is still there to be saved elsewhere."""
    rooms.ask.path = tmp_path / place
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    room.page.save_button.click()
    assert "try again" in room.page.message.text
    assert room.page.preview.page_count > 0


def test_a_full_disk_is_told(
    rooms: RoomBench, room: ReportsControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence of the disk stands on the screen."""

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(control_module, "write_outside", full)
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    room.page.save_button.click()
    assert room.page.message.text.startswith("The disk is full.")


def test_a_page_prints_every_page_at_its_size(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path
) -> None:
    """The printer gets the same pages, drawn edge to edge."""
    patient = rooms.course()
    for day in range(1, 29):
        rooms.store.events.add(
            patient.id, EventFacts(date=PartialDate(2025, 12, day), kind="fever")
        )
    room.open(ReportsPlace(patient.id))
    room.page.print_button.click()
    rooms.tasks.finish()
    assert rooms.ask.on_printer is not None
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    rooms.ask.on_printer(printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(PdfReader(BytesIO(printed)).pages) > 1
    assert len(PdfReader(BytesIO(printed)).pages) == len(PdfReader(BytesIO(_made(room))).pages)
    page = next(page_pixels(printed, 200))
    assert len(set(page.pixels)) > 10
    assert room.page.message.text == "Sent to the printer."


def test_a_page_that_leaves_the_screen_is_noted(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path
) -> None:
    """Saved and printed pages are looks at their patient; where that fails it is said, no more."""
    patient = rooms.course()
    rooms.ask.path = tmp_path / "page.pdf"
    said: list[str] = []
    rooms.news.noted.connect(said.append)
    room.open(ReportsPlace(patient.id))
    room.page.save_button.click()
    rooms.tasks.finish()
    room.page.print_button.click()
    assert rooms.ask.on_printer is not None
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    rooms.ask.on_printer(printer)
    told = [("seen.print", patient.id)] * 2
    assert [(one.action, one.patient) for one in rooms.store.seen.all()] == told
    assert said == []
    rooms.store._database.execute("PRAGMA query_only = ON")
    room.page.save_button.click()
    rooms.store._database.execute("PRAGMA query_only = OFF")
    assert said == ["“Make a page” could not be noted in the records: they cannot be written to."]
    assert room.page.message.text == "Saved as page.pdf. The file is not encrypted."


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(rooms: RoomBench, room: ReportsControl) -> None:
    """A printer that cannot begin gives one sentence."""
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    room.page.print_button.click()
    assert rooms.ask.on_printer is not None
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName("/nowhere/at/all/page.pdf")
    rooms.ask.on_printer(printer)
    assert room.page.message.text == (
        "The printer did not take the page. Please check it and try again."
    )


def test_an_answer_that_comes_after_leaving_does_nothing(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path
) -> None:
    """A dialog that is answered late neither prints nor saves another patient's page."""
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    room.leave()
    room._save(tmp_path / "late.pdf")
    room._print(QPrinter())
    assert not (tmp_path / "late.pdf").exists()


def test_another_patient_clears_everything(rooms: RoomBench, room: ReportsControl) -> None:
    """Neither page, name, message nor the next visit of the patient before stays."""
    first = rooms.course()
    room.open(ReportsPlace(first.id, "family"))
    rooms.tasks.finish()
    room.page.next_visit.set_text("Monday with Amira")
    room.page.message.show_problem("something of Amira")
    room.open(ReportsPlace(rooms.patient("40-1200", "Jonas").id))
    assert room.page.banner.name == "Jonas Haddad"
    assert room.page.next_visit.text == ""
    assert room.page.preview.page_count == 0
    assert not any("Amira" in text for text in texts(room.page))
    rooms.tasks.finish()
    assert "Amira" not in _words(_made(room))


def test_a_page_begun_for_another_patient_is_never_shown(
    rooms: RoomBench, room: ReportsControl
) -> None:
    """Work that ends late is not delivered."""
    room.open(ReportsPlace(rooms.course().id))
    late = rooms.tasks.begun[0]
    room.open(ReportsPlace(rooms.course("40-1200", "Jonas").id))
    late.do()
    assert room.page.preview.page_count == 0


def test_coming_back_keeps_the_next_visit(rooms: RoomBench, room: ReportsControl) -> None:
    """A look at the chart does not cost what was typed."""
    patient = rooms.course()
    room.open(ReportsPlace(patient.id, "family"))
    room.page.next_visit.set_text("Monday")
    room.leave()
    room.open(ReportsPlace(patient.id, "family"))
    rooms.tasks.finish()
    assert "Monday" in _words(_made(room))


def test_the_recorded_next_visit_stands_ready_to_be_completed(
    rooms: RoomBench, room: ReportsControl
) -> None:
    """It follows the record until somebody writes something else, which then stays."""
    patient = rooms.course()
    rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2, 25))
    room.open(ReportsPlace(patient.id, "family"))
    assert room.page.next_visit.text == "25 February 2026"
    rooms.tasks.finish()
    assert "25 February 2026" in _words(_made(room))
    room.leave()
    rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 3))
    room.open(ReportsPlace(patient.id, "family"))
    assert room.page.next_visit.text == "March 2026"
    room.page.next_visit.set_text("March, Monday")
    room.leave()
    rooms.store.patients.set_next_visit(patient.id, None)
    room.open(ReportsPlace(patient.id, "family"))
    assert room.page.next_visit.text == "March, Monday"


def test_the_page_follows_the_record_and_the_settings(
    rooms: RoomBench, room: ReportsControl
) -> None:
    """News of the patient or the unit makes the page anew; that of others does not."""
    patient = rooms.course()
    room.open(ReportsPlace(patient.id))
    rooms.tasks.finish()
    rooms.desk.news.tell(Changes(frozenset({"visits"}), frozenset({"somebody else"})))
    assert rooms.tasks.begun == []
    rooms.store.settings.save(replace(Settings(), site="St Elsewhere"))
    rooms.desk.news.tell(Changes(frozenset({"unit_settings"}), frozenset()))
    rooms.tasks.finish()
    assert "St Elsewhere" in _words(_made(room))
    rooms.signed(patient, PartialDate(2026, 1, 27), 0)
    rooms.desk.news.tell(Changes(frozenset({"visits"}), frozenset({patient.id})))
    rooms.tasks.finish()
    assert "27 Jan 2026" in _words(_made(room))


def test_a_page_that_cannot_be_made_says_why(
    rooms: RoomBench, room: ReportsControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence stands on the screen; a fault of ours is not swallowed."""

    def refuse(*_values: object) -> bytes:
        raise UserError(N_("The fonts are missing."))

    monkeypatch.setattr("app.screens.reports.output.page_pdf", refuse)
    room.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    assert room.page.message.text == "The fonts are missing."
    assert "Making the page…" not in texts(room.page)
    with pytest.raises(ZeroDivisionError):
        room._on_failed(ZeroDivisionError())


def test_a_patient_entered_in_error_has_no_page(rooms: RoomBench, room: ReportsControl) -> None:
    """Nothing is made, printed or saved."""
    patient = rooms.course()
    rooms.store.patients.mark_error(patient.id, "twice")
    room.open(ReportsPlace(patient.id))
    assert rooms.tasks.begun == []
    assert not room.page.print_button.isEnabled()
    assert not room.page.save_button.isEnabled()


def test_hard_names_appear_unchanged_on_the_page(rooms: RoomBench, room: ReportsControl) -> None:
    """Markup in a name is printed, not obeyed."""
    room.open(ReportsPlace(rooms.course("40-9", '<b>A&B</b> "x"').id))
    rooms.tasks.finish()
    assert '<b>A&B</b> "x" Haddad' in _words(_made(room))


def test_back_leads_back(rooms: RoomBench, room: ReportsControl) -> None:
    """The banner's arrow asks the navigation."""
    room.page.banner.back_requested.emit()
    assert rooms.went == [PatientsPlace()]


def test_everything_that_takes_the_focus_has_a_name(
    rooms: RoomBench, room: ReportsControl
) -> None:
    """Choices, field, buttons and preview speak to a screen reader."""
    room.open(ReportsPlace(rooms.course().id, "family"))
    rooms.tasks.finish()
    settle()
    assert nameless(room.page) == []


def test_a_dropped_screen_is_freed(rooms: RoomBench) -> None:
    """Nothing that is connected keeps the page alive."""
    control = ReportsControl(rooms.desk)
    control.open(ReportsPlace(rooms.course().id))
    rooms.tasks.finish()
    gone = weakref.ref(control.page)
    control.page.deleteLater()
    del control
    settle()
    assert gone() is None


def test_what_is_planned_is_printed_only_where_it_is_ticked(
    rooms: RoomBench, room: ReportsControl
) -> None:
    """The tick stands for one patient; the next one begins without it."""
    patient, other = rooms.course(), rooms.course("40-2000", "Ben")
    for each in (patient, other):
        facts = TreatmentFacts(agent="rituximab", start=PartialDate(2026, 2, 10))
        rooms.store.treatments.add(each.id, facts)
    room.open(ReportsPlace(patient.id, "family"))
    rooms.tasks.finish()
    assert room.page.planned.isVisibleTo(room.page)
    assert "planned" not in _words(_made(room))
    room.page.planned.click()
    rooms.tasks.finish()
    assert "may change" in _words(_made(room))
    room.page.kind_chosen.emit(PageKind.PHYSICIAN)
    rooms.tasks.finish()
    assert not room.page.planned.isVisibleTo(room.page)
    room.open(ReportsPlace(other.id, "family"))
    rooms.tasks.finish()
    assert not room.page.planned.isChecked()
    assert "planned" not in _words(_made(room))


def test_a_physician_hands_a_patient_over(
    rooms: RoomBench, room: ReportsControl, tmp_path: Path
) -> None:
    """As one file with no name of a person; noted as that, and told as not encrypted."""
    patient = rooms.course()
    rooms.patient("40-2", "Tom")
    room.open(ReportsPlace(patient.id))
    assert not room.page.hand_over.isVisibleTo(room.page)
    let_do_everything(rooms.store)
    room.open(ReportsPlace(patient.id))
    rooms.ask.path = tmp_path / "tables.zip"
    room.page.hand_over.click()
    assert rooms.ask.offered_name == "40-1187-tables.zip"
    assert "not encrypted" in room.page.message.text
    with ZipFile(rooms.ask.path) as archive:
        told = archive.read("patients.csv").decode()
    assert told.splitlines()[1].startswith("40-1187,Amira,")
    assert "Tom" not in told
    look = rooms.store.seen.all()[-1]
    assert (look.action, look.patient) == ("seen.hand_over", patient.id)
    rooms.ask.path = tmp_path / "nowhere" / "tables.zip"
    room.page.hand_over.click()
    assert "cannot be written" in room.page.message.text
