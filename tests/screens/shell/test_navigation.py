"""The way through the window and back."""

import pytest

from app.screens.navigation import Navigation
from app.screens.places import ChartPlace, PatientsPlace, Place, SettingsPlace, VisitPlace


@pytest.fixture
def way() -> tuple[Navigation, list[Place]]:
    """Return a navigation and the list of places it went to."""
    navigation, went = Navigation(), list[Place]()
    navigation.went.connect(went.append)
    return navigation, went


def test_going_tells_the_place(way: tuple[Navigation, list[Place]]) -> None:
    """Whoever shows places hears of each."""
    navigation, went = way
    navigation.go(ChartPlace("p"))
    assert (went, navigation.place) == ([ChartPlace("p")], ChartPlace("p"))


def test_back_leads_the_way_one_came(way: tuple[Navigation, list[Place]]) -> None:
    """From the visit over the chart to the list, and no further."""
    navigation, went = way
    for place in (ChartPlace("p"), VisitPlace("v")):
        navigation.go(place)
    for _ in range(3):
        navigation.back()
    assert went[2:] == [ChartPlace("p"), PatientsPlace(), PatientsPlace()]


def test_a_replaced_place_is_not_on_the_way_back(way: tuple[Navigation, list[Place]]) -> None:
    """A form that became a chart is over."""
    navigation, went = way
    navigation.go(SettingsPlace())
    navigation.replace(ChartPlace("p"))
    navigation.back()
    assert went[-1] == PatientsPlace()


def test_the_list_is_always_the_start(way: tuple[Navigation, list[Place]]) -> None:
    """From the list there is no way back into a patient."""
    navigation, went = way
    navigation.go(ChartPlace("p"))
    navigation.go(PatientsPlace())
    navigation.back()
    assert went[-1] == PatientsPlace()


def test_going_where_one_is_adds_no_step(way: tuple[Navigation, list[Place]]) -> None:
    """A double tap does not need two steps back."""
    navigation, went = way
    navigation.go(ChartPlace("p"))
    navigation.go(ChartPlace("p"))
    navigation.back()
    assert went[-1] == PatientsPlace()
