"""What is asked before a visit goes, wherever it is asked: its name stands in the question."""

from app.errors import N_, NN_
from app.language import Words
from app.records.model import Patient, Visit
from app.screens.ask import Loss
from app.screens.offers import DISCARD_REASONS, ERROR_REASONS, ready_reasons
from app.wording.people import who_words


def named_visit(visit: Visit, patient: Patient, words: Words) -> str:
    """Return which visit is meant where no banner says it, and how much of it is scored."""
    forms = NN_(
        "Visit of {when} of {who}: {count} item is scored",
        "Visit of {when} of {who}: {count} items are scored",
    )
    return words.plural(
        forms,
        sum(len(sheet.answers) for sheet in visit.sheets),
        when=words.at(visit.facts.date, visit.facts.time),
        who=who_words(patient.facts, words),
    )


def discard_loss(visit: str, words: Words) -> Loss:
    """Return the question before an unfinished visit, named in words, is discarded."""
    text = N_("{visit}. It leaves the list and stays in the journal. Why is it discarded?")
    return Loss(
        words(N_("Discard this visit?")),
        words(text, visit=visit),
        words(N_("Discard")),
        ready_reasons(DISCARD_REASONS, words),
    )


def error_loss(visit: str, words: Words) -> Loss:
    """Return the question before a visit, named in words, is marked entered in error."""
    text = N_("{visit}. It leaves charts and pages; the mark can be taken back. What was wrong?")
    return Loss(
        words(N_("Mark this visit as entered in error?")),
        words(text, visit=visit),
        words(N_("Mark as error")),
        ready_reasons(ERROR_REASONS, words),
    )
