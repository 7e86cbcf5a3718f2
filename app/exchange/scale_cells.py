"""The cells of answers and typed totals, which only a catalogue of scales can read."""

from decimal import Decimal

from app.errors import N_, UserError
from app.exchange.tables import Complain, Finish, Values
from app.records.declaration import ANSWERS, TOTALS, AnswerFacts
from scales.answers import key_of, read_answer, write_answer
from scales.catalogue import Catalogue
from scales.errors import AnswerRefused, ReasonRefused, ScaleError, UnknownScale
from scales.model import Answer, Definition, Key
from scales.score import check_total


class ScaleCells:
    """Reads the cells that name items and levels; the few that there are, once each."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._answers: dict[tuple[str, ...], tuple[Key, Answer | None]] = {}

    @property
    def finishers(self) -> dict[str, Finish]:
        """What reads on in the tables that tell of scales, by the name of their kind."""
        return {ANSWERS.name: self._finish_answer, TOTALS.name: self._finish_total}

    def answer_of(self, facts: AnswerFacts) -> tuple[Key, Answer | None]:
        """Return the key and the answer that a good row tells; an empty value is an open key."""
        return self._answers[facts.scale, facts.item, facts.side, facts.value, facts.reason]

    def _finish_answer(self, values: Values, complain: Complain) -> None:
        """Check item, side, value and reason against their scale; write the value as it does."""
        definition = _find_scale(self._catalogue, values, complain)
        if definition is None or not {"item", "side", "value"} <= values.keys():
            return
        names = ("item", "side", "value", "reason")
        item, side, value, reason = (str(values.get(name, "")) for name in names)
        if (definition.id, item, side, value, reason) in self._answers:
            return
        try:
            key = key_of(definition, item, side)
        except AnswerRefused as error:
            complain(_blamed(definition, item), _told(error))
            return
        try:
            answer = read_answer(definition, key, value, reason)
        except AnswerRefused as error:
            complain("reason" if isinstance(error, ReasonRefused) else "value", _told(error))
            return
        values["value"], _ = write_answer(answer)
        self._answers[definition.id, item, side, str(values["value"]), reason] = key, answer

    def _finish_total(self, values: Values, complain: Complain) -> None:
        definition, total = _find_scale(self._catalogue, values, complain), values.get("total")
        if definition is None or not isinstance(total, Decimal):
            return
        try:
            check_total(definition, total)
        except AnswerRefused as error:
            complain("total", _told(error))


def _find_scale(catalogue: Catalogue, values: Values, complain: Complain) -> Definition | None:
    """Return the scale of a record; complain where it, or its version, is not known here.

    A version that this one continues stays the record's own; without one it is this one.
    """
    if "scale" not in values:
        return None
    try:
        definition = catalogue.find(str(values["scale"]))
    except UnknownScale as error:
        complain("scale", _told(error))
        return None
    version = str(values["version"]) or definition.version
    if not definition.compares(version, definition.version):
        complain("version", _other_version(definition, version))
    values["version"] = version
    return definition


def _other_version(definition: Definition, version: str) -> UserError:
    return UserError(
        N_("Version “{text}” of “{scale}” is not known here; the known ones are {known}."),
        text=version,
        scale=definition.id,
        known=", ".join((definition.version, *definition.continues)),
    )


def _blamed(definition: Definition, item: str) -> str:
    if definition.typed_only:
        return "scale"
    return "side" if any(item == known.id for known in definition.items) else "item"


def _told(error: ScaleError) -> UserError:
    return UserError(error.message, **error.values)
