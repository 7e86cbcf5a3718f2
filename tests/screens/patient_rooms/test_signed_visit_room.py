"""The page of a signed visit on a real store: what it shows, what it mends, where it leads."""

import gc
import weakref
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.dates import PartialDate
from app.errors import UserError
from app.language import words
from app.records.model import (
    ConfirmedQuestion,
    Patient,
    Role,
    Visit,
    VisitContext,
    VisitFacts,
    VisitState,
)
from app.reports.making import PageKind
from app.reports.visit_text import VisitContent, visit_text
from app.screens.places import (
    ComparisonPlace,
    HistoryPlace,
    PatientsPlace,
    ReportsPlace,
    SignedVisitPlace,
    VisitPlace,
)
from app.screens.signed_visit.control import SignedVisitControl
from scales.model import Key, Scored
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts
from widgets import icons

REASON = "typed for the wrong child"
DAYS = (PartialDate(2026, 1, 5), PartialDate(2026, 1, 12), PartialDate(2026, 1, 20))


@pytest.fixture
def patient(rooms: RoomBench) -> Patient:
    """Return a patient with three signed visits, at 2, 1 and 0."""
    who = rooms.patient()
    for day, level in zip(DAYS, (2, 1, 0), strict=True):
        rooms.signed(who, day, level)
    return who


@pytest.fixture
def visits(rooms: RoomBench, patient: Patient) -> tuple[Visit, ...]:
    """Return the visits, oldest first."""
    return rooms.store.record(patient.id).visits


@pytest.fixture
def reading(rooms: RoomBench, visits: tuple[Visit, ...]) -> SignedVisitControl:
    """Return the page, open on the second visit."""
    rooms.ask.reason_given = REASON
    control = SignedVisitControl(rooms.desk)
    rooms.show(control)
    control.open(SignedVisitPlace(visits[1].id))
    return control


def _now(rooms: RoomBench, visit: Visit) -> Visit:
    return rooms.store.visits.get(visit.id)


def test_it_reads_like_a_visit(reading: SignedVisitControl) -> None:
    """Whose, when, by whom, the total, each item in words and what it was."""
    told = texts(reading.page)
    for text in (
        "Amira Haddad", "Visit of 12 January 2026", "09:00 · M. Okafor", "5 of 15",
        "was 10 on 5 Jan 2026", "Eyes (opsoclonus)", "was 2", "▼ 1 lower",
        "brief bursts, only at gaze shifts or under stress", "Around the visit",
        "Nothing is recorded.",
    ):  # fmt: skip
        assert text in told
    assert any(one.startswith("Signed by M. Okafor, nurse, 28 Jan 2026") for one in told)
    assert nameless(reading.page) == []


def test_context_note_and_kept_questions_stand_below(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient
) -> None:
    """What is not recorded takes no room."""
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 25), "")
    rooms.store.visits.set_context(draft.id, VisitContext(slept="hardly", note="restless"))
    rooms.store.visits.answer(draft.id, "sara", Key("gait"), Scored(Decimal(2)))
    signed = rooms.store.visits.sign(draft.id, "x")
    reading.open(SignedVisitPlace(signed.id))
    told = texts(reading.page.around)
    assert [one for one in told if one in {"Slept", "hardly", "restless"}] == [
        "Slept", "hardly", "restless",
    ]  # fmt: skip
    assert "Questions looked at and kept" not in told


def test_a_question_that_was_kept_stands_below(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient
) -> None:
    """With the sentence that was shown then."""
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 25), "")
    rooms.store.visits.answer(draft.id, "five_feature", Key("gait"), Scored(Decimal(2)))
    sentence = "Gait went from 0 to 2 since 20 Jan 2026. Is that right?"
    kept = ConfirmedQuestion("change.gait", sentence)
    rooms.store.visits.confirm(draft.id, "five_feature", kept)
    reading.open(SignedVisitPlace(rooms.store.visits.sign(draft.id, "x").id))
    told = texts(reading.page.around)
    assert told[-2:] == ["Questions looked at and kept", sentence]


def test_amending_an_imported_visit_names_no_pages(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient
) -> None:
    """Nobody signed it here, so no page is older than a signature."""
    facts = VisitFacts("V-9", PartialDate(2026, 1, 8), "", "A. Table")
    imported = rooms.store.visits.add_imported(patient.id, facts)
    rooms.ask.reason_given = ""
    let_do_everything(rooms.store)
    reading.open(SignedVisitPlace(imported))
    reading.page.foot.amend.click()
    assert rooms.ask.told[-1].startswith("A new version opens")


