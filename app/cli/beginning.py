"""Making a new data folder: its first user, its passphrase, its recovery code."""

from collections.abc import Sequence
from contextlib import closing

import click

from app.cli.answer import Answer, Status, lines
from app.cli.given import Given
from app.cli.places import check_place
from app.cli.secret import can_ask, new_passphrase
from app.errors import N_, AppError, UserError
from app.language import words
from app.paths import default_data_folder
from app.records.folder import Founder, create_folder, holds_data
from app.records.keys.keyfile import CodeState
from app.records.keys.vault import note_code
from app.records.model import Role
from scales.catalogue import load_catalogue


def init(given: Given, name: str | None, role: str | None, *, accept_risk: bool) -> Answer:
    """Make a data folder and tell its recovery code once; ask for what was not given.

    ``UserError`` for a folder that holds data, and for one that is no safe place, unless that is
    accepted.
    """
    if given.is_demo:
        raise UserError(N_("The demo has its data already; please leave out --demo."))
    folder = given.data or default_data_folder()
    if holds_data(folder):
        raise UserError(N_("{folder} already holds data."), folder=folder)
    if not accept_risk:
        check_place(folder)
    store, code = create_folder(
        folder,
        Founder(
            _asked(N_("Your name"), name),
            Role(_asked(N_("Your role"), role, [each.value for each in Role])),
        ),
        new_passphrase(given.passphrase_file),
        clock=given.clock,
        catalogue=load_catalogue(),
    )
    told = lines(
        words()(N_("The new data folder is {folder}."), folder=folder),
        words()(N_("Recovery code: {code}"), code=code),
        words()(N_("It is shown only this once. Please keep it apart from this machine.")),
    )
    try:
        with closing(store):
            note_code(folder, CodeState.SHOWN)
    except AppError as error:
        # The folder is made and the code is not kept anywhere, so it is told in any case.
        return Answer(told, Status.MENDABLE, words().error(error))
    return Answer(told)


def _asked(question: str, given: str | None, choices: Sequence[str] = ()) -> str:
    """Return what was given, else what somebody at the terminal answers."""
    if given is not None:
        return given
    if not can_ask():
        raise UserError(N_("A new data folder needs --name and --role."))
    kind = click.Choice(choices) if choices else None
    return str(click.prompt(words()(question), type=kind, err=True))
