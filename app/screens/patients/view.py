"""The list of patients: its frame, and its rows as they are asked for."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.actions import Action
from app.records.model import DraftSummary, PatientFacts, PatientSummary, User
from app.screens.patients.totals import Course, shown_total
from app.wording.life import age_of, status_words
from app.wording.people import diagnosis_words, namesake_words, who_words
from app.wording.spans import age_words
from scales.catalogue import Catalogue


class PatientRow(Struct, frozen=True):
    """One line of the list. ``patient`` is the internal id.

    ``spoken`` is the whole line for a screen reader; ``marks`` stand in caution's colour below
    the name; ``whole`` says who it is where the line had to leave letters out.
    """

    patient: str
    name: str
    marks: tuple[str, ...]
    age: str
    identifier: str
    diagnosis: str
    last_visit: str
    total: str
    change: str
    course: Course | None
    spoken: str
    whole: str = ""


class FoundRows(Struct, frozen=True):
    """The rows that a search found: how many, and what to ask for those that come into view.

    ``patients`` takes the first place and how many, and returns internal ids in the list's order;
    ``rows`` returns the rows of such ids; ``place`` returns where an id stands, nothing if it is
    not among them.
    """

    count: int
    patients: Callable[[int, int], Sequence[str]]
    rows: Callable[[Sequence[str]], Sequence[PatientRow]]
    place: Callable[[str], int | None]


class DraftBar(Struct, frozen=True):
    """An unfinished visit and the sentence that offers it; ``told`` says who goes on with it."""

    visit: str
    text: str
    told: str = ""


class Empty(Struct, frozen=True):
    """The title and the advice that stand in place of rows.

    ``has_ways`` offers the demo besides, and ``can_import`` to read tables in.
    """

    title: str
    text: str
    has_ways: bool = False
    can_import: bool = False


class Counts(Struct, frozen=True):
    """How many patients count, unfinished visits wait, and patients are set aside as errors.

    ``due`` patients are expected today, or were expected before and did not come.
    """

    patients: int
    drafts: int
    errors: int
    due: int = 0


class PatientsView(Struct, frozen=True):
    """What stands around the rows. ``error_count`` patients are set aside.

    ``drafts`` are the first unfinished visits, and ``more_drafts`` says how many others there are;
    ``unfinished`` counts them all, and is empty where there is none.
    """

    drafts: tuple[DraftBar, ...]
    more_drafts: int
    unfinished: str
    demo: str
    due: str
    footer: str
    error_count: int
    empty: Empty
    nothing_found: Empty
    can_add: bool = True
    marked: str = ""


def patients_view(
    drafts: Sequence[DraftSummary],
    counts: Counts,
    user: User,
    words: Words,
    *,
    is_demo: bool = False,
    marked: str = "",
) -> PatientsView:
    """Make what stands around the rows; ``drafts`` are the first of those that are counted."""
    going_on = "" if user.roles & Action.ANSWER.roles else words(Action.ANSWER.refusal)
    return PatientsView(
        drafts=tuple(DraftBar(one.visit, draft_text(one, words), going_on) for one in drafts),
        more_drafts=counts.drafts - len(drafts),
        unfinished=_unfinished(counts, words),
        demo=words(N_("Demo data: a throw-away copy")) if is_demo else "",
        due=words(N_("Visits due ({count})"), count=counts.due),
        footer=_footer(counts, words),
        error_count=counts.errors,
        empty=_no_patients(user, words, is_demo=is_demo),
        nothing_found=_empty(_NOTHING_FOUND, words),
        can_add=bool(user.roles & Action.ADD_PATIENT.roles),
        marked=marked,
    )


def _no_patients(user: User, words: Words, *, is_demo: bool) -> Empty:
    """Say how patients come in, as far as whoever looks may bring them."""
    can_add = bool(user.roles & Action.ADD_PATIENT.roles)
    can_import = bool(user.roles & Action.IMPORT.roles)
    told = _ADD_OR_IMPORT if can_add and can_import else _ADD if can_add else _IMPORT
    return Empty(
        words(N_("No patients yet")), words(told),
        has_ways=not is_demo, can_import=can_import and not is_demo,
    )  # fmt: skip


_ADD_OR_IMPORT = N_(
    "Add the first one with “New patient”. An identifier is enough to begin; "
    "the rest can follow. Or look at made-up patients first, or read tables in."
)
_ADD = N_(
    "Add the first one with “New patient”. An identifier is enough to begin; "
    "the rest can follow. Or look at made-up patients first. A keeper reads tables in."
)
_IMPORT = N_(
    "A nurse or a physician adds the first one. You can read tables in, or look at made-up "
    "patients first."
)
_NOTHING_FOUND = (
    N_("No patient found"),
    N_(
        "Nothing matches what you typed or chose. Try part of the name, the identifier, "
        "the birth date or the diagnosis."
    ),
)


def _empty(texts: tuple[str, str], words: Words) -> Empty:
    title, text = texts
    return Empty(words(title), words(text))


def patient_row(
    summary: PatientSummary,
    catalogue: Catalogue,
    words: Words,
    today: date,
    *,
    is_higher: bool = False,
) -> PatientRow:
    """Make a row of the list; its age stands at ``today``.

    Where the list shows who is higher than last time, the row tells a scale that is.
    """
    facts = summary.patient.facts
    shown = shown_total(summary.totals, catalogue, is_higher=is_higher)
    row = PatientRow(
        patient=summary.patient.id,
        name=facts.name,
        marks=_marks(summary, words, today),
        age=_age(facts, words, today),
        identifier=facts.patient_id,
        diagnosis=diagnosis_words(facts, words),
        last_visit=_last_visit(summary.last_visit, words),
        total="" if shown is None else shown.total_text(words),
        change="" if shown is None else shown.change_text(facts.birth_date, words),
        course=None if shown is None else shown.course,
        spoken="",
        whole=who_words(facts, words),
    )
    return replace(row, spoken=_spoken(row, words))


def _age(facts: PatientFacts, words: Words, today: date) -> str:
    """Return the age, or that it is not known.

    Before the birth none is told, nor of who died on a day that is not recorded.
    """
    age = age_of(facts, today)
    is_silent = age is None and (facts.has_died or facts.birth_date is not None)
    return "" if is_silent else age_words(age, words)


def _marks(summary: PatientSummary, words: Words, today: date) -> tuple[str, ...]:
    patient, draft = summary.patient, summary.draft
    status = status_words(patient.facts, words, today)
    marks = [status] if status else []
    if patient.error_reason is not None:
        marks.append(words(N_("entered in error")))
    if draft is not None:
        marks.append(_draft_mark(draft, words))
    if summary.has_namesake:
        marks.append(namesake_words(words))
    if patient.caution:
        marks.append(words(N_("illustrative")))
    return tuple(marks)


def _draft_mark(draft: DraftSummary, words: Words) -> str:
    mark = N_("Draft · {answered} of {keys}")
    if draft.is_amendment:
        mark = N_("Amendment · {answered} of {keys}")
    return words(mark, answered=draft.answered, keys=draft.keys)


def _last_visit(day: PartialDate | None, words: Words) -> str:
    return words(N_("no visit yet")) if day is None else words.short_date(day)


def _spoken(row: PatientRow, words: Words) -> str:
    texts = (row.name, *row.marks, row.age, row.identifier, row.diagnosis, row.last_visit)
    return words.several(text for text in (*texts, row.total, row.change) if text)


def draft_text(draft: DraftSummary, words: Words) -> str:
    """Return whose visit is unfinished or amended, since when, and how far it got."""
    started = PartialDate.of(draft.started.local.date())
    sentence = N_("{who}: begun {moment}, {answered} of {keys} items")
    if draft.is_amendment:
        sentence = N_(
            "{who}: amendment of the visit of {date}, begun {moment}, {answered} of {keys} items"
        )
    elif started != draft.date:
        sentence = N_("{who}: visit of {date}, begun {moment}, {answered} of {keys} items")
    return words(
        sentence,
        who=who_words(draft.patient.facts, words),
        date=words.short_date(draft.date),
        moment=words.moment(draft.started),
        answered=draft.answered,
        keys=draft.keys,
    )


def _footer(counts: Counts, words: Words) -> str:
    if not counts.patients:
        return ""
    return words.plural(NN_("{count} patient", "{count} patients"), counts.patients)


def _unfinished(counts: Counts, words: Words) -> str:
    if not counts.drafts:
        return ""
    return words.plural(
        NN_("{count} unfinished visit", "{count} unfinished visits"), counts.drafts
    )