def test_a_total_from_paper_stands_without_a_table(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient
) -> None:
    """And says that there is none."""
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 25), "")
    rooms.store.visits.type_total(draft.id, "sara", Decimal("9.5"))
    reading.open(SignedVisitPlace(rooms.store.visits.sign(draft.id, "x").id))
    told = texts(reading.page)
    assert "9.5 of 40, typed from paper" in told
    assert "The total was typed from paper; there are no items." in told
    assert "Gait" not in told


def test_the_longest_scale_ends_where_its_words_end(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient
) -> None:
    """No emptiness is scrolled through below it."""
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 25), "")
    for key in rooms.catalogue.find("icars").keys:
        rooms.store.visits.answer(draft.id, "icars", key, Scored(Decimal(0)))
    reading.open(SignedVisitPlace(rooms.store.visits.sign(draft.id, "x").id))
    settle()
    whole, last = reading.page.area.widget(), reading.page.around
    assert whole is not None
    end = last.mapTo(whole, last.rect().bottomLeft()).y()
    assert whole.height() - end < 100


def test_its_neighbours_are_one_press_away(
    rooms: RoomBench, reading: SignedVisitControl, visits: tuple[Visit, ...]
) -> None:
    """In place of this one, so that Back leads to the chart; at an end there is none."""
    page = reading.page
    assert (page.before.text(), page.after.text()) == (
        f"{icons.BACK} 5 Jan 2026",
        f"20 Jan 2026 {icons.ON}",
    )
    page.before.click()
    page.after.click()
    assert rooms.went == [SignedVisitPlace(visits[0].id), SignedVisitPlace(visits[2].id)]
    reading.open(SignedVisitPlace(visits[0].id))
    assert (page.before.isEnabled(), page.before.text()) == (False, f"{icons.BACK} earlier")
    assert page.before.accessibleName() == "The visit before"
    reading.open(SignedVisitPlace(visits[2].id))
    assert (page.after.isEnabled(), page.after.text()) == (False, f"later {icons.ON}")


def test_it_leads_on_and_back(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient, visits: tuple[Visit, ...]
) -> None:
    """To the comparison, the family's page, the history, and by the arrow to where one was."""
    page = reading.page
    page.foot.compare.click()
    page.print.click()
    reading.print_page()
    page.foot.history.click()
    family = ReportsPlace(patient.id, PageKind.FAMILY)
    assert rooms.went == [
        ComparisonPlace(visits[1].id), family, family, HistoryPlace(patient.id, visits[1].id),
    ]  # fmt: skip
    reading.go_back()
    assert rooms.went[-1] == family
    assert PatientsPlace() not in rooms.went


def test_the_text_goes_to_the_clipboard(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient, visits: tuple[Visit, ...]
) -> None:
    """The same lines as the command prints; it is said, and noted as taken out."""
    reading.page.foot.text.click()
    content = VisitContent(visits[1], (), rooms.store.record(patient.id), rooms.catalogue)
    assert QGuiApplication.clipboard().text() == visit_text(content, words())
    assert "clipboard is not encrypted" in reading.page.message.text
    assert [look.action for look in rooms.store.seen.all()][-1] == "seen.print"
    QGuiApplication.clipboard().clear()


def test_amending_opens_a_new_version_with_its_reason(
    rooms: RoomBench, reading: SignedVisitControl, visits: tuple[Visit, ...]
) -> None:
    """In place of this page; the signed version stays as it is."""
    reading.page.foot.amend.click()
    place = rooms.went[-1]
    assert isinstance(place, VisitPlace)
    draft = rooms.store.visits.get(place.visit)
    assert (draft.state, draft.amend_reason) == (VisitState.DRAFT, REASON)
    assert _now(rooms, visits[1]).state is VisitState.SIGNED


def test_what_an_amendment_changed_is_told_once_it_is_signed(
    rooms: RoomBench, reading: SignedVisitControl, visits: tuple[Visit, ...]
) -> None:
    """The version before is read from the store; it says of itself that it was replaced."""
    draft = rooms.store.visits.amend(visits[1].id, REASON)
    rooms.store.visits.answer(draft.id, "five_feature", Key("gait"), Scored(Decimal(3)))
    signed = rooms.store.visits.sign(draft.id, "x")
    assert "This version was amended; a newer one stands in the course." in "\n".join(
        texts(reading.page)
    )
    reading.open(SignedVisitPlace(signed.id))
    told = texts(reading.page)
    assert "Amended; it was: 1" in told
    assert "Amended; it was: 5 of 15" in told
    assert any(
        one.startswith(f"Version 2 of this visit. Why it was amended: {REASON}") for one in told
    )


