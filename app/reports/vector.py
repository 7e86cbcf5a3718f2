"""Paints a drawing as SVG: for files, and for pages that a browser shows."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import count

from app.drawing.vocabulary import (
    Block,
    Disc,
    Drawing,
    Element,
    Frame,
    Group,
    Line,
    Outline,
    Polyline,
    Position,
    Text,
)
from app.lettering import Weight, width_of
from app.palette import Palette

_FAMILY = "'Noto Sans','Noto Sans Arabic','Noto Sans Hebrew','Noto Sans Symbols 2',sans-serif"


def svg_of(drawing: Drawing, palette: Palette, title: str, description: str) -> str:
    """Return a drawing as one SVG document: the same text for the same drawing.

    ``title`` and ``description`` are what a screen reader says of it. Every text has the width
    that it was laid out with, whatever font the reader's machine has.
    """
    width, height = _short(drawing.width), _short(drawing.height)
    painter = _Painter(palette)
    body = "\n".join(painter.parts(drawing.parts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{_FAMILY}">\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
        f'<rect width="{width}" height="{height}" fill="{palette["background"]}"/>\n'
        f"{body}\n</svg>\n"
    )


class _Painter:
    """Turns elements into SVG, one line each."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._names = count(1)

    def parts(self, parts: Iterable[Element | Group]) -> Iterator[str]:
        """Yield what is drawn, from below to above."""
        for part in parts:
            if isinstance(part, Group):
                yield from self._clipped(part)
            else:
                yield self._one(part)

    def _clipped(self, group: Group) -> Iterator[str]:
        name = f"clip{next(self._names)}"
        left, width = _short(group.left), _short(group.right - group.left)
        window = f'<rect x="{left}" y="0" width="{width}" height="100%"/>'
        yield f'<clipPath id="{name}">{window}</clipPath>'
        yield f'<g clip-path="url(#{name})">'
        yield from map(self._one, group.elements)
        yield "</g>"

    def _one(self, element: Element) -> str:
        """Return one element."""
        match element:
            case Line():
                told = self._line(element)
            case Polyline():
                told = self._polyline(element)
            case Outline():
                told = self._outline(element)
            case Disc():
                told = self._disc(element)
            case Block():
                told = self._block(element)
            case Frame():
                told = self._frame(element)
            case Text():
                told = self._text(element)
        return told

    def _line(self, line: Line) -> str:
        (x1, y1), (x2, y2) = line.start, line.end
        ends = _numbers(x1=x1, y1=y1, x2=x2, y2=y2)
        dash = _dash(line.dash)
        return f"<line {ends} {self._stroke(line.role, line.width, line.alpha)}{dash}/>"

    def _polyline(self, line: Polyline) -> str:
        stroke = self._stroke(line.role, line.width)
        return f'<polyline points="{_points(line.places)}" fill="none" {stroke}/>'

    def _outline(self, outline: Outline) -> str:
        return f'<polygon points="{_points(outline.corners)}" {self._ink(outline)}/>'

    def _disc(self, disc: Disc) -> str:
        x, y = disc.centre
        place = _numbers(cx=x, cy=y, r=disc.radius)
        return f"<circle {place} {self._ink(disc)}/>"

    def _block(self, block: Block) -> str:
        box = _numbers(x=block.left, y=block.top, width=block.width, height=block.height)
        rounded = f" {_numbers(rx=block.radius)}" if block.radius else ""
        opacity = _opacity("fill", block.alpha)
        if not (block.fade_left or block.fade_right):
            return f'<rect {box}{rounded} fill="{self._palette[block.role]}"{opacity}/>'
        name = f"fade{next(self._names)}"
        fade = f'<linearGradient id="{name}">{self._stops(block)}</linearGradient>'
        return f'{fade}<rect {box}{rounded} fill="url(#{name})"{opacity}/>'

    def _stops(self, block: Block) -> str:
        colour = self._palette[block.role]
        stops = (
            (0.0, 0 if block.fade_left else 1),
            (block.fade_left / block.width, 1),
            (1.0 - block.fade_right / block.width, 1),
            (1.0, 0 if block.fade_right else 1),
        )
        return "".join(
            f'<stop offset="{_short(at)}" stop-color="{colour}" stop-opacity="{opacity}"/>'
            for at, opacity in stops
        )

    def _frame(self, frame: Frame) -> str:
        half = frame.line / 2
        box = _numbers(
            x=frame.left + half, y=frame.top + half,
            width=frame.width - frame.line, height=frame.height - frame.line, rx=frame.radius,
        )  # fmt: skip
        fill = self._palette[frame.fill] if frame.fill else "none"
        stroke = self._stroke(frame.role, frame.line, frame.alpha)
        return f'<rect {box} fill="{fill}" {stroke}{_dash(frame.dash)}/>'

    def _text(self, text: Text) -> str:
        place = _numbers(x=text.x, y=text.y)
        width = _short(width_of(text.text, text.size, text.weight))
        weight = ' font-weight="bold"' if text.weight is Weight.BOLD else ""
        kind = f'{_numbers(font_size=text.size)}{weight} fill="{self._palette[text.role]}"'
        fitted = f'textLength="{width}" lengthAdjust="spacingAndGlyphs"'
        return f"<text {place} {kind} {fitted}>{escape(text.text)}</text>"

    def _stroke(self, role: str, width: float, alpha: float = 1.0) -> str:
        return f'stroke="{self._palette[role]}"{_width(width)}{_opacity("stroke", alpha)}'

    def _ink(self, shape: Outline | Disc) -> str:
        told = f'fill="{self._palette[shape.fill] if shape.fill else "none"}"'
        edge = f' stroke="{self._palette[shape.edge]}"' if shape.edge else ""
        return f"{told}{_opacity('fill', shape.alpha)}{edge}{_width(shape.width)}"


def _numbers(**numbers: float) -> str:
    told = ((name.replace("_", "-"), _short(number)) for name, number in numbers.items())
    return " ".join(f'{name}="{number}"' for name, number in told)


def _points(places: Iterable[Position]) -> str:
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in places)


def _width(width: float) -> str:
    return f' stroke-width="{_short(width)}"' if width else ""


def _opacity(what: str, alpha: float) -> str:
    return "" if alpha == 1.0 else f' {what}-opacity="{_short(alpha)}"'


def _dash(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(_short, dash))}"' if dash else ""


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
