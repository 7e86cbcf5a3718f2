"""Who somebody is, in words: birth, identifier, diagnosis, role, and who rated."""

from collections.abc import Collection

from app.errors import N_
from app.language import Words, isolated
from app.records.lists import OTHER, code_list
from app.records.model import PatientFacts, Role
from app.signs import drawn


def born_words(facts: PatientFacts, words: Words, *, is_long: bool = False) -> str:
    """Return “born 14 Mar 2023”, or that it is not recorded; a page has room for a long date."""
    birth = facts.birth_date
    if birth is None:
        return words(N_("birth date not recorded"))
    date = words.long_date(birth) if is_long else words.short_date(birth)
    return words(N_("born {date}"), date=date)


def identifier_words(facts: PatientFacts, words: Words) -> str:
    """Return “ID 40-1187”."""
    return words(N_("ID {identifier}"), identifier=facts.patient_id)


def who_words(facts: PatientFacts, words: Words) -> str:
    """Return who is meant where no banner says it: name, birth date and identifier."""
    return words.dotted(
        (isolated(facts.name), born_words(facts, words), identifier_words(facts, words))
    )


def namesake_words(words: Words) -> str:
    """Return the mark of a patient who could be taken for another."""
    return words(N_("similar name in these records"))


def diagnosis_words(facts: PatientFacts, words: Words) -> str:
    """Return the diagnosis with its note, which is the diagnosis itself where it is “other”."""
    note = isolated(facts.diagnosis_note)
    if facts.diagnosis in ("", OTHER):
        return note
    title = words(code_list("diagnoses").title_of(facts.diagnosis))
    return words(N_("{diagnosis} ({note})"), diagnosis=title, note=note) if note else title


def referral_words(facts: PatientFacts, words: Words) -> str:
    """Return the diagnosis, and that it stands as referred until a physician confirms it."""
    diagnosis = diagnosis_words(facts, words)
    if not diagnosis or facts.is_confirmed:
        return diagnosis
    return words(N_("as referred: {diagnosis}"), diagnosis=diagnosis)


def role_words(role: Role | str, words: Words) -> str:
    """Return a role as it is written within a sentence: “nurse”."""
    return words.within_sentence(words(code_list("roles").title_of(role)))


def roles_words(roles: Collection[Role | str], words: Words) -> str:
    """Return all roles of somebody, always in the same order: “nurse · keeper of the records”."""
    return words.dotted(role_words(role, words) for role in Role if role in roles)


def told_roles(roles: Collection[Role | str], words: Words) -> tuple[str, str]:
    """Return all roles of somebody, and the same for a narrow place: “nurse · keeper”."""
    entries = [code_list("roles").get(role) for role in Role if role in roles]
    short = words.dotted(words.within_sentence(words(one.short)) for one in entries)
    return roles_words(roles, words), short


def one_line(text: str) -> str:
    """Return what was typed as one line: what cannot be printed or a run of spaces is a space."""
    return " ".join(drawn(text).split())


LONGEST_NAME = 120
"""More letters of a name no heading, column or sentence has room for."""


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """Return a text of at most so many letters, with an ellipsis where some are left out."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def or_not_recorded(text: str, words: Words) -> str:
    """Return what stands below or behind the name of a fact, or that it is not recorded."""
    return text or words(N_("not recorded"))


def rater_words(rater: str, words: Words) -> str:
    """Return who rated, or that it is not recorded."""
    return rater or words(N_("rater not recorded"))
