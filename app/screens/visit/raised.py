"""The questions a visit raises: within a scale, between scales, and since the last visit."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.language import Words
from app.records.model import Visit
from app.screens.visit.last import LastSheet
from scales.catalogue import Catalogue
from scales.consistency import across, changes, questions
from scales.model import Key, Question
from widgets.values import QuestionView


@dataclass(frozen=True, slots=True)
class Raised:
    """A question, the scales it speaks of (the first keeps the answer), and its keys in each."""

    id: str
    text: str
    places: tuple[tuple[str, Key], ...]

    @property
    def scale(self) -> str:
        """The scale whose sheet stores that the question was kept."""
        return self.places[0][0]

    @property
    def view(self) -> QuestionView:
        """What the question bar is told."""
        return QuestionView(self.id, self.text)

    def concerns(self, scale: str, key: Key | None = None) -> bool:
        """Whether it speaks of this scale, and of this key of it if one is given."""
        return any(scale == there and key in (None, about) for there, about in self.places)


def raised(
    visit: Visit, catalogue: Catalogue, last: Mapping[str, LastSheet], words: Words
) -> tuple[Raised, ...]:
    """Return the questions that the visit raises now and that nobody has kept as they stand."""
    kept = {(kept.question, kept.sentence) for sheet in visit.sheets for kept in sheet.confirmed}
    found = (*_within(visit, catalogue, words), *_between(visit, catalogue, words),
             *_since(visit, catalogue, last, words))  # fmt: skip
    return tuple(one for one in found if (one.id, one.text) not in kept)


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


def _in_words(question: Question, words: Words) -> Question:
    """Translate the name of the item that stands among the values."""
    values = {**question.values, "item": words(question.values["item"])}
    return Question(question.id, question.keys, question.sentence, values)


def _of_scale(question: Question, scale: str, words: Words) -> Raised:
    places = tuple((scale, key) for key in question.keys)
    return Raised(question.id, words.question(question), places)
