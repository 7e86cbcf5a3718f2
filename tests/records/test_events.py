"""Events, measures and sequelae: what is taken, what is refused, and their order."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.records.model import Changes, EventFacts, MeasureFacts, Patient, SequelaFacts
from tests.records.workbench import Bench, day
from tests.roles import let_do_everything


@pytest.fixture
def patient(bench: Bench) -> Patient:
    """Return a patient born on 2020-05-17."""
    return bench.patient()


def test_an_event_comes_back_as_given(bench: Bench, patient: Patient) -> None:
    """Days, kind, author and note are stored as typed."""
    let_do_everything(bench.store)
    event = bench.store.events.add(
        patient.id,
        EventFacts(
            date=day("2025-02"),
            stop=day("2025-03-01"),
            kind="relapse",
            author="mother",
            note="after a cold",
        ),
    )
    assert bench.store.record(patient.id).events == (event,)


@pytest.mark.parametrize(
    ("when", "stop", "kind", "sentence"),
    [
        ("2025-06-02", None, "fever", "future"),
        ("2020-05-16", None, "fever", "before the birth date"),
        ("1899-12-31", None, "fever", "1899-12-31 is before 1900"),
        ("2025-02-02", "2999-01-01", "fever", "2999-01-01 is in the future"),
        ("2020", "2020-04", "fever", "2020-04 is before the birth date"),
        ("2025-02-02", "2025-02-01", "fever", "is before the start"),
        ("2025-02-02", None, "party", "not in the list"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    bench: Bench, patient: Patient, when: str, stop: str | None, kind: str, sentence: str
) -> None:
    """Not in the future, not before birth, not backwards, and of a known kind."""
    with pytest.raises(UserError, match=sentence):
        bench.store.events.add(
            patient.id, EventFacts(date=day(when), stop=day(stop) if stop else None, kind=kind)
        )
    assert bench.store.record(patient.id).events == ()


def test_an_event_is_changed_and_removed(bench: Bench, patient: Patient) -> None:
    """A corrected event keeps its place; a removed one is gone but journalled."""
    event = bench.store.events.add(patient.id, EventFacts(date=day("2025-02"), kind="fever"))
    bench.store.events.change(
        event.id, EventFacts(date=day("2025-03"), kind="infection", author="Ann", note="cold")
    )
    (after,) = bench.store.record(patient.id).events
    assert (after.id, after.facts.kind, after.facts.date) == (
        event.id,
        "infection",
        day("2025-03"),
    )
    told = bench.told()
    bench.store.events.remove(event.id, "other child")
    assert told == [Changes(frozenset({"events"}), frozenset({patient.id}))]
    assert bench.store.record(patient.id).events == ()


def test_what_is_gone_cannot_be_changed(bench: Bench) -> None:
    """A second removal is told in a sentence."""
    for remove in (
        bench.store.events.remove,
        bench.store.measures.remove,
        bench.store.sequelae.remove,
    ):
        with pytest.raises(UserError, match="not in the records any more"):
            remove("gone")


def test_measures_come_by_day_then_kind(bench: Bench, patient: Patient) -> None:
    """Numbers are exact and in order of their days."""
    for when, kind, value in (
        ("2025-02-02", "weight_kg", "11.50"),
        ("2025-02-02", "height_cm", "80"),
        ("2024", "weight_kg", "9"),
    ):
        bench.store.measures.add(
            patient.id, MeasureFacts(date=day(when), kind=kind, value=Decimal(value))
        )
    measures = bench.store.record(patient.id).measures
    told = [(str(one.facts.date), one.facts.kind, str(one.facts.value)) for one in measures]
    assert told == [
        ("2024", "weight_kg", "9"),
        ("2025-02-02", "height_cm", "80"),
        ("2025-02-02", "weight_kg", "11.5"),
    ]


@pytest.mark.parametrize(
    ("when", "kind", "value", "sentence"),
    [
        ("2025-06-02", "weight_kg", "9", "future"),
        ("2020-05-16", "weight_kg", "9", "before the birth date"),
        ("2025-02-02", "shoe_size", "9", "not in the list"),
        ("2025-02-02", "weight_kg", "-9", "0 or more"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(
    bench: Bench, patient: Patient, when: str, kind: str, value: str, sentence: str
) -> None:
    """Not in the future, not before birth, of a known kind, and a plain number."""
    with pytest.raises(UserError, match=sentence):
        bench.store.measures.add(
            patient.id, MeasureFacts(date=day(when), kind=kind, value=Decimal(value))
        )


def test_a_measure_that_is_set_anew_keeps_its_note(bench: Bench, patient: Patient) -> None:
    """Only value and day are what was typed; what else was told of it stays."""
    draft = bench.draft(patient)
    told = MeasureFacts(
        date=draft.facts.date, kind="weight_kg", value=Decimal(14), note="with shoes"
    )
    measure = bench.store.measures.add(patient.id, told, draft.id)
    bench.store.measures.set_for_visit(draft.id, "weight_kg", Decimal("13.5"))
    (after,) = bench.store.measures.of_visit(draft.id)
    assert (after.id, after.facts) == (measure.id, replace(told, value=Decimal("13.5")))
    with pytest.raises(UserError, match="0 or more"):
        bench.store.measures.set_for_visit(draft.id, "weight_kg", Decimal(-1))


def test_measures_of_a_signed_visit_stay(bench: Bench, patient: Patient) -> None:
    """A signature covers the measures of its visit: none is added, set or removed."""
    draft = bench.draft(patient)
    bench.fill(draft)
    bench.store.measures.set_for_visit(draft.id, "sleep_hours", Decimal(9))
    visit = bench.store.visits.sign(draft.id, "scored")
    (measure,) = bench.store.record(patient.id).measures
    with pytest.raises(UserError, match="signed"):
        bench.store.measures.add(
            patient.id,
            MeasureFacts(date=visit.facts.date, kind="weight_kg", value=Decimal(9)),
            visit.id,
        )
    with pytest.raises(UserError, match="signed"):
        bench.store.measures.set_for_visit(visit.id, "sleep_hours", Decimal(8))
    with pytest.raises(UserError, match="signed"):
        bench.store.measures.remove(measure.id)
    assert bench.store.record(patient.id).measures == (measure,)


def test_measures_of_an_open_visit_count_with_its_signature(
    bench: Bench, patient: Patient
) -> None:
    """What was measured at a draft joins the record when the visit is signed."""
    draft = bench.draft(patient)
    bench.fill(draft)
    measure = bench.store.measures.add(
        patient.id,
        MeasureFacts(date=draft.facts.date, kind="weight_kg", value=Decimal(9)),
        draft.id,
    )
    gone = bench.store.measures.add(
        patient.id,
        MeasureFacts(date=draft.facts.date, kind="height_cm", value=Decimal(90)),
        draft.id,
    )
    bench.store.measures.remove(gone.id)
    assert bench.store.record(patient.id).measures == ()
    bench.store.visits.sign(draft.id, "scored")
    assert bench.store.record(patient.id).measures == (measure,)


def test_a_measure_belongs_to_the_patient_of_its_visit(bench: Bench, patient: Patient) -> None:
    """A measure of one patient cannot be taken at a visit of another."""
    draft = bench.draft(bench.patient("P2"))
    with pytest.raises(UserError, match="another patient"):
        bench.store.measures.add(
            patient.id,
            MeasureFacts(date=draft.facts.date, kind="weight_kg", value=Decimal(9)),
            draft.id,
        )


IGG = MeasureFacts(
    date=day("2025-02"), kind="igg_g_l", value=Decimal("3.1"), note="limit 4.5, as printed"
)


def test_a_measure_is_corrected_and_both_are_taken_back(bench: Bench, patient: Patient) -> None:
    """First the correction, then the measure itself; the journal knows all four steps."""
    measures = bench.store.measures
    added, first = measures.add_alone(patient.id, IGG)
    second = measures.change(added.id, replace(IGG, value=Decimal("3.7")))
    assert measures.get(added.id).facts.value == Decimal("3.7")
    measures.take_back(added.id, second)
    assert measures.get(added.id) == added
    measures.take_back(added.id, first)
    assert bench.store.record(patient.id).measures == ()
    actions = [entry.action for entry in bench.store.journal.entries() if entry.kind == "measures"]
    assert actions == ["measure.add", "measure.change", "undo", "undo"]


def test_a_measure_that_was_changed_since_is_not_taken_back(
    bench: Bench, patient: Patient
) -> None:
    """Neither over a later correction, nor where it would be there twice."""
    measures = bench.store.measures
    added, first = measures.add_alone(patient.id, IGG)
    second = measures.change(added.id, replace(IGG, value=Decimal(4)))
    with pytest.raises(UserError, match="changed here since"):
        measures.take_back(added.id, first)
    measures.add(patient.id, IGG)
    with pytest.raises(UserError, match="changed here since"):
        measures.take_back(added.id, second)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"date": day("2025-06-02")}, "future"),
        ({"date": day("2020-05-16")}, "before the birth date"),
        ({"value": Decimal(301)}, "the lowest possible is 0, the highest 300"),
        ({"value": Decimal(2)}, "recorded already"),
        ({"kind": "shoe_size"}, "not in the list"),
    ],
)
def test_a_correction_of_a_measure_that_cannot_be_is_refused(
    bench: Bench, patient: Patient, told: dict[str, object], sentence: str
) -> None:
    """Each with its sentence, and what stood there stays."""
    measures = bench.store.measures
    measures.add(patient.id, replace(IGG, value=Decimal(2)))
    added = measures.add(patient.id, IGG)
    with pytest.raises(UserError, match=sentence):
        measures.change(added.id, replace(IGG, **told))
    assert measures.get(added.id) == added


def test_what_was_measured_at_a_visit_is_corrected_there_alone(
    bench: Bench, patient: Patient
) -> None:
    """On its own page while it is open, by an amendment once it is signed."""
    draft, measures = bench.draft(patient), bench.store.measures
    bench.fill(draft)
    weight = MeasureFacts(date=draft.facts.date, kind="weight_kg", value=Decimal(9))
    added = measures.add(patient.id, weight, draft.id)
    with pytest.raises(UserError, match="measured at an open visit"):
        measures.change(added.id, replace(weight, value=Decimal(10)))
    bench.store.visits.sign(draft.id, "scored")
    with pytest.raises(UserError, match="signed"):
        measures.change(added.id, replace(weight, value=Decimal(10)))


def test_a_sequela_is_added_and_removed(bench: Bench, patient: Patient) -> None:
    """Yes, no or not assessed on a day, in order of the days."""
    late = bench.store.sequelae.add(
        patient.id,
        SequelaFacts(date=day("2025"), kind="speech", state="not_assessed", note="later"),
    )
    early = bench.store.sequelae.add(
        patient.id, SequelaFacts(date=day("2024-05"), kind="speech", state="yes")
    )
    assert bench.store.record(patient.id).sequelae == (early, late)
    bench.store.sequelae.remove(early.id, "other child")
    assert bench.store.record(patient.id).sequelae == (late,)


@pytest.mark.parametrize(("kind", "state"), [("luck", "yes"), ("speech", "maybe")])
def test_a_sequela_that_cannot_be_is_refused(
    bench: Bench, patient: Patient, kind: str, state: str
) -> None:
    """Kind and state are of their lists."""
    with pytest.raises(UserError, match="not in the list"):
        bench.store.sequelae.add(
            patient.id, SequelaFacts(date=day("2025"), kind=kind, state=state)
        )


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2567-01-01", "2567-01-01 is in the future"),
        ("2004-01-01", "before the birth date"),
        ("0024", "0024 is before 1900"),
    ],
)
def test_a_sequela_lies_in_the_life_so_far(
    bench: Bench, patient: Patient, when: str, sentence: str
) -> None:
    """What stayed behind is dated like all else that happened."""
    with pytest.raises(UserError, match=sentence):
        bench.store.sequelae.add(
            patient.id, SequelaFacts(date=day(when), kind="speech", state="yes")
        )
    assert bench.store.record(patient.id).sequelae == ()


def test_an_exact_double_is_refused_where_it_is_entered(bench: Bench, patient: Patient) -> None:
    """Events, measures and sequelae alike; what differs in anything is another one."""
    store, on = bench.store, day("2025-02-01")
    fever = EventFacts(date=on, kind="fever")
    weight = MeasureFacts(date=on, kind="weight_kg", value=Decimal("14.2"))
    speech = SequelaFacts(date=on, kind="speech", state="yes")
    store.events.add(patient.id, fever)
    noted = store.events.add(patient.id, replace(fever, note="39 °C"))
    store.measures.add(patient.id, weight)
    store.measures.add(patient.id, replace(weight, value=Decimal("41.2")))
    store.sequelae.add(patient.id, speech)
    store.sequelae.add(patient.id, replace(speech, state="no"))
    for enter in (
        lambda: store.events.add(patient.id, fever),
        lambda: store.events.change(noted.id, fever),
        lambda: store.measures.add(patient.id, replace(weight, value=Decimal("14.20"))),
        lambda: store.sequelae.add(patient.id, speech),
    ):
        with pytest.raises(UserError, match="This is recorded already"):
            enter()
    store.events.change(noted.id, noted.facts)
    record = store.record(patient.id)
    assert [len(record.events), len(record.measures), len(record.sequelae)] == [2, 2, 2]


def test_a_measure_of_a_visit_is_no_double_of_one_without(bench: Bench, patient: Patient) -> None:
    """The tables tell the visit as well; other patients have measures of their own."""
    visit, other = bench.draft(patient), bench.patient("P2")
    weight = MeasureFacts(date=day("2025-06-01"), kind="weight_kg", value=Decimal(14))
    bench.store.measures.add(patient.id, weight)
    bench.store.measures.add(patient.id, weight, visit.id)
    bench.store.measures.add(other.id, weight)
    with pytest.raises(UserError, match="recorded already"):
        bench.store.measures.add(patient.id, weight, visit.id)
