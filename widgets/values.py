"""The values that scoring widgets are told and hand on: frozen, and free of Qt."""

from decimal import Decimal

from msgspec import Struct

from scales.model import Key


class Choice(Struct, frozen=True):
    """One thing to choose: what is stored, and what is read."""

    id: str
    title: str


class Pick(Struct, frozen=True):
    """A level that somebody chose for a key."""

    key: Key
    level: Decimal


class LevelView(Struct, frozen=True):
    """One level on the screen. ``spoken`` is what a screen reader says."""

    value: Decimal
    digit: str
    text: str
    spoken: str
    is_chosen: bool = False


class KeyView(Struct, frozen=True):
    """One place to answer: its name, its levels, and what stands where a level does not fit.

    ``aside`` is the word on the button for "not testable, declined…", or the answer itself where
    ``is_aside``. ``has_question`` says that a question about it waits. ``last`` is the value of
    the last visit, empty while it must stay hidden.
    """

    key: Key
    title: str
    levels: tuple[LevelView, ...]
    aside: str
    spoken_aside: str
    subtitle: str = ""
    is_aside: bool = False
    has_question: bool = False
    last: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether this key is not open any more."""
        return self.is_aside or any(level.is_chosen for level in self.levels)

    def level_for(self, digit: str) -> LevelView | None:
        """Return the level that a typed digit means, if there is one."""
        return next((level for level in self.levels if level.digit == digit), None)


class ItemEntry(Struct, frozen=True):
    """One line of the list of items: an icon and a word for its state, and its value.

    ``spoken`` is what a screen reader says.
    """

    id: str
    title: str
    icon: str
    state: str
    value: str
    spoken: str
    has_question: bool = False
    is_current: bool = False


class QuestionView(Struct, frozen=True):
    """A raised question in words."""

    id: str
    text: str


class ReasonsView(Struct, frozen=True):
    """Why a key has no level: the ready-made reasons, and whether an answer can be taken back.

    ``chosen`` is the reason that was given, ready-made or in own words; ``for_all`` are those that
    answer everything that is open at once.
    """

    key: Key
    title: str
    reasons: tuple[Choice, ...]
    can_take_back: bool
    chosen: str = ""
    is_declined: bool = False
    for_all: tuple[Choice, ...] = ()


class Reason(Struct, frozen=True):
    """The id of a reason or somebody's own words; ``is_declined`` says that the family said no."""

    key: Key
    text: str
    is_declined: bool = False