def test_amending_beside_an_open_draft_is_refused_in_words(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient
) -> None:
    """One draft at a time: the sentence stands on the page."""
    rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "")
    reading.page.foot.amend.click()
    assert reading.page.message.text
    assert rooms.went == []


def test_a_visit_can_be_marked_and_the_mark_taken_back(
    rooms: RoomBench, reading: SignedVisitControl, visits: tuple[Visit, ...]
) -> None:
    """Entered in error, by name and with a reason; the same button takes it back."""
    foot = reading.page.foot
    foot.mark.click()
    assert rooms.ask.losses == ["Mark this visit as entered in error?"]
    named = "Visit of 12 Jan 2026, 09:00 of Amira Haddad · born 14 Mar 2023 · ID 40-1187: "
    assert rooms.ask.told[-1].startswith(f"{named}5 items are scored. ")
    assert "Belongs to another patient" in rooms.ask.offered_reasons
    assert _now(rooms, visits[1]).error_reason == REASON
    told = texts(reading.page)
    assert any(f"Entered in error: {REASON}." in one for one in told)
    assert "was 2" not in told
    assert not foot.amend.isVisible()
    assert not foot.compare.isVisible()
    assert foot.mark.text() == "Take back “entered in error”"
    foot.mark.click()
    assert _now(rooms, visits[1]).error_reason is None
    assert "was 2" in texts(reading.page)


def test_a_mark_that_cannot_be_taken_back_says_why(
    rooms: RoomBench,
    reading: SignedVisitControl,
    visits: tuple[Visit, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the records refuse is one sentence on the page."""
    rooms.store.visits.mark_error(visits[1].id, REASON)

    def full(*_values: object) -> None:
        message = "The disk is full."
        raise UserError(message)

    monkeypatch.setattr(rooms.store.visits, "unmark_error", full)
    reading.page.foot.mark.click()
    assert reading.page.message.text == "The disk is full."


def test_who_may_not_amend_reads_who_does(
    rooms: RoomBench, reading: SignedVisitControl, visits: tuple[Visit, ...]
) -> None:
    """Reading is for everybody."""
    other = rooms.store.users.add("N. Other", Role.NURSE)
    rooms.store.act_as(other.id)
    reading.open(SignedVisitPlace(visits[1].id))
    foot = reading.page.foot
    assert foot.told.text() == "A physician amends what somebody else signed."
    assert not foot.amend.isVisible()
    assert foot.compare.isVisible()


def test_what_others_write_is_shown_and_nothing_of_other_patients(
    rooms: RoomBench, reading: SignedVisitControl, patient: Patient, visits: tuple[Visit, ...]
) -> None:
    """The visit before was marked meanwhile: it is not compared with any more."""
    rooms.store.patients.mark_error(rooms.patient("2", "Olga").id, "x")
    assert "was 2" in texts(reading.page)
    rooms.store.visits.mark_error(visits[0].id, REASON)
    told = texts(reading.page)
    assert "was 2" not in told
    assert not reading.page.before.isEnabled()
    assert patient.facts.name in told


def test_leaving_forgets_the_patient(reading: SignedVisitControl, rooms: RoomBench) -> None:
    """Nobody sees the one before while the next is opened."""
    reading.leave()
    told = texts(reading.page)
    assert "Amira Haddad" not in told
    assert not any("2026" in one or "of 15" in one for one in told)
    rooms.patient("3", "Late")
    assert "5 of 15" not in texts(reading.page)


def test_the_screen_is_freed_when_it_is_let_go(
    rooms: RoomBench, visits: tuple[Visit, ...], qapp: QApplication
) -> None:
    """No connection keeps a closed screen alive."""
    control = SignedVisitControl(rooms.desk)
    control.open(SignedVisitPlace(visits[0].id))
    page, gone = weakref.ref(control.page), weakref.ref(control)
    control.page.deleteLater()
    control.deleteLater()
    settle()
    qapp.processEvents()
    del control
    gc.collect()
    assert (page(), gone()) == (None, None)
