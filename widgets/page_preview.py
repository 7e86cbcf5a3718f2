"""Pages as pictures, one below the other, as wide as there is room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from app.errors import N_
from app.language import Words
from widgets.labels import wrapped
from widgets.layouts import clear, column, ground
from widgets.theme import set_role

WIDEST = 900
_EDGE = 64


class PagePreview(QScrollArea):
    """Shows the pages of a document; scrolls with keys, wheel and finger."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._images: tuple[QImage, ...] = ()
        self.setWidgetResizable(True)
        self.setAccessibleName(words(N_("Preview of the page")))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = ground()
        self._stack = column(content, margin=24, gap=24)
        self.setWidget(content)

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show these pages from the top."""
        self._images = images
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def show_words(self, text: str) -> None:
        """Show a sentence in place of pages."""
        self._images = ()
        clear(self._stack)
        self._stack.addWidget(wrapped(text, "soft"))
        self._stack.addStretch(1)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def _lay_out(self) -> None:
        clear(self._stack)
        for number, image in enumerate(self._images, start=1):
            page = QLabel()
            set_role(page, "paper")
            page.setPixmap(_fitted(image, self._room(), self.devicePixelRatioF()))
            name = self._words(
                N_("Page {number} of {count}"), number=number, count=self.page_count
            )
            page.setAccessibleName(name)
            self._stack.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._stack.addStretch(1)

    def _room(self) -> int:
        return max(200, min(WIDEST, self.viewport().width() - _EDGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        if self._images and event.oldSize().width() != event.size().width():
            self._lay_out()

    def sizeHint(self) -> QSize:
        """Ask for a page's usual shape."""
        return QSize(WIDEST, WIDEST)


def _fitted(image: QImage, width: int, ratio: float) -> QPixmap:
    smooth = Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(image.scaledToWidth(round(width * ratio), smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
