"""What was done to the records in words: who, when, which row, and each field before and after."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from app.clock import Moment
from app.errors import N_, AppError
from app.language import Words
from app.records.actions import Action
from app.records.declaration import DoseFacts
from app.records.entries import Cell
from app.records.fields import facts_from
from app.records.history import Change, Deed
from app.records.lists import OTHER, code_list
from app.records.loading import answer_of, key_of
from app.records.model import DoseStep
from app.records.rows import SHAPES
from app.records.shape import HEARD
from app.wording.answers import answer_words, key_words
from app.wording.fields import WITH_DOSE, cell_words, is_told, setting_words, title_words
from app.wording.people import one_line
from app.wording.treatments import dose_words
from scales.errors import ScaleError
from scales.model import Catalogue

Row = Mapping[str, Cell]

_TITLES = {action.id: action.title for action in Action}
_CODED = {
    "events": "event_kinds",
    "measures": "measure_kinds",
    "sequelae": "sequela_kinds",
    "findings": "finding_kinds",
}
_SETTINGS = frozenset({"unit_settings", "user_settings"})
_RULE_SCALE = "relapse_scale"
_SCALED = frozenset({"sheets", "answers", "confirmations"})
_DOSE = "dose"
_BY_SIGNING = frozenset({"total", "signed_name", "signed_role", "meaning"})


class Line(Struct, frozen=True):
    """One field that a step changed: of what, its name, and what stood there before and after.

    ``patient`` is an internal id; ``before`` is empty where the row was new.
    """

    patient: str
    about: str
    field: str
    before: str
    after: str


def action_words(action: str, words: Words) -> str:
    """Return the title of an action; one of another version stands under its id."""
    return words(_TITLES[action]) if action in _TITLES else action


def written_words(moment: Moment, words: Words) -> str:
    """Return when something was written, as the clock there told it: “28 Jan 2026, 10:40 …”."""
    return words(N_("{moment} (UTC{offset})"), moment=words.moment(moment), offset=_offset(moment))


def _offset(moment: Moment) -> str:
    hours, minutes = divmod(abs(moment.offset_minutes), 60)
    return f"{'−' if moment.offset_minutes < 0 else '+'}{hours:02}:{minutes:02}"


def loose_words(deed: Deed, words: Words) -> str:
    """Return all that a search of the history looks through, what it changed apart."""
    who = (f"{facts.name} {facts.patient_id}" for facts in deed.people.values())
    action = action_words(deed.step.action, words)
    return "\n".join((deed.name, action, deed.reason, *who, deed.entry))


def visit_words(deed: Deed, words: Words) -> str:
    """Return which visit a step was about: “visit of 28 Jan 2026”; empty where about none."""
    date = cell_words("visits", "date", deed.visit.get("date"), words)
    return words(N_("visit of {date}"), date=date) if date else ""


def deed_lines(deed: Deed, catalogue: Catalogue, words: Words) -> tuple[Line, ...]:
    """Return what a step changed, row by row, in the words in which screens and pages tell it."""
    return tuple(
        line for change in deed.changes for line in _change_lines(change, catalogue, words)
    )


def _change_lines(change: Change, catalogue: Catalogue, words: Words) -> Iterator[Line]:
    about = _about(change, catalogue, words)
    if change.before is None and change.after is None:
        yield Line(change.patient, about, "", "", words(N_("erased with the patient")))
        return
    for field, before, after in _told(change, catalogue, words):
        if before != after:
            yield Line(change.patient, about, field, before, after)


def _told(change: Change, catalogue: Catalogue, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield each field's name with what stood there before and after."""
    if change.kind == "answers":
        before, after = (_answer(row, words) for row in (change.before, change.after))
        yield _item(change, catalogue, words), before, after
        return
    if change.kind in _SETTINGS and change.key.get("name") == _RULE_SCALE:
        before, after = (
            _set_scale(row, catalogue, words) for row in (change.before, change.after)
        )
        yield setting_words(_RULE_SCALE, words), before, after
        return
    if change.kind == HEARD:
        yield words(N_("Stations known")), "", str(len(change.after or ()))
        return
    for column in _columns(change):
        yield (
            _field(change, column, words),
            _stood(change, column, words),
            _left(change, column, words),
        )


def _columns(change: Change) -> Iterator[str]:
    """Yield the columns that are told, as they are declared; those of a newer version last."""
    touched = {**(change.before or {}), **(change.after or {})}
    declared = SHAPES[change.kind].group_of if change.kind in SHAPES else ()
    for column in dict.fromkeys((*declared, *touched)):
        is_with_dose = change.kind == "doses" and column in WITH_DOSE
        if column in touched and is_told(column, touched[column]) and not is_with_dose:
            yield column


def _stood(change: Change, column: str, words: Words) -> str:
    """Return what stood in a column; nothing where only this step could fill it."""
    if change.before is None or (column in _BY_SIGNING and not change.before.get(column)):
        return ""
    return _cell(change, change.before, column, words)


def _left(change: Change, column: str, words: Words) -> str:
    if change.after is None:
        return words(N_("removed"))
    return _cell(change, change.after, column, words)


def _field(change: Change, column: str, words: Words) -> str:
    if change.kind in _SETTINGS:
        return setting_words(str(change.key.get("name")), words)
    return title_words(column, words)


def _cell(change: Change, row: Row, column: str, words: Words) -> str:
    if change.kind == "doses" and column == _DOSE:
        told = _dose(row, words)
    else:
        told = cell_words(change.kind, column, row.get(column), words)
    return told or words(N_("not recorded"))


def _dose(row: Row, words: Words) -> str:
    """Return a dose with its unit, rhythm and note, which mean something only together."""
    whole = {**SHAPES["doses"].empty, **row}
    try:
        return dose_words(DoseStep("", facts_from(DoseFacts, whole)), words)
    except AppError:
        return one_line(str(row.get(_DOSE, "")))


def _answer(row: Row | None, words: Words) -> str:
    if row is None:
        return words(N_("open"))
    return answer_words(answer_of(str(row.get("value", "")), str(row.get("reason", ""))), words)


def _item(change: Change, catalogue: Catalogue, words: Words) -> str:
    item, side = str(change.key["item"]), str(change.key["side"])
    try:
        return key_words(catalogue.find(str(change.key["scale"])), key_of(item, side), words)
    except (ScaleError, LookupError, ValueError):
        return words.several(part for part in (item, side) if part)


def _about(change: Change, catalogue: Catalogue, words: Words) -> str:
    """Return which row it is, as people call it; empty where the step says it already."""
    named = change.named
    if change.kind in _SCALED:
        return _scale(str(change.key["scale"]), catalogue, words)
    if change.kind in _CODED:
        return words(code_list(_CODED[change.kind]).title_of(str(named.get("kind", ""))))
    if change.kind == "users":
        return one_line(str(named.get("name", "")))
    if change.kind in ("treatments", "doses"):
        return _agent(change.owner if change.kind == "doses" else named, words)
    return ""


def _scale(scale: str, catalogue: Catalogue, words: Words) -> str:
    try:
        return words(catalogue.find(scale).title)
    except ScaleError:
        return scale


def _set_scale(row: Row | None, catalogue: Catalogue, words: Words) -> str:
    return "" if row is None else _scale(str(row.get("value", "")), catalogue, words)


def _agent(treatment: Row, words: Words) -> str:
    """Return what is given; a treatment that is gone has only its kind of name."""
    agent, note = str(treatment.get("agent", "")), one_line(str(treatment.get("note", "")))
    if not agent:
        return words(N_("A treatment that was removed"))
    return note if agent == OTHER and note else words(code_list("agents").title_of(agent))
