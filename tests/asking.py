"""Somebody who answers every question at once, in place of the dialogs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.screens.ask import Either, Loss

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass
class FakeAsk:
    """Answers as the test chose; remembers the titles (``asked``) and the texts (``told``).

    ``losses`` are the titles of those questions whose filled button is the one that keeps.

    ``saves`` chooses Save wherever it is offered.
    """

    yes: bool = True
    saves: bool = False
    reason_given: str = "typed twice"
    path: Path = Path("nowhere")
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    offered_name: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    offered_reasons: tuple[str, ...] = ()
    on_printer: "Callable[[QPrinter], None] | None" = None
    typed_pin: str = ""
    is_held: bool = False

    def hold(self) -> None:
        """Remember that nothing may come up."""
        self.is_held = True

    def let_go(self) -> None:
        """Remember that questions may come up again."""
        self.is_held = False

    def either(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        either: Either,
        on_yes: Callable[[], None],
        on_no: Callable[[], None],
    ) -> None:
        """Say yes, or no."""
        self.asked.append(either.title)
        self.told.append(either.text)
        (on_yes if self.yes else on_no)()

    def pin(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        text: str,
        on_pin: Callable[[str], None],
    ) -> None:
        """Type the PIN."""
        self.asked.append(title)
        self.told.append(text)
        on_pin(self.typed_pin)

    def confirm(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        text: str,
        yes: str,  # noqa: ARG002 - as above
        on_yes: Callable[[], None],
    ) -> None:
        """Agree, or not."""
        self.asked.append(title)
        self.told.append(text)
        if self.yes:
            on_yes()

    def reason(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        text: str,
        on_reason: Callable[[str], None],
    ) -> None:
        """Give the reason."""
        self.asked.append(title)
        self.told.append(text)
        on_reason(self.reason_given)

    def lose(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        loss: Loss,
        on_agreed: Callable[[], None],
        on_save: Callable[[], None] | None = None,
    ) -> None:
        """Save where that is offered and chosen, else let it go or not."""
        self.asked.append(loss.title)
        self.losses.append(loss.title)
        self.told.append(loss.text)
        if self.saves and on_save is not None:
            on_save()
        elif self.yes:
            on_agreed()

    def lose_with_reason(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        loss: Loss,
        on_reason: Callable[[str], None],
    ) -> None:
        """Give the reason."""
        self.asked.append(loss.title)
        self.losses.append(loss.title)
        self.told.append(loss.text)
        self.offered_reasons = loss.reasons
        on_reason(self.reason_given)

    def tell(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        rows: tuple[tuple[str, str], ...],
    ) -> None:
        """Keep what was told."""
        self.asked.append(title)
        self.rows = rows

    def save_path(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        suggested: str,
        pattern: str,  # noqa: ARG002 - as above
        on_path: Callable[[Path], None],
    ) -> None:
        """Give the path."""
        self.asked.append(title)
        self.offered_name = suggested
        on_path(self.path)

    def folder(
        self,
        parent: QWidget,  # noqa: ARG002 - as above
        title: str,
        on_path: Callable[[Path], None],
    ) -> None:
        """Name the folder."""
        self.asked.append(title)
        on_path(self.path)

    def open_path(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        pattern: str,  # noqa: ARG002 - as above
        on_path: Callable[[Path], None],
    ) -> None:
        """Name the file."""
        self.asked.append(title)
        on_path(self.path)

    def show_folder(self, path: Path) -> None:
        """Keep what was to be shown."""
        self.asked.append(str(path))

    def printer(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        on_printer: "Callable[[QPrinter], None]",
    ) -> None:
        """Keep who wants a printer."""
        self.asked.append(title)
        self.on_printer = on_printer
