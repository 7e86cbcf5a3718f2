"""Two visits side by side, made from values alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.language import words
from app.records.model import Visit
from app.screens.comparison.view import Asked, ComparisonView, PairCard, comparison_view
from scales.model import Key, Side
from tests.builders import replace
from tests.courses import CATALOGUE, record, sheet, typed, visit
from widgets import icons

EN = words()
TODAY = date(2026, 11, 22)
LETTERS = st.lists(st.sampled_from("0123.x-"), min_size=5, max_size=5).map("".join)


def _view(shown: Visit, *others: Visit, other: str = "", born: str = "") -> ComparisonView:
    made = record((shown, *others) if shown.error_reason is None else others)
    if born:
        facts = replace(made.patient.facts, birth_date=PartialDate(int(born)))
        made = replace(made, patient=replace(made.patient, facts=facts))
    return comparison_view(Asked(shown, made, CATALOGUE, EN, TODAY), other)


def _card(shown: Visit, *others: Visit) -> PairCard:
    return _view(shown, *others).cards[0]


def test_the_visit_before_is_offered_first_and_shown() -> None:
    """Then those before it, then those after; each with its day and its totals."""
    visits = [
        visit(f"2026-0{month}-01", sheet("five_feature", f"{month - 1}0000"))
        for month in (1, 2, 3, 4)
    ]
    view = _view(visits[2], visits[0], visits[1], visits[3])
    assert [one.title for one in view.choices] == [
        "1 Feb 2026 · Five features 1 of 15", "1 Jan 2026 · Five features 0 of 15",
        "1 Apr 2026 · Five features 3 of 15",
    ]  # fmt: skip
    assert view.chosen == visits[1].id
    assert view.title == "Visit of 1 March 2026, item by item"
    assert view.heads == ("1 Feb 2026 · M. Okafor", "1 Mar 2026 · M. Okafor")
    assert view.told == ""


def test_the_earlier_one_stands_first_whichever_was_chosen() -> None:
    """Higher and lower are always said of the later one."""
    early = visit("2026-01-01", sheet("five_feature", "30000"))
    late = visit("2026-02-01", sheet("five_feature", "10000"))
    one, other = _view(early, late, other=late.id), _view(late, early)
    assert one.heads == other.heads
    assert one.cards == other.cards
    assert one.cards[0].lines[0].change == f"{icons.LOWER} 2 lower"
    assert one.cards[0].total.change == f"{icons.LOWER} 2 lower"


def test_a_visit_that_is_gone_is_not_compared_with() -> None:
    """The one before takes its place."""
    early, late = visit("2026-01-01"), visit("2026-02-01")
    assert _view(late, early, other="#gone").chosen == early.id


def test_differences_have_a_sign_and_a_word() -> None:
    """Sameness too; only a difference is told strongly."""
    card = _card(
        visit("2026-02-01", sheet("five_feature", "21011")),
        visit("2026-01-01", sheet("five_feature", "12011")),
    )
    assert [(line.change, line.differs) for line in card.lines[:3]] == [
        (f"{icons.HIGHER} 1 higher", True), (f"{icons.LOWER} 1 lower", True),
        (f"{icons.SAME} same as before", False),
    ]  # fmt: skip
    assert (card.lines[0].before, card.lines[0].now) == ("1, brief bursts", "2, frequent bursts")
    assert (card.total.before, card.total.now) == ("5 of 15", "5 of 15")
    assert (card.lines[-1].name, card.lines[-1].now) == ("Without gait", "5 of 12")


def test_what_is_no_level_is_told_and_not_compared() -> None:
    """Not testable, declined and open, on either side; two of a kind are not called the same."""
    card = _card(
        visit("2026-02-01", sheet("five_feature", "0x.0x")),
        visit("2026-01-01", sheet("five_feature", "x-0.x")),
    )
    assert [(line.before, line.now, line.change) for line in card.lines[:5]] == [
        ("not testable: asleep", "0, none", "not compared"),
        ("declined", "not testable: asleep", "not compared"),
        ("0, as expected", "open", "not compared"),
        ("open", "0, as usual", "not compared"),
        ("not testable: asleep", "not testable: asleep", "not compared"),
    ]
    assert card.total.change == "not compared"
    assert card.total.before.startswith("no total: ")


@given(LETTERS, LETTERS)
def test_each_line_comes_out_as_by_hand(before: str, now: str) -> None:
    """From the letters alone, by somebody who reads two sheets of paper."""
    card = _card(
        visit("2026-02-01", sheet("five_feature", now)),
        visit("2026-01-01", sheet("five_feature", before)),
    )
    for place, line in enumerate(card.lines[:5]):
        one, other = before[place], now[place]
        if not (one.isdigit() and other.isdigit()):
            expected = "not compared"
        elif one == other:
            expected = "= same as before"
        elif other > one:
            expected = f"▲ {int(other) - int(one)} higher"
        else:
            expected = f"▼ {int(one) - int(other)} lower"
        assert line.change == expected


def test_a_scale_of_one_visit_says_so() -> None:
    """Its total stands on its side, and nothing is compared."""
    view = _view(
        visit("2026-02-01", sheet("five_feature", "11111"), sheet("oms", "111111")),
        visit("2026-01-01", sheet("five_feature", "11111"), typed("oms5", "4")),
    )
    five, oms, oms5 = view.cards
    assert five.notes == ()
    assert oms.notes == ("Only at the visit of 1 Feb 2026.",)
    assert (oms.total.before, oms.total.now) == ("not done at this visit", "6 of 18")
    assert (oms.total.change, oms.lines) == ("not compared", ())
    assert oms5.notes == ("Only at the visit of 1 Jan 2026.",)
    assert oms5.caution.startswith("criteria in our own words")


def test_a_typed_total_is_compared_without_items() -> None:
    """That it has none is said."""
    card = _card(
        visit("2026-02-01", sheet("oms", "111111")), visit("2026-01-01", typed("oms", "9"))
    )
    assert card.notes == ("A total typed from paper has no items; only the totals are compared.",)
    assert (card.total.before, card.total.change) == (
        "9 of 18, typed from paper", f"{icons.LOWER} 3 lower",
    )  # fmt: skip
    assert card.lines == ()


def test_versions_that_do_not_compare_say_so() -> None:
    """Both answers stand there; the words of a version that is gone are not lent to it."""
    old = replace(sheet("five_feature", "22222"), version="0")
    card = _card(visit("2026-02-01", sheet("five_feature", "11111")), visit("2026-01-01", old))
    assert card.notes == ("Scored by versions 0 and 2 of the scale, which do not compare.",)
    assert {line.change for line in (card.total, *card.lines)} == {"not compared"}
    assert (card.lines[0].before, card.lines[0].now) == ("2", "1, brief bursts")


def test_sides_stand_each_beside_its_own() -> None:
    """A line a side, and the part that is made of their means is exact."""
    keys = CATALOGUE.find("sara").keys
    before, now = ["0"] * len(keys), ["0"] * len(keys)
    before[keys.index(Key("heel_shin", Side.RIGHT))] = "2"
    now[keys.index(Key("heel_shin", Side.LEFT))] = "1"
    card = _card(
        visit("2026-02-01", sheet("sara", "".join(now))),
        visit("2026-01-01", sheet("sara", "".join(before))),
    )
    changed = {line.name: line.change for line in card.lines if line.differs}
    assert changed == {
        "Heel-shin slide, right side": f"{icons.LOWER} 2 lower",
        "Heel-shin slide, left side": f"{icons.HIGHER} 1 higher",
        "Limbs": f"{icons.LOWER} 0.5 lower",
    }


def test_a_difference_within_measurement_noise_is_called_so() -> None:
    """Where noise was published for this age, and nowhere else."""
    keys = CATALOGUE.find("sara").keys
    one = visit("2026-01-01", sheet("sara", "1" + "0" * (len(keys) - 1)))
    other = visit("2026-02-01", sheet("sara", "2" + "0" * (len(keys) - 1)))
    told = "The difference of the totals is within measurement noise."
    assert CATALOGUE.find("sara").noise
    assert _view(other, one, born="1980").cards[0].notes == (told,)
    assert _view(other, one, born="2023").cards[0].notes == ()
    far = visit("2026-02-01", sheet("sara", "8" + "4" + "0" * (len(keys) - 2)))
    assert _view(far, one, born="1980").cards[0].notes == ()


def test_a_visit_in_error_is_compared_with_nothing() -> None:
    """It says so; nor is another one compared with it."""
    marked = visit("2026-02-01", sheet("five_feature", "11111"), error_reason="wrong child")
    other = visit("2026-01-01", sheet("five_feature", "22222"))
    view = _view(marked, other)
    assert view.told == "This visit is entered in error and is compared with nothing."
    assert (view.choices, view.chosen, view.heads, view.cards) == ((), "", (), ())
    assert _view(other, marked).told == "There is no other signed visit to compare with."


def test_a_choice_without_a_total_says_why_in_short() -> None:
    """One reason by name, more by their number."""
    view = _view(
        visit("2026-03-01"),
        visit("2026-02-01", sheet("five_feature", "x1111")),
        visit("2026-01-01", sheet("five_feature", "xx111")),
    )
    assert [one.title for one in view.choices] == [
        "1 Feb 2026 · Five features no total: Eyes (opsoclonus) not testable",
        "1 Jan 2026 · Five features no total: 2 items without a level",
    ]
