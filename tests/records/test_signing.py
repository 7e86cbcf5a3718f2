"""Signing, amending, importing, error marks: what closes a visit and what opens it again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.clock import FixedClock
from app.errors import UserError
from app.records.actions import Action
from app.records.journal import Subject
from app.records.model import (
    ConfirmedQuestion,
    ImportedSheet,
    Role,
    Visit,
    VisitContext,
    VisitFacts,
    VisitState,
)
from app.records.store import Store
from scales.catalogue import Catalogue
from scales.model import Missing, NotTestable
from scales.score import score
from tests.builders import replace
from tests.records.workbench import TODAY, Bench, day, key, level
from tests.roles import let_do_everything


def _only(visits: tuple[Visit, ...]) -> Visit:
    assert len(visits) == 1
    return visits[0]


def test_signing_stores_totals_and_who_signed(bench: Bench) -> None:
    """A signed visit holds totals, subscores, scale version, user, role, time and meaning."""
    visit = bench.draft(bench.patient())
    bench.fill(visit, "oms", 2)
    signed = bench.store.visits.sign(visit.id, "I scored this visit.")
    sheet = signed.sheets[0]
    assert (signed.state, sheet.total, sheet.version) == (VisitState.SIGNED, Decimal(12), "2")
    assert sheet.subscores == {"without_speech": Decimal(10)}
    assert signed.signature is not None
    assert (signed.signature.user, signed.signature.name) == (bench.store.user.id, "Ann")
    assert (signed.signature.role, signed.signature.meaning) == (
        Role.NURSE,
        "I scored this visit.",
    )
    assert signed.signature.moment == FixedClock.on(TODAY).moment
    assert bench.store.record(visit.patient).visits == (signed,)
    assert bench.store.record(visit.patient).draft is None


def test_an_incomplete_sheet_is_signed_without_a_total(bench: Bench) -> None:
    """Open and not testable items leave the total out, and the sheet says which and why."""
    visit = bench.draft(bench.patient())
    bench.fill(visit, "five_feature", 0)
    bench.store.visits.answer(visit.id, "five_feature", key("gait"), NotTestable("asleep"))
    bench.store.visits.answer(visit.id, "five_feature", key("sleep"), None)
    sheet = bench.store.visits.sign(visit.id, "scored").sheets[0]
    assert (sheet.total, sheet.missing) == (None, (key("gait"), key("sleep")))
    assert sheet.reasons == {key("gait"): Missing.NOT_TESTABLE, key("sleep"): Missing.OPEN}
    assert sheet.subscores == {"without_gait": None}


def test_an_empty_visit_cannot_be_signed(bench: Bench) -> None:
    """There must be an answer or a typed total; a sheet that was opened again is none."""
    visit = bench.draft(bench.patient())
    with pytest.raises(UserError, match="Nothing is scored"):
        bench.store.visits.sign(visit.id, "scored")
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(1))
    bench.store.visits.answer(visit.id, "oms", key("gait"), None)
    with pytest.raises(UserError, match="Nothing is scored"):
        bench.store.visits.sign(visit.id, "scored")
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT


def test_a_sheet_without_answers_is_left_out(bench: Bench) -> None:
    """A scale that was opened and left empty is not part of the signed visit."""
    visit = bench.draft(bench.patient())
    bench.fill(visit, "oms", 0)
    bench.store.visits.answer(visit.id, "sara", key("gait"), level(1))
    bench.store.visits.confirm(visit.id, "sara", ConfirmedQuestion("q", "kept"))
    bench.store.visits.answer(visit.id, "sara", key("gait"), None)
    assert [sheet.scale for sheet in bench.store.visits.sign(visit.id, "scored").sheets] == ["oms"]
    assert bench.store._database.execute("SELECT count(*) FROM sheets").fetchone() == (1,)
    assert bench.found() == {}


def test_a_typed_total_is_signed_as_typed(bench: Bench) -> None:
    """A total from paper stands as typed, with nothing missing and no subscores."""
    visit = bench.draft(bench.patient())
    bench.store.visits.type_total(visit.id, "oms", Decimal(9))
    sheet = bench.store.visits.sign(visit.id, "copied from paper").sheets[0]
    assert (sheet.total, sheet.is_typed, sheet.complete, sheet.subscores) == (
        Decimal(9),
        True,
        True,
        {},
    )
    assert bench.found() == {}


def test_a_broken_rule_refuses_the_signature(bench: Bench) -> None:
    """A sheet that breaks a rule of its scale is shown without a total and cannot be signed."""
    visit = bench.draft(bench.patient())
    bench.fill(visit, "icars", 0)
    bench.raw("UPDATE answers SET value = '5' WHERE item = 'walking'")
    sheet = bench.store.visits.get(visit.id).sheet("icars")
    assert sheet is not None
    assert sheet.total is None
    with pytest.raises(UserError):
        bench.store.visits.sign(visit.id, "scored")
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT


def test_sheets_come_in_the_order_of_the_catalogue(bench: Bench) -> None:
    """However they were scored, five features come first, then OMS, SARA and ICARS."""
    visit = bench.draft(bench.patient())
    for scale in ("icars", "sara", "oms", "five_feature"):
        bench.fill(visit, scale, 0)
    signed = bench.store.visits.sign(visit.id, "scored")
    assert [sheet.scale for sheet in signed.sheets] == ["five_feature", "oms", "sara", "icars"]


def test_a_signature_is_given_once(bench: Bench) -> None:
    """Signing a signed visit is refused."""
    visit = bench.signed(bench.patient())
    with pytest.raises(UserError, match="signed"):
        bench.store.visits.sign(visit.id, "again")


def test_an_amendment_copies_everything_and_the_old_version_stays(bench: Bench) -> None:
    """A new version holds the same scores, kept questions, context and measures, with a reason."""
    draft = bench.draft(bench.patient(), visit_id="V1")
    bench.fill(draft, "oms", 1)
    bench.store.visits.type_total(draft.id, "sara", Decimal("7.5"))
    bench.store.visits.confirm(draft.id, "oms", ConfirmedQuestion("q", "kept"))
    bench.store.visits.set_context(draft.id, VisitContext(note="calm"))
    bench.store.measures.set_for_visit(draft.id, "sleep_hours", Decimal(9))
    old = bench.store.visits.sign(draft.id, "scored")
    new = bench.store.visits.amend(old.id, "gait mixed up")
    assert (new.version, new.replaces, new.amend_reason) == (2, (old.id,), "gait mixed up")
    assert (new.state, new.signature, new.facts.visit_id) == (VisitState.DRAFT, None, "V1")
    assert (new.facts.context, new.facts.rater, new.facts.date) == (
        old.facts.context,
        old.facts.rater,
        old.facts.date,
    )
    assert new.sheets == old.sheets
    assert bench.store.measures.of_visit(new.id)[0].facts.value == Decimal(9)
    assert bench.store.visits.get(old.id) == old
    assert bench.store.record(old.patient).visits == (old,)


def test_an_amendment_keeps_the_version_of_a_sheet_that_it_left_alone(
    bench: Bench, catalogue: Catalogue
) -> None:
    """What was scored by an earlier wording is not said to be scored by today's."""
    old = [
        ImportedSheet("oms", "1", {one: level(1) for one in catalogue.find("oms").keys}),
        ImportedSheet("five_feature", "1", {key("gait"): level(1)}),
        ImportedSheet("sara", "1", {}, Decimal("9.5")),
        ImportedSheet("icars", "1", {}, Decimal(9)),
    ]
    visits = bench.store.visits
    facts = VisitFacts("V1", day("2025-05-01"))
    let_do_everything(bench.store)
    imported = visits.add_imported(bench.patient().id, facts, old)
    amended = visits.amend(imported, "gait mixed up")
    visits.answer(amended.id, "five_feature", key("gait"), level(2))
    visits.type_total(amended.id, "icars", Decimal(8))
    signed = visits.sign(amended.id, "corrected")
    assert {sheet.scale: sheet.version for sheet in signed.sheets} == {
        "five_feature": "2",
        "oms": "1",
        "sara": "1",
        "icars": "2",
    }


