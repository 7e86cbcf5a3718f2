"""What can go wrong, and for whom the sentence is.

AppError
├── UserError     the user can mend it: one clear sentence, shown where the user is
│   └── Problems  several such sentences at once, one a line
├── Damage        the file or its journal is not what was written
└── Bug           our own fault: logged with a traceback, shown as such

``message`` is a catalogue text with ``{places}``; ``values`` fill them. Values that name a
patient never belong in a message that can reach a log.
"""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a text for the catalogue without translating it here."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as above, for a plural
    """Mark the forms of a text that counts, without translating them here."""
    return one, many


class AppError(Exception):
    """The base of all errors of the app."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class UserError(AppError):
    """Something the user can mend."""


class Problems(UserError):
    """Several things the user can mend, one line each."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Damage(AppError):
    """The record on disk is not what was written."""


class Bug(AppError):
    """A fault of our own."""
