"""A signed visit in words, made from values alone: nothing missing is ever compared."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.clock import Moment
from app.language import words
from app.records.model import (
    ConfirmedQuestion,
    Measure,
    MeasureFacts,
    Role,
    Sheet,
    Signature,
    Visit,
    VisitContext,
    VisitState,
)
from app.screens.rights import Rights
from app.screens.signed_visit.scale_card import ItemLine, ScaleCard
from app.screens.signed_visit.view import Reader, SignedVisitView, signed_visit_view
from scales.model import Key, Side
from tests.builders import replace
from tests.courses import CATALOGUE, record, sheet, signed_visit, treatment, typed, visit, when
from widgets import icons
from widgets.values import Choice

EN = words()
TODAY = date(2026, 11, 22)
MOMENT = Moment(datetime(2026, 2, 3, 9, tzinfo=UTC), 0)


def _view(shown: Visit, *others: Visit, **changes: object) -> SignedVisitView:
    visits = (shown, *others) if shown.error_reason is None else others
    reader = Reader(shown, record(visits), CATALOGUE, EN, TODAY)
    return signed_visit_view(replace(reader, **changes))


def _card(shown: Visit, *others: Visit, **changes: object) -> ScaleCard:
    return _view(shown, *others, **changes).cards[0]


def _lines(card: ScaleCard) -> dict[str, ItemLine]:
    return {line.name: line for line in card.lines}


def _told(card: ScaleCard) -> list[tuple[str, str, str, str]]:
    return [(line.level, line.told, line.was, line.change) for line in card.lines]


def test_the_visit_reads_as_it_was_drawn() -> None:
    """Day, rater, total, and each item with its criterion, what it was and how far it is."""
    before = signed_visit("2026-07-22", sheet("five_feature", "00000"))
    shown = signed_visit("2026-10-14", sheet("five_feature", "21100"))
    view = _view(shown, before)
    assert (view.title, view.facts) == ("Visit of 14 October 2026", "10:40 · M. Okafor")
    assert view.marks == ("Signed by M. Okafor, nurse, 14 Oct 2026, 10:40: I scored this visit.",)
    (card,) = view.cards
    assert (card.title, card.total) == ("Five-feature sheet, version 2", "4 of 15")
    assert (card.was, card.is_complete, card.notes) == ("was 0 on 22 Jul 2026", True, ())
    assert card.caution == "bedside sheet of this app, not a validated scale"
    assert card.lines[0] == ItemLine(
        "Eyes (opsoclonus)",
        "2",
        "frequent bursts that break fixation now and then",
        "was 0",
        f"{icons.HIGHER} 2 higher",
    )
    assert [line.name for line in card.lines[1:]] == [
        "Jerks (myoclonus)", "Gait", "Sleep", "Irritability", "Without gait",
    ]  # fmt: skip
    assert [(line.was, line.change) for line in card.lines[1:]] == [
        ("was 0", f"{icons.HIGHER} 1 higher"), ("was 0", f"{icons.HIGHER} 1 higher"),
        ("was 0", ""), ("was 0", ""), ("was 0", f"{icons.HIGHER} 3 higher"),
    ]  # fmt: skip


def test_lower_has_its_own_sign_and_word() -> None:
    """Never better or worse."""
    card = _card(
        visit("2026-02-01", sheet("five_feature", "10000")),
        visit("2026-01-01", sheet("five_feature", "30000")),
    )
    assert card.lines[0].change == f"{icons.LOWER} 2 lower"


def test_a_first_visit_has_nothing_before() -> None:
    """Neither a number nor a word for it."""
    view = _view(visit("2026-02-01", sheet("five_feature", "10000")))
    assert view.cards[0].was == ""
    assert {(line.was, line.change) for line in view.cards[0].lines} == {("", "")}
    assert (view.before, view.after, view.can_compare, view.since) == (None, None, False, None)


def test_what_has_no_level_is_told_and_never_compared() -> None:
    """Not testable with its reason, declined, open: what was before is told, no difference."""
    card = _card(
        visit("2026-02-01", sheet("five_feature", "x-.00")),
        visit("2026-01-01", sheet("five_feature", "33300")),
    )
    assert not card.is_complete
    assert _told(card)[:3] == [
        (icons.NOT_TESTABLE, "not testable: asleep", "was 3", ""),
        (icons.DECLINED, "declined", "was 3", ""),
        (icons.OPEN, "open", "was 3", ""),
    ]
    assert card.lines[-1] == ItemLine("Without gait", icons.OPEN, "no figure", "was 6", "")


def test_no_level_before_is_not_zero() -> None:
    """A level after none is told as such, with no difference."""
    card = _card(
        visit("2026-02-01", sheet("five_feature", "2000x")),
        visit("2026-01-01", sheet("five_feature", "x0000")),
    )
    assert _told(card)[0][2:] == ("none before", "")
    assert _told(card)[4][2:] == ("was 0 on 1 Jan 2026", "")


def test_each_item_is_held_against_its_own_last_level() -> None:
    """The day is told where it is another one than the total's."""
    card = _card(
        visit("2026-03", sheet("five_feature", "11111")),
        visit("2026-02-10", sheet("five_feature", "2x222")),
        visit("2026-01", sheet("five_feature", "33333")),
    )
    assert card.was == "was 15 in Jan 2026"
    assert card.lines[0].was == "was 2 on 10 Feb 2026"
    assert (card.lines[1].was, card.lines[1].change) == ("was 3", f"{icons.LOWER} 2 lower")


