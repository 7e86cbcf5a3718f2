"""What is said of the checked copies, on screen and on the command line alike."""

from app.errors import N_
from app.language import Words
from app.records.copies.anchor import AHEAD, Ahead

_AHEAD_HERE = N_(
    "These records end on {end}, but a copy goes on to {further}. Put that copy back, or go on "
    "without it and say why."
)


def ahead_words(ahead: Ahead, words: Words) -> str:
    """Return what to say where a copy holds what the records do not, and what can be done."""
    return words(
        AHEAD,
        end=words.moment(ahead.end),
        copy=ahead.copy.path.name,
        further=words.moment(ahead.further),
    )


def ahead_here_words(ahead: Ahead, words: Words) -> str:
    """Return the same where both ways on stand beside the sentence."""
    return words(_AHEAD_HERE, end=words.moment(ahead.end), further=words.moment(ahead.further))
