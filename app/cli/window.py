"""The window, and the one way in which the command line reaches Qt."""

import os
from types import ModuleType

from app.cli.answer import Answer
from app.cli.given import Given
from app.cli.secret import given_passphrase
from app.errors import N_, UserError
from app.prerequisites import has_display, problem


def window(given: Given) -> Answer:
    """Open the window and wait until it is closed; ``UserError`` where nothing can be shown."""
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise UserError(N_("There is no display here, so the window cannot open."))
    secret = None if given.is_demo else given_passphrase(given.passphrase_file)
    status = start().run_window(
        given.data, demo=given.is_demo, as_of=given.as_of, secret=secret, user=given.user
    )
    return Answer(status=status)


def start() -> ModuleType:
    """Return ``app.start``; ``UserError`` with the line that mends it if a library is missing."""
    try:
        from app import start as module  # noqa: PLC0415 - Qt only where something is drawn
    except ImportError:
        sentence = problem()
        if not sentence:
            raise
        raise UserError(sentence) from None
    return module
