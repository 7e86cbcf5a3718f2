"""Keeping a bug where somebody can look it up, without a patient's data."""

from app.clock import SystemClock
from app.paths import log_folder, make_private


def keep(error: Exception) -> None:
    """Add an exception to the log: types and lines of code, and no values at all."""
    from app.screens.faults import LOG, described  # noqa: PLC0415 - only a bug needs it

    lines = (SystemClock().now().utc_text, *described(error), "", "")
    try:
        folder = log_folder()
        make_private(folder)
        with (folder / LOG).open("a", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except OSError:
        return  # a fault that cannot be logged must not become a second one
