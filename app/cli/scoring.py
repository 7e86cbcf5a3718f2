"""The scales of this version, and scoring a sheet without storing it."""

from collections.abc import Sequence

from app.cli.answer import columns
from app.errors import N_, Problems, UserError
from app.exchange.json_text import Json, json_text
from app.language import words
from scales.answers import NOT_TESTABLE, parse_key, read_answer
from scales.catalogue import load_catalogue
from scales.errors import AnswerRefused
from scales.model import Answer, Definition, Key, NotTestable, Result, plain
from scales.score import check_sheet, score


def scales_text(*, is_json: bool) -> str:
    """Return the scales of this version as JSON, or as a table to read."""
    definitions = load_catalogue().definitions
    if is_json:
        return json_text([_scale(definition) for definition in definitions])
    head = ("id", "version", "range", "verified", "title")
    return columns((head, *(_row(definition) for definition in definitions)))


def _scale(definition: Definition) -> Json:
    return {
        "id": definition.id,
        "version": definition.version,
        "title": words()(definition.title),
        "min": definition.lowest,
        "max": definition.highest,
        "verified": definition.verified,
    }


def _row(definition: Definition) -> tuple[str, ...]:
    extent = f"{plain(definition.lowest)}–{plain(definition.highest)}"
    title = words()(definition.title)
    return (definition.id, definition.version, extent, definition.verified, title)


def score_text(scale: str, pairs: Sequence[str]) -> str:
    """Return what a sheet scores, as JSON; nothing is stored.

    Raises:
        ScaleError: There is no such scale, or it refuses the sheet as a whole.
        Problems: Some of the pairs are refused, one line each.

    """
    definition = load_catalogue().find(scale)
    check_sheet(definition, {})
    result = score(definition, _sheet(definition, pairs))
    return json_text(_result(definition, result))


def _sheet(definition: Definition, pairs: Sequence[str]) -> dict[Key, Answer]:
    answers: dict[Key, Answer | None] = {}
    refused = []
    for pair in pairs:
        try:
            key, answer = _read(definition, pair)
        except (UserError, AnswerRefused) as error:
            refused.append(words().error(error))
            continue
        if key in answers:
            refused.append(words()(N_("“{key}” is given twice."), key=key))
        answers[key] = answer
    if refused:
        raise Problems(tuple(refused))
    return {key: answer for key, answer in answers.items() if answer is not None}


def _read(definition: Definition, pair: str) -> tuple[Key, Answer | None]:
    text, equals, value = pair.partition("=")
    if not equals:
        raise UserError(N_("“{pair}” is not KEY=VALUE, such as gait=2."), pair=pair)
    key = parse_key(definition, text)
    if value == NOT_TESTABLE:
        # A table needs the reason; a score that is not stored does not.
        return key, NotTestable("")
    return key, read_answer(definition, key, value, "")


def _result(definition: Definition, result: Result) -> Json:
    return {
        "scale": result.scale,
        "version": result.version,
        "total": result.total,
        "complete": result.complete,
        "missing": [str(key) for key in result.missing],
        "reasons": {str(key): reason for key, reason in result.reasons.items()},
        "subscores": result.subscores,
        "questions": [words().question(question) for question in result.questions],
        "verified": definition.verified,
    }
