"""The page of the settings: the unit, the look, the data. It knows no store."""

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.settings.limits import LimitsCard
from app.screens.settings.locking import LockCard
from app.screens.settings.passphrase import PassphraseCard
from app.screens.settings.pin import PinCard
from app.screens.settings.recovery import RecoveryCard
from app.screens.settings.relapse_rule import RelapseRuleCard
from app.screens.settings.retention import RetentionCard
from app.screens.settings.view import SettingsView
from app.settings import Paper, Settings, TextSize, Theme
from widgets import icons
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.fields import NoteField, TextField
from widgets.labels import label, wrapped
from widgets.layouts import centred, column, ground, row, scrolling
from widgets.message import FloatingMessage
from widgets.shortcuts import HELP, HISTORY, name_key
from widgets.theme import set_role

_PAUSE_MS = 700
_TEXT_HEIGHT = 112


class SettingsPage(QWidget):
    """Saves by itself: a choice at once, a text when somebody pauses or leaves."""

    changed = Signal(object)  # Settings
    left = Signal()
    data_requested = Signal()
    help_requested = Signal()
    people_requested = Signal()
    history_requested = Signal()
    erased_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self._settings = Settings()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.passphrase = PassphraseCard(words)
        self.limits = LimitsCard(words)
        self.rule = RelapseRuleCard(words)
        self.retention = RetentionCard(words)
        self.lock = LockCard(words)
        self.pin = PinCard(words)
        self.recovery = RecoveryCard(words)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        cards: QHBoxLayout = row(gap=16)
        for beside in (
            (self._unit_card(), self._look_card(), self.retention, self.lock, self.pin),
            (self._data_card(), self.passphrase, self.limits, self.rule, self.recovery),
        ):
            stack = column(gap=16)
            for card in beside:
                stack.addWidget(card)
            stack.addStretch(1)
            cards.addLayout(stack, 1)
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addLayout(cards)
        stack.addStretch(1)
        self.saved = label("", "small")
        self.help = button(self._words(N_("Help")))
        name_key(self.help, HELP, self._words)
        self.people = button(self._words(N_("People")))
        self.history = button(self._words(N_("History")))
        name_key(self.history, HISTORY, self._words)
        self.banner.add_action(self.saved)
        self.banner.add_action(self.people)
        self.banner.add_action(self.history)
        self.banner.add_action(self.help)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body)), 1)

    def _unit_card(self) -> Card:
        words = self._words
        self.site = TextField(words(N_("Name of the unit, as printed")))
        self.phone = TextField(words(N_("Phone, as printed")))
        self.call_us = NoteField(
            words(N_("“Please call us if”, in the unit's own words")),
            words(N_("Empty: the family page prints lines to write on.")),
        )
        self.call_us.edit.setFixedHeight(_TEXT_HEIGHT)
        self.unit_told = wrapped("", "soft")
        card = Card(words(N_("The unit")))
        for part in (self.unit_told, self.site, self.phone, self.call_us):
            card.add(part)
        return card

    def _look_card(self) -> Card:
        self.paper = ChoiceRow(self._words(N_("Paper")), (), optional=False)
        self.theme = ChoiceRow(self._words(N_("Screen")), (), optional=False)
        self.text_size = ChoiceRow(self._words(N_("Text size")), (), optional=False)
        card = Card(self._words(N_("Paper and screen")))
        card.add(self.paper)
        card.add(self.theme)
        card.add(self.text_size)
        return card

    def _data_card(self) -> Card:
        self.user, self.last_copy = wrapped("", "soft"), wrapped("", "soft")
        self.data = button(self._words(N_("Your data and its copies")))
        card = Card(self._words(N_("Your data")))
        for part in (self.last_copy, self.user, self.data):
            card.add(part)
        return card

    def _connect(self) -> None:
        self.banner.back_requested.connect(self.left)
        self.people.clicked.connect(self.people_requested)
        self.help.clicked.connect(self.help_requested)
        self.history.clicked.connect(self.history_requested)
        self.data.clicked.connect(self.data_requested)
        self._pause.timeout.connect(self.finish)
        self.retention.erased.clicked.connect(self.erased_requested)
        for text in (self.site, self.phone, self.limits, self.rule, self.lock, self.retention):
            text.edited.connect(self._on_text_edited)
            text.finished.connect(self._on_text_finished)
        self.call_us.edited.connect(self._on_text_edited)
        self.paper.chosen.connect(self._on_text_finished)
        self.theme.chosen.connect(self._on_text_finished)
        self.text_size.chosen.connect(self._on_text_finished)

    def show_view(self, view: SettingsView) -> None:
        """Show the settings as they are stored, and how the data stand."""
        self._settings = view.settings
        self.banner.show_head(self._words(N_("Settings and data")), "")
        self.site.set_text(view.settings.site)
        self.phone.set_text(view.settings.phone)
        self.call_us.set_text(view.settings.call_us)
        self.unit_told.setText(view.unit_told)
        self.unit_told.setVisible(bool(view.unit_told))
        for part in (self.site, self.phone, self.call_us, self.paper):
            part.setEnabled(not view.unit_told)
        self.limits.show_limits(view.settings, view.limits_told)
        self.rule.show_rule(view.settings, view.scales, view.limits_told)
        self.retention.show_retention(view.settings, view.unit_told)
        has_secret = view.has_passphrase
        self.lock.show_lock(view.settings, view.unit_told, is_protected=has_secret)
        self.paper.show_choices(view.papers)
        self.paper.set_value(view.settings.paper)
        self.theme.show_choices(view.themes)
        self.theme.set_value(view.settings.theme)
        self.text_size.show_choices(view.text_sizes)
        self.text_size.set_value(view.settings.text_size)
        for card in (self.passphrase, self.recovery, self.pin):
            card.setVisible(view.has_passphrase)
        self.show_data(view)

    def show_data(self, view: SettingsView) -> None:
        """Show how the data stand; the fields stay as they are."""
        self.last_copy.setText(view.last_copy)
        self.recovery.show_state(
            view.code, is_open=view.is_code_open, has_new_key=view.has_new_key
        )
        self.user.setText(self._words(N_("Working now: {user}"), user=view.user))

    def show_saved(self, settings: Settings) -> None:
        """Say that these are stored."""
        self._settings = settings
        self.saved.setText(self._words(N_("{tick} saved"), tick=icons.DONE))

    def start(self) -> None:
        """Forget what was said before and give the first field the focus."""
        self.saved.setText("")
        self.message.hide()
        self.site.setFocus()

    @Slot()
    def finish(self) -> None:
        """Report what stands in the fields, if it is not what is stored."""
        self._pause.stop()
        wished = self._settings
        for card in (self.limits, self.rule, self.lock, self.retention):
            wished = card.read(wished)
        wished = replace(
            wished,
            site=self.site.text,
            phone=self.phone.text,
            call_us=self.call_us.text,
            paper=Paper(self.paper.value),
            theme=Theme(self.theme.value),
            text_size=TextSize(self.text_size.value),
        )
        if wished != self._settings:
            self.changed.emit(wished)

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self.saved.setText("")
        self._pause.start()

    @Slot(str)
    def _on_text_finished(self, _text: str) -> None:
        self.finish()
