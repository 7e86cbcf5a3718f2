"""Odd turns of the journal: rows that come and go, undo of rows, what cannot be stored."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from app.errors import Bug, Damage, UserError
from app.records.actions import Action
from app.records.entries import Body
from app.records.journal import NOBODY, Subject
from app.records.model import Changes, DoseFacts, PatientFacts, TreatmentFacts, VisitContext
from app.records.session import load_for_writing
from app.records.undo import undo
from app.settings import Settings, Theme
from scales.model import Declined, NotTestable
from tests.records.workbench import Bench, day, key, level


def test_a_row_may_come_go_and_come_back(bench: Bench) -> None:
    """Each turn is an entry; what came back has what was told last and defaults, nothing older."""
    visit = bench.draft(bench.patient())
    visits = bench.store.visits
    visits.answer(visit.id, "oms", key("gait"), NotTestable("asleep"))
    visits.answer(visit.id, "oms", key("gait"), None)
    visits.answer(visit.id, "oms", key("gait"), level(2))
    entries = [one for one in bench.store.journal.entries() if one.kind == "answers"]
    bodies = [Body.decode(one.body or b"") for one in entries]
    assert [(one.before, one.after) for one in bodies] == [
        (None, {"reason": "asleep", "value": "not_testable"}),
        ({"reason": "asleep", "value": "not_testable"}, None),
        (None, {"value": "2"}),
    ]
    assert visits.get(visit.id).sheets[0].answers == {key("gait"): level(2)}
    assert bench.found() == {}


def test_undo_leads_back_through_every_tap(bench: Bench) -> None:
    """Scored, declined, opened and scored again: each undo shows what stood before."""
    visit = bench.draft(bench.patient())
    visits, gait = bench.store.visits, key("gait")
    steps = [level(0), Declined("cried"), None, level(2)]
    for answer in steps:
        visits.answer(visit.id, "oms", gait, answer)
    for expected in (None, Declined("cried"), level(0), None):
        assert visits.undo(visit.id)
        sheet = visits.get(visit.id).sheet("oms")
        assert (None if sheet is None else sheet.answers.get(gait)) == expected
    assert not visits.undo(visit.id)
    assert bench.found() == {}


def test_opening_what_is_open_is_nothing(bench: Bench) -> None:
    """No row, no entry, nothing to undo."""
    visit = bench.draft(bench.patient())
    before = bench.store.journal.entries()
    bench.store.visits.answer(visit.id, "oms", key("gait"), None)
    bench.store.visits.remove_sheet(visit.id, "oms")
    with bench.store.journal.step(Action.ANSWER):
        row = {"visit": visit.id, "scale": "oms", "item": "gait", "side": ""}
        bench.store.journal.delete("answers", row, Subject(visit.patient, visit.id))
    assert bench.store.journal.entries() == before
    assert not bench.store.visits.undo(visit.id)


@pytest.mark.parametrize("left", ["gone", "there"])
def test_undo_sees_that_a_row_came_or_went_since(bench: Bench, left: str) -> None:
    """It takes nothing back where the row is not as the step left it, and says so."""
    visit = bench.draft(bench.patient())
    visits, journal = bench.store.visits, bench.store.journal
    subject = Subject(visit.patient, visit.id)
    row = {"visit": visit.id, "scale": "oms", "item": "gait", "side": ""}
    visits.answer(visit.id, "oms", key("gait"), level(1))
    if left == "there":
        visits.answer(visit.id, "oms", key("gait"), None)
    step = journal.entries()[-1].step
    with journal.step(Action.NOTE_CONTEXT):
        if left == "gone":
            journal.delete("answers", row, subject)
        else:
            journal.write("answers", {**row, "value": "1"}, subject)
    entries = journal.entries()
    with pytest.raises(UserError, match="changed here since"):
        undo(journal, step, subject)
    assert journal.entries() == entries


def test_an_undone_removal_brings_back_all_but_what_was_confirmed(bench: Bench) -> None:
    """Answers and a typed total come back as they were; a question is asked again."""
    visit = bench.draft(bench.patient())
    bench.fill(visit)
    bench.store.visits.type_total(visit.id, "sara", Decimal("3.5"))
    before = bench.store.visits.get(visit.id).sheets
    for scale in ("five_feature", "sara"):
        bench.store.visits.remove_sheet(visit.id, scale)
    assert bench.store.visits.get(visit.id).sheets == ()
    for _ in range(2):
        bench.store.visits.undo(visit.id)
    assert bench.store.visits.get(visit.id).sheets == before


def test_half_a_character_is_refused_wherever_it_stands(bench: Bench) -> None:
    """A broken paste is told in a sentence, in a row, a reason, a question; nothing is stored."""
    patient = bench.patient()
    visit = bench.draft(patient)
    entries = bench.store.journal.entries()
    store, half = bench.store, "\ud83d"
    deeds: tuple[Callable[[], object], ...] = (
        partial(store.patients.add, PatientFacts("P2", half)),
        partial(store.visits.set_context, visit.id, VisitContext(note=half)),
        partial(store.patients.mark_error, patient.id, half),
        partial(store.patients.find, half),
    )
    for deed in deeds:
        with pytest.raises(UserError, match="broken character"):
            deed()
    assert bench.store.journal.entries() == entries
    assert bench.found() == {}


def test_what_is_added_twice_is_our_own_fault(bench: Bench) -> None:
    """A row that is called new and is there already is refused whole."""
    patient = bench.patient()
    entries = bench.store.journal.entries()
    with pytest.raises(Bug), bench.store.journal.step(Action.ADD_PATIENT):
        bench.store.journal.add("patients", {"id": patient.id}, Subject(patient.id))
    assert bench.store.journal.entries() == entries


def test_a_change_tells_whether_settings_are_among_it(bench: Bench) -> None:
    """The unit's and a user's; a patient is none."""
    told = bench.told()
    bench.store.settings.save(Settings(site="Ward 3"))
    bench.patient()
    assert [one.has_settings for one in told] == [True, False]
    assert Changes(frozenset({"user_settings"}), frozenset()).has_settings


def test_settings_without_a_user_are_the_units(bench: Bench) -> None:
    """Before anybody acts the user's own have their defaults."""
    chosen = Settings(site="Ward 3", theme=Theme.DARK)
    bench.store.settings.save(chosen)
    user, bench.store.journal.user = bench.store.journal.user, ""
    assert bench.store.settings.load() == Settings(site="Ward 3")
    bench.store.journal.user = user
    assert bench.store.settings.load() == chosen


