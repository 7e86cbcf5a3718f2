"""What opening the records takes from around it."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from app.clock import Clock
from app.language import Words
from app.screens.ask import Ask
from app.screens.tasks import Tasks
from scales.catalogue import Catalogue


class Surroundings(Struct, frozen=True):
    """The folder of the records, and the clock, words and doors that opening them takes."""

    folder: Path
    clock: Clock
    words: Words
    ask: Ask
    tasks: Tasks
    load_scales: Callable[[], Catalogue]
