"""What the settings show: the unit's own values, and where its data stand."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.clock import Moment
from app.errors import N_
from app.language import Words
from app.records.codes import Code
from app.records.model import Finding, User
from app.settings import Paper, Settings, Theme
from app.wording.people import role_words

PAPERS = (Code(Paper.A4, N_("A4")), Code(Paper.LETTER, N_("US Letter")))
THEMES = (
    Code(Theme.LIGHT, N_("Light")),
    Code(Theme.DARK, N_("Dark")),
    Code(Theme.CONTRAST, N_("High contrast")),
)


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What is known of the data: the folder, the newest checked copy, how they are locked."""

    folder: Path
    last_copy: Moment | None
    has_secret: bool
    is_demo: bool


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The whole screen, in words where it is read and as stored where it is edited."""

    settings: Settings
    papers: tuple[Code, ...]
    themes: tuple[Code, ...]
    user: str
    folder: str
    protection: str
    last_copy: str
    has_passphrase: bool


def settings_view(settings: Settings, user: User, data: DataFacts, words: Words) -> SettingsView:
    """Make the settings screen."""
    return SettingsView(
        settings=settings,
        papers=tuple(Code(code.id, words(code.title)) for code in PAPERS),
        themes=tuple(Code(code.id, words(code.title)) for code in THEMES),
        user=words(N_("{name}, {role}"), name=user.name, role=role_words(user.role, words)),
        folder=str(data.folder),
        protection=words(_protection(data)),
        last_copy=_copy_text(data.last_copy, words),
        has_passphrase=data.has_secret,
    )


def check_text(findings: tuple[Finding, ...], words: Words) -> str:
    """Return what the integrity check found, a line a kind of problem, and what to do then."""
    lines = [words(found.sentence, count=found.count) for found in findings if found.count]
    if not lines:
        return words(N_("Checked: every entry and every total is as it was written."))
    return "\n".join((*lines, words(N_("Put a checked copy back; README says how."))))


def as_moment(instant: datetime, now: Moment) -> Moment:
    """Return an instant as it reads on the clock of this place."""
    return Moment(instant, now.offset_minutes)


def _protection(data: DataFacts) -> str:
    if data.is_demo:
        return N_("Demo data: a throw-away copy that goes when the window closes.")
    if data.has_secret:
        return N_("The records are encrypted. They open with the passphrase or the recovery code.")
    return N_("Not protected: whoever has this folder can read its records.")


def _copy_text(last: Moment | None, words: Words) -> str:
    if last is None:
        return words(
            N_("No checked copy yet. One is made after each signing and when the window closes.")
        )
    return words(N_("Last checked copy: {moment}. Seven are kept."), moment=words.moment(last))
