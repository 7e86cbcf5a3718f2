"""What is asked before a signed visit is amended or marked, and the writes that follow."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.errors import N_, NN_, UserError
from app.language import Words
from app.records.history import Deed
from app.records.model import Visit
from app.screens.desk import Desk
from app.screens.losses import error_loss, named_visit
from app.screens.places import VisitPlace
from app.screens.signed_visit.page import SignedVisitPage
from app.wording.people import one_line

_FEW_PAGES = 5


class Mending(QObject):
    """Puts the questions over the page, and stores what is answered."""

    def __init__(self, desk: Desk, page: SignedVisitPage) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._visit = ""
        page.amend_requested.connect(self._on_amend_requested)
        page.error_mark_requested.connect(self._on_error_mark_requested)

    def begin(self, visit: str) -> None:
        """Be about this visit, by its internal id."""
        self._visit = visit

    @Slot()
    def _on_amend_requested(self) -> None:
        desk, words = self._desk, self._desk.words
        title = words(N_("Amend this visit?"))
        text = words(N_("A new version opens; the signed one stays readable. Why is it amended?"))
        pages = _pages_words(desk, desk.store.visits.get(self._visit))
        desk.ask.reason(self._page, title, words.sentences((pages, text)), self._amend)

    @Slot()
    def _on_error_mark_requested(self) -> None:
        desk, visit = self._desk, self._desk.store.visits.get(self._visit)
        if visit.error_reason is not None:
            self._write(self._unmark)
            return
        patient = desk.store.patients.get(visit.patient)
        loss = error_loss(named_visit(visit, patient, desk.words), desk.words)
        desk.ask.lose_with_reason(self._page, loss, self._mark)

    def _amend(self, reason: str) -> None:
        """Open a new version of the visit and go there."""

        def amend() -> None:
            draft = self._desk.store.visits.amend(self._visit, reason)
            self._desk.navigation.replace(VisitPlace(draft.id))

        self._write(amend)

    def _mark(self, reason: str) -> None:
        self._write(lambda: self._desk.store.visits.mark_error(self._visit, reason))

    def _unmark(self) -> None:
        self._desk.store.visits.unmark_error(self._visit)

    def _write(self, deed: Callable[[], object]) -> None:
        """Do a write; one that cannot be is told in one sentence."""
        try:
            deed()
        except UserError as problem:
            self._page.message.show_problem(self._desk.words.error(problem))


def _pages_words(desk: Desk, visit: Visit) -> str:
    """Say which pages tell the signed version and will not tell the new one; empty if none."""
    if visit.signature is None:
        return ""
    pages = tuple(desk.store.history.pages_since(visit.patient, visit.signature.moment))
    if not pages:
        return ""
    told = [_page_words(page, desk.words) for page in pages[:_FEW_PAGES]]
    forms = NN_(
        "{count} page was made of this patient since it was signed, and may have to be "
        "replaced: {pages}.",
        "{count} pages were made of this patient since it was signed, and may have to be "
        "replaced; the latest: {pages}.",
    )
    return desk.words.plural(forms, len(pages), pages=desk.words.clauses(told))


def _page_words(page: Deed, words: Words) -> str:
    when = words.moment(page.step.when)
    return words(N_("{moment} by {name}"), moment=when, name=one_line(page.name))
