"""Which data folder the window opens, and its records where nobody has to be asked first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from app.clock import Clock
from app.errors import AppError
from app.paths import default_data_folder
from app.records.folder import Held, holds_data, is_held, needs_secret, open_folder
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from scales.errors import ScaleError


class AtOnce(Struct, frozen=True):
    """What a start found: the open records, or why they are not open where that is known.

    Neither is there where somebody has to be asked: at a first run, and for a passphrase.
    """

    store: Store | None = None
    catalogue: Catalogue | None = None
    refused: AppError | None = None


def open_at_once(folder: Path, secret: str | None, clock: Clock, user: str = "") -> AtOnce:
    """Open the records with what is known, if that is enough."""
    try:
        return _opened(folder, secret, clock, user)
    except AppError as problem:
        return AtOnce(refused=problem)
    except ScaleError:
        return AtOnce()  # the opening screen meets it again and says it


def _opened(folder: Path, secret: str | None, clock: Clock, user: str) -> AtOnce:
    if not holds_data(folder):
        return AtOnce()
    if secret is None and needs_secret(folder):
        return AtOnce(refused=Held() if is_held(folder) else None)
    catalogue = load_catalogue()
    store = open_folder(folder, secret, clock=clock, catalogue=catalogue, user=user)
    return AtOnce(store, catalogue)


@contextmanager
def data_folder(data: Path | None, clock: Clock, *, is_demo: bool) -> Iterator[Path]:
    """Lend the data folder: a throw-away one with the demo, the one named, or the usual one."""
    if not is_demo:
        yield default_data_folder() if data is None else data
        return
    from app.exchange.demo import build_demo  # noqa: PLC0415 - only the demo is imported anew
    from app.records.file.outside import temporary_folder  # noqa: PLC0415 - as above

    with temporary_folder() as place:
        folder = place / "data"
        build_demo(folder, clock=clock, catalogue=load_catalogue())
        yield folder
