"""Reading the records beside whoever writes, on any thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from app.records.file.database import guard
from app.records.holding import Holding
from app.records.journal import Journal
from app.records.session import Session


@contextmanager
def beside(session: Session, holding: Holding) -> Iterator[Session]:
    """Lend a session that only reads; in a folder it has a connection of its own."""
    with holding.apart(session.database) as database:
        journal = Journal(database, clock=session.clock, name="")
        yield replace(session, database=database, journal=journal)


@contextmanager
def one_moment(session: Session) -> Iterator[None]:
    """Read the records as they stand now, whatever is written meanwhile."""
    with guard():
        session.database.execute("BEGIN")
    try:
        yield
    finally:
        session.database.execute("ROLLBACK")
