"""The ends of the chains in a file of records: what it must still hold of them later on."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from app.clock import Moment
from app.records.station import SEQUENCE_BITS, sequence_of

_Id = Annotated[int, Meta(ge=0, le=(1 << 63) - 1)]
Heads = tuple[tuple[_Id, str], ...]
"""The last entry of each station: its id in the journal, and its hash, empty before it."""
_LAST = "SELECT id, hex(hash) FROM journal WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1"
_IS_THERE = "SELECT 1 FROM journal WHERE id = ? AND hex(hash) = ?"


class Ending(Struct, frozen=True):
    """With what records end: the newest moment among the last entries of the stations."""

    moment: Moment
    text: str


def tables(connection: Any) -> list[str]:  # noqa: ANN401 - sqlcipher3 ships no types
    """Return the names of the tables of a file."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [str(name) for (name,) in found.fetchall()]


def heads(connection: Any) -> Heads:  # noqa: ANN401 - as above
    """Return the last entry of each station; nothing where the file has no stations yet."""
    if "stations" not in tables(connection):
        return ()
    stations = connection.execute("SELECT number FROM stations ORDER BY number").fetchall()
    spans = [(number << SEQUENCE_BITS, (number + 1) << SEQUENCE_BITS) for (number,) in stations]
    return tuple(connection.execute(_LAST, span).fetchone() or (span[0], "") for span in spans)


def are_held(connection: Any, wanted: Iterable[tuple[int, str]]) -> bool:  # noqa: ANN401 - as above
    """Say whether every one of these entries stands in the journal of a file."""
    return all(connection.execute(_IS_THERE, head).fetchone() for head in wanted if head[1])


def ending(
    connection: Any,  # noqa: ANN401 - as above
    ends: Heads | None = None,
    written: Mapping[int, Moment] | None = None,
) -> Ending | None:
    """Return with what a file ends, or nothing where nothing was written yet.

    With a tail behind it these are other ``ends``, and ``written`` says when its entries were.
    """
    told = [head for head in (heads(connection) if ends is None else ends) if head[1]]
    moments = [(written or {}).get(an_id) or _moment(connection, an_id) for an_id, _ in told]
    if not moments:
        return None
    newest = max(moments, key=lambda moment: moment.milliseconds)
    return Ending(newest, " ".join(f"{sequence_of(an_id)}:{told[:8]}" for an_id, told in told))


def _moment(connection: Any, an_id: int) -> Moment:  # noqa: ANN401 - as above
    asked = "SELECT utc, offset_minutes FROM journal WHERE id = ?"
    return Moment.read(*connection.execute(asked, [an_id]).fetchone())
