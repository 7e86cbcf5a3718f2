"""What a drawing is made of: a few kinds of element with their places, which any painter draws.

Lengths are pixels at the usual size of text, x to the right and y down from the upper left
corner. Colours are roles of ``app.palette``; ``alpha`` is how much of one covers what lies below.
"""

from msgspec import Struct

from app.lettering import Weight

Position = tuple[float, float]


class Line(Struct, frozen=True):
    """A straight line. ``dash`` are lengths drawn and left out, empty where it is whole."""

    start: Position
    end: Position
    role: str
    width: float = 1.0
    alpha: float = 1.0
    dash: tuple[float, ...] = ()


class Polyline(Struct, frozen=True):
    """One line through several places."""

    places: tuple[Position, ...]
    role: str
    width: float


class Outline(Struct, frozen=True):
    """A closed shape by its corners, filled with ``fill`` and edged with ``edge``; empty: not.

    ``alpha`` is that of the filling.
    """

    corners: tuple[Position, ...]
    fill: str
    edge: str = ""
    width: float = 0.0
    alpha: float = 1.0


class Disc(Struct, frozen=True):
    """A circle around ``centre``, filled and edged as an outline is."""

    centre: Position
    radius: float
    fill: str
    edge: str = ""
    width: float = 0.0
    alpha: float = 1.0


class Block(Struct, frozen=True):
    """A filled rectangle; from ``fade_left`` and to ``fade_right`` it comes and goes softly."""

    left: float
    top: float
    width: float
    height: float
    role: str
    alpha: float = 1.0
    radius: float = 0.0
    fade_left: float = 0.0
    fade_right: float = 0.0


class Frame(Struct, frozen=True):
    """A rectangle with an edge, drawn within its size; empty ``fill``: what lies below is seen."""

    left: float
    top: float
    width: float
    height: float
    role: str
    line: float
    fill: str = ""
    alpha: float = 1.0
    radius: float = 0.0
    dash: tuple[float, ...] = ()


class Text(Struct, frozen=True):
    """One line of text from ``x`` to the right, its baseline at ``y``."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight
    role: str


Element = Line | Polyline | Outline | Disc | Block | Frame | Text


class Group(Struct, frozen=True):
    """Elements of which nothing is drawn left of ``left`` or right of ``right``."""

    left: float
    right: float
    elements: tuple[Element, ...]


class Drawing(Struct, frozen=True):
    """A whole drawing, from what lies below to what lies on top.

    ``moving`` is what keeps its shape while time is moved, ``marks`` are the totals, a group a
    panel: a painter that moves either by itself asks for a drawing without them.
    """

    width: float
    height: float
    ground: tuple[Element | Group, ...]
    moving: tuple[Group, ...]
    marks: tuple[Group, ...]
    words: tuple[Element | Group, ...]

    @property
    def parts(self) -> tuple[Element | Group, ...]:
        """Everything, in the order in which it is drawn."""
        return (*self.ground, *self.moving, *self.marks, *self.words)
