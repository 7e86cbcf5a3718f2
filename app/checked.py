"""Writes down as checked what a start reads, after each change: scales, lists and themes."""

from app.palette import write_checked_themes
from app.records.list_files import write_checked_lists
from scales.catalogue import write_checked

if __name__ == "__main__":
    write_checked()
    write_checked_lists()
    write_checked_themes()
