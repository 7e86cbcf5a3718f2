"""JSON as the command line prints it: exact numbers in their shortest form, keys as given."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from scales.model import plain

Json: TypeAlias = "bool | int | str | Decimal | Sequence[Json] | Mapping[str, Json] | None"


def json_text(value: Json) -> str:
    """Return a value as indented JSON text that ends with a line break."""
    import msgspec  # noqa: PLC0415 - only a command that prints JSON needs it

    encoder = msgspec.json.Encoder(decimal_format="number")
    return msgspec.json.format(encoder.encode(_shortest(value)), indent=2).decode() + "\n"


def _shortest(value: Json) -> Json:
    """Return the value with every decimal in its shortest form: 9, never 9.0 or 1E+1."""
    if isinstance(value, Decimal):
        return Decimal(plain(value))
    if isinstance(value, Mapping):
        return {key: _shortest(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shortest(each) for each in value]
    return value
