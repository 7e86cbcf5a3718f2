"""Head, sheet, keys, questions and reasons of the scoring page, as frozen values."""

from datetime import date

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words
from app.screens.identity import identity
from app.screens.offers import reasons_for, reasons_for_all
from app.screens.visit.cursor import Cursor
from app.screens.visit.snapshot import Snapshot
from app.wording.answers import answer_words, key_words, side_words, undo_words
from app.wording.people import rater_words
from app.wording.totals import gap_words, of_highest, scored_count, total_words
from scales.model import Answer, Declined, Definition, Item, Key, Scored
from widgets.values import Choice, KeyView, LevelView, QuestionView, ReasonsView


class HeadView(Struct, frozen=True):
    """The patient's name and facts, and the visit in one line; ``family`` ends the name."""

    name: str
    facts: str
    visit: str
    caution: str
    family: str = ""
    mark: str = ""


class SheetView(Struct, frozen=True):
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
    can_sign: bool = True


def head_view(snapshot: Snapshot, today: date) -> HeadView:
    """Return who the patient is (aged as on the visit's last possible day) and which visit."""
    visit, words = snapshot.visit, snapshot.words
    who = identity(
        snapshot.patient.facts,
        words,
        min(visit.facts.date.last, today),
        has_namesake=snapshot.has_namesake,
    )
    when, rater = (
        words.at(visit.facts.date, visit.facts.time),
        rater_words(visit.facts.rater, words),
    )
    line = N_("Visit of {when} · {rater}")
    if visit.amend_reason:
        line = N_("Amending the visit of {when} · {rater}")
    told = words(line, when=when, rater=rater)
    caution = words(snapshot.patient.caution)
    return HeadView(who.name, who.facts, told, caution, family=who.family, mark=who.mark)


def sheet_view(snapshot: Snapshot, cursor: Cursor) -> SheetView:
    """Return the sheet of the cursor's scale, all its keys at once."""
    words, definition = snapshot.words, snapshot.catalogue.find(cursor.scale)
    answers = snapshot.answers(cursor.scale)
    return SheetView(
        title=words(definition.title),
        progress=words(
            N_("{done} of {all}"),
            done=scored_count(definition, answers),
            all=len(definition.keys),
        ),
        caution=words(definition.caution),
        status=sum_words(snapshot, definition),
        rows=tuple(key_view(snapshot, definition, key) for key in definition.keys),
        current=cursor.key,
        others=other_scales(snapshot, cursor.scale),
        undo=undo_view(snapshot),
        question=question_view(snapshot, cursor.scale),
        reasons=reasons_view(snapshot, cursor),
        can_sign=snapshot.rights.can_sign,
    )


def sum_words(snapshot: Snapshot, definition: Definition) -> str:
    """Return "sum 4 of 15", or which items keep the sum away."""
    words, sheet = snapshot.words, snapshot.visit.sheet(definition.id)
    if sheet is None or sheet.total is None:
        gaps = gap_words(definition, snapshot.answers(definition.id), words)
        return words(N_("no sum yet: {gaps}"), gaps=gaps)
    return words(N_("sum {total}"), total=total_words(definition, sheet, words))


def other_scales(snapshot: Snapshot, scale: str) -> tuple[Choice, ...]:
    """Return the other scales that can be scored, each with how far it got."""
    found = (one for one in snapshot.catalogue.scoring if one.id != scale)
    return tuple(Choice(one.id, _scale_words(snapshot, one)) for one in found)


def _scale_words(snapshot: Snapshot, definition: Definition) -> str:
    words, sheet = snapshot.words, snapshot.visit.sheet(definition.id)
    title = words(definition.short_title)
    if sheet is None:
        return words(N_("+ {scale}"), scale=title)
    if sheet.total is not None:
        total = of_highest(sheet.total, definition.highest, words)
        return words(N_("✓ {scale}: {total}"), scale=title, total=total)
    done_count, count = scored_count(definition, sheet.answers), len(definition.keys)
    message = N_("{scale}: {done} of {all} items")
    return words(message, scale=title, done=done_count, all=count)


def key_view(snapshot: Snapshot, definition: Definition, key: Key) -> KeyView:
    """Return one key with its levels; the last value shows once this one is answered."""
    words, item = snapshot.words, definition.item(key.item)
    answer = snapshot.answers(definition.id).get(key)
    name = key_words(definition, key, words)
    is_aside = answer is not None and not isinstance(answer, Scored)
    aside = answer_words(answer, words) if is_aside else words(N_("Not testable, declined…"))
    is_alone = key.side is None
    return KeyView(
        key=key,
        title=words(item.heading or item.title) if is_alone else side_words(key.side, words),
        subtitle=words(item.term) if is_alone else "",
        levels=_levels(item, name, answer, words),
        aside=aside,
        spoken_aside=words(N_("{item}: {answer}"), item=name, answer=aside),
        is_aside=is_aside,
        has_question=snapshot.asks_about(definition.id, key),
        last=_last(snapshot, definition, key) if answer is not None else "",
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


def _last(snapshot: Snapshot, definition: Definition, key: Key) -> str:
    before = snapshot.last.get(definition.id)
    if before is None or key not in before.answers:
        return ""
    value = answer_words(before.answers[key], snapshot.words)
    return snapshot.words(N_("Last time, {date}: {value}"), date=before.day, value=value)


def undo_view(snapshot: Snapshot) -> str:
    """Return what undoing would take back; empty where there is nothing."""
    if snapshot.undo is None:
        return ""
    words, keys = snapshot.words, snapshot.undo.keys
    definition = snapshot.catalogue.find(snapshot.undo.scale)
    if not keys:
        return words(N_("Undo: {scale}"), scale=words(definition.short_title))
    if len(keys) > 1:
        return words.plural(NN_("Undo: {count} item", "Undo: {count} items"), len(keys))
    return undo_words(definition, keys[0], snapshot.answers(definition.id).get(keys[0]), words)


def question_view(snapshot: Snapshot, scale: str) -> QuestionView | None:
    """Return the first question about a scale that was not put off."""
    for one in snapshot.raised:
        if one.concerns(scale) and (one.id, one.text) not in snapshot.put_off:
            return one.view
    return None


def reasons_view(snapshot: Snapshot, cursor: Cursor) -> ReasonsView | None:
    """Return the reasons that are open, if any are."""
    key = cursor.reasons_for
    if key is None:
        return None
    words, definition = snapshot.words, snapshot.catalogue.find(cursor.scale)
    name = key_words(definition, key, words)
    item, answers = definition.item(key.item), snapshot.answers(cursor.scale)
    answer = answers.get(key)
    return ReasonsView(
        key=key,
        title=words(N_("{item}: why is there no level?"), item=name),
        reasons=reasons_for(item, words),
        can_take_back=answer is not None,
        chosen="" if answer is None or isinstance(answer, Scored) else answer.reason,
        is_declined=isinstance(answer, Declined),
        for_all=reasons_for_all(definition, item, answers, words),
    )
