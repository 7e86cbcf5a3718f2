"""A drawing at another place: what stands within another drawing."""

from msgspec.structs import replace

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


def moved(drawing: Drawing, right: float, down: float) -> Drawing:
    """Return a drawing whose every element stands so much further right and down."""
    return replace(
        drawing,
        ground=tuple(_part(part, right, down) for part in drawing.ground),
        moving=tuple(_group(group, right, down) for group in drawing.moving),
        marks=tuple(_group(group, right, down) for group in drawing.marks),
        words=tuple(_part(part, right, down) for part in drawing.words),
    )


def _part(part: Element | Group, right: float, down: float) -> Element | Group:
    if isinstance(part, Group):
        return _group(part, right, down)
    return _element(part, right, down)


def _group(group: Group, right: float, down: float) -> Group:
    elements = tuple(_element(each, right, down) for each in group.elements)
    return Group(group.left + right, group.right + right, elements)


def _element(element: Element, right: float, down: float) -> Element:
    def at(place: Position) -> Position:
        return place[0] + right, place[1] + down

    match element:
        case Line():
            return replace(element, start=at(element.start), end=at(element.end))
        case Polyline():
            return replace(element, places=tuple(map(at, element.places)))
        case Outline():
            return replace(element, corners=tuple(map(at, element.corners)))
        case Disc():
            return replace(element, centre=at(element.centre))
        case Block() | Frame():
            return replace(element, left=element.left + right, top=element.top + down)
        case Text():
            return replace(element, x=element.x + right, y=element.y + down)
