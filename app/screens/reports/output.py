"""A finished page on its way out: as a picture for the screen, or onto a printer's paper."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from app.language import Words
from app.reports.making import PageChoice, page_pdf
from app.reports.preview import PagePixels, page_pixels
from app.settings import Settings
from app.trends.model import Trend
from scales.catalogue import Catalogue

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PREVIEW_WIDTH = 1400
PRINT_DOTS = 300
"""Dots an inch on paper: sharp for text, and a page stays below 40 MB of memory."""


class Made(Struct, frozen=True):
    """A finished page: the document, and its pages as pictures for the preview."""

    pdf: bytes
    pages: tuple[QImage, ...]


class PageWork(Struct, frozen=True):
    """The choice, course, scales, settings and words of a page; calling it makes it anywhere."""

    choice: PageChoice
    trend: Trend
    catalogue: Catalogue
    settings: Settings
    words: Words

    def __call__(self) -> Made:
        """Make the page and draw its preview."""
        pdf = page_pdf(self.choice, self.trend, self.catalogue, self.settings, self.words)
        return Made(pdf, tuple(_image(page) for page in page_pixels(pdf, PREVIEW_WIDTH)))


def print_pages(printer: "QPrinter", pdf: bytes) -> bool:
    """Print every page of a document; whether the printer took them.

    A page keeps its size where the paper is as large as it is, and shrinks onto smaller paper.
    """
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paper = printer.paperRect(printer.Unit.Inch)
    for number, page in enumerate(page_pixels(pdf, round(paper.width() * PRINT_DOTS))):
        if number:
            printer.newPage()
        image = _image(page)
        painter.drawImage(_fitted(image.size(), painter.viewport()), image)
    return painter.end()


def _fitted(size: QSize, room: QRect) -> QRectF:
    scaled = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = (room.width() - scaled.width()) / 2
    return QRectF(left, 0, scaled.width(), scaled.height())


def _image(page: PagePixels) -> QImage:
    stride = page.width * 4
    shared = QImage(page.pixels, page.width, page.height, stride, QImage.Format.Format_RGB32)
    return shared.copy()
