"""The commands that erase a patient, and that see to the copies which still hold one."""

from pathlib import Path

import click

from app.cli.answer import Answer, lines
from app.cli.given import Given
from app.cli.opening import opened
from app.cli.secret import can_ask, second_passphrase
from app.errors import N_, UserError
from app.language import words
from app.records.actions import Action
from app.records.erasing import Prospect, Wish
from app.records.store import Store
from app.wording.erasing import (
    ELSEWHERE,
    NO_WAY_BACK,
    ONLY_MARKED,
    WHAT_STAYS,
    aside_words,
    away_words,
    copy_words,
    day_words,
    extent_words,
)
from app.wording.people import who_words

_AGAIN = N_("Give the identifier once more with --again, so that nobody is erased by a slip.")


def erase(
    given: Given, patient_id: str, reason: str, again: str | None, second: Path | None
) -> Answer:
    """Erase a patient for good; say what went, what stays, and which copies hold the patient."""
    store = opened(given, to_write=True).store
    store.users.check_may(Action.ERASE_PATIENT)
    found = store.patients.find(patient_id) or store.patients.by_patient_id(patient_id)
    prospect = store.erasing.prospect(found.id)
    if prospect.refusal is not None:
        raise prospect.refusal
    click.echo(_before(prospect), err=True)
    wish = Wish(_typed_again(again), reason, _agreeing(prospect, second))
    store.erasing.erase(found.id, wish)
    is_done = store.erasing.finish()
    told, gone = words(), extent_words(prospect.extent, words())
    rest = N_("The log is emptied at the next opening: something is reading it now.")
    return Answer(
        lines(
            told(N_("Erased: {gone}."), gone=gone),
            told(WHAT_STAYS),
            *(() if is_done else (told(rest),)),
            *_still(store),
        )
    )


def erased(given: Given, *, renew: bool, remove: bool) -> Answer:
    """List the copies that hold erased patients; renew them without those, or remove them."""
    if renew and remove:
        raise UserError(N_("Either --renew or --remove."))
    store = opened(given, to_write=renew or remove).store
    older = store.erasing.older_copies() if renew or remove else ()
    for one in older:
        store.erasing.cleaning(one, renews=renew)()
    told = words()
    done = N_("Renewed: {copies}.") if renew else N_("Removed: {copies}.")
    names = told.several(one.name for one in older)
    return Answer(lines(*((told(done, copies=names),) if older else ()), *_still(store)))


def _before(prospect: Prospect) -> str:
    told = words()
    who = who_words(prospect.patient.facts, told)
    gone = extent_words(prospect.extent, told)
    return lines(
        told(N_("To be erased: {who}"), who=who),
        told(N_("What goes: {gone}."), gone=gone),
        told(ONLY_MARKED),
        day_words(prospect, told),
        told(NO_WAY_BACK),
    ).rstrip("\n")


def _still(store: Store) -> tuple[str, ...]:
    """Return which copies still hold erased patients, and what else may."""
    told, older = words(), store.erasing.older_copies()
    if not store.erasing.erased():
        return (told(N_("Nobody was erased here.")),)
    here = told(N_("No copy here holds anybody who was erased."))
    if older:
        some = told.several(copy_words(one, told) for one in older)
        listed = N_(
            "Copies that hold erased patients: {copies}. Renew or remove them: oms-bedside erased "
            "--renew, or --remove."
        )
        here = told(listed, copies=some)
    beside = (
        aside_words(store.erasing.set_aside(), told),
        away_words(store.erasing.away(), told),
    )
    return (here, *filter(None, beside), told(ELSEWHERE))


def _typed_again(again: str | None) -> str:
    if again is not None:
        return again
    if not can_ask():
        raise UserError(_AGAIN)
    return click.prompt(words()(N_("The identifier once more, to erase")), err=True, type=str)


def _agreeing(prospect: Prospect, file: Path | None) -> str:
    return second_passphrase(file) if prospect.needs_second else ""
