"""The machine's clock in words, beside the records' time and beside the last copy."""

from datetime import UTC, datetime

from app.clock import Moment
from app.language import words
from app.records.machine_time import ClockDoubt
from app.wording.machine_time import clock_doubt_words, copy_time_words

SAY = words()
NOW = Moment(datetime(2026, 1, 28, 12, tzinfo=UTC), 60)
LATER = Moment(datetime(2026, 1, 29, 8, 5, tzinfo=UTC), 0)


def test_the_question_before_signing_tells_both_times() -> None:
    """As the clock on the wall of this place has them."""
    told = clock_doubt_words(ClockDoubt(NOW, Moment(LATER.utc, 60)), SAY)
    assert "says 28 Jan 2026, 13:00" in told
    assert "go on to 29 Jan 2026, 09:05" in told


def test_the_last_copy_stands_beside_the_machines_time() -> None:
    """In the machine's own offset, whichever the copy was made in."""
    told = copy_time_words(Moment(NOW.utc, 0), LATER, SAY)
    assert told == (
        "Last copy: 28 Jan 2026, 12:00. The clock of this machine says 29 Jan 2026, 08:05."
    )


def test_a_copy_from_later_than_now_is_pointed_out() -> None:
    """One of the two times is wrong."""
    told = copy_time_words(LATER, NOW, SAY)
    assert told.endswith("13:00, which is before that: is it right?")


def test_without_a_copy_only_the_clock_is_told() -> None:
    """And that there is no copy yet."""
    assert copy_time_words(None, NOW, SAY).startswith("No copy yet.")
