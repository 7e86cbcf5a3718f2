"""PINs in memory: which are taken, which open, and when none opens any more."""

import pytest

from app.errors import UserError
from app.screens.lock.pins import LONGEST_MS, MOST_WRONG, Pins


class _Ticks:
    """Milliseconds that are moved by hand."""

    now = 0

    def __call__(self) -> int:
        """Return them."""
        return self.now


@pytest.fixture
def ticks() -> _Ticks:
    """Return ticks that stand."""
    return _Ticks()


@pytest.fixture
def pins(ticks: _Ticks) -> Pins:
    """Return the PIN of Ann, who has just given her passphrase."""
    pins = Pins(ticks)
    pins.welcome("ann")
    pins.choose("ann", "4711")
    return pins


def test_a_pin_opens_for_whoever_chose_it_alone(pins: Pins) -> None:
    """Whoever has none, and whoever chose another one, does not come in by it."""
    pins.choose("ben", "83920")
    assert pins.opens("ann", "4711")
    assert not pins.opens("ben", "4711")
    assert not pins.opens("carol", "4711")
    assert (pins.has("ann"), pins.has("carol")) == (True, False)


def test_a_pin_in_digits_of_another_script_is_the_same(pins: Pins) -> None:
    """A keyboard that writes digits of its own locks nobody out."""
    assert pins.opens("ann", "٤٧١١")
    assert pins.opens("ann", "\uff14\uff17\uff11\uff11")


@pytest.mark.parametrize("poor", ["", "471", "0000", "1234", "9876", "7" * 65])
def test_a_poor_pin_is_refused(poor: str) -> None:
    """Too short, too long, or what everybody tries first."""
    pins = Pins()
    with pytest.raises(UserError, match="Please choose"):
        pins.choose("ann", poor)
    assert not pins.has("ann")


def test_five_wrong_ones_spend_it_until_a_passphrase(pins: Pins) -> None:
    """A right one in between does not begin the count anew; a passphrase does."""
    for _ in range(MOST_WRONG - 1):
        assert not pins.opens("ann", "0815")
        assert pins.opens("ann", "4711")
    assert pins.left == 1
    assert not pins.opens("ann", "0815")
    assert pins.is_spent
    assert not pins.opens("ann", "4711")
    pins.welcome("ann")
    assert pins.opens("ann", "4711")


def test_twelve_hours_after_the_passphrase_none_opens(pins: Pins, ticks: _Ticks) -> None:
    """However often the window was locked and opened by it meanwhile."""
    ticks.now = LONGEST_MS - 1
    assert pins.opens("ann", "4711")
    ticks.now = LONGEST_MS
    assert (pins.is_old("ann"), pins.has("ann"), pins.opens("ann", "4711")) == (True, False, False)
    pins.welcome("ann")
    assert pins.opens("ann", "4711")


def test_what_is_forgotten_opens_nothing(pins: Pins) -> None:
    """Once the records are closed only a passphrase helps."""
    pins.forget()
    assert (pins.has("ann"), pins.opens("ann", "4711")) == (False, False)


def test_the_pin_itself_is_kept_nowhere(pins: Pins) -> None:
    """What is kept is salted: the same PIN of two people is kept as two."""
    pins.choose("ben", "4711")
    kept = [pins._kept[user] for user in ("ann", "ben")]
    assert all(b"4711" not in one.derived + one.salt for one in kept)
    assert kept[0].derived != kept[1].derived
