"""Reads the wording of scale files, code lists and hazards for the catalogue of translations."""

import tomllib
from collections.abc import Iterator
from typing import IO

WORDED_KEYS = frozenset({
    "title", "short_title", "heading", "term", "measures", "caution", "how_to_test", "label",
    "criterion", "plain", "sentence", "remarks", "licence", "short", "citation",
    "cause", "harm", "app_does", "left_to_unit", "not_built",
})  # fmt: skip


def extract(
    file: IO[bytes],
    keywords: object,  # noqa: ARG001 - Babel's own names, as are the next two
    comment_tags: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield ``(line, function, text, comments)`` for each text, as Babel asks of an extractor."""
    for text in _texts(tomllib.loads(file.read().decode("utf-8")), is_worded=False):
        yield 0, "", text, []


def _texts(value: object, *, is_worded: bool) -> Iterator[str]:
    if isinstance(value, str):
        if is_worded and value:
            yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, is_worded=key in WORDED_KEYS)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, is_worded=is_worded)
