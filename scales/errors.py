"""What can go wrong with a scale.

ScaleError
├── DefinitionError   a scale file contradicts itself (file and key are named)
├── UnknownScale      no such scale in this version
└── AnswerRefused     a level, item, side or rule that the scale does not know
    └── ReasonRefused     the level is sound; its reason is missing or belongs elsewhere

``message`` is a catalogue text with ``{places}``; ``values`` fill them.
"""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a text for the catalogue without translating it here."""
    return message


class ScaleError(Exception):
    """The base of all errors of this package: one clear sentence."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


class DefinitionError(ScaleError):
    """A scale file contradicts itself; the file and the key are named."""


class UnknownScale(ScaleError):
    """There is no such scale in this version."""


class AnswerRefused(ScaleError):
    """An answer that the scale does not know, or that breaks one of its own rules."""


class ReasonRefused(AnswerRefused):
    """An answer whose reason is missing, or stands where none belongs."""
