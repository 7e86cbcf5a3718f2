"""A patient's whole record, and the list of all patients, in a few questions to the file."""

from collections import defaultdict
from collections.abc import Sequence

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.ledger import Ledger
from app.records.loading import LATEST, Order, load_visits, series_order
from app.records.model import (
    DoseStep,
    Event,
    Measure,
    PatientRecord,
    Sequela,
    Treatment,
    Visit,
)
from app.records.values import (
    dose_of,
    event_of,
    measure_of,
    patient_of,
    sequela_of,
    treatment_of,
)

_NEVER = PartialDate(1)


def one_visit(ledger: Ledger, visit: str) -> Visit:
    """Return a visit version by its internal id; UserError if there is none."""
    found = load_visits(ledger, "v.id = ?", [visit])
    if not found:
        raise UserError(N_("This visit is not in the records any more."))
    return found[0]


def load_record(ledger: Ledger, patient: str) -> PatientRecord:
    """Return all that charts, pages and exports are made from.

    A patient who is marked entered in error has an empty record until the mark is taken back.
    """
    who = patient_of(ledger.row("patients", patient))
    if who.error_reason is not None:
        return PatientRecord(who, (), (), (), (), ())
    visits = load_visits(ledger, f"v.patient = ? AND {LATEST}", [patient])
    drafts = load_visits(ledger, "v.patient = ? AND v.state = 'draft'", [patient])
    return PatientRecord(
        patient=who,
        visits=visits,
        treatments=load_treatments(ledger, patient),
        events=_events(ledger, patient),
        measures=_measures(ledger, patient, {visit.id for visit in visits}),
        sequelae=_sequelae(ledger, patient),
        draft=drafts[0] if drafts else None,
    )


def load_treatments(ledger: Ledger, patient: str) -> tuple[Treatment, ...]:
    """Return a patient's treatments by start, an unknown one last, with their dose steps."""
    doses: dict[str, list[DoseStep]] = defaultdict(list)
    for row in ledger.rows(
        "SELECT d.* FROM doses AS d JOIN treatments AS t ON t.id = d.treatment "
        "WHERE t.patient = ?",
        [patient],
    ):
        doses[row["treatment"]].append(dose_of(row))
    rows = ledger.rows("SELECT * FROM treatments WHERE patient = ?", [patient])
    treatments = (treatment_of(row, in_order(doses[row["id"]])) for row in rows)
    return tuple(sorted(treatments, key=_start_order))


def _start_order(one: Treatment) -> tuple[bool, Order, str]:
    facts = one.facts
    return facts.start is None, _dated(facts.start), facts.treatment_id


def in_order(doses: Sequence[DoseStep]) -> tuple[DoseStep, ...]:
    """Return dose steps by start, an unknown start first: it is where a treatment begins."""
    return tuple(sorted(doses, key=lambda step: (_dated(step.facts.start), step.id)))


def _dated(day: PartialDate | None) -> Order:
    return series_order(day or _NEVER, "", "")


def _events(ledger: Ledger, patient: str) -> tuple[Event, ...]:
    rows = ledger.rows("SELECT * FROM events WHERE patient = ?", [patient])
    return tuple(
        sorted(
            map(event_of, rows), key=lambda one: (_dated(one.facts.date), one.facts.kind, one.id)
        )
    )


def _measures(ledger: Ledger, patient: str, visits: set[str]) -> tuple[Measure, ...]:
    rows = ledger.rows("SELECT * FROM measures WHERE patient = ?", [patient])
    counted = (row for row in rows if row["visit"] is None or row["visit"] in visits)
    return in_day_order(tuple(map(measure_of, counted)))


def in_day_order(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return measures by date, then kind."""
    return tuple(
        sorted(measures, key=lambda one: (_dated(one.facts.date), one.facts.kind, one.id))
    )


def _sequelae(ledger: Ledger, patient: str) -> tuple[Sequela, ...]:
    rows = ledger.rows("SELECT * FROM sequelae WHERE patient = ?", [patient])
    sequelae = map(sequela_of, rows)
    return tuple(
        sorted(sequelae, key=lambda one: (_dated(one.facts.date), one.facts.kind, one.id))
    )
