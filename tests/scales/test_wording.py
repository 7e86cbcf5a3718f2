"""The wording of the scales on its way to the catalogue of translations."""

from babel.messages.extract import extract as babel_extract

from scales.catalogue import DEFINITIONS


def test_every_worded_text_is_extracted_and_no_id() -> None:
    """Titles, levels and sentences are texts; ids (of reasons too), versions, sources are not."""
    with (DEFINITIONS / "five_feature.toml").open("rb") as file:
        texts = {text for _, text, _, _ in babel_extract("scales.wording:extract", file)}
    assert {"Eyes (opsoclonus)", "opsoclonus", "almost nonstop", "Without gait"} <= texts
    assert "bedside sheet of this app, not a validated scale" in texts
    assert not {"five_feature", "irritability", "never_walked", "1", ""} & texts
