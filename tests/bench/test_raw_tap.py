"""The bare commit that stands beside a tap writes what the tap writes."""

from contextlib import closing
from pathlib import Path

from tests.bench.clinic import begin_visit, opened, raw_tap, two_taps
from tests.bench.raw_tap import all_rows, writes_between
from tests.growth.folders import import_patients, new_store


def test_a_bare_commit_writes_the_rows_of_a_tap(tmp_path: Path) -> None:
    """As many new rows and the same cells of old ones; indexes stay, triggers are gone."""
    folder, copy = tmp_path / "data", tmp_path / "copy"
    with closing(new_store(folder)) as store:
        import_patients(store, range(1))
        begin_visit(store)
    with raw_tap(folder, copy) as raw:
        connection = raw._connection
        before = all_rows(connection)
        raw()
        made = writes_between(connection, before, all_rows(connection))
        indexes = "SELECT count(*) FROM sqlite_master WHERE type = ?"
        assert connection.execute(indexes, ["index"]).fetchone()[0] > 0
        assert connection.execute(indexes, ["trigger"]).fetchone()[0] == 0
    with closing(opened(folder)) as store:
        _, tap = two_taps(store, store.lines.drafts()[0].visit)
    assert sorted(write.sql for write in made) == sorted(write.sql for write in tap)
