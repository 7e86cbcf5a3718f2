"""The reasons that a scale file names, held against the list of reasons."""

from app.records.lists import code_list
from scales.catalogue import Catalogue


def test_every_reason_that_a_scale_names_is_in_the_list(catalogue: Catalogue) -> None:
    """A scale file names ids; the list has their words."""
    known = code_list("reasons")
    named = {
        (scale.id, item.id, reason)
        for scale in catalogue.definitions
        for item in scale.items
        for reason in item.reasons
    }
    assert len(named) > 20
    assert [one for one in sorted(named) if not known.has(one[2])] == []
