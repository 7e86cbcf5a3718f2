"""The values and choices of a patient's form; what is typed becomes facts, or sentences."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from app.dates import PartialDate, parse_date
from app.errors import N_, UserError
from app.language import Words
from app.records.fields import texts_of, told_anew
from app.records.lists import OTHER
from app.records.model import Patient, PatientFacts
from app.screens.identity import Identity, identity
from app.screens.offers import offers
from widgets.values import Choice

LANGUAGES = (Choice("en", N_("English")),)
_LONGEST_ID = 64
_NOBODY = PatientFacts("")


FormValues = Mapping[str, str]
"""What stands in the fields by the names of facts, as typed; lists hold the id chosen, or none."""


class PatientFormView(Struct, frozen=True):
    """The whole form. ``error_note`` stands while the patient is marked entered in error."""

    identity: Identity
    values: FormValues
    sexes: tuple[Choice, ...]
    diagnoses: tuple[Choice, ...]
    courses: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    is_new: bool
    error_note: str


def form_view(patient: Patient | None, words: Words, today: date) -> PatientFormView:
    """Make the form of a patient, or an empty one."""
    values = stored_values(_NOBODY if patient is None else patient.facts)
    return PatientFormView(
        identity=_head(patient, words, today),
        values=values,
        sexes=offers("sexes", words),
        diagnoses=offers("diagnoses", words),
        courses=offers("courses", words),
        languages=_languages(values["language"], words),
        is_new=patient is None,
        error_note=_error_note(patient, words),
    )


def stored_values(facts: PatientFacts) -> FormValues:
    """Write stored facts the way somebody would type them."""
    return texts_of(facts)


def facts_of(values: FormValues, known: PatientFacts = _NOBODY) -> PatientFacts:
    """Read what is typed over what is known; UserError unless ``problems_of`` found nothing."""
    note = values["diagnosis_note"] if values["diagnosis"] == OTHER else ""
    return told_anew(known, {**values, "diagnosis_note": note})


def problems_of(values: FormValues, words: Words, today: date) -> Mapping[str, str]:
    """Return one sentence for each field that cannot stay as it is, by the field's name."""
    birth = _read_day(values["birth_date"])
    onset = _read_day(values["onset_date"])
    found = {
        "patient_id": _id_problem(values["patient_id"]),
        "birth_date": _day_problem(birth, today),
        "onset_date": _day_problem(onset, today) or _order_problem(birth, onset),
        "diagnosis_note": _note_problem(values),
    }
    return {field: words.error(problem) for field, problem in found.items() if problem is not None}


def _head(patient: Patient | None, words: Words, today: date) -> Identity:
    if patient is None:
        return Identity(words(N_("New patient")), "")
    return identity(patient.facts, words, today)


def _languages(stored: str, words: Words) -> tuple[Choice, ...]:
    """Offer the languages of the pages; another one that is stored stands under its own name."""
    known = tuple(Choice(one.id, words(one.title)) for one in LANGUAGES)
    is_known = not stored or any(one.id == stored for one in LANGUAGES)
    return known if is_known else (*known, Choice(stored, stored))


def _error_note(patient: Patient | None, words: Words) -> str:
    if patient is None or patient.error_reason is None:
        return ""
    return words(
        N_("Marked as entered in error: {reason}. Left out of charts, pages and exports."),
        reason=patient.error_reason.rstrip("."),
    )


def _id_problem(text: str) -> UserError | None:
    if not text:
        return UserError(N_("Please give an identifier. It tells patients of one name apart."))
    if len(text) > _LONGEST_ID:
        return UserError(N_("An identifier has at most {count} characters."), count=_LONGEST_ID)
    if any(not letter.isprintable() for letter in text):
        return UserError(N_("There is a character in the identifier that cannot be printed."))
    return None


def _read_day(text: str) -> PartialDate | UserError | None:
    try:
        return parse_date(text)
    except UserError as problem:
        return problem


def _day_problem(day: PartialDate | UserError | None, today: date) -> UserError | None:
    if isinstance(day, UserError):
        return day
    if day is not None and day.first > today:
        return UserError(N_("This date is still to come."))
    return None


def _order_problem(
    birth: PartialDate | UserError | None, onset: PartialDate | UserError | None
) -> UserError | None:
    is_before = (
        isinstance(birth, PartialDate)
        and isinstance(onset, PartialDate)
        and onset.last < birth.first
    )
    return UserError(N_("The onset lies before the birth date.")) if is_before else None


def _note_problem(values: FormValues) -> UserError | None:
    if values["diagnosis"] == OTHER and not values["diagnosis_note"]:
        return UserError(N_("Please write which diagnosis it is."))
    return None
