"""The history: each step once, newest first, by whom and why, with each field before and after."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from app.clock import FixedClock, Moment
from app.dates import PartialDate
from app.records.actions import Action
from app.records.file.database import RecordsFile
from app.records.history import About, Deed, Only
from app.records.model import Role, TreatmentFacts
from app.records.store import Store
from tests.builders import replace
from tests.records.workbench import TODAY, Bench, key, level


def _told(bench: Bench, about: About | None = None) -> list[Deed]:
    history = bench.store.history
    return [history.deed(step) for step in history.steps(about or About())]


def _actions(bench: Bench, about: About | None = None) -> list[str]:
    return [deed.step.action for deed in _told(bench, about)]


def test_a_step_is_one_deed_with_who_why_and_what_changed(bench: Bench) -> None:
    """The newest stands first; a group is told whole, as the journal keeps it."""
    patient = bench.patient()
    facts = replace(patient.facts, birth_date=PartialDate(2020, 5, 18), given_name="Ida")
    bench.store.patients.change(patient.id, facts, "as in the letter")
    changed, added = _told(bench, About(patient.id))
    assert (changed.step.action, added.step.action) == ("patient.change", "patient.add")
    assert (changed.name, changed.reason, changed.rows) == ("Ann", "as in the letter", 1)
    (change,) = changed.changes
    assert (change.before, change.after) == (
        {"birth_date": "2020-05-17", "given_name": "Ada"},
        {"birth_date": "2020-05-18", "given_name": "Ida"},
    )
    assert changed.people == {patient.id: facts}
    assert added.changes[0].before is None


def test_what_one_action_wrote_is_one_deed(bench: Bench) -> None:
    """An import writes many rows of many patients."""
    with bench.store.importing():
        patients = [bench.patient(f"P{number}") for number in range(3)]
        bench.draft(patients[0])
    (deed,) = [one for one in _told(bench) if one.step.action == "import"]
    assert (deed.rows, set(deed.people)) == (4, {one.id for one in patients})
    (own,) = _told(bench, About(patients[0].id))
    assert (own.rows, set(own.people)) == (2, {patients[0].id})


def test_a_visit_has_its_own_history_through_all_its_versions(bench: Bench) -> None:
    """Its mark of error too; another visit's steps are not in it."""
    patient = bench.patient()
    bench.signed(patient, "2025-05-01")
    first = bench.draft(patient)
    bench.store.visits.answer(first.id, "five_feature", key("gait"), level(2))
    bench.fill(first)
    signed = bench.store.visits.sign(first.id, "mine")
    again = bench.store.visits.amend(signed.id, "typed wrong")
    bench.store.visits.sign(again.id, "mine")
    bench.store.visits.mark_error(again.id, "another child")
    told = _actions(bench, About(patient.id, first.id))
    assert told[:4] == ["visit.mark", "visit.sign", "visit.amend", "visit.sign"]
    assert told[-1] == "visit.start"
    assert told == _actions(bench, About(patient.id, again.id))
    assert _told(bench, About(patient.id, first.id))[2].visit["date"] == "2025-06-01"


def test_looks_stand_among_the_deeds_of_whom_they_were_at(bench: Bench) -> None:
    """They change nothing, and an opening of the records is about nobody."""
    patient, other = bench.patient(), bench.patient("P2")
    bench.store.seen.note(Action.OPEN)
    bench.store.seen.note(Action.OPEN_PATIENT, patient.id)
    bench.store.seen.note(Action.PRINT, other.id)
    looks = [deed for deed in _told(bench, About(patient.id)) if deed.is_look]
    assert [(one.step.action, one.name, one.rows) for one in looks] == [("seen.patient", "Ann", 0)]
    assert set(looks[0].people) == {patient.id}
    assert {"seen.open", "seen.patient", "seen.print"} < set(_actions(bench))


def test_the_newest_entry_of_a_patient_is_found_by_its_hash(bench: Bench) -> None:
    """Nothing of another patient is, and what was never written is not."""
    patient, other = bench.patient(), bench.patient("P2")
    before = bench.store.history.newest(patient.id)
    bench.store.patients.set_next_visit(patient.id, PartialDate(2025, 7, 1))
    history = bench.store.history
    newest = history.newest(patient.id)
    entry = next(one for one in reversed(bench.store.journal.entries()))
    assert newest == entry.hash.hex()[:10]
    found, first = history.find(patient.id, newest), history.find(patient.id, before)
    assert found is not None
    assert first is not None
    assert (found.action, first.action) == ("patient.plan", "patient.add")
    assert history.find(other.id, newest) is None
    assert history.find(patient.id, "0000000000") is None
    assert history.newest("") == ""


