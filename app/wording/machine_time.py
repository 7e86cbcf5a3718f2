"""What is said of the machine's clock: beside the records' own time, and beside the last copy."""

from app.clock import Moment
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


def copy_time_words(last: Moment | None, now: Moment, words: Words) -> str:
    """Return when the last copy was made beside what the machine's clock says now.

    A copy from later than now is pointed out: one of the two times is wrong.
    """
    told = words.moment(now)
    if last is None:
        return words(N_("No copy yet. The clock of this machine says {now}."), now=told)
    when = words.moment(Moment(last.utc, now.offset_minutes))
    if last.utc > now.utc:
        later = N_(
            "Last copy: {when}. The clock of this machine says {now}, which is before that: is "
            "it right?"
        )
        return words(later, when=when, now=told)
    both = N_("Last copy: {when}. The clock of this machine says {now}.")
    return words(both, when=when, now=told)
