"""The command on the key of the records: making a new one."""

from app.cli.answer import Answer, Status, lines
from app.cli.given import Given
from app.cli.opening import opened
from app.errors import N_, AppError
from app.language import words
from app.paths import default_data_folder
from app.records.actions import Action
from app.records.keys.keyfile import CodeState
from app.records.keys.vault import note_code
from app.wording.copies import left_behind_words


def new_key(given: Given, *, removes_surplus: bool) -> Answer:
    """Make a new key, tell its recovery code once, and name what an older key still opens."""
    records = opened(given, to_write=True)
    offered = records.store.users.new_key
    records.store.users.check_may(Action.RENEW_KEY)
    records.store.copies.before_risk()
    surplus = offered.surplus() if removes_surplus else ()
    renewed = offered.make(_nobody_hears, removes_surplus=removes_surplus)
    told = words()
    answer = [
        told(N_("The records have a new key; every passphrase of before opens it.")),
        told(N_("Recovery code: {code}"), code=renewed.code),
        told(N_("It is shown only this once. Please keep it apart from this machine.")),
        *(told(N_("Copy removed: {copy}"), copy=copy.path.name) for copy in surplus
          if not copy.path.exists()),
    ]  # fmt: skip
    elsewhere = offered.left_elsewhere()
    left = (*renewed.left_behind, *(() if elsewhere is None else elsewhere.files))
    behind = [left_behind_words(renewed.left_behind, told, elsewhere), *map(str, left)]
    trouble = "\n".join(filter(None, behind))
    try:
        note_code(given.data or default_data_folder(), CodeState.SHOWN)
    except AppError as error:
        # The new key counts and the code is not kept anywhere, so it is told in any case.
        return Answer(
            lines(*answer), Status.MENDABLE, "\n".join(filter(None, (told.error(error), trouble)))
        )
    return Answer(lines(*answer), trouble=trouble)


def _nobody_hears(_share: float) -> None:
    """Do nothing: whoever waits at a terminal sees the answer when it is there."""
