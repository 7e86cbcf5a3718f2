"""The sheets of the visit before: what "last time" and "since" mean while scoring."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.language import Words
from app.records.model import PatientRecord, Visit
from scales.model import Answers


@dataclass(frozen=True, slots=True)
class LastSheet:
    """The answers of the last signed sheet of a scale, and its day in words."""

    day: str
    answers: Answers


def last_sheets(record: PatientRecord, visit: Visit, words: Words) -> Mapping[str, LastSheet]:
    """Return the last signed sheet of each scale before a visit; typed totals tell no items."""
    found: dict[str, LastSheet] = {}
    for before in record.visits:
        if before.visit_id == visit.visit_id or before.date.first > visit.date.last:
            continue
        for sheet in before.sheets:
            if not sheet.is_typed:
                found[sheet.scale] = LastSheet(words.short_date(before.date), sheet.answers)
    return found
