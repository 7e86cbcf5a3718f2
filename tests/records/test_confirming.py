"""What a physician alone says: confirmed diagnosis, course, relapse, remission."""

from collections.abc import Callable
from functools import partial
from itertools import product

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.records.actions import Action
from app.records.model import Event, EventFacts, Patient, PatientFacts, Role
from app.records.store import Store
from tests.records.workbench import Bench, day

ONLY = "Only a physician does this. Please ask one."
REFERRED = PatientFacts("P1", "Ada", "Berg", birth_date=day("2020-05-17"), diagnosis="paca")
CONFIRMED = replace(REFERRED, diagnosis_confirmed="yes")
SUSPECTED = EventFacts(date=day("2025-02-03"), kind="suspected_relapse", author="Ann")


@pytest.fixture
def physician(bench: Bench) -> str:
    """Add Dr Rossi, a physician, and return the id; Ann, a nurse, acts."""
    return bench.store.users.add("Dr Rossi", Role.PHYSICIAN).id


@pytest.fixture
def ann(bench: Bench) -> str:
    """Return the id of Ann, the nurse who acts."""
    return bench.store.user.id


@pytest.fixture
def patient(bench: Bench) -> Patient:
    """Return a patient whose diagnosis a nurse recorded as referred."""
    return bench.store.patients.add(REFERRED)


@pytest.fixture
def suspected(bench: Bench, patient: Patient) -> Event:
    """Return a relapse that a nurse suspects."""
    return bench.store.events.add(patient.id, SUSPECTED)


def _refused(deed: Callable[[], object]) -> None:
    with pytest.raises(UserError, match=ONLY):
        deed()


def _said(store: Store) -> list[str]:
    return [entry.action for entry in store.journal.entries()]


def test_a_physician_confirms_what_a_nurse_recorded(
    bench: Bench, patient: Patient, physician: str
) -> None:
    """A nurse corrects a diagnosis as referred; who confirmed it, and when, stands there."""
    patients = bench.store.patients
    patients.change(patient.id, replace(REFERRED, diagnosis="oms_idiopathic"))
    assert patients.confirmed(patient.id) is None
    _refused(lambda: patients.change(patient.id, CONFIRMED))
    bench.store.act_as(physician)
    patients.change(patient.id, CONFIRMED)
    told = patients.confirmed(patient.id)
    assert told is not None
    assert (told.name, told.moment.local.date().isoformat()) == ("Dr Rossi", "2025-06-01")
    assert _said(bench.store)[-1] == "patient.confirm"


def test_a_confirmed_diagnosis_is_the_physicians(
    bench: Bench, patient: Patient, physician: str, ann: str
) -> None:
    """A nurse changes none of it, nor takes the confirmation back; the rest she does."""
    patients = bench.store.patients
    bench.store.act_as(physician)
    patients.change(patient.id, CONFIRMED)
    bench.store.act_as(ann)
    wrong = (
        {"diagnosis": "oms_idiopathic"},
        {"diagnosis_note": "told"},
        {"diagnosis_confirmed": ""},
    )
    for told in wrong:
        _refused(partial(patients.change, patient.id, replace(CONFIRMED, **told)))
    assert patients.get(patient.id).facts == CONFIRMED
    patients.change(patient.id, replace(CONFIRMED, given_name="Eda"))
    assert patients.get(patient.id).facts == replace(CONFIRMED, given_name="Eda")
    bench.store.act_as(physician)
    patients.change(patient.id, replace(CONFIRMED, diagnosis="oms_idiopathic"))
    assert _said(bench.store)[-1] == "patient.confirmed"


def test_the_course_is_the_physicians(bench: Bench, patient: Patient, physician: str) -> None:
    """Neither with a new patient nor later does a nurse record a course; nothing of it is left."""
    told = replace(REFERRED, course="monophasic", given_name="Eda")
    _refused(lambda: bench.store.patients.change(patient.id, told))
    _refused(lambda: bench.store.patients.add(replace(told, patient_id="P2")))
    assert bench.store.patients.all() == (patient,)
    bench.store.act_as(physician)
    bench.store.patients.change(patient.id, told)
    assert bench.store.patients.get(patient.id).facts == told
    assert _said(bench.store)[-2:] == ["patient.change", "patient.course"]


