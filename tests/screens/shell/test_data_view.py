"""The page of the data in words: what is well, what is not, and how a copy differs."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import Moment
from app.language import words
from app.records.copies.comparison import Comparison, Cut, Lack
from app.records.copies.heads import Ending
from app.records.copies.inventory import CopyState
from app.records.copies.second_place import Elsewhere
from app.records.file.names import name_of
from app.records.model import Finding
from app.records.rescue import Rescued
from app.screens.opening.damage_view import rescued_words
from app.screens.your_data.putting_view import putting_view
from app.screens.your_data.view import Checked, DataFacts, DataView, check_text, data_view
from tests.builders import replace

NOW = Moment(datetime(2026, 10, 20, 9, 31, tzinfo=UTC), 60)
FOLDER = Path("/data/unit 5")
COPY = FOLDER / "copies" / name_of(NOW.utc)
SOUND = CopyState(COPY, is_verified=True, visits=214, patients=46)
FACTS = DataFacts(folder=FOLDER, now=NOW, paths=(COPY,), states={COPY: SOUND})
LACK = Lack("Jonas Keller", "40-1", date(2026, 10, 20), 1, 0, 0, 0)


def _view(**changes: object) -> DataView:
    return data_view(replace(FACTS, **changes), words())


def test_a_check_without_a_find_says_that_all_is_well() -> None:
    """With what the records held then; a kind of problem that was not met is no line."""
    checked = Checked(NOW, (Finding("journal", 0, "{count} entries differ."),), SOUND)
    view = _view(checked=checked)
    assert (view.is_well, view.title) == (True, "All is well.")
    assert view.text.startswith(
        "Checked today, 10:31: 214 visits, 46 patients, journal whole, every total as written."
    )


def test_a_copy_with_a_damaged_end_says_how_far_it_is_sound() -> None:
    """It is bad and can be put back; one that is damaged as a whole says nothing and cannot."""
    end = Ending(Moment(NOW.utc - timedelta(hours=1), 60), "1:aa")
    cut = replace(SOUND, is_verified=False, is_cut=True, end=end)
    (line,) = _view(states={COPY: cut}, may_put_back=True).lines
    assert (line.state, line.holds) == (
        "last part damaged",
        "Sound up to today, 09:31 · 214 visits",
    )
    assert (line.is_bad, line.can_put_back) == (True, True)
    (line,) = _view(states={COPY: cut}).lines
    assert not line.can_put_back
    (line,) = _view(states={COPY: CopyState(COPY, is_verified=False)}, may_put_back=True).lines
    assert (line.state, line.holds, line.is_bad, line.can_put_back) == ("damaged", "", True, False)


def test_a_copy_that_was_not_read_is_not_called_damaged() -> None:
    """There may have been no room for it; it can be tried."""
    (line,) = _view(
        states={COPY: CopyState(COPY, is_verified=False, is_unread=True)}, may_put_back=True
    ).lines
    assert (line.state, line.holds, line.is_bad, line.can_put_back) == (
        "not read",
        "",
        False,
        True,
    )


@pytest.mark.parametrize("is_begun", [True, False])
def test_what_is_put_back_of_a_damaged_copy_is_said_first(is_begun: bool) -> None:
    """With the last entry before the damage, where there is one, and the visits until then."""
    end = Ending(NOW, "1:aa") if is_begun else None
    found = Comparison((LACK,), (), cut=Cut(end, 1))
    text = putting_view("today", found, words()).text
    assert text.startswith("The last part of this copy is damaged. ")
    assert ("It is sound up to 20 Oct 2026, 10:31, with 1 visit; " in text) is is_begun
    assert "with 1 visit; what was written after that is lost in it. What was" in text


def test_what_the_check_found_is_told_line_by_line() -> None:
    """Each kind with its count and the names it has."""
    findings = (
        Finding("journal", 2, "{count} entries differ."),
        Finding("pages", 0, "{count} pages are damaged."),
        Finding("copies", 1, "{count} copy is damaged.", named=("20261120T100000.000Z",)),
    )
    told = check_text(findings, words()).splitlines()
    assert told == ["2 entries differ.", "1 copy is damaged.", "20261120T100000.000Z"]
    assert not _view(checked=Checked(NOW, findings)).is_well


def test_lines_of_the_list_made_anew_are_no_trouble() -> None:
    """They are told, and all is well."""
    made_anew = Finding("lines", 1, "{count} line was made anew.", is_damage=False)
    view = _view(checked=Checked(NOW, (made_anew,), SOUND))
    assert view.is_well
    assert "1 line was made anew." in view.text


def test_a_copy_later_than_now_is_told_with_the_machines_time() -> None:
    """Either this clock is wrong, or the one of the copy was."""
    view = _view(now=Moment(NOW.utc - timedelta(days=30), 60))
    assert not view.is_well
    assert (
        "The last copy was made on 20 Oct 2026, 10:31, and this machine says that it is "
        "20 Sep 2026, 10:31 now." in view.text
    )


def test_yesterday_is_called_so() -> None:
    """By the day on the wall clock of this place."""
    hours = (
        datetime(2026, 10, 19, 23, 30, tzinfo=UTC) - timedelta(days=days) for days in range(3)
    )
    paths = tuple(FOLDER / "copies" / name_of(hour) for hour in hours)
    told = [line.when for line in _view(paths=paths).lines]
    assert told == ["today, 00:30", "yesterday, 00:30", "18 Oct 2026, 00:30"]


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"is_demo": True}, "Demo data"),
        ({"is_protected": False}, "Not protected"),
        ({}, "The records are encrypted"),
    ],
)
def test_how_the_records_are_protected_is_told(changes: dict[str, bool], begins: str) -> None:
    """As they are."""
    assert _view(**changes).protection.startswith(begins)


def test_a_second_place_on_the_same_disk_is_doubted() -> None:
    """It may be there, and goes with the disk."""
    place = Elsewhere(Path("/data/backup"), is_there=True, is_same_disk=True, last=None)
    assert "on the same disk" in _view(elsewhere=place).place.caution
    assert _view(elsewhere=place).is_well


def test_a_copy_that_holds_more_is_no_loss() -> None:
    """What is said before it is put back follows from what differs."""
    more = putting_view("today", Comparison((), (LACK,)), words())
    assert more.text.startswith("This copy holds all that the records hold, and more.")
    alike = putting_view("today", Comparison((), ()), words())
    assert alike.text.startswith("This copy holds all that the records hold, and nothing else.")
    less = putting_view("today", Comparison((LACK,), ()), words())
    assert less.text.startswith("What was written after this copy would not be in the records")
    assert [side.title for side in less.sides] == ["In the records, and not in this copy"]


def test_a_long_list_says_how_much_more_there_is() -> None:
    """Nobody reads a thousand lines, nor takes forty for all."""
    lacks = tuple(replace(LACK, identifier=str(number)) for number in range(43))
    (side,) = putting_view("today", Comparison(lacks, ()), words()).sides
    assert len(side.lines) == 40
    assert side.rest == "and 3 more lines of this kind"


def test_what_could_not_be_read_is_named() -> None:
    """By identifier and part; patients of whom nothing is known are counted."""
    told = rescued_words(Rescued((), (("40-1", "visits"),), 2), FOLDER, words())
    assert "Not all could be read of: 40-1 (visits)." in told
    assert "Of 2 more patients nothing could be read." in told
    assert "not encrypted" in told
