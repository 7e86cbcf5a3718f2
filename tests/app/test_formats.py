"""What each language has its own way of writing: dates, decimal marks, per cent, lists."""

import gettext
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.formats import Formats, formats_of
from app.language import Words

DAY = date(2026, 9, 8)
DAYS = st.dates(date(1000, 1, 1))
LANGUAGES = ("ar", "de", "es", "fa", "fr", "he", "it", "pl", "ru", "tr")


def say(language: str) -> Words:
    """Return the words of a language whose catalogue says everything in English."""
    return Words(language, gettext.NullTranslations())


@given(DAYS)
def test_english_dates_are_those_of_the_published_data(day: date) -> None:
    """Words of our own and CLDR agree letter for letter; its US months have three letters."""
    ours, locale = Formats(), Locale.parse("en")
    assert ours.date(day, "short") == format_date(day, "d MMM y", locale)
    assert ours.date(day, "long") == format_date(day, "d MMMM y", locale)
    assert ours.date(day, "long") == format_date(day, "long", Locale.parse("en_GB"))
    assert ours.month_of_year(day, "short") == format_date(day, "MMM y", locale)
    assert ours.month_of_year(day, "long") == format_date(day, "MMMM y", locale)
    assert ours.day_of_month(day) == format_date(day, "d MMM", locale)
    assert ours.month(day) == format_date(day, "LLL", locale)
    assert ours.year(day) == format_date(day, "y", locale)


@given(st.lists(st.text(min_size=1)))
def test_english_lists_are_those_of_the_published_data(texts: list[str]) -> None:
    """UK English has no comma before “and”."""
    british = Locale.parse("en_GB")
    assert Formats().together(texts) == format_list(texts, "standard", british)
    assert Formats().several(texts) == format_list(texts, "unit", british)


@pytest.mark.parametrize(
    ("language", "short", "long", "month"),
    [
        ("en", "8 Sep 2026", "8 September 2026", "Sep 2026"),
        ("de", "8. Sept. 2026", "8. September 2026", "Sept. 2026"),
        ("fr", "8 sept. 2026", "8 septembre 2026", "sept. 2026"),
        ("es", "8 sept 2026", "8 de septiembre de 2026", "sept 2026"),
        ("pl", "8 wrz 2026", "8 września 2026", "wrz 2026"),
        ("ar", "8 سبتمبر 2026", "8 سبتمبر 2026", "سبتمبر 2026"),
        ("it", "8 set 2026", "8 settembre 2026", "set 2026"),
    ],
)
def test_dates_are_written_as_the_language_does(
    language: str, short: str, long: str, month: str
) -> None:
    """The month is in letters, so that no day can be read as a month."""
    words = say(language)
    assert (words.short_date(DAY), words.long_date(DAY)) == (short, long)
    assert words.short_date(PartialDate(2026, 9)) == month


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_have_four_western_digits(language: str) -> None:
    """The year stands in full in every date, in digits that a chart can be read by."""
    words = say(language)
    for when in (PartialDate(2026), PartialDate(2026, 9), PartialDate(2026, 9, 8)):
        assert "2026" in words.short_date(when)
        assert "2026" in words.long_date(when)


@pytest.mark.parametrize("language", ["en", "ja", "vi", *LANGUAGES])
def test_a_year_is_never_short(language: str) -> None:
    """Year 24 is no 2024; letters of a pattern that are no year stay."""
    words = say(language)
    for when in (PartialDate(24), PartialDate(24, 9), PartialDate(24, 9, 8)):
        for told in (words.short_date(when), words.long_date(when)):
            assert "0024" in told
            recent = PartialDate(2026, when.month, when.day)
            assert told.replace("0024", "2026") in {
                words.short_date(recent),
                words.long_date(recent),
            }


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", (0, "Mo"), (6, "Su")),
        ("de", (0, "Mo."), (6, "So.")),
        ("he", (6, "א\u05f3"), (5, "ש\u05f3")),
    ],
)
def test_a_week_begins_where_the_language_begins_it(
    language: str, first: tuple[int, str], last: tuple[int, str]
) -> None:
    """Seven days in short, each with its number; a UK week begins on Monday."""
    week = say(language).week()
    assert (week[0], week[-1], len(dict(week))) == (first, last, 7)


