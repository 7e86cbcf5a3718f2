"""What the columns of the records are called, and what stands in one, in words."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from app.dates import parse_date
from app.errors import N_, AppError
from app.language import Words
from app.numbers import read_cell
from app.records.declaration import (
    DOSES,
    EVENTS,
    FINDINGS,
    MEASURES,
    PATIENTS,
    SEQUELAE,
    TREATMENTS,
    VISITS,
)
from app.records.entries import Cell
from app.records.fields import Code, Date, FieldType, Number, fields_of
from app.records.lists import code_list
from app.records.model import roles_in
from app.wording.people import one_line, roles_words

Say = Callable[[str, Words], str]

TITLES: Mapping[str, str] = {
    "patient_id": N_("Identifier"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "birth_date": N_("Birth date"),
    "sex": N_("Sex"),
    "diagnosis": N_("Diagnosis"),
    "diagnosis_note": N_("Note on the diagnosis"),
    "course": N_("Course"),
    "onset_date": N_("First signs"),
    "language": N_("Language of the family page"),
    "status": N_("Status"),
    "status_date": N_("Since"),
    "next_visit": N_("Next visit"),
    "diagnosis_confirmed": N_("Diagnosis confirmed"),
    "gestation_weeks": N_("Weeks of pregnancy at birth"),
    "caution": N_("Label on the scores"),
    "error_reason": N_("Entered in error because"),
    "visit_id": N_("Identifier"),
    "treatment_id": N_("Identifier"),
    "date": N_("Date"),
    "time": N_("Time"),
    "rater": N_("Rater"),
    "slept": N_("Slept"),
    "ill": N_("Fever or infection"),
    "missed_dose": N_("Missed dose"),
    "cooperation": N_("Cooperation"),
    "note": N_("Note"),
    "version": N_("Version"),
    "amend_reason": N_("Amended because"),
    "state": N_("State"),
    "signed_name": N_("Signed by"),
    "signed_role": N_("Signed as"),
    "meaning": N_("Meaning of the signature"),
    "reason": N_("Reason"),
    "total": N_("Total"),
    "is_typed": N_("Typed from paper"),
    "sentence": N_("Kept as it is"),
    "agent": N_("Treatment"),
    "start": N_("Start"),
    "stop": N_("Stop"),
    "stop_reason": N_("Reason for stopping"),
    "route": N_("Route"),
    "dose": N_("Dose"),
    "together": N_("Given together with"),
    "brand": N_("Brand"),
    "batch": N_("Batch"),
    "reaction": N_("Reaction"),
    "given": N_("Given"),
    "kind": N_("Kind"),
    "author": N_("Marked by"),
    "value": N_("Value"),
    "result": N_("Result"),
    "unit": N_("Unit"),
    "next_date": N_("Next look"),
    "name": N_("Name"),
    "roles": N_("Roles"),
    "copy": N_("Copy"),
    "agreed_name": N_("Agreed by"),
    "removed": N_("Copies removed"),
    "left_behind": N_("Still opens with an older key"),
}
"""What a column is called, whatever kind of row has it; a newer one stands under its own name."""
SETTINGS: Mapping[str, str] = {
    "site": N_("Name of the unit, as printed"),
    "phone": N_("Phone, as printed"),
    "call_us": N_("“Please call us if”, in the unit's own words"),
    "paper": N_("Paper"),
    "theme": N_("Screen"),
    "text_size": N_("Text size in per cent"),
    "baseline_days": N_("A start compares with totals up to so many days before it"),
    "weight_days": N_("Ask for a weight when the last is older than (days)"),
    "unseen_days": N_("“Not seen for longer than” in the list means (days)"),
    "keep_years": N_("Keep records so many years after a patient's last entry"),
    "keep_until_age": N_("Keep records at least until the patient is so many years old"),
    "lock_minutes": N_("Lock any page after (minutes)"),
    "visit_lock_minutes": N_("Lock an open visit after (minutes)"),
    "at_signing": N_("Asked at each signing"),
    "relapse_points": N_("Ask about a relapse from a rise of so many points on (0: never)"),
    "relapse_scale": N_("Scale on which a rise is asked about"),
    "relapse_asked": N_("A rise is asked about"),
    "relapse_wording": N_("Wording shown beside the rule for a relapse"),
}
"""What a setting is called."""
UNTOLD = frozenset({
    "visit", "started_utc", "started_offset", "signed_by", "signed_utc", "signed_offset",
    "missing", "reasons", "subscores", "treatment", "passphrase_utc", "agreed_by",
})  # fmt: skip
"""Columns of the file that are told with another one or by the entry itself."""
WITH_DOSE = frozenset(
    each.name for each in fields_of(DOSES.facts) if each.group == "dose" and each.name != "dose"
)
"""Columns that are told with a dose, which means something only with them."""
_MADE_HERE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KINDS = (PATIENTS, VISITS, TREATMENTS, DOSES, EVENTS, MEASURES, SEQUELAE, FINDINGS)
_STATES = {
    "draft": N_("unfinished"),
    "signed": N_("signed"),
    "imported": N_("imported"),
    "active": N_("works here"),
    "retired": N_("does not work here any more"),
}
_LANGUAGES = {"en": N_("English")}
_LOOKS = {
    "a4": N_("A4"),
    "letter": N_("US Letter"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
    "nothing": N_("Nothing"),
    "pin": N_("The PIN"),
    "at_once": N_("At once"),
    "next_total": N_("Once the next total confirms it"),
    "no_wording": N_("None"),
    "encephalitis": N_("Used for autoimmune encephalitis, not for OMS"),
}
_YES_NO = {"0": N_("no"), "1": N_("yes")}


def is_told(column: str, cell: Cell) -> bool:
    """Whether a column says something to people: an identifier that the app made does not."""
    return column not in UNTOLD and _MADE_HERE.fullmatch(str(cell)) is None


def title_words(column: str, words: Words) -> str:
    """Return what a column is called; one that is not known stands under its own name."""
    return words(TITLES[column]) if column in TITLES else column


def setting_words(name: str, words: Words) -> str:
    """Return what a setting is called; one that is not known stands under its own name."""
    return words(SETTINGS[name]) if name in SETTINGS else name


def cell_words(kind: str, column: str, cell: Cell, words: Words) -> str:
    """Return what stands in a column in words; empty where nothing is recorded.

    What the app of today cannot read stands as the records have it.
    """
    text = "" if cell is None else str(cell)
    if not text:
        return ""
    own = _OWN.get((kind, column)) or _OWN.get(("", column))
    if own is not None:
        return own(text, words)
    declared = _types(kind).get(column)
    try:
        return one_line(text) if declared is None else _declared_words(declared, text, words)
    except AppError:
        return one_line(text)


def _declared_words(declared: FieldType, text: str, words: Words) -> str:
    match declared:
        case Date():
            return words.short_date(parse_date(text))
        case Code(list=name):
            return one_line(words(code_list(name).title_of(text)))
        case Number():
            return words.number(read_cell(text))
        case _:
            return one_line(text)


@cache
def _types(kind: str) -> Mapping[str, FieldType]:
    found = next((one for one in _KINDS if one.name == kind), None)
    return {} if found is None else {one.name: one.type for one in fields_of(found.facts)}


def _state(text: str, words: Words) -> str:
    return words(_STATES[text]) if text in _STATES else text


def _yes_no(text: str, words: Words) -> str:
    return words(_YES_NO[text]) if text in _YES_NO else text


def _language(text: str, words: Words) -> str:
    return words(_LANGUAGES[text]) if text in _LANGUAGES else one_line(text)


def _look(text: str, words: Words) -> str:
    return words(_LOOKS[text]) if text in _LOOKS else one_line(text)


def _role(text: str, words: Words) -> str:
    return words(code_list("roles").title_of(text))


def _roles(text: str, words: Words) -> str:
    return roles_words(roles_in(text), words)


def _whole(text: str, words: Words) -> str:
    return one_line(words(text))


def _number(text: str, words: Words) -> str:
    return words.number(read_cell(text))


_OWN: Mapping[tuple[str, str], Say] = {
    ("", "state"): _state,
    ("", "is_typed"): _yes_no,
    ("", "signed_role"): _role,
    ("users", "roles"): _roles,
    ("patients", "language"): _language,
    ("unit_settings", "value"): _look,
    ("user_settings", "value"): _look,
    ("", "meaning"): _whole,
    ("", "caution"): _whole,
    ("", "total"): _number,
}
"""How a column that no declaration tells is said, by kind of row and name, or by name alone."""
