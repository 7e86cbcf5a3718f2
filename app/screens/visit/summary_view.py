"""The whole visit on one page before it is signed. Free of Qt."""

from decimal import Decimal

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.model import Sheet, Visit
from app.screens.rights import Rights
from app.screens.visit.cursor import Cursor
from app.screens.visit.snapshot import Snapshot
from app.screens.visit.view import undo_view
from app.wording.amendments import beside_before, changed_context, other_changes
from app.wording.answers import answer_words, key_words
from app.wording.totals import gap_words, of_highest, total_words
from app.wording.visits import context_words
from scales.model import Definition, Key
from widgets.values import Choice, QuestionView


class SheetCard(Struct, frozen=True):
    """One assessment: its total or why there is none, and every answer.

    ``lines`` are an item's name and its answer. ``can_open`` says that it can be scored on.
    """

    scale: str
    title: str
    total: str
    is_complete: bool
    caution: str
    lines: tuple[tuple[str, str], ...]
    can_open: bool


class SummaryView(Struct, frozen=True):
    """Scores, questions, context, note and marks of a visit.

    ``warning`` says what is in the way of signing, or what will be missing. ``marks`` are
    sentences about the visit itself: why it is amended, and what that changed. ``rights`` says
    what whoever looks may do with it.
    """

    title: str
    cards: tuple[SheetCard, ...]
    questions: tuple[QuestionView, ...]
    confirmed: tuple[str, ...]
    context: tuple[tuple[str, str], ...]
    note: str
    marks: tuple[str, ...]
    warning: str
    sign: str
    undo: str
    typeable: tuple[Choice, ...]
    rights: Rights = Rights()


def summary_view(snapshot: Snapshot, cursor: Cursor) -> SummaryView:
    """Return the whole visit; the word on the button says what signing would do."""
    visit, words = snapshot.visit, snapshot.words
    return SummaryView(
        title=_title(visit, words),
        cards=tuple(_card(snapshot, sheet) for sheet in visit.sheets),
        questions=tuple(one.view for one in snapshot.raised),
        confirmed=tuple(one.sentence for sheet in visit.sheets for one in sheet.confirmed),
        context=_context(snapshot),
        note=visit.facts.context.note,
        marks=_marks(snapshot),
        warning=_warning(snapshot, cursor),
        sign=_sign(visit, words),
        undo=undo_view(snapshot),
        typeable=typeable(snapshot),
        rights=snapshot.rights,
    )


def _warning(snapshot: Snapshot, cursor: Cursor) -> str:
    """Say always what is not complete; say the rest once signing was tried."""
    is_plain_gap = not snapshot.raised and snapshot.visit.sheets
    return sign_warning(snapshot) if is_plain_gap or cursor.is_sign_tried else ""


def _title(visit: Visit, words: Words) -> str:
    return words(N_("Amendment in progress")) if visit.amend_reason else words(N_("Summary"))


def _context(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    context, words = snapshot.visit.facts.context, snapshot.words
    titles = [title for title, _ in context_words(context, words)]
    told = zip(titles, changed_context(context, snapshot.amended, words), strict=True)
    return tuple((title, value) for title, value in told if value)


def sign_warning(snapshot: Snapshot) -> str:
    """Return what is in the way of signing at once; empty where nothing is."""
    words, visit = snapshot.words, snapshot.visit
    if not visit.sheets:
        return words(N_("Nothing is scored yet. Please score or type something first."))
    if snapshot.raised:
        return words(N_("Please answer the question first: keep the levels, or look again."))
    gaps = [_gap(snapshot, sheet) for sheet in visit.sheets if sheet.total is None]
    if gaps:
        return words(N_("Not complete. {gaps}."), gaps=words.clauses(gaps))
    return ""


def typeable(snapshot: Snapshot) -> tuple[Choice, ...]:
    """Return the scales of which a total from paper can be typed: those without answers."""
    visit, words = snapshot.visit, snapshot.words
    taken = {sheet.scale for sheet in visit.sheets if sheet.answers}
    scales = (one for one in snapshot.catalogue.definitions if one.id not in taken)
    return tuple(Choice(one.id, words(one.short_title)) for one in scales)


def _gap(snapshot: Snapshot, sheet: Sheet) -> str:
    definition = snapshot.catalogue.find(sheet.scale)
    gaps = gap_words(definition, sheet.answers, snapshot.words)
    title = snapshot.words(definition.short_title)
    return snapshot.words(N_("{scale}: {gaps}"), scale=title, gaps=gaps)


def _card(snapshot: Snapshot, sheet: Sheet) -> SheetCard:
    words, definition = snapshot.words, snapshot.catalogue.find(sheet.scale)
    before = None if snapshot.amended is None else snapshot.amended.sheet(sheet.scale)
    was = None if before is None else total_words(definition, before, words)
    return SheetCard(
        scale=sheet.scale,
        title=words(
            N_("{scale}, version {version}"), scale=words(definition.title), version=sheet.version
        ),
        total=beside_before(total_words(definition, sheet, words), was, words),
        is_complete=sheet.total is not None,
        caution=words(definition.caution),
        lines=() if sheet.is_typed else _lines(definition, sheet, before, words),
        can_open=not sheet.is_typed,
    )


def _lines(
    definition: Definition, sheet: Sheet, before: Sheet | None, words: Words
) -> tuple[tuple[str, str], ...]:
    answers = tuple(
        (key_words(definition, key, words), _answer(key, sheet, before, words))
        for key in definition.keys
    )
    return answers + tuple(
        (words(subscore.title), _subscore(sheet, subscore.id, subscore.highest, words))
        for subscore in definition.subscores
    )


def _answer(key: Key, sheet: Sheet, before: Sheet | None, words: Words) -> str:
    """Return an answer, with the one that it replaces in an amendment."""
    now = answer_words(sheet.answers.get(key), words)
    if before is None or before.is_typed:
        return now
    return beside_before(now, answer_words(before.answers.get(key), words), words)


def _subscore(sheet: Sheet, subscore: str, highest: Decimal, words: Words) -> str:
    value = sheet.subscores.get(subscore)
    if value is None:
        return words(N_("no figure"))
    return of_highest(value, highest, words)


def _marks(snapshot: Snapshot) -> tuple[str, ...]:
    visit, words = snapshot.visit, snapshot.words
    if not visit.amend_reason:
        return ()
    message = N_("Version {version} of this visit, not signed yet. Why: {reason}")
    why = words(message, version=visit.version, reason=visit.amend_reason)
    return (why, *other_changes(visit, snapshot.amended, snapshot.catalogue, words))


def _sign(visit: Visit, words: Words) -> str:
    if visit.sheets and all(sheet.total is None for sheet in visit.sheets):
        return words(N_("Sign without a total"))
    return words(N_("Sign the amendment")) if visit.amend_reason else words(N_("Sign visit"))
