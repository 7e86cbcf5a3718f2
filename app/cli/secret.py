"""The passphrase: from a file, from the environment, or asked for where somebody can answer."""

import getpass
import os
import sys
from pathlib import Path

from app.errors import N_, UserError
from app.language import words
from app.records.keys.passphrase import check_passphrase

_VARIABLE = "OMS_BEDSIDE_PASSPHRASE"
_NEEDED = N_(
    "These records need their passphrase: give it with --passphrase-file or in "
    "OMS_BEDSIDE_PASSPHRASE."
)
_SECOND = N_(
    "A second person who works here must agree: give the passphrase of that person with "
    "--second-passphrase-file."
)
_NO_TEXT = N_("The passphrase file “{path}” is not text in UTF-8.")
_UNREAD = N_("The passphrase file “{path}” cannot be read.")


def passphrase(file: Path | None) -> str:
    """Return the passphrase; ``UserError`` where none is given and nobody can be asked."""
    told = given_passphrase(file)
    return _asked(N_("Passphrase or recovery code: ")) if told is None else told


def new_passphrase(file: Path | None) -> str:
    """Return a passphrase for a new folder; typed, it is asked for twice.

    ``UserError`` before it is asked for again where it protects too little.
    """
    told = given_passphrase(file)
    if told is not None:
        return told
    first = _asked(N_("New passphrase: "))
    check_passphrase(first)
    if _asked(N_("The same passphrase again: ")) != first:
        raise UserError(N_("The two passphrases differ; please start again."))
    return first


def second_passphrase(file: Path | None) -> str:
    """Return the passphrase of a second person, from a file or typed; ``UserError`` without it."""
    if file is not None:
        return _read(file)
    if not can_ask():
        raise UserError(_SECOND)
    return getpass.getpass(words()(N_("Passphrase of a second person who works here: ")))


def can_ask() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def given_passphrase(file: Path | None) -> str | None:
    """Return the passphrase from a file or the environment; ``None`` where none is given."""
    return os.environ.get(_VARIABLE) if file is None else _read(file)


def _read(file: Path) -> str:
    """Return what a file holds, without one final line break and an editor's mark in front."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError:
        raise UserError(_UNREAD, path=file) from None
    except UnicodeDecodeError:
        raise UserError(_NO_TEXT, path=file) from None
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def _asked(question: str) -> str:
    if not can_ask():
        raise UserError(_NEEDED)
    return getpass.getpass(words()(question))
