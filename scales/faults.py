"""What is wrong inside a scale file or a code list, before the file's name is known."""

from collections.abc import Iterable


class Fault(Exception):
    """Something in the file is wrong: at which key, and why, for the file's author."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


def refuse_twice(place: str, names: Iterable[str]) -> None:
    """Refuse a name that stands twice.

    Raises:
        Fault: One does; it is named.

    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Fault(place, f"“{name}” stands twice")
        seen.add(name)
