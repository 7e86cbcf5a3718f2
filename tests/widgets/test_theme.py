"""The look: one stylesheet of roles, fonts of our own, text that can be enlarged."""

import re

import pytest
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel

from app.palette import ROLES, load_palette
from widgets.theme import apply_theme, set_mark, set_role, style_sheet, system_text_percent

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_role_of_the_stylesheet_is_filled(name: str) -> None:
    """No theme leaves a place of the stylesheet open."""
    assert not re.search(r"[$@]", style_sheet(load_palette(name)))


def test_the_stylesheet_names_only_roles_of_the_palette() -> None:
    """A colour that the stylesheet uses is a role, never a number of its own."""
    palette = load_palette("light")
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(palette)))
    assert used <= {palette[role] for role in ROLES}


def test_enlarging_enlarges_every_text_size() -> None:
    """At 150 % a text of 26 px becomes one of 39 px."""
    assert "font-size: 26px" in style_sheet(load_palette("light"))
    assert "font-size: 39px" in style_sheet(load_palette("light"), 150)


def test_the_app_wears_the_theme(qapp: QApplication) -> None:
    """Palette, font and stylesheet come from the theme."""
    palette = load_palette("dark")
    apply_theme(qapp, palette, 150)
    assert qapp.palette().window().color().name().upper() == palette["background"]
    assert qapp.font().families()[0] == "Noto Sans"
    assert qapp.font().pixelSize() == 22
    assert palette["accent"] in qapp.styleSheet()


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
