"""What an export writes; and that it comes back the same."""

import errno
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import UserError
from app.exchange.exporting import export_folder, export_patient
from app.exchange.importing import FILES
from app.records.file import files, outside
from app.records.model import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
)
from app.records.rules import check_id
from app.records.store import Store
from app.signs import folded
from scales.model import Answer, Declined, Key, NotTestable, Scored
from tests.exchange.tabledesk import Desk
from tests.roles import let_do_everything

P = "patient_id,given_name\nP2,Bo\nP1,Ada\n"
V = "patient_id,visit_id,date\nP1,V2,2026-01-05\nP1,V1,2026-01-06\n"


def test_every_table_is_written_with_its_columns(desk: Desk) -> None:
    """Columns in the published order, CRLF, no byte order mark; tables without rows too."""
    written = desk.export()
    assert set(written) == set(FILES)
    assert written["totals.csv"] == b"patient_id,visit_id,scale,scale_version,total\r\n"
    assert written["doses.csv"] == (
        b"patient_id,treatment_id,start,stop,dose,unit,frequency,note,per,with,"
        b"brand,batch,reaction,given\r\n"
    )


def test_rows_are_sorted_by_key(desk: Desk) -> None:
    """Visits by visit id, whatever the dates say."""
    desk.read(patients=P, visits=V)
    written = desk.export()
    assert written["patients.csv"].decode().splitlines()[1:] == [
        "P1,Ada,,,unknown,,,,,,,,,,",
        "P2,Bo,,,unknown,,,,,,,,,,",
    ]
    assert written["visits.csv"].decode().splitlines()[1:] == [
        "P1,V1,2026-01-06,,,,,,,",
        "P1,V2,2026-01-05,,,,,,,",
    ]


def test_an_answered_scale_has_a_row_for_every_key(desk: Desk) -> None:
    """Keys that are not scored have an empty value; the version is written."""
    answers = "patient_id,visit_id,scale,item,value,reason\nP1,V1,oms,gait,not_testable,ill\n"
    desk.read(patients=P, visits=V, answers=answers)
    assert desk.export()["answers.csv"].decode().splitlines()[1:] == [
        "P1,V1,oms,2,arm_hand,,,",
        "P1,V1,oms,2,gait,,not_testable,ill",
        "P1,V1,oms,2,mood,,,",
        "P1,V1,oms,2,opsoclonus,,,",
        "P1,V1,oms,2,speech,,,",
        "P1,V1,oms,2,stance,,,",
    ]


def test_a_folder_that_holds_something_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Nothing is ever written over."""
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(UserError, match="is not empty"):
        export_folder(desk.store, desk.catalogue, tmp_path)
    assert not (tmp_path / "patients.csv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_made_here_is_its_owners(desk: Desk, tmp_path: Path) -> None:
    """The files are not encrypted, so nobody else on the machine may read them."""
    export_folder(desk.store, desk.catalogue, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    """A file in the place of the folder, say."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match="cannot be written: File exists"):
        export_folder(desk.store, desk.catalogue, tmp_path / "file")


