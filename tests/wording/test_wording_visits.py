"""Answers, totals, changes and people, each said in one way for screen and paper."""

import gettext
from decimal import Decimal

import pytest

from app.dates import PartialDate
from app.language import Words, words
from app.records.model import PatientFacts, Role, SequelaFacts, VisitContext
from app.wording.answers import (
    answer_words,
    beside,
    key_words,
    kind_words,
    plain_answer_words,
    reason_words,
    side_words,
    undo_words,
)
from app.wording.changes import brief_change, change_words, dated_words
from app.wording.people import (
    born_words,
    diagnosis_words,
    identifier_words,
    or_not_recorded,
    rater_words,
    role_words,
    roles_words,
    told_roles,
)
from app.wording.totals import (
    bare_total,
    each_missing,
    gap_words,
    missing_words,
    scored_count,
    total_words,
)
from app.wording.visits import (
    author_words,
    context_words,
    event_title,
    sequela_words,
    version_words,
)
from scales.model import Answer, Declined, Key, Missing, NotTestable, Scored, Side
from tests.builders import replace
from tests.courses import CATALOGUE, event, sheet, typed

SAY = words()
SARA = CATALOGUE.find("sara")
LEFT = Key("heel_shin", Side.LEFT)
KINDS: tuple[Answer | None, ...] = (
    Scored(Decimal(0)),
    NotTestable("asleep"),
    Declined("tired"),
    None,
)


class Upper(gettext.NullTranslations):
    """A language in capitals, so that a text that was not asked for is heard."""

    def gettext(self, message: str) -> str:
        """Return the text in capitals, its places as they are."""
        return "".join(
            part if part.startswith("{") else part.upper()
            for part in message.replace("{", "\0{").replace("}", "}\0").split("\0")
        )


def test_the_four_kinds_of_answer_are_four_texts() -> None:
    """0, not testable, declined and open are never the same words."""
    assert [answer_words(each, SAY) for each in KINDS] == [
        "0",
        "not testable: asleep",
        "declined: tired",
        "open",
    ]
    assert [kind_words(each, SAY) for each in KINDS] == [
        "scored",
        "not testable",
        "declined",
        "open",
    ]
    assert answer_words(Declined(), SAY) == "declined"
    assert answer_words(NotTestable(""), SAY) == "not testable"


def test_a_family_reads_what_a_level_looks_like() -> None:
    """The same four kinds, without a number."""
    gait = CATALOGUE.find("five_feature").items[0]
    told = [plain_answer_words(gait, each, SAY) for each in KINDS]
    assert told == [gait.levels[0].plain, "could not be tested", "declined", "not scored"]


def test_reasons_are_translated_and_free_text_stands_as_typed() -> None:
    """The ids of the list are told by their titles, on screen and on paper."""
    german = Words("de", _Asleep())
    assert reason_words("asleep", german) == "schläft"
    assert reason_words("too_unwell", SAY) == "too unwell today"
    assert answer_words(NotTestable("asleep"), german) == "not testable: schläft"
    assert answer_words(Declined("wants {home}"), german) == "declined: wants {home}"


class _Asleep(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"asleep": "schläft", "hardly": "kaum"}.get(message, message)


def test_sides_are_told_with_the_item_above_it_and_in_a_column() -> None:
    """An item without sides has none."""
    assert key_words(SARA, LEFT, SAY) == "Heel-shin slide, left side"
    assert key_words(SARA, Key("gait"), SAY) == "Gait"
    assert [side_words(side, SAY) for side in (Side.RIGHT, None)] == ["Right", ""]
    assert [beside(side, "2", SAY) for side in (Side.RIGHT, Side.LEFT, None)] == [
        "R 2",
        "L 2",
        "2",
    ]


def test_undo_names_the_side_and_what_it_takes_back() -> None:
    """The item is written small in the sentence."""
    assert undo_words(SARA, LEFT, Scored(Decimal(2)), SAY) == "Undo: heel-shin slide, left 2"
    assert undo_words(SARA, LEFT, None, SAY) == "Undo: heel-shin slide, left"


def test_totals_say_of_how_many_and_whether_they_were_typed() -> None:
    """Without a total the open items are named."""
    oms = CATALOGUE.find("oms")
    assert total_words(oms, sheet("oms", "110110"), SAY) == "4 of 18"
    assert total_words(oms, typed("oms", "9"), SAY) == "9 of 18, typed from paper"
    assert total_words(oms, sheet("oms", "11011x"), SAY) == "no total: speech not testable"
    assert gap_words(oms, sheet("oms", "110110").answers, SAY) == ""
    assert bare_total(Decimal("9.50"), SAY, is_typed=False) == "9.5"
    assert bare_total(Decimal(0), SAY, is_typed=True) == "0 (typed from paper)"


def test_two_open_items_are_named_and_more_are_counted() -> None:
    """What cannot be scored any more comes first, each with its reason."""
    five = CATALOGUE.find("five_feature")
    assert gap_words(five, sheet("five_feature", "1x-..").answers, SAY) == (
        "jerks (myoclonus) not testable, gait declined, sleep is open, irritability is open"
    )
    assert gap_words(five, sheet("five_feature", "1....").answers, SAY) == "4 are open"
    assert scored_count(five, sheet("five_feature", "1x-..").answers) == 3


def test_a_closed_sheet_says_why_it_has_no_total() -> None:
    """One key is named; of several the count, and each in its place."""
    missing = (Key("gait"), LEFT)
    reasons = {Key("gait"): Missing.DECLINED}
    assert missing_words(SARA, missing[:1], reasons, SAY) == "no total: Gait declined"
    assert missing_words(SARA, missing, reasons, SAY) == "no total: 2 items without a level"
    assert missing_words(SARA, (), {}, SAY) == "no total"
    assert each_missing(SARA, missing, reasons, SAY) == (
        "Gait declined",
        "Heel-shin slide, left side not scored",
    )