def test_a_signed_amendment_is_what_counts(bench: Bench) -> None:
    """Charts see the latest signed version only; every version stays readable."""
    old = bench.signed(bench.patient(), visit_id="V1")
    amended = bench.store.visits.amend(old.id, "gait mixed up")
    bench.store.measures.set_for_visit(amended.id, "sleep_hours", Decimal(9))
    bench.store.visits.answer(amended.id, "five_feature", key("gait"), level(3))
    new = bench.store.visits.sign(amended.id, "corrected")
    assert (old.sheets[0].total, new.sheets[0].total) == (Decimal(5), Decimal(7))
    record = bench.store.record(old.patient)
    assert record.visits == (new,)
    assert [measure.visit for measure in record.measures] == [new.id]
    assert bench.store.visits.versions("V1") == (old, new)
    assert bench.store.visits.by_visit_id("V1") == new


def test_a_discarded_amendment_leaves_the_signed_version(bench: Bench) -> None:
    """Putting an amendment away leaves everything as it was."""
    old = bench.signed(bench.patient(), visit_id="V1")
    amended = bench.store.visits.amend(old.id, "slip")
    assert bench.store.visits.by_visit_id("V1") == old
    bench.store.visits.discard(amended.id, "no need")
    assert bench.store.visits.versions("V1") == (old,)
    assert bench.found() == {}


