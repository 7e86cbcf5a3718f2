"""A name from right to left stands in a sentence from left to right."""

from app.language import isolated, words


def test_a_name_from_right_to_left_is_kept_apart() -> None:
    """Without it the day of the date after it would be drawn on the other side of the name."""
    said = words()("Unfinished visit: {name}, {moment}", name="عمر", moment="22 Nov 2026")
    assert said == "Unfinished visit: \u2068عمر\u2069, 22 Nov 2026"


def test_in_a_plural_too() -> None:
    """The same holds where a count decides the form."""
    said = words().plural(("{count} visit of {name}", "{count} visits of {name}"), 2, name="عمر")
    assert said == "2 visits of \u2068عمر\u2069"


def test_an_override_of_direction_is_ignored_in_every_sentence() -> None:
    """It would turn the words behind it round; as a value, in a plural and in a line of facts."""
    said, typed = words(), "A\u202emira"
    assert said("Visit of {name}", name=typed) == "Visit of Amira"
    assert said.plural(("{name}", "{name}s"), 1, name=typed) == "Amira"
    assert said.dotted((typed, "born")) == "Amira · born"
    assert isolated("\u202bعمر") == "\u2068عمر\u2069"


def test_other_values_are_left_alone() -> None:
    """A name from left to right, and what is no text, stand as they are."""
    assert words()("{name} {count}", name="Zoë", count=0) == "Zoë 0"


def test_it_is_done_once() -> None:
    """What was kept apart already is not wrapped again."""
    assert isolated(isolated("عمر")) == "\u2068عمر\u2069"
