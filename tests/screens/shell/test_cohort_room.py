"""The cohort: from the list's band, read beside the window, described, and taken out."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.dates import PartialDate
from app.records.actions import Action
from app.records.model import Patient, Role, TreatmentFacts
from app.records.narrowing import Only
from app.screens.cohort.control import CohortControl
from app.screens.patients.control import PatientsControl
from app.screens.places import ChartPlace, CohortPlace, PatientsPlace
from app.settings import Paper
from tests.builders import replace
from tests.reports.pdf import reader
from tests.reports.pdf import text as words_of
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts
from widgets.date_field import DateField
from widgets.labels import ElidedLabel
from widgets.number_field import NumberField


@pytest.fixture
def patients(rooms: RoomBench) -> list[Patient]:
    """Return six patients who began immunoglobulin between two visits."""
    return [rooms.course(str(number), f"Mia {number}") for number in range(6)]


@pytest.fixture
def room(rooms: RoomBench, patients: list[Patient]) -> CohortControl:
    """Return the screen of their cohort, read."""
    assert patients
    return _opened(rooms)


def _opened(rooms: RoomBench, place: CohortPlace = CohortPlace()) -> CohortControl:  # noqa: B008 - frozen
    control = CohortControl(rooms.desk)
    rooms.show(control)
    control.open(place)
    rooms.tasks.finish()
    return control


def test_the_list_leads_there(rooms: RoomBench, patients: list[Patient]) -> None:
    """By a button in its band."""
    assert patients
    control = PatientsControl(rooms.desk)
    rooms.show(control)
    control.open(PatientsPlace())
    control.page.head.cohort.click()
    assert rooms.went == [CohortPlace()]


def test_it_begins_with_what_most_have(room: CohortControl) -> None:
    """The most frequent agent and scale; that nothing is compared always stands there."""
    told = texts(room.page)
    assert "Five features since the first intravenous immunoglobulin (IVIg)" in told
    assert "6 patients · names stay here" in room.page.banner.facts
    assert any(text.startswith("Described, not compared") for text in told)
    assert any(text.startswith("Change from the baseline in points") for text in told)
    assert "No curve is told of 6 patients; it takes 10." in told
    assert room.page.panel.agent.value == "ivig"
    assert room.page.panel.scale.value == "five_feature"
    assert nameless(room.page) == []


@pytest.mark.parametrize("width", [700, 1024])
def test_how_many_there_are_is_never_cut(
    rooms: RoomBench, patients: list[Patient], width: int
) -> None:
    """Beside the buttons, or below the title where they leave it no room."""
    assert patients
    control = CohortControl(rooms.desk)
    rooms.show(control)
    control.page.resize(width, 700)
    control.open(CohortPlace())
    rooms.tasks.finish()
    settle()
    (facts,) = (
        each for each in control.page.banner.findChildren(ElidedLabel) if "6 pat" in each.text()
    )
    assert facts.fitted(facts.width()) == "6 patients · names stay here"


def test_until_it_is_read_it_says_so(rooms: RoomBench, patients: list[Patient]) -> None:
    """Without a drawing, and with what it never does."""
    assert patients
    control = CohortControl(rooms.desk)
    rooms.show(control)
    control.open(CohortPlace())
    told = texts(control.page)
    assert "Reading the records…" in told
    assert any(text.startswith("Described, not compared") for text in told)
    assert not control.page.fan.isVisibleTo(control.page)


def test_nobody_and_nothing_is_said(rooms: RoomBench) -> None:
    """Empty records, and a treatment that nobody began."""
    sentence = "Nobody in these records has such a first start on a day that is known."
    assert sentence in texts(_opened(rooms).page)
    assert sentence in texts(_opened(rooms, CohortPlace("rituximab", "oms")).page)


def test_another_choice_is_another_place(
    rooms: RoomBench, room: CohortControl, patients: list[Patient]
) -> None:
    """So the way back from a chart finds it; only what these records have is offered."""
    start = PartialDate(2026, 1, 7)
    facts = TreatmentFacts(agent="rituximab", start=start)
    rooms.store.treatments.add(patients[0].id, facts)
    room.open(CohortPlace())
    rooms.tasks.finish()
    offered = [
        room.page.panel.agent.combo.itemText(n) for n in range(room.page.panel.agent.combo.count())
    ]
    assert offered == ["Intravenous immunoglobulin (IVIg)", "Rituximab"]
    room.page.panel.agent.set_value("rituximab")
    room.page.panel.agent.chosen.emit("rituximab")
    assert rooms.went == [CohortPlace("rituximab", "five_feature", Only())]


def test_a_half_typed_choice_asks_nothing(rooms: RoomBench, room: CohortControl) -> None:
    """Neither an agent nor a diagnosis that is none yet."""
    for combo in (room.page.panel.diagnosis, room.page.panel.agent):
        combo.edit.setText("zzz")
        combo.edit.editingFinished.emit()
    assert rooms.went == []


def test_nothing_is_taken_out_before_it_is_read(rooms: RoomBench, tmp_path: Path) -> None:
    """There is no cohort yet, whoever asks."""
    control = CohortControl(rooms.desk)
    control.open(CohortPlace())
    rooms.ask.path = tmp_path / "out"
    for requested in (control.page.export_requested, control.page.page_requested):
        requested.emit()
        rooms.tasks.finish()
        assert not (tmp_path / "out").exists()


def test_what_was_asked_before_does_not_stand_in_for_what_is_asked_now(
    rooms: RoomBench, room: CohortControl
) -> None:
    """A cohort that comes late is not shown."""
    room.open(CohortPlace("ivig", "oms"))
    room.open(CohortPlace("ivig", "five_feature"))
    first, second = rooms.tasks.begun
    second.do()
    first.do()
    assert "Five features since the first intravenous immunoglobulin (IVIg)" in texts(room.page)


def test_a_line_says_who_it_is_and_opens_the_chart(
    rooms: RoomBench, room: CohortControl, patients: list[Patient]
) -> None:
    """The name stands under the drawing while one points at the line."""
    room.page.fan.setFocus()
    QTest.keyClick(room.page.fan, Qt.Key.Key_Down)
    assert any("Mia 0 Haddad · born 14 Mar 2023 · ID 0" in text for text in texts(room.page))
    QTest.keyClick(room.page.fan, Qt.Key.Key_Return)
    assert rooms.went == [ChartPlace(patients[0].id)]
    room.page.panel.agent.setFocus()
    assert any("Point at a line" in text for text in texts(room.page))


def test_a_physician_takes_it_out_without_names(
    rooms: RoomBench, patients: list[Patient], tmp_path: Path
) -> None:
    """It is noted, and a folder that holds something is refused in a sentence."""
    assert patients
    rooms.store.act_as(rooms.store.users.add("Dr Rossi", Role.PHYSICIAN).id)
    control = _opened(rooms)
    rooms.ask.path = tmp_path / "out"
    for _ in range(2):
        control.page.export.click()
        rooms.tasks.finish()
    told = texts(control.page)
    assert f"The folder “{tmp_path / 'out'}” is not empty." in told
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"README.txt", "members.csv", "relapses.csv", "totals.csv"}
    noted = [look.action for look in rooms.store.seen.all()]
    assert noted.count(Action.EXPORT_COHORT.id) == 1


def test_a_physician_saves_it_as_a_page(
    rooms: RoomBench, patients: list[Patient], tmp_path: Path
) -> None:
    """On the unit's paper, of the cohort that is shown; it is noted, and said where it is."""
    assert patients
    rooms.store.settings.save(replace(rooms.store.settings.load(), paper=Paper.LETTER))
    rooms.store.act_as(rooms.store.users.add("Dr Rossi", Role.PHYSICIAN).id)
    control = _opened(rooms)
    rooms.ask.path = tmp_path / "f.pdf"
    control.page.save.click()
    rooms.tasks.finish()
    assert rooms.ask.offered_name.startswith("cohort-")
    assert rooms.ask.offered_name.endswith(".pdf")
    pdf = rooms.ask.path.read_bytes()
    assert "Five features since the first intravenous immunoglobulin (IVIg)" in words_of(pdf)
    assert float(reader(pdf).pages[0].mediabox.width) == 612
    assert rooms.ask.path.stat().st_mode & 0o077 == 0
    (said,) = (each for each in texts(control.page) if "Saved as f.pdf" in each)
    assert "not encrypted" in said
    assert "A rare disease stays recognisable" in said
    noted = [look.action for look in rooms.store.seen.all()]
    assert noted.count(Action.EXPORT_COHORT.id) == 1