def test_what_cannot_be_amended_is_told(bench: Bench) -> None:
    """A draft, an old version, a marked visit, an empty reason or a second draft are refused."""
    patient = bench.patient()
    draft = bench.draft(patient)
    with pytest.raises(UserError, match="not signed yet"):
        bench.store.visits.amend(draft.id, "slip")
    bench.fill(draft)
    old = bench.store.visits.sign(draft.id, "scored")
    with pytest.raises(UserError, match="reason"):
        bench.store.visits.amend(old.id, "")
    amended = bench.store.visits.amend(old.id, "slip")
    with pytest.raises(UserError, match="unfinished"):
        bench.store.visits.amend(old.id, "slip")
    new = bench.store.visits.sign(amended.id, "corrected")
    with pytest.raises(UserError, match="newer version"):
        bench.store.visits.amend(old.id, "slip")
    bench.store.visits.mark_error(new.id, "wrong child")
    with pytest.raises(UserError, match="entered in error"):
        bench.store.visits.amend(new.id, "slip")
    bench.store.visits.unmark_error(new.id)
    bench.draft(patient)
    with pytest.raises(UserError, match="unfinished visit of this patient"):
        bench.store.visits.amend(new.id, "slip")


def test_a_visit_entered_in_error_leaves_the_record(bench: Bench) -> None:
    """A marked visit and its measures leave charts and lists; the mark can be taken back."""
    draft = bench.draft(bench.patient(), visit_id="V1")
    bench.fill(draft)
    bench.store.measures.set_for_visit(draft.id, "sleep_hours", Decimal(9))
    visit = bench.store.visits.sign(draft.id, "scored")
    bench.store.visits.mark_error(visit.id, "wrong child")
    record = bench.store.record(visit.patient)
    assert (record.visits, record.measures) == ((), ())
    assert bench.store.summaries()[0].last_visit is None
    assert bench.store.visits.by_visit_id("V1").error_reason == "wrong child"
    bench.store.visits.unmark_error(visit.id)
    assert bench.store.record(visit.patient).visits == (visit,)


