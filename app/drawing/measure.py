"""The sizes of a drawing: distances that grow with the text, and the kinds of text there are."""

from enum import Enum

from msgspec import Struct

from app.drawing.vocabulary import Text
from app.lettering import ASCENT, DESCENT, Weight, cut, width_of, wrap


class Letters(Enum):
    """A kind of text: its size at the usual size of text, and its weight."""

    TITLE = (14, Weight.BOLD)
    TEXT = (13, Weight.REGULAR)
    SMALL = (12, Weight.REGULAR)
    SMALL_STRONG = (12, Weight.BOLD)


class Measure(Struct, frozen=True):
    """How large everything is; ``unit`` is 1 at the usual size of text, and never below."""

    unit: float = 1.0

    def px(self, pixels: float) -> float:
        """Return a distance, grown with the text."""
        return float(round(pixels * self.unit))

    def size(self, letters: Letters) -> float:
        """Return how large a kind of text is."""
        return float(round(letters.value[0] * self.unit))

    def width(self, text: str, letters: Letters) -> float:
        """Return how wide a text is."""
        return width_of(text, self.size(letters), letters.value[1])

    def cut(self, text: str, letters: Letters, width: float) -> str:
        """Return a text cut to a width, with dots where it was cut."""
        return cut(text, self.size(letters), letters.value[1], width)

    def wrapped(self, text: str, letters: Letters, width: float) -> tuple[str, ...]:
        """Break a text into lines that fit; none where there is no word."""
        return tuple(filter(None, wrap(text, self.size(letters), letters.value[1], width)))

    def text(
        self, x: float, middle: float, text: str, letters: Letters, role: str = "ink_soft"
    ) -> Text:
        """Return a text from ``x`` on, the middle of its line at ``middle``."""
        size = self.size(letters)
        baseline = middle + size * (ASCENT - DESCENT) / 2
        return Text(x, baseline, text, size, letters.value[1], role)

    def before(
        self, x: float, middle: float, text: str, letters: Letters, role: str = "ink_soft"
    ) -> Text:
        """Return a text that ends at ``x``."""
        return self.text(x - self.width(text, letters), middle, text, letters, role)