def test_a_page_that_cannot_be_written_is_said(
    rooms: RoomBench, room: CohortControl, tmp_path: Path
) -> None:
    """In a sentence, and it is not noted as gone out."""
    rooms.ask.path = tmp_path / "no" / "f.pdf"
    room.page.save.click()
    rooms.tasks.finish()
    assert any(str(rooms.ask.path) in each for each in texts(room.page))
    noted = [look.action for look in rooms.store.seen.all()]
    assert Action.EXPORT_COHORT.id not in noted


def test_what_went_out_is_said_to_be_recognisable(
    rooms: RoomBench, room: CohortControl, tmp_path: Path
) -> None:
    """Beside where it is; the keeper takes out as well."""
    rooms.ask.path = tmp_path / "out"
    room.page.export.click()
    rooms.tasks.finish()
    assert any("A rare disease stays recognisable" in text for text in texts(room.page))


def test_a_nurse_looks_and_is_offered_no_export(
    rooms: RoomBench, patients: list[Patient], tmp_path: Path
) -> None:
    """And who lost the right meanwhile is refused in a sentence."""
    assert patients
    maker = rooms.store.user.id
    control = _opened(rooms)
    rooms.store.act_as(rooms.store.users.add("Ben", Role.NURSE).id)
    rooms.ask.path = tmp_path / "out"
    for requested in (control.page.export_requested, control.page.page_requested):
        control.page.message.hide()
        requested.emit()
        told = texts(control.page)
        assert "Only a physician or a keeper of the records does this." in told
        assert not rooms.ask.path.exists()
    control.open(CohortPlace())
    rooms.tasks.finish()
    assert not control.page.export.isVisibleTo(control.page)
    assert not control.page.save.isVisibleTo(control.page)
    assert control.page.fan.isVisibleTo(control.page)
    rooms.store.act_as(maker)


