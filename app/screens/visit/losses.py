"""What is asked before a visit goes: its name stands in the question."""

from app.errors import N_, NN_
from app.screens.ask import Loss
from app.screens.offers import DISCARD_REASONS, ERROR_REASONS, ready_reasons
from app.screens.visit.snapshot import Snapshot
from app.wording.people import who_words


def discard_loss(snapshot: Snapshot) -> Loss:
    """Return the question before an unfinished visit is discarded."""
    words = snapshot.words
    text = N_("{visit}. It leaves the list and stays in the journal. Why is it discarded?")
    return Loss(
        words(N_("Discard this visit?")),
        words(text, visit=_visit_words(snapshot)),
        words(N_("Discard")),
        ready_reasons(DISCARD_REASONS, words),
    )


def error_loss(snapshot: Snapshot) -> Loss:
    """Return the question before a visit is marked entered in error."""
    words = snapshot.words
    text = N_("{visit}. It leaves charts and pages; the mark can be taken back. What was wrong?")
    return Loss(
        words(N_("Mark this visit as entered in error?")),
        words(text, visit=_visit_words(snapshot)),
        words(N_("Mark as error")),
        ready_reasons(ERROR_REASONS, words),
    )


def _visit_words(snapshot: Snapshot) -> str:
    visit, words = snapshot.visit, snapshot.words
    forms = NN_(
        "Visit of {when} of {who}: {count} item is scored",
        "Visit of {when} of {who}: {count} items are scored",
    )
    return words.plural(
        forms,
        sum(len(sheet.answers) for sheet in visit.sheets),
        when=words.at(visit.facts.date, visit.facts.time),
        who=who_words(snapshot.patient.facts, words),
    )
