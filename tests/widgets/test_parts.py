"""Buttons, labels, the banner and the message bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.language import Words, words
from widgets.banner import BANNER_HEIGHT, PatientBanner
from widgets.buttons import ElidedButton, button, tab_button
from widgets.cards import Card
from widgets.choices import SearchCombo
from widgets.fields import TextField
from widgets.labels import ElidedLabel, label, wrapped
from widgets.layouts import FittingArea, clear, column, ground, row, scrolling
from widgets.link_row import LinkRow
from widgets.message import MessageBar, Offer
from widgets.values import Choice

pytestmark = pytest.mark.usefixtures("dressed")

NASTY = 'Zoë "Z" <b>O’Neil</b> & Søn שלום 🙂'


def test_a_button_is_big_enough_and_shows_an_ampersand(qtbot: QtBot) -> None:
    """48 px at least, and what is written is what is read."""
    one = button("Fish & chips", "primary")
    qtbot.addWidget(one)
    assert one.sizeHint().height() >= 48 or one.minimumHeight() >= 48
    assert one.text() == "Fish && chips"
    assert one.accessibleName() == "Fish & chips"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_press_a_button(qtbot: QtBot, key: Qt.Key) -> None:
    """The keyboard presses what has the focus."""
    one = button("Go")
    qtbot.addWidget(one)
    with qtbot.waitSignal(one.clicked):
        QTest.keyClick(one, key)


def test_a_tab_stays_down(qtbot: QtBot) -> None:
    """A tab shows which choice holds."""
    one = tab_button("Date")
    qtbot.addWidget(one)
    one.click()
    assert one.isChecked()


def test_a_button_that_gives_way_keeps_its_name(qtbot: QtBot) -> None:
    """Shortened on the screen, whole for a screen reader and in the tooltip."""
    one = ElidedButton()
    qtbot.addWidget(one)
    text = "Undo: finger-nose movement, right side 3"
    one.show_text(text)
    one.resize(160, 48)
    one.show()
    assert one.text().endswith("…")
    assert (one.accessibleName(), one.toolTip(), one.whole_text) == (text, text, text)
    one.resize(one.sizeHint().width(), 48)
    qtbot.waitUntil(lambda: one.text() == text)


@pytest.mark.parametrize("make", [label, wrapped])
def test_labels_show_markup_as_it_is(make: object) -> None:
    """A name with angle brackets stays a name."""
    assert callable(make)
    one = make(NASTY)
    assert one.text() == NASTY
    assert one.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("make", [label, wrapped, ElidedLabel])
def test_labels_ignore_an_override_of_direction(make: object) -> None:
    """What stands behind it keeps its order; what cannot be printed is a space."""
    assert callable(make)
    assert make("A\u202emira\x07Haddad").text() == "Amira Haddad"


def test_the_banner_says_who_it_is(qtbot: QtBot, words: Words) -> None:
    """Name and facts appear unchanged; empty ones clear the band."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    banner.show_head(NASTY, "born 14 Mar 2023 · ID 40-1187")
    assert (banner.name, banner.facts) == (NASTY, "born 14 Mar 2023 · ID 40-1187")
    banner.show_head("", "")
    assert (banner.name, banner.facts) == ("", "")


def test_the_banner_keeps_the_mark_of_a_similar_name(qtbot: QtBot, words: Words) -> None:
    """It stands beside the name until another patient comes."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    banner.show_head("Ada Muster", "born 3 Feb 2022 · ID P1", mark="similar name in these records")
    assert banner.mark.endswith("similar name in these records")
    banner.show_head("", "")
    assert banner.mark == ""


def test_the_banner_has_lines_of_its_own_below_the_name(qtbot: QtBot, words: Words) -> None:
    """They stand whole, however narrow it is, and are gone with the patient."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    banner.resize(500, BANNER_HEIGHT)
    banner.show_head("Ada Muster", "born 3 Feb 2022 · ID P1")
    usual = (
        banner.heightForWidth(500) if banner.hasHeightForWidth() else banner.sizeHint().height()
    )
    told = "tumour: last looked 3 May 2025 (MRI), none found · next look due 3 Nov 2025 " * 2
    banner.show_head("Ada Muster", "born 3 Feb 2022 · ID P1", below=told)
    assert banner.below == told
    assert banner.heightForWidth(500) > usual + banner.fontMetrics().height()
    banner.show_head("", "")
    assert banner.below == ""