def test_a_mark_is_on_the_visit_not_on_a_version(bench: Bench) -> None:
    """Marking an old version marks the visit: no older version comes back in its place."""
    old = bench.signed(bench.patient(), visit_id="V1")
    new = bench.store.visits.sign(bench.store.visits.amend(old.id, "slip").id, "corrected")
    bench.store.visits.mark_error(old.id, "wrong child")
    assert bench.store.visits.get(new.id).error_reason == "wrong child"
    assert bench.store.record(old.patient).visits == ()


def test_a_draft_is_discarded_not_marked(bench: Bench) -> None:
    """An unfinished visit, or one with an open amendment, takes no error mark."""
    visit = bench.signed(bench.patient())
    amended = bench.store.visits.amend(visit.id, "slip")
    for one in (visit, amended):
        with pytest.raises(UserError, match="unfinished"):
            bench.store.visits.mark_error(one.id, "wrong child")


def test_a_mark_is_not_taken_back_onto_an_impossible_day(bench: Bench) -> None:
    """If the birth date moved behind a marked visit, the mark stays."""
    patient = bench.patient()
    visit = bench.signed(patient, "2021-01-01")
    bench.store.visits.mark_error(visit.id, "wrong child")
    bench.store.patients.change(patient.id, replace(patient.facts, birth_date=day("2024")))
    with pytest.raises(UserError, match="before the birth date"):
        bench.store.visits.unmark_error(visit.id)


def test_signing_asks_again_whether_the_day_has_come(
    bench: Bench, reopen: Callable[..., Store], catalogue: Catalogue
) -> None:
    """A clock that was set back since the start: the visit stays open until it fits."""
    patient = bench.patient()
    visit = bench.draft(patient, str(TODAY))
    bench.fill(visit)
    bench.store.close()
    early = Bench(reopen(clock=FixedClock.on(date(2025, 5, 31))), catalogue)
    with pytest.raises(UserError, match="2025-06-01 is in the future"):
        early.store.visits.sign(visit.id, "scored by me")
    assert early.store.visits.get(visit.id).state is VisitState.DRAFT
    early.store.visits.set_when(visit.id, day("2025-05-31"), "")
    assert early.store.visits.sign(visit.id, "scored by me").signature is not None


def test_nothing_of_a_patient_entered_in_error_is_signed_or_opened(bench: Bench) -> None:
    """Signing, amending and taking back a visit's mark ask what starting a visit asks."""
    patient = bench.patient()
    signed, wrong = bench.signed(patient, "2025-05-01"), bench.signed(patient, "2025-05-02")
    bench.store.visits.mark_error(wrong.id, "wrong child")
    draft = bench.draft(patient)
    bench.fill(draft)
    bench.store.patients.mark_error(patient.id, "typed twice")
    visits = bench.store.visits
    for deed in (
        lambda: visits.sign(draft.id, "scored by me"),
        lambda: visits.amend(signed.id, "slip"),
        lambda: visits.unmark_error(wrong.id),
    ):
        with pytest.raises(UserError, match="marked as entered in error"):
            deed()
    bench.store.patients.unmark_error(patient.id)
    assert visits.sign(draft.id, "scored by me").signature is not None


def _import(bench: Bench, patient: str, catalogue: Catalogue, **values: Any) -> Visit:
    oms = {one: level(1) for one in catalogue.find("oms").keys}
    told: dict[str, Any] = {
        "visit_id": "V1",
        "date": day("2003-05"),
        "rater": "Dr Old",
        "context": VisitContext(note="from paper"),
        "sheets": (ImportedSheet("oms", "", oms), ImportedSheet("sara", "0", {}, Decimal(8))),
        **values,
    }
    sheets = told.pop("sheets")
    return bench.store.visits.get(
        bench.store.visits.add_imported(patient, VisitFacts(**{"time": "", **told}), sheets)
    )


