"""What a patient's dates must hold to each other: nothing before birth, nothing too far ahead.

The same rule refuses a new date, a corrected one, and a birth date that would leave one behind.
"""

from functools import cache

from app.dates import PartialDate, parse_date
from app.errors import N_, UserError
from app.records.declaration import DOSES, KINDS, MEASURES, PATIENTS, VISITS, Kind
from app.records.fields import Facts, check_facts, check_lived, dates_of
from app.records.loading import LATEST, OPEN, patient_of
from app.records.rows import blob
from app.records.session import Session

_COUNTED = f"(({OPEN}) OR ({LATEST}))"
_ROWS = {
    VISITS.name: f"visits AS one JOIN visits AS v ON v.id = one.id WHERE {_COUNTED}",
    MEASURES.name: (
        "measures AS one LEFT JOIN visits AS v ON v.id = one.visit "
        f"WHERE (one.visit IS NULL OR {_COUNTED})"
    ),
    DOSES.name: "treatments AS of JOIN doses AS one ON one.treatment = of.id WHERE 1",
}
"""The rows of a kind that count, where these are not simply all of a patient's."""


def check_in_life(session: Session, patient: str, facts: Facts) -> None:
    """Refuse facts that cannot be, or a date that cannot be one of this patient's."""
    birth = patient_of(session.row("patients", patient)).facts.birth_date
    check_facts(facts)
    check_lived(facts, birth, session.clock.today())


def check_birth(session: Session, patient: str, birth: PartialDate | None) -> None:
    """Refuse a birth date that leaves something recorded of this patient wholly before it."""
    if birth is None:
        return
    for (text,) in session.tuples(_dated(), [blob(patient)]):
        day = parse_date(text)
        if day is not None and day.last < birth.first:
            raise UserError(
                N_("The birth date, {birth}, is after something recorded on {date}."),
                birth=birth,
                date=day,
            )


@cache
def _dated() -> str:
    """Return the question for every date that is recorded beneath a patient."""
    kinds = [kind for kind in KINDS if kind is not PATIENTS]
    return " UNION ".join(
        f"SELECT one.{name} {_rows_of(kind)}" for kind in kinds for name, _ in dates_of(kind.facts)
    )


def _rows_of(kind: Kind) -> str:
    rows = _ROWS.get(kind.name, f"{kind.name} AS one WHERE 1")
    owner = "of" if kind is DOSES else "one"
    return f"FROM {rows} AND {owner}.patient = ?1"
