"""What the scoring page shows, as frozen values made by pure functions. Free of Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import N_
from app.language import Words
from app.records.model import Patient, Visit, VisitState
from app.screens.identity import identity
from app.screens.visit.last import LastSheet
from app.screens.visit.raised import Raised
from app.screens.visit.stand import Stand
from app.wording.answers import answer_words, key_words, reasons_for, side_words, undo_words
from app.wording.people import rater_words
from app.wording.totals import gap_words, of_highest, scored_count, total_words
from scales.catalogue import Catalogue
from scales.model import Answer, Answers, Definition, Item, Key, Scored
from widgets.values import Choice, KeyView, LevelView, QuestionView, ReasonsView


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a view is made from: the visit as stored, and what surrounds it.

    ``undo`` is the scale and key that undoing would touch; ``put_off`` are questions that the
    rater will look at again, as (id, sentence).
    """

    visit: Visit
    patient: Patient
    catalogue: Catalogue
    last: Mapping[str, LastSheet]
    raised: tuple[Raised, ...]
    undo: tuple[str, Key | None] | None
    put_off: frozenset[tuple[str, str]]
    words: Words

    def answers(self, scale: str) -> Answers:
        """Return the answers of a scale; none where the visit has no such sheet."""
        sheet = self.visit.sheet(scale)
        return {} if sheet is None else sheet.answers


@dataclass(frozen=True, slots=True)
class HeadView:
    """Who it is and which visit this is."""

    name: str
    facts: str
    visit: str
    caution: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """A whole sheet on one page."""

    title: str
    progress: str
    caution: str
    status: str
    rows: tuple[KeyView, ...]
    current: Key
    others: tuple[Choice, ...]
    undo: str
    question: QuestionView | None
    reasons: ReasonsView | None


def head_view(scene: Scene, today: date) -> HeadView:
    """Return who the patient is (aged as on the visit's last possible day) and which visit."""
    visit, words = scene.visit, scene.words
    who = identity(scene.patient.facts, words, min(visit.facts.date.last, today))
    when, rater = (
        words.at(visit.facts.date, visit.facts.time),
        rater_words(visit.facts.rater, words),
    )
    is_draft = visit.state is VisitState.DRAFT
    line = N_("Visit of {when} · {rater}")
    if is_draft and visit.replaces:
        line = N_("Amending the visit of {when} · {rater}")
    told = words(line, when=when, rater=rater)
    return HeadView(who.name, who.facts, told, words(scene.patient.caution), is_draft)


def sheet_view(scene: Scene, stand: Stand) -> SheetView:
    """Return the sheet of the stand's scale, all its keys at once."""
    words, definition = scene.words, scene.catalogue.find(stand.scale)
    answers = scene.answers(stand.scale)
    return SheetView(
        title=words(definition.title),
        progress=words(
            N_("{done} of {all}"),
            done=scored_count(definition, answers),
            all=len(definition.keys),
        ),
        caution=words(definition.caution),
        status=sum_words(scene, definition),
        rows=tuple(key_view(scene, definition, key) for key in definition.keys),
        current=stand.key,
        others=other_scales(scene, stand.scale),
        undo=undo_view(scene),
        question=question_view(scene, stand.scale, None),
        reasons=reasons_view(scene, stand),
    )


def sum_words(scene: Scene, definition: Definition) -> str:
    """Return "sum 4 of 15", or which items keep the sum away."""
    words, sheet = scene.words, scene.visit.sheet(definition.id)
    if sheet is None or sheet.total is None:
        gaps = gap_words(definition, scene.answers(definition.id), words)
        return words(N_("no sum yet: {gaps}"), gaps=gaps)
    return words(N_("sum {total}"), total=total_words(definition, sheet, words))


def other_scales(scene: Scene, scale: str) -> tuple[Choice, ...]:
    """Return the other scales that can be scored, each with how far it got."""
    found = (one for one in scene.catalogue.scoring if one.id != scale)
    return tuple(Choice(one.id, _scale_words(scene, one)) for one in found)


def _scale_words(scene: Scene, definition: Definition) -> str:
    words, sheet = scene.words, scene.visit.sheet(definition.id)
    title = words(definition.short_title)
    if sheet is None:
        return words(N_("+ {scale}"), scale=title)
    if sheet.total is not None:
        total = of_highest(sheet.total, definition.highest, words)
        return words(N_("✓ {scale}: {total}"), scale=title, total=total)
    done_count, count = scored_count(definition, sheet.answers), len(definition.keys)
    message = N_("{scale}: {done} of {all} items")
    return words(message, scale=title, done=done_count, all=count)


def key_view(scene: Scene, definition: Definition, key: Key) -> KeyView:
    """Return one key with its levels; the last value shows once this one is answered."""
    words, item = scene.words, definition.item(key.item)
    answer = scene.answers(definition.id).get(key)
    name = key_words(definition, key, words)
    is_aside = answer is not None and not isinstance(answer, Scored)
    aside = answer_words(answer, words) if is_aside else words(N_("Not testable, declined…"))
    title, _, term = words(item.title).partition(" (")
    is_alone = key.side is None
    return KeyView(
        key=key,
        title=title if is_alone else side_words(key.side, words),
        subtitle=term.removesuffix(")") if is_alone else "",
        levels=_levels(item, name, answer, words),
        aside=aside,
        spoken_aside=words(N_("{item}: {answer}"), item=name, answer=aside),
        is_aside=is_aside,
        last=_last(scene, definition, key) if answer is not None else "",
    )


def _levels(item: Item, name: str, answer: Answer | None, words: Words) -> tuple[LevelView, ...]:
    return tuple(
        LevelView(
            value=level.value,
            digit=words.number(level.value),
            text=words(level.criterion),
            spoken=words(
                N_("{item} {level}: {criterion}"),
                item=name,
                level=words.number(level.value),
                criterion=words(level.criterion),
            ),
            is_chosen=answer == Scored(level.value),
        )
        for level in item.levels
    )


def _last(scene: Scene, definition: Definition, key: Key) -> str:
    before = scene.last.get(definition.id)
    if before is None or key not in before.answers:
        return ""
    value = answer_words(before.answers[key], scene.words)
    return scene.words(N_("Last time, {date}: {value}"), date=before.day, value=value)


def undo_view(scene: Scene) -> str:
    """Return what undoing would take back; empty where there is nothing."""
    if scene.undo is None:
        return ""
    scale, key = scene.undo
    definition = scene.catalogue.find(scale)
    if key is None:
        return scene.words(N_("Undo: {scale}"), scale=scene.words(definition.short_title))
    return undo_words(definition, key, scene.answers(scale).get(key), scene.words)


def question_view(scene: Scene, scale: str, item: str | None) -> QuestionView | None:
    """Return the first question about a scale, or an item of it, that was not put off."""
    keys = (None,) if item is None else scene.catalogue.find(scale).item(item).keys
    for one in scene.raised:
        is_here = any(one.concerns(scale, key) for key in keys)
        if is_here and (one.id, one.text) not in scene.put_off:
            return one.view
    return None


def reasons_view(scene: Scene, stand: Stand) -> ReasonsView | None:
    """Return the reasons that are open, if any are."""
    key = stand.reasons_for
    if key is None:
        return None
    words, definition = scene.words, scene.catalogue.find(stand.scale)
    name = key_words(definition, key, words)
    return ReasonsView(
        key=key,
        title=words(N_("{item}: why is there no level?"), item=name),
        reasons=reasons_for(definition.item(key.item), words),
        can_take_back=key in scene.answers(stand.scale),
    )
