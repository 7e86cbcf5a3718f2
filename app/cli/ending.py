"""What is done once the answer of a command is printed: the records are closed."""

from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

import click

from app.cli.answer import Status
from app.errors import UserError
from app.language import words

Held = TypeVar("Held")


class Ending:
    """Holds what a command opened until its answer stands on standard output.

    Closing makes a copy of what changed, which takes its time and may fail. ``needs_copy`` says
    that a command which gets none has not done all that it is for; to any other it is a sentence.
    """

    def __init__(self) -> None:
        self.needs_copy = False
        self._held = ExitStack()

    def keep(self, held: AbstractContextManager[Held]) -> Held:
        """Enter something that is left at the end."""
        return self._held.enter_context(held)

    def come(self) -> int:
        """Leave all that is held, the last first, and return how that ended.

        UserError where a copy that is needed failed, Damage where the records are damaged.
        """
        try:
            self._held.close()
        except UserError as error:
            if self.needs_copy:
                raise
            click.echo(words().error(error), err=True)
        return Status.DONE
