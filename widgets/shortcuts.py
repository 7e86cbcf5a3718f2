"""Every key that does something, told once: shortcuts, tooltips and the page of keys read it here.

Keys are written as ``QKeySequence`` reads them; ``shown`` is how people read them.
"""

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words


class Area(StrEnum):
    """Where a key acts."""

    EVERYWHERE = "everywhere"
    LIST = "list"
    FORM = "form"
    COURSE = "course"
    SCORING = "scoring"
    GUIDED = "guided"
    SUMMARY = "summary"
    READING = "reading"


AREA_TITLES = {
    Area.EVERYWHERE: N_("Everywhere"),
    Area.LIST: N_("List of patients"),
    Area.FORM: N_("Forms"),
    Area.COURSE: N_("Course of a patient"),
    Area.SCORING: N_("Scoring"),
    Area.GUIDED: N_("Scoring item by item"),
    Area.SUMMARY: N_("Summary of a visit"),
    Area.READING: N_("Signed visit"),
}


class Shortcut(Struct, frozen=True):
    """Some keys, each of which does the same deed in an area."""

    area: Area
    keys: tuple[str, ...]
    shown: str
    deed: str


_EVERYWHERE, _LIST, _FORM, _COURSE = Area.EVERYWHERE, Area.LIST, Area.FORM, Area.COURSE
_SCORING, _GUIDED, _SUMMARY, _READING = Area.SCORING, Area.GUIDED, Area.SUMMARY, Area.READING

HELP = Shortcut(_EVERYWHERE, ("F1",), N_("F1"), N_("Help: keys, hazards, and about this app"))
KEYS_HERE = Shortcut(_EVERYWHERE, ("?",), N_("?"), N_("The keys of the page that is shown"))
BACK = Shortcut(_EVERYWHERE, ("Esc",), N_("Esc"), N_("Back; in the list, clear the search"))
NEW_PATIENT = Shortcut(_EVERYWHERE, ("Ctrl+N",), N_("Ctrl+N"), N_("New patient"))
HISTORY = Shortcut(_EVERYWHERE, ("Ctrl+H",), N_("Ctrl+H"), N_("History of what is shown"))
PRINT = Shortcut(_EVERYWHERE, ("Ctrl+P",), N_("Ctrl+P"), N_("Print a page of this patient"))
LOCK = Shortcut(_EVERYWHERE, ("Ctrl+L",), N_("Ctrl+L"), N_("Lock, or let somebody else work here"))

LIST_MOVE = Shortcut(_LIST, ("Down", "Up"), N_("Down, Up"), N_("Next or previous patient"))
LIST_PAGE = Shortcut(_LIST, ("PgDown", "PgUp"), N_("Page down, Page up"), N_("Further on or back"))
LIST_OPEN = Shortcut(_LIST, ("Return", "Enter"), N_("Enter"), N_("Open the patient"))
SAVE = Shortcut(_FORM, ("Ctrl+S",), N_("Ctrl+S"), N_("Save"))

COURSE_MOVE = Shortcut(_COURSE, ("Right", "Left"), N_("Right, Left"), N_("Next or previous visit"))
COURSE_END = Shortcut(_COURSE, ("End", "Home"), N_("End, Home"), N_("Last or first visit"))
COURSE_OPEN = Shortcut(_COURSE, ("Return", "Enter"), N_("Enter"), N_("Open the visit"))
COURSE_ZOOM = Shortcut(_COURSE, ("+", "-"), N_("+, −"), N_("Fewer or more days at once"))
COURSE_PAN = Shortcut(
    _COURSE, ("Shift+Right", "Shift+Left"), N_("Shift+Right, Shift+Left"), N_("Later or earlier")
)
COURSE_HOME = Shortcut(_COURSE, ("0",), N_("0"), N_("The days that it opened on"))