def test_damage_is_said_and_a_bug_is_not_hidden(rooms: RoomBench, room: CohortControl) -> None:
    """What a user can mend or must know is a sentence; our own faults are met as such."""
    room._on_failed(_problem(rooms))
    assert any("There is no agent" in text for text in texts(room.page))
    with pytest.raises(ZeroDivisionError):
        room._on_failed(ZeroDivisionError())


def _problem(rooms: RoomBench) -> Exception:
    control = CohortControl(rooms.desk)
    control.open(CohortPlace("aspirin", "oms"))
    (task,) = rooms.tasks.begun
    rooms.tasks.begun.clear()
    with pytest.raises(Exception, match="There is no agent") as caught:
        task._work()
    return caught.value


def _typed(field: NumberField | DateField, text: str) -> None:
    """Type into a field in place of what stands there, and press Enter."""
    edit = field.edit if isinstance(field, NumberField) else field.field.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_ages_and_days_narrow_the_cohort_once_a_field_is_done(
    rooms: RoomBench, room: CohortControl
) -> None:
    """Each is another place; what is asked for stands in the fields when it was read."""
    panel = room.page.panel
    _typed(panel.youngest, "1")
    _typed(panel.oldest, "3")
    _typed(panel.first, "2026-01-01")
    _typed(panel.last, "31 Mar 2026")
    asked = Only("", 1, 3, date(2026, 1, 1), date(2026, 3, 31))
    assert rooms.went == [
        CohortPlace("ivig", "five_feature", only)
        for only in (
            Only(onset_from=1),
            Only(onset_from=1, onset_to=3),
            Only(onset_from=1, onset_to=3, start_from=date(2026, 1, 1)),
            asked,
        )
    ]
    room.open(CohortPlace("ivig", "five_feature", asked))
    rooms.tasks.finish()
    told = [panel.youngest.text, panel.oldest.text, panel.first.text, panel.last.text]
    assert told == ["1", "3", "2026-01-01", "2026-03-31"]


