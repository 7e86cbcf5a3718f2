"""Running one command line: what it prints, and how its errors become sentences and statuses."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

import click

from app.cli.answer import Answer, Status
from app.cli.commands import oms_bedside
from app.cli.ending import Ending
from app.cli.fault_log import keep
from app.errors import N_, AppError, Bug, Problems, UserError
from app.language import words
from scales.errors import ScaleError

_APOLOGY = N_("Something went wrong in the app itself; your records are as they were.")


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit status; nothing but sentences reaches the user.

    What a command opened is closed once its answer is printed: no copy that fails takes it away.
    """
    ending = Ending()
    status = _status(partial(_answered, arguments, ending))
    closed = _status(ending.come)
    return status or closed


def _status(work: Callable[[], int]) -> int:
    try:
        return work()
    except (click.Abort, KeyboardInterrupt):
        return Status.INTERRUPTED
    except Exception as error:
        sentences = _sentences(error)
        for sentence in sentences:
            _say(sentence)
        if sentences:
            return Status.MENDABLE
        keep(error)
        _say(words()(_APOLOGY))
        return Status.BUG


def _sentences(error: Exception) -> tuple[str, ...]:
    """Return what the caller can mend, a sentence each; none for a fault of our own."""
    match error:
        case click.ClickException():
            return (error.format_message(),)
        case Problems():
            return error.lines
        case Bug():
            return ()
        case AppError() | ScaleError():
            return (words().error(error),)
        case _:
            return ()


def _answered(arguments: Sequence[str], ending: Ending) -> int:
    answer = oms_bedside.main(
        list(arguments), prog_name="oms-bedside", standalone_mode=False, obj=ending
    )
    # Help prints by itself and leaves only an exit status.
    whole = answer if isinstance(answer, Answer) else Answer(status=int(answer or Status.DONE))
    return _printed(whole)


def _printed(answer: Answer) -> int:
    if answer.trouble:
        _say(answer.trouble)
    if answer.text:
        _write(answer.text)
    return answer.status


def _write(text: str) -> None:
    """Write to standard output; ``UserError`` where it is closed or does not take the text."""
    if sys.stdout is None:
        raise UserError(N_("There is nowhere to write the answer: standard output is closed."))
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()  # the reader has seen enough
    except OSError as error:
        _give_up_output()
        raise UserError(N_("The answer cannot be written: {why}."), why=error.strerror) from None


def _give_up_output() -> None:
    """Send the rest nowhere; Python must not try once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
