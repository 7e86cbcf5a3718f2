"""What is said of the checked copies, on screen and on the command line alike."""

from app.language import Words
from app.records.copies.anchor import AHEAD, Ahead


def ahead_words(ahead: Ahead, words: Words) -> str:
    """Return what to say where a copy holds what the records do not, and what can be done."""
    return words(
        AHEAD,
        end=words.moment(ahead.end),
        copy=ahead.copy.path.name,
        further=words.moment(ahead.further),
    )