def test_sides_are_told_each_of_their_own() -> None:
    """Right with right, left with left."""
    keys = CATALOGUE.find("sara").keys
    right, left = (keys.index(Key("heel_shin", side)) for side in (Side.RIGHT, Side.LEFT))
    before, now = ["0"] * len(keys), ["0"] * len(keys)
    before[right], now[left] = "2", "3"
    card = _card(
        visit("2026-02-01", sheet("sara", "".join(now))),
        visit("2026-01-01", sheet("sara", "".join(before))),
    )
    lines = _lines(card)
    assert lines["Heel-shin slide, right side"].change == f"{icons.LOWER} 2 lower"
    assert lines["Heel-shin slide, left side"].change == f"{icons.HIGHER} 3 higher"
    assert card.caution == ""


def _versioned(made: Sheet, version: str) -> Sheet:
    return replace(made, version=version)


def test_versions_that_do_not_compare_say_so() -> None:
    """No number of another version stands beside this one; versions of one line do compare."""
    shown = visit("2026-02-01", sheet("five_feature", "11111"))
    old = visit("2026-01-01", _versioned(sheet("five_feature", "22222"), "0"))
    card = _card(shown, old)
    assert card.was == "not compared: version 0 before"
    assert {(line.was, line.change) for line in card.lines} == {
        ("not compared: version 0 before", "")
    }
    kin = visit("2026-01-01", _versioned(sheet("five_feature", "22222"), "1"))
    assert _card(shown, kin).lines[0].change == f"{icons.LOWER} 1 lower"


def test_levels_of_a_version_that_is_gone_stand_without_words() -> None:
    """The criteria of this version are not those by which it was scored."""
    card = _card(visit("2026-02-01", _versioned(sheet("five_feature", "1111x"), "0")))
    assert _told(card)[0][:2] == ("1", "")
    assert _told(card)[4][:2] == (icons.NOT_TESTABLE, "not testable: asleep")
    assert card.notes == (
        "This app no longer has the words of this version, so levels stand alone.",
    )


def test_a_typed_total_says_that_it_has_no_items() -> None:
    """It is compared as a total, and told as typed where it was the one before."""
    card = _card(visit("2026-02-01", typed("oms", "7")), visit("2026-01-01", typed("oms", "9")))
    assert (card.total, card.lines) == ("7 of 18, typed from paper", ())
    assert card.was == "was 9 (typed from paper) on 1 Jan 2026"
    assert card.notes == ("The total was typed from paper; there are no items.",)
    scored = _card(
        visit("2026-02-01", sheet("oms", "111111")), visit("2026-01-01", typed("oms", "9"))
    )
    assert {line.was for line in scored.lines} == {"none before"}


def test_unchecked_criteria_carry_their_mark() -> None:
    """On the card of the scale."""
    card = _card(visit("2026-02-01", sheet("oms", "111111")))
    assert card.caution.startswith("criteria in our own words, not yet checked")


def test_a_visit_in_error_is_compared_with_nothing() -> None:
    """It says so, keeps its neighbours, and offers no comparison."""
    shown = visit("2026-02-01", sheet("five_feature", "11111"), error_reason="wrong child")
    others = [visit(day, sheet("five_feature", "22222")) for day in ("2026-01-01", "2026-03-01")]
    view = _view(shown, *others)
    assert view.error == (
        "Entered in error: wrong child. It shows in no chart and no page, and is compared with "
        "nothing."
    )
    assert (view.marks, view.can_compare, view.since) == ((), False, None)
    assert view.cards[0].was == ""
    assert {(line.was, line.change) for line in view.cards[0].lines} == {("", "")}
    assert (view.before, view.after) == (
        Choice("#v2026-01-01", "1 Jan 2026"), Choice("#v2026-03-01", "1 Mar 2026"),
    )  # fmt: skip


def test_nothing_is_compared_with_a_visit_in_error() -> None:
    """The visit before it is the last that counts."""
    card = _card(
        visit("2026-03-01", sheet("five_feature", "11111")),
        visit("2026-02-01", sheet("five_feature", "33333"), error_reason="wrong child"),
        visit("2026-01-01", sheet("five_feature", "00000")),
    )
    assert card.was == "was 0 on 1 Jan 2026"


