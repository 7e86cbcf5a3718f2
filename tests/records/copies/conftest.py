"""A ward whose records are copied by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records.keys.keyfile import write_keys
from app.records.keys.vault import Holder, open_slot
from app.records.model import Role
from scales.catalogue import Catalogue
from tests.records.copies.ward import Ward
from tests.records.workbench import KEY


@pytest.fixture
def ward(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ward]:
    """Return a ward with a nurse, Ann, and the full copy of a first patient."""
    (tmp_path / "data").mkdir()
    made = Ward(tmp_path / "data", catalogue)
    bench = made.open()
    bench.store.users.add("Ann", Role.NURSE)
    write_keys(made.folder, (open_slot(KEY, Holder("u", "Ann")),))
    bench.patient("P0")
    made.copy_in_full()
    yield made
    for store in made.opened:
        store.close()
