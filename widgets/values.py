"""What the scoring widgets are told and what they say: frozen, and free of Qt."""

from dataclasses import dataclass
from decimal import Decimal

from scales.model import Key


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is stored, and what is read."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A level that somebody chose for a key."""

    key: Key
    level: Decimal


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level on the screen. ``spoken`` is what a screen reader says."""

    value: Decimal
    digit: str
    text: str
    spoken: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class KeyView:
    """One place to answer: its name, its levels, and what stands where a level does not fit.

    ``aside`` is the word on the button for "not testable, declined…", or the answer itself where
    ``is_aside``. ``last`` is the value of the last visit, empty while it must stay hidden.
    """

    key: Key
    title: str
    levels: tuple[LevelView, ...]
    aside: str
    spoken_aside: str
    subtitle: str = ""
    is_aside: bool = False
    last: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether this key is not open any more."""
        return self.is_aside or any(level.is_chosen for level in self.levels)

    def level_for(self, digit: str) -> LevelView | None:
        """Return the level that a typed digit means, if there is one."""
        return next((level for level in self.levels if level.digit == digit), None)


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One line of the list of items: an icon and a word for its state, and its value.

    ``spoken`` is what a screen reader says.
    """

    id: str
    title: str
    icon: str
    state: str
    value: str
    spoken: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A raised question in words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """Why a key has no level: the ready-made reasons, and whether an answer can be taken back."""

    key: Key
    title: str
    reasons: tuple[str, ...]
    can_take_back: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that somebody gave; ``is_declined`` says that the family said no."""

    key: Key
    text: str
    is_declined: bool = False
