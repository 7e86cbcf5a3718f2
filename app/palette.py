"""The colours of a theme by role, read once from ``resources/themes/<name>.toml``.

They are kept sealed beside their folder, too; where that does not fit, the file is read.

Screen and page read the same roles, so they agree without knowing each other.
"""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from app.paths import THEMES
from scales.sealed import read_sealed, write_sealed

CHECKED_THEMES = THEMES.with_suffix(".json")
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
    checked = read_sealed(CHECKED_THEMES, THEMES.glob("*.toml"), dict[str, Palette]) or {}
    return checked[name] if name in checked else _read(name)


def write_checked_themes() -> None:
    """Read every theme and write them beside their folder; ``KeyError`` as above."""
    sources = sorted(THEMES.glob("*.toml"))
    palettes = {path.stem: _read(path.stem) for path in sources}
    write_sealed(CHECKED_THEMES, sources, palettes)


def _read(name: str) -> Palette:
    import tomllib  # noqa: PLC0415 - only where nothing checked fits

    table = tomllib.loads((THEMES / f"{name}.toml").read_text(encoding="utf-8"))
    return Palette(name=name, colours={role: str(table["colours"][role]) for role in ROLES})
