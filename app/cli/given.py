"""The options of every command: whose data, which passphrase, which day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from app.cli.ending import Ending
from app.clock import Clock, SystemClock, shown_on
from app.dates import PartialDate, parse_date
from app.errors import N_, UserError

Command = TypeVar("Command", bound=Callable[..., Any])
_KEY = "oms_bedside.given."


class Given(msgspec.Struct, frozen=True):
    """The options that may stand before any command, as they were given."""

    data: Path | None = None
    passphrase_file: Path | None = None
    as_of: date | None = None
    is_demo: bool = False
    user: str = ""
    ending: Ending = msgspec.field(default_factory=Ending)

    @property
    def clock(self) -> Clock:
        """The machine's clock, by which everything is written and checked."""
        return SystemClock()

    @property
    def day(self) -> date:
        """The day on which everything shown stands."""
        return shown_on(self.as_of, self.clock).today()

    @classmethod
    def of(cls, context: click.Context) -> "Given":
        """Return what was given; ``UserError`` for a demo with a data folder."""
        found = {
            name.removeprefix(_KEY): value
            for name, value in context.meta.items()
            if name.startswith(_KEY)
        }
        given = cls(**found, ending=context.ensure_object(Ending))
        if given.is_demo and given.data is not None:
            raise UserError(N_("--demo has data of its own; please leave out --data."))
        return given


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Keep an option where every command finds it, wherever on the line it stood."""
    if value:
        context.meta[f"{_KEY}{parameter.name}"] = value


def _read_day(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        _keep(context, parameter, full_day("--as-of", value))


def full_day(option: str, text: str) -> date:
    """Read the full date of an option; ``UserError`` for a short, empty or impossible one."""
    known: PartialDate | None = parse_date(text)
    if known is None or not known.is_full:
        raise UserError(N_("{option} needs a full date, such as 2025-01-31."), option=option)
    return known.first


def given_options(command: Command) -> Command:
    """Add the options that stand around every command."""
    path = click.Path(path_type=Path)
    options = (
        click.option(
            "--data",
            type=path,
            expose_value=False,
            callback=_keep,
            help="The data folder (or OMS_BEDSIDE_DATA).",
        ),
        click.option(
            "--passphrase-file",
            type=path,
            expose_value=False,
            callback=_keep,
            help="A file with the passphrase (or OMS_BEDSIDE_PASSPHRASE).",
        ),
        click.option(
            "--as-of",
            expose_value=False,
            callback=_read_day,
            metavar="DATE",
            help="The day on which ages, treatments and pages stand; today if left out.",
        ),
        click.option(
            "--user",
            expose_value=False,
            callback=_keep,
            metavar="NAME",
            help="Who you are, where the passphrase or the recovery code does not say it.",
        ),
        click.option(
            "--demo",
            "is_demo",
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help="Work on a throw-away copy of the demo data.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