def test_english_days_are_those_of_the_published_data() -> None:
    """Two letters each."""
    assert dict(Formats().week()) == Locale.parse("en").days["stand-alone"]["short"]


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("dose", ["0.5", "1000", "1234567.25", "0"])
def test_a_dose_is_never_grouped(language: str, dose: str) -> None:
    """1000 cannot be read as 1, and what is behind the mark stays behind it."""
    mark = "." if language in ("en", "ar", "he", "fa") else ","
    assert say(language).number(Decimal(dose)) == dose.replace(".", mark)


def test_signs_and_per_cent_follow_the_language() -> None:
    """A true minus everywhere; the space before the sign is the language's own."""
    assert say("en").per_cent(Decimal("-45.50")) == "−45.5 %"
    assert say("de").per_cent(Decimal("12.5")) == "+12,5\u00a0%"
    assert say("fr").signed(Decimal("-2.5")) == "−2,5"
    assert [say("en").signed(Decimal(each)) for each in (-1, 0, 1)] == ["−1", "0", "+1"]
    assert say("en").number(Decimal(-3)) == "−3"


def test_a_sign_stays_before_its_number_from_right_to_left() -> None:
    """A mark that is never drawn holds it there."""
    assert say("ar").signed(Decimal(-5)) == "\u200e−5"
    assert say("ar").signed(Decimal(5)) == "\u200e+5"
    assert say("ar").number(Decimal(0)) == "0"


def test_lists_are_those_of_the_language() -> None:
    """English lists are told apart by their “and”; other languages have one kind."""
    assert say("en").several(["a", "b", "c"]) == "a, b, c"
    assert say("en").together(["a", "b", "c"]) == "a, b and c"
    assert say("de").together(["a", "b", "c"]) == say("de").several("abc") == "a, b und c"
    assert say("ar").together(["a", "b"]) == "a وb"
    assert [say(one).together([]) for one in ("en", "de")] == ["", ""]


def test_words_know_their_direction() -> None:
    """Arabic, Hebrew and Persian begin on the right; an unknown language does not."""
    right = [language for language in ("en", "xx", *LANGUAGES) if say(language).is_right_to_left]
    assert right == ["ar", "fa", "he"]


def test_a_name_is_small_only_within_an_english_sentence() -> None:
    """Abbreviations keep their capitals, and other languages keep theirs."""
    assert [say("en").within_sentence(name) for name in ("Gait", "OMS", "")] == ["gait", "OMS", ""]
    assert say("de").within_sentence("Gang") == "Gang"


def test_an_unknown_language_is_written_as_english() -> None:
    """A code that is no language stops nothing."""
    assert formats_of("xx").date(DAY, "short") == "8 Sep 2026"
    assert formats_of("no language").together(["a", "b"]) == "a and b"


def test_one_language_never_leaves_its_words_in_another() -> None:
    """After Hebrew dates a Persian or a Turkish one has months of its own."""
    program = (
        "import sys; from datetime import date; from app.formats import formats_of\n"
        "for code in sys.argv[1:]:\n"
        "    formats = formats_of(code)\n"
        "    for month in range(1, 13):\n"
        "        day = date(2026, month, 8)\n"
        "        told = formats.month(day), formats.day_of_month(day)\n"
        "    print(code, told, formats.date(day, 'long'), formats.together('abc'))\n"
    )

    def told(*languages: str) -> list[str]:
        run = [sys.executable, "-X", "utf8", "-c", program, *languages]
        done = subprocess.run(run, capture_output=True, encoding="utf-8", check=True)
        return done.stdout.splitlines()

    assert told("he", "fa", "tr", "pl", "ar") == [
        *told("he"),
        *told("fa"),
        *told("tr"),
        *told("pl"),
        *told("ar"),
    ]
