"""A visit as stored, the sheets of the visit before, and the questions that it raises.

They are raised within a scale, between scales, and since the last visit.
"""

from collections.abc import Mapping

from msgspec import Struct

from app.language import Words
from app.records.model import Patient, UndoLabel, Visit
from app.screens.rights import Rights
from scales.catalogue import Catalogue
from scales.consistency import across, changes, denials, questions
from scales.model import Answers, EarlierLevel, Key, Question
from widgets.values import QuestionView


class LastSheet(Struct, frozen=True):
    """The answers of the last signed sheet of a scale, and its day in words."""

    day: str
    answers: Answers


def last_sheet(before: Visit | None, scale: str, words: Words) -> LastSheet | None:
    """Return the sheet of a scale in the visit before; a typed total tells no items."""
    sheet = None if before is None else before.sheet(scale)
    if before is None or sheet is None or sheet.is_typed:
        return None
    return LastSheet(words.short_date(before.facts.date), sheet.answers)


class Before(Struct, frozen=True):
    """What a visit is held against: the last sheet of each scale, and levels from any time before.

    ``earlier`` maps a reason such as “never walked” to the last level that contradicts it.
    """

    last: Mapping[str, LastSheet] = {}
    earlier: Mapping[str, EarlierLevel] = {}


class Raised(Struct, frozen=True):
    """A question, the scales it speaks of (the first keeps the answer), and its keys in each."""

    id: str
    text: str
    places: tuple[tuple[str, Key], ...]

    @property
    def scale(self) -> str:
        """The scale whose sheet stores that the question was confirmed."""
        return self.places[0][0]

    @property
    def view(self) -> QuestionView:
        """The question in words, as the bar shows it."""
        return QuestionView(self.id, self.text)

    def concerns(self, scale: str, key: Key | None = None) -> bool:
        """Whether it speaks of this scale, and of this key of it if one is given."""
        return any(scale == there and key in (None, about) for there, about in self.places)


class Snapshot(Struct, frozen=True):
    """The visit as stored with its patient, scales, last sheets and open questions.

    ``undo`` is what undoing would take back; ``put_off`` are questions that the rater will look
    at again, as (id, sentence). ``amended`` is the signed version before this one.
    """

    visit: Visit
    patient: Patient
    catalogue: Catalogue
    last: Mapping[str, LastSheet]
    raised: tuple[Raised, ...]
    undo: UndoLabel | None
    put_off: frozenset[tuple[str, str]]
    words: Words
    has_namesake: bool = False
    amended: Visit | None = None
    rights: Rights = Rights()

    def answers(self, scale: str) -> Answers:
        """Return the answers of a scale; none where the visit has no such sheet."""
        sheet = self.visit.sheet(scale)
        return {} if sheet is None else sheet.answers

    def asks_about(self, scale: str, key: Key) -> bool:
        """Whether a question about a key waits, put off or not."""
        return any(one.concerns(scale, key) for one in self.raised)


def raised(visit: Visit, before: Before, catalogue: Catalogue, words: Words) -> tuple[Raised, ...]:
    """Return the questions that a visit raises now; those confirmed as they stand are left out."""
    confirmed = {(one.question, one.sentence) for sheet in visit.sheets for one in sheet.confirmed}
    found = _all_raised(visit, before, catalogue, words)
    return tuple(one for one in found if (one.id, one.text) not in confirmed)


def kept_of_old(
    visit: Visit, before: Before, catalogue: Catalogue, words: Words
) -> frozenset[tuple[str, str]]:
    """Return the kept questions, as scale and id, that nothing raises any more.

    The visit that one compared with may have been amended, or marked as entered in error, since.
    """
    found = {(one.scale, one.id) for one in _all_raised(visit, before, catalogue, words)}
    kept = {(sheet.scale, one.question) for sheet in visit.sheets for one in sheet.confirmed}
    return frozenset(kept - found)


def _all_raised(
    visit: Visit, before: Before, catalogue: Catalogue, words: Words
) -> tuple[Raised, ...]:
    return (
        *_within(visit, catalogue, words),
        *_between(visit, catalogue, words),
        *_since(visit, catalogue, before.last, words),
        *_denied(visit, catalogue, before.earlier, words),
    )


def _within(visit: Visit, catalogue: Catalogue, words: Words) -> tuple[Raised, ...]:
    return tuple(
        _of_scale(question, sheet.scale, words)
        for sheet in visit.sheets
        if not sheet.is_typed
        for question in questions(catalogue.find(sheet.scale), sheet.answers)
    )


def _between(visit: Visit, catalogue: Catalogue, words: Words) -> tuple[Raised, ...]:
    sheets = {sheet.scale: sheet.answers for sheet in visit.sheets if not sheet.is_typed}
    rules = {rule.id: rule for rule in catalogue.across}
    return tuple(
        Raised(
            question.id,
            words.question(question),
            tuple((part.scale, part.key) for part in rules[question.id].conditions),
        )
        for question in across(catalogue, sheets)
    )


def _since(
    visit: Visit, catalogue: Catalogue, last: Mapping[str, LastSheet], words: Words
) -> tuple[Raised, ...]:
    return tuple(
        _of_scale(_in_words(question, words), sheet.scale, words)
        for sheet in visit.sheets
        if sheet.scale in last and not sheet.is_typed
        for question in changes(
            catalogue.find(sheet.scale),
            last[sheet.scale].answers,
            last[sheet.scale].day,
            sheet.answers,
        )
    )


def _denied(
    visit: Visit, catalogue: Catalogue, earlier: Mapping[str, EarlierLevel], words: Words
) -> tuple[Raised, ...]:
    return tuple(
        _of_scale(question, sheet.scale, words)
        for sheet in visit.sheets
        if not sheet.is_typed
        for question in denials(catalogue.find(sheet.scale), earlier, sheet.answers)
    )


def _in_words(question: Question, words: Words) -> Question:
    """Translate the name of the item that stands among the values."""
    values = {**question.values, "item": words(question.values["item"])}
    return Question(question.id, question.keys, question.sentence, values)


def _of_scale(question: Question, scale: str, words: Words) -> Raised:
    places = tuple((scale, key) for key in question.keys)
    return Raised(question.id, words.question(question), places)
