"""One reader for every date that somebody types, in any of the languages."""

import gettext
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.date_reader import DateReader, TwoDays, month_names
from app.dates import PartialDate, parse_date
from app.errors import UserError
from app.language import Words, words

TODAY = date(2023, 3, 1)
LANGUAGES = (
    "en", "ar", "bg", "ca", "cs", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja",
    "ko", "lt", "nl", "pl", "pt", "ru", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip


def _reader(language: str = "en") -> DateReader:
    said = words() if language == "en" else Words(language, gettext.NullTranslations())
    return DateReader(said, lambda: TODAY)


def _refusal(text: str) -> tuple[UserError, str]:
    """Return why a text is not read, and the sentence that says so."""
    with pytest.raises(UserError) as caught:
        _reader().read(text)
    return caught.value, words().error(caught.value)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2023-03-14", "2023-03-14"), ("14 Mar 2023", "2023-03-14"),
        ("14 March 2023", "2023-03-14"), ("14.3.2023", "2023-03-14"), ("Mar 2023", "2023-03"),
        ("3.2023", "2023-03"), ("2023", "2023"), ("today", "2023-03-01"),
        ("yesterday", "2023-02-28"), ("  YESTERDAY ", "2023-02-28"), ("2023-3", "2023-03"),
        ("2023-3-4", "2023-03-04"), ("2023/03/04", "2023-03-04"), ("2023.3.4", "2023-03-04"),
        ("march 14, 2023", "2023-03-14"), ("14-mar-2023", "2023-03-14"),
        ("14mar2023", "2023-03-14"), ("Sept 2023", "2023-09"), ("2023 Octo 3", "2023-10-03"),
        ("3/2023", "2023-03"), ("03.04.2023", "2023-04-03"), ("٢٠٢٣-٠٣-١٤", "2023-03-14"),
        ("\uff12\uff10\uff12\uff13\u00a0", "2023"),
        ("\u206814 Mar 2023\u2069", "2023-03-14"), ("", ""), (" ", ""),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, read: str) -> None:
    """Figures, names of months, capitals or not, the day first or the year first."""
    assert _reader().read(text) == parse_date(read)


@pytest.mark.parametrize("text", ["3/4/2023", "3-4-2023", "03/04/2023", "3 4 2023", "4/3/2023"])
def test_a_date_of_two_meanings_is_asked_back(text: str) -> None:
    """The two days are named, and nothing is guessed."""
    refused, sentence = _refusal(text)
    assert isinstance(refused, TwoDays)
    assert set(refused.days) == {PartialDate(2023, 3, 4), PartialDate(2023, 4, 3)}
    first, second = map(words().short_date, refused.days)
    assert sentence == f"“{text}” can be {first} or {second}. Please choose one."


@pytest.mark.parametrize(
    ("text", "read"),
    [("13/4/2023", "2023-04-13"), ("4/13/2023", "2023-04-13"), ("4/4/2023", "2023-04-04")],
)
def test_a_date_with_one_meaning_is_read_in_either_order(text: str, read: str) -> None:
    """Only one of the two is a day of the calendar, or both are the same."""
    assert _reader().read(text) == parse_date(read)


@pytest.mark.parametrize(
    "text",
    ["14.3.23", "14/3/23", "3/4/23", "Mar 23", "14 Mar 23", "14 Mar", "14", "March", "3.23"],
)
def test_a_year_has_four_digits(text: str) -> None:
    """Two digits could be a day, or another century; the sentence says what to write."""
    _, sentence = _refusal(text)
    assert sentence == "Please write the year with four digits, like 14 Mar 2023."


@pytest.mark.parametrize(
    "text", ["31/2/2023", "2023-02-30", "14.13.2023", "0000", "31 Apr 2023", "13.2023", "0.5.2023"]
)
def test_a_day_that_never_was_is_named(text: str) -> None:
    """As it was written."""
    _, sentence = _refusal(text)
    assert sentence == f"There is no day {text} in the calendar."


@pytest.mark.parametrize(
    "text",
    [
        "soon", "2023?", "~2023", "14:30", "20230314", "12345", "14/2023/3", "1.2.3.2023", "-",
        "14 Mar Apr 2023", "14 5 Mar 2023", "2022 2023", "Ma 2023", "5 days ago", "2023-03-14x",
        "1.2.3.4", "tomorrow", "2023-", "2023-03-", "/2023", "14/3/2023,", "14 Mar 2023 10:40",
    ],
)  # fmt: skip
def test_what_is_no_certain_date_is_refused(text: str) -> None:
    """The sentence shows the forms that are read."""
    _, sentence = _refusal(text)
    shown = "Write it like 14 Mar 2023, Mar 2023 or 2023."
    assert sentence == f"“{text}” is not a date. {shown}"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(LANGUAGES))
def test_what_the_app_prints_it_reads(day: date, language: str) -> None:
    """A day, a month and a year, in short and at length, in every language; and as in tables."""
    reader = _reader(language)
    for when in (
        PartialDate.of(day),
        PartialDate(day.year, day.month),
        PartialDate(day.year),
    ):
        for text in (reader.words.short_date(when), reader.words.long_date(when), str(when)):
            assert reader.read(text) == when
            assert reader.read(text.upper()) == when


@given(st.text("0123456789 ./-MarJun", max_size=12))
def test_whatever_is_typed_is_a_date_or_a_sentence(text: str) -> None:
    """What is read is what its own writing means; everything else is refused in words."""
    reader = _reader()
    with suppress(UserError):
        read = reader.read(text)
        assert read is None or reader.read(reader.words.short_date(read)) == read


def test_the_months_of_a_language_are_its_own() -> None:
    """A Turkish March is no English one; a word of every month names none."""
    assert month_names(_reader("tr").words)["mart"] == 3
    assert month_names(_reader("en").words)["mar"] == 3
    assert "de" not in month_names(_reader("es").words)
    with pytest.raises(UserError):
        _reader("de").read("14 October 2023")


def test_words_for_a_day_go_by_the_day_it_is_then() -> None:
    """A window that stays open over midnight reads another day."""
    days = iter([date(2023, 12, 31), date(2024, 1, 1)])
    reader = DateReader(words(), lambda: next(days))
    assert reader.read("today") == PartialDate(2023, 12, 31)
    assert reader.read("today") == PartialDate(2024, 1, 1)
