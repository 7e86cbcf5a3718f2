"""The summary, where answers are kept and sheets removed: nothing new takes a press."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.screens.visit.summary_cards import ScoreCard
from tests.screens.visit.bench import VisitBench, settle
from widgets.question_bar import QuestionBar


def _summary(bench: VisitBench) -> None:
    """Show a summary with two questions of one sheet."""
    patient = bench.patient()
    bench.signed(patient, (3, 3, 1, 1, 1))
    bench.begin(patient)
    bench.type("0", "0", "1", "1", "1")
    bench.page.sheet.summary.click()
    _rest()
    bench.ticks.step = 0
    bench.ticks.now += 1000


def _rest() -> None:
    settle()
    for _ in range(4):
        QApplication.processEvents()


def _press(bench: VisitBench, place: QPoint) -> None:
    window = bench.page.window().windowHandle()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    _rest()


def _bars(bench: VisitBench) -> list[QuestionBar]:
    return bench.page.summary.findChildren(QuestionBar)


def _place(bench: VisitBench, widget: QWidget) -> QPoint:
    return widget.mapTo(bench.page, widget.rect().center())


def test_a_double_press_on_keep_keeps_one_question(bench: VisitBench) -> None:
    """The next question comes up under the finger, and is asked until it was read."""
    _summary(bench)
    place = _place(bench, _bars(bench)[0].keep)
    for _ in range(2):
        _press(bench, place)
    assert len(bench.visit().sheets[0].confirmed) == 1
    bench.ticks.now += 1000
    _press(bench, place)
    assert len(bench.visit().sheets[0].confirmed) == 2


def test_a_double_press_on_the_last_keep_removes_no_sheet(bench: VisitBench) -> None:
    """Whatever moves up where the question was takes no press yet."""
    _summary(bench)
    bars = _bars(bench)
    _press(bench, _place(bench, bars[1].keep))
    bench.ticks.now += 1000
    [last] = _bars(bench)
    for button in (last.keep, last.again):
        place = _place(bench, button)
    _press(bench, _place(bench, last.keep))
    _press(bench, place)
    assert len(bench.visit().sheets) == 1
    assert bench.page.summary.isVisible()


def test_a_summary_that_stays_the_same_builds_nothing_anew(bench: VisitBench) -> None:
    """The focus stays where it is when something else of the visit is shown again."""
    _summary(bench)
    card = bench.page.summary.findChild(ScoreCard)
    assert card is not None
    card.open.setFocus()
    bench.store.patients.set_caution(bench.visit().patient, "Scored in a wheelchair.")
    _rest()
    assert "Scored in a wheelchair." in bench.page._caution.text()
    assert bench.page.summary.findChild(ScoreCard) is card
    assert card.open.hasFocus()


def test_the_focus_goes_on_when_its_question_is_answered(bench: VisitBench) -> None:
    """Keep by key leaves the focus on the summary: Enter then leaves no visit."""
    _summary(bench)
    keep = _bars(bench)[0].keep
    keep.setFocus()
    QTest.keyClick(keep, Qt.Key.Key_Space)
    _rest()
    assert QApplication.focusWidget() is bench.page.summary
    bench.type(Qt.Key.Key_Return)
    assert bench.went == []


def test_undo_pressed_twice_in_one_breath_takes_back_one_answer(bench: VisitBench) -> None:
    """What it would take back next is another answer, and it says so first."""
    bench.begin()
    bench.type("1", "2", "3")
    _rest()
    bench.ticks.step = 0
    bench.ticks.now += 1000
    undo: QPushButton = bench.page.sheet.undo
    place = _place(bench, undo)
    for _ in range(2):
        _press(bench, place)
    assert len(bench.visit().sheets[0].answers) == 2


def test_the_item_just_answered_stays_in_view_with_its_level(bench: VisitBench) -> None:
    """On the longest scale, too: its line stands in the list beside the next one."""
    bench.begin(scale="icars")
    area = bench.page.guided.panel.items._area
    for key in bench.catalogue.find("icars").keys[:12]:
        if bench.control.session.cursor.key != key:
            continue
        bench.type("0")
        _rest()
        lines = {one.entry.id: one for one in bench.page.guided.panel.items._lines}
        line = lines[key.item]
        top = line.mapTo(area.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert top + line.height() <= area.viewport().height()
        assert "0" in line.entry.value
