"""The colours of a theme by role, read once from ``resources/themes/<name>.toml``.

Screen and page read the same roles, so they agree without knowing each other.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from app.paths import THEMES

ROLES = (
    "background", "surface", "raised", "ink", "ink_soft", "line", "grid", "accent", "accent_soft",
    "on_accent", "caution", "caution_soft", "focus",
    "series1", "series2", "series3", "series4", "series5", "series6",
    "class_steroid", "class_immunoglobulin", "class_immunosuppressant", "class_b_cell",
    "class_symptomatic", "class_tumour", "class_diet", "relapse_soft",
)  # fmt: skip


class Palette(Struct, frozen=True):
    """A theme: ``colours`` maps every role of ``ROLES`` to ``#RRGGBB``."""

    name: str
    colours: Mapping[str, str]

    def __getitem__(self, role: str) -> str:
        return self.colours[role]


@cache
def load_palette(name: str) -> Palette:
    """Read a theme by name; ``KeyError`` names a role that the file lacks."""
    table = tomllib.loads((THEMES / f"{name}.toml").read_text(encoding="utf-8"))
    colours = {role: str(table["colours"][role]) for role in ROLES}
    return Palette(name=name, colours=colours)
