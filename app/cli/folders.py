"""Commands on the data folder as a whole: tables in and out, the list of patients, the check."""

from collections.abc import Iterable
from pathlib import Path

from app.cli.answer import Answer, Status, columns, lines
from app.cli.given import Given
from app.cli.opening import opened
from app.dates import iso
from app.errors import N_, Damage
from app.exchange.exporting import export_folder, export_patient
from app.exchange.importing import ImportCounts, import_from
from app.exchange.json_text import Json, json_text
from app.exchange.problems import one_line
from app.language import words
from app.records.actions import Action
from app.records.model import Finding, PatientSummary
from app.wording.people import diagnosis_words


def import_tables(given: Given, place: Path) -> Answer:
    """Store the tables of a folder or a file, all or nothing; say how many rows were new."""
    records = opened(given, to_write=True)
    counts = import_from(records.store, records.catalogue, place)
    return Answer(_told(counts), trouble="\n".join(counts.remarks))


def _told(counts: ImportCounts) -> str:
    new = [f"{file}: {count}" for file, count in counts.new.items() if count]
    head = words()(N_("New rows: {count}."), count=sum(counts.new.values()))
    there = words()(N_("Rows that were there already: {count}."), count=counts.already_there)
    return lines(head, *new, there)


def export_tables(given: Given, place: Path, patient_id: str | None = None) -> Answer:
    """Write every table into an empty folder, and say what the files are not.

    Where a patient is named, who is handed over, the place is one file with that patient's.
    """
    records = opened(given)
    if patient_id is None:
        records.store.users.check_may(Action.EXPORT)
        export_folder(records.store, records.catalogue, place)
        records.note(Action.EXPORT)
    else:
        records.store.users.check_may(Action.HAND_OVER)
        patient = records.store.patients.by_patient_id(patient_id).id
        export_patient(records.store, records.catalogue, place, patient)
        records.note(Action.HAND_OVER, patient)
    done = words()(N_("The tables are in {folder}."), folder=place)
    caution = words()(N_("These files are not encrypted and are not a backup."))
    return Answer(lines(done, caution))


def patients(given: Given, *, is_json: bool) -> Answer:
    """List the patients by identifier, as JSON or as a table to read."""
    records = opened(given)
    summaries = sorted(
        records.store.summaries(records.today),
        key=lambda each: each.patient.facts.patient_id,
    )
    return Answer(_json(summaries) if is_json else _table(summaries))


def _json(summaries: Iterable[PatientSummary]) -> str:
    return json_text([_listed(summary) for summary in summaries])


def _listed(summary: PatientSummary) -> Json:
    facts = summary.patient.facts
    return {
        "patient_id": facts.patient_id,
        "given_name": facts.given_name or None,
        "family_name": facts.family_name or None,
        "birth_date": iso(facts.birth_date) or None,
        "diagnosis": facts.diagnosis or None,
        "last_visit": iso(summary.last_visit) or None,
    }


def _table(summaries: Iterable[PatientSummary]) -> str:
    told = words()
    heads = (N_("Identifier"), N_("Name"), N_("Born"), N_("Diagnosis"), N_("Last visit"))
    rows = (
        (
            one_line(summary.patient.facts.patient_id),
            one_line(summary.patient.facts.name),
            iso(summary.patient.facts.birth_date),
            one_line(diagnosis_words(summary.patient.facts, told)),
            iso(summary.last_visit),
        )
        for summary in summaries
    )
    return columns((tuple(told(head) for head in heads), *rows))


def check(given: Given) -> Answer:
    """Recompute all that is kept: one line a kind of problem with its count."""
    given.ending.needs_copy = True
    try:
        return _found(opened(given).store.check())
    except Damage as error:
        return Answer(status=Status.DAMAGE, trouble=words().error(error))


def _found(findings: tuple[Finding, ...]) -> Answer:
    told = lines(*(line for each in findings for line in _lines(each)))
    is_damaged = any(each.count and each.is_damage for each in findings)
    return Answer(told, Status.DAMAGE if is_damaged else Status.DONE)


def _lines(finding: Finding) -> tuple[str, ...]:
    """Return what was found of a kind, and beneath it the names of what has a name."""
    told = words()(finding.sentence, count=finding.count)
    return told, *(f"  {name}" for name in finding.named)