def test_a_setting_that_this_version_does_not_know_has_its_default(bench: Bench) -> None:
    """What a newer app wrote keeps nobody from working, and stays as it was written."""
    with bench.store.journal.step(Action.SAVE_UNIT_SETTINGS):
        for name, value in (
            ("paper", "a5"), ("baseline_days", "many"), ("weather", "fine"),
            ("relapse_points", "NaN"), ("relapse_asked", "never"),
        ):  # fmt: skip
            bench.store.journal.write("unit_settings", {"name": name, "value": value}, NOBODY)
    assert bench.store.settings.load() == Settings()
    bench.store.settings.save(Settings(site="Ward 3"))
    assert bench.store.settings.load() == Settings(site="Ward 3")
    assert bench.count("unit_settings") == 6


def test_a_dose_step_of_no_amount_stays_a_pause_and_goes_once(bench: Bench) -> None:
    """As it is stored; one that is gone is refused in a sentence."""
    treatment = bench.store.treatments.add(bench.patient().id, TreatmentFacts(agent="ivig"))
    facts = DoseFacts(dose=Decimal(0), unit="g/kg", start=day("2025-05-01"))
    step = bench.store.treatments.add_dose(treatment.id, facts)
    assert bench.store.treatments.get(treatment.id).doses == (step,)
    bench.remove_dose(treatment.id, step.id)
    with pytest.raises(UserError, match="not in the records"):
        bench.change_dose(treatment.id, step.id, facts)


def test_a_visit_without_a_day_is_damage_on_its_line(bench: Bench) -> None:
    """The list does not show a visit as if it had one."""
    visit = bench.signed(bench.patient())
    bench.raw("DROP TRIGGER visits_update_locked")
    bench.raw("UPDATE visits SET date = ''")
    with pytest.raises(Damage, match="cannot be read"):
        bench.store.patients.set_caution(visit.patient, "Invented.")


def test_what_the_first_change_needs_is_loaded_ahead(bench: Bench) -> None:
    """On any thread, as often as one likes; it writes nothing."""
    entries = bench.store.journal.entries()
    for _ in range(2):
        load_for_writing()
    assert bench.store.journal.entries() == entries
    with pytest.raises(Bug, match="outside an action"), bench.store.atomic():
        bench.store.journal.delete("users", {"id": bench.store.user.id}, NOBODY)
