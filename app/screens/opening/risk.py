"""Why a folder is no safe place for records, and the tick of whoever keeps them there even so."""

from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.labels import wrapped
from widgets.layouts import column
from widgets.tick_button import TickButton


class RiskPart(QWidget):
    """Hidden where nothing is known against the folder."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.reason, self.problem = wrapped("", "caution_text"), wrapped("", "small_caution")
        accepted = words(N_("Keep them there all the same: I accept the risk"))
        self.accept = TickButton(accepted, accepted)
        stack = column(self, gap=8)
        for part in (self.reason, self.accept, self.problem):
            stack.addWidget(part)

    @property
    def is_accepted(self) -> bool:
        """Whether the tick is there."""
        return self.accept.isChecked()

    def show_reason(self, reason: str) -> None:
        """Say why the folder is no safe place, if it is none."""
        self.reason.setText(f"{icons.CAUTION} {reason}")
        self.accept.setChecked(False)
        self.show_problem("")
        self.setVisible(bool(reason))

    def show_problem(self, problem: str) -> None:
        """Say that the tick, or another folder, is needed."""
        self.problem.setText(f"{icons.CAUTION} {problem}")
        self.problem.setVisible(bool(problem))