@pytest.mark.parametrize(
    ("change", "sentence", "brief"),
    [
        ("-1.5", "1.5 lower than on 3 Dec 2025.", "1.5 lower"),
        ("0", "The same as on 3 Dec 2025.", "same as before"),
        ("2", "2 higher than on 3 Dec 2025.", "2 higher"),
    ],
)
def test_a_change_is_told_without_a_verdict(change: str, sentence: str, brief: str) -> None:
    """Higher and lower, never better and worse."""
    assert change_words(Decimal(change), PartialDate(2025, 12, 3), SAY) == sentence
    assert brief_change(Decimal(change), SAY) == brief


def test_a_change_since_a_month_is_told_in_it() -> None:
    """A short date is no day."""
    assert change_words(Decimal(1), PartialDate(2025, 12), SAY) == "1 higher than in Dec 2025."


@pytest.mark.parametrize(
    ("change", "time", "told"),
    [
        ("0", "09:00", "The same as on 3 Dec 2025, 09:00."),
        ("2", "09:00", "2 higher than on 3 Dec 2025, 09:00."),
        ("-2", "09:00", "2 lower than on 3 Dec 2025, 09:00."),
    ],
)
def test_a_change_since_the_same_day_names_the_time(change: str, time: str, told: str) -> None:
    """Of another day the time is not said."""
    day = PartialDate(2025, 12, 3)
    assert change_words(Decimal(change), day, SAY, now=day, time=time) == told
    later = change_words(Decimal(change), day, SAY, now=PartialDate(2025, 12, 4), time=time)
    assert later == change_words(Decimal(change), day, SAY)


def test_a_short_date_is_told_as_what_something_was_in() -> None:
    """A month and a year are no days."""
    assert dated_words("0", PartialDate(2025, 12, 3), SAY) == "0 on 3 Dec 2025"
    assert dated_words("0", PartialDate(2025, 12), SAY) == "0 in Dec 2025"
    assert dated_words("0", PartialDate(2025), SAY) == "0 in 2025"


def test_who_somebody_is() -> None:
    """Birth, identifier, diagnosis with its note; what is unknown is said or left out."""
    facts = PatientFacts("7", birth_date=PartialDate(2023, 3, 14), diagnosis="oms_idiopathic")
    assert born_words(facts, SAY) == "born 14 Mar 2023"
    assert born_words(facts, SAY, is_long=True) == "born 14 March 2023"
    assert born_words(replace(facts, birth_date=None), SAY) == "birth date not recorded"
    assert identifier_words(facts, SAY) == "ID 7"
    assert diagnosis_words(facts, SAY) == "OMS without a known cause"
    noted = replace(facts, diagnosis_note="stage 1")
    assert diagnosis_words(noted, SAY) == "OMS without a known cause (stage 1)"
    assert diagnosis_words(replace(noted, diagnosis="other"), SAY) == "stage 1"
    assert diagnosis_words(replace(facts, diagnosis=""), SAY) == ""


def test_a_role_stands_small_in_a_sentence() -> None:
    """Only English writes it so."""
    assert role_words(Role.KEEPER, SAY) == "keeper of the records"
    assert roles_words({Role.KEEPER, Role.NURSE}, SAY) == "nurse · keeper of the records"
    whole, short = told_roles({Role.KEEPER, Role.NURSE}, SAY)
    assert (whole, short) == ("nurse · keeper of the records", "nurse · keeper")
    assert role_words(Role.NURSE, Words("de", gettext.NullTranslations())) == "Nurse"
    assert [rater_words(rater, SAY) for rater in ("Dr L", "")] == ["Dr L", "rater not recorded"]
    assert [or_not_recorded(text, SAY) for text in ("10:40", "")] == ["10:40", "not recorded"]


def test_context_and_events() -> None:
    """Every question stands with its answer, translated; an empty one stays empty."""
    german = Words("de", _Asleep())
    told = context_words(VisitContext(slept="hardly", ill="mumps?"), german)
    assert told[:3] == (("Slept", "kaum"), ("Fever or infection", "mumps?"), ("Missed dose", ""))
    fever = event("fever", "2025", author="Dr L")
    assert (event_title(fever, SAY), author_words(fever, SAY)) == ("Fever", "marked by Dr L")
    assert author_words(event("fever", "2025"), SAY) == ""
    assert version_words("1.0", SAY) == "version 1.0"


def test_every_word_comes_from_the_catalogue() -> None:
    """In a language of capitals nothing stays small but what was typed."""
    loud = Words("xx", Upper())
    told = [
        answer_words(NotTestable("asleep"), loud),
        key_words(SARA, LEFT, loud),
        missing_words(SARA, (LEFT,), {}, loud),
        change_words(Decimal(1), PartialDate(2026), loud).replace("2026", ""),
        diagnosis_words(PatientFacts("7", diagnosis="oms_idiopathic"), loud),
    ]
    assert [text for text in told if text != text.upper()] == []


@pytest.mark.parametrize(
    ("state", "note", "told"),
    [
        ("yes", "", "Speech: Yes"),
        ("no", "since\nMay", "Speech: No (since May)"),
        ("not_assessed", "", "Speech: Not assessed"),
    ],
)
def test_a_lasting_trouble_is_told_with_its_state(state: str, note: str, told: str) -> None:
    """Not assessed is not no, and the note stands on the line."""
    facts = SequelaFacts(date=PartialDate(2025, 5), kind="speech", state=state, note=note)
    assert sequela_words(facts, SAY) == told
