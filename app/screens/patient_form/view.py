"""The values and choices of a patient's form; what is typed becomes facts, or sentences."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words, isolated
from app.records.actions import Action, May, anything
from app.records.fields import dates_of, day_problems_in, fields_of, texts_of, told_anew
from app.records.lists import OTHER
from app.records.model import Patient, PatientFacts
from app.records.patients import Confirmed
from app.records.rules import check_id
from app.screens.identity import Identity, identity
from app.screens.offers import offers
from app.wording.people import one_line, who_words
from widgets.values import Choice

LANGUAGES = (Choice("en", N_("English")),)
_NOBODY = PatientFacts("")
REFERRED, CONFIRMED = "referred", "yes"
"""How a diagnosis can stand; records hold the second as such, and the first as nothing."""


FormValues = Mapping[str, str]
"""What stands in the fields by the names of facts, as typed; lists hold the id chosen, if any."""


class ConditionView(Struct, frozen=True):
    """The lists of the condition, and what of it whoever looks may say.

    ``told`` says who confirmed the diagnosis, and who does where whoever looks does not.
    """

    diagnoses: tuple[Choice, ...]
    standings: tuple[Choice, ...]
    courses: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    can_diagnose: bool
    can_judge: bool
    told: str


class PatientFormView(Struct, frozen=True):
    """The whole form. ``error_note`` stands while the patient is marked entered in error.

    ``told`` says who corrects facts, where whoever looks may not; then nothing can be changed.
    ``can_erase`` says that whoever works here may erase patients whose time is over.
    """

    identity: Identity
    values: FormValues
    sexes: tuple[Choice, ...]
    condition: ConditionView
    statuses: tuple[Choice, ...]
    error_note: str
    told: str
    can_mark: bool
    can_unmark: bool
    can_erase: bool = False


def form_view(
    patient: Patient | None,
    words: Words,
    today: date,
    *,
    has_namesake: bool = False,
    confirmed: Confirmed | None = None,
    may: May = anything,
) -> PatientFormView:
    """Make the form of a patient, or an empty one; ``confirmed`` is who confirmed the diagnosis.

    What is offered is what whoever looks may do.
    """
    facts = _NOBODY if patient is None else patient.facts
    saving = Action.ADD_PATIENT if patient is None else Action.CHANGE_PATIENT
    is_marked = patient is not None and patient.error_reason is not None
    values = stored_values(facts)
    return PatientFormView(
        identity=_head(patient, words, today, has_namesake=has_namesake),
        values=values,
        sexes=offers("sexes", words),
        condition=_condition(facts, confirmed, words, may),
        statuses=offers("patient_statuses", words),
        error_note=_error_note(patient, words),
        told="" if may(saving) else words(_WHO_CORRECTS),
        can_mark=patient is not None and not is_marked and may(Action.MARK_PATIENT),
        can_unmark=is_marked and may(Action.UNMARK_PATIENT),
    )


_WHO_CORRECTS = N_(
    "A nurse or a physician adds patients and corrects their facts. Please ask one."
)


def _condition(
    facts: PatientFacts, confirmed: Confirmed | None, words: Words, may: May
) -> ConditionView:
    can_judge = may(Action.CONFIRM_DIAGNOSIS)
    return ConditionView(
        diagnoses=offers("diagnoses", words),
        standings=(
            Choice(REFERRED, words(N_("as referred"))),
            Choice(CONFIRMED, words(N_("confirmed"))),
        ),
        courses=offers("courses", words),
        languages=_languages(facts.language, words),
        can_diagnose=can_judge or not facts.is_confirmed,
        can_judge=can_judge,
        told=_condition_told(facts, confirmed, words, can_judge=can_judge),
    )


def _condition_told(
    facts: PatientFacts, confirmed: Confirmed | None, words: Words, *, can_judge: bool
) -> str:
    told = []
    if confirmed is not None:
        name, day = one_line(confirmed.name), PartialDate.of(confirmed.moment.local.date())
        text = N_("Confirmed by {name}, {date}.")
        told.append(words(text, name=isolated(name), date=words.short_date(day)))
    elif facts.is_confirmed:
        told.append(words(N_("Confirmed, as the tables that were read in say.")))
    if not can_judge and facts.is_confirmed:
        told.append(words(N_("Only a physician changes it now, and records the course.")))
    elif not can_judge:
        told.append(words(N_("A physician confirms the diagnosis, and records the course.")))
    return words.sentences(told)


def stored_values(facts: PatientFacts) -> FormValues:
    """Write stored facts the way somebody would type them."""
    return texts_of(facts)


def facts_of(values: FormValues, known: PatientFacts = _NOBODY) -> PatientFacts:
    """Read what is typed over what is known; UserError unless ``problems_of`` found nothing."""
    note = values["diagnosis_note"] if values["diagnosis"] == OTHER else ""
    confirmed = values["diagnosis_confirmed"] if values["diagnosis"] else ""
    told = {"diagnosis_note": note, "diagnosis_confirmed": confirmed}
    return told_anew(known, {**values, **told})


def problems_of(values: FormValues, dates: DateReader) -> Mapping[str, str]:
    """Return one sentence for each field that cannot stay as it is, by the field's name."""
    found = {
        "patient_id": _id_problem(values["patient_id"]),
        **_date_problems(values, dates),
        "gestation_weeks": _weeks_problem(values["gestation_weeks"]),
        "diagnosis_note": _note_problem(values),
    }
    said = dates.words.error
    return {field: said(problem) for field, problem in found.items() if problem is not None}


