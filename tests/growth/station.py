"""A window on a folder in a process of its own, which does as it is told line by line.

Each line names a deed and what it needs; the answer is a line of JSON. Two such processes are
told in turn, so that a machine that slows down slows both.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from app.clock import SystemClock
from app.journey_stage import unhurried
from app.records.copies.tail import size_of
from app.running import Running, application
from app.screens.places import HistoryPlace
from tests.growth.cost import Cost
from tests.growth.hand import Hand
from tests.growth.made import patient_id

SHEET_TAPS = 5
TAPS = 11
_SIZE = QSize(1280, 800)


class Station:
    """A nurse at a window."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._copies = folder / "copies"
        self._running = Running(app, folder, SystemClock())
        self._running.guard.ticks = unhurried()
        # A fault of the app, or of the hand, is to be seen and not kept in a log.
        sys.excepthook = sys.__excepthook__
        self._running.start()
        self._running.window.resize(_SIZE)
        self._running.window.show()
        self._hand = Hand(app, self._running)
        self._hand.settle()
        self._taps = 0

    def wait(self) -> list[Cost]:
        """Let all that was begun beside the painted list come to its end."""
        self._hand.settle()
        return []

    def search(self, text: str) -> list[Cost]:
        """Type into the search of the list; what was typed goes again."""
        costs = self._hand.type_text(text)
        self._hand.erase(len(text))
        return costs

    def chart(self, number: str) -> list[Cost]:
        """Find a patient in the list and open the chart."""
        self._hand.type_text(patient_id(int(number)))
        return [self._hand.press(Qt.Key.Key_Return)]

    def due(self) -> list[Cost]:
        """See who is expected; nobody is, and that is found without looking through the file."""
        return [self._hand.click("Visits due (0)")]

    def back(self) -> list[Cost]:
        """Go back to the list."""
        return [self._hand.click("Back")]

    def begin(self) -> list[Cost]:
        """Start a visit from the chart."""
        self._taps = 0
        return [self._hand.click("Start visit")]

    def tap(self) -> list[Cost]:
        """Score the next item: the sheet's five, then the six of the OMS scale."""
        if self._taps == SHEET_TAPS:
            self._hand.click("+ OMS scale")
        self._taps += 1
        return [self._hand.press(Qt.Key.Key_1)]

    def sign(self) -> list[Cost]:
        """Sign from the summary, where the last tap leads.

        The first cost is until the chart is painted. Then the wall time of the second is the
        longest freeze of the window until the newest copy holds the visit, and the third is how
        long that takes from the signature on.
        """
        before, began = self._copied(), perf_counter()
        signed = self._hand.click("Sign visit")
        frozen = self._hand.longest_freeze(lambda: self._copied() != before)
        kept = perf_counter() - began
        self._hand.settle()
        return [signed, Cost(frozen, signed.cpu), Cost(kept, signed.cpu)]

    def history(self) -> list[Cost]:
        """See what was done to the patient whose chart is shown, from what stands under More."""
        return [self._hand.choose("History")]

    def whole_history(self) -> list[Cost]:
        """See what was done to all records, from the list."""
        self._running.desk.navigation.go(HistoryPlace())
        self._hand.settle()
        return []

    def memory(self) -> list[int]:
        """Return what the process takes now and took at most, in bytes."""
        told = dict(
            line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines()
        )
        return [int(told[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM")]

    def leave(self) -> list[Cost]:
        """Let the records go."""
        self._running.stop()
        return []

    def _copied(self) -> frozenset[tuple[str, int]]:
        """Return the checked copies by name, each with the size of its tail."""
        there = self._copies.iterdir() if self._copies.is_dir() else ()
        return frozenset(
            (path.name, size_of(path)) for path in there if not path.name.startswith(".")
        )


def main() -> None:
    """Do deeds until there are none any more."""
    station = Station(application(is_unseen=True), Path(sys.argv[1]))
    sys.stdout.write("[]\n")
    sys.stdout.flush()
    for line in sys.stdin:
        name, *needs = line.split()
        deed: Callable[..., object] = getattr(station, name)
        sys.stdout.write(json.dumps(deed(*needs)) + "\n")
        sys.stdout.flush()
        if name == "leave":
            return


if __name__ == "__main__":
    main()