def test_an_amended_visit_tells_what_it_replaced() -> None:
    """Beside what was before: in words of its own, so that nobody takes one for the other."""
    before = visit("2026-02-01", sheet("five_feature", "21100"), typed("oms5", "5"))
    shown = replace(
        visit("2026-02-02", sheet("five_feature", "2x100"), visit_id="v2026-02-01"),
        version=2, amend_reason="wrong child's jerks",
    )  # fmt: skip
    view = _view(shown, visit("2026-01-01", sheet("five_feature", "00000")), amended=before)
    assert view.marks == (
        "Version 2 of this visit. Why it was amended: wrong child's jerks",
        "Changed: the visit was of 1 Feb 2026.",
        "Changed: OMS five-item total was taken out.",
    )
    card = view.cards[0]
    assert card.notes == ("Amended; it was: 4 of 15",)
    assert [line.amended for line in card.lines[:3]] == ["", "Amended; it was: 1", ""]
    assert card.lines[1].was == "was 0"


def test_what_an_amendment_left_alone_has_no_mark() -> None:
    """A level that went up where another went down leaves the total as it was."""
    before = visit("2026-02-01", sheet("five_feature", "21100"))
    shown = replace(
        visit("2026-02-01", sheet("five_feature", "12100")), version=2, amend_reason="a slip"
    )
    card = _card(shown, amended=before)
    assert card.notes == ()
    assert [line.amended for line in card.lines[:3]] == [
        "Amended; it was: 2", "Amended; it was: 1", "",
    ]  # fmt: skip


def test_an_older_version_says_that_a_newer_one_stands() -> None:
    """Whoever comes back to it does not take it for the visit."""
    old = visit("2026-02-01", sheet("five_feature", "21100"))
    newer = replace(old, id="#newer", version=2)
    reader = Reader(old, record((newer,)), CATALOGUE, EN, TODAY)
    view = signed_visit_view(reader)
    assert view.marks == ("This version was amended; a newer one stands in the course.",)
    assert (view.before, view.after, view.can_compare) == (None, None, False)


def test_what_stood_around_the_visit_is_told() -> None:
    """Context, measures, note and the questions that were kept; with nothing, nothing."""
    kept = replace(
        sheet("five_feature", "11111"),
        confirmed=(ConfirmedQuestion("q", "Eyes went from 0 to 2 since 22 Jul 2026."),),
    )
    shown = visit("2026-02-01", kept, context=VisitContext(slept="less_than_usual", note="calm"))
    facts = MeasureFacts(date=when("2026-02-01"), kind="weight_kg", value=Decimal("12.50"))
    view = _view(shown, measures=(Measure("m", "p", shown.id, facts),))
    assert view.around == (("Slept", "less than usual"), ("Weight (kg)", "12.5"))
    assert (view.note, view.kept) == ("calm", ("Eyes went from 0 to 2 since 22 Jul 2026.",))
    bare = _view(visit("2026-02-01"))
    assert (bare.around, bare.note, bare.kept, bare.cards) == ((), "", (), ())


def test_what_happened_since_the_visit_before_is_told_without_its_items() -> None:
    """Those stand on the cards already."""
    shown = visit("2026-02-01", sheet("five_feature", "11111"))
    before = visit("2026-01-01", sheet("five_feature", "22222"))
    made = record((before, shown), (treatment("t", "ivig", "2026-01-10"),))
    since = _view(shown, before, record=made).since
    assert since is not None
    assert (since.title, since.lines) == (
        "Since the last visit, 1 Jan 2026", ("IVIg: started 10 Jan 2026",),
    )  # fmt: skip
    assert (since.moves_title, since.moves) == ("", ())


@pytest.mark.parametrize(
    ("signature", "told"),
    [
        (None, "Signed as imported."),
        (
            Signature("u", "A. Keeper", Role.KEEPER, MOMENT, "x"),
            "Brought in by A. Keeper, keeper of the records, 3 Feb 2026, 09:00.",
        ),
    ],
)  # fmt: skip
def test_an_imported_visit_says_who_brought_it_in(signature: Signature | None, told: str) -> None:
    """Nobody here signed it."""
    view = _view(visit("2026-02-01", state=VisitState.IMPORTED, signature=signature, rater=""))
    assert view.marks == (told,)
    assert view.facts == "rater not recorded"


def test_the_head_has_the_patients_facts_and_mark() -> None:
    """The age is that of the visit's day; what whoever looks may do goes along."""
    shown = visit("2026-02-01")
    made = replace(record((shown,)), has_namesake=True)
    made = replace(made, patient=replace(made.patient, caution="illustrative scores"))
    rights = Rights(can_amend=False, told="A physician amends what somebody else signed.")
    view = _view(shown, record=made, rights=rights)
    assert view.identity.facts.startswith("born 14 Mar 2022 · 3 y 10 m · ID 40-1187")
    assert view.identity.mark == "similar name in these records"
    assert (view.caution, view.rights) == ("illustrative scores", rights)


def test_every_item_of_the_longest_scale_has_its_line() -> None:
    """In the order of the sheet, sides beside each other."""
    definition = CATALOGUE.find("icars")
    card = _card(visit("2026-02-01", sheet("icars", "0" * len(definition.keys))))
    assert len(card.lines) == len(definition.keys) + len(definition.subscores)
