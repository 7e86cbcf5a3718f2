"""What happens when the app itself fails: it is logged without a patient's data, and said."""

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, Signal

from app.clock import Clock
from app.errors import N_, AppError, Bug, Problems
from app.language import Words
from app.paths import ROOT, make_private
from scales.errors import ScaleError

LOG = "faults.log"
_LARGEST = 500_000
_APOLOGY = N_(
    "Something went wrong in the app. What you typed is saved. "
    "You can go on; if it happens again, please close the app and open it once more."
)


class Faults(QObject):
    """Sees exceptions that nobody caught, also those raised in slots and on other threads."""

    happened = Signal(str)  # the sentence to show

    def __init__(self, words: Words, clock: Clock, log_folder: Callable[[], Path]) -> None:
        super().__init__()
        self._words = words
        self._clock = clock
        self._log_folder = log_folder

    def install(self) -> None:
        """Begin to see them, until the process ends or ``remove``."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Leave them to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, AppError | ScaleError) and not isinstance(error, Bug):
            self.happened.emit(self._words.error(error))
            return
        self._log(error)
        self.happened.emit(self._words(_APOLOGY))

    def _log(self, error: Exception) -> None:
        lines = [self._clock.now().utc_text, *described(error), ""]
        try:
            folder = self._log_folder()
            make_private(folder)
            path = folder / LOG
            mode = "w" if path.exists() and path.stat().st_size > _LARGEST else "a"
            with path.open(mode, encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        except OSError:
            return  # a fault that cannot be logged must not become a second one


def described(error: BaseException) -> Iterator[str]:
    """Tell an exception and its causes: types and lines of code, and no values at all.

    A message may hold a name that somebody typed, so only the catalogue texts of our own
    errors are told, their places left unfilled.
    """
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from described(cause)
        yield "led to"
    yield f"{type(error).__module__}.{type(error).__qualname__}{_own_text(error)}"
    for frame, number in traceback.walk_tb(error.__traceback__):
        yield f"  {_place(frame)}:{number} in {frame.f_code.co_name}"


def _own_text(error: BaseException) -> str:
    if isinstance(error, Problems):
        return ""
    return f": {error.message}" if isinstance(error, AppError | ScaleError) else ""


def _place(frame: FrameType) -> str:
    path = Path(frame.f_code.co_filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
