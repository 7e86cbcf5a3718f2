"""Somebody who answers every question at once, in place of the dialogs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass
class FakeAsk:
    """Answers as the test chose; remembers the titles (``asked``) and the texts (``told``)."""

    yes: bool = True
    reason_given: str = "typed twice"
    path: Path = Path("nowhere")
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    offered_name: str = ""
    on_printer: "Callable[[QPrinter], None] | None" = None

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

    def printer(
        self,
        parent: QWidget,  # noqa: ARG002 - nothing is shown
        title: str,
        on_printer: "Callable[[QPrinter], None]",
    ) -> None:
        """Keep who wants a printer."""
        self.asked.append(title)
        self.on_printer = on_printer
