"""The unit's own values, and how its data stand, as the settings show them."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from app.clock import Moment
from app.errors import N_
from app.language import Words
from app.records.actions import Action
from app.records.keys.keyfile import CodeState
from app.records.model import User
from app.settings import Paper, Settings, TextSize, Theme
from app.wording.people import roles_words
from scales.catalogue import Catalogue
from widgets.values import Choice

PAPERS = (Choice(Paper.A4, N_("A4")), Choice(Paper.LETTER, N_("US Letter")))
THEMES = (
    Choice(Theme.LIGHT, N_("Light")),
    Choice(Theme.DARK, N_("Dark")),
    Choice(Theme.CONTRAST, N_("High contrast")),
)
_CODES = {
    CodeState.MADE: N_("Nobody has seen the recovery code yet. Please make a new one."),
    CodeState.SHOWN: N_("The recovery code was shown, but not marked as written down yet."),
    CodeState.KEPT: N_("The recovery code was marked as written down. The app does not keep it."),
}


class DataFacts(Struct, frozen=True):
    """The newest checked copy of the data, and how they are locked."""

    last_copy: Moment | None
    has_secret: bool
    code: CodeState | None = None


class RuleScale(Struct, frozen=True):
    """A scale that the unit's rule can be of, and the highest total that it has."""

    id: str
    title: str
    highest: Decimal


class SettingsView(Struct, frozen=True):
    """The whole screen, in words where it is read and as stored where it is edited.

    ``unit_told`` and ``limits_told`` say who sets them, where whoever looks may not.
    """

    settings: Settings
    papers: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    text_sizes: tuple[Choice, ...]
    scales: tuple[RuleScale, ...]
    user: str
    last_copy: str
    has_passphrase: bool
    code: str
    is_code_open: bool
    has_new_key: bool
    unit_told: str
    limits_told: str


def settings_view(
    settings: Settings, user: User, data: DataFacts, catalogue: Catalogue, words: Words
) -> SettingsView:
    """Make the settings screen."""
    return SettingsView(
        settings=settings,
        papers=tuple(Choice(one.id, words(one.title)) for one in PAPERS),
        themes=tuple(Choice(one.id, words(one.title)) for one in THEMES),
        text_sizes=tuple(
            Choice(size, words(N_("{percent} %"), percent=words.number(Decimal(size.value))))
            for size in TextSize
        ),
        scales=tuple(
            RuleScale(each.id, words(each.short_title), each.highest)
            for each in catalogue.definitions
        ),
        user=words(N_("{name}, {roles}"), name=user.name, roles=roles_words(user.roles, words)),
        unit_told=_told(user, Action.SAVE_UNIT_SETTINGS, words),
        limits_told=_told(user, Action.SET_THRESHOLDS, words),
        last_copy=_copy_text(data.last_copy, words),
        has_passphrase=data.has_secret,
        code=words(_CODES[data.code]) if data.code is not None else "",
        is_code_open=data.code is CodeState.SHOWN,
        has_new_key=data.has_secret and not _told(user, Action.RENEW_KEY, words),
    )


def _told(user: User, action: Action, words: Words) -> str:
    """Say who may set something, where this user may not; nothing where this one may."""
    return "" if user.roles & action.roles else words(action.refusal)


def as_moment(instant: datetime, now: Moment) -> Moment:
    """Return an instant as it reads on the clock of this place."""
    return Moment(instant, now.offset_minutes)


def _copy_text(last: Moment | None, words: Words) -> str:
    if last is None:
        return words(
            N_("No checked copy yet. One is made after each signing and when the window closes.")
        )
    return words(
        N_("Last full copy: {moment}. Each signature is added to it. Older ones are kept too."),
        moment=words.moment(last),
    )
