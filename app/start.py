"""The way in: opens what can be opened at once, then brings up the window.

Qt comes after everything that needs none of it: its bindings read the source of each module
that is imported after them, which a start feels.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.palette import Palette
    from app.trends.figure import Figure

WITHOUT_QT = (
    "app.screens.ask", "app.screens.desk", "app.screens.places", "app.screens.patients.finder",
    "app.screens.patients.narrowing", "app.screens.looking", "widgets.icons", "platformdirs",
)  # fmt: skip
"""What the window begins with and needs no Qt, and what brings the rest of that along."""


def run_window(
    data: Path | None,
    *,
    demo: bool = False,
    as_of: date | None = None,
    secret: str | None = None,
    user: str = "",
    on_ready: Callable[[], None] | None = None,
) -> int:
    """Open the window and return the exit status once it is closed.

    ``data`` is the data folder, the usual one if it is ``None``; ``demo`` takes a throw-away
    copy of the demo data instead; ``as_of`` is the day at which
    what is shown stands. ``secret`` opens locked records without asking, for the ``user`` whom it
    is; where it does not fit, the page that asks says so. Where a window has the records open
    already, that one comes up, and nothing else is done. ``on_ready`` is called once the list of
    patients is painted.
    """
    with ExitStack() as held:
        held.enter_context(_nothing_thrown_away())
        from app.clock import SystemClock  # noqa: PLC0415 - reading modules makes much to keep
        from app.data_folder import data_folder, open_at_once  # noqa: PLC0415 - as above
        from app.records.folder import Held  # noqa: PLC0415 - as above

        clock = SystemClock()
        folder = held.enter_context(data_folder(data, clock, is_demo=demo))
        found = open_at_once(folder, secret, clock, user)
        if isinstance(found.refused, Held) and _first_is_up(folder):
            return 0
        for name in WITHOUT_QT:
            import_module(name)
        from app.running import Running, application  # noqa: PLC0415 - Qt, after all else

        app = application()
        running = Running(app, folder, clock, as_of=as_of, is_demo=demo)
        running.on_ready = on_ready
        running.go_on_with(found)
        running.appear()
        held.callback(running.stop)
        return app.exec()


def _first_is_up(folder: Path) -> bool:
    """Bring up the window that has the records open already; False where none answers."""
    from app.screens.second_start import brings_up_first  # noqa: PLC0415 - only a second start

    return brings_up_first(folder)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Let Python not look for garbage by itself: what a start makes is there to stay.

    Later the window looks for it, on its own thread (``app.screens.garbage``).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def chart_picture(
    figure: "Figure", palette: "Palette", width: int, height: int, heading: str = ""
) -> bytes:
    """Return the screen's figure as a PNG; no display is needed.

    ``heading`` is the line above it that says whose course it is.
    """
    from app.running import application  # noqa: PLC0415 - Qt only where something is drawn

    app = application(is_unseen=True)
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415 - as above

    from widgets.plot import picture  # noqa: PLC0415 - as above
    from widgets.theme import apply_theme  # noqa: PLC0415 - as above

    apply_theme(app, palette)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = picture(figure, palette, (width, height), heading)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes a str, its stubs bytes
    return bytes(buffer.data().data())
