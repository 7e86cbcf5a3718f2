"""The command on what was done to the records."""

from pathlib import Path

from app.cli.answer import Answer, check_suffix, lines, write_file
from app.cli.given import Given
from app.cli.opening import Open, opened
from app.errors import N_
from app.exchange.history_table import history_csv
from app.language import words
from app.records.actions import Action
from app.records.history import About


def history(given: Given, patient_id: str | None, out: Path | None) -> Answer:
    """Tell the history of everybody or of one patient as a table, who is in error included."""
    if out is not None:
        check_suffix(out, ".csv")
    records = opened(given)
    if out is not None:
        records.store.users.check_may(Action.EXPORT)
    about = _about(records, patient_id)
    past = records.store.history
    deeds = (deed for step in past.steps(about) for deed in past.whole(step))
    table = history_csv(deeds, records.catalogue, words())
    records.note(Action.EXPORT, about.patient)
    if out is None:
        return Answer(table.decode())
    write_file(out, table)
    written = words()(N_("Written: {path}"), path=out)
    return Answer(lines(written, words()(N_("The file is not encrypted."))))


def _about(records: Open, patient_id: str | None) -> About:
    """Return whose history is asked for; UserError if there is no such patient."""
    patients = records.store.patients
    if patient_id is None:
        return About()
    found = patients.find(patient_id) or patients.by_patient_id(patient_id)
    return About(found.id)
