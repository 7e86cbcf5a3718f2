"""What is asked before a visit is closed, opened again or marked, and before a doubt is stored."""

from PySide6.QtCore import QObject, Slot

from app.errors import N_, NN_
from app.language import Words
from app.records.history import Deed
from app.screens.desk import Desk
from app.screens.losses import discard_loss, error_loss
from app.screens.typing_limits import ask_back
from app.screens.visit.page import VisitPage
from app.screens.visit.snapshot import Snapshot
from app.screens.visit.writers import Closing, Recording
from app.wording.people import one_line, who_words

_FEW_PAGES = 5


class Asking(QObject):
    """Puts the questions over the page and hands the answers to whoever stores them."""

    def __init__(
        self, desk: Desk, page: VisitPage, closing: Closing, recording: Recording
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._closing = closing
        self._recording = recording
        page.summary.discard_requested.connect(self._on_discard_requested)
        page.summary.amend_requested.connect(self._on_amend_requested)
        page.summary.error_mark_requested.connect(self._on_error_mark_requested)
        closing.clock_doubted.connect(self._on_clock_doubted)
        closing.pin_asked.connect(self._on_pin_asked)
        recording.measure_doubted.connect(self._on_measure_doubted)

    @Slot()
    def _on_discard_requested(self) -> None:
        loss = discard_loss(_visit_words(self._closing.session.snapshot()), self._desk.words)
        self._desk.ask.lose_with_reason(self._page, loss, self._closing.discard)

    @Slot()
    def _on_amend_requested(self) -> None:
        words = self._desk.words
        title = words(N_("Amend this visit?"))
        text = words(N_("A new version opens; the signed one stays readable. Why is it amended?"))
        told = words.sentences((self._pages_words(), text))
        self._desk.ask.reason(self._page, title, told, self._closing.amend)

    def _pages_words(self) -> str:
        """Say which pages tell the signed version and will not tell the new one; empty if none."""
        visit, words = self._closing.session.visit, self._desk.words
        if visit.signature is None:
            return ""
        since = visit.signature.moment
        pages = tuple(self._desk.store.history.pages_since(visit.patient, since))
        if not pages:
            return ""
        told = [_page_words(page, words) for page in pages[:_FEW_PAGES]]
        forms = NN_(
            "{count} page was made of this patient since it was signed, and may have to be "
            "replaced: {pages}.",
            "{count} pages were made of this patient since it was signed, and may have to be "
            "replaced; the latest: {pages}.",
        )
        return words.plural(forms, len(pages), pages=words.clauses(told))

    @Slot()
    def _on_error_mark_requested(self) -> None:
        if self._closing.session.visit.error_reason is not None:
            self._closing.unmark()
            return
        loss = error_loss(_visit_words(self._closing.session.snapshot()), self._desk.words)
        self._desk.ask.lose_with_reason(self._page, loss, self._closing.mark)

    @Slot(str)
    def _on_measure_doubted(self, doubt: str) -> None:
        ask_back(self._desk, self._page, (doubt,), self._recording.store_doubted)

    @Slot()
    def _on_pin_asked(self) -> None:
        desk = self._desk
        text = desk.words(N_("{name} signs this visit."), name=desk.store.user.name)
        desk.ask.pin(self._page, desk.words(N_("Your PIN")), text, self._closing.sign_with)

    @Slot(str)
    def _on_clock_doubted(self, doubt: str) -> None:
        words = self._desk.words
        title, yes = words(N_("Is the clock right?")), words(N_("Sign"))
        self._desk.ask.confirm(self._page, title, doubt, yes, self._closing.sign)


def _page_words(page: Deed, words: Words) -> str:
    when = words.moment(page.step.when)
    return words(N_("{moment} by {name}"), moment=when, name=one_line(page.name))


def _visit_words(snapshot: Snapshot) -> str:
    visit, words = snapshot.visit, snapshot.words
    forms = NN_(
        "Visit of {when} of {who}: {count} item is scored",
        "Visit of {when} of {who}: {count} items are scored",
    )
    return words.plural(
        forms,
        sum(len(sheet.answers) for sheet in visit.sheets),
        when=words.at(visit.facts.date, visit.facts.time),
        who=who_words(snapshot.patient.facts, words),
    )
