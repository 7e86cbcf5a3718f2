"""A flow places widgets in lines, and follows what becomes of them."""

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from widgets.flow import Flow


def _part(width: int = 100) -> QWidget:
    part = QWidget()
    part.setFixedSize(width, 40)
    return part


def deliver() -> None:
    """Let Qt do what it does when it is idle."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def parts() -> list[QWidget]:
    """Return three widgets of one size."""
    return [_part() for _ in range(3)]


@pytest.fixture
def flow(qtbot: QtBot, parts: list[QWidget]) -> Flow:
    """Return a flow of the three, shown."""
    answer = Flow(*parts)
    qtbot.addWidget(answer)
    answer.resize(220, 100)
    answer.show()
    return answer


def test_a_flow_breaks_its_lines(flow: Flow, parts: list[QWidget]) -> None:
    """What does not fit beside goes below; the height follows from the width."""
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (108, 0), (0, 48)]
    assert flow.heightForWidth(220) == 88
    assert flow.heightForWidth(400) == 40
    assert flow.sizeHint() == QSize(316, 40)
    assert flow.minimumSizeHint() == QSize(100, 40)
    flow.resize(400, 100)
    assert [part.y() for part in parts] == [0, 0, 0]


def test_an_empty_flow_takes_no_room(qtbot: QtBot) -> None:
    """Nothing asks for nothing."""
    flow = Flow()
    qtbot.addWidget(flow)
    assert flow.sizeHint() == QSize(0, 0)
    assert flow.heightForWidth(100) == 0
    assert Flow(is_one_a_line=True).sizeHint() == QSize(0, 0)


def test_what_is_hidden_leaves_no_gap(flow: Flow, parts: list[QWidget]) -> None:
    """The next part stands where the hidden one would, at once and when it comes again."""
    parts[0].hide()
    deliver()
    assert [part.x() for part in parts[1:]] == [0, 108]
    assert flow.sizeHint().width() == 208
    parts[0].show()
    deliver()
    assert [part.x() for part in parts] == [0, 108, 0]


def test_what_keeps_its_room_hidden_leaves_a_gap(flow: Flow, parts: list[QWidget]) -> None:
    """A part that is to move nothing when it comes has its place kept."""
    policy = parts[0].sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    parts[0].setSizePolicy(policy)
    parts[0].hide()
    deliver()
    assert parts[1].x() == 108
    assert flow.sizeHint().width() == 316


def test_one_a_line_takes_the_whole_width(qtbot: QtBot, parts: list[QWidget]) -> None:
    """Each part has a line of its own, as wide as it may be."""
    parts[1].setMaximumWidth(1000)
    flow = Flow(*parts, gap=0, is_one_a_line=True)
    qtbot.addWidget(flow)
    flow.resize(300, 120)
    flow.show()
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (0, 40), (0, 80)]
    assert [part.width() for part in parts] == [100, 300, 100]
    assert flow.sizeHint() == QSize(100, 120)


def test_a_part_that_was_hidden_stays_hidden(qtbot: QtBot) -> None:
    """Coming into a flow shows no part that somebody had hidden."""
    hidden, shown = _part(), _part()
    hidden.hide()
    flow = Flow(hidden, shown)
    qtbot.addWidget(flow)
    flow.show()
    assert (hidden.isVisible(), shown.isVisible()) == (False, True)


def test_a_part_added_again_stands_last(flow: Flow, parts: list[QWidget]) -> None:
    """It moves to the end, for the eye and for Tab, and is there once."""
    flow.add(parts[0])
    assert [part.x() for part in parts] == [0, 0, 108]
    inside = [one for one in flow.children() if isinstance(one, QWidget)]
    assert inside == [parts[1], parts[2], parts[0]]


def test_a_dropped_part_goes_and_the_rest_closes_up(flow: Flow, parts: list[QWidget]) -> None:
    """Its room is free at once; the widget goes when Qt is idle."""
    flow.drop(parts[0])
    assert [part.x() for part in parts[1:]] == [0, 108]
    deliver()
    assert not Shiboken.isValid(parts[0])
    flow.clear()
    assert flow.heightForWidth(220) == 0


def test_a_part_that_is_deleted_elsewhere_is_forgotten(flow: Flow, parts: list[QWidget]) -> None:
    """Whoever deletes a part need not tell the flow."""
    Shiboken.delete(parts[0])
    assert [part.x() for part in parts[1:]] == [0, 108]
    parts[1].setParent(None)
    assert flow.sizeHint() == QSize(100, 40)


def test_a_part_that_can_shrink_needs_only_its_least(qtbot: QtBot) -> None:
    """What may be narrower than it wishes does not hold the page wide."""

    class Wide(QWidget):
        def sizeHint(self) -> QSize:
            return QSize(400, 40)

        def minimumSizeHint(self) -> QSize:
            return QSize(50, 40)

    wide = Wide()
    flow = Flow(wide)
    qtbot.addWidget(flow)
    assert flow.minimumSizeHint().width() == 50
    wide.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    assert flow.minimumSizeHint().width() == 400