def test_an_imported_visit_is_signed_as_imported(bench: Bench, catalogue: Catalogue) -> None:
    """Totals are computed, typed ones stand, the version is the file's, nobody has signed."""
    patient = bench.patient(birth="1990")
    visit = _import(bench, patient.id, catalogue)
    oms, sara = visit.sheets
    assert (visit.state, visit.signature, visit.facts.rater) == (
        VisitState.IMPORTED,
        None,
        "Dr Old",
    )
    assert (oms.total, oms.version, oms.is_typed) == (Decimal(6), "2", False)
    assert (sara.total, sara.version, sara.is_typed) == (Decimal(8), "0", True)
    assert oms.subscores == score(catalogue.find("oms"), oms.answers).subscores
    assert visit.facts.context.note == "from paper"
    assert bench.store.record(patient.id).visits == (visit,)
    assert bench.store.journal.entries()[-1].user == bench.store.user.id
    assert bench.found() == {}


def test_an_import_is_possible_beside_a_draft(bench: Bench, catalogue: Catalogue) -> None:
    """An open draft does not keep old visits out; a visit may have no sheet at all."""
    patient = bench.patient(birth="1990")
    bench.draft(patient)
    empty = ImportedSheet("oms", "", {})
    visit = _import(bench, patient.id, catalogue, sheets=(empty,))
    assert visit.sheets == ()


def test_a_total_beside_all_items_must_be_theirs(bench: Bench, catalogue: Catalogue) -> None:
    """An equal total counts as computed; a different one is refused and nothing is stored."""
    patient = bench.patient(birth="1990")
    answers = {one: level(1) for one in catalogue.find("oms").keys}
    for total, visit_id in ((Decimal(6), "V1"), (Decimal(7), "V2")):
        sheets = (ImportedSheet("oms", "", answers, total),)
        told = {"sheets": sheets, "visit_id": visit_id}
        if total == Decimal(6):
            assert _import(bench, patient.id, catalogue, **told).sheets[0].is_typed is False
        else:
            with pytest.raises(UserError, match="total from paper"):
                _import(bench, patient.id, catalogue, **told)
    assert bench.store.visits.find("V2") is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"date": day("1989")}, "before the birth date"),
        ({"date": day("2025-07")}, "future"),
        ({"time": "noon"}, "not a time"),
        ({"visit_id": "x" * 65}, "1 to 64"),
        ({"sheets": (ImportedSheet("bars", "", {}, Decimal(1)),)}, "bars"),
        ({"sheets": (ImportedSheet("oms", "", {}, Decimal(19)),)}, "19"),
        ({"sheets": (ImportedSheet("oms", "", {key("gait"): level(4)}),)}, "4"),
    ],
)
def test_an_import_that_cannot_be_is_refused_whole(
    bench: Bench, catalogue: Catalogue, wrong: dict[str, Any], sentence: str
) -> None:
    """Day, time, id, scale, total and level are checked; nothing of a refused visit stays."""
    patient = bench.patient(birth="1990")
    with pytest.raises(UserError, match=sentence):
        _import(bench, patient.id, catalogue, **wrong)
    assert bench.store.record(patient.id).visits == ()
    assert bench.found() == {}


def test_a_visit_is_found_by_its_own_id(bench: Bench) -> None:
    """The draft is found until there is a signed version; an unknown id is told."""
    draft = bench.draft(bench.patient(), visit_id="V1")
    assert bench.store.visits.by_visit_id("V1") == draft
    with pytest.raises(UserError, match="no visit “V2”"):
        bench.store.visits.by_visit_id("V2")


def test_the_visit_before_is_the_one_before_in_the_series(bench: Bench) -> None:
    """The visit before goes by date, not by when it was entered; a scale can be asked for."""
    patient = bench.patient()
    late = bench.signed(patient, "2025-05-01")
    early = bench.draft(patient, "2025-03-01")
    bench.fill(early, "oms", 1)
    early = bench.store.visits.sign(early.id, "scored")
    marked = bench.signed(patient, "2025-05-20")
    bench.store.visits.mark_error(marked.id, "wrong child")
    now = bench.draft(patient)
    assert bench.store.visits.previous(now.id) == late
    assert bench.store.visits.previous(now.id, "oms") == early
    assert bench.store.visits.previous(late.id) == early
    assert bench.store.visits.previous(early.id) is None


