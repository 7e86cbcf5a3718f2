"""What the scoring page shows, made from values alone."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject

from app.clock import Moment
from app.dates import PartialDate
from app.errors import UserError
from app.language import words
from app.records.model import (
    ConfirmedQuestion,
    Measure,
    MeasureFacts,
    Patient,
    PatientFacts,
    Sheet,
    UndoLabel,
    Visit,
    VisitContext,
    VisitFacts,
    VisitState,
)
from app.screens.visit.context_view import context_view, typed_number
from app.screens.visit.cursor import (
    Cursor,
    Part,
    after_answer,
    after_step,
    at,
    begin,
    item_neighbour,
    neighbour,
    next_open,
)
from app.screens.visit.guided_view import guided_view
from app.screens.visit.snapshot import Before, LastSheet, Snapshot, last_sheet, raised
from app.screens.visit.summary_view import summary_view
from app.screens.visit.view import head_view, key_view, sheet_view, undo_view
from app.screens.visit.writers import Writer
from app.wording.answers import answer_words, undo_words
from app.wording.totals import gap_words
from scales.catalogue import Catalogue
from scales.model import Answer, Declined, Key, NotTestable, Scored, Side
from scales.score import score
from tests.builders import replace
from tests.screens.visit.bench import VisitBench
from widgets import icons

EN = words()
NOW = Moment(datetime(2026, 1, 28, 10, 40, tzinfo=UTC), 60)
GAIT, SLEEP = Key("gait"), Key("sleep")
FIVE = tuple(Key(item) for item in ("opsoclonus", "myoclonus", "gait", "sleep", "irritability"))
Given = Mapping[Key, Answer]
SheetOf = Callable[[str, Given], Sheet]


def _scored(level: int) -> Scored:
    return Scored(Decimal(level))


@pytest.fixture
def sheet_of(catalogue: Catalogue) -> SheetOf:
    """Return what makes a sheet with its results."""

    def make(scale: str, answers: Given) -> Sheet:
        found = score(catalogue.find(scale), answers)
        return Sheet(
            scale, "1", answers, is_typed=False, total=found.total, missing=found.missing,
            reasons=found.reasons, subscores=found.subscores,
        )  # fmt: skip

    return make


TYPED = Sheet("oms5", "1", {}, is_typed=True, total=Decimal(9))


def _visit(*sheets: Sheet, **changes: object) -> Visit:
    visit = Visit(
        id="v", patient="p",
        facts=VisitFacts("V1", PartialDate(2026, 1, 28), "10:40", "M. Okafor"),
        state=VisitState.DRAFT, version=1, started=NOW, sheets=sheets,
    )  # fmt: skip
    return replace(visit, **changes)


def _snapshot(catalogue: Catalogue, visit: Visit, **changes: object) -> Snapshot:
    facts = PatientFacts("40-1187", "Amira", "Haddad", PartialDate(2023, 3, 14))
    snapshot = Snapshot(
        visit=visit, patient=Patient("p", facts), catalogue=catalogue, last={}, raised=(),
        undo=None, put_off=frozenset(), words=EN,
    )  # fmt: skip
    return replace(snapshot, **changes)


def _sheet_cursor(key: Key = GAIT) -> Cursor:
    return Cursor(Part.SHEET, "five_feature", key)


def test_the_head_says_who_and_which_visit(catalogue: Catalogue) -> None:
    """Name, birth, age at the visit, identifier, day, time and rater."""
    head = head_view(_snapshot(catalogue, _visit()), date(2030, 1, 1))
    assert (head.name, head.visit) == ("Amira Haddad", "Visit of 28 Jan 2026, 10:40 · M. Okafor")
    assert head.facts == "born 14 Mar 2023 · 2 y 10 m · ID 40-1187"


def test_a_visit_without_time_or_rater_says_so(catalogue: Catalogue) -> None:
    """An imported visit may know neither; the patient's caution stands above."""
    snapshot = _snapshot(catalogue, _visit(time="", rater="", date=PartialDate(2004, 2)))
    snapshot = replace(snapshot, patient=replace(snapshot.patient, caution="illustrative scores"))
    head = head_view(snapshot, date(2030, 1, 1))
    assert (head.visit, head.caution) == (
        "Visit of Feb 2004 · rater not recorded",
        "illustrative scores",
    )