def test_a_full_disk_leaves_no_half_export(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written of it is taken away again."""
    write, written = files.write_private, 0

    def full(path: Path, content: bytes) -> None:
        nonlocal written
        written += path.parent.name == "out"
        write(path, content)
        if written == 3:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(outside, "write_private", full)
    with pytest.raises(UserError, match="No space left"):
        export_folder(desk.store, desk.catalogue, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_only_the_latest_signed_version_is_written(desk: Desk) -> None:
    """Neither a draft, nor an older version, nor what hangs on them."""
    desk.read(patients="patient_id\nP1\n")
    patient = desk.store.patients.by_patient_id("P1").id
    visits = desk.store.visits
    visit = visits.start(patient, PartialDate(2026, 1, 5), "", visit_id="V1")
    visits.answer(visit.id, "oms", Key("gait"), Scored(Decimal(3)))
    visits.sign(visit.id, "scored")
    amended = visits.amend(visit.id, "typing error")
    visits.answer(amended.id, "oms", Key("gait"), Scored(Decimal(2)))
    desk.store.measures.set_for_visit(amended.id, "weight_kg", Decimal(9))
    draft_first = desk.export()
    visits.sign(amended.id, "scored")
    written = desk.export()
    assert b"P1,V1,oms,2,gait,,3," in draft_first["answers.csv"]
    assert draft_first["measures.csv"].count(b"\r\n") == 1
    assert b"P1,V1,oms,2,gait,,2," in written["answers.csv"]
    assert written["visits.csv"].count(b"\r\n") == 2
    assert b"P1,V1,2026-01-05,weight_kg,9," in written["measures.csv"]


def test_what_is_entered_in_error_leaves_the_export(desk: Desk) -> None:
    """A visit or a whole patient; taking the mark back brings it back."""
    desk.read(patients=P, visits=V)
    before = desk.export()
    visit = desk.store.visits.by_visit_id("V1")
    patient = desk.store.patients.by_patient_id("P2")
    desk.store.visits.mark_error(visit.id, "wrong day")
    desk.store.patients.mark_error(patient.id, "twice here")
    written = desk.export()
    assert b"V1" not in written["visits.csv"]
    assert b"P2" not in written["patients.csv"]
    desk.store.visits.unmark_error(visit.id)
    desk.store.patients.unmark_error(patient.id)
    assert desk.export() == before


def test_an_export_loses_no_event(desk: Desk) -> None:
    """The whole row is the key, so an exact double, which would not come back, is refused."""
    desk.read(patients="patient_id\nP1\n")
    patient = desk.store.patients.by_patient_id("P1").id
    fever = EventFacts(date=PartialDate(2026), kind="fever")
    desk.store.events.add(patient, fever)
    with pytest.raises(UserError, match="recorded already"):
        desk.store.events.add(patient, fever)
    assert desk.export()["events.csv"].count(b"\r\n") == 2


TEXT = st.text(
    st.one_of(
        st.sampled_from(list('",\r\n\t;=<&\'"أם🙂\u200f\u202e\u2028\ufeff ')),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=10,
)


def _is_id(text: str) -> bool:
    try:
        check_id(text)
    except UserError:
        return False
    return text not in ("date", "age")


IDS = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
    .map(lambda text: normalize("NFC", text.strip()))
    .filter(_is_id)
)
DAYS = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
    st.dates(date(2001, 1, 1), date(2025, 12, 31)),
    st.integers(1, 3),
)
NUMBERS = st.decimals(0, 999, places=2)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.integers(0, 3).map(lambda level: Scored(Decimal(level))),
    TEXT.filter(str.strip).map(NotTestable),
    TEXT.map(Declined),
)
SHEETS = st.dictionaries(
    st.sampled_from([Key("gait"), Key("mood"), Key("speech")]), ANSWERS, max_size=3
)


Course = tuple[str, str, PartialDate, dict[Key, Answer], Decimal]
COURSES: st.SearchStrategy[list[Course]] = st.lists(
    st.tuples(IDS, TEXT, DAYS, SHEETS, NUMBERS),
    min_size=1,
    max_size=3,
    unique_by=lambda course: folded(course[0]),
)


def _fill(store: Store, courses: list[Course]) -> None:
    """Record and sign each course by the app's own ways."""
    for name, text, day, answers, number in courses:
        facts = PatientFacts(
            name, given_name=text, family_name=text, sex="other", gestation_weeks=Decimal(34)
        )
        patient = store.patients.add(facts).id
        visit = store.visits.start(patient, day, "", visit_id=name)
        for key, answer in answers.items():
            store.visits.answer(visit.id, "oms", key, answer)
        store.visits.type_total(visit.id, "sara", Decimal("9.5"))
        store.visits.sign(visit.id, "scored")
        treatment = store.treatments.add(
            patient,
            TreatmentFacts(
                agent="other",
                start=day,
                route=text,
                note=text + "x",
                treatment_id=name,
                stop=day,
                stop_reason="other",
            ),
        )
        store.treatments.add_dose(
            treatment.id, DoseFacts(stop=day, dose=number, unit="other", note="x" + text)
        )
        store.events.add(patient, EventFacts(date=day, kind="infection", author=text, note=text))
        store.measures.add(
            patient, MeasureFacts(date=day, kind="rages_per_day", value=number, note=text)
        )
        store.sequelae.add(patient, SequelaFacts(date=day, kind="sleep", state="yes", note=text))
        look = FindingFacts(
            date=day, kind="csf", name="x" + text, value=number, unit="x" + text, next_date=day
        )
        store.findings.add(patient, look)
        store.findings.add(patient, replace(look, result="uncertain", value=None, unit=""))


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(courses=COURSES)
def test_export_import_export_gives_the_same_bytes(
    new_desk: Callable[..., Desk], courses: list[Course]
) -> None:
    """Whatever names and notes hold, a record travels whole."""
    first, second = new_desk(), new_desk()
    _fill(first.store, courses)
    written = first.export()
    second.read(**{name.removesuffix(".csv"): content for name, content in written.items()})
    assert second.export() == written
    first.store.close()
    second.store.close()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(owners=st.lists(st.sampled_from(["P1", "P2", "P10", "p 2"]), min_size=1, max_size=12))
def test_one_patient_is_handed_over_with_no_row_of_another(
    new_desk: Callable[[], Desk], owners: list[str]
) -> None:
    """Whatever the others have: the rows are those that the whole export tells of this one."""
    desk = new_desk()
    names = list(dict.fromkeys(owners))
    rows = enumerate(owners)
    desk.read(
        patients="patient_id\n" + "".join(f"{name}\n" for name in names),
        visits="patient_id,visit_id,date\n"
        + "".join(f"{name},V{number},2026-01-05\n" for number, name in enumerate(owners)),
        events="patient_id,date,kind\n"
        + "".join(f"{name},2025-01-{number + 1:02},fever\n" for number, name in rows),
    )
    whole = {name: content.splitlines() for name, content in desk.export().items()}
    for name in names:
        alone = desk.hand_over(name)
        assert set(alone) == set(FILES)
        for file, content in alone.items():
            mark = f"{name},".encode()
            head, *told = whole[file]
            assert content.splitlines() == [head, *(one for one in told if one.startswith(mark))]


def test_who_is_handed_over_is_read_in_elsewhere(new_desk: Callable[[], Desk]) -> None:
    """The other unit's export says the same, byte for byte."""
    here, there = new_desk(), new_desk()
    answers = "patient_id,visit_id,scale,item,value,reason\nP1,V1,oms,gait,not_testable,ill\n"
    here.read(patients=P, visits=V, answers=answers)
    alone = here.hand_over("P1")
    there.read(**{name.removesuffix(".csv"): content for name, content in alone.items()})
    assert there.export() == alone


def test_who_is_entered_in_error_is_not_handed_over(desk: Desk) -> None:
    """As with every other page and table."""
    desk.read(patients=P)
    let_do_everything(desk.store)
    desk.store.patients.mark_error(desk.store.patients.by_patient_id("P1").id, "twice")
    with pytest.raises(UserError, match="marked as entered in error"):
        export_patient(
            desk.store, desk.catalogue, desk.folder / "out.zip",
            next(iter(desk.store.patients.marked())).id,
        )  # fmt: skip
    assert not (desk.folder / "out.zip").exists()
