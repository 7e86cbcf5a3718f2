"""Writes down as checked what a start reads, after each change: scales, lists and themes."""

from app.palette import write_checked_themes
from app.paths import LISTS
from app.records.list_files import load_list
from app.records.lists import CHECKED_LISTS, code_list
from scales.catalogue import write_checked
from scales.sealed import write_sealed


def write_checked_lists() -> None:
    """Check the files of all lists and write the lists beside their folder.

    Raises:
        Bug: A file is not sound; nothing is written.

    """
    sources = sorted(LISTS.glob("*.toml"))
    checked = {path.stem: load_list(path, code_list) for path in sources}
    write_sealed(CHECKED_LISTS, sources, checked)


if __name__ == "__main__":
    write_checked()
    write_checked_lists()
    write_checked_themes()