def test_an_empty_sheet_counts_its_open_items(catalogue: Catalogue) -> None:
    """More than two open items are counted, not listed."""
    view = sheet_view(_snapshot(catalogue, _visit()), _sheet_cursor())
    assert (view.progress, view.status) == ("0 of 5", "no sum yet: 5 are open")
    assert view.caution == "bedside sheet of this app, not a validated scale"
    assert [choice.title for choice in view.others] == ["+ OMS scale", "+ SARA", "+ ICARS"]
    assert (view.undo, view.question, view.reasons) == ("", None, None)


def test_two_open_items_are_named(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """The nurse reads which ones are left."""
    sheet = sheet_of("five_feature", dict.fromkeys(FIVE[:3], _scored(0)))
    view = sheet_view(_snapshot(catalogue, _visit(sheet)), _sheet_cursor())
    assert view.status == "no sum yet: sleep is open, irritability is open"


def test_a_complete_sheet_shows_its_sum(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """Zeros are scores: five of them make a sum of 0."""
    sheet = sheet_of("five_feature", dict.fromkeys(FIVE, _scored(0)))
    view = sheet_view(_snapshot(catalogue, _visit(sheet)), _sheet_cursor())
    assert view.status == "sum 0 of 15"


def test_what_has_no_level_is_named_with_its_reason(catalogue: Catalogue) -> None:
    """Open, not testable and declined are three things, on either side."""
    sara = catalogue.find("sara")
    answers: dict[Key, Answer] = {key: _scored(0) for key in sara.keys}
    answers[GAIT] = NotTestable("asleep")
    answers[Key("heel_shin", Side.LEFT)] = Declined()
    del answers[Key("heel_shin", Side.RIGHT)]
    assert gap_words(sara, answers, EN) == (
        "gait not testable, heel-shin slide, left side declined, "
        "heel-shin slide, right side is open"
    )


def test_other_scales_say_how_far_they_got(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """A plus for a new one, a count for a begun one, a tick and the total for a complete one."""
    oms = sheet_of("oms", {key: _scored(1) for key in catalogue.find("oms").keys})
    sara = sheet_of("sara", {GAIT: _scored(3)})
    view = sheet_view(_snapshot(catalogue, _visit(oms, sara)), _sheet_cursor())
    assert [choice.title for choice in view.others] == [
        "✓ OMS scale: 6 of 18",
        "SARA: 1 of 12 items",
        "+ ICARS",
    ]


def test_a_key_shows_its_chosen_level(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """The title in plain words, the medical term below, each level spoken with its item."""
    sheet = sheet_of("five_feature", {FIVE[0]: _scored(0)})
    snapshot = _snapshot(catalogue, _visit(sheet))
    view = key_view(snapshot, catalogue.find("five_feature"), FIVE[0])
    assert (view.title, view.subtitle) == ("Eyes", "opsoclonus")
    assert [level.is_chosen for level in view.levels] == [True, False, False, False]
    assert view.levels[0].spoken.startswith("Eyes (opsoclonus) 0: none when fixing")
    assert view.is_answered
    assert view.level_for("7") is None


@pytest.mark.parametrize(
    ("answer", "shown"),
    [(NotTestable("asleep"), "not testable: asleep"), (Declined("tired"), "declined: tired")],
)
def test_a_key_shows_why_it_has_no_level(
    catalogue: Catalogue, sheet_of: SheetOf, answer: Answer, shown: str
) -> None:
    """The reason stands where the invitation was."""
    snapshot = _snapshot(catalogue, _visit(sheet_of("five_feature", {GAIT: answer})))
    view = key_view(snapshot, catalogue.find("five_feature"), GAIT)
    assert (view.aside, view.is_aside, view.is_answered) == (shown, True, True)


def test_the_last_value_is_hidden_until_this_one_is_chosen(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """Not by hiding a widget: the view itself does not have it."""
    five = catalogue.find("five_feature")
    last = {"five_feature": LastSheet("3 Dec 2025", {GAIT: _scored(1)})}
    snapshot = _snapshot(catalogue, _visit(), last=last)
    assert key_view(snapshot, five, GAIT).last == ""
    chosen = _visit(sheet_of("five_feature", {GAIT: _scored(2), SLEEP: _scored(0)}))
    snapshot = _snapshot(catalogue, chosen, last=last)
    assert key_view(snapshot, five, GAIT).last == "Last time, 3 Dec 2025: 1"
    assert key_view(snapshot, five, SLEEP).last == ""


def test_the_reasons_have_the_order_of_the_list(catalogue: Catalogue) -> None:
    """Those of the item among those for every item, the usual ones first, and no others."""
    view = sheet_view(_snapshot(catalogue, _visit()), replace(_sheet_cursor(), reasons_for=GAIT))
    assert view.reasons is not None
    assert [(one.id, one.title) for one in view.reasons.reasons] == [
        ("asleep", "asleep"),
        ("too_unwell", "too unwell today"),
        ("does_not_cooperate", "does not cooperate today"),
        ("never_walked", "never walked, before the illness either"),
        ("kept_in_bed", "kept in bed"),
    ]
    eyes = replace(_sheet_cursor(), reasons_for=Key("opsoclonus"))
    eyes_view = sheet_view(_snapshot(catalogue, _visit()), eyes)
    assert eyes_view.reasons is not None
    assert [one.id for one in eyes_view.reasons.reasons] == [
        "asleep", "too_unwell", "does_not_cooperate", "eyes_shut",
    ]  # fmt: skip
    assert not view.reasons.can_take_back


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        (_scored(2), "Undo: sleep 2"),
        (NotTestable("x"), "Undo: sleep not testable"),
        (Declined(), "Undo: sleep declined"),
        (None, "Undo: sleep"),
    ],
)
def test_undo_names_item_and_value(
    catalogue: Catalogue, answer: Answer | None, label: str
) -> None:
    """The button says what it would take back."""
    assert undo_words(catalogue.find("five_feature"), SLEEP, answer, EN) == label


def test_undo_of_a_whole_sheet_names_the_scale(catalogue: Catalogue) -> None:
    """A typed total or a removed sheet has no key."""
    snapshot = _snapshot(catalogue, _visit(), undo=UndoLabel("oms5"))
    assert undo_view(snapshot) == "Undo: OMS five-item total"


def test_an_open_key_is_called_open() -> None:
    """Not scored is not 0."""
    assert (answer_words(None, EN), answer_words(_scored(0), EN)) == ("open", "0")


def test_a_guided_item_shows_state_icon_word_and_value(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """Each line of the list says where its item stands; two sides show both values."""
    answers: dict[Key, Answer] = {
        GAIT: _scored(2),
        Key("stance"): NotTestable("kept in bed"),
        Key("sitting"): Declined(),
        Key("finger_chase", Side.RIGHT): _scored(1),
        Key("finger_chase", Side.LEFT): Declined(),
        Key("nose_finger", Side.RIGHT): _scored(1),
        Key("nose_finger", Side.LEFT): NotTestable("x"),
        Key("fahm", Side.RIGHT): _scored(1),
    }
    snapshot = _snapshot(catalogue, _visit(sheet_of("sara", answers)))
    view = guided_view(snapshot, Cursor(Part.GUIDED, "sara", Key("speech")))
    shown = {entry.id: (entry.icon, entry.state, entry.value) for entry in view.items}
    assert shown["gait"] == (icons.DONE, "scored", "2")
    assert shown["stance"] == (icons.NOT_TESTABLE, "not testable", "")
    assert shown["sitting"] == (icons.DECLINED, "declined", "")
    assert shown["finger_chase"] == (icons.DECLINED, "declined", f"1 · {icons.DECLINED}")
    assert shown["nose_finger"][2] == f"1 · {icons.NOT_TESTABLE}"
    assert shown["fahm"] == (icons.OPEN, "open", f"1 · {icons.OPEN}")
    assert shown["speech"] == (icons.HERE, "open", "")


def test_a_guided_view_knows_its_place(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """Position, progress, the way back and on, and the keys that choose."""
    snapshot = _snapshot(catalogue, _visit(sheet_of("oms", {GAIT: _scored(1)})))
    view = guided_view(snapshot, Cursor(Part.GUIDED, "oms", Key("stance")))
    assert (view.title, view.position, view.before, view.after) == (
        "Stance", "item 1 of 6", "", "Gait",
    )  # fmt: skip
    assert (view.progress, view.done, view.count) == ("1 of 6 scored · 5 open", 1, 6)
    assert "keys 0 to 3" in view.hint
    assert "not yet checked" in view.caution
    assert [choice.id for choice in view.others] == ["five_feature"]
    last = guided_view(snapshot, Cursor(Part.GUIDED, "oms", Key("speech")))
    assert (last.before, last.after) == ("Mood and behaviour", "Summary")


def test_questions_come_from_the_scale_between_scales_and_since_last_time(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """All three kinds are raised, each with its keys; what was kept as it stands is not."""
    five = sheet_of("five_feature", {FIVE[0]: _scored(0), FIVE[1]: _scored(3), GAIT: _scored(0)})
    oms = sheet_of("oms", {Key("opsoclonus"): _scored(3)})
    last = {"five_feature": LastSheet("3 Dec 2025", {GAIT: _scored(2)})}
    visit = _visit(five, oms, TYPED)
    found = raised(visit, Before(last), catalogue, EN)
    assert len(found) == 3
    within, between, since = found
    assert within.concerns("five_feature", GAIT)
    assert not within.concerns("oms")
    assert (between.scale, between.concerns("oms", Key("opsoclonus"))) == ("five_feature", True)
    assert since.text.startswith("Gait went from 2 to 0 since 3 Dec 2025")
    kept = _visit(replace(five, confirmed=(ConfirmedQuestion(since.id, since.text),)), oms)
    assert raised(kept, Before(last), catalogue, EN) == (within, between)
    stale = _visit(
        replace(five, confirmed=(ConfirmedQuestion(since.id, "another sentence"),)), oms
    )
    assert since in raised(stale, Before(last), catalogue, EN)


def test_a_question_that_was_put_off_waits_for_the_summary(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """The sheet shows the next one; the summary shows both."""
    five = sheet_of("five_feature", {FIVE[1]: _scored(3), GAIT: _scored(0)})
    last = {"five_feature": LastSheet("3 Dec 2025", {GAIT: _scored(2)})}
    visit = _visit(five)
    both = raised(visit, Before(last), catalogue, EN)
    put_off = frozenset({(both[0].id, both[0].text)})
    snapshot = _snapshot(catalogue, visit, raised=both, put_off=put_off)
    assert sheet_view(snapshot, _sheet_cursor()).question == both[1].view
    cursor = replace(_sheet_cursor(), part=Part.SUMMARY)
    assert len(summary_view(snapshot, cursor).questions) == 2


def test_the_last_sheet_of_a_typed_total_tells_no_items(sheet_of: SheetOf) -> None:
    """Only answers can be compared with answers."""
    before = _visit(sheet_of("oms", {GAIT: _scored(1)}), TYPED)
    assert last_sheet(before, "oms5", EN) is None
    assert last_sheet(before, "sara", EN) is None
    assert last_sheet(None, "oms", EN) is None
    found = last_sheet(before, "oms", EN)
    assert found == LastSheet("28 Jan 2026", {GAIT: _scored(1)})


def test_the_summary_shows_every_answer_and_subscore(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """Gait not testable leaves no total, and a figure without gait."""
    answers: dict[Key, Answer] = dict.fromkeys(FIVE, _scored(1))
    answers[GAIT] = NotTestable("never_walked")
    snapshot = _snapshot(catalogue, _visit(sheet_of("five_feature", answers), TYPED))
    view = summary_view(snapshot, Cursor(Part.SUMMARY, "five_feature", GAIT))
    card, typed = view.cards
    assert (card.total, card.is_complete) == ("no total: gait not testable", False)
    assert ("Gait", "not testable: never walked, before the illness either") in card.lines
    assert card.lines[-1] == ("Without gait", "4 of 12")
    assert (typed.total, typed.lines, typed.can_open) == ("9 of 15, typed from paper", (), False)
    assert view.sign == "Sign visit"
    assert view.warning == "Not complete. Five features: gait not testable."
    assert "five_feature" not in [choice.id for choice in view.typeable]


def test_sign_without_a_total_is_said_only_where_there_is_none_at_all(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """One scale with a total makes it a visit with a total; what lacks is told beside it."""
    open_one = sheet_of("five_feature", {GAIT: _scored(1)})
    cursor = Cursor(Part.SUMMARY, "five_feature", GAIT)
    assert summary_view(_snapshot(catalogue, _visit(open_one)), cursor).sign == (
        "Sign without a total"
    )
    both = summary_view(_snapshot(catalogue, _visit(open_one, TYPED)), cursor)
    assert both.sign == "Sign visit"
    assert both.warning.startswith("Not complete. Five features")


def test_an_amendment_in_progress_is_called_so_with_what_changed(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """Beside each thing that changed stands what was there; what is as it was has no mark."""
    answers: dict[Key, Answer] = dict.fromkeys(FIVE, _scored(1))
    before = _visit(
        sheet_of("five_feature", answers),
        TYPED,
        state=VisitState.SIGNED,
        context=VisitContext(slept="hardly", ill="fever", note="calm"),
    )
    now = _visit(
        sheet_of("five_feature", {**answers, GAIT: Declined()}),
        sheet_of("oms", {GAIT: _scored(1)}),
        version=2,
        amend_reason="wrong child's gait",
        date=PartialDate(2026, 1, 27),
        context=VisitContext(slept="hardly", missed_dose="yes", note="restless"),
    )
    view = summary_view(
        _snapshot(catalogue, now, amended=before), Cursor(Part.SUMMARY, "five_feature", GAIT)
    )
    assert (view.title, view.sign) == ("Amendment in progress", "Sign without a total")
    assert view.marks == (
        "Version 2 of this visit, not signed yet. Why: wrong child's gait",
        "Changed: the visit was of 28 Jan 2026, 10:40.",
        "Changed: OMS five-item total was taken out.",
        "Changed: OMS scale was added.",
        "Changed: the note.",
    )
    five, oms = view.cards
    assert five.total == "no total: gait declined (changed, was 5 of 15)"
    assert ("Gait", "declined (changed, was 1)") in five.lines
    assert ("Sleep", "1") in five.lines
    assert ("Gait", "1") in oms.lines
    assert view.context == (
        ("Slept", "hardly"),
        ("Fever or infection", "not recorded (changed, was fever)"),
        ("Missed dose", "yes, missed (added)"),
    )


def test_an_amendment_that_changed_nothing_has_no_mark(
    catalogue: Catalogue, sheet_of: SheetOf
) -> None:
    """The word on the button says that it is an amendment."""
    sheet = sheet_of("five_feature", dict.fromkeys(FIVE, _scored(1)))
    before = _visit(sheet, state=VisitState.SIGNED)
    now = _visit(sheet, version=2, amend_reason="a slip")
    view = summary_view(
        _snapshot(catalogue, now, amended=before), Cursor(Part.SUMMARY, "five_feature", GAIT)
    )
    assert view.sign == "Sign the amendment"
    assert view.marks == ("Version 2 of this visit, not signed yet. Why: a slip",)
    assert not any("changed" in value for card in view.cards for _, value in card.lines)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (NotTestable("kept_in_bed"), "not testable: kept in bed"),
        (NotTestable("leg in plaster"), "not testable: leg in plaster"),
        (Declined("too_unwell"), "declined: too unwell today"),
        (Declined("no time"), "declined: no time"),
        (Declined(), "declined"),
    ],
)
def test_a_reason_is_told_by_its_title_and_own_words_as_they_are(
    answer: Answer, text: str
) -> None:
    """What is stored is an id or what somebody wrote."""
    assert answer_words(answer, EN) == text


def test_a_missing_figure_is_called_so(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """A subscore with an open item has no number."""
    snapshot = _snapshot(catalogue, _visit(sheet_of("five_feature", {GAIT: _scored(1)})))
    view = summary_view(snapshot, Cursor(Part.SUMMARY, "five_feature", GAIT))
    assert view.cards[0].lines[-1] == ("Without gait", "no figure")


def test_the_summary_warns_of_an_empty_visit_only_when_asked(catalogue: Catalogue) -> None:
    """Nothing is in the way until somebody wants to sign."""
    cursor = Cursor(Part.SUMMARY, "five_feature", GAIT)
    snapshot = _snapshot(catalogue, _visit())
    assert summary_view(snapshot, cursor).warning == ""
    tried = replace(cursor, is_sign_tried=True)
    assert summary_view(snapshot, tried).warning.startswith("Nothing is scored yet")
    assert summary_view(snapshot, cursor).sign == "Sign visit"


def test_a_complete_visit_has_nothing_in_the_way(catalogue: Catalogue, sheet_of: SheetOf) -> None:
    """No warning, and the plain word on the button."""
    sheet = sheet_of("five_feature", dict.fromkeys(FIVE, _scored(0)))
    view = summary_view(_snapshot(catalogue, _visit(sheet)), Cursor(Part.SUMMARY, "x", GAIT))
    assert (view.warning, view.sign) == ("", "Sign visit")


def test_the_context_offers_what_is_stored_even_if_unusual() -> None:
    """An imported word is a choice too; measures stand in their shortest form."""
    visit = _visit(context=VisitContext(slept="on the bus"))
    measure = Measure(
        "m",
        "p",
        "v",
        MeasureFacts(date=PartialDate(2026, 1, 28), kind="sleep_hours", value=Decimal("7.50")),
    )
    view = context_view(visit, (measure,), EN)
    assert [choice.id for choice in view.slept][-1] == "on the bus"
    assert [choice.id for choice in view.ill] == ["neither", "fever", "infection", "both"]
    assert [field.text for field in view.measures] == ["7.5", "", ""]


@pytest.mark.parametrize(
    ("text", "number"), [("", None), (" ", None), ("7", "7"), ("7,5", "7.5"), (" 7.5 ", "7.5")]
)
def test_a_typed_number_may_have_a_comma(text: str, number: str | None) -> None:
    """Empty is none, a comma is a point, spaces do not matter."""
    assert typed_number(text, EN) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("seven", r"9\.5"), ("-1", "0 or more"), ("1,000", "1 or 1000"), ("1.000", "1 or 1000")],
)
def test_a_typed_word_is_no_number(text: str, sentence: str) -> None:
    """The sentence shows how to write it, or both numbers that it could be."""
    with pytest.raises(UserError, match=sentence):
        typed_number(text, EN)


def test_standing_begins_at_the_first_open_key(catalogue: Catalogue) -> None:
    """A complete scale begins at its first key."""
    assert begin(catalogue, "oms", {Key("stance"): _scored(1)}).key == GAIT
    full = dict.fromkeys(catalogue.find("oms").keys, _scored(0))
    assert begin(catalogue, "oms", full) == Cursor(Part.GUIDED, "oms", Key("stance"))
    assert begin(catalogue, "five_feature", {}).part is Part.SHEET


def test_the_next_open_key_goes_round_once(catalogue: Catalogue) -> None:
    """After the last comes the first; with none open there is none."""
    five = catalogue.find("five_feature")
    assert next_open(five, {}, FIVE[-1]) == FIVE[0]
    assert next_open(five, dict.fromkeys(FIVE[1:], _scored(0)), FIVE[0]) == FIVE[0]
    assert next_open(five, dict.fromkeys(FIVE, _scored(0)), FIVE[0]) is None


def test_neighbours_end_at_both_ends(catalogue: Catalogue) -> None:
    """Keys count sides, items do not."""
    sara = catalogue.find("sara")
    right, left = catalogue.find("sara").item("heel_shin").keys
    assert neighbour(sara, right, 1) == left
    assert neighbour(sara, left, 1) is None
    assert item_neighbour(sara, left, 1) is None
    assert item_neighbour(sara, left, -1) == Key("fahm", Side.RIGHT)
    assert neighbour(sara, GAIT, -1) is None


def test_answering_moves_on_and_ends_in_the_summary(catalogue: Catalogue) -> None:
    """A guided scale ends in the summary, the sheet stays where its Sign is."""
    oms, five = catalogue.find("oms"), catalogue.find("five_feature")
    guided = Cursor(Part.GUIDED, "oms", Key("stance"), reasons_for=GAIT)
    moved = after_answer(guided, oms, {Key("stance"): _scored(0)}, Key("stance"))
    assert (moved.key, moved.reasons_for) == (GAIT, None)
    full = dict.fromkeys(oms.keys, _scored(0))
    assert after_answer(guided, oms, full, GAIT).part is Part.SUMMARY
    done = dict.fromkeys(FIVE, _scored(0))
    assert after_answer(_sheet_cursor(), five, done, SLEEP) == _sheet_cursor(SLEEP)


def test_stepping_ends_in_the_summary_for_a_guided_scale(catalogue: Catalogue) -> None:
    """Beyond the last key; before the first one there is nothing."""
    oms, five = catalogue.find("oms"), catalogue.find("five_feature")
    last = Cursor(Part.GUIDED, "oms", Key("speech"))
    first = Cursor(Part.GUIDED, "oms", Key("stance"))
    assert after_step(last, oms, 1).part is Part.SUMMARY
    assert after_step(first, oms, -1) == first
    assert after_step(_sheet_cursor(FIVE[-1]), five, 1) == _sheet_cursor(FIVE[-1])


def test_a_place_is_on_the_part_that_scores_it() -> None:
    """The first scale on its sheet, every other one guided."""
    assert at(_sheet_cursor(), "sara", GAIT) == Cursor(Part.GUIDED, "sara", GAIT)
    assert at(Cursor(Part.SUMMARY, "sara", GAIT), "five_feature", SLEEP) == _sheet_cursor(SLEEP)


def test_a_deed_that_wrote_nothing_tells_nothing(bench: VisitBench) -> None:
    """No news without a change."""
    bench.begin(bench.patient())
    owner = QObject()
    writer = Writer(bench.desk, bench.control.session, owner)
    heard: list[object] = []
    bench.desk.news.changed.connect(heard.append)
    assert writer.write(lambda: None)
    assert heard == []