def unchosen_words(text: str, words: Words) -> str:
    """Return the sentence for what is typed into a list and is none of its entries."""
    return words(N_("“{text}” is not one entry of the list. Please choose one."), text=text)


def taken_words(identifier: str, other: PatientFacts, words: Words) -> str:
    """Return the sentence for an identifier that another patient has, or one like it."""
    who = who_words(other, words)
    if identifier == other.patient_id:
        return words(N_("This is the identifier of {who}."), who=who)
    return words(
        N_(
            "This looks like the identifier of {who}: they differ only in capitals, in the width "
            "of letters or in spaces."
        ),
        who=who,
    )


def namesakes_words(facts: PatientFacts, others: Sequence[PatientFacts], words: Words) -> str:
    """Return the question of who is meant: whom these records have, and whom somebody saves."""
    known = (words(N_("In these records already:")), *(who_words(one, words) for one in others))
    new = (words(N_("To be saved now:")), who_words(facts, words))
    marked = words(N_("Twins are real. Both will be marked “similar name in these records”."))
    return "\n".join((*known, "", *new, "", marked))


def is_told_anew(facts: PatientFacts, known: PatientFacts) -> bool:
    """Whether what patients are told apart by has changed."""
    names = (facts.given_name, facts.family_name, facts.birth_date)
    return names != (known.given_name, known.family_name, known.birth_date)


def _head(patient: Patient | None, words: Words, today: date, *, has_namesake: bool) -> Identity:
    if patient is None:
        return Identity(words(N_("New patient")), "")
    return identity(patient.facts, words, today, has_namesake=has_namesake)


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
    try:
        check_id(text)
    except UserError as problem:
        return problem
    return None


def _weeks_problem(text: str) -> UserError | None:
    (field,) = (each for each in fields_of(PatientFacts) if each.name == "gestation_weeks")
    try:
        field.read(text)
    except UserError as problem:
        return problem
    return None


def _date_problems(values: FormValues, dates: DateReader) -> Mapping[str, UserError]:
    """Return what is wrong with dates: as they are typed, and held to the rule of all dates."""
    known: dict[str, PartialDate | None] = {}
    found: dict[str, UserError] = {}
    for name, told in dates_of(PatientFacts):
        try:
            known[name] = dates.read(values[name])
            told.check(known[name])
        except UserError as problem:
            found[name] = problem
    birth, today = known.get("birth_date"), dates.today()
    return {**dict(day_problems_in(PatientFacts, known, birth, today)), **found}


def _note_problem(values: FormValues) -> UserError | None:
    if values["diagnosis"] == OTHER and not values["diagnosis_note"]:
        return UserError(N_("Please write which diagnosis it is."))
    return None
