"""What could not be stored when a visit was left: held until the visit is opened again."""

from app.errors import N_
from app.language import Words
from app.records.model import Patient
from app.screens.visit.context_view import Unsaved
from app.wording.people import who_words

TYPED_BEFORE = N_("This was typed before and is not saved yet.")
_UNSAVED = N_(
    "Something typed in the visit of {who} is not saved. Open the visit to look at it again."
)


class Held:
    """Keeps it by visit, with the sentence that says whose it is."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._held: dict[str, tuple[Unsaved, str]] = {}

    def sentence(self, patient: Patient) -> str:
        """Say whose visit holds something that is not saved."""
        return self._words(_UNSAVED, who=who_words(patient.facts, self._words))

    def hold(self, visit: str, unsaved: Unsaved, patient: Patient) -> None:
        """Keep what could not be stored."""
        self._held[visit] = (unsaved, self.sentence(patient))

    def take(self, visit: str) -> Unsaved | None:
        """Hand back what is held of a visit, and hold it no longer."""
        unsaved, _ = self._held.pop(visit, (None, ""))
        return unsaved

    def sentences(self) -> tuple[str, ...]:
        """Return whose visits hold something, each said once."""
        return tuple(dict.fromkeys(sentence for _, sentence in self._held.values()))


def typed_words(patient: Patient, total: str, reason: str, words: Words) -> tuple[str, ...]:
    """Say whose total from paper and whose reason are typed and not stored; empty ones are not."""
    who = who_words(patient.facts, words)
    typed = {
        N_("The total from paper of {who}, {text}, is not saved."): total,
        N_("The reason typed in the visit of {who}, “{text}”, is not saved."): reason,
    }
    return tuple(words(told, who=who, text=text) for told, text in typed.items() if text)
