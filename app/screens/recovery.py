"""The recovery code on the screen: what is said of it, and the question before it goes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import N_
from app.language import Words
from app.records.keys.keyfile import CodeState
from app.screens.ask import Loss

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True, slots=True)
class CodeView:
    """The recovery code, shown this once."""

    title: str
    text: str
    code: str = field(repr=False)  # a struct would show it


_WHAT_FOR = N_(
    "If the passphrase is forgotten, only this code opens the records. It is shown "
    "this once. Write it down or print it, and keep it away from this computer."
)
_INSTEAD = N_("The code that was made before was never shown; it opens nothing any more.")
_UNTIL = N_(
    "A code that you have from before opens the records until you continue, and copies that were "
    "made before then for as long as they are kept."
)
_REMINDERS = {
    CodeState.MADE: N_(
        "Nobody has seen the recovery code of these records yet. Without it a forgotten "
        "passphrase locks them for good. “Settings and data” makes a new one."
    ),
    CodeState.SHOWN: N_(
        "Is the recovery code written down? Without it a forgotten passphrase locks these "
        "records for good. Please say so in “Settings and data”, or make a new one there."
    ),
}


def first_code_view(code: str, words: Words) -> CodeView:
    """Show the code of new records and say what it is for."""
    return CodeView(words(N_("Your recovery code")), words(_WHAT_FOR), code)


def instead_code_view(code: str, words: Words) -> CodeView:
    """Show a code that was made because nobody saw the one before."""
    text = words.sentences((words(_INSTEAD), words(_WHAT_FOR)))
    return CodeView(words(N_("Your recovery code")), text, code)


def new_code_view(code: str, words: Words) -> CodeView:
    """Show a code that somebody asked for."""
    text = words.sentences((words(_WHAT_FOR), words(_UNTIL)))
    return CodeView(words(N_("Your new recovery code")), text, code)


def code_loss(words: Words) -> Loss:
    """Return the question before a code goes that nobody has called written down."""
    return Loss(
        words(N_("Go on without the recovery code?")),
        words(
            N_(
                "The recovery code on the screen is not shown again, and you have not said "
                "that it is written down."
            )
        ),
        words(N_("Go on without it")),
    )


def reminder(state: CodeState, words: Words) -> str:
    """Return what to say of a code that is not known to be written down."""
    return words(_REMINDERS[state])


def print_code(printer: "QPrinter", code: str, folder: Path, words: Words) -> None:
    """Print a page for the safe: the app, the folder, the code."""
    from app.screens.printing import print_lines  # noqa: PLC0415 - only printing needs it

    about = words(N_("Recovery code of the records in {folder}"), folder=folder)
    print_lines(printer, ("OMS Bedside", about, code))
