"""The machine's clock in words, beside the records' own time."""

from datetime import UTC, datetime

from app.clock import Moment
from app.language import words
from app.records.machine_time import ClockDoubt
from app.wording.machine_time import clock_doubt_words

SAY = words()
NOW = Moment(datetime(2026, 1, 28, 12, tzinfo=UTC), 60)
LATER = Moment(datetime(2026, 1, 29, 8, 5, tzinfo=UTC), 0)


def test_the_question_before_signing_tells_both_times() -> None:
    """As the clock on the wall of this place has them."""
    told = clock_doubt_words(ClockDoubt(NOW, Moment(LATER.utc, 60)), SAY)
    assert "says 28 Jan 2026, 13:00" in told
    assert "go on to 29 Jan 2026, 09:05" in told
