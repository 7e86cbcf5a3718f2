"""What is said of the machine's clock beside the records' own time."""

from app.errors import N_
from app.language import Words
from app.records.machine_time import ClockDoubt


def clock_doubt_words(doubt: ClockDoubt, words: Words) -> str:
    """Return the question before something is signed by a clock that cannot be right."""
    return words(
        N_(
            "The clock of this machine says {now}, but these records go on to {last}. If the "
            "clock is wrong, set it right first: the signature bears its time. Sign all the same?"
        ),
        now=words.moment(doubt.machine),
        last=words.moment(doubt.records),
    )