def test_the_banner_leads_back(qtbot: QtBot, words: Words) -> None:
    """The arrow asks for the place before."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    back = next(one for one in banner.findChildren(QPushButton) if one.accessibleName() == "Back")
    with qtbot.waitSignal(banner.back_requested):
        QTest.mouseClick(back, Qt.MouseButton.LeftButton)


def test_the_banner_stacks_where_a_line_is_too_short(qtbot: QtBot, words: Words) -> None:
    """A long name and the facts stand above each other before anything is cut."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    banner.add_action(button("Start visit"))
    banner.show_head("Ilse Vandenberghe-Papadopoulou", "born 14 Mar 1967 · 58 y · ID 40-0977")
    banner.resize(1600, 64)
    banner.show()
    name, facts, _ = banner.findChildren(ElidedLabel)
    qtbot.waitUntil(lambda: name.y() + name.height() // 2 == facts.y() + facts.height() // 2)
    banner.resize(640, 80)
    qtbot.waitUntil(lambda: facts.y() >= name.y() + name.height())
    assert banner.sizeHint().height() >= BANNER_HEIGHT


def test_the_banner_never_cuts_the_identifier_first(qtbot: QtBot, words: Words) -> None:
    """Facts too long for one line take two; the identifier begins the second."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    told = "born 14 Mar 1967 · 58 y · ID 40-0977 · Opsoclonus without a known cause"
    banner.show_head("Ilse Vandenberghe", told)
    banner.resize(360, 96)
    banner.show()
    _, facts, rest = banner.findChildren(ElidedLabel)
    qtbot.waitUntil(rest.isVisible)
    assert facts.text() == "born 14 Mar 1967 · 58 y"
    assert rest.text().startswith("ID 40-0977 · ")
    assert banner.facts == told
    banner.resize(1600, 64)
    qtbot.waitUntil(rest.isHidden)


LONG = ("Anna-Maria Elisabeth Theodora Wilhelmina Josephine", "Wolfeschlegelsteinhausen")


def test_a_long_name_keeps_its_family_name(qtbot: QtBot) -> None:
    """The given names give way first; without any room the family name alone stands there."""
    given, family = LONG
    one = ElidedLabel()
    qtbot.addWidget(one)
    one.show_text(f"{given} {family}", family)
    wide = one.fontMetrics().horizontalAdvance(one.text())
    needed = one.fontMetrics().horizontalAdvance(family)
    assert one.fitted(wide + 1) == f"{given} {family}"
    shortened = one.fitted(needed + 80)
    assert shortened.startswith("Anna")
    assert shortened.endswith(f"… {family}")
    assert one.fitted(needed) == family
    assert one.fitted(needed - 30).startswith("Wolfe")
    assert one.fitted(needed - 30).endswith("…")


def test_what_is_kept_must_end_the_text(qtbot: QtBot) -> None:
    """Another family name than the one that stands there is no reason to cut elsewhere."""
    one = ElidedLabel()
    qtbot.addWidget(one)
    one.show_text("40-1187 and many more letters", "Haddad")
    assert one.fitted(90).startswith("40-1187")


def test_a_long_name_leaves_its_neighbour_the_letters_it_keeps(qtbot: QtBot, words: Words) -> None:
    """The day of the visit stands whole in the banner, whoever the patient is."""
    banner = PatientBanner(words)
    qtbot.addWidget(banner)
    day = ElidedLabel("Visit of 21 Nov 2026, 10:40", "soft", 36)
    banner.add_action(day)
    banner.show_head(" ".join(LONG), "born 14 Mar 2021 · 5 y · ID 40-0977", LONG[1])
    banner.resize(640, 96)
    banner.show()
    qtbot.waitUntil(lambda: day.width() > 0)
    assert day.fitted(day.width()) == day.text()


def test_a_name_without_room_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    """What is cut is whole in the tooltip."""
    one = ElidedLabel("A very long name indeed")
    qtbot.addWidget(one)
    one.resize(60, 24)
    one.show()
    qtbot.waitUntil(lambda: one.toolTip() == "A very long name indeed")
    assert one.minimumSizeHint().width() < one.sizeHint().width()


def test_a_problem_and_a_note_differ_in_sign_and_look(qtbot: QtBot, words: Words) -> None:
    """Never by colour only."""
    bar = MessageBar(words)
    qtbot.addWidget(bar)
    bar.show_problem("The disk is full.")
    assert bar.property("role") == "caution"
    assert any(part.text() == "⚠" for part in bar.findChildren(type(label())))
    bar.show_note("Signed.")
    assert bar.property("role") == "note"
    assert bar.text == "Signed."
    assert any(part.text() == "✓" for part in bar.findChildren(type(label())))


def test_a_message_offers_what_can_be_done_and_can_be_closed(qtbot: QtBot, words: Words) -> None:
    """The button has its word; the cross puts the message away."""
    bar = MessageBar(words)
    qtbot.addWidget(bar)
    bar.show_problem("No copy could be made.", Offer("Try again", "copy"))
    deed, close = bar.findChildren(QPushButton)
    with qtbot.waitSignal(bar.action_requested) as asked:
        deed.click()
    assert asked.args == ["copy"]
    close.click()
    assert bar.isHidden()
    bar.show_problem("Something else.")
    assert deed.isHidden()


def test_a_card_takes_widgets_and_layouts(qtbot: QtBot) -> None:
    """Both stand below the heading."""
    card = Card("Heading")
    qtbot.addWidget(card)
    card.add(label("one"))
    line = row()
    line.addWidget(label("two"))
    card.add(line)
    assert card.body.count() == 3


def test_clearing_empties_a_layout_with_all_inside(qtbot: QtBot) -> None:
    """Widgets, inner layouts and spaces go."""
    whole = ground()
    qtbot.addWidget(whole)
    stack = column(whole)
    stack.addWidget(label("one"))
    inner = row()
    inner.addWidget(label("two"))
    stack.addLayout(inner)
    stack.addStretch(1)
    clear(stack)
    assert stack.count() == 0


def test_an_even_area_keeps_the_middle_in_place(qtbot: QtBot) -> None:
    """The content starts as far from the left as the scroll bar is wide."""
    content = QWidget()
    content.setMinimumHeight(1000)
    area = scrolling(content, is_even=True)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitUntil(lambda: area.viewportMargins().left() > 0)
    content.setMinimumHeight(10)
    qtbot.waitUntil(lambda: area.viewportMargins().left() == 0)


def test_a_fitting_area_is_as_tall_as_its_content(qtbot: QtBot) -> None:
    """It asks for what the content needs at its width."""
    content = QWidget()
    column(content).addWidget(wrapped("many words " * 40))
    area = FittingArea(content)
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    assert area.sizeHint().height() == content.heightForWidth(area.viewport().width())


def test_a_fitting_area_takes_content_that_has_one_height(qtbot: QtBot) -> None:
    """Where the height does not follow from the width the content's own wish counts."""
    content = button("Go")
    area = FittingArea(content)
    qtbot.addWidget(area)
    assert area.sizeHint().height() == content.sizeHint().height()


def test_links_report_their_id_and_keep_their_buttons(qtbot: QtBot) -> None:
    """New words on the same choices change no button; other choices do."""
    fixed = button("Summary")
    links = LinkRow((fixed,))
    qtbot.addWidget(links)
    links.show_choices((Choice("oms", "+ OMS"), Choice("sara", "+ SARA")))
    before = links.buttons
    links.show_choices((Choice("oms", "OMS: 3 of 6"), Choice("sara", "+ SARA")))
    assert links.buttons == before
    with qtbot.waitSignal(links.chosen) as chosen:
        links.buttons[1].click()
    assert chosen.args == ["sara"]
    links.show_choices((Choice("icars", "+ ICARS"),))
    assert [one.whole_text for one in links.buttons] == ["+ ICARS"]
    assert links.isAncestorOf(fixed)


@pytest.mark.parametrize(
    ("name", "is_told"), [("Zoë \U0010fffd", True), ("مريم שרה Łukasz", False)]
)
def test_a_character_that_no_font_has_is_told(qtbot: QtBot, name: str, is_told: bool) -> None:
    """The band says that a box stands for something, and says nothing where none stands."""
    band = PatientBanner(words())
    qtbot.addWidget(band)
    band.show_head(name, "ID 7")
    shown = [one.text() for one in band.findChildren(QLabel) if one.isVisibleTo(band)]
    assert any("box" in text for text in shown) is is_told


def test_a_sentence_goes_once_the_field_is_mended(qtbot: QtBot) -> None:
    """What was said about the old text does not stand beside the new one."""
    field = TextField("Your name")
    qtbot.addWidget(field)
    field.show_problem("Please give your name.")
    QTest.keyClicks(field.edit, "M")
    assert field.below.isHidden()
    assert not field.edit.property("problem")


def test_a_button_that_keeps_its_room_moves_no_neighbour(qtbot: QtBot) -> None:
    """Whatever it says, and while it is hidden, it asks for the same width."""
    one = ElidedButton(letters=13)
    qtbot.addWidget(one)
    one.show_text("Undo: gait 0")
    width = one.sizeHint().width()
    one.show_text("Undo: eyes (opsoclonus) 3")
    assert one.sizeHint().width() == width
    assert one.sizePolicy().retainSizeWhenHidden()
    one.keep_room(22)
    assert one.sizeHint().width() > width


def test_a_long_choice_is_read_from_its_beginning(qtbot: QtBot) -> None:
    """Its end is what a narrow field leaves out."""
    combo = SearchCombo("Agent", (Choice("ivig", "intravenous immunoglobulin (IVIg)"),))
    qtbot.addWidget(combo)
    combo.set_value("ivig")
    assert combo.edit.cursorPosition() == 0
