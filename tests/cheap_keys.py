"""What a passphrase costs where nobody says it: next to nothing, since no test guesses one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.records import folder
from app.records.keys import slots, vault
from app.records.keys.keyfile import STANDARD, Cost

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
SEALING: tuple[Any, ...] = (
    vault.passphrase_slot,
    vault.recovery_slot,
    vault.change_passphrase,
    vault.renew_code,
    slots.Slots.__init__,
    folder.create_folder,
)
"""Everything that seals a key and may be told what to spend."""
_SHIPPED = [(deed.__defaults__ or (), deed.__kwdefaults__ or {}) for deed in SEALING]


@contextmanager
def keys_that_cost(cost: Cost) -> Iterator[None]:
    """Have a key cost this wherever the app would take its standard."""
    before = [(deed.__defaults__, deed.__kwdefaults__) for deed in SEALING]
    for deed, (given, named) in zip(SEALING, _SHIPPED, strict=True):
        deed.__defaults__ = tuple(_spent(one, cost) for one in given)
        deed.__kwdefaults__ = {name: _spent(one, cost) for name, one in named.items()}
    try:
        yield
    finally:
        for deed, (given, named) in zip(SEALING, before, strict=True):
            deed.__defaults__, deed.__kwdefaults__ = given, named


def _spent(default: object, cost: Cost) -> object:
    return cost if default is STANDARD else default
