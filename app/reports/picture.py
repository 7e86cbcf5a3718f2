"""A course as a picture in a file of its own: drawn as lines and letters, not as dots."""

from enum import StrEnum
from io import BytesIO
from pathlib import Path

from app.drawing.sheet import Stretch, sheet_drawing
from app.drawing.vocabulary import Drawing
from app.errors import N_, UserError
from app.lettering import FACES, Weight
from app.palette import Palette
from app.reports.vector import svg_of
from app.trends.figure import Figure

SIZE = (1600, 1000)
"""The least size of a picture, in pixels; one that needs more height has it."""
_POINTS = 0.75
"""How many points a pixel is on a page."""


class PictureKind(StrEnum):
    """What a picture can be saved as."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


def kind_of(path: Path) -> PictureKind:
    """Return which picture a file's name promises; ``UserError`` where it promises none."""
    try:
        return PictureKind(path.suffix.lower().removeprefix("."))
    except ValueError:
        raise UserError(N_("“{path}” must end in .png, .svg or .pdf."), path=path.name) from None


def vector_picture(
    kind: PictureKind,
    figure: Figure,
    palette: Palette,
    heading: str,
    stretch: Stretch | None = None,
) -> bytes:
    """Return a figure with its raters and notes as SVG or PDF: identical bytes for the same.

    ``heading`` is the line above it that says whose course it is.
    """
    drawing = sheet_drawing(figure, SIZE, heading, stretch)
    if kind is PictureKind.SVG:
        return svg_of(drawing, palette, heading, figure.summary).encode("utf-8")
    return _pdf(drawing, palette, figure.title)


def _pdf(drawing: Drawing, palette: Palette, title: str) -> bytes:
    """Return a drawing as one page of its own size."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - only where a page is made

    from app.reports.fonts import Fonts  # noqa: PLC0415 - as above
    from app.reports.painted import paint_on  # noqa: PLC0415 - as above

    buffer, fonts = BytesIO(), Fonts()
    page = Canvas(
        buffer,
        pagesize=(drawing.width * _POINTS, drawing.height * _POINTS),
        initialFontName=FACES[Weight.REGULAR][0],  # type: ignore[arg-type] # a wrong stub
        invariant=1,
    )
    page.setTitle(title)
    page.setAuthor("OMS Bedside")
    page.scale(_POINTS, _POINTS)
    paint_on(page, drawing, palette, fonts)
    page.save()
    return buffer.getvalue()
