"""The page on which a patient is erased, and on which copies are seen to. It knows no store."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.errors import N_
from app.language import Words
from app.screens.erasing.view import CopiesView, CopyLine, ErasingView, TypedErasing
from app.screens.secret_field import SecretField
from widgets import icons
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling
from widgets.message import FloatingMessage
from widgets.theme import set_role

_WIDEST = 840


class ErasingPage(QWidget):
    """Shows who would be erased, or what copies hold of the erased; hands out what was typed."""

    left = Signal()
    erase_requested = Signal(object)  # TypedErasing
    renew_requested = Signal(object)  # tuple[CopyLine, ...]
    remove_requested = Signal(object)  # CopyLine

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.card = EraseCard(words)
        self.copies = CopiesCard(words)
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addWidget(self.card)
        stack.addWidget(self.copies)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body, _WIDEST)), 1)
        self.banner.back_requested.connect(self.left)
        self.card.erase_requested.connect(self.erase_requested)
        self.copies.renew_requested.connect(self.renew_requested)
        self.copies.remove_requested.connect(self.remove_requested)

    def show_patient(self, view: ErasingView) -> None:
        """Show a patient who would be erased; every field is empty."""
        who = view.identity
        self.message.hide()
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self.card.show_view(view)
        self.card.show()
        self.copies.hide()
        if view.can_erase:
            self.card.identifier.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nobody(self) -> None:
        """Show no patient, but what lies in copies."""
        self.message.hide()
        self.banner.show_head(self._words(N_("Erased patients")), "")
        self.card.forget()
        self.card.hide()
        self.copies.show_looking()
        self.copies.show()


class EraseCard(Card):
    """What would go, in numbers, and what is asked before it does."""

    erase_requested = Signal(object)  # TypedErasing

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Erase this patient")))
        self._words = words
        self.refusal = wrapped("", "strong")
        self.gone = wrapped("", "strong")
        self.warning = wrapped("", "small_caution")
        self.told = wrapped("", "soft")
        self.identifier = TextField(words(N_("The identifier, typed once more")))
        self.reason = TextField(words(N_("Reason")))
        self._hints: dict[str, str] = {}
        self._hint = words(N_("It stays, so it must not name the patient."))
        self.second = SecretField(words(N_("Passphrase of a second person")), words)
        self.erase = button(words(N_("Erase…")), "danger")
        for part in (self.refusal, self.gone, self.warning, self.told):
            self.add(part)
        for field in self._fields().values():
            self.add(field)
        line = row()
        line.addStretch(1)
        line.addWidget(self.erase)
        self.add(line)
        self.erase.clicked.connect(self._on_erase_clicked)

    def show_view(self, view: ErasingView) -> None:
        """Show what would go, or why nothing can yet; the fields are emptied."""
        self.forget()
        self.refusal.setText(view.refusal)
        self.refusal.setVisible(bool(view.refusal))
        self.gone.setText(view.gone)
        self.warning.setText(f"{icons.CAUTION} {view.warning}")
        self.told.setText("\n".join(view.told))
        for part in (self.gone, self.warning, self.erase, *self._fields().values()):
            part.setVisible(view.can_erase)
        self.second.setVisible(bool(view.second))
        self._hints = {"reason": self._hint, "passphrase": view.second}
        self.show_trying(is_trying=False)
        self.show_problem("", "")

    def forget(self) -> None:
        """Let nothing that was typed stand here."""
        self.identifier.set_text("")
        self.reason.set_text("")
        self.second.clear()

    def show_problem(self, name: str, text: str) -> None:
        """Say beside a field what is wrong there; what is right has its hint."""
        for field, one in self._fields().items():
            one.show_hint(self._hints.get(field, ""))
        if name:
            self._fields()[name].show_problem(text)
            self._fields()[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trying(self, *, is_trying: bool) -> None:
        """Say that the passphrase is being tried; meanwhile nothing else can be asked for."""
        self.erase.setEnabled(not is_trying)
        texts = (N_("Erase…"), N_("Trying the passphrase…"))
        self.erase.setText(self._words(texts[is_trying]))

    def typed(self) -> TypedErasing:
        """Return what stands in the fields."""
        return TypedErasing(self.identifier.text, self.reason.text, self.second.secret)

    def _fields(self) -> dict[str, TextField]:
        return {
            "identifier": self.identifier,
            "reason": self.reason,
            "passphrase": self.second,
        }

    @Slot()
    def _on_erase_clicked(self) -> None:
        self.erase_requested.emit(self.typed())


class CopiesCard(Card):
    """The copies that hold somebody erased, each with what can be done about it."""

    renew_requested = Signal(object)  # tuple[CopyLine, ...]
    remove_requested = Signal(object)  # CopyLine

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Copies that hold erased patients")))
        self._words = words
        self.done = wrapped("", "strong")
        self.told = wrapped("")
        self.beside = wrapped("", "soft")
        self.renew_all = button(words(N_("Renew all")))
        self._shown: tuple[CopyLine, ...] = ()
        self._body = ground()
        self._lines = column(self._body, gap=8)
        all_of_them = row()
        all_of_them.addStretch(1)
        all_of_them.addWidget(self.renew_all)
        for part in (self.done, self.told, self._body, all_of_them, self.beside):
            self.add(part)
        self.renew_all.clicked.connect(self._on_renew_all_clicked)

    def show_looking(self) -> None:
        """Say that the copies are being read, and nothing of what was done before."""
        clear(self._lines)
        self.show_done("")
        self.told.setText(self._words(N_("Seeing to the file and the copies…")))
        self.beside.hide()
        self.renew_all.hide()

    def show_view(self, view: CopiesView) -> None:
        """Show what was found."""
        clear(self._lines)
        self._shown = tuple(line for line in view.lines if line.is_readable)
        self.renew_all.setVisible(len(self._shown) > 1)
        self._set_working(is_working=False)
        self.told.setText(view.told)
        self.beside.setText("\n".join(view.beside))
        self.beside.setVisible(bool(view.beside))
        for line in view.lines:
            one = _CopyRow(line, self._words)
            one.renew_requested.connect(self.renew_requested)
            one.remove_requested.connect(self.remove_requested)
            self._lines.addWidget(one)

    def show_done(self, text: str) -> None:
        """Say on top what was done; empty for nothing."""
        self.done.setText(f"{icons.DONE} {text}")
        self.done.setVisible(bool(text))

    def show_working(self) -> None:
        """Let nothing be pressed while a copy is made anew or removed."""
        self._set_working(is_working=True)

    def _set_working(self, *, is_working: bool) -> None:
        self._body.setEnabled(not is_working)
        self.renew_all.setEnabled(not is_working)

    @Slot()
    def _on_renew_all_clicked(self) -> None:
        self.renew_requested.emit(self._shown)


class _CopyRow(QFrame):
    """One copy."""

    renew_requested = Signal(object)  # tuple[CopyLine, ...]
    remove_requested = Signal(object)  # CopyLine

    def __init__(self, line: CopyLine, words: Words) -> None:
        super().__init__()
        self._line = line
        name = line.name
        self.renew = button(words(N_("Renew")), "quiet", words(N_("Renew: {name}"), name=name))
        self.remove = button(words(N_("Remove…")), "flat", words(N_("Remove: {name}"), name=name))
        told = column(gap=2)
        told.addWidget(wrapped(name, "strong"))
        told.addWidget(wrapped(line.told, "small" if line.is_readable else "small_caution"))
        stack = row(self, gap=8)
        stack.addLayout(told, 1)
        stack.addWidget(self.remove)
        stack.addWidget(self.renew)
        self.renew.setVisible(line.is_readable)
        self.renew.clicked.connect(self._on_renew_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    @Slot()
    def _on_renew_clicked(self) -> None:
        self.renew_requested.emit((self._line,))

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.remove_requested.emit(self._line)