def test_a_physician_adds_a_patient_whole(bench: Bench, physician: str) -> None:
    """What is a physician's to say is journalled under its own name, with a new patient too."""
    bench.store.act_as(physician)
    facts = replace(CONFIRMED, course="monophasic")
    added = bench.store.patients.add(facts)
    assert bench.store.patients.get(added.id).facts == facts
    assert _said(bench.store)[-3:] == ["patient.add", "patient.confirm", "patient.course"]
    assert bench.found() == {}


def test_tables_confirm_as_one_step(bench: Bench) -> None:
    """An import brings a confirmed diagnosis and a relapse, whoever keeps the records."""
    with bench.store.importing():
        added = bench.store.patients.add(replace(CONFIRMED, course="monophasic"))
        bench.store.events.add(added.id, replace(SUSPECTED, kind="relapse"))
    assert set(_said(bench.store)[-2:]) == {"import"}
    assert bench.store.patients.confirmed(added.id) is None


@pytest.mark.parametrize("kind", ["relapse", "dismissed_relapse", "remission"])
def test_a_nurse_records_a_relapse_as_suspected(
    bench: Bench, patient: Patient, suspected: Event, kind: str
) -> None:
    """What a physician judges she neither adds nor makes of what she suspected."""
    events = bench.store.events
    judged = replace(SUSPECTED, kind=kind)
    _refused(lambda: events.add(patient.id, judged))
    _refused(lambda: events.change(suspected.id, judged))
    assert bench.store.record(patient.id).events == (suspected,)
    events.change(suspected.id, replace(SUSPECTED, note="since the cold"))
    events.remove(suspected.id, "slip")
    assert bench.store.record(patient.id).events == ()


@pytest.mark.parametrize("kind", ["relapse", "dismissed_relapse", "remission"])
def test_what_a_physician_judged_stays(
    bench: Bench, patient: Patient, physician: str, ann: str, kind: str
) -> None:
    """A nurse neither changes nor removes it; a physician does both."""
    events = bench.store.events
    bench.store.act_as(physician)
    judged = events.add(patient.id, replace(SUSPECTED, kind=kind))
    bench.store.act_as(ann)
    _refused(lambda: events.change(judged.id, replace(judged.facts, note="told")))
    _refused(lambda: events.change(judged.id, SUSPECTED))
    _refused(lambda: events.remove(judged.id))
    bench.store.act_as(physician)
    events.change(judged.id, replace(judged.facts, note="told"))
    events.remove(judged.id)
    assert _said(bench.store)[-3:] == ["event.judge", "event.judge_anew", "event.unjudge"]


def test_a_physician_confirms_or_dismisses(
    bench: Bench, patient: Patient, suspected: Event, physician: str
) -> None:
    """Both ways stand in the journal under their names, and a dismissed one can be confirmed."""
    events = bench.store.events
    _refused(lambda: events.confirm(suspected.id))
    _refused(lambda: events.dismiss(suspected.id))
    bench.store.act_as(physician)
    events.dismiss(suspected.id)
    assert events.get(suspected.id).facts == replace(SUSPECTED, kind="dismissed_relapse")
    events.confirm(suspected.id)
    assert events.get(suspected.id).facts == replace(SUSPECTED, kind="relapse")
    assert _said(bench.store)[-2:] == ["event.dismiss", "event.confirm"]
    fever = events.add(patient.id, replace(SUSPECTED, kind="fever"))
    for deed, one in product((events.confirm, events.dismiss), (fever, suspected)):
        with pytest.raises(UserError, match="This is no suspected relapse"):
            deed(one.id)
    assert bench.found() == {}


def test_what_is_a_physicians_is_undone_by_nobody_else() -> None:
    """None of it is taken back by Undo at the bedside."""
    judged = [one for one in Action if one.roles == {Role.PHYSICIAN}]
    assert not any(one.is_undoable for one in judged)
