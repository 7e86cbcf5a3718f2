"""A cohort as tables without names: who, which totals, which relapses, all in days.

Identifiers are hashed with a salt that is made for the export and kept nowhere, so no two exports
can be joined. No free text, no calendar date and no identifier of the records goes out.
"""

import secrets
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from app.dates import PartialDate, age_on
from app.errors import N_
from app.exchange.comma import write_records
from app.exchange.exporting import write_files
from app.language import Words
from app.records.cohort import Aligned, DaySpan, Member, TotalSince
from scales.model import plain

CAUTION = N_(
    "A rare disease stays recognisable: whoever knows a patient may find the course again. Share "
    "these files only with those who may see such data. They are not encrypted."
)
"""What is said wherever a cohort without names leaves the app."""
_ABOUT = N_(
    "Scale: {scale}. Day 0 is the first start of {agent}. A date that is known to the month or "
    "the year has its first and its last day. Ages are whole years. Described, not compared."
)
_CAUTION = N_(
    "Where has_caution says yes, the records label the scores, for example as illustrative."
)
_OF_AGE = N_(
    "Only patients whose age at onset was asked for are in it. Left out, because it is not known "
    "well enough: {count}."
)
_IN_TIME = N_("Only first starts within a stretch of time are in it; its dates do not go out.")
_MEMBERS = ("patient", "age_at_onset", "age_at_start", "diagnosis", "has_caution")
_TOTALS = ("patient", "first_day", "last_day", "total")
_RELAPSES = ("patient", "first_day", "last_day")

Row = tuple[str, ...]


def export_cohort(aligned: Aligned, folder: Path, words: Words) -> None:
    """Write a cohort without names into a folder that is new or empty; not encrypted.

    Raises:
        UserError: The folder holds something, or cannot be written.

    """
    write_files(cohort_files(aligned, words), folder)


def cohort_files(aligned: Aligned, words: Words) -> dict[str, bytes]:
    """Return the files of a cohort by name. Each call gives every patient another hash."""
    salt = secrets.token_bytes(32)
    named = sorted((_hashed(member.patient, salt), member) for member in aligned.members)
    return {
        "README.txt": _about(aligned, words).encode(),
        "members.csv": write_records((_MEMBERS, *(_member(*each) for each in named))),
        "totals.csv": write_records((_TOTALS, *_totals(named))),
        "relapses.csv": write_records((_RELAPSES, *_relapses(named))),
    }


def _hashed(patient: str, salt: bytes) -> str:
    """Return a name of this export alone; with a letter first no spreadsheet counts it."""
    return "p" + blake2b(patient.encode(), key=salt, digest_size=10).hexdigest()


def _about(aligned: Aligned, words: Words) -> str:
    asked = aligned.asked
    told = (
        words(_ABOUT, scale=asked.scale, agent=asked.agent),
        *([words(_OF_AGE, count=aligned.ageless)] if asked.only.asks_age else ()),
        *([words(_IN_TIME)] if asked.only.asks_start else ()),
        words(_CAUTION),
        words(CAUTION),
    )
    return "".join(f"{line}\n" for line in told)


def _member(name: str, member: Member) -> Row:
    start = PartialDate.of(member.start)
    ages = (age_on(member.birth, day) for day in (member.onset, start))
    years = ("" if age is None else str(age.years) for age in ages)
    return name, *years, member.diagnosis, "yes" if member.caution else ""


def _totals(named: Iterable[tuple[str, Member]]) -> Iterable[Row]:
    return (
        (name, *_days(each), plain(each.total)) for name, member in named for each in member.totals
    )


def _relapses(named: Iterable[tuple[str, Member]]) -> Iterable[Row]:
    return ((name, *_days(each)) for name, member in named for each in member.relapses)


def _days(each: DaySpan | TotalSince) -> Row:
    return str(each.first), str(each.last)
