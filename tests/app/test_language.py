"""Words, dates, numbers and ages as a user reads them."""

import gettext
from datetime import UTC, date, datetime
from decimal import Decimal

from app.clock import FixedClock, Moment, SystemClock
from app.dates import PartialDate
from app.errors import Problems, UserError
from app.language import Words, words
from scales.errors import UnknownScale
from scales.model import Question


class Shouting(gettext.NullTranslations):
    """A language that shouts, so that an untranslated text is heard."""

    def gettext(self, message: str) -> str:
        """Return the text in capitals."""
        return message.replace("months", "MONTHS").replace("Hello", "HELLO")


def test_a_text_is_translated_before_its_places_are_filled() -> None:
    """Values never reach the catalogue."""
    loud = Words("xx", Shouting())
    assert loud("Hello {name}", name="Hello") == "HELLO Hello"


def test_braces_in_a_text_without_values_stay() -> None:
    """A text without places is shown as it is, and an empty one stays empty."""
    assert words()("{not a place}") == "{not a place}"
    assert words()("") == ""


def test_a_language_without_a_catalogue_speaks_english() -> None:
    """An unknown language falls back to the source texts."""
    assert words("zz")("Hello") == "Hello"


def test_dates_show_what_is_known() -> None:
    """A short date stays short, and an unknown one says so."""
    say = words()
    assert say.short_date(PartialDate(2026, 1, 28)) == "28 Jan 2026"
    assert say.short_date(PartialDate(2026, 5)) == "May 2026"
    assert say.long_date(PartialDate(2026, 5, 2)) == "2 May 2026"
    assert say.long_date(date(2026, 9, 3)) == "3 September 2026"
    assert say.short_date(PartialDate(2026)) == "2026"
    assert say.short_date(None) == "date unknown"
    assert say.month(date(2026, 12, 1)) == "Dec"


def test_a_moment_shows_the_wall_clock_where_it_was_lived() -> None:
    """The local offset is kept with the instant."""
    moment = Moment(datetime(2026, 1, 28, 23, 40, tzinfo=UTC), 60)
    assert words().moment(moment) == "29 Jan 2026, 00:40"
    assert Moment.read(moment.milliseconds, 60) == moment


def test_plurals_follow_the_count() -> None:
    """One visit, two visits."""
    say = words()
    assert say.plural(("{count} visit", "{count} visits"), 1) == "1 visit"
    assert say.plural(("{count} visit", "{count} visits"), 2) == "2 visits"


def test_errors_and_questions_are_said_in_the_language() -> None:
    """An error's places are filled after translation; braces of a user stay as typed."""
    say = words()
    assert say.error(UserError("No day {day}", day="{x}")) == "No day {x}"
    early = UserError("{date} is in the future", date=PartialDate(2027, 3, 14))
    assert (say.error(early), str(early)) == (
        "14 Mar 2027 is in the future",
        "2027-03-14 is in the future",
    )
    assert say.error(UnknownScale("No scale {id}", id="bars")) == "No scale bars"
    assert say.error(Problems(("a:1: {", "b:2: }"))) == "a:1: {\nb:2: }"
    question = Question("q", (), "Gait is {a}. Right?", {"a": "1"})
    assert say.question(question) == question.text == "Gait is 1. Right?"
    assert say.number(Decimal("9.50")) == "9.5"


def test_clocks_keep_the_local_offset() -> None:
    """The machine's clock and a fixed one tell the same kind of moment."""
    now = SystemClock().now()
    assert now.utc.tzinfo is UTC
    assert SystemClock().today() in {now.local.date(), SystemClock().now().local.date()}
    assert FixedClock.on(date(2026, 11, 21)).today() == date(2026, 11, 21)
