"""What the list of patients shows, as frozen values made from the store's summaries."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.dates import PartialDate, age_on, iso
from app.errors import N_, NN_
from app.language import Words
from app.records.model import DraftSummary, PatientFacts, PatientSummary, User
from app.screens.patients.totals import Course, shown_total
from app.wording.people import diagnosis_words
from app.wording.spans import age_words
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One line of the list. ``patient`` is the internal id; ``searched`` is folded text.

    ``spoken`` is the whole line for a screen reader; ``marks`` stand in caution's colour below
    the name.
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
    searched: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class DraftBar:
    """An unfinished visit and the sentence that offers it."""

    visit: str
    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in place of rows: what is so, and what to do about it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PatientsView:
    """The whole screen, before the search narrows it. ``error_count`` patients are set aside."""

    rows: tuple[PatientRow, ...]
    drafts: tuple[DraftBar, ...]
    user: str
    demo: str
    footer: str
    error_count: int
    empty: Empty
    nothing_found: Empty


def patients_view(
    summaries: Iterable[PatientSummary],
    user: User,
    catalogue: Catalogue,
    words: Words,
    today: date,
    *,
    is_demo: bool = False,
) -> PatientsView:
    """Make the list: latest visit first, then by name. Ages stand at ``today``."""
    known = sorted(summaries, key=_order)
    rows = tuple(_row(summary, catalogue, words, today) for summary in known)
    drafts = tuple(summary.draft for summary in known if summary.draft is not None)
    return PatientsView(
        rows=rows,
        drafts=tuple(DraftBar(draft.visit, draft_text(draft, words)) for draft in drafts),
        user=user.name,
        demo=words(N_("Demo data: a throw-away copy")) if is_demo else "",
        footer=_footer(sum(not row.is_error for row in rows), len(drafts), words),
        error_count=sum(row.is_error for row in rows),
        empty=_empty(_NO_PATIENTS, words),
        nothing_found=_empty(_NOTHING_FOUND, words),
    )


_NO_PATIENTS = (
    N_("No patients yet"),
    N_(
        "Add the first one with “New patient”. An identifier is enough to begin; "
        "the rest can follow."
    ),
)
_NOTHING_FOUND = (
    N_("No patient found"),
    N_("Nothing matches what you typed. Try part of the name, the identifier, or the birth date."),
)


def _empty(texts: tuple[str, str], words: Words) -> Empty:
    title, text = texts
    return Empty(words(title), words(text))


def shown_rows(
    view: PatientsView, search: str, *, with_errors: bool = False
) -> tuple[PatientRow, ...]:
    """Return the rows that hold every word of ``search``, capitals and accents aside.

    Patients entered in error come only when they are asked for.
    """
    needles = fold(search).split()
    return tuple(
        row
        for row in view.rows
        if (with_errors or not row.is_error) and all(needle in row.searched for needle in needles)
    )


def fold(text: str) -> str:
    """Return text as it is compared: without capitals, accents or vowel marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain_text = "".join(part for part in parts if not unicodedata.combining(part))
    return plain_text.translate(_STROKES)


_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"})


def _order(summary: PatientSummary) -> tuple[int, str, str]:
    last = summary.last_visit
    days = 0 if last is None else -last.first.toordinal()
    return days, fold(summary.patient.facts.name), summary.patient.id


def _row(summary: PatientSummary, catalogue: Catalogue, words: Words, today: date) -> PatientRow:
    facts = summary.patient.facts
    shown = shown_total(summary.totals, catalogue)
    row = PatientRow(
        patient=summary.patient.id,
        name=facts.name,
        marks=_marks(summary, words),
        age=age_words(age_on(facts.birth_date, PartialDate.of(today)), words),
        identifier=facts.patient_id,
        diagnosis=diagnosis_words(facts, words),
        last_visit=_last_visit(summary.last_visit, words),
        total="" if shown is None else shown.total_text(words),
        change="" if shown is None else shown.change_text(facts.birth_date, words),
        course=None if shown is None else shown.course,
        spoken="",
        searched=_searched(facts, words),
        is_error=summary.patient.error_reason is not None,
    )
    return replace(row, spoken=_spoken(row, words))


def _marks(summary: PatientSummary, words: Words) -> tuple[str, ...]:
    patient, draft = summary.patient, summary.draft
    marks = []
    if patient.error_reason is not None:
        marks.append(words(N_("entered in error")))
    if draft is not None:
        marks.append(
            words(N_("Draft · {answered} of {keys}"), answered=draft.answered, keys=draft.keys)
        )
    if patient.caution:
        marks.append(words(N_("illustrative")))
    return tuple(marks)


def _last_visit(day: PartialDate | None, words: Words) -> str:
    return words(N_("no visit yet")) if day is None else words.short_date(day)


def _spoken(row: PatientRow, words: Words) -> str:
    texts = (row.name, *row.marks, row.age, row.identifier, row.diagnosis, row.last_visit)
    return words.several(text for text in (*texts, row.total, row.change) if text)


def _searched(facts: PatientFacts, words: Words) -> str:
    birth = facts.birth_date
    ways = [facts.name, facts.patient_id, iso(birth)]
    if birth is not None and birth.is_full:
        day = birth.first
        ways += [f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", words.short_date(birth)]
    return " ".join(fold(way) for way in ways)


def draft_text(draft: DraftSummary, words: Words) -> str:
    """Return whose visit is unfinished, since when, and how far it got."""
    started = PartialDate.of(draft.started.local.date())
    sentence = N_("Unfinished visit: {name}, {moment}, {answered} of {keys} items")
    if started != draft.date:
        sentence = N_(
            "Unfinished visit of {date}: {name}, begun {moment}, {answered} of {keys} items"
        )
    return words(
        sentence,
        name=draft.patient.facts.name,
        date=words.short_date(draft.date),
        moment=words.moment(draft.started),
        answered=draft.answered,
        keys=draft.keys,
    )


def _footer(patients: int, drafts: int, words: Words) -> str:
    if not patients:
        return ""
    texts = [words.plural(NN_("{count} patient", "{count} patients"), patients)]
    if drafts:
        texts.append(
            words.plural(NN_("{count} unfinished visit", "{count} unfinished visits"), drafts)
        )
    return words.dotted(texts)
