"""The whole visit on one page: before signing, and to read once signed. Free of Qt."""

from dataclasses import dataclass
from decimal import Decimal

from app.errors import N_
from app.language import Words
from app.records.model import Sheet, Signature, Visit, VisitState
from app.screens.visit.stand import Stand
from app.screens.visit.view import Scene, undo_view
from app.wording.answers import answer_words, key_words
from app.wording.people import role_words
from app.wording.totals import gap_words, of_highest, total_words
from app.wording.visits import context_words
from scales.model import Definition, Key
from widgets.values import Choice, QuestionView


@dataclass(frozen=True, slots=True)
class SheetCard:
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
    can_remove: bool


@dataclass(frozen=True, slots=True)
class SummaryView:
    """All of a visit. ``warning`` says what is in the way of signing, or what will be missing.

    ``marks`` are sentences about the visit itself: an amendment's reason, an error mark, the
    signature.
    """

    cards: tuple[SheetCard, ...]
    questions: tuple[QuestionView, ...]
    kept: tuple[str, ...]
    context: tuple[tuple[str, str], ...]
    note: str
    marks: tuple[str, ...]
    warning: str
    sign: str
    undo: str
    typeable: tuple[Choice, ...]
    is_draft: bool
    is_in_error: bool


def summary_view(scene: Scene, stand: Stand) -> SummaryView:
    """Return the whole visit; the word on the button says what signing would do."""
    visit, words = scene.visit, scene.words
    is_draft = visit.state is VisitState.DRAFT
    return SummaryView(
        cards=tuple(_card(scene, sheet) for sheet in visit.sheets),
        questions=tuple(one.view for one in scene.raised) if is_draft else (),
        kept=tuple(kept.sentence for sheet in visit.sheets for kept in sheet.confirmed),
        context=tuple(told for told in context_words(visit.facts.context, words) if told[1]),
        note=visit.facts.context.note,
        marks=_marks(visit, words),
        warning=_warning(scene, stand) if is_draft else "",
        sign=_sign(visit, words),
        undo=undo_view(scene) if is_draft else "",
        typeable=typeable(scene) if is_draft else (),
        is_draft=is_draft,
        is_in_error=visit.error_reason is not None,
    )


def _warning(scene: Scene, stand: Stand) -> str:
    """Say always what is not complete; say the rest once signing was tried."""
    is_plain_gap = not scene.raised and scene.visit.sheets
    return sign_warning(scene) if is_plain_gap or stand.is_sign_tried else ""


def has_gaps(visit: Visit) -> bool:
    """Whether a sheet of the visit has no total."""
    return any(sheet.total is None for sheet in visit.sheets)


def sign_warning(scene: Scene) -> str:
    """Return what is in the way of signing at once; empty where nothing is."""
    words, visit = scene.words, scene.visit
    if not visit.sheets:
        return words(N_("Nothing is scored yet. Please score or type something first."))
    if scene.raised:
        return words(N_("Please answer the question first: keep the levels, or look again."))
    gaps = [_gap(scene, sheet) for sheet in visit.sheets if sheet.total is None]
    if gaps:
        return words(N_("Not complete. {gaps}."), gaps=words.clauses(gaps))
    return ""


def typeable(scene: Scene) -> tuple[Choice, ...]:
    """Return the scales of which a total from paper can be typed: those without answers."""
    visit, words = scene.visit, scene.words
    taken = {sheet.scale for sheet in visit.sheets if sheet.answers}
    scales = (one for one in scene.catalogue.definitions if one.id not in taken)
    return tuple(Choice(one.id, words(one.short_title)) for one in scales)


def _gap(scene: Scene, sheet: Sheet) -> str:
    definition = scene.catalogue.find(sheet.scale)
    gaps = gap_words(definition, sheet.answers, scene.words)
    title = scene.words(definition.short_title)
    return scene.words(N_("{scale}: {gaps}"), scale=title, gaps=gaps)


def _card(scene: Scene, sheet: Sheet) -> SheetCard:
    words, definition = scene.words, scene.catalogue.find(sheet.scale)
    is_draft = scene.visit.state is VisitState.DRAFT
    return SheetCard(
        scale=sheet.scale,
        title=words(
            N_("{scale}, version {version}"), scale=words(definition.title), version=sheet.version
        ),
        total=total_words(definition, sheet, words),
        is_complete=sheet.total is not None,
        caution=words(definition.caution),
        lines=() if sheet.is_typed else _lines(definition, sheet, words),
        can_open=is_draft and not sheet.is_typed,
        can_remove=is_draft,
    )


def _lines(definition: Definition, sheet: Sheet, words: Words) -> tuple[tuple[str, str], ...]:
    answers = tuple(_line(definition, key, sheet, words) for key in definition.keys)
    return answers + tuple(
        (words(subscore.title), _subscore(sheet, subscore.id, subscore.highest, words))
        for subscore in definition.subscores
    )


def _line(definition: Definition, key: Key, sheet: Sheet, words: Words) -> tuple[str, str]:
    return key_words(definition, key, words), answer_words(sheet.answers.get(key), words)


def _subscore(sheet: Sheet, subscore: str, highest: Decimal, words: Words) -> str:
    value = sheet.subscores.get(subscore)
    if value is None:
        return words(N_("no figure"))
    return of_highest(value, highest, words)


def _marks(visit: Visit, words: Words) -> tuple[str, ...]:
    marks = []
    if visit.amend_reason:
        message = N_("Version {version} of this visit. Why it was amended: {reason}")
        marks.append(words(message, version=visit.version, reason=visit.amend_reason))
    if visit.error_reason is not None:
        message = N_("Entered in error: {reason}. It shows in no chart and no page.")
        marks.append(words(message, reason=visit.error_reason))
    if visit.signature is not None:
        marks.append(_signature(visit.signature, words))
    if visit.state is VisitState.IMPORTED:
        marks.append(words(N_("Signed as imported.")))
    return tuple(marks)


def _signature(signature: Signature, words: Words) -> str:
    return words(
        N_("Signed by {name}, {role}, {moment}: {meaning}"),
        name=signature.name,
        role=role_words(signature.role, words),
        moment=words.moment(signature.moment),
        meaning=words(signature.meaning),
    )


def _sign(visit: Visit, words: Words) -> str:
    if visit.sheets and has_gaps(visit):
        return words(N_("Sign without a total"))
    return words(N_("Sign visit"))
