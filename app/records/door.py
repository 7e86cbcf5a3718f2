"""Who is among the files of open records just now, for the moment when nobody may be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, RLock

_PAUSE = 0.2


class Door:
    """Lets any number of threads in; one may be alone, while those who come wait outside."""

    def __init__(self) -> None:
        self._changed = Condition(RLock())
        self._inside = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be among the files, with a connection of one's own or the key."""
        with self._changed:
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Keep everybody out for a moment; says whether nobody is inside, and waits for nobody."""
        with self._changed:
            yield self._inside == 0

    def wait_until_empty(self, go_on: Callable[[], None]) -> None:
        """Wait until nobody is inside; ``go_on`` is called meanwhile and ends it by raising."""
        with self._changed:
            while self._inside:
                go_on()
                self._changed.wait(_PAUSE)
