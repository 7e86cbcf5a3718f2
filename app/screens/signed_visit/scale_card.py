"""A scale of a signed visit in words: its total and every item, beside what stood there before."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.model import Sheet, Visit
from app.screens.change_sign import change_told
from app.trends.visit_changes import (
    Earlier,
    Reading,
    change_since,
    last_before,
    level_at,
    subscore_at,
    total_of,
)
from app.wording.answers import answer_words, key_words, level_of
from app.wording.changes import was_words
from app.wording.totals import bare_total, of_highest, total_words
from app.wording.visits import version_words
from scales.model import Declined, Definition, Key, NotTestable, Scored, Subscore
from widgets import icons

_SIGNS: Mapping[type, str] = {NotTestable: icons.NOT_TESTABLE, Declined: icons.DECLINED}
_AMENDED = N_("Amended; it was: {before}")


class ItemLine(Struct, frozen=True):
    """An item, or a part of the total, of one visit.

    ``level`` is the number, or the sign of why there is none, which ``told`` says in words.
    ``was`` is what stood there the time before, ``change`` how far the two are apart; both are
    empty where there is nothing to tell. ``amended`` is what the version before said.
    """

    name: str
    level: str
    told: str
    was: str = ""
    change: str = ""
    amended: str = ""


class ScaleCard(Struct, frozen=True):
    """A scale of the visit: its total, or why there is none, and every item.

    ``notes`` say what must be known of the scores.
    """

    title: str
    total: str
    is_complete: bool
    was: str
    caution: str
    notes: tuple[str, ...]
    lines: tuple[ItemLine, ...]


class Held(Struct, frozen=True):
    """A sheet, the visits that it is held against, oldest first, and the sheet that it amends."""

    definition: Definition
    sheet: Sheet
    earlier: Sequence[Visit]
    amended: Sheet | None
    words: Words

    @property
    def has_words(self) -> bool:
        """Whether this app has the words of the version by which the sheet was scored."""
        return self.definition.compares(self.sheet.version, self.definition.version)

    @property
    def total_before(self) -> Earlier | None:
        """The last total of this scale before."""
        return last_before(self.sheet.scale, total_of, self.earlier)


def scale_card(held: Held) -> ScaleCard:
    """Return a scale in words."""
    words, definition, sheet = held.words, held.definition, held.sheet
    before, title = held.total_before, N_("{scale}, version {version}")
    return ScaleCard(
        title=words(title, scale=words(definition.title), version=sheet.version),
        total=total_words(definition, sheet, words),
        is_complete=sheet.total is not None,
        was="" if before is None else _was(held, before, is_dated=True),
        caution=words(definition.caution),
        notes=_notes(held),
        lines=() if sheet.is_typed else _lines(held),
    )


def _notes(held: Held) -> tuple[str, ...]:
    words, definition = held.words, held.definition
    notes = []
    if held.amended is not None:
        was = total_words(definition, held.amended, words)
        if was != total_words(definition, held.sheet, words):
            notes.append(words(_AMENDED, before=was))
    if held.sheet.is_typed:
        notes.append(words(N_("The total was typed from paper; there are no items.")))
    elif not held.has_words:
        text = N_("This app no longer has the words of this version, so levels stand alone.")
        notes.append(words(text))
    return tuple(notes)


def _lines(held: Held) -> tuple[ItemLine, ...]:
    items = (_item(held, key) for key in held.definition.keys)
    return (*items, *(_part(held, part) for part in held.definition.subscores))


def _item(held: Held, key: Key) -> ItemLine:
    words, answer = held.words, held.sheet.answers.get(key)
    criterion = level_of(held.definition, key, answer) if held.has_words else None
    said = answer_words(answer, words)
    level, told = _SIGNS.get(type(answer), icons.OPEN), said
    if isinstance(answer, Scored):
        level, told = said, words(criterion.criterion) if criterion else ""
    was, change = _compared(held, level_at(key))
    return ItemLine(
        name=key_words(held.definition, key, words),
        level=level,
        told=told,
        was=was,
        change=change,
        amended=_amended(held, key),
    )


def _amended(held: Held, key: Key) -> str:
    """Return what an amendment replaced at a key; empty where it left it alone."""
    old = held.amended
    if old is None or old.is_typed or old.answers.get(key) == held.sheet.answers.get(key):
        return ""
    return held.words(_AMENDED, before=answer_words(old.answers.get(key), held.words))


def _part(held: Held, part: Subscore) -> ItemLine:
    words, value = held.words, held.sheet.subscores.get(part.id)
    was, change = _compared(held, subscore_at(part.id))
    if value is None:
        return ItemLine(words(part.title), icons.OPEN, words(N_("no figure")), was, change)
    told = of_highest(value, part.highest, words)
    return ItemLine(words(part.title), words.number(value), told, was, change)


def _compared(held: Held, read: Reading) -> tuple[str, str]:
    """Return what stood there the time before, and how far this is from it."""
    sheet, total = held.sheet, held.total_before
    before = last_before(sheet.scale, read, held.earlier)
    if before is None:
        has_earlier = any(one.sheet(sheet.scale) for one in held.earlier)
        return held.words(N_("none before")) if has_earlier else "", ""
    is_dated = total is None or total.date != before.date
    change = change_since(before, read(sheet), held.definition, sheet.version)
    told = "" if change is None or change == 0 else change_told(change, held.words)
    return _was(held, before, is_dated=is_dated), told


def _was(held: Held, before: Earlier, *, is_dated: bool) -> str:
    """Return “was 0 on 22 Jul 2026”, or why nothing is compared; the total's day is not told."""
    words = held.words
    if not held.definition.compares(before.version, held.sheet.version):
        version = version_words(before.version, words)
        return words(N_("not compared: {version} before"), version=version)
    value = bare_total(before.value, words, is_typed=before.is_typed)
    if is_dated:
        return was_words(value, before.date, words)
    return words(N_("was {value}"), value=value)