def test_the_last_level_is_the_latest_of_an_earlier_signed_visit(bench: Bench) -> None:
    """In whichever scale it was scored; a reason is no level, a marked visit does not count."""
    patient, gait = bench.patient(), key("gait")
    places = [("five_feature", gait), ("oms", gait)]
    older = bench.signed(patient, "2025-03-01", value=2)
    later = bench.draft(patient, "2025-04-01")
    bench.fill(later, "oms", 0)
    bench.store.visits.sign(later.id, "scored")
    unable = bench.draft(patient, "2025-05-01")
    bench.store.visits.answer(unable.id, "oms", gait, NotTestable("never_walked"))
    bench.store.visits.sign(unable.id, "scored")
    marked = bench.signed(patient, "2025-05-20", value=3)
    bench.store.visits.mark_error(marked.id, "wrong child")
    now, visits = bench.draft(patient), bench.store.visits
    assert visits.last_level(now.id, places) == ("oms", Decimal(0), day("2025-04-01"))
    assert visits.last_level(now.id, places[:1]) == ("five_feature", Decimal(2), day("2025-03-01"))
    assert visits.last_level(now.id, [("sara", gait)]) is None
    assert visits.last_level(older.id, places) is None


def test_a_version_is_not_the_visit_before_itself(bench: Bench) -> None:
    """An amendment looks back past the version that it amends."""
    visit = bench.signed(bench.patient())
    amended = bench.store.visits.amend(visit.id, "slip")
    assert bench.store.visits.previous(amended.id) is None
    assert bench.store.visits.last_level(amended.id, [("five_feature", key("gait"))]) is None


def _two_versions(bench: Bench) -> tuple[Visit, Visit]:
    """Sign a visit twice as two stations may: neither version replaces the other."""
    first = bench.signed(bench.patient(), visit_id="V1")
    draft = bench.store.visits.amend(first.id, "slip")
    with bench.store.journal.step(Action.AMEND_VISIT):
        row = {"visit": draft.id, "replaced": first.id}
        bench.store.journal.delete("replacements", row, Subject(first.patient, draft.id))
    bench.store.visits.answer(draft.id, "five_feature", key("gait"), level(2))
    return bench.store.visits.get(first.id), bench.store.visits.sign(draft.id, "corrected")


def test_an_amendment_replaces_every_version_that_stands(bench: Bench) -> None:
    """Of two versions that nothing replaces one amendment makes one, and only that counts."""
    first, second = _two_versions(bench)
    assert [one.id for one in bench.store.record(first.patient).visits] == [first.id, second.id]
    amended = bench.store.visits.amend(first.id, "two were signed")
    assert (set(amended.replaces), amended.version) == ({first.id, second.id}, 3)
    signed = bench.store.visits.sign(amended.id, "settled")
    assert _only(bench.store.record(first.patient).visits).id == signed.id
    for older in (first, second):
        with pytest.raises(UserError, match="newer version"):
            bench.store.visits.amend(older.id, "slip")
    assert bench.found() == {}


def test_a_mark_hides_every_version_that_stands(bench: Bench) -> None:
    """The mark belongs to the visit, whichever of its versions was looked at."""
    first, second = _two_versions(bench)
    bench.store.visits.mark_error(second.id, "other child")
    assert bench.store.record(first.patient).visits == ()
    bench.store.visits.unmark_error(first.id)
    assert len(bench.store.record(first.patient).visits) == 2
    assert bench.found() == {}


def test_a_visit_that_is_not_there_cannot_be_marked(bench: Bench) -> None:
    """It is refused in a sentence, as everything that is gone."""
    for deed in (bench.store.visits.mark_error, bench.store.visits.amend):
        with pytest.raises(UserError, match="not in the records"):
            deed("0" * 32, "slip")
    with pytest.raises(UserError, match="not in the records"):
        bench.store.visits.unmark_error("nobody's")
