"""Every theme can be read: each role is there and text keeps its contrast."""

import pytest

from app.palette import ROLES, load_palette
from app.settings import Theme

TEXT_ON = [
    (text, ground)
    for text in ("ink", "ink_soft", "accent", "caution")
    for ground in ("background", "surface")
] + [
    ("accent", "accent_soft"),
    ("ink", "accent_soft"),
    ("caution", "caution_soft"),
    ("on_accent", "accent"),
    ("ink", "raised"),
    ("ink_soft", "raised"),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [theme.value for theme in Theme])
def test_every_role_has_a_colour(name: str) -> None:
    """No role is left to chance."""
    palette = load_palette(name)
    assert {role for role in ROLES if not palette[role].startswith("#")} == set()


@pytest.mark.parametrize("name", [theme.value for theme in Theme])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_keeps_its_contrast(name: str, text: str, ground: str) -> None:
    """Text stands at 4.5:1 or more on each ground it is used on, 7:1 in high contrast."""
    palette = load_palette(name)
    least = 7.0 if name == "contrast" else 4.5
    assert _contrast(palette[text], palette[ground]) >= least


@pytest.mark.parametrize("name", [theme.value for theme in Theme])
def test_grid_lines_are_quieter_than_whatever_stands_on_them(name: str) -> None:
    """The grid is seen, but each line, bar and word of a chart stands out twice as much."""
    palette = load_palette(name)
    grid = _contrast(palette["grid"], palette["background"])
    assert 1.1 < grid < 2
    data = [role for role in ROLES if role.startswith(("series", "class_"))]
    for role in ("ink_soft", *data):
        assert _contrast(palette[role], palette["background"]) > 2 * grid


@pytest.mark.parametrize("name", [theme.value for theme in Theme])
@pytest.mark.parametrize("series", ["series1", "series2", "series3", "series4"])
def test_lines_can_be_told_from_the_ground(name: str, series: str) -> None:
    """A line or a point stands at 3:1 or more on the background."""
    palette = load_palette(name)
    assert _contrast(palette[series], palette["background"]) >= 3.0
