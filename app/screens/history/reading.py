"""Reading the history on by a stretch at a time, only what is asked for. Free of Qt."""

import re
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from app.clock import Moment
from app.errors import AppError
from app.folding import fold
from app.language import Words
from app.records.history import SHORT_HASH, About, Deed, History, Only, Step
from app.wording.history import deed_lines, loose_words
from scales.catalogue import Catalogue

AT_ONCE = 20
"""How many deeds a stretch finds at most."""
FARTHEST = 200
"""How many steps a stretch looks at, so that a search never takes long."""
_HASH = re.compile(rf"[0-9a-f]{{{SHORT_HASH}}}")


class Asked(Struct, frozen=True):
    """What is asked for: the filters, and words that must stand in a deed."""

    only: Only = Only()
    text: str = ""

    @property
    def is_all(self) -> bool:
        """Whether everything is asked for."""
        return self == Asked()


class Stretch(Struct, frozen=True):
    """The next deeds; ``reached`` is how far back was looked, nothing where nothing is left."""

    deeds: tuple[Deed, ...]
    reached: Moment | None


class Reader:
    """Goes back through a history, and keeps its place between two stretches."""

    def __init__(
        self, history: History, about: About, asked: Asked, catalogue: Catalogue, words: Words
    ) -> None:
        self._history = history
        self._asked = asked
        self._catalogue = catalogue
        self._words = words
        self._sought = fold(asked.text).split()
        self._steps = self._begin(about)

    def on(self) -> Stretch:
        """Return the next deeds that are asked for.

        Where an entry cannot be read its Damage is raised, and nothing of the stretch is passed
        over: the next call begins with it again.
        """
        walked: list[Step] = []
        try:
            return self._next(walked)
        except AppError:
            self._steps = chain(walked, self._steps)
            raise

    def _next(self, walked: list[Step]) -> Stretch:
        found: list[Deed] = []
        for step in self._steps:
            walked.append(step)
            if self._asked.only.is_over(step):
                break
            if self._asked.only.takes(step):
                deed = self._history.deed(step)
                if self._says(deed):
                    found.append(deed)
            if len(found) == AT_ONCE or len(walked) == FARTHEST:
                return Stretch(tuple(found), step.when)
        return Stretch(tuple(found), None)

    def whole(self) -> Iterator[Deed]:
        """Yield all that is asked for, each step with all its rows."""
        for step in self._steps:
            if self._asked.only.is_over(step):
                return
            if self._asked.only.takes(step) and self._says(self._history.deed(step)):
                yield from self._history.whole(step)

    def _begin(self, about: About) -> Iterator[Step]:
        """Find the step with an entry whose hash was typed, where one patient is asked about."""
        if about.patient and _HASH.fullmatch(fold(self._asked.text)):
            found = self._history.find(about.patient, fold(self._asked.text))
            return iter(() if found is None else (found,))
        return self._history.steps(about, self._asked.only.last)

    def _says(self, deed: Deed) -> bool:
        """Whether every word that was typed stands somewhere in a deed."""
        if not self._sought or any(word in deed.hashes for word in self._sought):
            return True
        told = [loose_words(deed, self._words)]
        for line in deed_lines(deed, self._catalogue, self._words):
            told += [line.about, line.field, line.before, line.after]
        text = fold("\n".join(told))
        return all(word in text for word in self._sought)
