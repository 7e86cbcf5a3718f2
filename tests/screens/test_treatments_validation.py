"""What is typed about a treatment becomes facts, or a sentence at the field."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.errors import UserError
from app.language import words
from app.screens.treatments.form_values import FormKind, Submission, Typed, Weighing
from app.screens.treatments.validation import Life, Read, read_amount, read_form
from scales.model import plain


class Filled(NamedTuple):
    """A form and what stands in its fields."""

    kind: FormKind
    typed: Typed


SAY = words()
TODAY = date(2026, 1, 28)
BIRTH = PartialDate(2023, 3, 14)
TREATMENT = Filled(
    FormKind.TREATMENT,
    {
        "agent": "ivig",
        "start": "2025-01-06",
        "stop": "2025-01",
        "route": "intravenous",
        "note": "by pump",
    },
)
DOSE = Filled(
    FormKind.DOSE,
    {
        "dose": "0,4",
        "unit": "g/kg",
        "frequency": "daily",
        "start": "2025-01-06",
        "stop": "",
        "note": "0.55 m²",
        "weight": "",
        "weighed_on": "2026-01-28",
    },
)
EVENT = Filled(
    FormKind.EVENT,
    {"kind": "relapse", "date": "2025-06-12", "stop": "2025-07-12", "note": "at 0.1 mg/kg"},
)


def typed_anew(form: Filled, **texts: str) -> Filled:
    """Return a form in which some fields hold something else."""
    return Filled(form.kind, {**form.typed, **texts})


def _read(form: Filled) -> Read:
    return read_form(form.kind, form.typed, Life(BIRTH, TODAY), SAY)


def _problems(form: Filled) -> Mapping[str, str]:
    read = _read(form)
    assert read.submission is None
    return read.problems


def test_a_treatment_is_read_as_typed() -> None:
    """Dates keep their precision."""
    assert _read(TREATMENT) == Read(
        Submission(
            {
                "agent": "ivig",
                "start": PartialDate(2025, 1, 6),
                "stop": PartialDate(2025, 1),
                "route": "intravenous",
                "note": "by pump",
            }
        ),
        {},
    )


def test_unknown_dates_are_allowed() -> None:
    """An empty start is not known, an empty stop still runs."""
    submission = _read(typed_anew(TREATMENT, start="", stop="")).submission
    assert submission is not None
    assert (submission.values["start"], submission.values["stop"]) == (None, None)


def test_a_planned_step_may_lie_ahead() -> None:
    """A taper is written down before it is given."""
    ahead = typed_anew(DOSE, start="2026-03-01")
    assert _read(ahead).problems == {}


def test_a_dose_is_read_with_its_weighing() -> None:
    """The weight is a fact of its own, with the day it was measured."""
    submission = _read(typed_anew(DOSE, weight="12.5", weighed_on="yesterday")).submission
    assert submission == Submission(
        {
            "start": PartialDate(2025, 1, 6),
            "stop": None,
            "dose": Decimal("0.4"),
            "unit": "g/kg",
            "frequency": "daily",
            "note": "0.55 m²",
        },
        Weighing(Decimal("12.5"), PartialDate(2026, 1, 27)),
    )


def test_without_a_weight_its_date_is_not_looked_at() -> None:
    """An empty weight is no weighing, whatever stands in the date."""
    submission = _read(typed_anew(DOSE, weighed_on="2025-02-31")).submission
    assert submission is not None
    assert submission.weighing is None


def test_an_event_cannot_have_ended_tomorrow() -> None:
    """A year mistyped in its last day is said at that field."""
    told = _read(typed_anew(EVENT, stop="2099-07-12")).problems
    assert told == {"stop": "12 Jul 2099 is in the future."}


def test_an_event_is_read_as_typed() -> None:
    """Kind, days and note."""
    assert _read(EVENT).submission == Submission(
        {
            "date": PartialDate(2025, 6, 12),
            "stop": PartialDate(2025, 7, 12),
            "kind": "relapse",
            "note": "at 0.1 mg/kg",
        }
    )


BIRTH_TEXT = "14 Mar 2023"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (typed_anew(TREATMENT, agent=""), "agent", "Please choose a treatment from the list."),
        (
            typed_anew(TREATMENT, start="2025-02-31"),
            "start",
            "There is no day 2025-02-31 in the calendar.",
        ),
        (
            typed_anew(TREATMENT, stop="tomorrow"),
            "stop",
            "“tomorrow” is not a date. Write it like 14 Mar 2023, Mar 2023 or 2023.",
        ),
        (
            typed_anew(TREATMENT, stop="2024"),
            "stop",
            "The stop, 2024, is before the start, 6 Jan 2025.",
        ),
        (
            typed_anew(TREATMENT, agent="other", note=" "),
            "note",
            "“other” needs a note that says what it is.",
        ),
        (
            typed_anew(DOSE, dose="0"),
            "dose",
            "Please write the dose as a number above 0 with a point, for example 0.4.",
        ),
        (typed_anew(DOSE, unit=""), "unit", "Please choose a unit."),
        (
            typed_anew(DOSE, unit="other", note=""),
            "note",
            "“other” needs a note that says what it is.",
        ),
        (
            typed_anew(DOSE, frequency="other", note=""),
            "note",
            "“other” needs a note that says what it is.",
        ),
        (
            typed_anew(DOSE, stop="2025-01-05"),
            "stop",
            "The stop, 5 Jan 2025, is before the start, 6 Jan 2025.",
        ),
        (
            typed_anew(DOSE, weight="1,000"),
            "weight",
            "“1,000” could be 1 or 1000. Please write the one that is meant.",
        ),
        (
            typed_anew(DOSE, weight="12", weighed_on=""),
            "weighed_on",
            "Please write a date, for example 14 Mar 2023.",
        ),
        (
            typed_anew(DOSE, weight="12", weighed_on="2026-01-29"),
            "weighed_on",
            "29 Jan 2026 is in the future.",
        ),
        (
            typed_anew(DOSE, weight="12", weighed_on="Jan 2026"),
            "weighed_on",
            "Please write the day too, for example 14 Mar 2023.",
        ),
        (
            typed_anew(TREATMENT, start="3/4/2025", stop=""),
            "start",
            "“3/4/2025” can be 3 Apr 2025 or 4 Mar 2025. Please choose one.",
        ),
        (
            typed_anew(TREATMENT, start="6.1.25"),
            "start",
            "Please write the year with four digits, like 14 Mar 2023.",
        ),
        (
            typed_anew(TREATMENT, start="2004", stop=""),
            "start",
            "2004 is before the birth date, 14 Mar 2023.",
        ),
        (
            typed_anew(TREATMENT, stop="29 Jan 2028"),
            "stop",
            "29 Jan 2028 is more than two years ahead.",
        ),
        (
            typed_anew(DOSE, start="0024", stop=""),
            "start",
            "0024 is before 1900.",
        ),
        (typed_anew(EVENT, kind=""), "kind", "Please choose what happened."),
        (typed_anew(EVENT, date=""), "date", "Please write a date, for example 14 Mar 2023."),
        (
            typed_anew(EVENT, date="2026-01-29", stop=""),
            "date",
            "29 Jan 2026 is in the future.",
        ),
        (
            typed_anew(EVENT, date="2022"),
            "date",
            f"2022 is before the birth date, {BIRTH_TEXT}.",
        ),
        (
            typed_anew(EVENT, kind="other", note=""),
            "note",
            "“other” needs a note that says what it is.",
        ),
    ],
)
def test_what_cannot_stay_gets_its_sentence_at_its_field(
    typed: Filled, field: str, sentence: str
) -> None:
    """One wrong field gives one sentence, at that field."""
    assert _problems(typed) == {field: sentence}


def test_every_wrong_field_is_told_at_once() -> None:
    """Nobody has to save twice to hear the second sentence."""
    wrong = typed_anew(
        DOSE,
        dose="x",
        unit="",
        start="2025-13",
        stop="2025-02-31",
        weight="-1",
        weighed_on="2031",
    )
    assert set(_problems(wrong)) == {"dose", "unit", "start", "stop", "weight", "weighed_on"}


def test_an_impossible_date_is_told_once() -> None:
    """A date that cannot be read is not called missing too."""
    assert _problems(typed_anew(EVENT, date="2025-02-31")) == {
        "date": "There is no day 2025-02-31 in the calendar."
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.4", "0.4"),
        ("0,4", "0.4"),
        ("0,125", "0.125"),
        ("1000", "1000"),
        (" 20 ", "20"),
        ("\u0662\u0660", "20"),
    ],
)
def test_a_dose_is_read_with_point_or_comma(text: str, number: str) -> None:
    """Both ways of writing a decimal give the exact number."""
    assert read_amount("dose", text, SAY) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "as a number above 0"), ("0", "as a number above 0"), ("0.0", "as a number above 0"),
        ("-1", "0 or more"), ("-0", "0 or more"), ("1,000", "could be 1 or 1000"),
        ("12.500", "could be 12.5 or 12500"), (".5", "Write 0.5"), ("1.", "not a plain number"),
        ("1e3", "not a plain number"), ("1,000.5", "not a plain number"), ("²", "not a plain"),
    ],
)  # fmt: skip
def test_what_is_no_amount_or_could_be_two_is_asked_back(text: str, sentence: str) -> None:
    """Nothing is guessed: 1,000 could be a thousand or one, so it is neither."""
    with pytest.raises(UserError, match=sentence):
        read_amount("dose", text, SAY)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is typed gives a number above 0, or a sentence."""
    with suppress(UserError):
        assert read_amount("weight", text, SAY) > 0


@given(st.decimals(min_value="0.001", max_value=99999, places=3))
def test_a_number_in_its_shortest_form_is_read_exactly(number: Decimal) -> None:
    """No digit is lost."""
    assert read_amount("dose", plain(number), SAY) == number


def test_a_weight_that_no_child_has_is_refused() -> None:
    """At its field, with what is possible."""
    problems = _problems(typed_anew(DOSE, weight="12500", weighed_on="2025-01-06"))
    assert problems == {"weight": "12500 cannot be: the lowest possible is 0.1, the highest 700."}
