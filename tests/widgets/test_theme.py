"""The look: one stylesheet of roles, fonts of our own, text that can be enlarged."""

import re
from time import perf_counter

import pytest
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget

from app.palette import load_palette
from widgets.buttons import button
from widgets.labels import label
from widgets.layouts import column
from widgets.theme import (
    _SPOKEN,
    accent,
    apply_theme,
    set_mark,
    set_role,
    style_sheet,
    system_text_percent,
)

pytestmark = pytest.mark.usefixtures("dressed")


def test_every_role_of_the_stylesheet_is_filled() -> None:
    """No place of the stylesheet stays open."""
    assert not re.search(r"[$@]", style_sheet())


def test_the_stylesheet_names_only_roles_of_the_palette() -> None:
    """A colour is a role, never a number, so that another theme needs no other sheet."""
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", style_sheet()) == []


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_role_that_the_stylesheet_names_has_its_colour(
    qapp: QApplication, name: str
) -> None:
    """No two roles share a place of Qt's palette."""
    palette = load_palette(name)
    apply_theme(qapp, palette)
    for role, spoken in _SPOKEN.items():
        one = QLabel()
        one.setStyleSheet(f"background: {spoken};")
        one.resize(8, 8)
        assert one.grab().toImage().pixelColor(4, 4).name().upper() == palette[role]


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize(
    ("role", "ground"), [("primary", "accent"), ("danger", "surface"), ("quiet", "surface")]
)
def test_of_all_buttons_only_the_primary_one_is_filled(
    qapp: QApplication, name: str, role: str, ground: str
) -> None:
    """What destroys stands out by its words and its line, never as the way to go."""
    palette = load_palette(name)
    apply_theme(qapp, palette)
    one = button("Remove", role)
    one.resize(200, 48)
    assert one.grab().toImage().pixelColor(12, 24).name().upper() == palette[ground]


def test_enlarging_enlarges_every_text_size() -> None:
    """At 150 % a text of 26 px becomes one of 39 px."""
    assert "font-size: 26px" in style_sheet()
    assert "font-size: 39px" in style_sheet(150)


def test_the_app_wears_the_theme(qapp: QApplication) -> None:
    """Palette, font and stylesheet come from the theme."""
    palette = load_palette("dark")
    apply_theme(qapp, palette, 150)
    assert qapp.palette().window().color().name().upper() == palette["background"]
    assert qapp.font().families()[0] == "Noto Sans"
    assert qapp.font().pixelSize() == 22
    assert qapp.styleSheet() == style_sheet(150)
    qapp.setStyleSheet("")  # it wears a style of its own over the one that is asked about
    assert qapp.style().name() == "fusion"


def _page(words: int) -> QWidget:
    page = QWidget()
    set_role(page, "page")
    stack = column(page)
    for number in range(words):
        stack.addWidget(label(str(number), "heading"))
    return page


def _filled() -> QStackedWidget:
    """Return a few pages that were seen, the last of them in front."""
    pages = QStackedWidget()
    pages.show()
    for _ in range(6):
        pages.addWidget(_page(60))
        pages.setCurrentIndex(pages.count() - 1)
    return pages


def test_another_theme_costs_a_fraction_of_another_stylesheet(qapp: QApplication) -> None:
    """A filled window changes while the finger is still on the glass."""
    pages = _filled()
    began = perf_counter()
    apply_theme(qapp, load_palette("dark"))
    changed = perf_counter()
    sheet = qapp.styleSheet()
    qapp.setStyleSheet("")
    qapp.setStyleSheet(sheet)
    dressed = perf_counter()
    assert pages.isVisible()
    assert changed - began < dressed - changed


def test_what_is_hidden_takes_the_theme_when_it_is_shown(qapp: QApplication) -> None:
    """Before its first paint, though nothing was done to it while it was out of sight."""
    pages = _filled()
    for name in ("contrast", "dark"):
        apply_theme(qapp, load_palette(name))
    grounds = []
    for number in range(pages.count()):
        pages.setCurrentIndex(number)
        grounds.append(pages.grab().toImage().pixelColor(1, 1).name().upper())
    assert set(grounds) == {load_palette("dark")["background"]}


def test_a_chosen_button_ticks_in_the_colour_of_the_theme(qapp: QApplication) -> None:
    """The tick is drawn, so it asks for the colour at each paint."""
    for name in ("dark", "light"):
        apply_theme(qapp, load_palette(name))
        assert accent().name().upper() == load_palette(name)["accent"]


def test_the_bundled_fonts_are_there(dressed: QApplication) -> None:
    """Noto Sans with its Arabic, Hebrew and sign fonts does not depend on the machine."""
    assert dressed.font().family() in QFontDatabase.families()
    for family in ("Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols2"):
        assert family in QFontDatabase.families()


@pytest.mark.parametrize(("points", "percent"), [(10, 100), (15, 150), (6, 100), (50, 200)])
def test_the_system_text_size_is_followed_within_reason(points: float, percent: int) -> None:
    """A larger system text enlarges ours; a smaller one never shrinks it."""
    font = QFont()
    font.setPointSizeF(points)
    assert system_text_percent(font) == percent


def test_a_role_can_change_while_it_shows() -> None:
    """A label dressed anew looks like its new role."""
    one = QLabel("x")
    set_role(one, "title")
    one.ensurePolished()
    large = one.font().pixelSize()
    set_role(one, "small")
    assert (large, one.font().pixelSize()) == (26, 13)


def test_the_same_mark_again_changes_nothing() -> None:
    """Setting a mark that stands leaves the widget in peace."""
    one = QLabel("x")
    set_mark(one, "chosen", "yes")
    set_mark(one, "chosen", "yes")
    assert one.property("chosen") == "yes"
