"""The look: palette, fonts and the one stylesheet, all made from the roles of a theme.

Widgets never set colours or styles. They carry a role (``set_role``) and the stylesheet
``theme.qss`` says what a role looks like. Its colours are roles of Qt's palette, so that another
theme is another palette and no new stylesheet, which Qt would hold against every widget for long.
"""

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.palette import Palette
from app.paths import FONTS

GRID = 8
TARGET = 48
BASE_TEXT = 15
CONTENT_WIDTH = 1216
_STYLE = Path(__file__).with_name("theme.qss")
_ROLE = re.compile(r"\$(\w+)")
_TEXT_SIZE = re.compile(r"@(\d+)")
_FAMILIES = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols2"]
_USUAL_POINTS = 10.0
APP_ARGUMENTS = ["oms-bedside", "-style", "Fusion"]
"""With what the application begins. A style asked for later would have Python get to know all of
Qt's styles, which costs the start a hundredth of a second."""


def apply_theme(app: QApplication, palette: Palette, percent: int = 100) -> None:
    """Give the whole app a theme, where it does not wear it yet.

    ``percent`` enlarges every text, 100 is 15 px.
    """
    colours, sheet = _qt_palette(palette), style_sheet(percent)
    is_dressed = app.styleSheet() == sheet
    if is_dressed and app.palette() == colours:
        return
    app.setPalette(colours)
    if is_dressed:
        _colour_anew(app)
        return
    load_fonts()
    app.setFont(_font(percent))
    app.setStyleSheet(sheet)


@cache
def load_fonts() -> None:
    """Register the bundled fonts with Qt, once; slanted letters stand on paper alone."""
    for path in sorted(FONTS.glob("*.ttf")):
        if not path.stem.endswith("-Italic"):
            QFontDatabase.addApplicationFont(str(path))


def system_text_percent(font: QFont) -> int:
    """Return how large the system's own text is, between 100 and 200; 100 is usual."""
    points = font.pointSizeF()
    return max(100, min(200, round(points / _USUAL_POINTS * 100)))


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is, so that the stylesheet dresses it; works at any time."""
    set_mark(widget, "role", role)


def set_mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet reads, and dress the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    _polish(widget)


def style_sheet(percent: int = 100) -> str:
    """Return the stylesheet; ``$role`` and ``@pixels`` are filled in."""
    text = _ROLE.sub(lambda found: _SPOKEN[found[1]], _STYLE.read_text(encoding="utf-8"))
    return _TEXT_SIZE.sub(lambda found: f"{round(int(found[1]) * percent / 100)}px", text)


def accent() -> QColor:
    """Return the accent of the theme that is worn, for what a widget draws by itself."""
    return QApplication.palette().color(QPalette.ColorRole.Highlight)


class _WhenShown(QObject):
    """Has hidden parts of the window take on the colours of a theme when they are shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Colour a part before its first paint."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            _colour(watched, self)
        return False


def _colour_anew(app: QApplication) -> None:
    """Have every widget look at the palette again: those on the screen now, others later."""
    waiting = app.findChild(_WhenShown) or _WhenShown(app)
    for window in app.topLevelWidgets():
        if window.parent() is None:
            _colour_once_seen(window, waiting)


def _colour_once_seen(part: QWidget, waiting: _WhenShown) -> None:
    if part.isHidden():
        part.installEventFilter(waiting)
    else:
        _colour(part, waiting)


def _colour(part: QWidget, waiting: _WhenShown) -> None:
    _polish(part)
    for inner in part.children():
        if isinstance(inner, QWidget):
            _colour_once_seen(inner, waiting)


def _polish(widget: QWidget) -> None:
    """Dress a widget anew; one that was never shown is dressed when it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def _font(percent: int) -> QFont:
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPixelSize(round(BASE_TEXT * percent / 100))
    return font


_QT_ROLES = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_soft",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "caution",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "caution_soft",
    QPalette.ColorRole.Accent: "focus",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "accent_soft",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "line",
}
_SPOKEN = {
    "background": "palette(window)",
    "surface": "palette(base)",
    "raised": "palette(alternate-base)",
    "ink": "palette(window-text)",
    "ink_soft": "palette(placeholder-text)",
    "line": "palette(mid)",
    "accent": "palette(highlight)",
    "accent_soft": "palette(midlight)",
    "on_accent": "palette(highlighted-text)",
    "caution": "palette(bright-text)",
    "caution_soft": "palette(link-visited)",
    "focus": "palette(accent)",
}
"""How the stylesheet names each role: as the role of Qt's palette that has its colour."""


def _qt_palette(palette: Palette) -> QPalette:
    answer = QPalette()
    for role, name in _QT_ROLES.items():
        answer.setColor(role, QColor(palette[name]))
    soft = QColor(palette["ink_soft"])
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        answer.setColor(QPalette.ColorGroup.Disabled, role, soft)
    return answer