DIGITS = Shortcut(_SCORING, tuple("0123456789"), N_("0 to 9"), N_("Choose the level"))
ON = Shortcut(_SCORING, ("Return", "Enter"), N_("Enter"), N_("Next item"))
BEFORE = Shortcut(_SCORING, ("Backspace",), N_("Backspace"), N_("Previous item"))
DOWN = Shortcut(_SCORING, ("Down",), N_("Down"), N_("Next item"))
UP = Shortcut(_SCORING, ("Up",), N_("Up"), N_("Previous item"))
NEXT_OPEN = Shortcut(_SCORING, ("N",), N_("N"), N_("Next item that is open"))
UNDO = Shortcut(_SCORING, ("Ctrl+Z",), N_("Ctrl+Z"), N_("Undo the last tap"))
SIGN = Shortcut(
    _SCORING, ("Ctrl+Return", "Ctrl+Enter"), N_("Ctrl+Enter"), N_("Sign, or show what is open")
)
RIGHT = Shortcut(_GUIDED, ("Right",), N_("Right"), N_("Next item"))
LEFT = Shortcut(_GUIDED, ("Left",), N_("Left"), N_("Previous item"))
TIME = Shortcut(_GUIDED, ("T",), N_("T"), N_("Start or stop the stopwatch, where seconds count"))
TO_SCORING = Shortcut(_SUMMARY, ("Backspace",), N_("Backspace"), N_("Back to scoring"))

VISIT_BEFORE = Shortcut(_READING, ("Left",), N_("Left"), N_("The visit before"))
VISIT_AFTER = Shortcut(_READING, ("Right",), N_("Right"), N_("The visit after"))
COMPARE = Shortcut(_READING, ("C",), N_("C"), N_("Compare with another visit"))

SHORTCUTS = (
    HELP, KEYS_HERE, BACK, NEW_PATIENT, PRINT, HISTORY, LOCK,
    LIST_MOVE, LIST_PAGE, LIST_OPEN, SAVE,
    COURSE_MOVE, COURSE_END, COURSE_OPEN, COURSE_ZOOM, COURSE_PAN, COURSE_HOME,
    DIGITS, ON, BEFORE, DOWN, UP, NEXT_OPEN, UNDO, SIGN, RIGHT, LEFT, TIME, TO_SCORING,
    VISIT_BEFORE, VISIT_AFTER, COMPARE,
)  # fmt: skip
"""All of them, in the order in which the page of keys tells them."""

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Keys(QObject):
    """The keys of a shortcut within a window or a part of it; they take nothing that is typed."""

    pressed = Signal(object)  # Shortcut

    def __init__(self, part: QWidget, shortcut: Shortcut) -> None:
        super().__init__(part)
        self._shortcut = shortcut
        for name in shortcut.keys:
            QShortcut(QKeySequence(name), part).activated.connect(self._on_activated)

    @Slot()
    def _on_activated(self) -> None:
        self.pressed.emit(self._shortcut)


def left_over(event: QKeyEvent) -> Shortcut | None:
    """Return what a key asks for that no part of the page has taken: ``Esc`` or ``?``.

    The text of the key decides, on whatever layout it is typed.
    """
    if event.modifiers() & _COMMANDS:
        return None
    if event.text() in KEYS_HERE.keys:
        return KEYS_HERE
    return BACK if event.key() in codes(BACK) else None


def codes(shortcut: Shortcut) -> frozenset[Qt.Key]:
    """Return the keys of a shortcut without what is held down with them."""
    return frozenset(_key_of(name) for name in shortcut.keys)


def _key_of(name: str) -> Qt.Key:
    combination: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]  # stubs lack it
    return combination.key()


def name_key(widget: QWidget, shortcut: Shortcut, words: Words, what: str = "") -> None:
    """Have a widget's tooltip name its key; ``what`` is said instead of the widget's own name."""
    widget.setToolTip(with_key(what or widget.accessibleName(), shortcut, words))


def with_key(what: str, shortcut: Shortcut, words: Words) -> str:
    """Return what is done with the key that does the same: “History (Ctrl+H)”."""
    return words(N_("{what} ({keys})"), what=what, keys=words(shortcut.shown))
