"""Questions whose answers somebody kept: forgotten as soon as what they name is something else."""

from collections.abc import Callable, Collection

from app.records.actions import Action
from app.records.drafts import Drafts
from app.records.journal import Subject
from app.records.rows import Row, blob
from app.records.session import Session
from scales.consistency import is_since_last_time, names
from scales.model import Key


class KeptQuestions:
    """Forgets kept questions of a draft, so that they are asked again and no page tells them."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        self._session = session
        self._drafts = drafts

    def forget_naming(self, subject: Subject, scale: str, keys: Collection[Key]) -> None:
        """Forget those that name one of these keys, kept for this scale or between scales.

        A step of its own: undoing the change asks them again.
        """
        changed = {scale: keys} if keys else {}

        def is_named(row: Row) -> bool:
            kept_for, question = str(row["scale"]), str(row["question"])
            return names(self._session.catalogue, kept_for, question, changed)

        self._forget(subject, is_named)

    def forget_since(self, subject: Subject, scales: Collection[str]) -> None:
        """Forget those that compare with a last time that is another one now."""

        def is_since(row: Row) -> bool:
            return row["scale"] in scales and is_since_last_time(str(row["question"]))

        self._forget(subject, is_since)

    def forget(self, subject: Subject, questions: Collection[tuple[str, str]]) -> None:
        """Forget these, each as the scale that it was kept for and its id."""
        self._forget(subject, lambda row: (str(row["scale"]), str(row["question"])) in questions)

    def _forget(self, subject: Subject, is_meant: Callable[[Row], bool]) -> None:
        meant = [row for row in self._rows(subject.visit) if is_meant(row)]
        if meant:
            with self._session.journal.step(Action.FORGET_CONFIRMED):
                for row in meant:
                    self._session.journal.delete("confirmations", row, subject)

    def _rows(self, visit: str) -> list[Row]:
        return self._session.rows("confirmations", "visit = ?", [blob(visit)])