def test_leaving_a_field_as_it_was_asks_nothing(rooms: RoomBench, room: CohortControl) -> None:
    """Records are read once for one question."""
    for field in (room.page.panel.youngest, room.page.panel.last):
        _typed(field, "")
    assert rooms.went == []


def test_a_page_that_goes_asks_nothing(rooms: RoomBench, room: CohortControl) -> None:
    """What a field tells as it is left for another page leads back to no cohort."""
    room.leave()
    _typed(room.page.panel.youngest, "2")
    assert rooms.went == []


def _below(field: NumberField | DateField) -> str:
    return (field if isinstance(field, NumberField) else field.field).below.text()


@pytest.mark.parametrize(
    ("typed", "at", "sentence"),
    [
        ({"youngest": "two"}, "youngest", "“two” is not a plain number."),
        ({"oldest": "1.5"}, "oldest", "“1.5” is no age in whole years."),
        ({"oldest": "121"}, "oldest", "Please give one from 0 to 120."),
        ({"youngest": "4", "oldest": "3"}, "oldest", "The first age, 4, is above the last, 3."),
        ({"first": "spring"}, "first", "“spring”"),
        (
            {"first": "2026-02-01", "last": "2026-01-31"},
            "last",
            "The first day, 1 Feb 2026, is after the last, 31 Jan 2026.",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    rooms: RoomBench, room: CohortControl, typed: dict[str, str], at: str, sentence: str
) -> None:
    """In a sentence, and nothing is read until it is mended; then the sentence goes."""
    panel = room.page.panel
    *before, last = typed.items()
    for name, text in before:
        _typed(getattr(panel, name), text)
    rooms.went.clear()
    _typed(getattr(panel, last[0]), last[1])
    assert sentence in _below(getattr(panel, at))
    assert rooms.went == []
    _typed(getattr(panel, last[0]), "")
    assert sentence not in _below(getattr(panel, at))


def test_a_sentence_about_two_fields_goes_once_either_is_mended(
    rooms: RoomBench, room: CohortControl
) -> None:
    """The lower age is mended; the sentence stood at the higher one."""
    panel = room.page.panel
    _typed(panel.oldest, "3")
    _typed(panel.youngest, "4")
    assert "above the last" in _below(panel.oldest)
    _typed(panel.youngest, "")
    assert _below(panel.oldest) == ""
    assert rooms.went == [CohortPlace("ivig", "five_feature", Only(onset_to=3))]


def test_what_goes_out_is_narrowed_as_what_is_shown(
    rooms: RoomBench, patients: list[Patient], tmp_path: Path
) -> None:
    """Who began later than the window is in neither."""
    late = rooms.patient("late", "Noa")
    facts = TreatmentFacts(agent="ivig", start=PartialDate(2026, 1, 20))
    rooms.store.treatments.add(late.id, facts)
    room = _opened(rooms, CohortPlace("ivig", "oms", Only(start_to=date(2026, 1, 10))))
    assert "6 patients · names stay here" in room.page.banner.facts
    rooms.ask.path = tmp_path / "out"
    room.page.export.click()
    rooms.tasks.finish()
    members = (tmp_path / "out" / "members.csv").read_text(encoding="utf-8").splitlines()
    assert len(members) == 1 + len(patients)


def test_whose_age_is_not_known_is_counted_where_nobody_fits(
    rooms: RoomBench, patients: list[Patient]
) -> None:
    """Six patients without a date of onset are left out, which is said."""
    assert patients
    told = texts(_opened(rooms, CohortPlace("ivig", "oms", Only(onset_from=1))).page)
    assert "Nobody in these records fits what is asked for." in told
    assert any(text.startswith("6 more patients are left out: their age") for text in told)
