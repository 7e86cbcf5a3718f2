"""Numbered pages: who it is on top of each, what it is not and its number at the foot of each."""

from collections.abc import Callable, Sequence
from io import BytesIO

from msgspec import Struct
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from app.errors import N_
from app.language import Words
from app.lettering import Weight, run_width, width_of
from app.reports.fonts import Fonts
from app.reports.typeset import Typesetter
from app.settings import Paper
from app.trends.notes import MAY_HAVE_CHANGED, NOT_A_DEVICE

MARGIN = 40.0
_FOOT = 26.0
_FOOT_TEXT = 7.5
BOXES = N_("A box stands for a character that this page's fonts do not have.")
APP = "OMS Bedside"

_SIZES = {Paper.A4: A4, Paper.LETTER: LETTER}


def size_of(paper: Paper) -> tuple[float, float]:
    """Return a paper's width and height in points."""
    return _SIZES[paper]


class Document(Struct, frozen=True):
    """What a file says of itself, its paper, and the blocks on top of each page."""

    title: str
    author: str
    paper: Paper
    header: tuple[Flowable, ...]
    words: Words

    @property
    def width(self) -> float:
        """The width between the margins, in points."""
        return size_of(self.paper)[0] - 2 * MARGIN


def numbered_pdf(document: Document, story: Sequence[Flowable], typesetter: Typesetter) -> bytes:
    """Return the story as numbered pages, each under its header; identical bytes each time."""
    buffer = BytesIO()
    header_height = _height(document.header, document.width)
    template = BaseDocTemplate(
        buffer,
        pagesize=size_of(document.paper),
        pageTemplates=[PageTemplate(frames=[_frame(document, header_height)])],
        title=document.title,
        author=document.author,
        creator=APP,
        producer=APP,
        lang=document.words.language,
        displayDocTitle=True,
        invariant=1,
        pageCompression=1,
        initialFontName=typesetter.fonts.face(),
    )
    furnish = _Furniture(document, typesetter)
    template.build(list(story), canvasmaker=_numbered(furnish))
    return buffer.getvalue()


def room(document: Document) -> float:
    """Return the height that one page leaves to the story, in points."""
    return _frame_height(document, _height(document.header, document.width))


class _Furniture:
    """Draws what every page carries, once the number of pages is known."""

    def __init__(self, document: Document, typesetter: Typesetter) -> None:
        self._document = document
        self._type = typesetter

    def draw(self, canvas: Canvas, page: int, pages: int) -> None:
        width, height = size_of(self._document.paper)
        y = height - MARGIN
        for block in self._document.header:
            _, block_height = block.wrapOn(canvas, self._document.width, height)
            y -= block_height
            block.drawOn(canvas, MARGIN, y)
        self._draw_foot(canvas, width, page, pages)

    def _draw_foot(self, canvas: Canvas, width: float, page: int, pages: int) -> None:
        words, fonts = self._document.words, self._type.fonts
        canvas.setStrokeColor(HexColor(self._type.palette["line"]))
        canvas.line(MARGIN, MARGIN + 6, width - MARGIN, MARGIN + 6)
        canvas.setFillColor(HexColor(self._type.palette["ink_soft"]))
        limits = words.sentences((words(MAY_HAVE_CHANGED), words(NOT_A_DEVICE)))
        write_line(canvas, fonts, (MARGIN, MARGIN - 5), limits, _FOOT_TEXT)
        number = words(N_("page {page} of {pages}"), page=page, pages=pages)
        place = (width - MARGIN - width_of(number, _FOOT_TEXT), MARGIN - 5)
        write_line(canvas, fonts, place, number, _FOOT_TEXT)
        if fonts.has_boxes:
            write_line(canvas, fonts, (MARGIN, MARGIN - 15), words(BOXES), _FOOT_TEXT)


def write_line(
    canvas: Canvas,
    fonts: Fonts,
    place: tuple[float, float],
    line: str,
    size: float,
    weight: Weight = Weight.REGULAR,
) -> None:
    """Write one line straight on a canvas, in the fonts that have its letters."""
    x, y = place
    for run in fonts.runs(line, weight):
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text)
        x += run_width(run, size)


def _numbered(furniture: _Furniture) -> Callable[..., Canvas]:
    """Return a canvas class that holds its pages back until their number is known."""
    held: list[dict[str, object]] = []

    class NumberedCanvas(Canvas):
        def showPage(self) -> None:  # noqa: N802 - reportlab's own name
            held.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined] # the stubs leave it out

        def save(self) -> None:
            for number, state in enumerate(held, start=1):
                self.__dict__.update(state)
                furniture.draw(self, number, len(held))
                super().showPage()
            super().save()

    return NumberedCanvas


def _frame(document: Document, header_height: float) -> Frame:
    return Frame(
        MARGIN, MARGIN + _FOOT - 14, document.width, _frame_height(document, header_height),
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _frame_height(document: Document, header_height: float) -> float:
    height = size_of(document.paper)[1] - 2 * MARGIN - (_FOOT - 14)
    # However long a name is, the story keeps a third of the page.
    return max(height - header_height - 6, height / 3)


def _height(blocks: Sequence[Flowable], width: float) -> float:
    return sum(block.wrap(width, 10_000)[1] for block in blocks)
