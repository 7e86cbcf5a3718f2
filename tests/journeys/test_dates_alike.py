"""Window, tables and store hold every date to one rule: what one of them takes, all take."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.clock import FixedClock
from app.date_reader import DateReader
from app.dates import PartialDate, parse_date
from app.errors import UserError
from app.exchange.importing import import_from
from app.language import words
from app.records.fields import Facts, texts_of
from app.records.file.database import open_database
from app.records.model import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    Role,
    SequelaFacts,
    TreatmentFacts,
)
from app.records.store import Store
from app.screens.patient_form.view import problems_of, stored_values
from app.screens.treatments.form_values import Filled, FormKind, TypedStep
from app.screens.treatments.validation import Case, read_form
from scales.catalogue import Catalogue, load_catalogue

TODAY, BIRTH = date(2026, 1, 28), PartialDate(2023, 3, 14)
DAYS = (
    "0024-01-05", "1899", "1900-01-01", "2023-02", "2023-03-13", "2023", "2023-03", "2023-03-14",
    "2026-01-28", "2026-01", "2026", "2026-01-29", "2026-02", "2028-01-28", "2028-01", "2028",
    "2028-01-29", "2029", "9999-12", "9999",
)  # fmt: skip
PAST = {"2023", "2023-03", "2023-03-14", "2026-01-28", "2026-01", "2026"}
AHEAD = PAST | {"2026-01-29", "2026-02", "2028-01-28", "2028-01", "2028"}
NAMES = count()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Return the scales of this version."""
    return load_catalogue()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Store]:
    """Return a store on 28 January 2026."""
    path = tmp_path_factory.mktemp("alike") / "records.db"
    database = open_database(path, bytes(32), create=True)
    made = Store(database, catalogue=catalogue, clock=FixedClock.on(TODAY), station="desk")
    made.users.add("M. Okafor", Role.NURSE)
    yield made
    made.close()


def _dose(start: PartialDate | None = None, stop: PartialDate | None = None) -> DoseFacts:
    return DoseFacts(start=start, stop=stop, dose=Decimal(1), unit="mg")


def _look(date: PartialDate = BIRTH, next_date: PartialDate | None = None) -> FindingFacts:
    return FindingFacts(
        date=date, kind="tumour", name="MRI", result="negative", next_date=next_date
    )


FACTS: dict[str, Callable[[PartialDate], Facts]] = {
    "treatments": lambda day: TreatmentFacts(agent="ivig", start=day),
    "treatments until": lambda day: TreatmentFacts(agent="ivig", stop=day),
    "doses": lambda day: _dose(start=day),
    "doses until": lambda day: _dose(stop=day),
    "events": lambda day: EventFacts(date=day, kind="fever"),
    "events until": lambda day: EventFacts(date=BIRTH, stop=day, kind="fever"),
    "measures": lambda day: MeasureFacts(date=day, kind="weight_kg", value=Decimal(9)),
    "findings": lambda day: _look(date=day),
    "findings next": lambda day: _look(next_date=day),
    "sequelae": lambda day: SequelaFacts(date=day, kind="motor", state="yes"),
}
PLANS = frozenset({"findings next"})
"""Makes something of each kind, with one date that is to be looked at."""


def _store_takes(store: Store, facts: Facts) -> bool:
    patient = store.patients.add(PatientFacts(f"S{next(NAMES)}", birth_date=BIRTH)).id
    try:
        match facts:
            case TreatmentFacts():
                store.treatments.add(patient, facts)
            case DoseFacts():
                whole = store.treatments.add(patient, TreatmentFacts(agent="ivig"))
                store.treatments.add_dose(whole.id, facts)
            case EventFacts():
                store.events.add(patient, facts)
            case MeasureFacts():
                store.measures.add(patient, facts)
            case FindingFacts():
                store.findings.add(patient, facts)
            case SequelaFacts():
                store.sequelae.add(patient, facts)
    except UserError:
        return False
    return True


def _tables_take(
    store: Store, catalogue: Catalogue, folder: Path, table: str, facts: Facts
) -> bool:
    number = next(NAMES)
    owner, cells = f"T{number}", {key: text for key, text in texts_of(facts).items() if text}
    links = {"patient_id": owner}
    tables = {"patients": f"patient_id,birth_date\n{owner},{BIRTH}\n"}
    if table == "treatments":
        cells["treatment_id"] = f"C{number}"
    if table == "doses":
        links["treatment_id"] = f"C{number}"
        tables["treatments"] = f"patient_id,treatment_id,agent\n{owner},C{number},ivig\n"
    row = {**links, **cells}
    tables[table] = f"{','.join(row)}\n{','.join(row.values())}\n"
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    try:
        import_from(store, catalogue, folder)
    except UserError:
        return False
    return True


def _form_takes(kind: FormKind, facts: Facts) -> bool:
    texts = texts_of(facts)
    if isinstance(facts, DoseFacts):
        told = {name: texts[name] for name in ("start", "stop", "dose", "unit")}
        filled = Filled({}, (replace(TypedStep(), **told),))
    else:
        filled = Filled({name: text for name, text in texts.items() if name != "treatment_id"})
    dates = DateReader(words(), lambda: TODAY)
    return not read_form(kind, filled, Case(BIRTH), dates).problems


FORMS = {
    "treatments": FormKind.CHANGE,
    "doses": FormKind.STEPS,
    "events": FormKind.EVENT,
    "findings": FormKind.FINDING,
}


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("day", DAYS)
def test_window_tables_and_store_take_the_same_dates(
    store: Store, catalogue: Catalogue, tmp_path: Path, kind: str, day: str
) -> None:
    """Past dates within the life so far; of treatments, doses and plans two years ahead too."""
    table = kind.split(maxsplit=1)[0]
    when = parse_date(day)
    assert when is not None
    facts = FACTS[kind](when)
    wanted = day in (
        AHEAD if kind.split(maxsplit=1)[0] in {"treatments", "doses"} or kind in PLANS else PAST
    )
    taken = {_store_takes(store, facts), _tables_take(store, catalogue, tmp_path, table, facts)}
    if table in FORMS:
        taken.add(_form_takes(FORMS[table], facts))
    assert taken == {wanted}


@pytest.mark.parametrize("field", ["birth_date", "onset_date"])
@pytest.mark.parametrize("day", DAYS)
def test_the_dates_of_a_patient_are_taken_alike(
    store: Store, catalogue: Catalogue, tmp_path: Path, field: str, day: str
) -> None:
    """A birth in the past, from 1900 on; first signs not before it."""
    owner = next(NAMES)
    told = {"birth_date": str(BIRTH), field: day}
    in_life = day in PAST or (field == "birth_date" and parse_date(day) in _BIRTHS)
    known = {name: parse_date(text) for name, text in told.items()}
    try:
        store.patients.add(PatientFacts(f"A{owner}", **known))  # type: ignore[arg-type]
    except UserError:
        stored = False
    else:
        stored = True
    dates = DateReader(words(), lambda: TODAY)
    form = not problems_of({**stored_values(PatientFacts("1")), **told}, dates)
    names, cells = ",".join(told), ",".join(told.values())
    table = f"patient_id,{names}\nB{owner},{cells}\n"
    (tmp_path / "patients.csv").write_text(table, encoding="utf-8")
    try:
        import_from(store, catalogue, tmp_path)
    except UserError:
        imported = False
    else:
        imported = True
    assert (stored, form, imported) == (in_life,) * 3


_BIRTHS = tuple(map(parse_date, ("1900-01-01", "2023-02", "2023-03-13")))
"""Days before the other birth date that are days to be born on as well."""
