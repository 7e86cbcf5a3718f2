"""Which data folder the window opens: the one named, the usual one, or a throw-away demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.paths import default_data_folder
from scales.catalogue import load_catalogue


@contextmanager
def data_folder(data: Path | None, clock: Clock, *, is_demo: bool) -> Iterator[Path]:
    """Lend the data folder: a throw-away one with the demo, the one named, or the usual one."""
    if not is_demo:
        yield default_data_folder() if data is None else data
        return
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - as above

    from app.exchange.demo import build_demo  # noqa: PLC0415 - only the demo is imported anew

    with TemporaryDirectory(prefix="oms-bedside-demo-") as name:
        folder = Path(name) / "data"
        build_demo(folder, clock=clock, catalogue=load_catalogue())
        yield folder
