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
_NARROWEST = 200
_MARGIN = 24


class PagePreview(QScrollArea):
    """Shows the pages of a document; scrolls with keys, wheel and finger."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._pages: tuple[tuple[QLabel, QImage], ...] = ()
        self.setWidgetResizable(True)
        self.setAccessibleName(words(N_("Preview of the page")))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that came and went would change the width, and with it the height, for ever.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        content = ground()
        self._stack = column(content, margin=_MARGIN, gap=_MARGIN)
        self.setWidget(content)

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show these pages from the top."""
        clear(self._stack)
        name, count = N_("Page {number} of {count}"), len(images)
        self._pages = tuple(
            (self._page(self._words(name, number=number, count=count)), image)
            for number, image in enumerate(images, start=1)
        )
        self._stack.addStretch(1)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def show_words(self, text: str) -> None:
        """Show a sentence in place of pages."""
        self._pages = ()
        clear(self._stack)
        self._stack.addWidget(wrapped(text, "soft"))
        self._stack.addStretch(1)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def _page(self, name: str) -> QLabel:
        page = QLabel()
        page.setAccessibleName(name)
        set_role(page, "paper")
        self._stack.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * _MARGIN
        width = max(_NARROWEST, min(WIDEST, room))
        for page, image in self._pages:
            page.setPixmap(_fitted(image, width, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """Ask for a page's usual shape."""
        return QSize(WIDEST, WIDEST)


def _fitted(image: QImage, width: int, ratio: float) -> QPixmap:
    smooth = Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(image.scaledToWidth(round(width * ratio), smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
