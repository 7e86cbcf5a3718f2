"""Commands on the checked copies: making one, listing them, putting one back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from app.cli.answer import Answer, columns, lines
from app.cli.given import Given
from app.cli.opening import opened
from app.cli.places import check_place
from app.cli.secret import passphrase
from app.errors import N_, UserError
from app.language import words
from app.paths import default_data_folder
from app.records.copies.comparison import Cut
from app.records.copies.inventory import CopyState
from app.records.copies.restore import check_places, restore
from app.records.copies.second_place import ABSENT, Elsewhere
from app.records.copies.source import Source, copy_needs_secret
from app.wording.copies import cut_words
from scales.catalogue import load_catalogue

if TYPE_CHECKING:
    from app.records.copies.on_request import Copies


def backup(given: Given, place: Path | None) -> Answer:
    """Make a checked copy of what is saved, among the others or as one file; print where it is."""
    records = opened(given, to_write=True)
    return Answer(lines(str(records.store.copies.backup(place))))


def backups(given: Given) -> Answer:
    """List the copies: with what each ends, how much it holds, and whether it is sound.

    Those of the second place stand behind those here, each with its whole path.
    """
    copies = opened(given).store.copies
    _say_absence(copies.elsewhere())
    ahead = {one.copy.path for one in copies.ahead()}
    told = words()
    heads = (
        N_("Copy"), N_("Last entry"), N_("Head"), N_("Patients"), N_("Visits"), N_("State"),
    )  # fmt: skip
    rows = [
        (name, *_row(state), _state(state, is_ahead=state.path in ahead))
        for name, path in _named(copies)
        for state in (copies.state_of(path),)
    ]
    return Answer(columns((tuple(told(head) for head in heads), *rows)))


class Wish(Struct, frozen=True):
    """How a copy is to be put back."""

    replace: bool = False
    as_far_as_sound: bool = False
    accept_risk: bool = False


def restore_copy(given: Given, copy: Path, wish: Wish) -> Answer:
    """Put a copy back, and say where it is now and where that is which was there before.

    Of one whose last part is damaged it is said before how far it is sound. A new folder that is
    no safe place is refused as ``init`` refuses it.
    """
    if given.is_demo:
        raise UserError(N_("The demo has its data already; please leave out --demo."))
    folder = given.data or default_data_folder()
    check_places(copy, folder, replace=wish.replace)
    if not (wish.replace or wish.accept_risk):
        check_place(folder)
    secret = passphrase(given.passphrase_file) if copy_needs_secret(copy) else None
    aside = restore(
        Source(copy, secret, given.user, as_far_as_sound=wish.as_far_as_sound), folder,
        replace=wish.replace, clock=given.clock, catalogue=load_catalogue(), tell=_say_cut,
    )  # fmt: skip
    told = [words()(N_("The copy has been put back: {folder}"), folder=folder)]
    if aside is not None:
        told.append(words()(N_("What was there before is here: {folder}"), folder=aside))
    return Answer(lines(*told))


def _say_cut(cut: Cut) -> None:
    click.echo(cut_words(cut, words()), err=True)


def go_on(given: Given, reason: str) -> Answer:
    """Go on without what is missing, and say where copies that hold it are now."""
    records = opened(given, to_write=True, is_answering=True)
    copies = records.store.copies.go_on_without(reason)
    if not copies:
        return Answer(lines(words()(N_("What is missing is not asked about any more."))))
    names = words().several(one.copy.path.name for one in copies)
    return Answer(lines(words()(N_("Set aside: {copies}"), copies=names)))


def _named(copies: "Copies") -> tuple[tuple[str, Path], ...]:
    """Return what copies are called, and where they are: here by name, elsewhere by the path."""
    here = tuple((path.name, path) for path in copies.paths())
    return (*here, *((str(path), path) for path in copies.paths_elsewhere()))


def _say_absence(second: Elsewhere | None) -> None:
    if second is not None and not second.is_there:
        click.echo(words()(ABSENT, path=second.path), err=True)


def _row(state: CopyState) -> Sequence[str]:
    if state.end is None:
        return "", "", "", ""
    when = words().moment(state.end.moment)
    return when, state.end.text, str(state.patients), str(state.visits)


def _state(state: CopyState, *, is_ahead: bool) -> str:
    if state.is_cut and state.end is not None:
        when = words().moment(state.end.moment)
        return words()(N_("last part damaged, sound up to {when}"), when=when)
    if not state.is_verified:
        return words()(N_("not read") if state.is_unread else N_("damaged"))
    return words()(N_("goes beyond these records") if is_ahead else N_("verified"))