def test_a_look_or_another_patient_leaves_the_hash_of_a_page_alone(bench: Bench) -> None:
    """A page that was printed again says the same."""
    patient = bench.patient()
    newest = bench.store.history.newest(patient.id)
    bench.patient("P2")
    bench.store.seen.note(Action.PRINT, patient.id)
    assert bench.store.history.newest(patient.id) == newest


def test_only_what_is_asked_for_is_taken(bench: Bench) -> None:
    """By action, by person, and by days, the first and the last among them."""
    bench.patient()
    step = next(bench.store.history.steps())
    user = bench.store.user.id
    for only in (
        Only(), Only(frozenset({"patient.add"})), Only(user=user), Only(first=TODAY, last=TODAY),
    ):  # fmt: skip
        assert only.takes(step)
    for only in (
        Only(frozenset({"user.add"})), Only(user="somebody"),
        Only(first=date(2025, 6, 2)), Only(last=date(2025, 5, 31)),
    ):  # fmt: skip
        assert not only.takes(step)
    assert not Only(first=TODAY).is_over(step)
    assert Only(first=date(2025, 6, 4)).is_over(step)


def test_days_that_come_after_the_last_one_are_not_gone_through(
    reopen: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last day is found by halves: a year of steps costs a few questions."""
    store = reopen(clock=FixedClock.on(date(2024, 1, 5)))
    store.users.add("Ann", Role.NURSE)
    store.journal.listener = _nothing
    early = Bench(store, store._session.catalogue).patient()
    store = reopen(clock=FixedClock.on(TODAY))
    for number in range(200):
        store.patients.set_next_visit(early.id, PartialDate(2025, 7 + number % 2, 1))
    asked = _asked(monkeypatch)
    step = next(store.history.steps(last=date(2024, 1, 31)))
    assert step.action == "patient.add"
    assert len(asked) < 30


def test_a_page_of_the_history_asks_as_much_in_a_long_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of everybody, five deeds cost the same questions however many lie before them."""
    patient = bench.patient()
    counts = []
    for _ in range(2):
        for number in range(50):
            day = PartialDate(2025, 7 + number % 2, 1)
            bench.store.patients.set_next_visit(patient.id, day)
        with monkeypatch.context() as patched:
            asked = _asked(patched)
            steps = bench.store.history.steps()
            for _ in range(5):
                bench.store.history.deed(next(steps))
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_dose_step_knows_what_it_is_a_dose_of(bench: Bench) -> None:
    """While its treatment stands."""
    patient = bench.patient()
    treatment = bench.store.treatments.add(patient.id, TreatmentFacts(agent="ivig"))
    deed = _told(bench, About(patient.id))[0]
    assert deed.changes[0].named["agent"] == "ivig"
    bench.store.treatments.remove(treatment.id, "never given")
    removed = _told(bench, About(patient.id))[0]
    assert (removed.reason, removed.changes[0].after) == ("never given", None)
    assert removed.changes[0].named["agent"] == "ivig"


def test_a_step_of_many_rows_is_read_in_parts_and_no_row_is_left_out(bench: Bench) -> None:
    """What is shown are the first rows; the table has them all."""
    patient = bench.patient()
    with bench.store.importing():
        for number in range(600):
            bench.store.patients.set_next_visit(patient.id, PartialDate(2025, 7 + number % 2, 1))
    step = next(one for one in bench.store.history.steps() if one.action == "import")
    assert (len(step.ids), len(bench.store.history.deed(step).changes)) == (600, 60)
    parts = list(bench.store.history.whole(step))
    assert [len(part.changes) for part in parts] == [500, 100]


def test_pages_made_since_an_instant_are_told_newest_first(bench: Bench) -> None:
    """An opening is no page, and neither is a page of before."""
    patient = bench.patient()
    bench.store.seen.note(Action.PRINT, patient.id)
    bench.store.seen.note(Action.OPEN_PATIENT, patient.id)
    now = Moment(datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC), 0)
    later = Moment(datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC), 0)
    assert [one.name for one in bench.store.history.pages_since(patient.id, now)] == ["Ann"]
    assert list(bench.store.history.pages_since(patient.id, later)) == []


def test_the_history_can_be_read_beside_the_window(bench: Bench) -> None:
    """Lent to another thread, it tells the same."""
    bench.patient()
    with bench.store.history.beside() as lent:
        assert [step.action for step in lent.steps()] == _actions(bench)


def _nothing(_changes: object) -> None:
    """Take no notice."""


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each question to the file from now on."""
    asked: list[str] = []
    ask = RecordsFile.execute

    def execute(self: RecordsFile, sql: str, values: object = ()) -> object:
        asked.append(sql)
        return ask(self, sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(RecordsFile, "execute", execute)
    return asked
