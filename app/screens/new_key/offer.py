"""Offering a new key where a passphrase or a recovery code has ended."""

from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.records.actions import Action
from app.screens.desk import Desk
from app.screens.places import NewKeyPlace


def offer_new_key(desk: Desk, parent: QWidget) -> None:
    """Ask whoever may make one; what ended still opens older copies, and through them today's."""
    if desk.is_demo or not desk.may(Action.RENEW_KEY):
        return
    words = desk.words
    desk.ask.confirm(
        parent,
        words(N_("Make a new key as well?")),
        words(
            N_(
                "What ended just now still opens older copies, and whoever opens one can read "
                "today's records with it. A new key ends that. It is made beside your work."
            )
        ),
        words(N_("New key…")),
        lambda: desk.navigation.go(NewKeyPlace()),
    )
