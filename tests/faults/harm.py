"""Damage of one file: a bit, a cut, a zeroed page, something swapped, or all of it gone."""

from collections.abc import Callable
from pathlib import Path
from random import Random

PAGE = 4096
Harm = Callable[[Path, Path, Random], None]
"""Harms a file; the second path is a file of its kind with other content."""


def turn_bit(path: Path, _other: Path, chance: Random) -> None:
    """Turn one bit."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut(path: Path, _other: Path, chance: Random) -> None:
    """Lose the end."""
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def zero_page(path: Path, _other: Path, chance: Random) -> None:
    """Read as zeros on one page of the disk."""
    content = bytearray(path.read_bytes())
    first = chance.randrange(0, len(content), PAGE)
    last = min(first + PAGE, len(content))
    content[first:last] = bytes(last - first)
    path.write_bytes(content)


def swap_pages(path: Path, other: Path, chance: Random) -> None:
    """Have two pages change places; of a file of one page, be the other file."""
    content = bytearray(path.read_bytes())
    pages = len(content) // PAGE
    if pages < 2:
        path.write_bytes(other.read_bytes())
        return
    one, two = (slice(each * PAGE, (each + 1) * PAGE) for each in chance.sample(range(pages), 2))
    content[one], content[two] = content[two], content[one]
    path.write_bytes(content)


def swap_files(path: Path, other: Path, _chance: Random) -> None:
    """Be the other file."""
    path.write_bytes(other.read_bytes())


def remove(path: Path, _other: Path, _chance: Random) -> None:
    """Be gone."""
    path.unlink()


HARMS: dict[str, Harm] = {
    "bit": turn_bit,
    "cut": cut,
    "zeroed page": zero_page,
    "swapped pages": swap_pages,
    "swapped file": swap_files,
    "removed": remove,
}
