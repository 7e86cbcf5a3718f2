"""Open records that are put away: their file closed and its key wiped, until somebody gives it."""

from app.records.file.database import RecordsFile, guard
from app.records.holding import Holding
from app.records.journal import Journal
from app.records.keys.rawkey import RawKey


class Away:
    """Puts records away and takes them out again; the folder stays held, so nobody else writes."""

    def __init__(self, database: RecordsFile, journal: Journal, holding: Holding) -> None:
        self._database = database
        self._journal = journal
        self._holding = holding
        self.is_on = False

    def put(self) -> None:
        """Close the file and wipe its key; a second call does nothing.

        On the thread that copies, so that nothing uses the key meanwhile. Nothing is copied.
        """
        if self.is_on:
            return
        self.is_on = True
        try:
            self._journal.chain.keep_note()
            with guard():
                self._database.close()
        finally:
            self._holding.forget_key()

    def take_out(self, key: RawKey) -> None:
        """Open what was put away; whoever asked for the key wipes it.

        UserError where the files were removed or replaced meanwhile; Damage for another key.
        """
        self._database.conn = self._holding.opened_again(key).conn
        self.is_on = False
